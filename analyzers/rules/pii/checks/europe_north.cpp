// SPDX-License-Identifier: GPL-3.0-or-later
// The British Isles, the Nordic and the Baltic countries.
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <array>

namespace cupel::rules::pii::checks {

bool ukNhs(std::string_view s)
{
    return digits(s, 10) && !allSame(s) && weighted(s, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool ukChi(std::string_view s)
{
    return ukNhs(s) && ddmmyy(s, 0);
}

bool ukNationalInsurance(std::string_view s)
{
    if (!fits(s, "@@######@") || s[8] > 'D' || std::string_view("DFIQUV").find(s[0]) != std::string_view::npos
        || std::string_view("DFIOQUV").find(s[1]) != std::string_view::npos) {
        return false;
    }
    const auto prefix = part(s, 0, 2);
    for (const std::string_view banned : {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}) {
        if (prefix == banned) {
            return false;
        }
    }
    return !allSame(part(s, 2, 6)) && part(s, 2, 6) != "123456";
}

bool ukTaxReference(std::string_view s)
{
    static constexpr std::string_view table = "21987654321";
    return digits(s, 10) && !allSame(s)
        && s[0] == table[static_cast<std::size_t>(weighted(s, {0, 6, 7, 8, 9, 10, 5, 4, 3, 2}) % 11)];
}

bool ukVat(std::string_view s)
{
    const auto value = s.starts_with("GB") ? part(s, 2) : s;
    if (!digits(value, 9) || allSame(value)) {
        return false;
    }
    const auto sum = weighted(value, {8, 7, 6, 5, 4, 3, 2}) + number(value, 7, 2);
    const auto rest = sum % 97; // new numbers since 2010 are shifted by 55
    return rest == 0 || (value[0] != '0' && (rest == 42 || rest == 55));
}

bool ukDriverLicence(std::string_view s)
{
    // Five letters of the surname (9 fills up), decade, month (+50: women), day, year, initials, check.
    if (s.size() != 16 || !onlyDigits(part(s, 5, 6)) || !fits(part(s, 13), "*@@")) {
        return false;
    }
    const auto surname = part(s, 0, 5);
    const auto fill = surname.find('9');
    if (!isUpper(s[0])
        || (fill != std::string_view::npos && surname.find_first_not_of('9', fill) != std::string_view::npos)) {
        return false;
    }
    for (const char c : surname) {
        if (!isUpper(c) && c != '9') {
            return false;
        }
    }
    const auto month = static_cast<int>(number(s, 6, 2)) % 50;
    return isShortDate(digit(s, 5) * 10 + digit(s, 10), month, static_cast<int>(number(s, 8, 2)));
}

bool ukPlate(std::string_view s)
{
    static constexpr std::string_view never = "IQ";
    const auto has = [](std::string_view text, std::string_view letters) {
        return text.find_first_of(letters) != std::string_view::npos;
    };
    if (fits(s, "@@##@@@")) { // since 2001: area, half-year, three letters
        const auto age = number(s, 2, 2);
        return !has(part(s, 0, 2), "IQZ") && !has(part(s, 4), never)
            && ((age >= 2 && age <= 29) || (age >= 51 && age <= 79));
    }
    if (s.size() < 5) {
        return false;
    }
    if (isUpper(s[0]) && isDigit(s[1])) { // 1983 to 2001: year letter first
        return !has(part(s, 0, 1), "IOQUZ") && !has(part(s, s.size() - 3), never) && s[1] != '0';
    }
    return fits(part(s, 0, 4), "@@@#") && isUpper(s.back()) && !has(part(s, s.size() - 1), "IOQUZ")
        && !has(part(s, 0, 3), never) && s[3] != '0';
}

bool ukPostcode(std::string_view s)
{
    if (s.size() < 5 || s.size() > 7 || !isUpper(s[0])) {
        return false;
    }
    const auto inward = part(s, s.size() - 3);
    return fits(inward, "#@@") && inward.find_first_of("CIKMOV") == std::string_view::npos
        && part(s, 0, s.size() - 3).find_first_of("0123456789") != std::string_view::npos
        && std::string_view("QVX").find(s[0]) == std::string_view::npos;
}

bool iePps(std::string_view s)
{
    static constexpr std::string_view letters = "WABCDEFGHIJKLMNOPQRSTUV";
    if (!fits(part(s, 0, 8), "#######@") || s.size() > 9 || s.size() < 8) {
        return false;
    }
    int sum = weighted(s, {8, 7, 6, 5, 4, 3, 2});
    if (s.size() == 9) {
        const auto second = letters.find(s[8]);
        if (second == std::string_view::npos) {
            return false;
        }
        sum += static_cast<int>(second) * 9;
    }
    return s[7] == letters[static_cast<std::size_t>(sum % 23)];
}

bool seNational(std::string_view s)
{
    const auto value = s.size() == 12 ? part(s, 2) : s;
    if (!digits(value, 10) || !luhn(value) || (s.size() == 12 && (number(s, 0, 2) < 18 || number(s, 0, 2) > 20))) {
        return false;
    }
    const auto day = static_cast<int>(number(value, 4, 2));
    return isShortDate(static_cast<int>(number(value, 0, 2)), static_cast<int>(number(value, 2, 2)),
        day > 60 ? day - 60 : day); // +60: coordination numbers
}

bool seOrganisation(std::string_view s)
{
    return digits(s, 10) && luhn(s) && s[2] >= '2' && s[0] != '0' && !allSame(s);
}

bool noNational(std::string_view s)
{
    if (!digits(s, 11)) {
        return false;
    }
    const auto day = static_cast<int>(number(s, 0, 2)) % 40; // +40: people without residence
    const auto month = static_cast<int>(number(s, 2, 2)) % 40; // +40: help numbers; +80: made-up people
    const int first = (11 - weighted(s, {3, 7, 6, 1, 8, 9, 4, 5, 2}) % 11) % 11;
    const int second = (11 - weighted(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
    return isShortDate(static_cast<int>(number(s, 4, 2)), month, day) && first == digit(s, 9) && second == digit(s, 10);
}

bool noOrganisation(std::string_view s)
{
    return digits(s, 9) && (s[0] == '8' || s[0] == '9') && !allSame(s)
        && (11 - weighted(s, {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11 == digit(s, 8);
}

// Since 2007 there are numbers without check digit, so that the date is all that can be relied on.
bool dkNational(std::string_view s)
{
    return digits(s, 10) && ddmmyy(s, 0) && part(s, 6) != "0000";
}

bool dkBusiness(std::string_view s)
{
    return digits(s, 8) && s[0] != '0' && weighted(s, {2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

bool fiNational(std::string_view s)
{
    static constexpr std::string_view letters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    // The sign of the century is a letter, or one that the value comes without.
    if (s.size() == 11 && std::string_view("ABCDEFUVWXY").find(s[6]) == std::string_view::npos) {
        return false;
    }
    const auto tail = s.size() == 11 ? part(s, 7) : s.size() == 10 ? part(s, 6) : std::string_view();
    if (tail.empty() || !onlyDigits(part(s, 0, 6)) || !onlyDigits(part(tail, 0, 3)) || !ddmmyy(s, 0)) {
        return false;
    }
    const auto value = number(s, 0, 6) * 1000 + number(tail, 0, 3);
    return number(tail, 0, 3) >= 2 && tail[3] == letters[static_cast<std::size_t>(value % 31)];
}

bool fiBusiness(std::string_view s)
{
    if (!digits(s, 8)) {
        return false;
    }
    const int rest = weighted(s, {7, 9, 10, 5, 8, 4, 2}) % 11;
    return rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(s, 7);
}

bool isNational(std::string_view s)
{
    if (!digits(s, 10) || (s[9] != '0' && s[9] != '9' && s[9] != '8')) {
        return false;
    }
    const auto day = static_cast<int>(number(s, 0, 2)) % 40; // +40: companies
    return isShortDate(static_cast<int>(number(s, 4, 2)), static_cast<int>(number(s, 2, 2)), day)
        && (11 - weighted(s, {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11 == digit(s, 8);
}

// Estonia and Lithuania share form and arithmetic.
bool balticNational(std::string_view s)
{
    if (!digits(s, 11) || s[0] < '1' || s[0] > '8' || !yymmdd(s, 1)) {
        return false;
    }
    int rest = weighted(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
    if (rest == 10) {
        rest = weighted(s, {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11 % 10;
    }
    return rest == digit(s, 10);
}

bool lvNational(std::string_view s)
{
    if (!digits(s, 11)) {
        return false;
    }
    if (s.starts_with("32")) { // since 2017: no date, no check digit
        return !allSame(part(s, 2));
    }
    return ddmmyy(s, 0) && (1 + weighted(s, {10, 5, 8, 4, 2, 1, 6, 3, 7, 9})) % 11 % 10 == digit(s, 10);
}

} // namespace cupel::rules::pii::checks
