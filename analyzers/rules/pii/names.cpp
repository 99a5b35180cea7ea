// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/names.h"

#include "analyzers/rules/pii/address_owner.h"
#include "analyzers/rules/pii/letters.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::rules::pii {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view givenNames =
#include "pii_given_names.inc"
    ;
constexpr std::string_view familyNames =
#include "pii_family_names.inc"
    ;
constexpr std::string_view placeNames =
#include "pii_place_names.inc"
    ;

// Words that make the capitalised words behind them a person.
constexpr std::array titles{"dear"sv, "dr"sv, "frau"sv, "herr"sv, "madame"sv, "mademoiselle"sv, "miss"sv, "mme"sv,
    "monsieur"sv, "mr"sv, "mrs"sv, "ms"sv, "mx"sv, "prof"sv, "professor"sv, "senhor"sv, "senhora"sv, "señor"sv,
    "señora"sv, "signor"sv, "signora"sv, "sr"sv, "sra"sv};
constexpr std::array labels{"applicant"sv, "author"sv, "borrower"sv, "cardholder"sv, "client"sv, "committer"sv,
    "customer"sv, "employee"sv, "insured"sv, "maintainer"sv, "name"sv, "patient"sv, "student"sv, "tagger"sv};

bool isLetterByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool isCapital(char c)
{
    return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string lowered(ByteView word)
{
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// `sorted`: a word a line.
bool holds(std::string_view sorted, ByteView word)
{
    constexpr std::size_t longest = 24;
    if (word.size() < 2 || word.size() > longest) {
        return false;
    }
    const auto plain = plainLetters(word);
    while (!sorted.empty()) {
        const auto before = sorted.rfind('\n', sorted.size() / 2); // the line in the middle, or the one that ends there
        const auto start = before == std::string_view::npos || before + 1 == sorted.size() ? 0 : before + 1;
        const auto end = sorted.find('\n', start);
        const auto middle = sorted.substr(start, end - start);
        if (middle == plain) {
            return true;
        }
        sorted = plain < middle ? sorted.substr(0, start) : sorted.substr(end + 1);
    }
    return false;
}

// The next word of letters, hyphens and apostrophes from `at` on; empty at anything else.
ByteView wordAt(ByteView text, std::size_t at)
{
    auto end = at;
    while (end < text.size() && end - at < 40
        && (isLetterByte(text[end])
            || ((text[end] == '-' || text[end] == '\'') && end > at && end + 1 < text.size()
                && isLetterByte(text[end + 1])))) {
        ++end;
    }
    return text.substr(at, end - at);
}

bool isParticle(std::string_view word)
{
    static constexpr std::array particles{"al"sv, "bin"sv, "da"sv, "de"sv, "del"sv, "den"sv, "der"sv, "di"sv, "dos"sv,
        "du"sv, "el"sv, "ibn"sv, "la"sv, "le"sv, "van"sv, "von"sv, "y"sv, "zu"sv};
    return std::binary_search(particles.begin(), particles.end(), word);
}

} // namespace

bool isGivenName(ByteView word)
{
    return holds(givenNames, word);
}

bool isFamilyName(ByteView word)
{
    return holds(familyNames, word);
}

bool isPlaceName(ByteView words)
{
    return holds(placeNames, words);
}

bool isPersonTitle(ByteView word)
{
    return std::binary_search(titles.begin(), titles.end(), std::string_view(lowered(word)));
}

bool isNameParticle(ByteView word)
{
    return isParticle(word);
}

bool looksLikePerson(ByteView cell)
{
    constexpr std::size_t mostWords = 6;
    std::size_t words = 0;
    bool known = false;
    for (std::size_t at = 0; at < cell.size();) {
        const char c = cell[at];
        if (c == ' ' || c == ',' || c == '.' || c == '(' || c == ')' || c == '"') {
            ++at;
            continue;
        }
        const auto word = wordAt(cell, at);
        if (word.empty() || ++words > mostWords) {
            return false;
        }
        known = known || isPersonTitle(word) || isGivenName(word) || isFamilyName(word);
        at += word.size();
    }
    return known && words >= 2;
}

namespace {

// What "<name@host>" holds, also with entities, that follows at `at`; empty: something else does.
ByteRange addressBehind(ByteView text, std::size_t at)
{
    constexpr std::size_t longest = 120;
    const auto rest = text.substr(std::min(at, text.size()), longest);
    for (const auto& [open, close] : {std::pair{" <"sv, ">"sv}, std::pair{" &lt;"sv, "&gt;"sv}}) {
        const auto end = rest.starts_with(open) ? rest.find(close) : ByteView::npos;
        if (end != ByteView::npos) {
            const auto inside = rest.substr(open.size(), end - open.size());
            const auto sign = inside.find('@');
            const bool address =
                sign != ByteView::npos && sign > 0 && inside.find_first_of(" \n\t<>") == ByteView::npos;
            return address ? ByteRange{at + open.size(), at + end} : ByteRange{};
        }
    }
    return {};
}

} // namespace

namespace {

// Capitalised words that stand in front of a name and are no part of it. Sorted.
bool leadsIn(std::string_view word)
{
    static constexpr std::array words{"and"sv, "ask"sv, "author"sv, "authors"sv, "by"sv, "contact"sv, "cc"sv, "email"sv,
        "from"sv, "hi"sv, "mail"sv, "maintainer"sv, "or"sv, "owner"sv, "thanks"sv, "the"sv, "to"sv, "with"sv};
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What stands in front of addresses of lists, groups and machines. Sorted.
bool isNoPerson(std::string_view word)
{
    static constexpr std::array words{"admin"sv, "bot"sv, "center"sv, "community"sv, "consortium"sv, "corporation"sv,
        "developers"sv, "foundation"sv, "group"sv, "help"sv, "inc"sv, "info"sv, "institute"sv, "lab"sv, "labs"sv,
        "list"sv, "mailing"sv, "maintainers"sv, "newsletter"sv, "office"sv, "organization"sv, "package"sv, "project"sv,
        "robot"sv, "sales"sv, "security"sv, "service"sv, "services"sv, "software"sv, "support"sv, "system"sv, "team"sv,
        "university"sv, "users"sv};
    return std::binary_search(words.begin(), words.end(), word);
}

// "Paul Novak ( paul@...>": people write such signatures by hand. Behind the bracket.
std::uint64_t withoutBlanksInBracket(ByteView text, std::uint64_t at)
{
    const auto sign = at - std::min<std::uint64_t>(at, text.substr(0, at).ends_with("  ") ? 2 : 1);
    const bool blank = sign > 1 && text[sign] == ' ' && text[sign - 2] == ' ';
    return blank && "([<"sv.find(text[sign - 1]) != ByteView::npos ? sign : at;
}

} // namespace

std::optional<ByteRange> personBeforeAddress(ByteView text, ByteRange address)
{
    constexpr std::size_t longest = 60;
    constexpr std::size_t mostWords = 5;
    auto end = address.start;
    bool bracket = false;
    end = withoutBlanksInBracket(text, end);
    for (const auto open : {"("sv, "["sv, "<"sv, "&lt;"sv, "mailto:"sv}) {
        if (end >= open.size() && text.substr(end - open.size(), open.size()) == open) {
            end -= open.size();
            bracket = bracket || open != "mailto:"sv;
        }
    }
    const auto blanks = end;
    while (end > 0 && blanks - end < 3
        && (text[end - 1] == ' ' || (!bracket && ",:;|\t-"sv.find(text[end - 1]) != ByteView::npos))) {
        --end;
    }
    if (blanks == end) {
        return {};
    }
    // Back over capitalised words, initials and particles between them.
    std::vector<ByteRange> words; // the last one first
    for (auto at = end; at > 0 && end - at < longest && words.size() < mostWords;) {
        auto from = at;
        while (from > 0 && end - from < longest
            && (isLetterByte(text[from - 1]) || text[from - 1] == '.' || text[from - 1] == '-'
                || text[from - 1] == '\'')) {
            --from;
        }
        const auto word = slice(text, {from, at});
        const auto plain = lowered(word);
        if (word.empty() || leadsIn(plain) || (!isCapital(word[0]) && (words.empty() || !isParticle(plain)))) {
            break;
        }
        words.push_back({from, at});
        at = from;
        if (at == 0 || text[at - 1] != ' ') {
            break;
        }
        --at;
    }
    while (!words.empty() && !isCapital(text[words.back().start])) {
        words.pop_back(); // a particle in front of all
    }
    if (words.size() < 2) {
        return {};
    }
    const auto isInitials = [text](ByteRange word) { return word.size() <= 2 || text[word.end - 1] == '.'; };
    const bool known = std::any_of(words.begin(), words.end(), [&](ByteRange word) {
        return !isInitials(word) && (isGivenName(slice(text, word)) || isFamilyName(slice(text, word)));
    });
    const ByteRange name{words.back().start, end};
    const Owner owner = ownerOf(
        lowered(slice(text, {address.start, std::min(address.end, address.start + 64)})), lowered(slice(text, name)));
    // "Ingo Molnar <mingo@...>" is how mail names people, and lists and machines too.
    const bool signature = text.substr(end).starts_with(" <") || text.substr(end).starts_with(" &lt;");
    const bool mine = owner == Owner::Named || (bracket && (known || owner == Owner::Likely))
        || (signature && words.size() <= 3 && std::none_of(words.begin(), words.end(), [&](ByteRange word) {
               return isNoPerson(lowered(slice(text, word)));
           }));
    return !isInitials(words.front()) && mine ? std::optional(name) : std::nullopt;
}

std::optional<ByteRange> personAfterConfig(ByteView text, std::size_t at)
{
    constexpr auto key = "user.name"sv;
    constexpr std::size_t mostWords = 4;
    if (!text.substr(std::min(at, text.size())).starts_with(key)) {
        return {};
    }
    auto from = at + key.size();
    for (int signs = 0; from < text.size() && signs < 4 && " =\"'"sv.find(text[from]) != ByteView::npos; ++signs) {
        ++from;
    }
    auto stop = from;
    std::size_t words = 0;
    bool known = false;
    for (auto next = from; from > at + key.size() && next < text.size() && words < mostWords; ++words) {
        const auto name = wordAt(text, next);
        if (name.empty() || !isCapital(name[0])) {
            break;
        }
        known = known || isGivenName(name) || isFamilyName(name);
        stop = next + name.size();
        next = stop + (stop < text.size() && text[stop] == '.' ? 1 : 0);
        next += next < text.size() && text[next] == ' ' ? 1 : 0;
    }
    // "Your Name" and "Firstname Lastname" of manuals hold no name.
    return words > 0 && known ? std::optional(ByteRange{from, stop}) : std::nullopt;
}

// "Surname, " in front of a title, as lists of passengers and members have it: where it begins; else `at`. One word and
// its particles, which no other name and no place is: "Mr. Paul Smith, Mrs. Jane Novak" are two people.
static std::size_t surnameBefore(ByteView text, std::size_t at)
{
    constexpr std::size_t longest = 40;
    if (at < 3 || text.substr(at - 2, 2) != ", ") {
        return at;
    }
    const auto wordBefore = [text](std::size_t end) {
        auto from = end;
        while (from > 0 && end - from <= longest
            && (isLetterByte(text[from - 1]) || text[from - 1] == '-' || text[from - 1] == '\'')) {
            --from;
        }
        return slice(text, {from, end});
    };
    const auto surname = wordBefore(at - 2);
    if (surname.size() < 2 || surname.size() > longest || !isCapital(surname[0])
        || !(isFamilyName(surname) || isGivenName(surname)) || isPlaceName(surname)
        || std::binary_search(titles.begin(), titles.end(), std::string_view(lowered(surname)))) {
        return at;
    }
    auto begin = at - 2 - surname.size();
    while (begin > 1 && text[begin - 1] == ' ' && isParticle(wordBefore(begin - 1))) {
        begin -= 1 + wordBefore(begin - 1).size();
    }
    // What stands in front of it on the line is no part of another name, and no "In" or "On".
    const auto before = begin > 1 && text[begin - 1] == ' ' ? wordBefore(begin - 1) : ByteView();
    const bool alone =
        before.empty() && (begin < 2 || text[begin - 1] != ' ' || (text[begin - 2] != '.' && text[begin - 2] != ','));
    const bool behindWord =
        !before.empty() && (before[0] < 'A' || before[0] > 'Z') && before != "in" && before != "on" && before != "at";
    return alone || behindWord ? begin : at;
}

std::optional<TitledPerson> personAfterTitle(ByteView text, std::size_t at, std::size_t end)
{
    constexpr std::size_t longestTitle = 13;
    if (end - at > longestTitle || end >= text.size()) {
        return {};
    }
    const auto blank = end + (text[end] == '.' || text[end] == ':' ? 1 : 0);
    if (blank >= text.size() || text[blank] != ' ') { // most words end here
        return {};
    }
    const auto word = lowered(text.substr(at, end - at));
    const bool title = isCapital(text[at]) && std::binary_search(titles.begin(), titles.end(), std::string_view(word));
    const bool label = !title && std::binary_search(labels.begin(), labels.end(), std::string_view(word));
    if (!title && !label) {
        return {};
    }
    auto from = end;
    if (title && text[from] == '.') {
        ++from;
    }
    if (label) { // "Name: Jane Doe", never name = "..." of code
        if (text[from] != ':') {
            return {};
        }
        ++from;
    }
    if (from >= text.size() || text[from] != ' ') {
        return {};
    }
    ++from;
    std::size_t stop = from;
    std::size_t words = 0;
    bool given = false;
    bool family = false;
    for (auto next = from; next < text.size() && words < 4;) {
        const auto name = wordAt(text, next);
        if (name.empty() || (!isCapital(name[0]) && !isParticle(lowered(name)))) {
            break;
        }
        given = given || isGivenName(name);
        family = family || isFamilyName(name);
        ++words;
        stop = next + name.size();
        next = stop + (stop < text.size() && text[stop] == '.' ? 1 : 0);
        if (next >= text.size() || text[next] != ' ') {
            break;
        }
        ++next;
    }
    // "Author: Jane Doe <jane@...>" of git: the address says that it is a person.
    if (const auto address = words > 0 && label ? addressBehind(text, stop) : ByteRange{}; !address.empty()) {
        return TitledPerson{{from, stop}, address};
    }
    const auto surname = title ? surnameBefore(text, at) : at;
    const bool person = label ? words >= 2 && given
                              : (words >= 2 && (given || family))
            || (words == 1 && (given || family) && (surname < at || (word != "dr" && word != "prof")));
    if (!person) {
        return {};
    }
    return TitledPerson{{surname < at ? surname : from, stop}, {}};
}

} // namespace cupel::rules::pii
