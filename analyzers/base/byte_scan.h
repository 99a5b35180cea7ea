// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at text 16 bytes at a time: steps over what holds none of a few bytes, or tells where bytes of a kind stand.
// For scanners that wait for a sign; pure, any thread.
#pragma once

#include "analyzers/base/bytes.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cupel {

// Sixteen bytes that are compared at once: `block == '/'` has all bits of those bytes set that are equal.
using ByteBlock [[gnu::vector_size(16)]] = unsigned char;
using ByteMask [[gnu::vector_size(16)]] = signed char;

// The block at `at`; zeros behind the end of the text.
inline ByteBlock blockAt(ByteView text, std::size_t at)
{
    ByteBlock block{};
    if (at + sizeof block <= text.size()) {
        std::memcpy(&block, text.data() + at, sizeof block);
    } else if (at < text.size()) {
        std::memcpy(&block, text.data() + at, text.size() - at);
    }
    return block;
}

// One bit for each byte, the first one lowest.
inline std::uint64_t bitsOf(ByteMask mask)
{
#ifdef __SSE2__
    return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(mask)));
#else
    std::uint64_t halves[2];
    std::memcpy(halves, &mask, sizeof halves);
    const auto bits = [](std::uint64_t bytes) { // keeps bit i of byte i, then adds up all bytes in the highest
        return ((bytes & 0x8040201008040201ULL) * 0x0101010101010101ULL) >> 56;
    };
    return bits(halves[0]) | bits(halves[1]) << 8;
#endif
}

// Which of the bytes are one of `Signs`.
template <char... Signs> ByteMask isOneOf(ByteBlock block)
{
    return ((block == static_cast<unsigned char>(Signs)) | ...);
}

// The first place from `at` on whose byte is wanted; the size of the text when there is none. `wanted` makes a mask of
// a block. Little-endian, as every host here.
template <typename Wanted> std::size_t nextByte(ByteView text, std::size_t at, Wanted wanted)
{
    constexpr std::size_t step = sizeof(ByteBlock);
    constexpr std::size_t stride = 4 * step; // where the first step found nothing
    const auto start = at;
    while (at < text.size()) {
        while (at > start && at + stride <= text.size()) {
            const ByteMask any = (wanted(blockAt(text, at)) | wanted(blockAt(text, at + step)))
                | (wanted(blockAt(text, at + 2 * step)) | wanted(blockAt(text, at + 3 * step)));
            std::uint64_t halves[2];
            std::memcpy(halves, &any, sizeof halves);
            if ((halves[0] | halves[1]) != 0) {
                break;
            }
            at += stride;
        }
        if (at >= text.size()) {
            break;
        }
        const ByteMask mask = wanted(blockAt(text, at));
        std::uint64_t halves[2];
        std::memcpy(halves, &mask, sizeof halves);
        if ((halves[0] | halves[1]) != 0) {
            const auto in = halves[0] != 0 ? static_cast<std::size_t>(std::countr_zero(halves[0])) / 8
                                           : 8 + static_cast<std::size_t>(std::countr_zero(halves[1])) / 8;
            return std::min(at + in, text.size());
        }
        at += step;
    }
    return text.size();
}

// The first place from `at` on of one of `Signs`; npos: nowhere. For long texts: find_first_of() of the standard
// library makes a call for each byte.
template <char... Signs> std::size_t findOneOf(ByteView text, std::size_t at = 0)
{
    const auto place = nextByte(text, at, isOneOf<Signs...>);
    return place < text.size() ? place : ByteView::npos;
}

// The first place from `at` on where `words` stands (one byte or more); npos: nowhere. For what is seldom found: its
// first and its last byte, neither of them zero, are sought together.
inline std::size_t findText(ByteView text, ByteView words, std::size_t at)
{
    const auto first = static_cast<unsigned char>(words.front());
    const auto last = static_cast<unsigned char>(words.back());
    const auto reach = words.size() - 1;
    for (; at + reach < text.size(); at += sizeof(ByteBlock)) {
        ByteBlock starts;
        ByteBlock ends;
        if (at + reach + sizeof starts <= text.size()) [[likely]] {
            std::memcpy(&starts, text.data() + at, sizeof starts);
            std::memcpy(&ends, text.data() + at + reach, sizeof ends);
        } else {
            starts = blockAt(text, at);
            ends = blockAt(text, at + reach);
        }
        for (auto bits = bitsOf((starts == first) & (ends == last)); bits != 0; bits &= bits - 1) {
            const auto place = at + static_cast<std::size_t>(std::countr_zero(bits));
            if (text.substr(place, words.size()) == words) {
                return place;
            }
        }
    }
    return ByteView::npos;
}

inline bool holdsText(ByteView text, ByteView words)
{
    return findText(text, words, 0) != ByteView::npos;
}

// A text as an argument of a template.
template <std::size_t Size> struct FixedText {
    // NOLINTNEXTLINE(google-explicit-constructor): it is a text
    consteval FixedText(const char (&from)[Size]) { std::copy(from, from + Size, text); }
    [[nodiscard]] constexpr ByteView view() const { return {text, Size - 1}; }
    char text[Size];
};

// holdsOneOf<"seed(", "random_state=">(text): in one pass, for what few texts hold; words of three bytes or more.
template <FixedText... Words> bool holdsOneOf(ByteView text)
{
    static_assert(((Words.view().size() >= 3) && ...));
    for (std::size_t at = 0; at + 2 < text.size(); at += sizeof(ByteBlock)) {
        const auto first = blockAt(text, at);
        const auto second = blockAt(text, at + 1);
        const auto third = blockAt(text, at + 2);
        const auto is = [](ByteBlock block, char c) -> ByteMask { return block == static_cast<unsigned char>(c); };
        const ByteMask begins =
            ((is(first, Words.text[0]) & is(second, Words.text[1]) & is(third, Words.text[2])) | ...);
        for (auto bits = bitsOf(begins); bits != 0; bits &= bits - 1) {
            const auto rest = text.substr(at + static_cast<std::size_t>(std::countr_zero(bits)));
            if ((rest.starts_with(Words.view()) || ...)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace cupel
