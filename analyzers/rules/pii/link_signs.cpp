// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/link_signs.h"

#include "analyzers/base/json_text.h"
#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/rules/pii/letters.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace cupel::rules::pii {

namespace {

using enum LinkSignKind;

struct Block {
    char32_t first;
    char32_t last;
    LinkSignKind kind;
};

// Of the blocks of Unicode behind ASCII, in their order; what stands in none of them is odd.
constexpr std::array blocks{Block{0x80, 0xA0, End}, Block{0xAA, 0xAA, Letter}, Block{0xAB, 0xAB, End},
    Block{0xB5, 0xB5, Letter}, Block{0xBA, 0xBA, Letter}, Block{0xBB, 0xBB, End}, Block{0xC0, 0xD6, Letter},
    Block{0xD8, 0xF6, Letter}, Block{0xF8, 0x37D, Letter}, Block{0x37E, 0x37E, End}, Block{0x37F, 0x386, Letter},
    Block{0x388, 0x481, Letter}, Block{0x483, 0x559, Letter},
    // Armenian, Hebrew, Arabic, Syriac, and their full stops
    Block{0x560, 0x588, Letter}, Block{0x589, 0x589, End}, Block{0x590, 0x5BD, Letter}, Block{0x5BF, 0x5BF, Letter},
    Block{0x5C1, 0x5C2, Letter}, Block{0x5C3, 0x5C3, End}, Block{0x5C4, 0x5FF, Letter}, Block{0x60C, 0x60C, End},
    Block{0x610, 0x61A, Letter}, Block{0x61B, 0x61F, End}, Block{0x620, 0x669, Letter}, Block{0x66E, 0x6D3, Letter},
    Block{0x6D4, 0x6D4, End}, Block{0x6D5, 0x6FF, Letter}, Block{0x700, 0x70D, End}, Block{0x70E, 0x8FF, Letter},
    // India
    Block{0x900, 0x963, Letter}, Block{0x964, 0x965, End}, Block{0x966, 0xDFF, Letter},
    // Thai, Lao, Tibetan, Burmese
    Block{0xE00, 0x109F, Unspaced},
    // Georgian, Hangul, Ethiopic, and other ones down to Philippine scripts
    Block{0x10A0, 0x10FA, Letter}, Block{0x10FB, 0x10FB, End}, Block{0x10FC, 0x10FF, Letter},
    Block{0x1100, 0x11FF, Attached}, Block{0x1200, 0x1360, Letter}, Block{0x1361, 0x1368, End},
    Block{0x1369, 0x166C, Letter}, Block{0x166F, 0x167F, Letter}, Block{0x1680, 0x1680, End},
    Block{0x1681, 0x177F, Letter},
    // Khmer, Mongolian, Tai scripts, and what Latin has more
    Block{0x1780, 0x17D3, Unspaced}, Block{0x17D4, 0x17DA, End}, Block{0x17DB, 0x17FF, Unspaced},
    Block{0x1800, 0x180A, End}, Block{0x180B, 0x194F, Letter}, Block{0x1950, 0x19FF, Unspaced},
    Block{0x1A00, 0x1A1F, Letter}, Block{0x1A20, 0x1AAF, Unspaced}, Block{0x1AB0, 0x1FFF, Letter},
    // blanks, quotes, the dots of what is left out
    Block{0x2000, 0x200B, End}, Block{0x201A, 0x201F, End}, Block{0x2026, 0x2026, End}, Block{0x2028, 0x2029, End},
    Block{0x202F, 0x202F, End}, Block{0x2039, 0x203A, End}, Block{0x205F, 0x205F, End}, Block{0x2C00, 0x2DFF, Letter},
    // Chinese, Japanese, Yi, Hangul; their marks and brackets
    Block{0x2E80, 0x2FFF, Unspaced}, Block{0x3000, 0x3003, End}, Block{0x3005, 0x3007, Unspaced},
    Block{0x3008, 0x301F, End}, Block{0x3031, 0x3035, Unspaced}, Block{0x3038, 0x303C, Unspaced},
    Block{0x3040, 0x30FA, Unspaced}, Block{0x30FC, 0x312F, Unspaced}, Block{0x3130, 0x318F, Attached},
    Block{0x3190, 0x4DBF, Unspaced}, Block{0x4E00, 0xA4CF, Unspaced}, Block{0xA4D0, 0xA95F, Letter},
    Block{0xA960, 0xA97F, Attached}, Block{0xA980, 0xA9DF, Letter}, Block{0xA9E0, 0xA9FF, Unspaced},
    Block{0xAA00, 0xAA5F, Letter}, Block{0xAA60, 0xAADF, Unspaced}, Block{0xAAE0, 0xABFF, Letter},
    Block{0xAC00, 0xD7FF, Attached}, Block{0xF900, 0xFAFF, Unspaced},
    // other forms of letters: joined ones, upright marks, wide ones
    Block{0xFB00, 0xFD3D, Letter}, Block{0xFD3E, 0xFD3F, End}, Block{0xFD40, 0xFDFF, Letter},
    Block{0xFE10, 0xFE1F, End}, Block{0xFE20, 0xFE2F, Letter}, Block{0xFE30, 0xFE6F, End},
    Block{0xFE70, 0xFEFE, Letter}, Block{0xFEFF, 0xFF0C, End}, Block{0xFF0E, 0xFF0F, End},
    Block{0xFF10, 0xFF19, Unspaced}, Block{0xFF1A, 0xFF20, End}, Block{0xFF21, 0xFF3A, Unspaced},
    Block{0xFF3B, 0xFF3E, End}, Block{0xFF40, 0xFF40, End}, Block{0xFF41, 0xFF5A, Unspaced}, Block{0xFF5B, 0xFF65, End},
    Block{0xFF66, 0xFF9F, Unspaced}, Block{0xFFA0, 0xFFDC, Attached},
    // the planes behind the first: old scripts, Tangut, Kana, letters of formulas, Chinese
    Block{0x10000, 0x16FDF, Letter}, Block{0x16FE0, 0x1B2FF, Unspaced}, Block{0x1BC00, 0x1BCAF, Letter},
    Block{0x1D400, 0x1D7FF, Letter}, Block{0x1E000, 0x1EFFF, Letter}, Block{0x20000, 0x3FFFF, Unspaced}};

constexpr bool areInOrder()
{
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].last < blocks[i].first || (i > 0 && blocks[i].first <= blocks[i - 1].last)) {
            return false;
        }
    }
    return true;
}
static_assert(areInOrder());

LinkSignKind kindOf(char32_t point)
{
    if (point < 0x80) {
        const char c = static_cast<char>(point);
        const bool plain =
            (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.';
        return plain ? Plain : c != '\0' && std::string_view("+~!@$").find(c) != std::string_view::npos ? Odd : End;
    }
    const auto* const block =
        std::partition_point(blocks.begin(), blocks.end(), [point](const Block& one) { return one.last < point; });
    return block != blocks.end() && block->first <= point ? block->kind : Odd;
}

LinkSign signOf(char32_t point, std::size_t size)
{
    const auto kind = kindOf(point);
    return kind == End ? LinkSign{} : LinkSign{kind, size, point};
}

std::optional<char32_t> hexAt(ByteView text, std::size_t at, std::size_t digits)
{
    char32_t value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        const char c = i < text.size() ? text[i] : '\0';
        const char low = static_cast<char>(c | 0x20);
        if ((c < '0' || c > '9') && (low < 'a' || low > 'f')) {
            return {};
        }
        value = value << 4 | static_cast<char32_t>(c <= '9' ? c - '0' : low - 'a' + 10);
    }
    return value;
}

// "\u00fc", and with as many backslashes as one text has in another; "\-" of Markdown.
LinkSign escapeAt(ByteView text, std::size_t at)
{
    constexpr std::size_t mostSlashes = 4;
    auto sign = at;
    while (sign < text.size() && sign - at < mostSlashes && text[sign] == '\\') {
        ++sign;
    }
    const char c = sign < text.size() ? text[sign] : '\0';
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {
        const bool marked = c != '\0' && std::string_view("-_.~+!").find(c) != std::string_view::npos;
        return marked ? signOf(static_cast<char32_t>(c), sign + 1 - at) : LinkSign{};
    }
    const auto point = hexAt(text, sign + 1, digits);
    if (!point) {
        return {};
    }
    const auto end = sign + 1 + digits;
    if (*point >= 0xD800 && *point < 0xDC00 && digits == 4) { // the first half of a sign behind the first plane
        const auto slashes = text.substr(at, sign - at + 1);
        const auto second =
            text.substr(end).starts_with(slashes) ? hexAt(text, end + slashes.size(), digits) : std::nullopt;
        if (second && *second >= 0xDC00 && *second < 0xE000) {
            return signOf(0x10000 + ((*point - 0xD800) << 10) + (*second - 0xDC00), end + slashes.size() + digits - at);
        }
    }
    return signOf(*point, end - at);
}

} // namespace

LinkSign linkSignAt(ByteView text, std::size_t at)
{
    if (at >= text.size()) {
        return {};
    }
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<char32_t>(static_cast<unsigned char>(text[at + i])) : U'\0';
    };
    const auto first = byte(0);
    if (first == '\\') {
        return escapeAt(text, at);
    }
    if (first == '%') { // "%03d" is a place for a number
        const auto coded = hexAt(text, at + 1, 2);
        return coded && *coded >= 0x20 ? LinkSign{Plain, 3, 0} : LinkSign{};
    }
    if (first == '&') { // of HTML: "&uuml;"
        const auto entity = formats::readEntity(text, at);
        const bool whole = entity.length > 0 && text[at + entity.length - 1] == ';';
        return whole ? signOf(entity.point, entity.length) : LinkSign{};
    }
    if (first < 0x80) {
        return signOf(first, 1);
    }
    const std::size_t size = first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    auto point = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return {};
        }
        point = point << 6 | (byte(i) & 0x3F);
    }
    return size == 1 || first >= 0xF8 ? LinkSign{} : signOf(point, size);
}

std::string plainLinkName(ByteView name)
{
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const auto sign = linkSignAt(name, at);
        if (sign.size == 0) {
            out.append(name[at] == '\\' ? 0 : 1, name[at]); // of a slash in JSON
            ++at;
            continue;
        }
        if (sign.point != 0) {
            appendUtf8(out, sign.point);
        } else {
            out += static_cast<char>(hexAt(name, at + 1, 2).value_or('?'));
        }
        at += sign.size;
    }
    return smallLetters(out);
}

} // namespace cupel::rules::pii
