// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/text.h"

#include <array>
#include <cstdio>

namespace cupel::report {

namespace {

struct Decoded {
    char32_t point = 0xFFFD;
    std::size_t length = 1;
    bool valid = false;
};

// One code point by the table of well-formed sequences (Unicode 15, table 3-7): no overlong forms, no surrogates.
Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) {
        return {};
    }
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return {};
        }
        point = (point << 6) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return {};
    }
    return {point, length, true};
}

// Characters a reader cannot see but that change what is seen (CVE-2021-42574 and its relatives).
bool isHidden(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE0FFF) || (c & 0xFFFE) == 0xFFFE;
}

std::string clean(std::string_view text, bool keepLines)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (!next.valid) {
            out += "\xEF\xBF\xBD";
        } else if (next.point == '\n' && keepLines) {
            out += '\n';
        } else if (next.point == '\t' || next.point == '\n' || next.point == '\r') {
            out += ' ';
        } else if (isHidden(next.point)) {
            char number[16];
            std::snprintf(number, sizeof number, "<U+%04X>", static_cast<unsigned>(next.point));
            out += number;
        } else {
            out += text.substr(0, next.length);
        }
        text.remove_prefix(next.length);
    }
    return out;
}

std::string_view lastComponent(std::string_view path)
{
    while (path.size() > 1 && path.back() == '/') {
        path.remove_suffix(1);
    }
    const auto cut = path.find_last_of('/');
    return cut == std::string_view::npos || path.size() == 1 ? path : path.substr(cut + 1);
}

// The rest of `path` below the folder `root`; empty when it is not below.
std::string_view below(std::string_view root, std::string_view path)
{
    while (!root.empty() && root.back() == '/') {
        root.remove_suffix(1);
    }
    if (path.size() <= root.size() || path.substr(0, root.size()) != root) {
        return {};
    }
    const char next = path[root.size()];
    return next == '/' || next == '!' ? path.substr(root.size() + 1) : std::string_view{};
}

} // namespace

std::string printable(std::string_view text)
{
    return clean(text, false);
}
std::string printableLines(std::string_view text)
{
    return clean(text, true);
}

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3) {
        digits.insert(place - 3, ",");
    }
    return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many)
{
    return grouped(number) + ' ' + std::string(number == 1 ? one : many);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string out;
    for (const auto& part : parts) {
        if (!out.empty()) {
            out += separator;
        }
        out += part;
    }
    return out;
}

std::string listed(const std::vector<std::string>& parts)
{
    if (parts.size() < 2) {
        return joined(parts);
    }
    return joined({parts.begin(), parts.end() - 1}) + " and " + parts.back();
}

std::string capitalised(std::string_view word)
{
    std::string out(word);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    }
    return out;
}

std::string shortPath(const std::vector<std::string>& roots, std::string_view path)
{
    std::string_view best;
    std::string_view rest;
    for (const std::string& root : roots) {
        const std::string_view tail = below(root, path);
        if ((!tail.empty() && root.size() >= best.size()) || root == path) {
            best = root;
            rest = tail;
        }
    }
    if (best.empty()) {
        return printable(path);
    }
    const std::string_view name = lastComponent(best);
    if (rest.empty()) {
        return printable(name);
    }
    const bool member = path[path.size() - rest.size() - 1] == '!';
    if (roots.size() == 1 && !member) {
        return printable(rest);
    }
    return printable(name) + (member ? "!" : "/") + printable(rest);
}

} // namespace cupel::report
