// SPDX-License-Identifier: GPL-3.0-or-later
// Invented credentials and encoders for the tests of the secret rules. Values are put together at run time from parts:
// no credential, real or made up, stands in the sources.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/checksums.h"
#include "analyzers/base/hash.h"
#include "analyzers/engine/analyze.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace cupel::test {

inline constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view hexDigits = "0123456789abcdef";

// The same characters on every run and every machine.
class Letters {
public:
    explicit Letters(std::uint32_t seed = 7)
        : m_engine(seed)
    {
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_engine()) % bound; }
    std::string of(std::string_view alphabet, std::size_t size)
    {
        std::string out;
        while (out.size() < size) {
            out.push_back(alphabet[below(alphabet.size())]);
        }
        return out;
    }

private:
    std::mt19937 m_engine;
};

inline std::string bits(ByteView bytes, std::string_view alphabet, unsigned width)
{
    std::string out;
    std::uint32_t value = 0;
    unsigned have = 0;
    for (const char c : bytes) {
        value = value << 8 | static_cast<unsigned char>(c);
        have += 8;
        while (have >= width) {
            have -= width;
            out.push_back(alphabet[value >> have & ((1U << width) - 1)]);
        }
    }
    if (have > 0) {
        out.push_back(alphabet[value << (width - have) & ((1U << width) - 1)]);
    }
    return out;
}

inline std::string toBase64(ByteView bytes, bool padded = true)
{
    auto out = bits(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6);
    while (padded && out.size() % 4 != 0) {
        out.push_back('=');
    }
    return out;
}
inline std::string toBase64Url(ByteView bytes)
{
    return bits(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6);
}
inline std::string toBase32(ByteView bytes)
{
    return bits(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5);
}
inline std::string hexOf(ByteView bytes)
{
    return bits(bytes, hexDigits, 4);
}

inline std::string toBase58(ByteView bytes)
{
    constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::string digits; // least significant first
    for (const char c : bytes) {
        unsigned carry = static_cast<unsigned char>(c);
        for (auto& digit : digits) {
            carry += static_cast<unsigned char>(digit) * 256U;
            digit = static_cast<char>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58) {
            digits.push_back(static_cast<char>(carry % 58));
        }
    }
    std::string out;
    for (const char c : bytes) {
        if (c != 0) {
            break;
        }
        out.push_back('1');
    }
    std::for_each(digits.rbegin(), digits.rend(),
        [&](char digit) { out.push_back(alphabet[static_cast<unsigned char>(digit)]); });
    return out;
}

inline std::string shaBytes(ByteView bytes)
{
    const auto digest = sha256(bytes);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
inline std::string toBase58Check(const std::string& payload)
{
    return toBase58(payload + shaBytes(shaBytes(payload)).substr(0, 4));
}

// BIP-173: the human part, "1", the data and six characters of checksum; upper case as age writes it.
inline std::string toBech32(std::string_view human, ByteView bytes)
{
    constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    constexpr std::uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    auto data = bits(bytes,
        std::string_view("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
                         "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f",
            32),
        5);
    std::string all;
    for (const char c : human) {
        all.push_back(static_cast<char>(c >> 5));
    }
    all.push_back('\0');
    for (const char c : human) {
        all.push_back(static_cast<char>(c & 31));
    }
    all += data + std::string(6, '\0');
    std::uint32_t sum = 1;
    for (const char c : all) {
        const auto top = sum >> 25;
        sum = (sum & 0x1ffffff) << 5 ^ static_cast<unsigned char>(c);
        for (unsigned i = 0; i < 5; ++i) {
            sum ^= (top >> i & 1) != 0 ? generator[i] : 0;
        }
    }
    sum ^= 1;
    for (int i = 0; i < 6; ++i) {
        data.push_back(static_cast<char>(sum >> (5 * (5 - i)) & 31));
    }
    std::string out(human);
    out += '1';
    for (const char c : data) {
        out += alphabet[static_cast<unsigned char>(c)];
    }
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

inline std::string upperHex8(std::uint32_t value)
{
    char text[16];
    std::snprintf(text, sizeof text, "%08X", value);
    return text;
}

// A personal token of GitHub with the right checksum.
inline std::string githubToken(Letters& letters)
{
    const auto body = letters.of(base62, 30);
    return std::string("gh") + "p_" + body + toBase62(crc32(body), 6);
}
inline std::string jwt(std::string_view header, std::string_view payload, Letters& letters)
{
    return toBase64Url(header) + '.' + toBase64Url(payload) + '.' + letters.of(base62, 43);
}

inline Analysis analyzed(std::string bytes, std::string path = "t.ipynb")
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    const ScanOptions options;
    Budget budget(options.limits);
    return engine::analyze(std::move(artifact), options, budget);
}

// The place of the diagnostic with this code in the file, when there is one and it makes the file count as read in
// part.
inline std::optional<std::uint64_t> gapAt(const Analysis& analysis, std::string_view code)
{
    for (const auto& diagnostic : analysis.facts.diagnostics) {
        if (diagnostic.code == code && diagnostic.level == DiagnosticLevel::Incomplete
            && analysis.facts.status == ReadStatus::Partial) {
            return diagnostic.offset;
        }
    }
    return {};
}

inline std::string jsonString(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out + '"';
}
inline std::string notebookOf(std::string_view sourceAsJson)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": )"
        + std::string(sourceAsJson) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace cupel::test
