// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli), of tables and tensors of TensorFlow's checkpoints: an instruction of its own where there is
// one, else a table.
#include "analyzers/base/checksums.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cupel {

namespace {

constexpr std::array<std::uint32_t, 256> makeTable()
{
    constexpr std::uint32_t polynomial = 0x82F63B78;
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        auto value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1) != 0 ? value >> 1 ^ polynomial : value >> 1;
        }
        out[i] = value;
    }
    return out;
}

std::uint32_t byTable(std::uint32_t crc, ByteView bytes)
{
    static constexpr auto table = makeTable();
    for (const char c : bytes) {
        crc = crc >> 8 ^ table[(crc ^ static_cast<std::uint8_t>(c)) & 0xFF];
    }
    return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t byInstruction(std::uint32_t crc, ByteView bytes)
{
    std::uint64_t wide = crc;
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        wide = _mm_crc32_u64(wide, word);
    }
    return byTable(static_cast<std::uint32_t>(wide), bytes);
}
#endif

} // namespace

std::uint32_t crc32c(ByteView bytes, std::uint32_t before)
{
#if defined(__x86_64__)
    static const bool counts = __builtin_cpu_supports("sse4.2");
    if (counts) {
        return ~byInstruction(~before, bytes);
    }
#endif
    return ~byTable(~before, bytes);
}

std::uint32_t maskedCrc32c(std::uint32_t crc)
{
    constexpr std::uint32_t added = 0xA282EAD8;
    return (crc >> 15 | crc << 17) + added;
}

} // namespace cupel
