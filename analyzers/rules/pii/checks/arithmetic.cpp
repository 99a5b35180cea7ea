// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/checks/arithmetic.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cupel::rules::pii::checks {

std::string_view part(std::string_view s, std::size_t at, std::size_t count)
{
    return at < s.size() ? s.substr(at, count) : std::string_view();
}

bool onlyDigits(std::string_view s)
{
    return std::all_of(s.begin(), s.end(), isDigit);
}

bool digits(std::string_view s, std::size_t size)
{
    return s.size() == size && onlyDigits(s);
}

bool allSame(std::string_view s)
{
    return s.find_first_not_of(s.substr(0, 1)) == std::string_view::npos;
}

bool fits(std::string_view s, std::string_view form)
{
    return std::equal(s.begin(), s.end(), form.begin(), form.end(), [](char c, char wanted) {
        return wanted == '#' ? isDigit(c)
            : wanted == '@'  ? isUpper(c)
            : wanted == '*'  ? isDigit(c) || isUpper(c)
                             : c == wanted;
    });
}

long long number(std::string_view s, std::size_t at, std::size_t count)
{
    long long value = 0;
    for (const char c : part(s, at, std::min<std::size_t>(count, 18))) {
        value = value * 10 + (isDigit(c) ? c - '0' : 0);
    }
    return value;
}

int letterValue(char c)
{
    return isDigit(c) ? c - '0' : isUpper(c) ? c - 'A' + 10 : 0;
}

int weighted(std::string_view s, std::initializer_list<int> weights)
{
    int sum = 0;
    std::size_t at = 0;
    for (const int weight : weights) {
        if (at < s.size()) {
            sum += letterValue(s[at]) * weight;
        }
        ++at;
    }
    return sum;
}

int luhnSum(std::string_view s)
{
    int sum = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        int value = digit(s, s.size() - 1 - i);
        if (i % 2 == 1) {
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        }
        sum += value;
    }
    return sum;
}

bool luhn(std::string_view s)
{
    return onlyDigits(s) && luhnSum(s) % 10 == 0;
}

bool verhoeff(std::string_view s)
{
    static constexpr std::array<std::array<std::uint8_t, 10>, 8> permutation{
        {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
            {8, 9, 1, 6, 0, 4, 3, 5, 2, 7}, {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
            {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}}};
    // Multiplication in the dihedral group of ten elements.
    const auto times = [](int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        }
        return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
    };
    int check = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = s[s.size() - 1 - i];
        if (!isDigit(c)) {
            return false;
        }
        check = times(check, permutation[i % 8][static_cast<std::size_t>(c - '0')]);
    }
    return !s.empty() && check == 0;
}

int mod97(std::string_view s)
{
    int rest = 0;
    for (const char c : s) {
        const int value = letterValue(c);
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest;
}

bool iso7064Mod11_10(std::string_view s)
{
    if (s.empty() || !onlyDigits(s)) {
        return false;
    }
    int product = 10;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        const int sum = (product + digit(s, i)) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (product + digit(s, s.size() - 1)) % 10 == 1;
}

bool iso7064Mod11_2(std::string_view s)
{
    if (s.empty() || !onlyDigits(s.substr(0, s.size() - 1))) {
        return false;
    }
    int rest = 0;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        rest = (rest + digit(s, i)) * 2 % 11;
    }
    const int check = (12 - rest) % 11;
    return s.back() == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

bool iso7064Mod37_36(std::string_view s)
{
    int product = 36;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        const int sum = (product + letterValue(s[i])) % 36;
        product = (sum == 0 ? 36 : sum) * 2 % 37;
    }
    return !s.empty() && (product + letterValue(s.back())) % 36 == 1;
}

int icaoCheck(std::string_view s)
{
    static constexpr std::array weights{7, 3, 1};
    int sum = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        sum += letterValue(s[i]) * weights[i % 3];
    }
    return sum % 10;
}

bool isDate(int year, int month, int day)
{
    static constexpr std::array<int, 12> longest{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > longest[static_cast<std::size_t>(month - 1)]) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day < 29 || leap;
}

bool isShortDate(int year, int month, int day)
{
    return isDate(1900 + year, month, day) || isDate(2000 + year, month, day);
}

bool yymmdd(std::string_view s, std::size_t at)
{
    return isShortDate(static_cast<int>(number(s, at, 2)), static_cast<int>(number(s, at + 2, 2)),
        static_cast<int>(number(s, at + 4, 2)));
}

bool ddmmyy(std::string_view s, std::size_t at)
{
    return isShortDate(static_cast<int>(number(s, at + 4, 2)), static_cast<int>(number(s, at + 2, 2)),
        static_cast<int>(number(s, at, 2)));
}

bool isCountry(std::string_view code)
{
    static constexpr std::string_view all = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ"
                                            "CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ"
                                            "DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGW"
                                            "GYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJO"
                                            "JPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQ"
                                            "MRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNU"
                                            "NZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSR"
                                            "SSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTV"
                                            "TWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";
    for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
        if (all.substr(i, 2) == code) {
            return true;
        }
    }
    return false;
}

} // namespace cupel::rules::pii::checks
