// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/checksums.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/hash.h"

#include <algorithm>
#include <vector>

namespace cupel {

std::uint16_t crc16Xmodem(ByteView bytes)
{
    std::uint32_t crc = 0;
    for (const char c : bytes) {
        crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 0x8000U) ? (crc << 1) ^ 0x1021U : crc << 1;
        }
    }
    return static_cast<std::uint16_t>(crc & 0xFFFFU);
}

std::uint32_t crc24OpenPgp(ByteView bytes)
{
    std::uint32_t crc = 0xB704CE;
    for (const char c : bytes) {
        crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16;
        for (int bit = 0; bit < 8; ++bit) {
            crc <<= 1;
            if (crc & 0x1000000U) {
                crc ^= 0x1864CFBU;
            }
        }
    }
    return crc & 0xFFFFFFU;
}

std::string toBase62(std::uint64_t value, std::size_t digits)
{
    static constexpr char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string out;
    while (value > 0) {
        out.push_back(alphabet[value % 62]);
        value /= 62;
    }
    while (out.size() < digits) {
        out.push_back('0');
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::optional<std::string> decodeBase58Check(ByteView text)
{
    auto bytes = decodeBase58(text);
    if (!bytes || bytes->size() < 5) {
        return {};
    }
    const auto payload = ByteView(*bytes).substr(0, bytes->size() - 4);
    const auto once = sha256(payload);
    const auto twice = sha256(ByteView(reinterpret_cast<const char*>(once.data()), once.size()));
    const auto tail = ByteView(*bytes).substr(payload.size());
    if (!std::equal(tail.begin(), tail.end(), reinterpret_cast<const char*>(twice.data()))) {
        return {};
    }
    bytes->resize(payload.size());
    return bytes;
}

bool isBech32(ByteView text)
{
    static constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto separator = lower.rfind('1');
    if (separator == std::string::npos || separator == 0 || lower.size() < separator + 7) {
        return false;
    }
    std::uint32_t check = 1;
    const auto feed = [&check](std::uint32_t value) {
        static constexpr std::uint32_t generator[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
        const auto top = check >> 25;
        check = (check & 0x1FFFFFF) << 5 ^ value;
        for (int i = 0; i < 5; ++i) {
            check ^= (top >> i & 1) ? generator[i] : 0;
        }
    };
    for (std::size_t i = 0; i < separator; ++i) {
        feed(static_cast<unsigned char>(lower[i]) >> 5);
    }
    feed(0);
    for (std::size_t i = 0; i < separator; ++i) {
        feed(static_cast<unsigned char>(lower[i]) & 31);
    }
    for (std::size_t i = separator + 1; i < lower.size(); ++i) {
        const auto value = alphabet.find(lower[i]);
        if (value == std::string_view::npos) {
            return false;
        }
        feed(static_cast<std::uint32_t>(value));
    }
    return check == 1 || check == 0x2BC830A3; // bech32 or bech32m
}

} // namespace cupel
