// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensor_values.h"

#include "analyzers/formats/tensor_blocks.h"
#include "analyzers/formats/tensor_windows.h"
#include "analyzers/model/model_content.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace cupel::formats {

namespace {

template <typename T> double plain(const char* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return static_cast<double>(value);
}

// A float of `exponent` and `fraction` bits in `raw`; IEEE 754 when `infinities`, else the largest exponent counts as
// any other and only all ones are no number (FP8 E4M3FN).
double small(std::uint32_t raw, unsigned exponent, unsigned fraction, bool infinities = true)
{
    const bool negative = ((raw >> (exponent + fraction)) & 1U) != 0;
    const auto power = static_cast<int>((raw >> fraction) & ((1U << exponent) - 1));
    const auto part = raw & ((1U << fraction) - 1);
    const int largest = (1 << exponent) - 1;
    const int bias = largest / 2;
    double value = 0;
    if (power == largest && infinities) {
        value = part == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    } else if (power == largest && part == (1U << fraction) - 1) {
        value = std::numeric_limits<double>::quiet_NaN();
    } else if (power == 0) {
        value = std::ldexp(static_cast<double>(part), 1 - bias - static_cast<int>(fraction));
    } else {
        value = std::ldexp(static_cast<double>(part | (1U << fraction)), power - bias - static_cast<int>(fraction));
    }
    return negative ? -value : value;
}

std::uint32_t raw16(const char* at)
{
    std::uint16_t raw = 0;
    std::memcpy(&raw, at, sizeof raw);
    return raw;
}

double half(const char* at)
{
    return small(raw16(at), 5, 10);
}

double brain(const char* at)
{
    return static_cast<double>(std::bit_cast<float>(raw16(at) << 16));
}

double e4m3(const char* at)
{
    return small(static_cast<unsigned char>(*at), 4, 3, false);
}

double e5m2(const char* at)
{
    return small(static_cast<unsigned char>(*at), 5, 2);
}

double boolean(const char* at)
{
    return *at != 0 ? 1 : 0;
}

struct Type {
    std::string_view name;
    unsigned bits;
    double (*read)(const char* at); // null: not single numbers
};
constexpr Type types[] = {
    {"F64", 64, plain<double>},
    {"F32", 32, plain<float>},
    {"F16", 16, half},
    {"BF16", 16, brain},
    {"F8_E4M3", 8, e4m3},
    {"F8_E5M2", 8, e5m2},
    {"I64", 64, plain<std::int64_t>},
    {"I32", 32, plain<std::int32_t>},
    {"I16", 16, plain<std::int16_t>},
    {"I8", 8, plain<std::int8_t>},
    {"U64", 64, plain<std::uint64_t>},
    {"U32", 32, plain<std::uint32_t>},
    {"U16", 16, plain<std::uint16_t>},
    {"U8", 8, plain<std::uint8_t>},
    {"BOOL", 8, boolean},
    {"C64", 64, nullptr},
    {"C128", 128, nullptr},
};

// As NumPy writes what stands the other way round, for which there is no other word: ">f8".
constexpr std::pair<std::string_view, std::string_view> turned[] = {{">f2", "F16"}, {">f4", "F32"}, {">f8", "F64"},
    {">i1", "I8"}, {">i2", "I16"}, {">i4", "I32"}, {">i8", "I64"}, {">u1", "U8"}, {">u2", "U16"}, {">u4", "U32"},
    {">u8", "U64"}, {">b1", "BOOL"}, {">c8", "C64"}, {">c16", "C128"}};

const Type* typeOf(std::string_view dtype)
{
    for (const auto& [written, word] : turned) {
        dtype = dtype == written ? word : dtype;
    }
    const auto found =
        std::find_if(std::begin(types), std::end(types), [dtype](const Type& type) { return type.name == dtype; });
    return found == std::end(types) ? nullptr : found;
}

// Elements in a row, or those of a view: gives all of them to `take`, from the first, as often as it is asked. False:
// the budget ended it, or there are too many of them.
class Elements {
public:
    Elements(ByteView bytes, const ElementReader& read)
        : m_bytes(bytes)
        , m_read(read)
    {
    }
    Elements(const ModelTensor& view, ByteView bytes, const ElementReader& read)
        : m_bytes(bytes)
        , m_read(read)
        , m_view(&view)
    {
    }

    template <typename Take> bool each(Budget& budget, const Take& take) const
    {
        if (!m_view) {
            return eachOf(m_bytes, budget, take);
        }
        TensorWindows windows(m_bytes, m_view->shape, m_view->strides, static_cast<unsigned>(m_read.width()));
        std::uint64_t left = mostOfAView;
        for (auto window = windows.next(chunk); !window.empty();
            window = windows.next(std::min<std::uint64_t>(left, chunk))) {
            if (!eachOf(window, budget, take)) {
                return false;
            }
            left -= window.size() / m_read.width();
        }
        return windows.elements() <= mostOfAView;
    }

private:
    static constexpr std::size_t chunk = 4'096;
    static constexpr std::uint64_t mostOfAView = 200'000'000; // its strides may be zero, and its extents anything

    template <typename Take> bool eachOf(ByteView bytes, Budget& budget, const Take& take) const
    {
        const std::size_t width = m_read.width();
        const std::size_t count = bytes.size() / width;
        for (std::size_t i = 0; i < count; ++i) {
            if (i % chunk == 0 && !budget.spend(chunk * width)) {
                return false;
            }
            take(m_read(bytes.data() + i * width));
        }
        return true;
    }

    ByteView m_bytes;
    const ElementReader& m_read;
    const ModelTensor* m_view = nullptr;
};

// Numbers that are packed together. What is left over at the end is no block.
class PackedElements {
public:
    PackedElements(ByteView bytes, const BlockType& type, ByteOrder order)
        : m_bytes(bytes)
        , m_type(type)
        , m_order(order)
    {
    }

    template <typename Take> bool each(Budget& budget, const Take& take) const
    {
        std::array<double, BlockType::mostElements> numbers{};
        for (std::size_t at = 0; m_bytes.size() - at >= m_type.bytes; at += m_type.bytes) {
            if (!budget.spend(m_type.elements)) {
                return false;
            }
            m_type.unpack(m_bytes.data() + at, m_order, numbers.data());
            std::for_each_n(numbers.begin(), m_type.elements, take);
        }
        return true;
    }

private:
    ByteView m_bytes;
    const BlockType& m_type;
    ByteOrder m_order;
};

template <typename List> TensorValues valuesOf(const List& elements, Budget& budget)
{
    static_assert(std::endian::native == std::endian::little);
    TensorValues out;
    std::uint64_t finite = 0;
    double squares = 0; // of the distances from the mean: Welford's method, exact enough for any length
    out.complete = elements.each(budget, [&](double value) {
        ++out.count;
        if (std::isnan(value)) {
            ++out.notNumbers;
            return;
        }
        if (std::isinf(value)) {
            ++out.infinite;
            return;
        }
        out.zeros += value == 0 ? 1 : 0;
        out.least = finite == 0 ? value : std::min(out.least, value);
        out.most = finite == 0 ? value : std::max(out.most, value);
        const double distance = value - out.mean;
        out.mean += distance / static_cast<double>(++finite);
        squares += distance * (value - out.mean);
    });
    out.deviation = finite > 0 ? std::sqrt(squares / static_cast<double>(finite)) : 0;
    const double step = (out.most / 2 - out.least / 2) / (static_cast<double>(TensorValues::bins) / 2);
    out.complete = elements.each(budget, [&](double value) {
        if (std::isfinite(value)) {
            const double place = step > 0 ? (value - out.least) / step : 0;
            const auto bin =
                static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(TensorValues::bins - 1)));
            ++out.histogram[bin];
        }
    }) && out.complete;
    return out;
}

} // namespace

ByteOrder byteOrderOf(const ModelContent& model, ByteView told)
{
    const bool big = model.kind.find("big-endian") != std::string::npos || told == "big";
    return big ? ByteOrder::Big : ByteOrder::Little;
}

ElementReader::ElementReader(std::string_view dtype, ByteOrder order)
{
    if (const auto* type = typeOf(dtype); type && type->read) {
        m_read = type->read;
        m_width = type->bits / 8;
        m_swap = (order == ByteOrder::Big || dtype.starts_with('>')) && m_width > 1;
    }
}

double ElementReader::operator()(const char* at) const
{
    if (!m_swap) {
        return m_read(at);
    }
    std::array<char, 8> turned{}; // no number is wider
    std::reverse_copy(at, at + m_width, turned.begin());
    return m_read(turned.data());
}

unsigned bitsOf(std::string_view dtype)
{
    const auto* type = typeOf(dtype);
    return type ? type->bits : 0;
}

std::string numpyWord(std::string_view dtype)
{
    const bool little = dtype.starts_with('<') || dtype.starts_with('|') || dtype.starts_with('=');
    for (const auto& [written, word] : turned) {
        if (little && dtype.substr(1) == written.substr(1)) {
            return std::string(word);
        }
    }
    return std::string(dtype);
}

std::optional<TensorValues> readTensorValues(ByteView bytes, std::string_view dtype, Budget& budget, ByteOrder order)
{
    if (const auto* packed = blockType(dtype)) {
        return valuesOf(PackedElements(bytes, *packed, order), budget);
    }
    const ElementReader read(dtype, order);
    return read ? std::optional(valuesOf(Elements(bytes, read), budget)) : std::nullopt;
}

std::optional<TensorValues> readTensorValues(const ModelTensor& tensor, ByteView bytes, Budget& budget, ByteOrder order)
{
    const ElementReader read(tensor.dtype, order);
    if (!read || tensor.strides.empty()
        || !TensorWindows(bytes, tensor.shape, tensor.strides, static_cast<unsigned>(read.width())).valid()) {
        return readTensorValues(bytes, tensor.dtype, budget, order);
    }
    return valuesOf(Elements(tensor, bytes, read), budget);
}

std::uint64_t sizeOf(const ModelTensor& tensor)
{
    const std::uint64_t bits = bitsOf(tensor.dtype);
    const auto count = elementCount(tensor.shape);
    const bool counted = count < std::numeric_limits<std::uint64_t>::max() / 64;
    return tensor.strides.empty() || bits == 0 || !counted ? tensor.bytes.size() : count * bits / 8;
}

bool isComplex(std::string_view dtype)
{
    return dtype == "C64" || dtype == "C128" || (dtype.size() <= 4 && dtype.find('c') == 1);
}

} // namespace cupel::formats
