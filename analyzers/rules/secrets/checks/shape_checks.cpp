// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes that tell a credential from the ids and digests that look like it, and hashes of passwords.
#include "analyzers/base/encodings.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cupel::rules::secrets::checks {

namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// crypt(3) with its kind between dollar signs, "{SHA}" of web servers, or the 13 characters of the oldest form.
bool isPasswordHash(std::string_view text)
{
    constexpr std::size_t oldest = 13;
    return text.find('$') != std::string_view::npos || text.find("{SHA}") != std::string_view::npos
        || text.size() >= oldest;
}

// Words that sentences and labels are made of.
bool isWordOfASentence(std::string_view word)
{
    static constexpr std::array<std::string_view, 62> words{"a", "an", "and", "are", "at", "be", "by", "can", "cannot",
        "change", "characters", "chars", "choose", "confirm", "contain", "contains", "current", "does", "enter",
        "field", "for", "forgot", "from", "hide", "in", "incorrect", "invalid", "is", "least", "login", "match", "must",
        "new", "not", "of", "on", "optional", "or", "password", "passwords", "passphrase", "please", "repeat",
        "required", "reset", "set", "should", "show", "the", "this", "to", "type", "user", "with", "wrong", "you",
        "your", "bitte", "ihr", "ist", "eingeben", "passwort"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isMixed(std::string_view word)
{
    constexpr std::string_view signs = "!@#$%^&*?+~";
    const bool letter =
        std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; });
    const bool other = std::any_of(word.begin(), word.end(),
        [&](char c) { return (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos; });
    return letter && other;
}

} // namespace

// Several words, or one alone in lines of its own, that no label or message would hold.
CheckResult passphrase(const CheckInput& input)
{
    constexpr std::string_view blanks = " \r\n";
    constexpr std::size_t enough = 4; // words with nothing but small letters
    const auto value = lowered(input.secret);
    const bool lines = value.find_first_of("\r\n") != std::string::npos;
    const bool triple =
        input.match.find("\"\"\"") != std::string_view::npos || input.match.find("'''") != std::string_view::npos;
    if (value.find_first_of(blanks) == std::string::npos || (lines && !triple)
        || value.find_first_of("<>{}()=:;|") != std::string::npos) {
        return notASecret();
    }
    std::size_t count = 0;
    std::size_t mixed = 0;
    bool plain = true;
    for (auto at = value.find_first_not_of(blanks); at != std::string::npos; at = value.find_first_not_of(blanks, at)) {
        const auto end = std::min(value.find_first_of(blanks, at), value.size());
        auto word = std::string_view(value).substr(at, end - at);
        at = end;
        const bool stopped = word.back() == ',' || word.back() == '.';
        if (stopped || isWordOfASentence(word.substr(0, word.find_last_not_of(",.!?") + 1))) {
            return notASecret();
        }
        ++count;
        mixed += isMixed(word) ? 1 : 0;
        plain = plain && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    }
    const bool likely = mixed > 0 || (plain && count >= enough && input.secret == value);
    return likely ? CheckResult{} : notASecret();
}

CheckResult hexNotDigest(const CheckInput& input)
{
    // The words right before a hex string tell a digest, a commit or an id from a key.
    static constexpr std::array<std::string_view, 24> digestWords{"sha256", "sha1", "sha512", "md5", "digest",
        "checksum", "commit", "revision", "hash", "etag", "integrity", "blob", "fingerprint", "\"id\"", "model_id",
        "_id=", "uuid", "guid", "run_id", "/runs/", "artifact", "git+", "@", "tree/"};
    const auto inMatch = input.match.substr(0, input.match.size() - std::min(input.match.size(), input.secret.size()));
    const auto before =
        lowered(std::string(input.before.substr(input.before.size() - std::min<std::size_t>(input.before.size(), 12)))
            + std::string(inMatch));
    const auto tail = before.size() > 40 ? before.substr(before.size() - 40) : before;
    const bool digest = std::any_of(
        digestWords.begin(), digestWords.end(), [&](auto word) { return tail.find(word) != std::string::npos; });
    return digest ? notASecret() : CheckResult{};
}

CheckResult urlUserinfo(const CheckInput& input)
{
    static constexpr std::array<std::string_view, 14> samples{"password", "pass", "pwd", "passwd", "user", "username",
        "secret", "postgres", "root", "admin", "guest", "token", "mypassword", "pw"};
    const auto secret = lowered(input.secret);
    if (std::find(samples.begin(), samples.end(), secret) != samples.end()) {
        return invalid("the password is a word of the documentation");
    }
    const auto after = lowered(input.match) + lowered(input.after.substr(0, 40));
    if (after.find("@localhost") != std::string::npos || after.find("@127.0.0.1") != std::string::npos
        || after.find("@[::1]") != std::string::npos) {
        return {CheckResult::Outcome::Test, "reaches this machine only (localhost)"};
    }
    if (after.find("@example.") != std::string::npos || after.find(".example.com") != std::string::npos
        || after.find("@host") != std::string::npos) {
        return invalid("the host is a sample name");
    }
    return {};
}

CheckResult bcryptShape(const CheckInput& input)
{
    // $2b$12$ + 22 characters of salt + 31 of hash
    const auto cost = input.secret.substr(std::min<std::size_t>(input.secret.size(), 4), 2);
    return input.secret.size() >= 60 && isDigits(cost)
        ? CheckResult{CheckResult::Outcome::Protected, "a bcrypt hash, cost " + std::string(cost)}
        : CheckResult{};
}

CheckResult argon2Shape(const CheckInput& input)
{
    return input.secret.find("$argon2") != std::string_view::npos
        ? CheckResult{CheckResult::Outcome::Protected, "an Argon2 hash: hard, but possible to guess offline"}
        : CheckResult{};
}
CheckResult shadowShape(const CheckInput& input)
{
    return isPasswordHash(input.secret)
        ? CheckResult{CheckResult::Outcome::Protected, "a hashed password: it can be guessed offline"}
        : CheckResult{};
}
CheckResult htpasswdShape(const CheckInput& input)
{
    return isPasswordHash(input.secret)
        ? CheckResult{CheckResult::Outcome::Protected, "a hashed password of a web server"}
        : CheckResult{};
}

CheckResult netrcLogin(const CheckInput& input)
{
    return input.match.find("login") != std::string_view::npos && input.match.find("machine") != std::string_view::npos
        ? valid("a complete .netrc entry: machine, login and password")
        : CheckResult{};
}

CheckResult shopifyHex(const CheckInput& input)
{
    return isHex(afterLast(input.secret, '_')) ? CheckResult{} : invalid("not hexadecimal after the prefix");
}
CheckResult twilioHex(const CheckInput& input)
{
    return input.secret.size() > 2 && isHex(input.secret.substr(2)) ? CheckResult{}
                                                                    : invalid("not hexadecimal after the prefix");
}
CheckResult databricksHex(const CheckInput& input)
{
    const auto body = input.secret.starts_with("dapi") ? input.secret.substr(4, 32) : input.secret;
    return isHex(body) ? CheckResult{} : invalid("not hexadecimal after the prefix");
}

CheckResult sendgridShape(const CheckInput& input)
{
    // SG. + 16 bytes + . + 32 bytes, both base64 for URLs
    const auto dot = input.secret.rfind('.');
    const auto first =
        dot > 3 && dot != std::string_view::npos ? decodeBase64(input.secret.substr(3, dot - 3)) : std::nullopt;
    const auto second = first ? decodeBase64(input.secret.substr(dot + 1)) : std::nullopt;
    return first && second && first->size() == 16 && second->size() == 32
        ? valid("both parts decode to the right length")
        : CheckResult{};
}

CheckResult linearShape(const CheckInput& input)
{
    return input.secret.starts_with("lin_") ? fact("carries the issuer's prefix") : CheckResult{};
}
CheckResult planetscaleShape(const CheckInput& input)
{
    return input.secret.starts_with("pscale_") ? fact("carries the issuer's prefix") : CheckResult{};
}
CheckResult dopplerShape(const CheckInput& input)
{
    const auto kind = input.secret.substr(0, 5);
    return kind == "dp.pt" ? fact("a personal token") : kind == "dp.st" ? fact("a service token") : CheckResult{};
}

} // namespace cupel::rules::secrets::checks
