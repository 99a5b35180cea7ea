// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/allow_comments.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace cupel::rules {

namespace {

std::string lower(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool containsAny(std::string_view text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
        [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

constexpr std::array<std::string_view, 9> allowComments{"gitleaks:allow", "betterleaks:allow",
    "pragma: allowlist secret", "pragma: whitelist secret", "trufflehog:ignore", "kingfisher:ignore",
    "noseyparker:ignore", "cupel:allow", "nosec"};
constexpr std::array<std::string_view, 2> nextLineComments{
    "pragma: allowlist nextline secret", "pragma: whitelist nextline secret"};

bool startsWord(std::string_view text, std::string_view word)
{
    return text.starts_with(word)
        && (text.size() == word.size() || text[word.size()] == ' ' || text[word.size()] == ':'
            || text[word.size()] == '\r');
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// "allow", "allow CUP-CODE-X, CUP-CODE-Y"
bool namesRule(std::string_view rest, std::string_view rule)
{
    const auto list = trimmed(rest);
    return list.empty() || !list.starts_with("CUP-") || list.find(rule) != std::string_view::npos;
}

} // namespace

bool isAllowedInline(ByteView text, ByteRange place)
{
    constexpr std::uint64_t reach = 400;
    const auto from = place.start > reach ? place.start - reach : 0;
    const auto before = text.substr(from, place.start - from);
    const auto lineBreak = before.rfind('\n');
    const auto lineStart = lineBreak == ByteView::npos ? from : from + lineBreak + 1;
    const auto lineEnd = std::min<std::uint64_t>(text.find('\n', place.end), place.end + reach);
    const auto line = lower(text.substr(lineStart, std::min<std::uint64_t>(lineEnd, text.size()) - lineStart));
    if (line.find('#') == std::string::npos && line.find("//") == std::string::npos
        && line.find("<!--") == std::string::npos && lineBreak == ByteView::npos) {
        return false;
    }
    if (containsAny(line, allowComments)) {
        return true;
    }
    if (lineBreak == ByteView::npos || lineBreak == 0) {
        return false;
    }
    const auto previousBreak = before.rfind('\n', lineBreak - 1);
    const auto previous = before.substr(previousBreak == ByteView::npos ? 0 : previousBreak + 1,
        lineBreak - (previousBreak == ByteView::npos ? 0 : previousBreak + 1));
    return containsAny(lower(previous), nextLineComments);
}

bool hasAllowComment(std::string_view line, std::string_view rule)
{
    for (auto at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
        const auto comment = trimmed(line.substr(at + 1));
        if (startsWord(comment, "nosec") || startsWord(comment, "nosemgrep")) {
            return true;
        }
        const bool noqa = comment.starts_with("noqa:") || comment.starts_with("noqa :");
        if (noqa && trimmed(comment.substr(comment.find(':') + 1)).starts_with('S')) {
            return true;
        }
        if (comment.starts_with("cupel:") && trimmed(comment.substr(6)).starts_with("allow")) {
            return namesRule(trimmed(comment.substr(6)).substr(5), rule);
        }
    }
    return false;
}

} // namespace cupel::rules
