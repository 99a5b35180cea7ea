// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats {

namespace {

// The ones that data frames, docs and people write; an unknown one stays as it is written.
constexpr std::array<std::pair<std::string_view, char32_t>, 103> named{{{"AMP", '&'}, {"Agrave", 0xC0}, {"Aring", 0xC5},
    {"Auml", 0xC4}, {"Ccedil", 0xC7}, {"Delta", 0x394}, {"Eacute", 0xC9}, {"GT", '>'}, {"LT", '<'}, {"NewLine", '\n'},
    {"Omega", 0x3A9}, {"Oslash", 0xD8}, {"Ouml", 0xD6}, {"QUOT", '"'}, {"Sigma", 0x3A3}, {"Tab", '\t'}, {"Uuml", 0xDC},
    {"ZeroWidthSpace", 0x200B}, {"aacute", 0xE1}, {"acirc", 0xE2}, {"aelig", 0xE6}, {"agrave", 0xE0}, {"alpha", 0x3B1},
    {"amp", '&'}, {"apos", '\''}, {"aring", 0xE5}, {"ast", '*'}, {"auml", 0xE4}, {"beta", 0x3B2}, {"bsol", '\\'},
    {"bull", 0x2022}, {"ccedil", 0xE7}, {"cent", 0xA2}, {"check", 0x2713}, {"colon", ':'}, {"comma", ','},
    {"commat", '@'}, {"copy", 0xA9}, {"darr", 0x2193}, {"deg", 0xB0}, {"delta", 0x3B4}, {"dollar", '$'},
    {"eacute", 0xE9}, {"ecirc", 0xEA}, {"egrave", 0xE8}, {"epsilon", 0x3B5}, {"equals", '='}, {"euro", 0x20AC},
    {"excl", '!'}, {"gamma", 0x3B3}, {"ge", 0x2265}, {"grave", '`'}, {"gt", '>'}, {"harr", 0x2194}, {"hellip", 0x2026},
    {"infin", 0x221E}, {"lambda", 0x3BB}, {"larr", 0x2190}, {"lcub", '{'}, {"ldquo", 0x201C}, {"le", 0x2264},
    {"lowbar", '_'}, {"lpar", '('}, {"lrm", 0x200E}, {"lsqb", '['}, {"lsquo", 0x2018}, {"lt", '<'}, {"mdash", 0x2014},
    {"micro", 0xB5}, {"middot", 0xB7}, {"minus", 0x2212}, {"mu", 0x3BC}, {"nbsp", 0xA0}, {"ndash", 0x2013},
    {"ne", 0x2260}, {"num", '#'}, {"oslash", 0xF8}, {"ouml", 0xF6}, {"percnt", '%'}, {"period", '.'}, {"pi", 0x3C0},
    {"plus", '+'}, {"plusmn", 0xB1}, {"pound", 0xA3}, {"quest", '?'}, {"quot", '"'}, {"rarr", 0x2192}, {"rcub", '}'},
    {"rdquo", 0x201D}, {"reg", 0xAE}, {"rlm", 0x200F}, {"rpar", ')'}, {"rsqb", ']'}, {"rsquo", 0x2019}, {"semi", ';'},
    {"shy", 0xAD}, {"sigma", 0x3C3}, {"sol", '/'}, {"szlig", 0xDF}, {"times", 0xD7}, {"uuml", 0xFC}, {"zwj", 0x200D},
    {"zwnj", 0x200C}}};

HtmlEntity readNumber(std::string_view text, std::size_t at)
{
    auto i = at + 2;
    const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
    i += hex ? 1 : 0;
    char32_t point = 0;
    const auto first = i;
    for (; i < text.size() && i < first + 64; ++i) {
        const auto c = text[i];
        int digit = -1;
        if (c >= '0' && c <= '9') {
            digit = c - '0';
        } else if (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            digit = (c | 0x20) - 'a' + 10;
        }
        if (digit < 0) {
            break;
        }
        point = std::min<char32_t>(point * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
    }
    if (i == first) {
        return {};
    }
    if (i < text.size() && text[i] == ';') {
        ++i;
    }
    const bool valid = point != 0 && point < 0x110000 && (point < 0xD800 || point > 0xDFFF);
    return {valid ? point : U'\uFFFD', i - at};
}

} // namespace

HtmlEntity readEntity(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size()) {
        return {};
    }
    if (text[at + 1] == '#') {
        return readNumber(text, at);
    }
    auto end = at + 1;
    while (end < text.size() && end < at + 16 && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z')) {
        ++end;
    }
    if (end >= text.size() || text[end] != ';') {
        return {};
    }
    const auto name = text.substr(at + 1, end - at - 1);
    const auto hit =
        std::lower_bound(named.begin(), named.end(), name, [](const auto& row, auto n) { return row.first < n; });
    return hit != named.end() && hit->first == name ? HtmlEntity{hit->second, end + 1 - at} : HtmlEntity{};
}

} // namespace cupel::formats
