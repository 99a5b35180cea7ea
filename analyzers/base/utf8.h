// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 and line arithmetic on bytes that may be anything.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel {

[[nodiscard]] bool isUtf8(ByteView bytes);
// Invalid sequences and control characters (but tab) become U+FFFD or a space; cut to `maxBytes` at a character.
[[nodiscard]] std::string toDisplay(ByteView bytes, std::size_t maxBytes);
// Code points in `bytes`; each invalid byte counts as one.
[[nodiscard]] std::uint64_t countCodePoints(ByteView bytes);

// Line and column of any offset. Built in one pass; lines end at LF.
class LineIndex {
public:
    explicit LineIndex(ByteView text);
    struct Position {
        std::uint32_t line = 1; // 1-based
        std::uint32_t column = 1; // 1-based, in code points
    };
    [[nodiscard]] Position at(std::uint64_t offset) const;

private:
    struct Checkpoint {
        std::uint64_t offset = 0;
        std::uint32_t line = 1; // that holds the offset
        std::uint32_t column = 0; // code points of it before the offset
    };
    ByteView m_text;
    std::vector<Checkpoint> m_checkpoints; // after every 64th line break, and every 32 KiB of a long line
};

} // namespace cupel
