// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensor_blocks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace cupel::formats {

namespace {

constexpr std::size_t small = 32; // elements of a plain block
constexpr std::size_t large = 256; // of a block of blocks

unsigned byteAt(const char* at)
{
    return static_cast<unsigned char>(*at);
}

int signedAt(const char* at)
{
    return static_cast<signed char>(*at);
}

double half(const char* at, ByteOrder order)
{
    static const ElementReader little("F16", ByteOrder::Little);
    static const ElementReader big("F16", ByteOrder::Big);
    return order == ByteOrder::Big ? big(at) : little(at);
}

// Lower halves of the bytes are the first sixteen numbers, upper ones the rest. `from`: what stands for zero.
void nibbles(const char* block, double scale, double add, int from, double* out)
{
    for (std::size_t i = 0; i < small / 2; ++i) {
        const auto both = byteAt(block + i);
        out[i] = scale * (static_cast<int>(both & 0xF) - from) + add;
        out[i + small / 2] = scale * (static_cast<int>(both >> 4) - from) + add;
    }
}

void q40(const char* block, ByteOrder order, double* out)
{
    nibbles(block + 2, half(block, order), 0, 8, out);
}

void q41(const char* block, ByteOrder order, double* out)
{
    nibbles(block + 4, half(block, order), half(block + 2, order), 0, out);
}

// The fifth bits of all numbers stand together, in front of the other four.
void fiveBits(const char* block, double scale, double add, int from, double* out)
{
    std::uint32_t fifth = 0;
    for (unsigned i = 0; i < 4; ++i) {
        fifth |= byteAt(block + i) << (8 * i);
    }
    for (std::size_t i = 0; i < small; ++i) {
        const auto both = byteAt(block + 4 + i % (small / 2));
        const auto low = i < small / 2 ? both & 0xF : both >> 4;
        out[i] = scale * (static_cast<int>(low | (fifth >> i & 1) << 4) - from) + add;
    }
}

void q50(const char* block, ByteOrder order, double* out)
{
    fiveBits(block + 2, half(block, order), 0, 16, out);
}

void q51(const char* block, ByteOrder order, double* out)
{
    fiveBits(block + 4, half(block, order), half(block + 2, order), 0, out);
}

void q80(const char* block, ByteOrder order, double* out)
{
    const auto scale = half(block, order);
    for (std::size_t i = 0; i < small; ++i) {
        out[i] = scale * signedAt(block + 2 + i);
    }
}

// Eight scales and eight minima of six bits in twelve bytes.
std::array<unsigned, 2> scaleAndLeast(const char* packed, unsigned i)
{
    if (i < 4) {
        return {byteAt(packed + i) & 63, byteAt(packed + i + 4) & 63};
    }
    return {(byteAt(packed + i + 4) & 0xF) | byteAt(packed + i - 4) >> 6 << 4,
        byteAt(packed + i + 4) >> 4 | byteAt(packed + i) >> 6 << 4};
}

// `fifths`: a bit more of each number, one bit of each byte for each group; null: there is none.
void groups(const char* block, const char* fifths, const char* numbers, ByteOrder order, double* out)
{
    const auto scale = half(block, order);
    const auto least = half(block + 2, order);
    for (unsigned group = 0; group < large / small; ++group) {
        const auto [own, under] = scaleAndLeast(block + 4, group);
        for (std::size_t i = 0; i < small; ++i) {
            const auto both = byteAt(numbers + group / 2 * small + i);
            const auto low = group % 2 == 0 ? both & 0xF : both >> 4;
            const auto fifth = fifths ? byteAt(fifths + i) >> group & 1 : 0;
            out[group * small + i] = scale * own * (low | fifth << 4) - least * under;
        }
    }
}

void q4k(const char* block, ByteOrder order, double* out)
{
    groups(block, nullptr, block + 16, order, out);
}

void q5k(const char* block, ByteOrder order, double* out)
{
    groups(block, block + 16, block + 48, order, out);
}

// Four lower bits of all numbers, two upper ones, sixteen scales, and one for all at the end.
void q6k(const char* block, ByteOrder order, double* out)
{
    const auto scale = half(block + 208, order);
    for (std::size_t i = 0; i < large; ++i) {
        const auto part = i / 128; // each half of the block is laid out by itself
        const auto place = i % 128;
        const auto low = byteAt(block + part * 64 + place % 64) >> (place < 64 ? 0 : 4) & 0xF;
        const auto high = byteAt(block + 128 + part * 32 + place % 32) >> (place / 32 * 2) & 3;
        const auto own = signedAt(block + 192 + i / 16);
        out[i] = scale * own * (static_cast<int>(low | high << 4) - 32);
    }
}

constexpr BlockType types[] = {{"Q4_0", small, 18, q40}, {"Q4_1", small, 20, q41}, {"Q5_0", small, 22, q50},
    {"Q5_1", small, 24, q51}, {"Q8_0", small, 34, q80}, {"Q4_K", large, 144, q4k}, {"Q5_K", large, 176, q5k},
    {"Q6_K", large, 210, q6k}};

} // namespace

const BlockType* blockType(std::string_view dtype)
{
    const auto* found =
        std::find_if(std::begin(types), std::end(types), [dtype](const BlockType& one) { return one.name == dtype; });
    return found == std::end(types) ? nullptr : found;
}

} // namespace cupel::formats
