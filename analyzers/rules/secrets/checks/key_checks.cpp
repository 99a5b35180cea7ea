// SPDX-License-Identifier: GPL-3.0-or-later
// Private keys and wallets: parsed, measured, never used.
#include "analyzers/base/checksums.h"
#include "analyzers/base/encodings.h"
#include "analyzers/base/private_key.h"
#include "analyzers/rules/secrets/checks/check_tools.h"

#include <algorithm>
#include <cctype>

namespace cupel::rules::secrets::checks {

namespace {

CheckResult inspected(std::string_view pem)
{
    const auto info = inspectPrivateKey(pem);
    switch (info.state) {
    case PrivateKeyInfo::State::Parsed:
        return valid("parses as a private key: " + info.kind);
    case PrivateKeyInfo::State::Encrypted:
        return {CheckResult::Outcome::Protected, "the key is encrypted with a passphrase"};
    case PrivateKeyInfo::State::Broken:
        break;
    }
    return invalid("does not parse as a private key: shortened or made up");
}

} // namespace

CheckResult pemDer(const CheckInput& input)
{
    return inspected(input.secret);
}
CheckResult opensshKey(const CheckInput& input)
{
    return inspected(input.secret);
}

CheckResult puttyKey(const CheckInput& input)
{
    const auto at = input.secret.find("Encryption:");
    if (at == std::string_view::npos) {
        return {};
    }
    const auto line = input.secret.substr(at, 60);
    return line.find("none") != std::string_view::npos
        ? valid("a PuTTY key without passphrase")
        : CheckResult{CheckResult::Outcome::Protected, "the key is encrypted with a passphrase"};
}

CheckResult jwkPrivate(const CheckInput& input)
{
    // RFC 7517/7518: "d" is the private part of RSA, EC and OKP keys, "k" of symmetric ones.
    const auto open = input.match.find('{');
    const SmallJson json(open == std::string_view::npos ? std::string() : std::string(input.match.substr(open)));
    if (!json.isObject()) {
        return {};
    }
    if (json.has("d") || json.has("k")) {
        return valid("a JSON web key with its private part, type " + plain(json.string("kty")));
    }
    return {CheckResult::Outcome::Public, "a JSON web key without private part"};
}

CheckResult ethereumKeyRange(const CheckInput& input)
{
    // SEC 2: a secp256k1 key lies between 1 and the group order.
    static constexpr std::string_view order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    std::string hex(input.secret.starts_with("0x") ? input.secret.substr(2) : input.secret);
    std::transform(
        hex.begin(), hex.end(), hex.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (hex.size() != 64 || !isHex(hex)) {
        return {};
    }
    const bool zero = onlyOf(hex, "0");
    return !zero && hex < order ? fact("the number is a possible secp256k1 key") : notASecret();
}

CheckResult solanaKeypair(const CheckInput& input)
{
    std::string bytes;
    if (input.secret.starts_with('[')) {
        // The JSON form: 64 numbers from 0 to 255.
        unsigned value = 0;
        bool open = false;
        for (const char c : input.secret) {
            if (c >= '0' && c <= '9' && value < 1'000) {
                value = value * 10 + static_cast<unsigned>(c - '0');
                open = true;
            } else if (open) {
                bytes.push_back(static_cast<char>(value & 0xFF));
                open = value > 255;
                if (open) {
                    return invalid("a number above 255: not a list of bytes");
                }
                value = 0;
            }
        }
    } else if (const auto decoded = decodeBase58(input.secret)) {
        bytes = *decoded;
    }
    if (bytes.size() != 64) {
        return invalid("not 64 bytes long");
    }
    return ed25519PublicKey(ByteView(bytes).substr(0, 32)) == bytes.substr(32)
        ? valid("private and public half belong together")
        : invalid("private and public half do not belong together");
}

} // namespace cupel::rules::secrets::checks
