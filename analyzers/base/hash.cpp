// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of OpenSSL that need no provider: fetching one reads a configuration and fills tables, which takes
// longer than to judge a small file. The digests are made by the same code.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "analyzers/base/hash.h"

#include <openssl/sha.h>

namespace cupel {

struct Sha256Stream::Context {
    SHA256_CTX state;
};

Sha256Stream::Sha256Stream()
    : m_context(std::make_unique<Context>())
{
    SHA256_Init(&m_context->state);
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(ByteView bytes)
{
    SHA256_Update(&m_context->state, bytes.data(), bytes.size());
}

Sha256 Sha256Stream::finish()
{
    Sha256 digest{};
    SHA256_Final(digest.data(), &m_context->state);
    return digest;
}

Sha256 sha256(ByteView bytes)
{
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

std::string sha1Hex(ByteView bytes)
{
    unsigned char digest[SHA_DIGEST_LENGTH] = {};
    SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
    return toHex(ByteView(reinterpret_cast<const char*>(digest), sizeof digest));
}

std::string toHex(ByteView bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

std::string toHex(const Sha256& digest)
{
    return toHex(ByteView(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

} // namespace cupel
