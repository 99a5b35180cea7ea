// SPDX-License-Identifier: GPL-3.0-or-later
// Undoing the escapes of a JSON string (RFC 8259 section 7) into UTF-8.
#pragma once

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/offset_map.h"

#include <array>
#include <cstdint>
#include <string>

namespace cupel {

struct Unescaped {
    std::uint64_t end = 0; // where decoding stopped
    bool stoppedAtQuote = false;
};

// Decodes text[at, end) and appends to `out`, with segments in `map` (offsets of `out` and of `text`). Stops before an
// unescaped quote when `stopAtQuote`, and when `out` has grown to `maxOut` bytes. Lone surrogates become U+FFFD;
// unknown escapes stay as written. Never fails.
Unescaped unescapeJson(ByteView text, std::uint64_t at, std::uint64_t end, bool stopAtQuote, std::string& out,
    OffsetMap& map, std::size_t maxOut);

// The same for strings one after another, of which many are short: the lines of a cell. Takes sixteen bytes at a time
// into a buffer, and segments into another: in real notebooks an escape or a quote stands in nearly every block, too
// often for a call to the string and one to the map each time. Nothing may be added to either before finish().
class JsonUnescaper {
public:
    // `text`, `out` and `map` must stay.
    JsonUnescaper(ByteView text, bool stopAtQuote, std::string& out, OffsetMap& map)
        : m_text(text)
        , m_stopAtQuote(stopAtQuote)
        , m_out(out)
        , m_map(map)
    {
    }
    Unescaped read(std::uint64_t at, std::uint64_t end, std::size_t maxOut);
    void addByte(char c, std::uint64_t raw, std::uint64_t rawLength); // for what stands at `raw`
    void finish(); // `out` and `map` have all of it now
    [[nodiscard]] std::size_t written() const { return m_out.size() + m_used; } // with what is in the buffer
    [[nodiscard]] bool endsWith(char c) const;

private:
    void flush();
    void addSegment(const OffsetMap::Segment& segment);
    void addLinear(std::uint64_t text, std::uint64_t raw);
    [[nodiscard]] ByteMask stops(ByteBlock block) const;
    std::uint64_t copyPlain(ByteView text, std::uint64_t at, std::uint64_t limit);
    std::uint64_t takeEscape(ByteView text, std::uint64_t at);

    ByteView m_text;
    bool m_stopAtQuote;
    std::string& m_out;
    OffsetMap& m_map;
    std::size_t m_used = 0;
    std::size_t m_segmentCount = 0;
    std::array<OffsetMap::Segment, 32> m_segments; // these two are not set: what is read was written
    std::array<char, 1'024> m_buffer;
};

void appendUtf8(std::string& out, char32_t codePoint); // U+FFFD for values that are not scalar

} // namespace cupel
