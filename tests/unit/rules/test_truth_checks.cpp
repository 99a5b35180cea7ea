// SPDX-License-Identifier: GPL-3.0-or-later
// Every truth check with a value that holds and one that is broken; a check without a line here fails the test.
#include "analyzers/base/private_key.h"
#include "analyzers/rules/secrets/truth_check.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <fstream>
#include <map>
#include <set>
#include <vector>

using namespace cupel;
using rules::secrets::CheckInput;
using rules::secrets::CheckResult;
using Outcome = CheckResult::Outcome;
using test::base62;
using test::hexDigits;
using test::Letters;

namespace {

std::set<std::string>& covered()
{
    static std::set<std::string> names;
    return names;
}

struct Around {
    std::string match; // empty: the secret
    std::string before;
    std::string after;
};

CheckResult run(const std::string& name, const std::string& secret, const Around& around = {})
{
    const auto* check = rules::secrets::findTruthCheck(name);
    if (!CHECK(check != nullptr)) {
        return {};
    }
    CheckInput input;
    input.secret = secret;
    input.match = around.match.empty() ? secret : around.match;
    input.before = around.before;
    input.after = around.after;
    input.now = 1'800'000'000; // 2027
    return check->run(input);
}

void holds(const std::string& name, const std::string& secret, Outcome expected, const std::string& broken,
    Outcome expectedBroken, const Around& around = {}, const Around& aroundBroken = {})
{
    covered().insert(name);
    const auto good = run(name, secret, around);
    if (!CHECK(good.outcome == expected)) {
        test::report(false, __FILE__, __LINE__, name + ": the good value");
    }
    const auto bad = run(name, broken, aroundBroken);
    if (!CHECK(bad.outcome == expectedBroken)) {
        test::report(false, __FILE__, __LINE__, name + ": the broken value");
    }
    CHECK(good.note.find(secret) == std::string::npos || secret.size() < 8);
}

std::string changed(std::string text, std::size_t at)
{
    text[at] = text[at] == 'a' ? 'b' : 'a';
    return text;
}

std::string pemOf(std::string_view kind, const std::string& der)
{
    const auto line = [&](const char* word) {
        return "-----" + std::string(word) + ' ' + std::string(kind) + "-----\n";
    };
    return line("BEGIN") + test::toBase64(der) + '\n' + line("END");
}

// PKCS #8 of an Ed25519 key: a fixed head, then 32 bytes.
std::string ed25519Pem(Letters& letters)
{
    return pemOf("PRIVATE KEY",
        std::string("\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16) + letters.of(base62, 32));
}

std::string sshString(const std::string& text)
{
    return std::string{'\0', '\0', static_cast<char>(text.size() >> 8), static_cast<char>(text.size())} + text;
}
std::string opensshPem(Letters& letters)
{
    const auto publicPart = sshString("ssh-ed25519") + sshString(letters.of(base62, 32));
    return pemOf("OPENSSH PRIVATE KEY",
        std::string("openssh-key-v1") + '\0' + sshString("none") + sshString("none") + sshString("")
            + std::string("\0\0\0\1", 4) + sshString(publicPart) + sshString(letters.of(base62, 128)));
}

std::string pgpArmour(const std::string& data, std::uint32_t sum)
{
    const std::string crc{static_cast<char>(sum >> 16), static_cast<char>(sum >> 8), static_cast<char>(sum)};
    return "-----BEGIN PGP PRIVATE"
           " KEY BLOCK-----\n\n"
        + test::toBase64(data) + "\n=" + test::toBase64(crc)
        + "\n-----END PGP PRIVATE"
          " KEY BLOCK-----";
}

std::vector<std::string> seedWords()
{
    std::ifstream file(std::string(CUPEL_SOURCE_DIR) + "/resources/rules/words/bip39_english.txt");
    std::vector<std::string> out;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line[0] != '#') {
            out.push_back(line);
        }
    }
    return out;
}

std::string awsId(std::uint64_t account, Letters& letters)
{
    std::string bytes;
    const auto value = account << 7 | 1ULL << 47; // as ids are since 2019
    for (int i = 5; i >= 0; --i) {
        bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    }
    return std::string("AK") + "IA" + test::toBase32(bytes + letters.of(base62, 4));
}

} // namespace

CUPEL_TEST(checksumsInsideTokens)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    holds("github-crc32", token, Outcome::Valid, changed(token, 10), Outcome::Invalid);
    const auto npm = "npm" + token.substr(3);
    holds("npm-crc32", npm, Outcome::Valid, changed(npm, 10), Outcome::Invalid);
    const auto body = letters.of(base62, 60);
    const auto tailed = body + test::upperHex8(crc32(body));
    holds("bitbucket-crc32", tailed, Outcome::Valid, changed(tailed, 3), Outcome::Invalid);
    const auto atlassian = body + '=' + test::upperHex8(crc32(body));
    holds("atlassian-crc32", atlassian, Outcome::Valid, changed(atlassian, 3), Outcome::Invalid);
    const auto head = "glsa"
                      "_"
        + letters.of(base62, 32);
    const auto sum = crc32(head);
    const std::string little{static_cast<char>(sum), static_cast<char>(sum >> 8), static_cast<char>(sum >> 16),
        static_cast<char>(sum >> 24)};
    const auto grafana = head + '_' + test::hexOf(little);
    holds("grafana-crc32", grafana, Outcome::Valid, changed(grafana, 8), Outcome::Invalid);
    const auto wif = test::toBase58Check(std::string("\x80", 1) + letters.of(base62, 32));
    holds("base58check", wif, Outcome::Valid, changed(wif, 9), Outcome::Invalid);
    const auto xprv = test::toBase58Check(
        std::string("\x04\x88\xAD\xE4\x03", 5) + letters.of(base62, 40) + '\0' + letters.of(base62, 32));
    holds("bitcoin-xprv", xprv, Outcome::Valid, changed(xprv, 20), Outcome::Invalid);
    const auto age = test::toBech32("age-secret-key-", letters.of(base62, 32));
    holds("bech32", age, Outcome::Valid, age.substr(0, age.size() - 1) + (age.back() == 'Q' ? 'P' : 'Q'),
        Outcome::Invalid);
    const auto seed = letters.of(base62, 34);
    const auto crc = crc16Xmodem(seed);
    const auto nkey = test::toBase32(seed + static_cast<char>(crc & 0xFF) + static_cast<char>(crc >> 8));
    holds("nkey-crc16", nkey, Outcome::Valid, nkey.substr(0, 5) + (nkey[5] == 'A' ? 'B' : 'A') + nkey.substr(6),
        Outcome::Invalid);
    const auto data = letters.of(base62, 90);
    holds("pgp-armor", pgpArmour(data, crc24OpenPgp(data)), Outcome::Valid, pgpArmour(data, crc24OpenPgp(data) ^ 1),
        Outcome::Invalid);
}

CUPEL_TEST(privateKeys)
{
    Letters letters;
    holds(
        "pem-der", ed25519Pem(letters), Outcome::Valid, pemOf("PRIVATE KEY", letters.of(base62, 48)), Outcome::Invalid);
    CHECK(run("pem-der", pemOf("ENCRYPTED PRIVATE KEY", letters.of(base62, 48))).outcome == Outcome::Protected);
    holds("openssh-key", opensshPem(letters), Outcome::Valid,
        pemOf("OPENSSH PRIVATE KEY", "openssh-key-v1" + letters.of(base62, 60)), Outcome::Invalid);
    holds("putty-key", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n", Outcome::Valid, "Encryption: aes256-cbc\n",
        Outcome::Protected);
    holds("jwk-private", "x", Outcome::Valid, "x", Outcome::Public, {R"({"kty": "RSA", "n": "1", "d": "2"})", {}, {}},
        {R"({"kty": "RSA", "n": "1"})", {}, {}});
    holds("ethereum-key-range", letters.of("123456789abcde", 64), Outcome::NoOpinion, std::string(64, '0'),
        Outcome::NotASecret);
    CHECK(run("ethereum-key-range", std::string(64, 'f')).outcome == Outcome::NotASecret);
    const auto seed = letters.of(base62, 32);
    const auto pair = test::toBase58(seed + ed25519PublicKey(seed));
    holds("solana-keypair", pair, Outcome::Valid, test::toBase58(letters.of(base62, 64)), Outcome::Invalid);
    const auto words = seedWords();
    REQUIRE(words.size() == 2'048);
    std::string zeros; // eleven times the first word and the one that carries the checksum of 128 zero bits
    for (int i = 0; i < 11; ++i) {
        zeros += words[0] + ' ';
    }
    holds("bip39-checksum", zeros + words[3], Outcome::Valid, zeros + words[4], Outcome::NotASecret);
}

CUPEL_TEST(readableTokens)
{
    Letters letters;
    const std::string header = R"({"alg":"HS256","typ":"JWT"})";
    holds("jwt-claims", test::jwt(header, R"({"sub":"svc","exp":4102444800})", letters), Outcome::Valid,
        test::jwt(header, letters.of(base62, 40), letters), Outcome::Invalid);
    CHECK(
        run("jwt-claims", test::jwt(header, R"({"sub":"svc","exp":1000000000})", letters)).outcome == Outcome::Expired);
    CHECK(run("jwt-claims", test::jwt(R"({"alg":"none"})", R"({"sub":"svc"})", letters)).outcome == Outcome::Test);
    CHECK(run("jwt-claims", test::jwt(header, R"({"sub":"1234567890","name":"John Doe"})", letters)).outcome
        == Outcome::Invalid);
    CHECK(
        run("jwt-claims", test::jwt(R"({"no":"header"})", R"({"sub":"svc"})", letters)).outcome == Outcome::NotASecret);
    const auto macaroon = std::string("pypi") + '-'
        + test::toBase64Url(std::string("\x02\x01\x08", 3) + "pkg.test" + letters.of(base62, 60));
    holds("pypi-macaroon", macaroon, Outcome::Valid, "pypi-" + letters.of("ABC", 80), Outcome::Invalid);
    const auto noJson = test::toBase64(letters.of(base62, 30));
    holds("neptune-json", test::toBase64(R"({"api_address":"a","api_key":"b"})"), Outcome::Valid, noJson,
        Outcome::Invalid);
    holds(
        "grafana-legacy-json", test::toBase64(R"({"k":"a","n":"b","id":1})"), Outcome::Valid, noJson, Outcome::Invalid);
    holds("grafana-cloud-json", "glc_" + test::toBase64(R"({"o":"1","n":"b","k":"c"})"), Outcome::Valid,
        "glc_" + noJson, Outcome::Invalid);
    holds("base64-json", test::toBase64(R"({"a":"b"})"), Outcome::Valid, "eyJ" + letters.of(base62, 30),
        Outcome::Invalid);
    holds("sentry-json", "sntrys_" + test::toBase64(R"({"iat":1,"url":"u"})", false) + '_' + letters.of(base62, 40),
        Outcome::Valid, "sntrys_" + letters.of(base62, 40) + '_' + letters.of(base62, 40), Outcome::Invalid);
    holds("onepassword-json", "ops_" + test::toBase64(R"({"signInAddress":"a"})"), Outcome::Valid, "ops_" + noJson,
        Outcome::NoOpinion);
    holds("vault-base64", "hvb." + test::toBase64Url(letters.of(base62, 90)), Outcome::NoOpinion, "hvb.!",
        Outcome::NoOpinion);
    CHECK(!run("vault-base64", "hvb." + test::toBase64Url(letters.of(base62, 90))).note.empty());
    holds("docker-auth", test::toBase64("user:" + letters.of(base62, 12)), Outcome::Valid, noJson, Outcome::NotASecret);
    holds("basic-auth", test::toBase64("user:" + letters.of(base62, 12)), Outcome::Valid, test::toBase64(":"),
        Outcome::NotASecret);
    holds("k8s-secret-base64", noJson, Outcome::NoOpinion, "not base64!", Outcome::NotASecret);
    holds("artifactory-base58", letters.of("123456789ABCDEFGH", 73), Outcome::NoOpinion, "0OIl", Outcome::Invalid);
    holds("artifactory-reftoken", test::toBase64("reftkn:01:4102444800:" + letters.of(base62, 28)), Outcome::Valid,
        noJson, Outcome::Invalid);
    CHECK(run("artifactory-reftoken", test::toBase64("reftkn:01:1500000000:abc")).outcome == Outcome::Expired);
    holds("bedrock-key-base64", "ABSK" + test::toBase64("BedrockAPIKey-x:" + letters.of(base62, 60)), Outcome::Valid,
        "ABSK" + noJson, Outcome::Invalid);
    const auto id = std::to_string((1'500'000'000'000ULL - 1'420'070'400'000ULL) << 22);
    holds("discord-snowflake", test::toBase64(id, false) + ".abc.def", Outcome::Valid, noJson + ".abc.def",
        Outcome::Invalid);
}

CUPEL_TEST(accountsInIds)
{
    Letters letters;
    holds("aws-account-id", awsId(123'456'789'012ULL, letters), Outcome::NoOpinion,
        std::string("AK") + "IA0189018901890189", Outcome::Invalid);
    const auto account = run("aws-account-id", awsId(123'456'789'012ULL, letters)).note;
    CHECK(account.find("ending in 9012") != std::string::npos); // an account number is nobody else's business
    CHECK(account.find("123456789012") == std::string::npos);
    const auto old =
        run("aws-account-id", std::string("AK") + "IAJ" + letters.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 15));
    CHECK(old.outcome == Outcome::NoOpinion && old.note.find("ending in") == std::string::npos);
    CHECK(run("aws-account-id", awsId(171'436'882'533ULL, letters)).outcome == Outcome::Test);
    CHECK(run("aws-account-id", std::string("AK") + "IAIOSFODNN7EXAMPLE").outcome == Outcome::NotASecret);
}

CUPEL_TEST(providersOwnShapes)
{
    Letters letters;
    const auto key = letters.of(base62, 40);
    const auto hex = letters.of(hexDigits, 32);
    holds("anthropic-tail", key + "AA", Outcome::Valid, key + "zz", Outcome::NoOpinion);
    holds("aws-key-pair", "s", Outcome::NoOpinion, "s", Outcome::Half,
        {"s", "secret = 'aB3" + letters.of(base62, 37) + "' ", {}}, {"s", {}, "' SECRET = 'XXXXX'"});
    holds("aws-secret-shape", "aB3" + letters.of(base62, 30) + "xYzQRST9", Outcome::NoOpinion, letters.of("abcdef", 40),
        Outcome::NotASecret);
    holds("azure-storage-key", test::toBase64(letters.of(base62, 64)), Outcome::Valid,
        test::toBase64(letters.of(base62, 61)), Outcome::Invalid);
    holds("azure-marker", key + "AzSe" + key, Outcome::Valid, letters.of("bcd", 40), Outcome::NoOpinion);
    holds("azure-sas-expiry", "s", Outcome::Valid, "s", Outcome::Expired,
        {"sv=1&se=2099-01-01T00:00:00Z&sig=s", {}, {}}, {"sv=1&se=2019-01-01T00:00:00Z&sig=s", {}, {}});
    CHECK(run("azure-sas-expiry", "s", {"sv=1&sig=s", {}, "&st=1&se=2019-01-01T00%3A00&sp=r' x"}).outcome
        == Outcome::Expired);
    CHECK(run("azure-sas-expiry", "s", {"sv=1&sig=s", {}, "' &se=2019-01-01"}).outcome == Outcome::NoOpinion);
    holds("databricks-hex", "dapi" + hex, Outcome::NoOpinion, "dapi" + letters.of("xyz", 32), Outcome::Invalid);
    holds("doppler-shape", "dp.pt." + key, Outcome::NoOpinion, "dp.xx." + key, Outcome::NoOpinion);
    CHECK(!run("doppler-shape", "dp.st." + key).note.empty() && run("doppler-shape", "dp.xx." + key).note.empty());
    holds("facebook-app-token", "123456789012345|" + key, Outcome::NoOpinion, "a|" + key, Outcome::NoOpinion);
    CHECK(!run("facebook-app-token", "123456789012345|" + key).note.empty());
    holds("gcp-service-account", key, Outcome::Valid, key, Outcome::NoOpinion,
        {R"("type": "service_account", "private_key": "-----BEGIN )"
         "PRIVATE KEY",
            {}, {}},
        {"other", {}, {}});
    holds("kaggle-json", hex, Outcome::Valid, hex, Outcome::NoOpinion, {{}, R"({"username": "x", "key": ")", {}}, {});
    holds("linear-shape", "lin_api_" + key, Outcome::NoOpinion, key, Outcome::NoOpinion);
    CHECK(!run("linear-shape", "lin_api_" + key).note.empty() && run("linear-shape", "x" + key).note.empty());
    holds("mailchimp-dc", hex + "-us21", Outcome::NoOpinion, hex + "-eu", Outcome::NoOpinion);
    CHECK(!run("mailchimp-dc", hex + "-us21").note.empty() && run("mailchimp-dc", hex + "-eu").note.empty());
    holds("openai-marker",
        "sk-" + key
            + "T3Blbk"
              "FJ"
            + key,
        Outcome::Valid, "sk-" + key, Outcome::NoOpinion);
    holds("otpauth-base32", test::toBase32(letters.of(base62, 20)), Outcome::Valid, "0189", Outcome::Invalid);
    holds("planetscale-shape", "pscale_pw_" + key, Outcome::NoOpinion, key, Outcome::NoOpinion);
    CHECK(!run("planetscale-shape", "pscale_pw_" + key).note.empty());
    holds("sendgrid-shape",
        std::string("SG") + '.' + test::toBase64Url(letters.of(base62, 16)) + '.'
            + test::toBase64Url(letters.of(base62, 32)),
        Outcome::Valid, std::string("SG") + ".a.b", Outcome::NoOpinion);
    holds("shopify-hex", "shpat_" + hex, Outcome::NoOpinion, "shpat_" + letters.of("xyz", 32), Outcome::Invalid);
    holds("slack-shape", std::string("xox") + "b-123456789012-" + key, Outcome::Valid,
        std::string("xox") + "b-abc-" + key, Outcome::NoOpinion);
    holds("stripe-mode", std::string("sk_") + "live_" + key, Outcome::Valid, std::string("sk_") + "test_" + key,
        Outcome::Test);
    holds("telegram-bot-id", "123456789:" + key, Outcome::NoOpinion, "12:" + key, Outcome::NoOpinion);
    CHECK(!run("telegram-bot-id", "123456789:" + key).note.empty() && run("telegram-bot-id", "12:" + key).note.empty());
    holds("twilio-hex", "SK" + hex, Outcome::NoOpinion, "SK" + letters.of("xyz", 32), Outcome::Invalid);
    holds("uuid-version", "3f2a9c01-1b2c-4d3e-8f90-a1b2c3d4e5f6", Outcome::NoOpinion,
        "3f2a9c01-1b2c-0d3e-8f90-a1b2c3d4e5f6", Outcome::NotASecret);
}

CUPEL_TEST(surroundingsAndHashes)
{
    Letters letters;
    const auto hex = letters.of(hexDigits, 40);
    holds("hex-not-digest", hex, Outcome::NoOpinion, hex, Outcome::NotASecret, {"api_key = " + hex, {}, {}},
        {"\"sha1\": \"" + hex, {}, {}});
    CHECK(run("hex-not-digest", hex, {hex, "commit ", {}}).outcome == Outcome::NotASecret);
    holds("url-userinfo", "Zq8rT2vLw", Outcome::NoOpinion, "Zq8rT2vLw", Outcome::Test,
        {"db://svc:Zq8rT2vLw@db.corp.net/x", {}, {}}, {"db://svc:Zq8rT2vLw@localhost/x", {}, {}});
    CHECK(run("url-userinfo", "password", {"db://u:password@db.corp.net", {}, {}}).outcome == Outcome::Invalid);
    CHECK(run("url-userinfo", "Zq8rT2vLw", {"db://u:Zq8rT2vLw@db.example.com", {}, {}}).outcome == Outcome::Invalid);
    for (const auto* phrase : {"correct horse battery staple", "a1b2! c3d4", "blue 7elephant"}) {
        holds("passphrase", phrase, Outcome::NoOpinion, "oneword9!", Outcome::NotASecret);
    }
    for (const auto* words : {"Enter your password", "User Password", "at least 8 characters", "Mot de passe",
             "min. 8 signs", "Correct Horse Battery Staple", "two\nlines9"}) {
        CHECK(run("passphrase", words, {}).outcome == Outcome::NotASecret);
    }
    holds("netrc-login", "Zq8", Outcome::Valid, "Zq8", Outcome::NoOpinion, {"machine h login u password Zq8", {}, {}},
        {"password Zq8", {}, {}});
    holds("bcrypt-shape",
        "$2b$"
        "12$"
            + letters.of(base62, 53),
        Outcome::Protected, "$2b$", Outcome::NoOpinion);
    holds("argon2-shape",
        "$argon"
        "2id$v=19$m=1,t=2,p=1$"
            + letters.of(base62, 40),
        Outcome::Protected, "plain", Outcome::NoOpinion);
    holds("shadow-shape", "$6$" + letters.of(base62, 16) + '$' + letters.of(base62, 86), Outcome::Protected, "*",
        Outcome::NoOpinion);
    holds("htpasswd-shape", "{SHA}" + test::toBase64(letters.of(base62, 20)), Outcome::Protected, "short",
        Outcome::NoOpinion);
}

// Runs last: tests run in the order of the file.
CUPEL_TEST(everyCheckIsCovered)
{
    for (const auto& check : rules::secrets::truthChecks()) {
        if (!covered().contains(std::string(check.name))) {
            test::report(false, __FILE__, __LINE__, "no test for the truth check " + std::string(check.name));
        }
        // Nothing a file can hold makes a check fail.
        for (const auto* odd : {"", "-", "_", ".", ":", "|", "=", "[", "eyJ", "....", "se=", "\xff\xfe"}) {
            CHECK(run(std::string(check.name), odd).note.size() < 200);
        }
    }
}
