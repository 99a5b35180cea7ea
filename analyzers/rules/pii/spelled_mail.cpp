// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/spelled_mail.h"

#include "analyzers/rules/pii/contact.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t mostBlanks = 2;
constexpr std::size_t longestPart = 64;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isAlnum(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9');
}
bool isLocal(char c)
{
    return isAlnum(c) || c == '.' || c == '_' || c == '+' || c == '-';
}
std::string lowered(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}
char closing(char open)
{
    return open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : open == '<' ? '>' : '\0';
}

// A word that stands for a sign, with what is around it: " at ", "[at]", " (dot) ".
struct Sign {
    ByteRange place; // blanks and brackets included
    bool bracketed = false;
};

std::optional<Sign> signAround(ByteView text, std::size_t at, std::string_view word)
{
    const auto there = text.substr(std::min(at, text.size()), word.size());
    if (!std::equal(there.begin(), there.end(), word.begin(), word.end(),
            [](char c, char letter) { return isLetter(c) && (c | 0x20) == letter; })) {
        return {};
    }
    Sign sign;
    sign.place = {at, at + word.size()};
    if (at > 0 && sign.place.end < text.size()) {
        const char close = closing(text[at - 1]);
        if (close != '\0' && text[sign.place.end] == close) {
            sign.bracketed = true;
            --sign.place.start;
            ++sign.place.end;
        }
    }
    std::size_t before = 0;
    while (sign.place.start > 0 && text[sign.place.start - 1] == ' ' && before < mostBlanks) {
        --sign.place.start;
        ++before;
    }
    std::size_t behind = 0;
    while (sign.place.end < text.size() && text[sign.place.end] == ' ' && behind < mostBlanks) {
        ++sign.place.end;
        ++behind;
    }
    if (!sign.bracketed && (before == 0 || behind == 0)) {
        return {};
    }
    return sign;
}

// The word "dot" that follows at `from`.
std::optional<Sign> dotAt(ByteView text, std::size_t from)
{
    auto at = from;
    while (at < text.size() && text[at] == ' ' && at - from < mostBlanks) {
        ++at;
    }
    at += at < text.size() && closing(text[at]) != '\0' ? 1 : 0;
    auto sign = signAround(text, at, "dot");
    return sign && sign->place.start == from ? sign : std::nullopt;
}

struct Domain {
    std::string text;
    std::size_t end = 0;
    bool spelled = false; // with a word for a dot
};

// What may be the domain from `at` on: each length that ends with a label, the longest last.
std::vector<Domain> domainsAt(ByteView text, std::size_t at)
{
    constexpr std::size_t mostLabels = 6;
    std::vector<Domain> list;
    Domain now;
    for (std::size_t label = 0; label < mostLabels; ++label) {
        const auto start = at;
        while (at < text.size() && at - start < longestPart && (isAlnum(text[at]) || text[at] == '-')) {
            ++at;
        }
        if (at == start) {
            break;
        }
        now.text += lowered(text.substr(start, at - start));
        now.end = at;
        if (label > 0) {
            list.push_back(now);
        }
        if (at + 1 < text.size() && text[at] == '.' && isAlnum(text[at + 1])) {
            ++at;
        } else if (const auto dot = dotAt(text, at)) {
            at = dot->place.end;
            now.spelled = true;
        } else {
            break;
        }
        now.text += '.';
    }
    return list;
}

// Where the part before the sign begins: one word, or two with a spelled dot between them.
std::size_t localStart(ByteView text, std::size_t end, std::string& local)
{
    auto start = end;
    const auto word = [&text](std::size_t behind) {
        auto at = behind;
        while (at > 0 && behind - at < longestPart && isLocal(text[at - 1])) {
            --at;
        }
        while (at < behind && !isAlnum(text[at])) {
            ++at;
        }
        return at;
    };
    start = word(end);
    local = lowered(text.substr(start, end - start));
    // "[dot]" or " dot " in front of it
    auto sign = start;
    while (sign > 0 && text[sign - 1] == ' ' && start - sign < mostBlanks) {
        --sign;
    }
    sign -= sign > 0 && (text[sign - 1] == ')' || text[sign - 1] == ']' || text[sign - 1] == '}') ? 1 : 0;
    if (const auto dot = sign >= 3 ? signAround(text, sign - 3, "dot") : std::nullopt; dot && dot->place.end == start) {
        const auto first = word(dot->place.start);
        if (first < dot->place.start) {
            local = lowered(text.substr(first, dot->place.start - first)) + '.' + local;
            start = first;
        }
    }
    return start;
}

// What stands before "at" in sentences and in descriptions of people. Sorted.
bool isOrdinary(std::string_view word)
{
    static constexpr std::array<std::string_view, 72> words{"account", "accounts", "address", "analyst", "and",
        "architect", "archive", "available", "blog", "book", "code", "contact", "course", "data", "dataset",
        "developer", "director", "docs", "download", "e-mail", "email", "employee", "engineer", "faculty", "fellow",
        "file", "files", "find", "found", "founder", "here", "hosted", "intern", "is", "it", "job", "lecturer", "live",
        "located", "look", "mail", "mailbox", "manager", "me", "more", "now", "online", "or", "page", "paper",
        "postdoc", "presented", "professor", "project", "published", "register", "repo", "researcher", "scientist",
        "see", "site", "software", "student", "teacher", "them", "this", "tutorial", "us", "user", "visit", "work",
        "working"};
    return std::binary_search(words.begin(), words.end(), word);
}

// Where people have addresses and nothing else.
bool isProvider(std::string_view domain)
{
    static constexpr std::array<std::string_view, 30> names{"aol.com", "fastmail.com", "free.fr", "gmail.com",
        "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net",
        "libero.it", "live.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com",
        "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "t-online.de", "web.de", "yahoo.com", "yandex.ru",
        "ymail.com"};
    return std::binary_search(names.begin(), names.end(), domain) || domain.starts_with("yahoo.");
}

// "Ann Example (ann at lab.edu)": in brackets behind a name.
bool isBehindName(ByteView text, std::size_t start, std::size_t end)
{
    if (start < 2 || end >= text.size() || closing(text[start - 1]) != text[end]) {
        return false;
    }
    auto at = start - 1;
    while (at > 0 && text[at - 1] == ' ' && start - at <= mostBlanks) {
        --at;
    }
    auto first = at;
    while (first > 0 && at - first < longestPart
        && (isLetter(text[first - 1]) || text[first - 1] == '.' || text[first - 1] == '-'
            || static_cast<unsigned char>(text[first - 1]) >= 0x80)) {
        --first;
    }
    return at - first >= 2
        && ((text[first] >= 'A' && text[first] <= 'Z') || static_cast<unsigned char>(text[first]) >= 0x80);
}

} // namespace

std::optional<SpelledMail> spelledEmailAround(ByteView text, std::size_t at)
{
    const auto sign = signAround(text, at, "at");
    if (!sign) {
        return {};
    }
    std::string local;
    const auto start = localStart(text, sign->place.start, local);
    if (local.empty() || isOrdinary(local)) {
        return {};
    }
    auto domains = domainsAt(text, sign->place.end);
    for (auto domain = domains.rbegin(); domain != domains.rend(); ++domain) {
        const int grounds = (sign->bracketed ? 1 : 0) + (domain->spelled ? 1 : 0) + (isProvider(domain->text) ? 1 : 0)
            + (isBehindName(text, start, domain->end) ? 1 : 0);
        // As an address it must hold: an end that exists, and one that belongs to somebody.
        const auto written = local + '@' + domain->text;
        const auto whole = grounds > 0 ? emailAround(written, local.size()) : std::nullopt;
        if (whole && whole->start == 0 && whole->end == written.size()) {
            return SpelledMail{{start, domain->end}, grounds > 1};
        }
    }
    return {};
}

} // namespace cupel::rules::pii
