// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/contact.h"

#include "analyzers/rules/pii/checks/arithmetic.h"
#include "analyzers/rules/pii/nobodys_mail.h"
#include "analyzers/rules/pii/version_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace cupel::rules::pii {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isWord(char c)
{
    return isDigit(c) || isLetter(c);
}
bool isLocal(char c)
{
    return isWord(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\'';
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
std::string lowered(ByteView text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool isTopLevel(std::string_view name)
{
    static constexpr std::array<std::string_view, 46> generic{"academy", "aero", "agency", "app", "art", "asia",
        "berlin", "biz", "blog", "business", "care", "cat", "clinic", "cloud", "club", "com", "company", "consulting",
        "coop", "dev", "digital", "edu", "email", "expert", "foundation", "global", "gov", "group", "health", "info",
        "int", "jobs", "life", "ltd", "mil", "mobi", "museum", "name", "net", "online", "org", "pro", "systems", "tech",
        "wien", "xyz"};
    if (name.size() == 2) {
        std::string code(name);
        std::transform(code.begin(), code.end(), code.begin(), [](char c) { return static_cast<char>(c & ~0x20); });
        return code == "EU" || code == "UK" || checks::isCountry(code);
    }
    return std::find(generic.begin(), generic.end(), name) != generic.end() || name.starts_with("xn--");
}

// LaTeX writes jane\_doe: back to the beginning of such a name, at most to `lowest`.
std::size_t overLatex(ByteView text, std::size_t start, std::size_t lowest)
{
    while (start > lowest + 1 && text[start] == '_' && text[start - 1] == '\\' && isWord(text[start - 2])) {
        for (--start; start > lowest && isLocal(text[start - 1]); --start) { }
    }
    return start;
}

// Whether what begins at `start` belongs to a web address: its user and password, or its path. A password may hold
// any sign ("https://bot:a!b#c@host"); what stands behind a port or a path may be somebody's mail.
bool isInAddress(ByteView text, std::size_t start)
{
    constexpr std::size_t longestStart = 160;
    constexpr std::size_t near = 120;
    const auto before = text.substr(start > longestStart ? start - longestStart : 0, std::min(start, longestStart));
    const auto scheme = before.rfind("://");
    if (scheme == ByteView::npos) {
        return false;
    }
    const bool mailto =
        before.substr(before.size() - std::min<std::size_t>(before.size(), 9)).find("mailto") != ByteView::npos;
    if ((before.back() == ':' || before.back() == '/') && before.size() - scheme <= near && !mailto) {
        return true;
    }
    const auto inside = before.substr(scheme + 3);
    const auto colon = inside.find_first_of(":/?#");
    if (colon == ByteView::npos || inside[colon] != ':' || inside.find_first_of(" \t\r\n\"'<>`,\\") != ByteView::npos) {
        return false;
    }
    const auto port = inside.find_first_not_of("0123456789", colon + 1);
    const bool isPort = port != ByteView::npos && port > colon + 1
        && std::string_view("/?#").find(inside[port]) != std::string_view::npos;
    return !isPort;
}

} // namespace

std::optional<ByteRange> emailAround(ByteView text, std::size_t at)
{
    constexpr std::size_t longestLocal = 64;
    constexpr std::size_t longestDomain = 200;
    if (at == 0 || !isLocal(text[at - 1])) {
        return {}; // the length of a text in binary data, as a rule
    }
    auto end = at + 1;
    while (
        end < text.size() && end - at < longestDomain && (isWord(text[end]) || text[end] == '-' || text[end] == '.')) {
        ++end;
    }
    while (end > at + 1 && !isWord(text[end - 1])) {
        --end;
    }
    if (text.substr(at + 1, end - at - 1).find('.') == ByteView::npos) {
        return {};
    }
    auto start = at;
    while (start > 0 && at - start < longestLocal && isLocal(text[start - 1])) {
        --start;
    }
    start = overLatex(text, start, at - std::min(at, longestLocal));
    if (start > 0 && text[start - 1] == '@') {
        return {}; // addresses in a row, without anything between them: the sample bytes of a parser
    }
    if (const auto quote = text.substr(start, at - start).rfind('\''); quote != ByteView::npos && quote <= 1) {
        start += quote + 1; // 'a@b', b'a@b'
    }
    while (start < at && !isWord(text[start]) && text[start] != '_') {
        ++start; // a dot in front
    }
    if (end < text.size() && text[end] == '_') { // emphasis in Markdown, which began in front
        start = std::min(text.find_first_not_of('_', start), at);
    }
    // What is left of an escape: \n, \t, \x07.
    if (start > 0 && text[start - 1] == '\\') {
        start += text[start] == 'x'                    ? std::min<std::size_t>(3, at - start)
            : text[start] == 'n' || text[start] == 't' ? 1
                                                       : 0;
    }
    const auto domain = lowered(text.substr(at + 1, end - at - 1));
    const auto dot = domain.rfind('.');
    if (start >= at || dot == std::string::npos || dot == 0 || domain[0] == '-'
        || domain.find("..") != std::string::npos || !isTopLevel(std::string_view(domain).substr(dot + 1))) {
        return {};
    }
    // user:password@host in an address, package@version, and what goes on as a path.
    if (isInAddress(text, start)) {
        return {};
    }
    if ((end < text.size() && (text[end] == '(' || text[end] == '[' || text[end] == '@')) || isDigit(domain[0])) {
        return {};
    }
    const auto local = lowered(text.substr(start, at - start));
    if (local.back() == '.' || isNobodysMail(local, domain)) {
        return {};
    }
    return ByteRange{start, end};
}

namespace {

// Up to three digits worth at most 255; 0 length: none.
std::size_t octet(ByteView text, std::size_t at, int& value)
{
    std::size_t size = 0;
    value = 0;
    while (at + size < text.size() && isDigit(text[at + size]) && size < 4) {
        value = value * 10 + (text[at + size] - '0');
        ++size;
    }
    return size >= 1 && size <= 3 && value <= 255 ? size : 0;
}

// Four octets from `at`; 0: none.
std::size_t dottedQuad(ByteView text, std::size_t at, std::array<int, 4>& octets)
{
    auto end = at;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto size = octet(text, end, octets[i]);
        if (size == 0) {
            return 0;
        }
        end += size;
        if (i < 3 && (end >= text.size() || text[end++] != '.')) {
            return 0;
        }
    }
    return end - at;
}

bool isInside(const std::array<int, 4>& o)
{
    return o[0] == 10 || o[0] == 127 || o[0] == 0 || o[0] >= 224 || (o[0] == 172 && o[1] >= 16 && o[1] <= 31)
        || (o[0] == 192 && o[1] == 168) || (o[0] == 169 && o[1] == 254) || (o[0] == 100 && o[1] >= 64 && o[1] <= 127)
        || (o[0] == 192 && o[1] == 0 && (o[2] == 2 || o[2] == 0)) || (o[0] == 198 && o[1] == 51 && o[2] == 100)
        || (o[0] == 203 && o[1] == 0 && o[2] == 113) || (o[0] == 198 && (o[1] == 18 || o[1] == 19))
        || (o[0] == 8 && o[1] == 8 && o[2] == o[3]) || (o[0] == 1 && o[1] == 1 && o[2] == 1 && o[3] == 1);
}

} // namespace

std::optional<NetworkAddress> ipv4At(ByteView text, std::size_t at)
{
    std::array<int, 4> octets{};
    const auto size = dottedQuad(text, at, octets);
    if (size == 0) {
        return {};
    }
    const auto end = at + size;
    if (end < text.size() && (isWord(text[end]) || text[end] == '_')) {
        return {};
    }
    const bool inside = isInside(octets);
    // "10.1.1.175.7143" goes on, 0.4.3.2 is no network.
    const bool longer = end + 2 < text.size() && text[end] == '.' && isDigit(text[end + 1]) && isDigit(text[end + 2]);
    const bool zero = octets[0] == 0 && (octets[1] != 0 || octets[2] != 0 || octets[3] != 0);
    const bool itself = octets[0] == 127; // whatever machine reads it
    if (longer || zero || itself || (!inside && isVersionNumber(text, {at, end}, octets))) {
        return {};
    }
    return NetworkAddress{{at, end}, inside};
}

namespace {

struct Groups {
    std::size_t end = 0;
    std::size_t count = 0;
    std::size_t longest = 0; // digits of a group
    bool gap = false; // "::"
    bool quad = false; // four octets at the end
    bool broken = false;
};

// One group of hex digits or four octets at `groups.end`; false: there is none.
bool readGroup(ByteView text, Groups& groups)
{
    std::array<int, 4> octets{};
    if (const auto size = dottedQuad(text, groups.end, octets); size > 0) {
        groups.end += size;
        groups.count += 2;
        groups.quad = true;
        return false;
    }
    std::size_t size = 0;
    while (groups.end + size < text.size() && std::isxdigit(static_cast<unsigned char>(text[groups.end + size])) != 0) {
        ++size;
    }
    groups.broken = size > 4;
    groups.longest = std::max(groups.longest, size);
    groups.count += size > 0 ? 1 : 0;
    groups.end += size;
    return size > 0 && !groups.broken;
}

Groups readGroups(ByteView text, std::size_t at)
{
    Groups groups;
    groups.end = at;
    const auto colon = [text](std::size_t i) { return i < text.size() && text[i] == ':'; };
    while (groups.count < 8 && !groups.broken) {
        if (colon(groups.end) && colon(groups.end + 1)) {
            groups.broken = groups.gap;
            groups.gap = true;
            groups.end += 2;
            continue;
        }
        const bool single = groups.count > 0 && colon(groups.end);
        groups.end += single ? 1 : 0;
        const auto before = groups.end;
        if (!readGroup(text, groups)) {
            groups.end -= single && groups.end == before ? 1 : 0; // "fe80::1: the gateway"
            break;
        }
        if (!colon(groups.end)) {
            break;
        }
    }
    return groups;
}

// "::" and "::1" are also how Python and C++ write other things.
bool standsAlone(ByteView text, std::size_t at, std::size_t end)
{
    static constexpr std::array<std::string_view, 7> words{
        "ip", "addr", "unspec", "bind", "listen", "connect", "loopback"};
    const char before = at > 0 ? text[at - 1] : ' ';
    const char next = end < text.size() ? text[end] : ' ';
    const auto from = at > 30 ? at - 30 : 0;
    const auto lead = lowered(text.substr(from, at - from));
    const bool named = at == 0 || std::any_of(words.begin(), words.end(), [&lead](std::string_view w) {
        return lead.find(w) != std::string::npos;
    });
    return ((before == ' ' && named) || before == '=' || before == '\n')
        && (next == ' ' || next == '/' || next == '\n' || next == ',' || next == '.');
}

} // namespace

std::optional<NetworkAddress> ipv6At(ByteView text, std::size_t at)
{
    const auto groups = readGroups(text, at);
    const auto end = groups.end;
    const bool whole = groups.gap ? groups.count < 8 : groups.count == 8;
    const char next = end < text.size() ? text[end] : ' ';
    const char second = end + 1 < text.size() ? text[end + 1] : ' ';
    const bool goesOn =
        isWord(next) || next == '_' || (next == ':' && second == ':') || (next == '.' && isDigit(second));
    if (groups.broken || !whole || goesOn) {
        return {};
    }
    const auto value = lowered(text.substr(at, end - at));
    if (value == "::" || value == "::1") {
        return standsAlone(text, at, end) ? std::optional(NetworkAddress{{at, end}, true}) : std::nullopt;
    }
    const bool bracket = at > 0 && text[at - 1] == '['; // slices of Python
    if (groups.gap && !groups.quad && ((groups.longest < 3 && groups.count < 3) || (bracket && groups.count < 2))) {
        return {};
    }
    const bool outside =
        value[0] == '2' && value.find(':') != 1 && !value.starts_with("2001:db8") && !value.starts_with("2001:0db8");
    return NetworkAddress{{at, end}, !outside};
}

std::optional<ByteRange> macAt(ByteView text, std::size_t at)
{
    const auto hex = [text](std::size_t i) {
        return i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    std::size_t end = at;
    if (at + 17 <= text.size() && (text[at + 2] == ':' || text[at + 2] == '-')) {
        for (std::size_t i = 0; i < 17; ++i) {
            if (i % 3 == 2 ? text[at + i] != text[at + 2] : !hex(at + i)) {
                return {};
            }
        }
        end = at + 17;
    } else if (at + 14 <= text.size() && text[at + 4] == '.') {
        for (std::size_t i = 0; i < 14; ++i) {
            if (i % 5 == 4 ? text[at + i] != '.' : !hex(at + i)) {
                return {};
            }
        }
        end = at + 14;
    } else {
        return {};
    }
    const auto value = lowered(text.substr(at, end - at));
    const bool same = std::all_of(value.begin(), value.end(), [&value](char c) { return !isWord(c) || c == value[0]; });
    const bool digitsOnly = std::none_of(value.begin(), value.end(), isLetter) && value[2] != ':';
    if ((end < text.size() && (isWord(text[end]) || text[end] == value[2] || text[end] == '_'))
        || (same && (value[0] == 'f' || value[0] == '0')) || (digitsOnly && value[2] == '-')) {
        return {};
    }
    return ByteRange{at, end};
}

namespace {

// How many digits a number of the country has after its code; {0, 0}: no such code.
struct Plan {
    std::string_view code;
    std::uint8_t least;
    std::uint8_t most;
};
constexpr std::array plans{Plan{"1", 10, 10}, Plan{"7", 10, 10}, Plan{"20", 8, 10}, Plan{"27", 9, 9},
    Plan{"30", 10, 10}, Plan{"31", 9, 9}, Plan{"32", 8, 9}, Plan{"33", 9, 9}, Plan{"34", 9, 9}, Plan{"36", 8, 9},
    Plan{"39", 6, 11}, Plan{"40", 9, 9}, Plan{"41", 9, 9}, Plan{"43", 7, 13}, Plan{"44", 9, 10}, Plan{"45", 8, 8},
    Plan{"46", 7, 10}, Plan{"47", 8, 8}, Plan{"48", 9, 9}, Plan{"49", 6, 12}, Plan{"51", 8, 9}, Plan{"52", 10, 11},
    Plan{"53", 8, 8}, Plan{"54", 10, 11}, Plan{"55", 10, 11}, Plan{"56", 9, 9}, Plan{"57", 10, 10}, Plan{"58", 10, 10},
    Plan{"60", 8, 10}, Plan{"61", 9, 9}, Plan{"62", 8, 12}, Plan{"63", 9, 10}, Plan{"64", 8, 10}, Plan{"65", 8, 8},
    Plan{"66", 8, 9}, Plan{"81", 9, 10}, Plan{"82", 8, 10}, Plan{"84", 9, 10}, Plan{"86", 10, 11}, Plan{"90", 10, 10},
    Plan{"91", 10, 10}, Plan{"92", 9, 10}, Plan{"93", 9, 9}, Plan{"94", 9, 9}, Plan{"95", 7, 10}, Plan{"98", 10, 10},
    Plan{"21", 9, 10}, Plan{"22", 8, 10}, Plan{"23", 7, 10}, Plan{"24", 7, 9}, Plan{"25", 8, 9}, Plan{"26", 7, 9},
    Plan{"29", 5, 7}, Plan{"35", 7, 10}, Plan{"37", 7, 10}, Plan{"38", 8, 9}, Plan{"42", 7, 9}, Plan{"50", 7, 8},
    Plan{"59", 7, 10}, Plan{"67", 6, 8}, Plan{"68", 5, 7}, Plan{"85", 7, 9}, Plan{"88", 8, 10}, Plan{"96", 7, 10},
    Plan{"97", 7, 10}, Plan{"99", 8, 10}};
// Of three digits: the plans of these start behind the third.
bool isLongCode(std::string_view two)
{
    static constexpr std::string_view list = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 85 88 96 97 99";
    return list.find(two) != std::string_view::npos;
}

// Digits with single separators between groups, as phone numbers are written; 0: none.
std::size_t dialled(ByteView text, std::size_t at, std::string& digits)
{
    auto end = at;
    auto last = at;
    bool open = false;
    while (end < text.size() && digits.size() < 17) {
        const char c = text[end];
        if (isDigit(c)) {
            digits.push_back(c);
            last = ++end;
            continue;
        }
        const bool separator = c == ' ' || c == '-' || c == '.' || c == '/';
        const char before = end > at ? text[end - 1] : ' ';
        if (c == '(' && !open && end < at + 8) {
            open = true;
        } else if (c == ')' && open) {
            open = false;
            last = end + 1;
        } else if (!separator || !(isDigit(before) || before == ')')) {
            break;
        }
        ++end;
    }
    return open ? 0 : last - at;
}

} // namespace

std::optional<ByteRange> internationalPhoneAt(ByteView text, std::size_t at)
{
    if (at > 0
        && (isWord(text[at - 1]) || text[at - 1] == '+' || text[at - 1] == ')' || text[at - 1] == ']'
            || text[at - 1] == '.')) {
        return {};
    }
    std::string digits;
    const auto size = dialled(text, at + 1, digits);
    const auto end = at + 1 + size;
    if (size == 0 || digits.size() < 8
        || (end < text.size() && (isWord(text[end]) || text[end] == '%' || text[end] == '*'))) {
        return {};
    }
    const auto plan =
        std::find_if(plans.begin(), plans.end(), [&digits](const Plan& p) { return digits.starts_with(p.code); });
    if (plan == plans.end()) {
        return {};
    }
    const auto rest = digits.size() - plan->code.size() - (isLongCode(plan->code) ? 1 : 0);
    const bool zero = rest > plan->most && text.substr(at, size).find("(0)") != ByteView::npos; // +44 (0)20 ...
    // "+1234567890" in a diff or a sum: without any separator a number must be as long as phone numbers are.
    const bool separated = size > digits.size();
    if (rest < plan->least || rest > plan->most + (zero ? 1U : 0U) || (!separated && digits.size() < 10)
        || checks::allSame(std::string_view(digits).substr(2))) {
        return {};
    }
    return ByteRange{at, end};
}

std::optional<ByteRange> phoneAt(ByteView text, std::size_t at)
{
    std::string digits;
    const auto size = dialled(text, at, digits);
    const auto end = at + size;
    if (size == 0 || digits.size() < 7 || digits.size() > 15
        || (end < text.size() && (isWord(text[end]) || text[end] == '_' || text[end] == '%'))
        || checks::allSame(digits)) {
        return {};
    }
    const auto value = text.substr(at, size);
    // Dates and decimal numbers are written like this as well.
    const bool date = digits.size() == 8
        && (value.find('.') != ByteView::npos || value.find('/') != ByteView::npos || value.find('-') != ByteView::npos)
        && (digits.starts_with("19") || digits.starts_with("20") || digits.substr(4, 2) == "19"
            || digits.substr(4, 2) == "20");
    const bool decimal =
        std::count(value.begin(), value.end(), '.') == 1 && value.find_first_of(" -/(") == ByteView::npos;
    return date || decimal ? std::nullopt : std::optional(ByteRange{at, end});
}

std::optional<double> degrees(ByteView cell)
{
    while (!cell.empty() && cell.front() == ' ') {
        cell.remove_prefix(1);
    }
    double value = 0;
    const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    const auto used = static_cast<std::size_t>(result.ptr - cell.data());
    const auto dot = cell.find('.');
    if (result.ec != std::errc() || used != cell.size() || dot == ByteView::npos || cell.size() - dot < 5
        || cell.find_first_of("eE") != ByteView::npos || value < -180 || value > 180) {
        return {};
    }
    return value;
}

} // namespace cupel::rules::pii
