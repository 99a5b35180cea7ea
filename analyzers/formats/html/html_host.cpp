// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_host.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"
#include "analyzers/formats/html/html_tags.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cupel::formats {

namespace {

constexpr std::size_t longestHost = 253;

struct CodePoint {
    char32_t point = 0;
    std::size_t length = 1; // bytes; one and no point above 0x7F: no UTF-8
};

CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (length == 1 || text.size() - at < length) {
        return {first, 1};
    }
    char32_t point = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) {
            return {first, 1};
        }
        point = point << 6U | (byte & 0x3FU);
    }
    return {point, length};
}

// What names of hosts leave out.
bool isIgnored(char32_t point)
{
    return point == 0xAD || point == 0x34F || (point >= 0x180B && point <= 0x180E) || point == 0x200B || point == 0x2060
        || point == 0x2064 || (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

// The sign of ASCII that names of hosts take it for; zero: none.
char asciiOf(char32_t point)
{
    constexpr char32_t letters = 26;
    const auto letter = [](char32_t from) { return static_cast<char>('a' + from % letters); };
    if (point >= 0xFF01 && point <= 0xFF5E) {
        return static_cast<char>(point - 0xFF01 + '!');
    }
    if (point == 0x3002 || point == 0xFF61) {
        return '.';
    }
    if (point == 0xB2 || point == 0xB3) { // raised
        return static_cast<char>('2' + (point - 0xB2));
    }
    if (point == 0xB9) {
        return '1';
    }
    if (point == 0x2070 || (point >= 0x2074 && point <= 0x2079) || (point >= 0x2080 && point <= 0x2089)) {
        return static_cast<char>('0' + (point & 0xF));
    }
    if ((point >= 0x2460 && point <= 0x2468) || point == 0x24EA) { // in circles
        return point == 0x24EA ? '0' : static_cast<char>('1' + (point - 0x2460));
    }
    if (point >= 0x24B6 && point <= 0x24E9) { // in circles
        return letter(point - 0x24B6);
    }
    if (point >= 0x1D400 && point <= 0x1D6A3) { // of formulas
        return letter(point - 0x1D400);
    }
    return point >= 0x1D7CE && point <= 0x1D7FF ? static_cast<char>('0' + (point - 0x1D7CE) % 10) : '\0';
}

std::string plainName(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto one = codePointAt(text, at);
        if (one.length > 1 && asciiOf(one.point) != '\0') {
            out += asciiOf(one.point);
        } else if (one.length == 1 || !isIgnored(one.point)) {
            out += text.substr(at, one.length);
        }
        at += one.length;
    }
    return asciiLower(out);
}

bool isForbidden(char c)
{
    constexpr std::string_view signs = "#/<>?@[]\\^|%: \x7F";
    return static_cast<unsigned char>(c) < 0x20 || signs.find(c) != std::string_view::npos;
}

// A number of ten, of sixteen behind "0x", of eight behind "0".
std::optional<std::uint64_t> numberOf(std::string_view text)
{
    unsigned base = 10;
    if (text.starts_with("0x")) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text[0] == '0') {
        base = 8;
        text.remove_prefix(1);
    }
    std::uint64_t number = 0;
    for (const char c : text) {
        const auto digit = readHex(std::string_view(&c, 1), 0, 1);
        if (digit < 0 || digit >= static_cast<std::int64_t>(base) || number > 0xFFFFFFFFU) {
            return std::nullopt;
        }
        number = number * base + static_cast<std::uint64_t>(digit);
    }
    return number;
}

bool endsInNumber(std::string_view host)
{
    const auto dot = host.rfind('.');
    const auto last = dot == std::string_view::npos ? host : host.substr(dot + 1);
    return !last.empty()
        && (last.find_first_not_of("0123456789") == std::string_view::npos
            || (last.starts_with("0x") && numberOf(last)));
}

// "127.0.0.1" of "0x7f.1".
std::optional<std::string> fourNumbers(std::string_view host)
{
    std::uint32_t address = 0;
    std::size_t parts = 0;
    for (bool more = true; more; ++parts) {
        const auto dot = host.find('.');
        more = dot != std::string_view::npos;
        const auto number = numberOf(host.substr(0, dot));
        const std::uint64_t most = more ? 0xFFU : 0xFFFFFFFFU >> (8U * std::min<std::size_t>(parts, 3));
        if (host.empty() || dot == 0 || parts > 3 || !number || *number > most) {
            return std::nullopt;
        }
        address |= more ? static_cast<std::uint32_t>(*number) << (24U - 8U * static_cast<unsigned>(parts))
                        : static_cast<std::uint32_t>(*number);
        host.remove_prefix(more ? dot + 1 : host.size());
    }
    return std::to_string(address >> 24U) + '.' + std::to_string(address >> 16U & 0xFFU) + '.'
        + std::to_string(address >> 8U & 0xFFU) + '.' + std::to_string(address & 0xFFU);
}

} // namespace

std::optional<std::string> readHost(std::string_view written)
{
    if (written.starts_with('[')) {
        return asciiLower(written.substr(0, longestHost));
    }
    auto host = plainName(decodePercent(written));
    while (host.ends_with('.')) {
        host.pop_back();
    }
    if (host.empty() || std::any_of(host.begin(), host.end(), isForbidden)) {
        return std::nullopt;
    }
    // What is left of other scripts may be a digit to a browser: such a host is somebody, whatever it is called.
    const bool plain = std::all_of(host.begin(), host.end(), [](char c) { return (c & 0x80) == 0; });
    if (plain && endsInNumber(host)) {
        return fourNumbers(host);
    }
    host.resize(std::min(host.size(), longestHost));
    return host;
}

} // namespace cupel::formats
