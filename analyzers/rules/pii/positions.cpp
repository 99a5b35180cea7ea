// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/positions.h"

#include "analyzers/base/byte_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace cupel::rules::pii {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// One angle as it is written; reads on from `at`.
class Angle {
public:
    Angle(ByteView text, std::size_t start)
        : at(start)
        , m_text(text)
    {
        read();
    }

    std::size_t at; // behind it
    bool ok = false;
    bool precise = false; // four decimals, or seconds
    bool signedByHand = false; // a degree sign or a letter
    char letter = '\0'; // N S E W
    double value = 0;

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return at + ahead < m_text.size() ? m_text[at + ahead] : '\0';
    }
    bool take(std::string_view sign)
    {
        const bool there = m_text.substr(at, sign.size()) == sign;
        at += there ? sign.size() : 0;
        return there;
    }
    void blanks()
    {
        for (int i = 0; i < 2 && peek() == ' '; ++i) {
            ++at;
        }
    }

    // Digits with decimals; how many of those. -1: no number.
    int number(double& out)
    {
        constexpr std::size_t longest = 24;
        auto end = at;
        while (end < m_text.size() && end - at < longest && (isDigit(m_text[end]) || m_text[end] == '.')) {
            ++end;
        }
        const auto digits = m_text.substr(at, end - at);
        const auto dot = digits.find('.');
        const auto whole = digits.substr(0, dot);
        if (whole.empty() || whole.size() > 3 || digits.ends_with('.')
            || std::from_chars(digits.data(), digits.data() + digits.size(), out).ptr
                != digits.data() + digits.size()) {
            return -1;
        }
        at = end;
        return dot == ByteView::npos ? 0 : static_cast<int>(digits.size() - dot - 1);
    }

    void read()
    {
        const bool minus = take("-") || take("\u2212");
        const auto decimals = number(value);
        if (decimals < 0) {
            return;
        }
        ok = true;
        precise = decimals >= 4;
        const auto behind = at;
        blanks();
        if (take("\u00b0") || take("\u00ba")) {
            signedByHand = true;
            if (decimals == 0) {
                minutes();
            }
            blanks();
        } else {
            at = behind;
            blanks();
        }
        if (std::string_view("NSEW").find(peek()) != std::string_view::npos && peek() != '\0' && !isLetter(peek(1))) {
            letter = peek();
            ++at;
        } else if (!signedByHand) {
            at = behind;
        }
        value = minus || letter == 'S' || letter == 'W' ? -value : value;
    }

    static bool isLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

    void minutes()
    {
        double part = 0;
        blanks();
        auto decimals = number(part);
        if (decimals < 0 || part >= 60 || !(take("'") || take("\u2032") || take("\u2019"))) {
            return;
        }
        value += part / 60;
        precise = precise || decimals >= 2;
        blanks();
        const auto behind = at;
        decimals = number(part);
        if (decimals >= 0 && part < 60 && (take("\"") || take("\u2033") || take("''") || take("\u201d"))) {
            value += part / 3600;
            precise = true;
        } else {
            at = behind;
        }
    }

    ByteView m_text;
};

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

std::string lowered(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

// "lat:" right in front of the number, or "GPS", "coordinates of the house" and the like on its line.
bool isAnnounced(ByteView text, std::size_t at)
{
    static constexpr std::array<std::string_view, 3> names{"latitude", "lat", "breitengrad"};
    static constexpr std::array<std::string_view, 7> words{
        "gps", "coordinate", "coords", "koordinate", "geolocation", "location", "standort"};
    constexpr std::size_t reach = 40;
    constexpr std::size_t shortest = 3;
    const auto ends = [](char c) { // what may not stand between the word and the number
        return isDigit(c) || c == '\n' || c == '<' || c == '>' || c == '{' || c == '}';
    };
    auto from = at;
    while (from > 0 && at - from < reach && !ends(text[from - 1])) {
        --from;
    }
    if (at - from < shortest || !mentionsPlaces(text.substr(from, at - from))) {
        return false; // nearly all
    }
    const auto lower = lowered(text.substr(from, at - from));
    const auto stands = [&](std::string_view word, bool close) {
        const auto found = lower.rfind(word);
        if (found == std::string::npos || (found > 0 && isLower(lower[found - 1]))) {
            return false;
        }
        const auto rest = std::string_view(lower).substr(found + word.size());
        return !close || std::none_of(rest.begin(), rest.end(), isLower);
    };
    return std::any_of(names.begin(), names.end(), [&](auto word) { return stands(word, true); })
        || std::any_of(words.begin(), words.end(), [&](auto word) { return stands(word, false); });
}

// Whether a degree sign, N or S may stand behind the number at `at`: a cheap look before it is read.
bool mayBeSigned(ByteView text, std::size_t at)
{
    constexpr std::size_t longest = 24;
    constexpr std::size_t blanks = 4; // two in front of the degree sign, two behind it
    const auto stop = std::min(text.size(), at + longest + blanks);
    while (at < stop && (isDigit(text[at]) || text[at] == '.')) {
        ++at;
    }
    while (at < stop && text[at] == ' ') {
        ++at;
    }
    return at < text.size() && (text[at] == '\xC2' || text[at] == 'N' || text[at] == 'S');
}

// What may stand between the two: a comma, a blank, "lon:". Returns the place behind it.
std::size_t behindSeparator(ByteView text, std::size_t at)
{
    constexpr std::size_t longest = 24;
    const auto window = text.substr(at, longest);
    auto stop = window.find_first_of("0123456789-\n");
    stop = std::min(stop, window.find("\u2212"));
    if (stop == ByteView::npos) {
        return at;
    }
    auto between = lowered(window.substr(0, stop));
    if (std::none_of(between.begin(), between.end(), isLower)) {
        return at + stop;
    }
    for (const std::string_view word : {"longitude", "long", "lng", "lon"}) {
        if (const auto found = between.find(word); found != std::string::npos) {
            between.erase(found, word.size());
            break;
        }
    }
    return std::none_of(between.begin(), between.end(), isLower) ? at + stop : at;
}

} // namespace

bool mentionsPlaces(ByteView text)
{
    // Parts of all words above, in any case, and the degree signs.
    static constexpr std::array<std::string_view, 8> parts{
        "lat", "cation", "oord", "gps", "eitengrad", "tandort", "\u00b0", "\u00ba"};
    const auto isEqual = [](char c, char wanted) { return c == wanted || (isLower(wanted) && (c | 0x20) == wanted); };
    for (std::size_t at = 0; at < text.size(); at += sizeof(ByteBlock)) {
        const auto first = blockAt(text, at);
        const auto second = blockAt(text, at + 1);
        const auto one = first | 0x20; // small letters
        const auto two = second | 0x20;
        const auto three = blockAt(text, at + 2) | 0x20;
        const ByteMask begins = (((one == 'l') | (one == 'c')) & (two == 'a') & (three == 't'))
            | ((one == 'o') & (two == 'o') & (three == 'r')) | ((one == 'g') & (two == 'p') & (three == 's'))
            | ((one == 'e') & (two == 'i') & (three == 't')) | ((one == 't') & (two == 'a') & (three == 'n'))
            | ((first == 0xC2) & ((second == 0xB0) | (second == 0xBA)));
        for (auto bits = bitsOf(begins); bits != 0; bits &= bits - 1) {
            const auto rest = text.substr(at + static_cast<std::size_t>(std::countr_zero(bits)));
            const auto stands = [&](std::string_view part) {
                return part.size() <= rest.size()
                    && std::equal(part.begin(), part.end(), rest.begin(),
                        [&](char wanted, char c) { return isEqual(c, wanted); });
            };
            if (std::any_of(parts.begin(), parts.end(), stands)) {
                return true;
            }
        }
    }
    return false;
}

bool endsLikeDegrees(ByteView text, std::size_t at)
{
    const auto next = text.substr(std::min(at, text.size()), 5);
    return next.size() == 5
        && (next[0] == '\xC2' || (next[0] == '.' && std::all_of(next.begin() + 1, next.end(), [](char c) {
               return c >= '0' && c <= '9';
           })));
}

std::optional<ByteRange> positionAt(ByteView text, std::size_t at)
{
    const auto start = at > 0 && text[at - 1] == '-' ? at - 1 : at;
    const bool announced = isAnnounced(text, start);
    if (!announced && !mayBeSigned(text, at)) {
        return {}; // nearly all
    }
    const Angle first(text, start);
    if (!first.ok || !first.precise || std::abs(first.value) > 90 || first.letter == 'E' || first.letter == 'W'
        || (first.letter == '\0' && !announced)) {
        return {};
    }
    const auto next = behindSeparator(text, first.at);
    const Angle second(text, next);
    if (next == first.at || !second.ok || !second.precise || std::abs(second.value) > 180 || second.letter == 'N'
        || second.letter == 'S' || (!first.signedByHand && isOpenSea(first.value, second.value))
        || (first.letter == '\0') != (second.letter == '\0')) {
        return {};
    }
    const auto between = text.substr(first.at, next - first.at);
    const bool plain = between.find_first_not_of(" ,;/\t") == ByteView::npos;
    const bool letters = first.letter != '\0' && (plain || first.signedByHand);
    return letters || announced ? std::optional(ByteRange{start, second.at}) : std::nullopt;
}

} // namespace cupel::rules::pii
