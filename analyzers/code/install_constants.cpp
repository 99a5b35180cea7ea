// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/install_constants.h"

#include "analyzers/code/requirement_files.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t mostNames = 50;
constexpr std::size_t longest = 4'000; // bytes of one constant

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isName(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isWord) && (text[0] < '0' || text[0] > '9');
}

std::string_view trimmed(std::string_view text, std::string_view signs)
{
    const auto first = text.find_first_not_of(signs);
    const auto last = text.find_last_not_of(signs);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

std::size_t behindBlanks(std::string_view source, std::size_t at)
{
    return std::min(source.find_first_not_of(" \t", at), source.size());
}

// The words of one text, each a requirement. Behind its closing quote; 0: no plain text stands there.
std::size_t readText(
    std::string_view source, std::size_t at, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    const char quote = at < source.size() ? source[at] : '\0';
    if (quote != '"' && quote != '\'') {
        return 0;
    }
    const auto end =
        source.substr(0, std::min(source.size(), at + longest)).find_first_of(std::string("\\\n{") + quote, at + 1);
    if (end == std::string_view::npos || source[end] != quote) {
        return 0;
    }
    std::string lines(source.substr(at + 1, end - at - 1));
    std::replace(lines.begin(), lines.end(), ' ', '\n');
    readRequirementFile(RequirementFile::Requirements, lines, at + 1, limits, out);
    return end + 1;
}

void readList(std::string_view source, std::size_t at, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    const auto last = std::min(source.size(), at + longest);
    for (++at; at < last && source[at] != ']' && source[at] != ')';) {
        const auto next = readText(source, at, limits, out);
        at = next > 0 ? next : at + 1;
    }
}

void readValue(std::string_view source, std::size_t at, const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    at = behindBlanks(source, at);
    if (at < source.size() && (source[at] == '[' || source[at] == '(')) {
        readList(source, at, limits, out);
    } else {
        readText(source, at, limits, out);
    }
}

// One statement: `name = ...` or `for name in ...`.
void readStatement(std::string_view source, std::size_t at, std::size_t end, std::set<std::string, std::less<>>& names,
    const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    const bool loop = source.substr(at, 4) == "for ";
    at = loop ? behindBlanks(source, at + 4) : at;
    auto stop = at;
    while (stop < end && isWord(source[stop])) {
        ++stop;
    }
    if (!names.contains(source.substr(at, stop - at))) {
        return;
    }
    const auto sign = behindBlanks(source, stop);
    if (!loop && source.substr(sign, 1) == "=" && source.substr(sign, 2) != "==") {
        readValue(source, sign + 1, limits, out);
    } else if (loop && source.substr(sign, 3) == "in ") {
        const auto list = trimmed(source.substr(sign + 3, end - std::min(end, sign + 3)), " \t:\r");
        if (isName(list) && names.size() < mostNames) {
            names.emplace(list);
        } else {
            readValue(source, sign + 3, limits, out);
        }
    }
}

} // namespace

std::string_view nameInHole(std::string_view written)
{
    auto inside = trimmed(written, " \"'");
    if (inside.starts_with('$')) {
        inside.remove_prefix(1);
    } else if (!inside.starts_with('{')) {
        return {};
    }
    inside = trimmed(inside, "{} ");
    if (const auto join = inside.rfind(".join("); join != std::string_view::npos && inside.ends_with(')')) {
        inside = inside.substr(join + 6, inside.size() - join - 7);
    }
    return isName(inside) ? inside : std::string_view();
}

void installsInConstants(std::string_view source, std::set<std::string, std::less<>>& names,
    const InstallLimits& limits, std::vector<InstallCommand>& out)
{
    for (std::size_t at = 0; at < source.size();) {
        const auto end = std::min(source.find('\n', at), source.size());
        readStatement(source, behindBlanks(source, at), end, names, limits, out);
        at = end + 1;
    }
}

} // namespace cupel::code
