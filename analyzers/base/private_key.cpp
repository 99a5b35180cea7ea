// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/private_key.h"

#include "analyzers/base/encodings.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace cupel {

namespace {

struct Freer {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

// The base64 between the armour lines, without headers, quotes and written-out line breaks.
std::string armourBody(ByteView pem)
{
    const auto begin = pem.find("-----BEGIN");
    const auto headEnd = begin == ByteView::npos ? begin : pem.find("-----", begin + 10);
    const auto tail = headEnd == ByteView::npos ? headEnd : pem.find("-----END", headEnd);
    std::string body;
    if (tail == ByteView::npos) {
        return body;
    }
    const auto inside = pem.substr(headEnd + 5, tail - headEnd - 5);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const char c = inside[i];
        if (c == '\\' && i + 1 < inside.size()) {
            ++i; // "\n" written out
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
            || c == '=') {
            body.push_back(c);
        }
    }
    return body;
}

// Every private key in DER is a sequence that begins with a version number of one byte. OpenSSL takes a third of a
// millisecond to say that anything else is none.
bool beginsLikeKey(ByteView der)
{
    const auto at = [der](std::size_t i) { return i < der.size() ? static_cast<unsigned char>(der[i]) : 0U; };
    if (at(0) != 0x30) {
        return false;
    }
    std::size_t header = 2;
    std::uint64_t length = at(1);
    if (length > 0x84) {
        return false;
    }
    if (length > 0x80) { // so many bytes write the length; 0x80 itself leaves it open
        const auto count = length - 0x80;
        length = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            length = length << 8 | at(header++);
        }
        if (length > der.size()) {
            return false;
        }
    }
    return at(header) == 0x02 && at(header + 1) == 0x01;
}

PrivateKeyInfo parseDer(const std::string& der)
{
    PrivateKeyInfo info;
    if (!beginsLikeKey(der)) {
        return info;
    }
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<EVP_PKEY, Freer> key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
    if (key) {
        info.state = PrivateKeyInfo::State::Parsed;
        const char* name = EVP_PKEY_get0_type_name(key.get());
        info.kind = std::string(name ? name : "key") + " " + std::to_string(EVP_PKEY_get_bits(key.get())) + " bit";
    }
    ERR_clear_error();
    return info;
}

// One length-prefixed string of the OpenSSH format; nullopt when it does not fit.
std::optional<ByteView> readSshString(ByteView& from)
{
    if (from.size() < 4) {
        return {};
    }
    std::uint64_t length = 0;
    for (int i = 0; i < 4; ++i) {
        length = length << 8 | static_cast<unsigned char>(from[static_cast<std::size_t>(i)]);
    }
    if (length > from.size() - 4) {
        return {};
    }
    const auto value = from.substr(4, length);
    from.remove_prefix(4 + length);
    return value;
}

// "ssh-ed25519", "sk-ssh-ed25519@openssh.com": the type is shown to people, so it has to look like one.
bool isKeyType(ByteView type)
{
    return !type.empty() && type.size() <= 64 && std::all_of(type.begin(), type.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '@' || c == '.';
    });
}

PrivateKeyInfo parseOpenSsh(ByteView bytes)
{
    using namespace std::string_view_literals;
    constexpr auto magic = "openssh-key-v1\0"sv;
    PrivateKeyInfo info;
    if (!bytes.starts_with(magic)) {
        return info;
    }
    bytes.remove_prefix(magic.size());
    const auto cipher = readSshString(bytes);
    const auto kdf = readSshString(bytes);
    const auto kdfOptions = readSshString(bytes);
    if (!cipher || !kdf || !kdfOptions || bytes.size() < 4) {
        return info;
    }
    bytes.remove_prefix(4); // number of keys
    auto publicPart = readSshString(bytes);
    const auto type = publicPart ? readSshString(*publicPart) : std::nullopt;
    if (!type || !isKeyType(*type) || !readSshString(bytes)) {
        return info;
    }
    info.kind = std::string(*type);
    info.state = *cipher == "none" ? PrivateKeyInfo::State::Parsed : PrivateKeyInfo::State::Encrypted;
    return info;
}

} // namespace

PrivateKeyInfo inspectPrivateKey(ByteView pem)
{
    PrivateKeyInfo info;
    if (pem.find("ENCRYPTED") != ByteView::npos) {
        info.state = PrivateKeyInfo::State::Encrypted;
        return info;
    }
    const auto bytes = decodeBase64(armourBody(pem));
    if (!bytes || bytes->size() < 16) {
        return info;
    }
    return bytes->starts_with("openssh-key-v1") ? parseOpenSsh(*bytes) : parseDer(*bytes);
}

std::string ed25519PublicKey(ByteView seed)
{
    const std::unique_ptr<EVP_PKEY, Freer> key(EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed.data()), seed.size()));
    std::string out(32, '\0');
    std::size_t size = out.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(out.data()), &size) != 1) {
        ERR_clear_error();
        return {};
    }
    return out;
}

} // namespace cupel
