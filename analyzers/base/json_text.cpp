// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_text.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <array>

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
    end = std::min<std::uint64_t>(end, text.size());
    const ByteView window = text.substr(0, end);
    bool linear = false; // the open segment is linear and ends at `at`
    while (at < end && out.size() < maxOut) {
        std::uint64_t stop = findStringStop(window, at);
        stop = std::min(stop, at + (maxOut - out.size()));
        if (stop > at) {
            if (!linear) {
                map.addLinear(out.size(), at);
                linear = true;
            }
            out.append(window.substr(at, stop - at));
            at = stop;
            if (at >= end || out.size() >= maxOut) {
                break;
            }
        }
        const char c = window[at];
        if (c == '\\') {
            const auto textStart = out.size();
            const auto length = readEscape(window, at, end, out);
            map.addBlock(textStart, at, length);
            linear = false;
            at += length;
        } else if (c == '"' && stopAtQuote) {
            return {at, true};
        } else {
            if (!linear) {
                map.addLinear(out.size(), at);
                linear = true;
            }
            out.push_back(c);
            ++at;
        }
    }
    return {at, false};
}

} // namespace cupel
