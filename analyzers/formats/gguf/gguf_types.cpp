// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/gguf/gguf_types.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>

namespace cupel::formats::gguf {

namespace {

struct ValueRow {
    std::string_view name;
    unsigned size;
};
constexpr std::array<ValueRow, 13> values{{{"u8", 1}, {"i8", 1}, {"u16", 2}, {"i16", 2}, {"u32", 4}, {"i32", 4},
    {"f32", 4}, {"bool", 1}, {"string", 0}, {"array", 0}, {"u64", 8}, {"i64", 8}, {"f64", 8}}};

// By number; empty names are types that were given up.
constexpr std::array<TensorType, 43> tensors{{{"F32", 1, 4}, {"F16", 1, 2}, {"Q4_0", 32, 18}, {"Q4_1", 32, 20}, {}, {},
    {"Q5_0", 32, 22}, {"Q5_1", 32, 24}, {"Q8_0", 32, 34}, {"Q8_1", 32, 36}, {"Q2_K", 256, 84}, {"Q3_K", 256, 110},
    {"Q4_K", 256, 144}, {"Q5_K", 256, 176}, {"Q6_K", 256, 210}, {"Q8_K", 256, 292}, {"IQ2_XXS", 256, 66},
    {"IQ2_XS", 256, 74}, {"IQ3_XXS", 256, 98}, {"IQ1_S", 256, 50}, {"IQ4_NL", 32, 18}, {"IQ3_S", 256, 110},
    {"IQ2_S", 256, 82}, {"IQ4_XS", 256, 136}, {"I8", 1, 1}, {"I16", 1, 2}, {"I32", 1, 4}, {"I64", 1, 8}, {"F64", 1, 8},
    {"IQ1_M", 256, 56}, {"BF16", 1, 2}, {}, {}, {}, {"TQ1_0", 256, 54}, {"TQ2_0", 256, 66}, {}, {}, {},
    {"MXFP4", 32, 17}, {"NVFP4", 1, 0}, {"Q1_0", 1, 0}, {"Q2_0", 1, 0}}};

std::int64_t extended(std::uint64_t bits, unsigned size)
{
    const unsigned unused = 64 - 8 * size;
    return static_cast<std::int64_t>(bits << unused) >> unused;
}

std::string shownReal(double value)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.9g", value);
    return text.data();
}

} // namespace

unsigned sizeOf(std::uint32_t type)
{
    return type < values.size() ? values[type].size : 0;
}

std::string_view nameOf(std::uint32_t type)
{
    return type < values.size() ? values[type].name : std::string_view();
}

std::optional<TensorType> tensorType(std::uint32_t type)
{
    return type < tensors.size() && !tensors[type].name.empty() ? std::optional(tensors[type]) : std::nullopt;
}

std::uint64_t Cursor::number(unsigned width)
{
    if (!m_ok || left() < width) {
        m_ok = false;
        return 0;
    }
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i) {
        const auto byte = static_cast<unsigned char>(m_bytes[m_at + (m_bigEndian ? i : width - 1 - i)]);
        value = value << 8 | byte;
    }
    m_at += width;
    return value;
}

ByteRange Cursor::string()
{
    const auto size = count();
    const auto start = m_at;
    return skip(size) ? ByteRange{start, m_at} : ByteRange{start, start};
}

bool Cursor::skip(std::uint64_t size)
{
    m_ok = m_ok && size <= left();
    m_at += m_ok ? size : 0;
    return m_ok;
}

std::string shownValue(std::uint32_t type, std::uint64_t bits)
{
    switch (static_cast<ValueType>(type)) {
    case ValueType::I8:
    case ValueType::I16:
    case ValueType::I32:
    case ValueType::I64:
        return std::to_string(extended(bits, sizeOf(type)));
    case ValueType::F32:
        return shownReal(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
    case ValueType::F64:
        return shownReal(std::bit_cast<double>(bits));
    case ValueType::Bool:
        return bits == 0 ? "false" : "true";
    default:
        return std::to_string(bits);
    }
}

} // namespace cupel::formats::gguf
