// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/base64_signs.h"

#include "analyzers/base/encodings.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    table[static_cast<unsigned char>('-')] = 62; // of addresses
    table[static_cast<unsigned char>('_')] = 63;
    return table;
}();

struct Sign {
    char c = ' ';
    std::uint64_t length = 1;
};

Sign signAt(ByteView text, std::uint64_t at, std::uint64_t end)
{
    const char c = text[at];
    if (c != '\\' || at + 1 >= end) {
        return {c, 1};
    }
    if (text[at + 1] == 'u' && at + 6 <= end) {
        const auto point = readHex(text, at + 2, 4);
        return {point > 0 && point < 0x80 ? static_cast<char>(point) : ' ', 6};
    }
    return {text[at + 1] == '/' ? '/' : ' ', 2};
}

} // namespace

Base64Group readBase64Group(ByteView text, std::uint64_t at, std::uint64_t end)
{
    Base64Group group;
    end = std::min<std::uint64_t>(end, text.size());
    std::uint32_t bits = 0;
    std::size_t signs = 0;
    bool filled = false;
    group.start = group.end = end;
    while (at < end && (signs < 4 || filled)) {
        const auto sign = signAt(text, at, end);
        const auto value = values[static_cast<unsigned char>(sign.c)];
        if (sign.c == '=') {
            filled = true;
            group.end = at + sign.length;
        } else if (value >= 0) {
            if (filled) {
                break; // behind the end
            }
            group.start = signs == 0 ? at : group.start;
            if (signs < 3) {
                group.at[signs] = at;
            }
            bits = bits << 6 | static_cast<std::uint32_t>(value);
            ++signs;
            group.end = at + sign.length;
        }
        at += sign.length;
    }
    if (signs < 2) {
        group.end = end;
        return group;
    }
    group.size = signs - 1;
    bits <<= 6 * (4 - signs);
    for (std::size_t i = 0; i < group.size; ++i) {
        group.bytes[i] = static_cast<char>(bits >> (16 - 8 * i) & 0xFF);
    }
    return group;
}

bool beginsLikeDrawing(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    for (int part = 0; part < 8; ++part) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        const auto close = text.starts_with("<!--") ? std::string_view("-->") : std::string_view(">");
        if (!text.starts_with("<?xml") && !text.starts_with("<!--") && !text.starts_with("<!DOCTYPE")) {
            break;
        }
        const auto end = text.find(close);
        if (end == std::string_view::npos) {
            return text.starts_with("<?xml") || text.find("svg") != std::string_view::npos;
        }
        text.remove_prefix(end + close.size());
    }
    return text.starts_with("<svg") || text.starts_with("<SVG");
}

bool isBase64Drawing(ByteView text, ByteRange place)
{
    constexpr std::size_t head = 4096;
    std::string begin;
    auto at = place.start;
    while (at < place.end) {
        const auto group = readBase64Group(text, at, place.end);
        if (begin.size() < head) {
            begin.append(group.bytes.data(), group.size);
            if (begin.size() == 3 && begin[0] != '<' && begin[0] != '\xEF' && begin.find('<') == std::string::npos
                && begin.find_first_not_of(" \t\r\n") != std::string::npos) {
                return false;
            }
        }
        at = group.end;
        if (group.size < 3) {
            break;
        }
    }
    // Readers differ on what comes behind the fill signs: such a text is left to those that know no end.
    return beginsLikeDrawing(begin) && readBase64Group(text, at, place.end).size == 0;
}

bool isBase64Drawing(ByteView text, const Region& region)
{
    return region.kind == RegionKind::Svg
        && (region.form == TextForm::JsonString || region.form == TextForm::JsonStringList)
        && isBase64Drawing(text, region.bytes);
}

std::string toBase64(std::string_view bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        const auto size = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8 | (k < size ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= size ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
        }
    }
    return out;
}

} // namespace cupel::formats
