// SPDX-License-Identifier: GPL-3.0-or-later
// Where each byte of a derived text (JSON escapes removed, lists joined, base64 undone) stands in what it was derived
// from. Sorted segments; inside a segment both sides advance together unless it is a block, which maps as a whole.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <vector>

namespace cupel {

class OffsetMap {
public:
    // `text` bytes from here on stand one to one at `raw`.
    void addLinear(std::uint64_t text, std::uint64_t raw) { m_segments.push_back({text, raw, 0}); }
    // The text from here to the next segment is one unit, written as rawLength bytes at `raw` (an escape, a base64
    // run).
    void addBlock(std::uint64_t text, std::uint64_t raw, std::uint64_t rawLength)
    {
        m_segments.push_back({text, raw, rawLength});
    }
    void clear() { m_segments.clear(); }
    void shrink() { m_segments.shrink_to_fit(); } // for those that are kept
    // Adds the part of `other` from its text offset `from` on, shifted by `shift` text bytes.
    void append(const OffsetMap& other, std::uint64_t from, std::uint64_t shift);
    [[nodiscard]] bool empty() const { return m_segments.empty(); }

    // Raw offset of the text byte at `text`; the start of its block for blocks.
    [[nodiscard]] std::uint64_t toRaw(std::uint64_t text) const;
    // The raw bytes that write the text in `range`, whole escapes included. Bytes between joined list elements that lie
    // inside are included.
    [[nodiscard]] ByteRange toRaw(ByteRange text) const;
    // The text offset of a raw byte; bytes between segments (quotes, commas) give the next segment's start. `textSize`
    // is the length of the text.
    [[nodiscard]] std::uint64_t toText(std::uint64_t raw, std::uint64_t textSize) const;

private:
    struct Segment {
        std::uint64_t text;
        std::uint64_t raw;
        std::uint64_t rawLength; // 0: linear
    };
    [[nodiscard]] const Segment* find(std::uint64_t text) const;
    std::vector<Segment> m_segments;
};

} // namespace cupel
