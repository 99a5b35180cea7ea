// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/line_essence.h"

#include <algorithm>

namespace cupel::rules {

std::string essence(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\'' && c != '"' && c != '\\') {
            out.push_back(c);
        }
    }
    return out;
}

std::string codeEssence(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (c == '\'' || c == '"') {
            const bool triple = at + 2 < text.size() && text[at + 1] == c && text[at + 2] == c;
            const auto quote = text.substr(at, triple ? 3 : 1);
            auto end = at + quote.size();
            while (end < text.size() && !(text[end] == c && text.substr(end).starts_with(quote))
                && (triple || text[end] != '\n')) {
                end += text[end] == '\\' ? 2 : 1;
            }
            end = std::min(end, text.size());
            const auto begin = std::min(end, at + quote.size());
            out.append(1, '"').append(text.substr(begin, end - begin)).append(1, '"');
            at = std::min(end + quote.size(), text.size());
        } else {
            if ((c == ')' || c == ']' || c == '}') && out.ends_with(',')) {
                out.pop_back();
            }
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\\') {
                out.push_back(c);
            }
            ++at;
        }
    }
    return out;
}

std::string_view withoutCutSigns(std::string_view text)
{
    constexpr std::string_view cutSign = "\u2026";
    text.remove_prefix(text.starts_with(cutSign) ? cutSign.size() : 0);
    text.remove_suffix(text.ends_with(cutSign) ? cutSign.size() : 0);
    return text;
}

std::string withoutValues(std::string_view text)
{
    constexpr std::string_view dot = "\u2022";
    if (text.find('<') == std::string_view::npos && text.find(dot) == std::string_view::npos) {
        return std::string(text);
    }
    const auto isKind = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        if (text.substr(at).starts_with(dot)) {
            end = at + dot.size();
        } else if (text[at] == '<') { // <EMAIL_01>, <HOME>
            const auto close = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(), isKind);
            const auto stop = static_cast<std::size_t>(close - text.begin());
            end = stop > at + 3 && stop < text.size() && text[stop] == '>' ? stop + 1 : at;
        }
        if (end == at) {
            out.push_back(text[at++]);
            continue;
        }
        while (out.ends_with(' ') || out.ends_with('<')) {
            out.pop_back();
        }
        // Signs inside a value stand between its dots: ••••@•••••.•••
        const auto rest = std::string_view(out).substr(0, out.empty() ? 0 : out.size() - 1);
        if (!out.empty() && std::string_view("@.-_:/+").find(out.back()) != std::string_view::npos
            && rest.ends_with(dot)) {
            out.pop_back();
        }
        if (!out.ends_with(dot)) {
            out += dot;
        }
        at = end;
        while (at < text.size() && text[at] == '>') {
            ++at;
        }
    }
    return out;
}

std::string nameBefore(std::string_view text)
{
    const auto isWord = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    auto end = text.size();
    while (end > 0 && !isWord(text[end - 1])) {
        --end;
    }
    auto start = end;
    while (start > 0 && isWord(text[start - 1])) {
        --start;
    }
    return std::string(text.substr(start, end - start));
}

} // namespace cupel::rules
