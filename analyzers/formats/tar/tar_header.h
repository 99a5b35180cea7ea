// SPDX-License-Identifier: GPL-3.0-or-later
// One block of 512 bytes at the head of a member: POSIX.1 ustar, GNU and the form before both (v7). Pure.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats::tar {

inline constexpr std::uint64_t blockSize = 512;

enum class Magic : std::uint8_t { None, Posix, Gnu };

struct Header {
    std::string name; // with the prefix of POSIX
    std::string_view link;
    std::uint64_t at = 0; // of the block
    std::uint64_t size = 0;
    std::uint32_t mode = 0;
    char type = '0';
    Magic magic = Magic::None;
    bool sizeKnown = true; // false: neither octal nor base 256, or more than 63 bits
    bool checksum = false; // it is right, with bytes counted as signed or as unsigned
    bool extended = false; // GNU sparse: blocks of a map follow
    ByteRange namePlace;
};

// Nothing: fewer bytes than a block are left.
[[nodiscard]] std::optional<Header> readHeader(ByteView bytes, std::uint64_t at);
// Whether a block is all zero: two of them end an archive.
[[nodiscard]] bool isZeroBlock(ByteView bytes, std::uint64_t at);
// Octal as tar writes it (blanks and NULs around), or base 256 where the first bit is set. Nothing: neither.
[[nodiscard]] std::optional<std::uint64_t> readNumber(ByteView field);
// A header that a reader of tar would take: the checksum is right and there is a name.
[[nodiscard]] bool looksLikeHeader(ByteView bytes, std::uint64_t at);

} // namespace cupel::formats::tar
