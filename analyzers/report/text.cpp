// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/text.h"

#include "analyzers/report/writers/text_unicode.h"

#include <cstdio>

namespace cupel::report {

namespace {

// Characters a reader cannot see but that change what is seen (CVE-2021-42574 and its relatives).
bool isHidden(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE0FFF) || (c & 0xFFFE) == 0xFFFE;
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

std::string oneLine(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = decodeUtf8(text, at);
        at += next.length;
        if (next.value == '\t' || next.value == '\n' || next.value == '\r') {
            out += ' ';
        } else if (next.valid && isHidden(next.value)) {
            char number[16];
            std::snprintf(number, sizeof number, "<U+%04X>", static_cast<unsigned>(next.value));
            out += number;
        } else {
            appendUtf8(out, next.value);
        }
    }
    return out;
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

std::string asClause(std::string_view sentence)
{
    std::string out(sentence);
    if (sentence.starts_with("What ") || sentence.starts_with("The ")) {
        out.front() = static_cast<char>(out.front() | 0x20);
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
        return oneLine(path);
    }
    const std::string_view name = lastComponent(best);
    if (rest.empty()) {
        return oneLine(name);
    }
    const bool member = path[path.size() - rest.size() - 1] == '!';
    if (roots.size() == 1 && !member) {
        return oneLine(rest);
    }
    return oneLine(name) + (member ? "!" : "/") + oneLine(rest);
}

} // namespace cupel::report
