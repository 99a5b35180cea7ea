// SPDX-License-Identifier: GPL-3.0-or-later
// Poland to the Black Sea, the Balkans, Greece, Turkey, and the countries of the former Soviet Union.
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <array>

namespace cupel::rules::pii::checks {

bool plPesel(std::string_view s)
{
    if (!digits(s, 11)) {
        return false;
    }
    const auto month = static_cast<int>(number(s, 2, 2)) % 20; // the century is added to the month
    return isShortDate(static_cast<int>(number(s, 0, 2)), month, static_cast<int>(number(s, 4, 2)))
        && weighted(s, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool plNip(std::string_view s)
{
    return digits(s, 10) && !allSame(s) && weighted(s, {6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11 == digit(s, 9);
}

bool plRegon(std::string_view s)
{
    if (digits(s, 9)) {
        return !allSame(s) && weighted(s, {8, 9, 2, 3, 4, 5, 6, 7}) % 11 % 10 == digit(s, 8);
    }
    return digits(s, 14) && !allSame(s)
        && weighted(s, {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8}) % 11 % 10 == digit(s, 13);
}

bool plIdCard(std::string_view s)
{
    return fits(s, "@@@######") && weighted(s, {7, 3, 1, 9, 7, 3, 1, 7, 3}) % 10 == 0;
}

bool plPassport(std::string_view s)
{
    return fits(s, "@@#######") && weighted(s, {7, 3, 9, 1, 7, 3, 1, 7, 3}) % 10 == 0;
}

// Czech Republic and Slovakia.
bool czBirthNumber(std::string_view s)
{
    if (!digits(s, 9) && !digits(s, 10)) {
        return false;
    }
    int month = static_cast<int>(number(s, 2, 2));
    month = month > 70 ? month - 70 : month > 50 ? month - 50 : month > 20 ? month - 20 : month;
    if (!isShortDate(static_cast<int>(number(s, 0, 2)), month, static_cast<int>(number(s, 4, 2)))) {
        return false;
    }
    if (s.size() == 9) { // before 1954: no check digit
        return number(s, 0, 2) < 54 && part(s, 6) != "000";
    }
    return number(s, 0, 9) % 11 % 10 == digit(s, 9);
}

bool czBusiness(std::string_view s)
{
    return digits(s, 8) && !allSame(s) && (11 - weighted(s, {8, 7, 6, 5, 4, 3, 2}) % 11) % 10 == digit(s, 7);
}

bool skTax(std::string_view s)
{
    return digits(s, 10) && s[0] != '0' && number(s, 0, 10) % 11 == 0
        && std::string_view("234789").find(s[2]) != std::string_view::npos;
}

bool huSocialSecurity(std::string_view s)
{
    return digits(s, 9) && !allSame(s) && weighted(s, {3, 7, 3, 7, 3, 7, 3, 7}) % 10 == digit(s, 8);
}

bool huTaxId(std::string_view s)
{
    return digits(s, 10) && s[0] == '8' && weighted(s, {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 == digit(s, 9);
}

bool roPersonal(std::string_view s)
{
    if (!digits(s, 13) || s[0] == '0' || !yymmdd(s, 1)) {
        return false;
    }
    const int rest = weighted(s, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
    return (rest == 10 ? 1 : rest) == digit(s, 12);
}

bool roBusiness(std::string_view s)
{
    const auto value = s.starts_with("RO") ? part(s, 2) : s;
    if (value.size() < 5 || value.size() > 10 || !onlyDigits(value) || value[0] == '0') {
        return false;
    }
    static constexpr std::array weights{7, 5, 3, 2, 1, 7, 5, 3, 2};
    int sum = 0;
    for (std::size_t i = 0; i + 1 < value.size(); ++i) {
        sum += digit(value, i) * weights[weights.size() - (value.size() - 1) + i];
    }
    return sum * 10 % 11 % 10 == digit(value, value.size() - 1);
}

bool bgCitizen(std::string_view s)
{
    if (!digits(s, 10)) {
        return false;
    }
    int month = static_cast<int>(number(s, 2, 2));
    month = month > 40 ? month - 40 : month > 20 ? month - 20 : month;
    return isShortDate(static_cast<int>(number(s, 0, 2)), month, static_cast<int>(number(s, 4, 2)))
        && weighted(s, {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == digit(s, 9);
}

bool bgForeigner(std::string_view s)
{
    return digits(s, 10) && !allSame(s) && weighted(s, {21, 19, 17, 13, 11, 9, 7, 3, 1}) % 10 == digit(s, 9);
}

bool hrPersonal(std::string_view s)
{
    return digits(s, 11) && !allSame(s) && iso7064Mod11_10(s);
}

// Serbia, Slovenia, Bosnia, Montenegro, North Macedonia: one number of former Yugoslavia.
bool yuCitizen(std::string_view s)
{
    if (!digits(s, 13)) {
        return false;
    }
    const int year = static_cast<int>(number(s, 4, 3));
    if (!isDate(year < 800 ? 2000 + year : 1000 + year, static_cast<int>(number(s, 2, 2)),
            static_cast<int>(number(s, 0, 2)))) {
        return false;
    }
    return (11 - weighted(s, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11 % 10 == digit(s, 12);
}

bool siTax(std::string_view s)
{
    const auto value = s.starts_with("SI") ? part(s, 2) : s;
    if (!digits(value, 8) || value[0] == '0') {
        return false;
    }
    const int check = 11 - weighted(value, {8, 7, 6, 5, 4, 3, 2}) % 11;
    return check != 11 && check % 10 == digit(value, 7);
}

bool rsTax(std::string_view s)
{
    return digits(s, 9) && s[0] != '0' && !allSame(s) && iso7064Mod11_10(s);
}

bool grTax(std::string_view s)
{
    return digits(s, 9) && !allSame(s) && weighted(s, {256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == digit(s, 8);
}

bool grSocialSecurity(std::string_view s)
{
    return digits(s, 11) && luhn(s) && ddmmyy(s, 0);
}

bool trCitizen(std::string_view s)
{
    if (!digits(s, 11) || s[0] == '0') {
        return false;
    }
    const int odd = digit(s, 0) + digit(s, 2) + digit(s, 4) + digit(s, 6) + digit(s, 8);
    const int even = digit(s, 1) + digit(s, 3) + digit(s, 5) + digit(s, 7);
    return (odd * 7 - even + 1000) % 10 == digit(s, 9) && (odd + even + digit(s, 9)) % 10 == digit(s, 10);
}

bool trPlate(std::string_view s)
{
    const auto province = number(s, 0, 2);
    return s.size() >= 5 && s.size() <= 9 && province >= 1 && province <= 81;
}

bool trPhone(std::string_view s)
{
    auto value = s;
    if (value.starts_with("90") && value.size() == 12) {
        value.remove_prefix(2);
    } else if (value.starts_with('0') && value.size() == 11) {
        value.remove_prefix(1);
    }
    return digits(value, 10) && value[0] >= '2' && value[0] <= '5' && !allSame(value);
}

bool uaTax(std::string_view s)
{
    return digits(s, 10) && !allSame(s)
        && ((weighted(s, {-1, 5, 7, 9, 4, 6, 10, 5, 7}) % 11 + 11) % 11) % 10 == digit(s, 9);
}

bool ruTax(std::string_view s)
{
    if (digits(s, 10)) {
        return !allSame(s) && weighted(s, {2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == digit(s, 9);
    }
    return digits(s, 12) && !allSame(s) && weighted(s, {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == digit(s, 10)
        && weighted(s, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == digit(s, 11);
}

bool ruPension(std::string_view s)
{
    return digits(s, 11) && number(s, 0, 9) > 1'001'998
        && weighted(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100 == number(s, 9, 2);
}

bool ruRegister(std::string_view s)
{
    return (digits(s, 13) || digits(s, 15)) && s[0] != '0'
        && number(s, 0, s.size() - 1) % (s.size() == 13 ? 11 : 13) % 10 == digit(s, s.size() - 1);
}

bool kzPersonal(std::string_view s)
{
    if (!digits(s, 12) || !yymmdd(s, 0) || s[6] < '1' || s[6] > '6') {
        return false;
    }
    int rest = weighted(s, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
    if (rest == 10) {
        rest = weighted(s, {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
    }
    return rest == digit(s, 11);
}

bool mtVat(std::string_view s)
{
    const auto value = s.starts_with("MT") ? part(s, 2) : s;
    return digits(value, 8) && value[0] != '0' && weighted(value, {3, 4, 6, 7, 8, 9, 10, 1}) % 37 == 0;
}

} // namespace cupel::rules::pii::checks
