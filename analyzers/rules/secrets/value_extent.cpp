// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/value_extent.h"

#include "analyzers/rules/secrets/exclusions.h"

#include <algorithm>
#include <optional>

namespace cupel::rules::secrets {

namespace {

constexpr std::uint64_t longestValue = 1'024;
constexpr std::uint64_t fewest = 4; // bytes of a value that was cut back

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}
bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool isWordSign(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::uint64_t slashesBefore(ByteView text, std::uint64_t at)
{
    std::uint64_t count = 0;
    while (count < at && count < 8 && text[at - 1 - count] == '\\') {
        ++count;
    }
    return count;
}

// A quote and how many back slashes stand in front of it: a literal inside a literal opens with \".
struct Opening {
    char quote = '\0';
    std::uint64_t slashes = 0;
    bool triple = false;
};

// The end of the string that was opened, before its closing quote; nothing: it does not end here.
std::optional<std::uint64_t> stringEnd(ByteView text, std::uint64_t at, const Opening& opening)
{
    const auto limit = std::min<std::uint64_t>(text.size(), at + longestValue);
    std::uint64_t run = 0; // of back slashes right before `at`
    for (; at < limit; ++at) {
        const char c = text[at];
        if (c == '\\') {
            ++run;
            continue;
        }
        const bool closes = c == opening.quote
            && (opening.slashes == 0 ? run % 2 == 0 : run % (2 * (opening.slashes + 1)) == opening.slashes);
        const bool three = at + 2 < text.size() && text[at + 1] == c && text[at + 2] == c;
        if (closes && (!opening.triple || three)) {
            return at - opening.slashes;
        }
        if ((c == '\n' || c == '\r') && !opening.triple) {
            return {};
        }
        if (c == opening.quote && run == 0 && opening.slashes > 0) {
            return {}; // the outer string ends
        }
        run = 0;
    }
    return {};
}

// What a program writes between quotes.
ByteRange literal(ByteView text, ByteRange secret)
{
    Opening opening;
    opening.quote = text[secret.start - 1];
    opening.slashes = slashesBefore(text, secret.start - 1);
    opening.triple = opening.slashes == 0 && secret.start >= 3 && text[secret.start - 2] == opening.quote
        && text[secret.start - 3] == opening.quote;
    if (opening.slashes % 2 == 0 && opening.slashes > 0) {
        return secret; // the slashes belong to what stands before
    }
    const auto end = stringEnd(text, secret.start, opening);
    return end ? ByteRange{secret.start, *end} : secret;
}

bool isCutAtAnEscape(ByteView text, ByteRange secret)
{
    const auto value = slice(text, secret);
    const char quote = text[secret.start - 1];
    const auto next = secret.end < text.size() ? text[secret.end] : '\n';
    const auto afterNext = secret.end + 1 < text.size() ? text[secret.end + 1] : '\n';
    if (value.ends_with('\\') || (isQuote(next) && next != quote)
        || (next == '\\' && !isWordSign(afterNext) && !isBlank(afterNext))) {
        return true;
    }
    for (auto at = value.find('\\'); at != ByteView::npos && at + 1 < value.size(); at = value.find('\\', at + 2)) {
        if (isQuote(value[at + 1]) || value[at + 1] == '\\') {
            return true;
        }
    }
    return false;
}

// The last @ before the path ends the user info (RFC 3986 wants the others written %40; programs are not that strict).
ByteRange userInfo(ByteView text, ByteRange secret)
{
    constexpr std::string_view ends = "/?#,\"'`<>\\(){}|";
    const auto limit = std::min<std::uint64_t>(text.size(), secret.end + longestValue / 4);
    auto last = secret.end;
    for (auto at = secret.end + 1; at < limit; ++at) {
        const char c = text[at];
        if (isBlank(c) || ends.find(c) != std::string_view::npos) {
            break;
        }
        const bool host = at + 1 < limit && (isWordSign(text[at + 1]) || text[at + 1] == '[');
        last = c == '@' && host ? at : last;
    }
    return {secret.start, last};
}

// The quote that the word of a shell began with: the value may be the end of it ("admin:value").
Opening openingOfWord(ByteView text, std::uint64_t start)
{
    constexpr std::uint64_t longestStart = 120;
    const auto lowest = start > longestStart ? start - longestStart : 0;
    for (auto at = start; at > lowest && !isBlank(text[at - 1]); --at) {
        if (isQuote(text[at - 1])) {
            return {text[at - 1], slashesBefore(text, at - 1), false};
        }
    }
    return {};
}

ByteRange shellWord(ByteView text, ByteRange secret)
{
    const auto opening = openingOfWord(text, secret.start);
    if (opening.quote != '\0') {
        const auto end = opening.quote == '\'' && opening.slashes == 0
            ? text.substr(0, std::min<std::uint64_t>(text.size(), secret.start + longestValue))
                  .find_first_of("'\r\n", secret.start)
            : stringEnd(text, secret.start, opening).value_or(ByteView::npos);
        const bool ends =
            end != ByteView::npos && isQuote(text[std::min<std::uint64_t>(end + opening.slashes, text.size() - 1)]);
        const auto value = slice(text, {secret.start, ends ? end : secret.start});
        // What the shell or a template puts in is no part of the value.
        const bool open = value.find('{') != ByteView::npos || value.find("$(") != ByteView::npos;
        return ends && !open ? ByteRange{secret.start, end} : secret;
    }
    constexpr std::string_view ends = "\"'`<>(){}|;&$";
    const bool inString = standsInWords(text, secret.start);
    const auto limit = std::min<std::uint64_t>(text.size(), secret.start + longestValue);
    auto at = secret.start;
    bool escaped = false;
    for (; at < limit && !isBlank(text[at]); ++at) {
        if (text[at] == '\\') {
            const char next = at + 1 < limit ? text[at + 1] : '\n';
            escaped = isWordSign(next) || isBlank(next) || (inString && isQuote(next));
            if (escaped) {
                break; // of the string that the command stands in, or the line goes on below
            }
            ++at;
        } else if (ends.find(text[at]) != std::string_view::npos) {
            break;
        }
    }
    return {secret.start, (escaped && inString) || at > secret.end || text[secret.end - 1] == '\\' ? at : secret.end};
}

} // namespace

ByteRange wholeValue(ByteView text, ByteRange whole, ByteRange secret, const SecretRow& row)
{
    if (row.shape != Shape::Pattern || secret.start == 0 || secret.empty() || secret.end > text.size()) {
        return secret;
    }
    ByteRange out = secret;
    if (secret.end < text.size() && text[secret.end] == '@'
        && slice(text, {whole.start, secret.start}).find("://") != ByteView::npos) {
        out = userInfo(text, secret);
    } else if (row.shellWord) {
        out = shellWord(text, secret);
    } else if (isQuote(text[secret.start - 1]) && isCutAtAnEscape(text, secret)) {
        out = literal(text, secret);
    }
    return out.size() < std::min<std::uint64_t>(fewest, secret.size()) ? ByteRange{secret.start, secret.start} : out;
}

} // namespace cupel::rules::secrets
