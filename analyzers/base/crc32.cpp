// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32 of zips. Where the processor multiplies without carries, four lanes of sixteen bytes are folded at a time
// (Gopal and others, "Fast CRC computation for generic polynomials using PCLMULQDQ", 2009), which is as fast as memory;
// zlib does the rest.
#include "analyzers/base/checksums.h"

#include <zlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cupel {

namespace {

std::uint32_t byZlib(std::uint32_t crc, ByteView bytes)
{
    return static_cast<std::uint32_t>(
        ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

#if defined(__x86_64__)

#define CUPEL_FOLDS __attribute__((target("pclmul,sse4.1")))

constexpr std::size_t lane = 16;
constexpr std::size_t block = 4 * lane;

CUPEL_FOLDS inline __m128i loaded(const char* at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}

// `value`, moved on by as many bytes as the constants in `by` stand for, on top of what is there.
CUPEL_FOLDS inline __m128i folded(__m128i value, __m128i by, __m128i there)
{
    const auto low = _mm_clmulepi64_si128(value, by, 0x00);
    const auto high = _mm_clmulepi64_si128(value, by, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), there);
}

// What is left of 128 bits is divided by the polynomial (Barrett).
CUPEL_FOLDS std::uint32_t reduced(__m128i value, __m128i byLane)
{
    const auto mask = _mm_setr_epi32(-1, 0, -1, 0);
    const auto by64 = _mm_set_epi64x(0, 0x0163CD6124);
    const auto polynomial = _mm_set_epi64x(0x01F7011641, 0x01DB710641);
    value = _mm_xor_si128(_mm_srli_si128(value, 8), _mm_clmulepi64_si128(value, byLane, 0x10));
    const auto rest = _mm_srli_si128(value, 4);
    value = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(value, mask), by64, 0x00), rest);
    auto quotient = _mm_clmulepi64_si128(_mm_and_si128(value, mask), polynomial, 0x10);
    quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, mask), polynomial, 0x00);
    return static_cast<std::uint32_t>(_mm_extract_epi32(_mm_xor_si128(value, quotient), 1));
}

// Of whole lanes, at least four.
CUPEL_FOLDS std::uint32_t ofLanes(ByteView bytes, std::uint32_t before)
{
    const auto byBlock = _mm_set_epi64x(0x01C6E41596, 0x0154442BD4);
    const auto byLane = _mm_set_epi64x(0x00CCAA009E, 0x01751997D0);
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    auto a = _mm_xor_si128(loaded(at), _mm_cvtsi32_si128(static_cast<int>(~before)));
    auto b = loaded(at + lane);
    auto c = loaded(at + 2 * lane);
    auto d = loaded(at + 3 * lane);
    for (at += block; static_cast<std::size_t>(end - at) >= block; at += block) {
        a = folded(a, byBlock, loaded(at));
        b = folded(b, byBlock, loaded(at + lane));
        c = folded(c, byBlock, loaded(at + 2 * lane));
        d = folded(d, byBlock, loaded(at + 3 * lane));
    }
    a = folded(folded(folded(a, byLane, b), byLane, c), byLane, d);
    for (; at < end; at += lane) {
        a = folded(a, byLane, loaded(at));
    }
    return ~reduced(a, byLane);
}

#undef CUPEL_FOLDS

#endif

} // namespace

std::uint32_t crc32(ByteView bytes, std::uint32_t before)
{
#if defined(__x86_64__)
    static const bool folds = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
    if (folds && bytes.size() >= block) {
        const auto whole = bytes.size() / lane * lane;
        return byZlib(ofLanes(bytes.substr(0, whole), before), bytes.substr(whole));
    }
#endif
    return byZlib(before, bytes);
}

} // namespace cupel
