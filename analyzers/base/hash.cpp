// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/hash.h"

#include <openssl/evp.h>

namespace cupel {

namespace {

// Looked up once: for a short text that costs more than its digest.
const EVP_MD* sha256Method()
{
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched ? fetched : EVP_sha256();
}

} // namespace

struct Sha256Stream::Context {
    EVP_MD_CTX* handle = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(handle); }
};

Sha256Stream::Sha256Stream()
    : m_context(std::make_unique<Context>())
{
    EVP_DigestInit_ex(m_context->handle, sha256Method(), nullptr);
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(ByteView bytes)
{
    EVP_DigestUpdate(m_context->handle, bytes.data(), bytes.size());
}

Sha256 Sha256Stream::finish()
{
    Sha256 digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_context->handle, digest.data(), &length);
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
    unsigned char digest[20] = {};
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha1(), nullptr);
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
