// SPDX-License-Identifier: GPL-3.0-or-later
// Asia, the Pacific, the Near East and Africa.
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pii::checks {

bool inAadhaar(std::string_view s)
{
    return digits(s, 12) && s[0] >= '2' && !allSame(s) && !std::equal(s.begin(), s.begin() + 6, s.rbegin())
        && verhoeff(s);
}

bool inTax(std::string_view s)
{
    return fits(s, "@@@@@####@") && std::string_view("ABCFGHLJPT").find(s[3]) != std::string_view::npos;
}

bool inGoods(std::string_view s)
{
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const auto state = number(s, 0, 2);
    if (s.size() != 15 || !onlyDigits(part(s, 0, 2)) || state < 1 || state > 38 || !inTax(part(s, 2, 10))
        || s[13] != 'Z') {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 14; ++i) {
        const int product = letterValue(s[i]) * (i % 2 == 0 ? 1 : 2);
        sum += product / 36 + product % 36;
    }
    return s[14] == alphabet[static_cast<std::size_t>((36 - sum % 36) % 36)];
}

bool inVoter(std::string_view s)
{
    return fits(s, "@@@#######");
}

bool inPassport(std::string_view s)
{
    return fits(s, "@#######") && s[1] != '0' && s[7] != '0'
        && std::string_view("QXZ").find(s[0]) == std::string_view::npos;
}

bool inBankBranch(std::string_view s)
{
    return s.size() == 11 && fits(part(s, 0, 5), "@@@@0");
}

bool pkNational(std::string_view s)
{
    return digits(s, 13) && s[0] >= '1' && s[0] <= '7' && !allSame(s);
}

bool lkNational(std::string_view s)
{
    const bool newer = digits(s, 12);
    if (!newer && (s.size() != 10 || !onlyDigits(part(s, 0, 9)) || (s[9] != 'V' && s[9] != 'X'))) {
        return false;
    }
    const auto year = newer ? number(s, 0, 4) : 1900 + number(s, 0, 2);
    const auto day = (newer ? number(s, 4, 3) : number(s, 2, 3)) % 500;
    return year >= 1900 && year <= 2100 && day >= 1 && day <= 366;
}

bool cnResident(std::string_view s)
{
    const int year = static_cast<int>(number(s, 6, 4));
    return s.size() == 18 && onlyDigits(part(s, 0, 17)) && s[0] >= '1' && s[0] <= '8' && year >= 1880 && year <= 2100
        && isDate(year, static_cast<int>(number(s, 10, 2)), static_cast<int>(number(s, 12, 2))) && iso7064Mod11_2(s);
}

bool cnCredit(std::string_view s)
{
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    if (s.size() != 18 || !onlyDigits(part(s, 2, 6))) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto value = alphabet.find(s[i]);
        if (value == std::string_view::npos) {
            return false;
        }
        sum += static_cast<int>(value) * weights[i];
    }
    return s[17] == alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

bool cnMobile(std::string_view s)
{
    const auto value = s.size() == 13 && s.starts_with("86") ? part(s, 2) : s;
    if (!digits(value, 11) || value[0] != '1' || value[1] < '3' || allSame(part(value, 2))) {
        return false;
    }
    return value[1] == '4' ? value[2] >= '5'
                           : value[1] != '6' || (value[2] >= '5' && value[2] <= '7') || value[2] == '2';
}

bool hkIdentity(std::string_view s)
{
    // One letter counts like a blank and a letter; values from A = 10, blank = 36.
    const std::size_t letters = s.size() == 9 ? 2 : 1;
    if ((s.size() != 8 && s.size() != 9) || !onlyDigits(part(s, letters, 6)) || !isUpper(s[0])
        || !isUpper(s[letters - 1]) || (!isDigit(s.back()) && s.back() != 'A')) {
        return false;
    }
    int sum = letters == 2 ? letterValue(s[0]) * 9 + letterValue(s[1]) * 8 : 36 * 9 + letterValue(s[0]) * 8;
    for (std::size_t i = 0; i < 6; ++i) {
        sum += digit(s, letters + i) * (7 - static_cast<int>(i));
    }
    return (sum + letterValue(s.back())) % 11 == 0;
}

bool twNational(std::string_view s)
{
    static constexpr std::string_view order = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    if (!fits(s, "@#########") || (s[1] != '1' && s[1] != '2' && s[1] != '8' && s[1] != '9')) {
        return false;
    }
    const int letter = static_cast<int>(order.find(s[0])) + 10;
    return (letter / 10 + letter % 10 * 9 + weighted(part(s, 1), {8, 7, 6, 5, 4, 3, 2, 1, 1})) % 10 == 0;
}

bool jpPersonal(std::string_view s)
{
    if (!digits(s, 12) || allSame(s)) {
        return false;
    }
    const int rest = weighted(s, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == digit(s, 11);
}

bool jpCorporate(std::string_view s)
{
    if (!digits(s, 13) || s[0] == '0' || allSame(s)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 12; ++i) {
        sum += digit(s, 12 - i) * (i % 2 == 0 ? 1 : 2);
    }
    return 9 - sum % 9 == digit(s, 0);
}

namespace {

bool koreanForm(std::string_view s)
{
    return digits(s, 13) && yymmdd(s, 0);
}

int koreanSum(std::string_view s)
{
    return weighted(s, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11;
}

} // namespace

bool krResident(std::string_view s)
{
    return koreanForm(s) && std::string_view("123490").find(s[6]) != std::string_view::npos
        && (11 - koreanSum(s)) % 10 == digit(s, 12);
}

// Since October 2020 the last six digits are random: date and century digit are all there is.
bool krResidentForm(std::string_view s)
{
    return koreanForm(s) && std::string_view("123490").find(s[6]) != std::string_view::npos;
}

bool krForeigner(std::string_view s)
{
    return koreanForm(s) && s[6] >= '5' && s[6] <= '8' && (13 - koreanSum(s)) % 10 == digit(s, 12);
}

bool krBusiness(std::string_view s)
{
    if (!digits(s, 10) || number(s, 0, 3) < 101) {
        return false;
    }
    const int sum = weighted(s, {1, 3, 7, 1, 3, 7, 1, 3, 5}) + digit(s, 8) * 5 / 10;
    return (10 - sum % 10) % 10 == digit(s, 9);
}

bool sgIdentityForm(std::string_view s)
{
    return fits(s, "@#######@") && std::string_view("STFGM").find(s[0]) != std::string_view::npos;
}

bool sgIdentity(std::string_view s)
{
    if (!sgIdentityForm(s)) {
        return false;
    }
    const int sum = weighted(part(s, 1), {2, 7, 6, 5, 4, 3, 2});
    const auto at = [](int value) { return static_cast<std::size_t>(value % 11); };
    switch (s[0]) {
    case 'S':
    case 'T':
        return s[8] == std::string_view("JZIHGFEDCBA")[at(sum + (s[0] == 'T' ? 4 : 0))];
    case 'F':
    case 'G':
        return s[8] == std::string_view("XWUTRQPNMLK")[at(sum + (s[0] == 'G' ? 4 : 0))];
    default:
        return s[8] == std::string_view("XWUTRQPNJLK")[10 - at(sum + 3)];
    }
}

bool sgBusiness(std::string_view s)
{
    if (fits(s, "########@")) {
        return s[8]
            == std::string_view("XMKECAWLJDB")[static_cast<std::size_t>(weighted(s, {10, 4, 9, 3, 8, 2, 7, 1}) % 11)];
    }
    if (fits(s, "#########@")) {
        return number(s, 0, 4) <= 2100
            && s[9]
            == std::string_view(
                "ZKCMDNERGWH")[static_cast<std::size_t>(weighted(s, {10, 8, 6, 4, 9, 7, 5, 3, 1}) % 11)];
    }
    return fits(s, "@##@@####@") && (s[0] == 'T' || s[0] == 'S' || s[0] == 'R');
}

bool myNational(std::string_view s)
{
    const auto place = number(s, 6, 2);
    return digits(s, 12) && yymmdd(s, 0) && place != 0 && place != 17 && place != 18 && place != 19 && place != 20
        && place != 69 && place != 70 && place != 73 && place != 80 && place != 81 && place != 94 && place != 95;
}

bool thNational(std::string_view s)
{
    return digits(s, 13) && s[0] != '0' && s[0] != '9' && !allSame(s)
        && (11 - weighted(s, {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 10 == digit(s, 12);
}

bool idNational(std::string_view s)
{
    const auto province = number(s, 0, 2);
    return digits(s, 16) && province >= 11 && province <= 94 && part(s, 12) != "0000"
        && isShortDate(static_cast<int>(number(s, 10, 2)), static_cast<int>(number(s, 8, 2)),
            static_cast<int>(number(s, 6, 2)) % 40);
}

bool vnNational(std::string_view s)
{
    const auto province = number(s, 0, 3);
    return digits(s, 12) && province >= 1 && province <= 96 && s[3] <= '9' && !allSame(s);
}

bool phTax(std::string_view s)
{
    const auto check = weighted(s, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    return (digits(s, 9) || digits(s, 12)) && check < 10 && check == digit(s, 8) && number(s, 0, 9) > 0;
}

bool auBusiness(std::string_view s)
{
    if (!digits(s, 11) || number(s, 0, 2) < 11) {
        return false;
    }
    return (weighted(s, {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10) % 89 == 0;
}

bool auCompany(std::string_view s)
{
    return digits(s, 9) && number(s, 0, 9) > 0 && (10 - weighted(s, {8, 7, 6, 5, 4, 3, 2, 1}) % 10) % 10 == digit(s, 8);
}

bool auTax(std::string_view s)
{
    return digits(s, 9) && !allSame(s) && weighted(s, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}

bool auMedicare(std::string_view s)
{
    return (digits(s, 10) || digits(s, 11)) && s[0] >= '2' && s[0] <= '6'
        && weighted(s, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == digit(s, 8);
}

bool nzTax(std::string_view s)
{
    if ((!digits(s, 8) && !digits(s, 9)) || number(s, 0, 9) < 10'000'000 || number(s, 0, 9) > 150'000'000) {
        return false;
    }
    const auto body = part(s, 0, s.size() - 1);
    const bool wide = body.size() == 8;
    int check = (wide ? weighted(body, {3, 2, 7, 6, 5, 4, 3, 2}) : weighted(body, {2, 7, 6, 5, 4, 3, 2})) % 11;
    check = check == 0 ? 0 : 11 - check;
    if (check == 10) {
        check = (wide ? weighted(body, {7, 4, 3, 2, 5, 2, 7, 6}) : weighted(body, {4, 3, 2, 5, 2, 7, 6})) % 11;
        check = check == 0 ? 0 : 11 - check;
    }
    return check == digit(s, s.size() - 1);
}

bool nzHealth(std::string_view s)
{
    static constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    if (!fits(s, "@@@####") && !fits(s, "@@@##@@")) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        const auto letter = letters.find(s[i]);
        if (isUpper(s[i]) && letter == std::string_view::npos) {
            return false;
        }
        sum += (isDigit(s[i]) ? s[i] - '0' : static_cast<int>(letter) + 1) * (7 - static_cast<int>(i));
    }
    if (isDigit(s[6])) {
        return sum % 11 != 0 && (11 - sum % 11) % 10 == digit(s, 6);
    }
    return s[6] == letters[static_cast<std::size_t>(23 - sum % 24)];
}

bool ilIdentity(std::string_view s)
{
    return digits(s, 9) && luhn(s) && !allSame(s);
}

bool saNational(std::string_view s)
{
    return digits(s, 10) && (s[0] == '1' || s[0] == '2') && luhn(s) && !allSame(part(s, 1));
}

bool aeIdentity(std::string_view s)
{
    const auto year = number(s, 3, 4);
    return digits(s, 15) && s.starts_with("784") && year >= 1900 && year <= 2100 && luhn(s);
}

bool egNational(std::string_view s)
{
    return digits(s, 14) && (s[0] == '2' || s[0] == '3')
        && isDate((s[0] == '2' ? 1900 : 2000) + static_cast<int>(number(s, 1, 2)), static_cast<int>(number(s, 3, 2)),
            static_cast<int>(number(s, 5, 2)))
        && number(s, 7, 2) >= 1 && (number(s, 7, 2) <= 35 || number(s, 7, 2) == 88);
}

bool zaIdentity(std::string_view s)
{
    return digits(s, 13) && yymmdd(s, 0) && s[10] <= '2' && luhn(s);
}

bool ngNational(std::string_view s)
{
    return digits(s, 11) && !allSame(s) && verhoeff(s);
}

} // namespace cupel::rules::pii::checks
