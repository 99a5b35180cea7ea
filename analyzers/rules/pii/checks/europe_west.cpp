// SPDX-License-Identifier: GPL-3.0-or-later
// Germany, Austria, Switzerland, France, Benelux, Spain, Portugal, Italy.
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pii::checks {

bool deTaxId(std::string_view s)
{
    if (!digits(s, 11) || s[0] == '0') {
        return false;
    }
    std::array<int, 10> counts{};
    for (const char c : part(s, 0, 10)) {
        ++counts[static_cast<std::size_t>(c - '0')];
    }
    return *std::max_element(counts.begin(), counts.end()) <= 3 && iso7064Mod11_10(s);
}

bool deSocialSecurity(std::string_view s)
{
    if (!fits(s, "########@###")) {
        return false;
    }
    const int day = static_cast<int>(number(s, 2, 2)) % 50;
    if (!isShortDate(static_cast<int>(number(s, 6, 2)), static_cast<int>(number(s, 4, 2)), day)) {
        return false;
    }
    static constexpr std::array weights{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    const int letter = s[8] - 'A' + 1;
    std::array<int, 12> plain{};
    for (std::size_t i = 0; i < 8; ++i) {
        plain[i] = digit(s, i);
    }
    plain[8] = letter / 10;
    plain[9] = letter % 10;
    plain[10] = digit(s, 9);
    plain[11] = digit(s, 10);
    int sum = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const int product = plain[i] * weights[i];
        sum += product / 10 + product % 10;
    }
    return sum % 10 == digit(s, 11);
}

bool deHealthInsurance(std::string_view s)
{
    if (!fits(s, "@#########")) {
        return false;
    }
    const int letter = s[0] - 'A' + 1;
    std::array<int, 10> plain{letter / 10, letter % 10};
    for (std::size_t i = 0; i < 8; ++i) {
        plain[i + 2] = digit(s, i + 1);
    }
    int sum = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const int product = plain[i] * (i % 2 == 0 ? 1 : 2);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == digit(s, 9);
}

bool dePhysician(std::string_view s)
{
    return digits(s, 9) && (10 - weighted(s, {4, 9, 4, 9, 4, 9}) % 10) % 10 == digit(s, 6);
}

bool dePractice(std::string_view s)
{
    return digits(s, 9) && !allSame(s);
}

bool deVat(std::string_view s)
{
    return fits(s, "DE#########") && s[2] != '0' && iso7064Mod11_10(part(s, 2));
}

bool deVatForm(std::string_view s)
{
    return fits(s, "DE#########") && s[2] != '0';
}

bool deIdCard(std::string_view s)
{
    return s.size() == 10 && isDigit(s[9]) && std::any_of(s.begin(), s.end(), isDigit)
        && s.find_first_of("AEIOUBDQS") == std::string_view::npos && icaoCheck(part(s, 0, 9)) == digit(s, 9);
}

bool dePostcode(std::string_view s)
{
    const auto value = number(s, 0, 5);
    return digits(s, 5) && value > 1000 && value < 99999;
}

bool dePlate(std::string_view s)
{
    const auto end = s.find_last_of("0123456789");
    return end != std::string_view::npos && s.size() <= 8 && s[s.find_first_of("0123456789")] != '0';
}

bool deRegister(std::string_view s)
{
    return s.size() >= 4 && s[3] != '0';
}

bool atSocialSecurity(std::string_view s)
{
    if (!digits(s, 10) || s[0] == '0') {
        return false;
    }
    const int month = static_cast<int>(number(s, 6, 2));
    const int day = static_cast<int>(number(s, 4, 2));
    const bool date = month > 12 ? month <= 15 && day >= 1 && day <= 31 // births whose day is not known
                                 : isShortDate(static_cast<int>(number(s, 8, 2)), month, day);
    return date && weighted(s, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6}) % 11 == digit(s, 3);
}

bool atVat(std::string_view s)
{
    if (!fits(s, "ATU########")) {
        return false;
    }
    int sum = 4;
    for (std::size_t i = 0; i < 7; ++i) {
        const int product = digit(s, i + 3) * (i % 2 == 0 ? 1 : 2);
        sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10 == digit(s, 10);
}

bool chSocialSecurity(std::string_view s)
{
    return digits(s, 13) && s.starts_with("756") && weighted(s, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool chBusiness(std::string_view s)
{
    if (!s.starts_with("CHE") || !onlyDigits(part(s, 3)) || s.size() != 12) {
        return false;
    }
    return (11 - weighted(part(s, 3), {5, 4, 3, 2, 7, 6, 5, 4}) % 11) % 11 == digit(s, 11);
}

bool frSocialSecurity(std::string_view s)
{
    if (s.size() != 15 || !onlyDigits(part(s, 0, 6)) || !onlyDigits(part(s, 7)) || s[0] < '1' || s[0] > '8') {
        return false;
    }
    const auto month = number(s, 3, 2);
    if (month == 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) {
        return false;
    }
    // The departments of Corsica are written 2A and 2B and count as 19 and 18.
    long long value = 0;
    if (isDigit(s[6])) {
        value = number(s, 0, 13);
    } else if (s[5] == '2' && (s[6] == 'A' || s[6] == 'B')) {
        value = number(s, 0, 5) * 100'000'000 + (s[6] == 'A' ? 19 : 18) * 1'000'000LL + number(s, 7, 6);
    } else {
        return false;
    }
    return 97 - value % 97 == number(s, 13, 2);
}

bool frTaxNumber(std::string_view s)
{
    return digits(s, 13) && s[0] <= '3' && number(s, 0, 10) % 511 == number(s, 10, 3) && !allSame(s);
}

bool frSiren(std::string_view s)
{
    return digits(s, 9) && luhn(s) && !allSame(s);
}

bool frSiret(std::string_view s)
{
    return digits(s, 14) && luhn(s) && luhn(part(s, 0, 9)) && !allSame(s);
}

bool frVat(std::string_view s)
{
    return fits(s, "FR###########") && luhn(part(s, 4)) && (12 + 3 * (number(s, 4, 9) % 97)) % 97 == number(s, 2, 2);
}

bool beNational(std::string_view s)
{
    if (!digits(s, 11)) {
        return false;
    }
    const auto check = number(s, 9, 2);
    const bool old = 97 - number(s, 0, 9) % 97 == check;
    const bool young = 97 - (2'000'000'000LL + number(s, 0, 9)) % 97 == check;
    const auto month = static_cast<int>(number(s, 2, 2)) % 20; // +20, +40: registers for foreigners
    const auto day = static_cast<int>(number(s, 4, 2));
    return (old || young) && (month == 0 || day == 0 || isShortDate(static_cast<int>(number(s, 0, 2)), month, day));
}

bool beVat(std::string_view s)
{
    const auto value = s.starts_with("BE") ? part(s, 2) : s;
    return digits(value, 10) && value[0] <= '1' && (number(value, 0, 8) + number(value, 8, 2)) % 97 == 0;
}

bool beIdCard(std::string_view s)
{
    const auto rest = number(s, 0, 10) % 97;
    return digits(s, 12) && !allSame(s) && (rest == 0 ? 97 : rest) == number(s, 10, 2);
}

bool nlCitizen(std::string_view s)
{
    return digits(s, 9) && !allSame(s) && weighted(s, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool nlVat(std::string_view s)
{
    if (!fits(s, "NL#########B##")) {
        return false;
    }
    return mod97(s) == 1 || weighted(part(s, 2), {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool luNational(std::string_view s)
{
    if (!digits(s, 13)) {
        return false;
    }
    const int year = static_cast<int>(number(s, 0, 4));
    if (year < 1880 || year > 2100
        || !isDate(year, static_cast<int>(number(s, 4, 2)), static_cast<int>(number(s, 6, 2)))) {
        return false;
    }
    std::array<char, 12> second{};
    std::copy_n(s.begin(), 11, second.begin());
    second[11] = s[12];
    return luhn(part(s, 0, 12)) && verhoeff({second.data(), second.size()});
}

namespace {

constexpr std::string_view spanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

} // namespace

bool esNif(std::string_view s)
{
    if (s.size() < 8 || s.size() > 9 || !onlyDigits(part(s, 0, s.size() - 1))) {
        return false;
    }
    const auto value = number(s, 0, s.size() - 1);
    return value > 0 && s.back() == spanishLetters[static_cast<std::size_t>(value % 23)];
}

bool esNie(std::string_view s)
{
    if (!fits(s, "@#######@") || s[0] < 'X' || s[0] > 'Z') {
        return false;
    }
    const auto value = (s[0] - 'X') * 10'000'000LL + number(s, 1, 7);
    return s.back() == spanishLetters[static_cast<std::size_t>(value % 23)];
}

bool esCif(std::string_view s)
{
    if (s.size() != 9 || std::string_view("ABCDEFGHJNPQRSUVW").find(s[0]) == std::string_view::npos
        || !onlyDigits(part(s, 1, 7))) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 1; i <= 7; ++i) {
        const int value = digit(s, i) * (i % 2 == 1 ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    const auto check = static_cast<std::size_t>((10 - sum % 10) % 10);
    return s[8] == static_cast<char>('0' + check) || s[8] == std::string_view("JABCDEFGHI")[check];
}

bool esSocialSecurity(std::string_view s)
{
    if (!digits(s, 12) || number(s, 0, 2) == 0 || number(s, 0, 2) > 66) {
        return false;
    }
    const auto middle = number(s, 2, 8);
    const auto value =
        middle < 10'000'000 ? middle + number(s, 0, 2) * 10'000'000 : number(s, 0, 2) * 100'000'000 + middle;
    return value % 97 == number(s, 10, 2);
}

bool ptTax(std::string_view s)
{
    if (!digits(s, 9) || std::string_view("1235689").find(s[0]) == std::string_view::npos) {
        return false;
    }
    const int rest = weighted(s, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    return (rest < 2 ? 0 : 11 - rest) == digit(s, 8);
}

bool ptCitizenCard(std::string_view s)
{
    if (!fits(s, "#########**#")) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        int value = letterValue(s[i]);
        if (i % 2 == 0) {
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        }
        sum += value;
    }
    return sum % 10 == 0;
}

namespace {

// Digits of a codice fiscale may be written as letters to tell namesakes apart.
char plainDigit(char c)
{
    static constexpr std::string_view letters = "LMNPQRSTUV";
    const auto at = letters.find(c);
    return at == std::string_view::npos ? c : static_cast<char>('0' + at);
}

} // namespace

bool itFiscalForm(std::string_view s)
{
    if (s.size() != 16 || !isUpper(s[15])) {
        return false;
    }
    std::array<char, 16> plain{};
    for (std::size_t i = 0; i < 16; ++i) {
        const bool number = i == 6 || i == 7 || i == 9 || i == 10 || (i >= 12 && i <= 14);
        plain[i] = number ? plainDigit(s[i]) : s[i];
    }
    const std::string_view value(plain.data(), plain.size());
    const auto month = std::string_view("ABCDEHLMPRST").find(value[8]);
    return fits(value, "@@@@@@##@##@###@") && month != std::string_view::npos
        && isShortDate(static_cast<int>(number(value, 6, 2)), static_cast<int>(month) + 1,
            static_cast<int>(number(value, 9, 2)) % 40);
}

bool itFiscalCode(std::string_view s)
{
    static constexpr std::array<int, 26> odd{
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    if (!itFiscalForm(s)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const int value = isDigit(s[i]) ? s[i] - '0' : s[i] - 'A';
        sum += i % 2 == 0 ? odd[static_cast<std::size_t>(value)] : value;
    }
    return s[15] == static_cast<char>('A' + sum % 26);
}

bool itVat(std::string_view s)
{
    const auto value = s.starts_with("IT") ? part(s, 2) : s;
    return digits(value, 11) && luhn(value) && !allSame(value);
}

bool itDriverLicence(std::string_view s)
{
    const bool newer = fits(s, "U1********") && isUpper(s[9]) && s.find_first_of("AEO", 2) == std::string_view::npos;
    return newer || fits(s, "@@#######@");
}

} // namespace cupel::rules::pii::checks
