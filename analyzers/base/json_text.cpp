// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_text.h"

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

} // namespace

inline void JsonUnescaper::flush()
{
    m_out.append(m_buffer.data(), m_used);
    m_used = 0;
}

inline void JsonUnescaper::addSegment(const OffsetMap::Segment& segment)
{
    if (m_segmentCount == m_segments.size()) {
        m_map.add({m_segments.data(), m_segmentCount});
        m_segmentCount = 0;
    }
    m_segments[m_segmentCount++] = segment;
}

inline void JsonUnescaper::addLinear(std::uint64_t text, std::uint64_t raw)
{
    if (m_segmentCount == 0) {
        m_map.addLinear(text, raw);
        return;
    }
    auto& last = m_segments[m_segmentCount - 1];
    if (last.isBlock() && last.raw + last.rawLength == raw) { // behind an escape: its segment goes on
        last.blockText = text - last.text;
    } else {
        addSegment({text, raw, 0, 0});
    }
}

inline ByteMask JsonUnescaper::stops(ByteBlock block) const
{
    return m_stopAtQuote ? isOneOf<'\\', '"'>(block) : isOneOf<'\\'>(block);
}

// Up to the next backslash, the quote that ends the string, or `limit`; where it stopped.
inline std::uint64_t JsonUnescaper::copyPlain(ByteView text, std::uint64_t at, std::uint64_t limit)
{
    constexpr std::size_t step = sizeof(ByteBlock);
    constexpr std::size_t most = 4 * step;
    if (m_used + most > m_buffer.size()) {
        flush();
    }
    auto* to = m_buffer.data() + m_used;
    const auto begin = at;
    const auto stop = std::min<std::uint64_t>(limit, at + most);
    while (at < stop) {
        const auto block = blockAt(text, at);
        std::memcpy(to, &block, step);
        const auto bits = bitsOf(stops(block)) | std::uint64_t(1) << step;
        const auto taken = static_cast<std::uint64_t>(std::countr_zero(bits));
        to += taken;
        at += taken;
        if (taken < step) {
            break;
        }
    }
    const bool stopped = at < stop; // by a sign; behind the limit nothing counts
    at = std::min(at, stop);
    m_used += at - begin;
    if (stopped) {
        return at;
    }
    if (at < limit) { // a long run: a picture, a word of base64
        const auto end = std::min(limit, nextByte(text, at, [this](ByteBlock block) { return stops(block); }));
        flush();
        m_out.append(text.substr(at, end - at));
        at = end;
    }
    return at;
}

// Writes the text of the escape at `at`; its length in the raw text.
inline std::uint64_t JsonUnescaper::takeEscape(ByteView text, std::uint64_t at)
{
    const char meant = at + 1 < text.size() ? meanings[static_cast<unsigned char>(text[at + 1])] : '\0';
    if (meant == '\0' || m_used == m_buffer.size()) {
        flush();
        return readEscape(text, at, text.size(), m_out);
    }
    m_buffer[m_used++] = meant;
    return 2;
}

Unescaped JsonUnescaper::read(std::uint64_t at, std::uint64_t end, std::size_t maxOut)
{
    const ByteView text = m_text.substr(0, std::min<std::uint64_t>(end, m_text.size()));
    bool quoted = false;
    bool linear = false; // the open segment is linear and ends at `at`
    auto size = written();
    while (at < text.size() && size < maxOut) {
        const auto stop = copyPlain(text, at, std::min<std::uint64_t>(text.size(), at + (maxOut - size)));
        if (stop > at) {
            if (!linear) {
                addLinear(size, at);
                linear = true;
            }
            size += stop - at;
            at = stop;
            if (at >= text.size() || size >= maxOut) {
                break;
            }
        }
        if (text[at] == '"') {
            quoted = true;
            break;
        }
        const auto length = takeEscape(text, at);
        addSegment({size, at, length, 0});
        linear = false;
        at += length;
        size = written();
    }
    return {at, quoted};
}

void JsonUnescaper::addByte(char c, std::uint64_t raw, std::uint64_t rawLength)
{
    if (m_used == m_buffer.size()) {
        flush();
    }
    addSegment({written(), raw, rawLength, 0});
    m_buffer[m_used++] = c;
}

bool JsonUnescaper::endsWith(char c) const
{
    return m_used > 0 ? m_buffer[m_used - 1] == c : m_out.ends_with(c);
}

void JsonUnescaper::finish()
{
    flush();
    m_map.add({m_segments.data(), m_segmentCount});
    m_segmentCount = 0;
}

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
    JsonUnescaper unescaper(text, stopAtQuote, out, map);
    const auto read = unescaper.read(at, end, maxOut);
    unescaper.finish();
    return read;
}

} // namespace cupel
