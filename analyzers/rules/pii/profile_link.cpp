// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/profile_link.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t longestName = 100;
constexpr std::size_t longestQuery = 200;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// Of the name of an account in a link; letters of other scripts stand there as they are or behind percent signs.
bool isName(char c)
{
    return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c == '.' || c == '%' || (c & 0x80) != 0;
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool startsWith(ByteView text, std::string_view small)
{
    return text.size() >= small.size()
        && std::equal(small.begin(), small.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

// How the rest of a link says who it is.
enum class Form : std::uint8_t {
    Name, // one part of the path
    Number, // the same, of digits
    NameAndNumber, // "Ann-Example/1000123"
    Account, // a name right behind the site, where pages of the site have their place too
    Query, // the value of a key
};

struct Site {
    std::string_view word; // the last part of its name
    std::string_view path; // what stands behind it
    Form form;
    std::string_view key = {}; // of a query
};

constexpr std::array sites{// sports
    Site{"strava", ".com/athletes/", Form::Name}, Site{"strava", ".com/pros/", Form::Name},
    Site{"garmin", ".com/modern/profile/", Form::Name}, Site{"garmin", ".com/app/profile/", Form::Name},
    Site{"garmin", ".com/profile/", Form::Name}, Site{"komoot", ".com/user/", Form::Number},
    Site{"komoot", ".de/user/", Form::Number}, Site{"runkeeper", ".com/user/", Form::Name},
    // work
    Site{"linkedin", ".com/in/", Form::Name}, Site{"linkedin", ".com/pub/", Form::Name},
    Site{"xing", ".com/profile/", Form::Name}, Site{"researchgate", ".net/profile/", Form::Name},
    Site{"google", ".com/citations?", Form::Query, "user"}, Site{"google", ".de/citations?", Form::Query, "user"},
    // friends
    Site{"facebook", ".com/profile.php?", Form::Query, "id"}, Site{"facebook", ".com/people/", Form::NameAndNumber},
    Site{"instagram", ".com/", Form::Account}, Site{"twitter", ".com/i/user/", Form::Number},
    Site{"twitter", ".com/intent/user?", Form::Query, "user_id"}, Site{"x", ".com/i/user/", Form::Number},
    Site{"x", ".com/intent/user?", Form::Query, "user_id"}, Site{"vk", ".com/id", Form::Number}};

// What manuals write for a name, and what the sites keep for their own pages. Sorted.
bool isNobody(std::string_view name)
{
    static constexpr std::array<std::string_view, 38> words{"about", "accounts", "ads", "api", "developer",
        "developers", "direct", "directory", "edit", "example", "explore", "help", "hashtag", "jane-doe", "janedoe",
        "john-doe", "johndoe", "legal", "login", "me", "name", "oauth", "press", "privacy", "profile", "reel", "reels",
        "search", "settings", "share", "signup", "static", "stories", "terms", "unavailable", "user", "username",
        "web"};
    std::string small(name);
    std::transform(small.begin(), small.end(), small.begin(), lower);
    const bool same = std::all_of(small.begin(), small.end(), [&small](char c) { return c == small.front(); });
    return same || small.starts_with("your") || std::binary_search(words.begin(), words.end(), small);
}

// From `at` on; empty: none. A sentence may end behind it.
ByteRange nameAt(ByteView text, std::size_t at)
{
    auto end = at;
    while (end < text.size() && end - at < longestName && isName(text[end])) {
        ++end;
    }
    const bool cut = end < text.size() && end - at == longestName && isName(text[end]);
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '%')) {
        --end;
    }
    return cut ? ByteRange{at, at} : ByteRange{at, end};
}

ByteRange valueOf(ByteView text, std::size_t at, std::string_view key)
{
    auto end = at;
    while (end < text.size() && end - at < longestQuery
        && (isName(text[end]) || text[end] == '=' || text[end] == '&' || text[end] == ';' || text[end] == '+')) {
        ++end;
    }
    const auto query = text.substr(at, end - at);
    if (query.find("view_citation") != ByteView::npos) { // of a paper
        return {};
    }
    for (std::size_t from = 0; from < query.size();) {
        const auto next = std::min(query.find_first_of("&;", from), query.size());
        const auto pair = query.substr(from, next - from);
        if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') {
            return nameAt(text.substr(0, at + next), at + from + key.size() + 1);
        }
        from = next + 1;
    }
    return {};
}

bool areDigits(ByteView name)
{
    return std::all_of(name.begin(), name.end(), isDigit);
}

std::optional<ByteRange> personIn(ByteView text, std::size_t at, const Site& site)
{
    constexpr std::size_t shortest = 3;
    auto found = site.form == Form::Query ? valueOf(text, at, site.key) : nameAt(text, at);
    const auto name = slice(text, found);
    const bool number = site.form == Form::Number || site.key == "id" || site.key == "user_id";
    if (name.size() < shortest || isNobody(name) || (number && !areDigits(name))
        || std::none_of(
            name.begin(), name.end(), [](char c) { return isDigit(c) || isLetter(c) || (c & 0x80) != 0; })) {
        return {};
    }
    const char next = found.end < text.size() ? text[found.end] : ' ';
    const auto behind = text.substr(std::min(found.end, text.size()));
    if (site.word == "researchgate" && startsWith(behind, "/publication")) {
        return {};
    }
    if (site.form == Form::Account && (name.find('-') != ByteView::npos || next == '(' || next == '{')) {
        return {};
    }
    if (site.form == Form::NameAndNumber) {
        const auto last = next == '/' ? nameAt(text, found.end + 1) : ByteRange{};
        if (last.size() < shortest || !areDigits(slice(text, last))) {
            return {};
        }
        found.end = last.end;
    }
    return found;
}

} // namespace

std::optional<ByteRange> profileAt(ByteView text, std::size_t at, std::size_t end)
{
    const char before = at > 0 ? text[at - 1] : ' ';
    if (!mayEndSite(text, end) || before == '-' || before == '_' || before == '@') {
        return {};
    }
    const auto word = text.substr(at, end - at);
    const auto rest = text.substr(end);
    for (const auto& site : sites) {
        const bool here = word.size() == site.word.size() && startsWith(word, site.word) && startsWith(rest, site.path);
        if (!here || (site.word == "google" && !text.substr(0, at).ends_with("scholar."))
            || (site.word == "x" && before == '.' && !text.substr(0, at).ends_with("www."))) {
            continue;
        }
        if (auto person = personIn(text, end + site.path.size(), site)) {
            return person;
        }
    }
    return {};
}

std::optional<ByteRange> profileLink(ByteView text)
{
    if (text.find_first_of(" \t\r\n<>\"") != ByteView::npos) {
        return {};
    }
    for (auto dot = text.find('.'); dot != ByteView::npos; dot = text.find('.', dot + 1)) {
        if (!mayEndSite(text, dot)) {
            continue;
        }
        auto at = dot;
        while (at > 0 && (isDigit(text[at - 1]) || isLetter(text[at - 1]))) {
            --at;
        }
        return profileAt(text, at, dot);
    }
    return {};
}

} // namespace cupel::rules::pii
