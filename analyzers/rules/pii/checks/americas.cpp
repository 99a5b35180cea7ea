// SPDX-License-Identifier: GPL-3.0-or-later
// North, Central and South America.
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <array>

namespace cupel::rules::pii::checks {

namespace {

// The last digit of most numbers of Latin America: 11 minus the rest, with what stands for 10 and 11.
int elevenMinus(int sum, int ten, int eleven)
{
    const int check = 11 - sum % 11;
    return check == 10 ? ten : check == 11 ? eleven : check;
}

} // namespace

bool usSocialSecurity(std::string_view s)
{
    if (!digits(s, 9)) {
        return false;
    }
    const auto area = number(s, 0, 3);
    return area != 0 && area != 666 && area < 900 && number(s, 3, 2) != 0 && number(s, 5, 4) != 0 && s != "078051120"
        && s != "219099999" && s != "123456789" && !allSame(s);
}

bool usTaxpayer(std::string_view s)
{
    const auto group = number(s, 3, 2);
    return digits(s, 9) && s[0] == '9'
        && ((group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92)
            || (group >= 94 && group <= 99));
}

bool usEmployer(std::string_view s)
{
    const auto prefix = number(s, 0, 2);
    static constexpr std::array never{0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97};
    for (const int value : never) {
        if (prefix == value) {
            return false;
        }
    }
    return digits(s, 9) && !allSame(part(s, 2));
}

bool usProvider(std::string_view s)
{
    // The card prefix 80840 stands before the number when it is checked: 24 more.
    return digits(s, 10) && (s[0] == '1' || s[0] == '2') && (luhnSum(s) + 24) % 10 == 0 && !allSame(part(s, 0, 9));
}

bool usDrugLicence(std::string_view s)
{
    static constexpr std::string_view registrants = "ABCDEFGHJKLMPRSTUX";
    if (s.size() != 9 || registrants.find(s[0]) == std::string_view::npos || (!isUpper(s[1]) && s[1] != '9')
        || !onlyDigits(part(s, 2))) {
        return false;
    }
    const int sum = digit(s, 2) + digit(s, 4) + digit(s, 6) + 2 * (digit(s, 3) + digit(s, 5) + digit(s, 7));
    return sum % 10 == digit(s, 8) && !allSame(part(s, 2));
}

bool usMedicare(std::string_view s)
{
    static constexpr std::string_view form = "9L*9L*9LL99";
    if (s.size() != form.size() || s[0] == '0') {
        return false;
    }
    for (std::size_t i = 0; i < s.size(); ++i) {
        const bool letter = isUpper(s[i]) && std::string_view("SLOIBZ").find(s[i]) == std::string_view::npos;
        if (form[i] == '9' ? !isDigit(s[i]) : form[i] == 'L' ? !letter : !letter && !isDigit(s[i])) {
            return false;
        }
    }
    return true;
}

bool usZip(std::string_view s)
{
    const auto value = number(s, 0, 5);
    return (digits(s, 5) || digits(s, 9)) && value >= 501 && value <= 99950;
}

bool northAmericanPhone(std::string_view s)
{
    const auto value = s.size() == 11 && s[0] == '1' ? part(s, 1) : s;
    return digits(value, 10) && value[0] >= '2' && value[3] >= '2' && part(value, 1, 2) != "11"
        && part(value, 4, 2) != "11" && !allSame(value);
}

bool caSocialInsurance(std::string_view s)
{
    return digits(s, 9) && s[0] != '0' && s[0] != '8' && luhn(s) && !allSame(s);
}

bool caPostcode(std::string_view s)
{
    return fits(s, "@#@#@#") && s.find_first_of("DFIOQU") == std::string_view::npos && s[0] != 'W' && s[0] != 'Z';
}

bool brCpf(std::string_view s)
{
    return digits(s, 11) && !allSame(s) && elevenMinus(weighted(s, {10, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0) == digit(s, 9)
        && elevenMinus(weighted(s, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0) == digit(s, 10);
}

bool brCnpj(std::string_view s)
{
    return digits(s, 14) && !allSame(s)
        && elevenMinus(weighted(s, {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0) == digit(s, 12)
        && elevenMinus(weighted(s, {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0) == digit(s, 13);
}

bool brSocialProgramme(std::string_view s)
{
    return digits(s, 11) && !allSame(s)
        && elevenMinus(weighted(s, {3, 2, 9, 8, 7, 6, 5, 4, 3, 2}), 0, 0) == digit(s, 10);
}

bool brDriver(std::string_view s)
{
    if (!digits(s, 11) || allSame(s)) {
        return false;
    }
    const int first = weighted(s, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 11;
    const int second = weighted(s, {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 - (first >= 10 ? 2 : 0);
    const int last = second < 0 ? second + 11 : second >= 10 ? 0 : second;
    return (first >= 10 ? 0 : first) == digit(s, 9) && last == digit(s, 10);
}

bool mxCurp(std::string_view s)
{
    // The alphabet has N with tilde after N, which moves the letters behind it.
    static constexpr std::string_view states = "ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";
    if (s.size() != 18 || !fits(part(s, 0, 10), "@@@@######") || (s[10] != 'H' && s[10] != 'M' && s[10] != 'X')
        || !fits(part(s, 11, 5), "@@@@@") || !isDigit(s[17]) || !yymmdd(s, 4)) {
        return false;
    }
    bool state = false;
    for (std::size_t i = 0; i + 1 < states.size(); i += 2) {
        state = state || states.substr(i, 2) == part(s, 11, 2);
    }
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) {
        const int value = isDigit(s[i]) ? s[i] - '0' : s[i] - 'A' + (s[i] > 'N' ? 11 : 10);
        sum += value * (18 - static_cast<int>(i));
    }
    return state && (10 - sum % 10) % 10 == digit(s, 17);
}

bool mxTax(std::string_view s)
{
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ";
    const std::size_t letters = s.size() == 13 ? 4 : 3;
    if ((s.size() != 12 && s.size() != 13) || !onlyDigits(part(s, letters, 6)) || !yymmdd(s, letters)) {
        return false;
    }
    int sum = s.size() == 12 ? 13 * 37 : 0; // companies: a blank in front
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        const auto value = alphabet.find(s[i]);
        if (value == std::string_view::npos || (i < letters && isDigit(s[i]))) {
            return false;
        }
        sum += static_cast<int>(value) * static_cast<int>(s.size() - i);
    }
    const int check = (11 - sum % 11) % 11;
    return s.back() == (check == 10 ? 'A' : static_cast<char>('0' + check));
}

bool mxSocialSecurity(std::string_view s)
{
    return digits(s, 11) && luhn(s) && !allSame(s);
}

bool arTax(std::string_view s)
{
    static constexpr std::array prefixes{20, 23, 24, 25, 26, 27, 30, 33, 34};
    bool known = false;
    for (const int prefix : prefixes) {
        known = known || number(s, 0, 2) == prefix;
    }
    return digits(s, 11) && known && elevenMinus(weighted(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}), 9, 0) == digit(s, 10);
}

bool clRut(std::string_view s)
{
    if (s.size() < 8 || s.size() > 9 || !onlyDigits(part(s, 0, s.size() - 1)) || allSame(part(s, 0, s.size() - 1))) {
        return false;
    }
    int sum = 0;
    int weight = 2;
    for (std::size_t i = s.size() - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1) {
        sum += digit(s, i) * weight;
    }
    return s.back() == std::string_view("0K987654321")[static_cast<std::size_t>(sum % 11)];
}

bool coTax(std::string_view s)
{
    static constexpr std::array weights{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
    if (s.size() < 8 || s.size() > 16 || !onlyDigits(s) || allSame(s)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        sum += digit(s, s.size() - 2 - i) * weights[i];
    }
    const int rest = sum % 11;
    return (rest < 2 ? rest : 11 - rest) == digit(s, s.size() - 1);
}

bool peTax(std::string_view s)
{
    const auto prefix = number(s, 0, 2);
    return digits(s, 11) && (prefix == 10 || prefix == 15 || prefix == 16 || prefix == 17 || prefix == 20)
        && (11 - weighted(s, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 10 == digit(s, 10);
}

bool ecCitizen(std::string_view s)
{
    const auto province = number(s, 0, 2);
    return digits(s, 10) && ((province >= 1 && province <= 24) || province == 30) && s[2] < '6' && luhn(s);
}

bool uyCitizen(std::string_view s)
{
    return digits(s, 8) && !allSame(s) && (10 - weighted(s, {2, 9, 8, 7, 6, 3, 4}) % 10) % 10 == digit(s, 7);
}

bool veTax(std::string_view s)
{
    static constexpr std::string_view kinds = "VEJPG";
    if (!fits(s, "@#########") || kinds.find(s[0]) == std::string_view::npos) {
        return false;
    }
    static constexpr std::array values{4, 8, 12, 16, 20};
    const int sum = values[kinds.find(s[0])] + weighted(part(s, 1), {3, 2, 7, 6, 5, 4, 3, 2});
    return static_cast<int>(std::string_view("00987654321")[static_cast<std::size_t>(sum % 11)] - '0') == digit(s, 9);
}

bool pyTax(std::string_view s)
{
    if (s.size() < 6 || s.size() > 9 || !onlyDigits(s) || allSame(s)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        sum += digit(s, s.size() - 2 - i) * static_cast<int>(i + 2);
    }
    const int check = 11 - sum % 11;
    return (check > 9 ? 0 : check) == digit(s, s.size() - 1);
}

bool doCitizen(std::string_view s)
{
    return digits(s, 11) && luhn(s) && !allSame(s);
}

bool gtTax(std::string_view s)
{
    if (s.size() < 6 || s.size() > 12 || !onlyDigits(part(s, 0, s.size() - 1)) || allSame(s)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        sum += digit(s, s.size() - 2 - i) * static_cast<int>(i + 2);
    }
    const int check = (11 - sum % 11) % 11;
    return s.back() == (check == 10 ? 'K' : static_cast<char>('0' + check));
}

} // namespace cupel::rules::pii::checks
