// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <array>

namespace cupel::report {

namespace {

struct Span {
    std::uint32_t first;
    std::uint32_t last;
};

template <std::size_t N> bool inSpans(const std::array<Span, N>& spans, std::uint32_t value)
{
    return std::any_of(
        spans.begin(), spans.end(), [value](const Span& span) { return value >= span.first && value <= span.last; });
}

// Combining marks and other characters without a column of their own (the common blocks).
constexpr std::array<Span, 11> zeroWidth{
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
        {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};
// East Asian Wide and Fullwidth, and emoji (Unicode Standard Annex 11, the blocks as a whole).
constexpr std::array<Span, 12> doubleWidth{{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60},
    {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}}};
// Characters that change the order or the look of what follows ("Trojan Source", CVE-2021-42574), and separators that
// some terminals treat as a new line.
constexpr std::array<Span, 8> unsafe{{{0x80, 0x9F}, {0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}}};

void appendHex(std::string& out, std::uint32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out.push_back("0123456789abcdef"[(value >> shift) & 15U]);
    }
}

std::size_t columnsOf(std::uint32_t value)
{
    if (value < 0x300) {
        return 1;
    }
    return inSpans(zeroWidth, value) ? 0 : inSpans(doubleWidth, value) ? 2 : 1;
}

} // namespace

CodePoint decodeUtf8(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at);
    if (lead < 0x80) {
        return {lead, 1, true};
    }
    const std::size_t length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) {
        return {};
    }
    // The allowed range of the second byte excludes overlong forms, surrogates and values above U+10FFFF.
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    std::uint32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size() || byte(at + i) < (i == 1 ? low : 0x80) || byte(at + i) > (i == 1 ? high : 0xBF)) {
            return {0xFFFD, i, false};
        }
        value = (value << 6U) | (byte(at + i) & 0x3FU);
    }
    return {value, length, true};
}

void appendUtf8(std::string& out, std::uint32_t codePoint)
{
    const auto push = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (codePoint < 0x80) {
        push(codePoint);
    } else if (codePoint < 0x800) {
        push(0xC0U | (codePoint >> 6U));
        push(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        push(0xE0U | (codePoint >> 12U));
        push(0x80U | ((codePoint >> 6U) & 0x3FU));
        push(0x80U | (codePoint & 0x3FU));
    } else {
        push(0xF0U | (codePoint >> 18U));
        push(0x80U | ((codePoint >> 12U) & 0x3FU));
        push(0x80U | ((codePoint >> 6U) & 0x3FU));
        push(0x80U | (codePoint & 0x3FU));
    }
}

std::string validUtf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        appendUtf8(out, point.value);
        at += point.length;
    }
    return out;
}

std::string printable(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        if (point.valid && (point.value < 0x20 || point.value == 0x7F)) {
            if (point.value == '\t') {
                out.append("    ");
            } else if (point.value == '\n') {
                out.append("\\n");
            } else {
                out.append("\\x");
                appendHex(out, point.value, 2);
            }
        } else if (inSpans(unsafe, point.value)) {
            out.append("\\u");
            appendHex(out, point.value, point.value > 0xFFFF ? 6 : 4);
        } else {
            appendUtf8(out, point.value);
        }
        at += point.length;
    }
    return out;
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        width += columnsOf(point.value);
        at += point.length;
    }
    return width;
}

std::string shortened(std::string_view text, std::size_t columns)
{
    if (columns == 0 || displayWidth(text) <= columns) {
        return std::string(text);
    }
    std::size_t width = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const CodePoint point = decodeUtf8(text, at);
        if (width + columnsOf(point.value) + 1 > columns) {
            break;
        }
        width += columnsOf(point.value);
        at += point.length;
    }
    return std::string(text.substr(0, at)) + "…";
}

std::string_view prefixBytes(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes) {
        return text;
    }
    std::size_t cut = bytes;
    for (std::size_t back = 0; back < 4 && cut > 0 && (static_cast<std::uint8_t>(text[cut]) & 0xC0U) == 0x80; ++back) {
        --cut;
    }
    return text.substr(0, cut);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns)
{
    std::vector<std::string> lines;
    std::string line;
    std::size_t width = 0;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(std::min(space + 1, text.size()));
        const std::size_t wordWidth = displayWidth(word);
        if (!line.empty() && columns > 0 && width + 1 + wordWidth > columns) {
            lines.push_back(std::move(line));
            line.clear();
            width = 0;
        }
        if (!line.empty()) {
            line.push_back(' ');
            ++width;
        }
        line.append(word);
        width += wordWidth;
    }
    if (!line.empty() || lines.empty()) {
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace cupel::report
