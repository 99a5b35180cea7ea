// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_text.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace cupel {

namespace {

// What a backslash and this letter stand for; zero: nothing.
constexpr std::array<char, 256> meanings = [] {
    std::array<char, 256> table{};
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    for (std::size_t i = 0; i < letters.size(); ++i) {
        table[static_cast<unsigned char>(letters[i])] = meant[i];
    }
    return table;
}();

// Decodes one escape at `at` (a backslash). Returns its raw length; appends its text.
std::uint64_t readEscape(ByteView text, std::uint64_t at, std::uint64_t end, std::string& out)
{
    if (at + 1 >= end) {
        out.push_back('\\');
        return 1;
    }
    const char kind = text[at + 1];
    if (const char meant = meanings[static_cast<unsigned char>(kind)]; meant != '\0') {
        out.push_back(meant);
        return 2;
    }
    const auto unit = kind == 'u' ? readHex(text.substr(0, end), at + 2, 4) : -1;
    if (unit < 0) {
        out.push_back('\\');
        return 1;
    }
    if (unit >= 0xD800 && unit < 0xDC00 && at + 7 < end && text[at + 6] == '\\' && text[at + 7] == 'u') {
        const auto low = readHex(text.substr(0, end), at + 8, 4);
        if (low >= 0xDC00 && low < 0xE000) {
            appendUtf8(out, static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
            return 12;
        }
    }
    appendUtf8(out, static_cast<char32_t>(unit));
    return 6;
}

// Takes sixteen bytes at a time into a buffer, and segments into another: in real notebooks an escape or a quote stands
// in nearly every block, too often for a call to the string and one to the map each time.
class Unescaper {
public:
    Unescaper(ByteView text, bool stopAtQuote, std::string& out, OffsetMap& map)
        : m_text(text)
        , m_stopAtQuote(stopAtQuote)
        , m_out(out)
        , m_map(map)
    {
    }

    Unescaped run(std::uint64_t at, std::size_t maxOut)
    {
        bool quoted = false;
        bool linear = false; // the open segment is linear and ends at `at`
        auto written = m_out.size(); // with what is in the buffer
        while (at < m_text.size() && written < maxOut) {
            const auto stop = copyPlain(at, std::min<std::uint64_t>(m_text.size(), at + (maxOut - written)));
            if (stop > at) {
                if (!linear) {
                    beginLinear(written, at);
                    linear = true;
                }
                written += stop - at;
                at = stop;
                if (at >= m_text.size() || written >= maxOut) {
                    break;
                }
            }
            if (m_text[at] == '"') {
                quoted = true;
                break;
            }
            const auto length = takeEscape(at);
            beginBlock(written, at, length);
            linear = false;
            at += length;
            written = m_out.size() + m_used;
        }
        flush();
        flushSegments();
        return {at, quoted};
    }

private:
    static constexpr std::size_t step = sizeof(ByteBlock);

    void flush()
    {
        m_out.append(m_buffer.data(), m_used);
        m_used = 0;
    }

    void flushSegments()
    {
        m_map.add({m_segments.data(), m_segmentCount});
        m_segmentCount = 0;
    }

    void beginLinear(std::uint64_t text, std::uint64_t raw)
    {
        if (m_segmentCount > 0) { // behind an escape that ends here: its segment goes on
            auto& last = m_segments[m_segmentCount - 1];
            last.blockText = text - last.text;
        } else {
            m_map.addLinear(text, raw);
        }
    }

    void beginBlock(std::uint64_t text, std::uint64_t raw, std::uint64_t rawLength)
    {
        if (m_segmentCount == m_segments.size()) {
            flushSegments();
        }
        m_segments[m_segmentCount++] = {text, raw, rawLength, 0};
    }

    [[nodiscard]] ByteMask stops(ByteBlock block) const
    {
        return m_stopAtQuote ? isOneOf<'\\', '"'>(block) : isOneOf<'\\'>(block);
    }

    // Up to the next backslash, the quote that ends the string, or `limit`; where it stopped.
    std::uint64_t copyPlain(std::uint64_t at, std::uint64_t limit)
    {
        for (int blocks = 0; blocks < 4 && at < limit; ++blocks) {
            if (m_used + step > m_buffer.size()) {
                flush();
            }
            const auto block = blockAt(m_text, at);
            std::memcpy(m_buffer.data() + m_used, &block, step);
            const auto bits = bitsOf(stops(block)) | std::uint64_t(1) << step;
            const auto taken = std::min<std::uint64_t>(static_cast<std::uint64_t>(std::countr_zero(bits)), limit - at);
            m_used += taken;
            at += taken;
            if (taken < step) {
                return at;
            }
        }
        if (at < limit) { // a long run: a picture, a word of base64
            const auto stop = std::min(limit, nextByte(m_text, at, [this](ByteBlock block) { return stops(block); }));
            flush();
            m_out.append(m_text.substr(at, stop - at));
            at = stop;
        }
        return at;
    }

    // Writes the text of the escape at `at`; its length in the raw text.
    std::uint64_t takeEscape(std::uint64_t at)
    {
        const char meant = at + 1 < m_text.size() ? meanings[static_cast<unsigned char>(m_text[at + 1])] : '\0';
        if (meant == '\0' || m_used == m_buffer.size()) {
            flush();
            return readEscape(m_text, at, m_text.size(), m_out);
        }
        m_buffer[m_used++] = meant;
        return 2;
    }

    ByteView m_text; // up to the end that was given
    bool m_stopAtQuote;
    std::string& m_out;
    OffsetMap& m_map;
    std::size_t m_used = 0;
    std::size_t m_segmentCount = 0;
    std::array<OffsetMap::Segment, 32> m_segments; // these two are not set: what is read was written
    std::array<char, 1'024> m_buffer;
};

} // namespace

void appendUtf8(std::string& out, char32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
        c = 0xFFFD;
    }
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xC0 | (c >> 6));
        push(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        push(0xE0 | (c >> 12));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    } else {
        push(0xF0 | (c >> 18));
        push(0x80 | ((c >> 12) & 0x3F));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    }
}

Unescaped unescapeJson(ByteView text, std::uint64_t at, std::uint64_t end, bool stopAtQuote, std::string& out,
    OffsetMap& map, std::size_t maxOut)
{
    const ByteView window = text.substr(0, std::min<std::uint64_t>(end, text.size()));
    return Unescaper(window, stopAtQuote, out, map).run(at, maxOut);
}

} // namespace cupel
