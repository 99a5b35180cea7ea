// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that hold readable structure: JWT, macaroons, base64 of JSON.
#include "analyzers/base/encodings.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>

namespace cupel::rules::secrets::checks {

namespace {

std::string decoded(std::string_view base64)
{
    auto bytes = decodeBase64(base64);
    return bytes ? std::move(*bytes) : std::string();
}

CheckResult jsonWith(std::string_view base64, std::initializer_list<std::string_view> keys, const char* what)
{
    const SmallJson json(decoded(base64));
    if (!json.isObject()) {
        return invalid("does not decode to the JSON it should hold");
    }
    for (const auto key : keys) {
        if (!json.has(key)) {
            return fact("decodes to JSON, but a member is missing");
        }
    }
    return valid(std::string("decodes to ") + what);
}

} // namespace

CheckResult jwtClaims(const CheckInput& input)
{
    // RFC 7519: header.payload.signature. The row's secret may hold more around it.
    const auto start = input.secret.find("eyJ");
    if (start == std::string_view::npos) {
        return {};
    }
    const auto token = input.secret.substr(start);
    const auto dot = token.find('.');
    const auto second = dot == std::string_view::npos ? dot : token.find('.', dot + 1);
    if (dot == std::string_view::npos) {
        return {};
    }
    const SmallJson header(decoded(token.substr(0, dot)));
    if (!header.isObject() || !(header.has("alg") || header.has("typ") || header.has("kid") || header.has("enc"))) {
        return notASecret();
    }
    const auto payloadText =
        second == std::string_view::npos ? token.substr(dot + 1) : token.substr(dot + 1, second - dot - 1);
    const SmallJson payload(decoded(payloadText));
    std::string note = "a signed token (JWT), algorithm " + plain(header.string("alg"));
    if (!payload.isObject()) {
        return header.has("enc") ? valid("an encrypted token (JWE)") : invalid("the claims of the token are not JSON");
    }
    if (payload.string("name") == "John Doe" || payload.string("sub") == "1234567890") {
        return invalid("the sample claims that manuals print");
    }
    if (header.string("alg") == "none") {
        return {CheckResult::Outcome::Test, "a token without signature (alg none): nothing should accept it"};
    }
    if (const auto issuer = payload.string("iss"); !issuer.empty()) {
        note += ", issued by " + plain(issuer);
    }
    if (const auto expiry = payload.integer("exp")) {
        note += ", valid until " + isoDate(*expiry);
        if (*expiry < input.now) {
            return {CheckResult::Outcome::Expired, note + ": expired"};
        }
    }
    return valid(note);
}

CheckResult pypiMacaroon(const CheckInput& input)
{
    // libmacaroons v2: version byte 2, then fields of type, length and value; the location names the index it was
    // issued for.
    const auto dash = input.secret.find('-');
    const auto bytes = decoded(input.secret.substr(dash == std::string_view::npos ? 0 : dash + 1));
    if (bytes.size() < 12 || bytes[0] != 2 || bytes[1] != 1) {
        return invalid("does not decode to a macaroon");
    }
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[2]));
    if (length + 3 > bytes.size()) {
        return invalid("the macaroon is cut off");
    }
    return valid("a macaroon issued for " + plain(std::string_view(bytes).substr(3, length)));
}

CheckResult neptuneJson(const CheckInput& input)
{
    return jsonWith(input.secret, {"api_address", "api_key"}, "a Neptune server address and key");
}
CheckResult grafanaLegacyJson(const CheckInput& input)
{
    return jsonWith(input.secret, {"k", "n"}, "a Grafana key with its name");
}
CheckResult base64Json(const CheckInput& input)
{
    return jsonWith(input.secret.substr(std::min(input.secret.find("eyJ"), input.secret.size())), {}, "JSON");
}

CheckResult grafanaCloudJson(const CheckInput& input)
{
    const auto at = input.secret.find('_');
    return jsonWith(input.secret.substr(at == std::string_view::npos ? 0 : at + 1), {"o", "n", "k"},
        "a Grafana Cloud policy token");
}

CheckResult sentryJson(const CheckInput& input)
{
    // sntrys_<base64 JSON>_<secret>
    const auto first = input.secret.find('_');
    const auto last = input.secret.rfind('_');
    if (first == std::string_view::npos || last <= first) {
        return {};
    }
    return jsonWith(input.secret.substr(first + 1, last - first - 1), {"iat"}, "a Sentry organisation token");
}

CheckResult onepasswordJson(const CheckInput& input)
{
    const auto at = input.secret.find('_');
    const auto json = decoded(input.secret.substr(at == std::string_view::npos ? 0 : at + 1).substr(0, 4'000));
    return json.find("signInAddress") != std::string::npos || json.find("\"email\"") != std::string::npos
        ? valid("decodes to a 1Password service account")
        : fact("does not decode to the JSON of a service account");
}

CheckResult vaultBase64(const CheckInput& input)
{
    const auto body = afterLast(input.secret, '.');
    const auto bytes = decodeBase64(body);
    return bytes && bytes->size() >= 16
        ? fact("the token body is base64 of " + std::to_string(bytes->size()) + " bytes")
        : CheckResult{};
}

CheckResult kaggleJson(const CheckInput& input)
{
    const auto around =
        std::string(input.before.substr(input.before.size() - std::min<std::size_t>(input.before.size(), 160)))
        + std::string(input.match);
    return around.find("username") != std::string::npos ? valid("stands beside a user name, as in kaggle.json")
                                                        : CheckResult{};
}

CheckResult gcpServiceAccount(const CheckInput& input)
{
    const bool type = input.match.find("service_account") != std::string_view::npos;
    const bool key = input.match.find("PRIVATE KEY") != std::string_view::npos
        || input.after.find("private_key") != std::string_view::npos;
    const bool endpoint = input.match.find("client_email") != std::string_view::npos
        || input.after.find("client_email") != std::string_view::npos
        || input.after.find("auth_") != std::string_view::npos;
    return type && (key || endpoint) ? valid("the JSON of a service account with its private key") : CheckResult{};
}

CheckResult dockerAuth(const CheckInput& input)
{
    const auto text = decoded(input.secret);
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 >= text.size()) {
        return notASecret();
    }
    return valid("decodes to user name and password");
}

CheckResult basicAuth(const CheckInput& input)
{
    return dockerAuth(input);
}

CheckResult k8sSecretBase64(const CheckInput& input)
{
    const auto bytes = decodeBase64(input.secret);
    return bytes && !bytes->empty() ? fact("the value is base64 of " + std::to_string(bytes->size()) + " bytes")
                                    : notASecret();
}

CheckResult artifactoryBase58(const CheckInput& input)
{
    const auto bytes = decodeBase58(input.secret);
    return bytes ? fact("decodes as base58 to " + std::to_string(bytes->size()) + " bytes") : invalid("not base58");
}

CheckResult artifactoryReftoken(const CheckInput& input)
{
    // "reftkn:01:<expiry in seconds>:<random>"
    const auto text = decoded(input.secret);
    if (!text.starts_with("reftkn:")) {
        return invalid("does not decode to a reference token");
    }
    const auto second = text.find(':', 7);
    std::int64_t expiry = 0;
    for (auto i = second == std::string::npos ? text.size() : second + 1;
        i < text.size() && text[i] >= '0' && text[i] <= '9' && expiry < 100'000'000'000; ++i) {
        expiry = expiry * 10 + (text[i] - '0');
    }
    if (expiry > 1'000'000'000 && expiry < input.now) {
        return {CheckResult::Outcome::Expired, "a reference token, valid until " + isoDate(expiry) + ": expired"};
    }
    return valid("decodes to a reference token");
}

CheckResult bedrockKeyBase64(const CheckInput& input)
{
    const auto body = input.secret.starts_with("ABSK") ? input.secret.substr(4) : afterLast(input.secret, '-');
    const auto text = decoded(body);
    return text.find("BedrockAPIKey") != std::string::npos || text.find("bedrock.amazonaws.com") != std::string::npos
        ? valid("decodes to a Bedrock API key")
        : invalid("does not decode to a Bedrock API key");
}

} // namespace cupel::rules::secrets::checks
