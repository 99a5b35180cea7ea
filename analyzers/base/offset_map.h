// SPDX-License-Identifier: GPL-3.0-or-later
// Where each byte of a derived text (JSON escapes removed, lists joined, base64 undone) stands in what it was derived
// from. Sorted segments: a block, which maps as a whole, and a linear part behind it, where both sides advance
// together. Either may be missing. Escapes stand a dozen bytes apart in real notebooks: one segment for each is half
// of the memory of one for each part.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cupel {

class OffsetMap {
public:
    struct Segment {
        std::uint64_t text;
        std::uint64_t raw;
        std::uint64_t rawLength : 48; // of the block; 0: there is none
        std::uint64_t blockText : 16; // bytes of text of the block, when a linear part is behind it
        // A block as far as the segment goes.
        [[nodiscard]] bool isBlock() const { return rawLength != 0 && blockText == 0; }
        // Whether the byte of text is in the block, and where it stands when it is not.
        [[nodiscard]] bool inBlock(std::uint64_t at) const { return isBlock() || at - text < blockText; }
        [[nodiscard]] std::uint64_t linearAt(std::uint64_t at) const
        {
            return raw + rawLength + (at - text - blockText);
        }
    };

    // `text` bytes from here on stand one to one at `raw`.
    void addLinear(std::uint64_t text, std::uint64_t raw)
    {
        if (!m_segments.empty()) {
            auto& last = m_segments.back();
            const auto length = text - last.text;
            if (last.isBlock() && last.raw + last.rawLength == raw && length > 0 && length <= longestBlock) {
                last.blockText = length; // the block ends, and its segment goes on
                return;
            }
        }
        m_segments.push_back({text, raw, 0, 0});
    }
    // The text from here to the next segment is one unit, written as rawLength bytes at `raw` (an escape, a base64
    // run). rawLength < 2^48.
    void addBlock(std::uint64_t text, std::uint64_t raw, std::uint64_t rawLength)
    {
        m_segments.push_back({text, raw, rawLength, 0});
    }
    // Segments behind all that are there, in order.
    void add(std::span<const Segment> more) { m_segments.insert(m_segments.end(), more.begin(), more.end()); }
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
    static constexpr std::uint64_t longestBlock = 0xFFFF; // bytes of text, that a linear part can be behind it
    [[nodiscard]] const Segment* find(std::uint64_t text) const;
    std::vector<Segment> m_segments;
};

} // namespace cupel
