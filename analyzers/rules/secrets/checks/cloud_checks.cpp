// SPDX-License-Identifier: GPL-3.0-or-later
// Cloud and service credentials whose parts tell who and what they are for.
#include "analyzers/base/encodings.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cupel::rules::secrets::checks {

CheckResult awsAccountId(const CheckInput& input)
{
    // The 16 characters after the prefix are base32. In ids of today the first bit is set, and the 40 behind it are the
    // account number; those of before 2019 (AKIAI..., AKIAJ...) carry none.
    if (input.secret.size() < 20) {
        return {};
    }
    if (input.secret.ends_with("EXAMPLE")) {
        return notASecret(); // the key of the provider's own documentation
    }
    const auto bytes = decodeBase32(input.secret.substr(4, 16));
    if (!bytes || bytes->size() < 6) {
        return invalid("the id is not base32: no such key was ever issued");
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        value = value << 8 | static_cast<unsigned char>((*bytes)[i]);
    }
    if ((value >> 47 & 1U) == 0) {
        return fact("the id is of the old form that names no account");
    }
    auto account = std::to_string((value & 0x7FFFFFFFFF80ULL) >> 7);
    if (account.size() > 12) {
        return fact("the id holds no account number");
    }
    account.insert(0, 12 - account.size(), '0');
    static constexpr std::array<std::string_view, 9> canaries{"052310077262", "171436882533", "534261010715",
        "595918472158", "717712589309", "819147034852", "992382622183", "730335385048", "266735846894"};
    if (std::find(canaries.begin(), canaries.end(), account) != canaries.end()) {
        return {
            CheckResult::Outcome::Test, "its account is known for canary tokens: a trap, using it alarms its owner"};
    }
    // Enough for its owner to know it; the whole number is for those who may see the key.
    return fact("AWS account ending in " + account.substr(account.size() - 4) + " (read from the id)");
}

CheckResult awsSecretShape(const CheckInput& input)
{
    if (input.secret.ends_with("EXAMPLEKEY")) {
        return notASecret();
    }
    const auto digits =
        std::count_if(input.secret.begin(), input.secret.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto upper =
        std::count_if(input.secret.begin(), input.secret.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto lower =
        std::count_if(input.secret.begin(), input.secret.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return digits > 0 && upper > 3 && lower > 3 ? fact("40 characters of mixed base64") : notASecret();
}

CheckResult azureStorageKey(const CheckInput& input)
{
    const auto at = input.secret.find("==");
    const auto bytes =
        decodeBase64(input.secret.substr(0, at == std::string_view::npos ? input.secret.size() : at + 2));
    return bytes && bytes->size() == 64 ? valid("decodes to a 64-byte account key")
                                        : invalid("does not decode to a 64-byte key");
}

CheckResult azureMarker(const CheckInput& input)
{
    static constexpr std::array<std::string_view, 9> markers{
        "AzSe", "AzFu", "AIoT", "+ASt", "ACDb", "+ASb", "+AEh", "+ACR", "AzCa"};
    const auto found = std::find_if(markers.begin(), markers.end(),
        [&](auto marker) { return input.secret.find(marker) != std::string_view::npos; });
    return found != markers.end() ? valid("carries the issuer's mark " + std::string(*found)) : CheckResult{};
}

namespace {

// Forty characters of base64 with letters of both cases and a digit, as secret access keys are.
bool holdsSecretKey(std::string_view text)
{
    constexpr std::size_t length = 40;
    std::size_t run = 0;
    bool lower = false;
    bool upper = false;
    bool digit = false;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : ' ';
        const bool isLower = c >= 'a' && c <= 'z';
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isDigit = c >= '0' && c <= '9';
        if (isLower || isUpper || isDigit || c == '+' || c == '/') {
            ++run;
            lower = lower || isLower;
            upper = upper || isUpper;
            digit = digit || isDigit;
            continue;
        }
        if (run == length && lower && upper && digit) {
            return true;
        }
        run = 0;
        lower = upper = digit = false;
    }
    return false;
}

} // namespace

CheckResult awsKeyPair(const CheckInput& input)
{
    if (holdsSecretKey(input.before) || holdsSecretKey(input.after)) {
        return fact("a secret access key stands beside it");
    }
    return {CheckResult::Outcome::Half, "no secret access key stands beside it: the id alone opens nothing"};
}

CheckResult azureSasExpiry(const CheckInput& input)
{
    // se=2026-01-31T00:00:00Z, percent-encoded or not, before the signature or behind it
    const auto address =
        std::string(input.match) + std::string(input.after.substr(0, input.after.find_first_of("\"' \r\n<>\\")));
    auto at = address.find("se=");
    while (at != std::string::npos && at > 0 && address[at - 1] != '&' && address[at - 1] != '?'
        && address[at - 1] != ';') {
        at = address.find("se=", at + 1);
    }
    if (at == std::string::npos || at + 13 > address.size()) {
        return {};
    }
    const auto date = std::string_view(address).substr(at + 3, 10);
    if (!isDigits(date.substr(0, 4)) || date[4] != '-' || !isDigits(date.substr(5, 2)) || date[7] != '-'
        || !isDigits(date.substr(8, 2))) {
        return {};
    }
    const auto note = "a shared access signature, valid until " + std::string(date);
    return date < isoDate(input.now) ? CheckResult{CheckResult::Outcome::Expired, note + ": expired"} : valid(note);
}

CheckResult discordSnowflake(const CheckInput& input)
{
    // The first part is base64 of the bot's id, whose upper bits are milliseconds since 2015.
    const auto dot = input.secret.find('.');
    const auto id = decodeBase64(input.secret.substr(0, dot == std::string_view::npos ? 0 : dot));
    if (!id || !isDigits(*id) || id->size() < 17 || id->size() > 20) {
        return invalid("the first part is not the id of a bot");
    }
    std::uint64_t value = 0;
    for (const char c : *id) {
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    constexpr std::uint64_t epoch = 1'420'070'400;
    return valid("a bot made on " + isoDate(static_cast<std::int64_t>((value >> 22) / 1'000 + epoch)));
}

CheckResult telegramBotId(const CheckInput& input)
{
    const auto colon = input.secret.find(':');
    const auto id = input.secret.substr(0, colon == std::string_view::npos ? 0 : colon);
    return isDigits(id) && id.size() >= 6 ? fact("bot number " + std::string(id)) : CheckResult{};
}

CheckResult slackShape(const CheckInput& input)
{
    if (input.secret.starts_with("xoxb-") || input.secret.starts_with("xoxp-")) {
        const auto rest = input.secret.substr(5);
        const auto dash = rest.find('-');
        return dash != std::string_view::npos && isDigits(rest.substr(0, dash)) && dash >= 9
            ? valid("names its workspace by number")
            : CheckResult{};
    }
    return {};
}

CheckResult stripeMode(const CheckInput& input)
{
    if (input.secret.find("_test_") != std::string_view::npos) {
        return {CheckResult::Outcome::Test, "a key for the test mode: no real payments"};
    }
    return input.secret.find("_live_") != std::string_view::npos ? valid("a key for live payments") : CheckResult{};
}

CheckResult facebookAppToken(const CheckInput& input)
{
    const auto bar = input.secret.find('|');
    return bar != std::string_view::npos && isDigits(input.secret.substr(0, bar))
        ? fact("application number " + plain(input.secret.substr(0, bar)))
        : CheckResult{};
}

CheckResult mailchimpDc(const CheckInput& input)
{
    const auto region = afterLast(input.secret, '-');
    return region.size() >= 3 && region.starts_with("us") && isDigits(region.substr(2))
        ? fact("data centre " + std::string(region))
        : CheckResult{};
}

CheckResult openaiMarker(const CheckInput& input)
{
    // The middle is base64 of "OpenAI".
    return input.secret.find("T3BlbkFJ") != std::string_view::npos ? valid("carries the issuer's mark in the middle")
                                                                   : CheckResult{};
}

CheckResult anthropicTail(const CheckInput& input)
{
    return input.secret.ends_with("AA") ? valid("ends with the issuer's mark") : CheckResult{};
}

CheckResult otpauthBase32(const CheckInput& input)
{
    const auto bytes = decodeBase32(input.secret);
    return bytes && bytes->size() >= 5
        ? valid("a one-time-password seed of " + std::to_string(bytes->size()) + " bytes")
        : invalid("the seed is not base32");
}

CheckResult uuidVersion(const CheckInput& input)
{
    // RFC 9562: the version digit; random ids (4) are used as keys, time-based ones (1) are not.
    if (input.secret.size() != 36 || input.secret[8] != '-') {
        return {};
    }
    const char version = input.secret[14];
    return version >= '1' && version <= '8' ? fact(std::string("a UUID of version ") + version) : notASecret();
}

} // namespace cupel::rules::secrets::checks
