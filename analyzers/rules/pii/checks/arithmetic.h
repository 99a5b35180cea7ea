// SPDX-License-Identifier: GPL-3.0-or-later
// The sums that identity numbers all over the world are made of.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace cupel::rules::pii::checks {

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr int digit(std::string_view s, std::size_t at)
{
    return s[at] - '0';
}
// Like substr, but empty where there is nothing.
[[nodiscard]] std::string_view part(std::string_view s, std::size_t at, std::size_t count = std::string_view::npos);
// Exactly `size` digits.
[[nodiscard]] bool digits(std::string_view s, std::size_t size);
[[nodiscard]] bool onlyDigits(std::string_view s);
[[nodiscard]] bool allSame(std::string_view s);
// '#' digit, '@' capital letter, '*' either; any other character itself.
[[nodiscard]] bool fits(std::string_view s, std::string_view form);
// The number that `count` digits (at most 18) from `at` write; what is no digit counts as zero.
[[nodiscard]] long long number(std::string_view s, std::size_t at, std::size_t count);
// Digits from the front times weights; letters count as 10, 11 ... (A = 10).
[[nodiscard]] int weighted(std::string_view s, std::initializer_list<int> weights);
[[nodiscard]] int letterValue(char c); // 0-9, A = 10 ... Z = 35
[[nodiscard]] bool luhn(std::string_view s); // the last digit is the check digit
[[nodiscard]] int luhnSum(std::string_view s); // with the last digit counted once
[[nodiscard]] bool verhoeff(std::string_view s);
[[nodiscard]] int mod97(std::string_view s); // letters as two digits; any length
[[nodiscard]] bool iso7064Mod11_10(std::string_view s);
[[nodiscard]] bool iso7064Mod11_2(std::string_view s); // 'X' is ten
[[nodiscard]] bool iso7064Mod37_36(std::string_view s);
// Passport arithmetic: weights 7, 3, 1 over digits, letters and '<'.
[[nodiscard]] int icaoCheck(std::string_view s);
[[nodiscard]] bool isDate(int year, int month, int day);
[[nodiscard]] bool isShortDate(int year, int month, int day); // two digits of a year in either century
// Two digits each, in the order of the name.
[[nodiscard]] bool yymmdd(std::string_view s, std::size_t at);
[[nodiscard]] bool ddmmyy(std::string_view s, std::size_t at);
[[nodiscard]] bool isCountry(std::string_view code); // ISO 3166-1, two capital letters

} // namespace cupel::rules::pii::checks
