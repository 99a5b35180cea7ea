// SPDX-License-Identifier: GPL-3.0-or-later
// Credentials that carry a checksum of themselves.
#include "analyzers/base/checksums.h"
#include "analyzers/base/encodings.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace cupel::rules::secrets::checks {

namespace {

constexpr const char* checksumHolds = "the checksum inside the token is right: it was issued, not made up";
constexpr const char* checksumFails = "the checksum inside the token is wrong: it was changed or made up";

CheckResult judge(bool holds)
{
    return holds ? valid(checksumHolds) : invalid(checksumFails);
}

// prefix_ + 30 random characters + 6 base62 digits of the CRC32 of those 30 (GitHub's format of 2021, npm's too).
CheckResult prefixedCrc32(const CheckInput& input)
{
    const auto body = afterLast(input.secret, '_');
    if (body.size() != 36) {
        return {};
    }
    return judge(toBase62(crc32(body.substr(0, 30)), 6) == body.substr(30));
}

std::string hex8(std::uint32_t value)
{
    char text[16];
    std::snprintf(text, sizeof text, "%08X", value);
    return text;
}

// Ends with 8 hex digits of the CRC32 of everything before.
CheckResult hexCrcTail(std::string_view secret)
{
    if (secret.size() < 16 || !isHex(secret.substr(secret.size() - 8))) {
        return {};
    }
    std::string tail(secret.substr(secret.size() - 8));
    std::transform(
        tail.begin(), tail.end(), tail.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return judge(hex8(crc32(secret.substr(0, secret.size() - 8))) == tail);
}

} // namespace

CheckResult githubCrc32(const CheckInput& input)
{
    return input.secret.starts_with("github_pat_") ? CheckResult{} : prefixedCrc32(input);
}
CheckResult npmCrc32(const CheckInput& input)
{
    return prefixedCrc32(input);
}

CheckResult atlassianCrc32(const CheckInput& input)
{
    // "ATATT3...=ABCDEF01": the tail covers everything before the equals sign or before the digits; both are in use.
    const auto secret = input.secret;
    const auto whole = hexCrcTail(secret);
    const auto equals = secret.rfind('=');
    if (whole.outcome == CheckResult::Outcome::Valid || equals == std::string_view::npos
        || secret.size() - equals != 9) {
        return whole;
    }
    std::string tail(secret.substr(equals + 1));
    std::transform(
        tail.begin(), tail.end(), tail.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return judge(hex8(crc32(secret.substr(0, equals))) == tail || hex8(crc32(secret.substr(0, equals + 1))) == tail);
}

CheckResult bitbucketCrc32(const CheckInput& input)
{
    return hexCrcTail(input.secret);
}

CheckResult grafanaCrc32(const CheckInput& input)
{
    // glsa_ + 32 + _ + 8 hex: the CRC32 of the first 37 characters, written little-endian.
    const auto secret = input.secret;
    if (secret.size() != 46 || secret[37] != '_') {
        return {};
    }
    const auto tail = decodeHex(secret.substr(38));
    if (!tail) {
        return {};
    }
    std::uint32_t little = 0;
    std::uint32_t big = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        little |= static_cast<std::uint32_t>(static_cast<unsigned char>((*tail)[i])) << (8 * i);
        big = big << 8 | static_cast<unsigned char>((*tail)[i]);
    }
    const auto expected = crc32(secret.substr(0, 37));
    return judge(little == expected || big == expected);
}

CheckResult base58check(const CheckInput& input)
{
    return decodeBase58Check(input.secret) ? valid("the base58check checksum is right")
                                           : invalid("the base58check checksum is wrong");
}

CheckResult bitcoinXprv(const CheckInput& input)
{
    const auto payload = decodeBase58Check(input.secret);
    if (!payload) {
        return invalid("the base58check checksum is wrong");
    }
    // BIP-32: 78 bytes; a private key starts with a zero byte at 45.
    const bool isPrivate = payload->size() == 78 && (*payload)[45] == '\0';
    return isPrivate
        ? valid("an extended private key (BIP-32), depth " + std::to_string(static_cast<unsigned char>((*payload)[4])))
        : invalid("not the length of an extended private key");
}

CheckResult bech32(const CheckInput& input)
{
    return isBech32(input.secret) ? valid("the bech32 checksum is right") : invalid("the bech32 checksum is wrong");
}

CheckResult nkeyCrc16(const CheckInput& input)
{
    const auto bytes = decodeBase32(input.secret);
    if (!bytes || bytes->size() < 4) {
        return invalid("not base32");
    }
    const auto body = ByteView(*bytes).substr(0, bytes->size() - 2);
    const auto tail = static_cast<std::uint16_t>(
        static_cast<unsigned char>((*bytes)[body.size()]) | static_cast<unsigned char>((*bytes)[body.size() + 1]) << 8);
    return crc16Xmodem(body) == tail ? valid("the CRC16 of the seed is right")
                                     : invalid("the CRC16 of the seed is wrong");
}

CheckResult pgpArmor(const CheckInput& input)
{
    // RFC 4880 6.1: "=" and four base64 characters on the last line are the CRC24 of the data.
    const auto bodyStart = input.secret.find("\n\n");
    const auto end = input.secret.find("-----END");
    const auto sum = input.secret.rfind("\n=", end);
    if (bodyStart == std::string_view::npos || end == std::string_view::npos || sum == std::string_view::npos
        || sum < bodyStart + 2) {
        return {};
    }
    const auto data = decodeBase64(input.secret.substr(bodyStart + 2, sum - bodyStart - 2));
    const auto crc = decodeBase64(input.secret.substr(sum + 2, 4));
    if (!data || !crc || crc->size() != 3) {
        return {};
    }
    std::uint32_t stored = 0;
    for (const char c : *crc) {
        stored = stored << 8 | static_cast<unsigned char>(c);
    }
    return crc24OpenPgp(*data) == stored ? valid("the CRC24 of the armour is right")
                                         : invalid("the CRC24 of the armour is wrong");
}

} // namespace cupel::rules::secrets::checks
