// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/profile_link.h"

#include "analyzers/rules/pii/link_name.h"
#include "analyzers/rules/pii/link_signs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t longestQuery = 200;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isPlain(char c)
{
    return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c == '.';
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Where `path` ends that begins at `at`, in any letters, and with the slashes of JSON; npos: it does not stand there.
std::size_t pathEnd(ByteView text, std::size_t at, std::string_view path)
{
    for (const char c : path) {
        at += c == '/' && text.substr(std::min(at, text.size()), 2) == "\\/" ? 1 : 0;
        if (at >= text.size() || lower(text[at]) != c) {
            return ByteView::npos;
        }
        ++at;
    }
    return at;
}

// Nothing stands in front of the site but "www.".
bool isMainHost(ByteView text, std::size_t at)
{
    constexpr std::size_t length = 4;
    if (at == 0 || text[at - 1] != '.') {
        return true;
    }
    return at >= length && pathEnd(text, at - length, "www.") == at
        && (at == length || (!isPlain(text[at - length - 1])));
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

// "your-id", "yourname", not "yourijacobs".
bool isYours(std::string_view name)
{
    constexpr std::string_view word = "your";
    if (!name.starts_with(word)) {
        return false;
    }
    const auto rest = name.substr(word.size());
    return rest.empty() || std::string_view("-_ ").find(rest.front()) != std::string_view::npos
        || rest.starts_with("name");
}

// What manuals write for a name, and what the sites keep for their own pages.
bool isNobody(std::string_view name)
{
    constexpr std::size_t shortestNumber = 5; // that somebody may have been given, with all its digits alike
    static constexpr std::array<std::string_view, 60> words{"about", "accounts", "ads", "api", "athlete", "athlete-id",
        "athlete_id", "athleteid", "challenge", "developer", "developers", "dir", "direct", "directory", "edit",
        "embed", "example", "explore", "graphql", "hashtag", "help", "jane-doe", "janedoe", "john-doe", "johndoe",
        "legal", "locations", "login", "me", "name", "oauth", "press", "privacy", "profile", "profile-id", "profile_id",
        "reel", "reels", "search", "settings", "share", "signup", "static", "stories", "terms", "unavailable", "user",
        "user-id", "user_id", "userid", "username", "users", "web", "your.name", "youraccount", "yourhandle", "yourid",
        "yourprofile", "youruser", "yourusername"};
    static_assert(std::is_sorted(words.begin(), words.end()));
    const auto small = plainLinkName(name);
    const bool same = std::all_of(small.begin(), small.end(), [&small](char c) { return c == small.front(); });
    const bool number = small.size() >= shortestNumber && small.front() > '0' && small.front() <= '9';
    return (same && !number) || isYours(small) || std::binary_search(words.begin(), words.end(), small);
}

// What a browser asks a site for, where its accounts stand as well.
bool isFile(std::string_view name)
{
    static constexpr std::array<std::string_view, 9> ends{
        ".css", ".html", ".ico", ".js", ".json", ".php", ".png", ".txt", ".xml"};
    std::string small(name);
    std::transform(small.begin(), small.end(), small.begin(), lower);
    return std::any_of(ends.begin(), ends.end(), [&small](std::string_view end) { return small.ends_with(end); });
}

LinkName valueOf(ByteView text, std::size_t at, std::string_view key)
{
    auto end = at;
    while (end < text.size() && end - at < longestQuery) {
        const bool between = std::string_view("%=&;").find(text[end]) != std::string_view::npos;
        const auto step = between ? 1 : linkSignAt(text, end).size;
        if (step == 0) {
            break;
        }
        end += step;
    }
    const auto query = text.substr(at, end - at);
    if (query.find("view_citation") != ByteView::npos) { // of a paper
        return {};
    }
    for (std::size_t from = 0; from < query.size();) {
        const auto next = std::min(query.find_first_of("&;", from), query.size());
        const auto pair = query.substr(from, next - from);
        if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') {
            return linkNameAt(text.substr(0, at + next), at + from + key.size() + 1);
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
    const auto name = site.form == Form::Query ? valueOf(text, at, site.key) : linkNameAt(text, at);
    auto found = name.whole;
    const bool number = site.form == Form::Number || site.key == "id" || site.key == "user_id";
    if (number && !areDigits(slice(text, found))) {
        found = name.head; // the rest is none of the number
    }
    // Of accounts the site gives out names of ASCII: what they go on with says nothing of whether it is one.
    const auto told = slice(text, site.form == Form::Account ? name.head : found);
    if (told.size() < shortest || isNobody(told.substr(0, told.find('$'))) || (number && !areDigits(told))
        || std::none_of(
            told.begin(), told.end(), [](char c) { return isDigit(c) || isLetter(c) || (c & 0x80) != 0; })) {
        return {};
    }
    const char next = found.end < text.size() ? text[found.end] : ' ';
    if (site.word == "researchgate" && pathEnd(text, found.end, "/publication") != ByteView::npos) {
        return {};
    }
    if (site.form == Form::Account
        && (told.find('-') != ByteView::npos || isFile(told) || next == '(' || next == '{')) {
        return {};
    }
    if (site.form == Form::NameAndNumber) {
        const auto behind = pathEnd(text, found.end, "/");
        const auto last = behind != ByteView::npos ? linkNameAt(text, behind).head : ByteRange{};
        if (last.size() < shortest || !areDigits(slice(text, last))) {
            return {};
        }
        found.end = last.end;
    }
    return found;
}

// Where the word in front of the dot begins.
std::size_t siteStart(ByteView text, std::size_t dot)
{
    constexpr std::size_t longestSite = 12;
    auto at = dot;
    while (at > 0 && dot - at <= longestSite && (isDigit(text[at - 1]) || isLetter(text[at - 1]))) {
        --at;
    }
    return at;
}

// Whether `rest`, between the path of the site and the person, is all that stands there: nothing, or "hl=en&user=".
bool isKeyOf(const Site& site, ByteView rest)
{
    if (site.form != Form::Query) {
        return rest.empty();
    }
    const auto key = std::string(site.key) + '=';
    const auto before = rest.size() < key.size() ? ByteView::npos : rest.size() - key.size();
    return rest.ends_with(key) && rest.find_first_of(" \t\r\n\"<>") == ByteView::npos
        && (before == 0 || rest[before - 1] == '&' || rest[before - 1] == ';');
}

// Whether nothing but more of the link stands at `end`, behind the person.
bool linkGoesOn(ByteView text, std::size_t end)
{
    const auto rest = text.substr(end);
    return rest.find_first_not_of('.') == ByteView::npos || rest.front() == '/' || rest.starts_with("\\/")
        || rest.front() == '?' || rest.front() == '#'
        || (rest.front() == '&' && text.substr(0, end).find('?') != ByteView::npos);
}

} // namespace

std::optional<ProfileLink> profileAt(ByteView text, std::size_t at, std::size_t end)
{
    const char before = at > 0 ? text[at - 1] : ' ';
    if (!mayEndSite(text, end) || before == '-' || before == '_' || before == '@') {
        return {};
    }
    for (const auto& site : sites) {
        if (end - at != site.word.size() || pathEnd(text, at, site.word) != end) {
            continue;
        }
        const auto name = pathEnd(text, end, site.path);
        // Below the name of the site others than its people are: help.instagram.com.
        const bool mainOnly = site.word == "x" || site.form == Form::Account;
        if (name == ByteView::npos || (mainOnly && !isMainHost(text, at))
            || (site.word == "google" && !text.substr(0, at).ends_with("scholar."))) {
            continue;
        }
        if (const auto person = personIn(text, name, site)) {
            return ProfileLink{*person, site.word};
        }
    }
    return {};
}

std::optional<ProfileLink> profileLink(ByteView text)
{
    constexpr std::string_view signs = ":/\\?=&%#+~"; // links that lead to links have them in front
    const auto isOfLink = [signs](char c) { return isPlain(c) || signs.find(c) != std::string_view::npos; };
    if (text.find_first_of(" \t\r\n<>\"") != ByteView::npos) {
        return {};
    }
    std::optional<ProfileLink> found;
    for (auto dot = text.find('.'); dot != ByteView::npos; dot = text.find('.', dot + 1)) {
        if (!mayEndSite(text, dot)) {
            continue;
        }
        const auto start = siteStart(text, dot);
        const auto link = profileAt(text, start, dot);
        if (!link) {
            continue;
        }
        if (found || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), isOfLink)
            || !linkGoesOn(text, link->person.end)) {
            return {};
        }
        found = link;
    }
    return found;
}

std::optional<std::string_view> siteBefore(ByteView text)
{
    for (auto dot = text.rfind('.'); dot != ByteView::npos && dot > 0; dot = text.rfind('.', dot - 1)) {
        const auto word = text.substr(siteStart(text, dot), dot - siteStart(text, dot));
        for (const auto& site : sites) {
            const bool named = word.size() == site.word.size() && pathEnd(word, 0, site.word) == word.size();
            const auto name = named ? pathEnd(text, dot, site.path) : ByteView::npos;
            if (name != ByteView::npos && isKeyOf(site, text.substr(name))) {
                return site.word;
            }
        }
    }
    return {};
}

std::string accountOf(std::string_view site, ByteView person)
{
    return std::string(site) + '/' + plainLinkName(person);
}

} // namespace cupel::rules::pii
