// SPDX-License-Identifier: GPL-3.0-or-later
// Money, devices, and what counts world-wide.
#include "analyzers/base/checksums.h"
#include "analyzers/rules/pii/checks/arithmetic.h"
#include "analyzers/rules/pii/checks/iban_table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace cupel::rules::pii::checks {

bool plainLuhn(std::string_view s)
{
    return luhn(s) && !allSame(s);
}

namespace {

// Capitals and digits drawn by chance: no word, no number.
bool isDrawn(std::string_view s)
{
    std::size_t digits = 0;
    for (const char c : s) {
        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
            return false;
        }
        digits += c <= '9' ? 1 : 0;
    }
    return digits >= 2 && digits + 3 <= s.size();
}

} // namespace

// Mechanical Turk, by what its interface returns: "A" and 12 to 14 signs; "3" and 29 signs.
bool crowdWorker(std::string_view s)
{
    return s.size() >= 13 && s.size() <= 15 && s[0] == 'A' && isDrawn(s);
}

bool crowdAssignment(std::string_view s)
{
    return s.size() == 30 && s[0] == '3' && isDrawn(s);
}

bool paymentCard(std::string_view s)
{
    struct Issuer {
        int low;
        int high;
        int prefixDigits;
        std::uint32_t lengths; // one bit per length
    };
    static constexpr auto len = [](int a, int b) {
        std::uint32_t bits = 0;
        for (int i = a; i <= b; ++i) {
            bits |= 1U << i;
        }
        return bits;
    };
    static constexpr std::array issuers{
        Issuer{4, 4, 1, len(13, 13) | len(16, 16) | len(19, 19)}, // Visa
        Issuer{51, 55, 2, len(16, 16)}, Issuer{2221, 2720, 4, len(16, 16)}, // Mastercard
        Issuer{34, 34, 2, len(15, 15)}, Issuer{37, 37, 2, len(15, 15)}, // American Express
        Issuer{6011, 6011, 4, len(16, 19)}, Issuer{644, 649, 3, len(16, 19)},
        Issuer{65, 65, 2, len(16, 19)}, // Discover
        Issuer{3528, 3589, 4, len(16, 19)}, // JCB
        Issuer{36, 36, 2, len(14, 19)}, Issuer{300, 305, 3, len(14, 19)}, Issuer{38, 39, 2, len(14, 19)}, // Diners
        Issuer{62, 62, 2, len(16, 19)}, // UnionPay
        Issuer{50, 50, 2, len(12, 19)}, Issuer{56, 58, 2, len(12, 19)}, Issuer{67, 67, 2, len(12, 19)}, // Maestro
        Issuer{2200, 2204, 4, len(16, 19)}, // Mir
        Issuer{60, 60, 2, len(16, 16)}, Issuer{81, 82, 2, len(16, 16)}, // RuPay
    };
    if (s.size() < 12 || s.size() > 19 || !luhn(s)) {
        return false;
    }
    return std::any_of(issuers.begin(), issuers.end(), [s](const Issuer& issuer) {
        const auto prefix = number(s, 0, static_cast<std::size_t>(issuer.prefixDigits));
        return (issuer.lengths >> s.size() & 1U) != 0 && prefix >= issuer.low && prefix <= issuer.high;
    });
}

bool iban(std::string_view s)
{
    const auto* row = findIbanForm(part(s, 0, 2));
    if (!row || s.size() < 15 || !isDigit(s[2]) || !isDigit(s[3])) {
        return false;
    }
    const auto account = part(s, 4);
    std::size_t at = 0;
    for (const auto& part : row->parts) {
        for (std::size_t i = 0; i < part.count; ++i, ++at) {
            if (at >= account.size()) {
                return false;
            }
            const char c = account[at];
            const bool good = part.kind == 'n' ? isDigit(c) : part.kind == 'a' ? isUpper(c) : isDigit(c) || isUpper(c);
            if (!good) {
                return false;
            }
        }
    }
    return at == account.size() && mod97(std::string(account) + std::string(part(s, 0, 4))) == 1;
}

bool bic(std::string_view s)
{
    const bool form = fits(s, "@@@@@@**") || fits(s, "@@@@@@*****");
    return form && isCountry(part(s, 4, 2)) && s[7] != 'O';
}

bool lei(std::string_view s)
{
    return s.size() == 20 && onlyDigits(part(s, 18)) && mod97(s) == 1 && !onlyDigits(s);
}

bool abaRouting(std::string_view s)
{
    if (!digits(s, 9) || weighted(s, {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 != 0 || allSame(s)) {
        return false;
    }
    const auto prefix = number(s, 0, 2);
    return prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix == 80;
}

bool clabe(std::string_view s)
{
    if (!digits(s, 18)) {
        return false;
    }
    static constexpr std::array weights{3, 7, 1};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) {
        sum += digit(s, i) * weights[i % 3] % 10;
    }
    return (10 - sum % 10) % 10 == digit(s, 17) && !allSame(s);
}

bool cbu(std::string_view s)
{
    if (!digits(s, 22) || allSame(s)) {
        return false;
    }
    const auto bank = weighted(s, {7, 1, 3, 9, 7, 1, 3});
    const auto account = weighted(part(s, 8), {3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3});
    return (10 - bank % 10) % 10 == digit(s, 7) && (10 - account % 10) % 10 == digit(s, 21);
}

bool imei(std::string_view s)
{
    return digits(s, 15) && luhn(s) && !allSame(s);
}

bool iccid(std::string_view s)
{
    return (s.size() == 19 || s.size() == 20) && s.starts_with("89") && luhn(s);
}

bool vin(std::string_view s)
{
    // Letters count as in the table of ISO 3779; I, O and Q are never used.
    static constexpr std::string_view values = "12345678.12345.7.923456789";
    static constexpr std::array weights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    if (s.size() != weights.size()) {
        return false;
    }
    int sum = 0;
    int letters = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = isUpper(s[i]) ? values[static_cast<std::size_t>(s[i] - 'A')] : s[i];
        if (!isDigit(c)) {
            return false;
        }
        letters += isUpper(s[i]) ? 1 : 0;
        sum += (c - '0') * weights[i];
    }
    const int check = sum % 11;
    return letters >= 2 && onlyDigits(part(s, 13)) && s[8] == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

bool orcid(std::string_view s)
{
    return s.size() == 16 && iso7064Mod11_2(s) && !allSame(part(s, 0, 15));
}

bool imsi(std::string_view s)
{
    const auto country = number(s, 0, 3);
    return digits(s, 15) && country >= 202 && country <= 748;
}

namespace {

// BIP-173 and BIP-350: the checksum of both.
bool bech32(std::string_view s)
{
    static constexpr std::string_view alphabet = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    static constexpr std::array<std::uint32_t, 5> generator{0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
    std::uint32_t check = 1;
    const auto add = [&check](std::uint32_t value) {
        const auto top = check >> 25;
        check = (check & 0x1FFFFFF) << 5 ^ value;
        for (std::uint32_t i = 0; i < generator.size(); ++i) {
            check ^= (top >> i & 1) != 0 ? generator[i] : 0;
        }
    };
    add(3); // "bc": high bits, a zero, low bits
    add(3);
    add(0);
    add('b' & 31);
    add('c' & 31);
    for (const char c : part(s, 3)) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return false;
        }
        add(static_cast<std::uint32_t>(value));
    }
    return check == 1 || check == 0x2BC830A3;
}

} // namespace

bool bitcoinSegwit(std::string_view s)
{
    return (s.size() == 42 || s.size() == 62) && s.starts_with("BC1") && bech32(s);
}

// The only check that needs the value as written: case counts in base58.
bool bitcoinLegacy(std::string_view s)
{
    const auto payload = decodeBase58Check(s);
    return payload && payload->size() == 21 && ((*payload)[0] == 0 || (*payload)[0] == 5);
}

bool machineReadablePassport(std::string_view s)
{
    // Second line of a passport: number, nationality, birth date, sex, expiry, each with its check digit.
    if (s.size() != 44 || !isDigit(s[9]) || !isDigit(s[19]) || !isDigit(s[27]) || !isDigit(s[43])) {
        return false;
    }
    const auto good = [s](std::size_t at, std::size_t count) {
        return icaoCheck(part(s, at, count)) == digit(s, at + count);
    };
    return good(0, 9) && good(13, 6) && good(21, 6) && (s[20] == 'M' || s[20] == 'F' || s[20] == '<' || s[20] == 'X');
}

} // namespace cupel::rules::pii::checks
