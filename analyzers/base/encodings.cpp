// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/encodings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <zlib.h>

namespace cupel {

namespace {

constexpr std::uint8_t invalid = 0xFF;

constexpr std::array<std::uint8_t, 256> tableFor(std::string_view alphabet)
{
    std::array<std::uint8_t, 256> table{};
    table.fill(invalid);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return table;
}

constexpr auto base64Table = [] {
    auto table = tableFor("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    table['-'] = 62;
    table['_'] = 63;
    return table;
}();
constexpr auto base32Table = tableFor("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
constexpr auto base58Table = tableFor("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
constexpr auto hexTable = [] {
    auto table = tableFor("0123456789abcdef");
    for (char c = 'A'; c <= 'F'; ++c) {
        table[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(c - 'A' + 10);
    }
    return table;
}();

// Shared by base64 (6 bits a character) and base32 (5).
std::optional<std::string> decodeBits(ByteView text, const std::array<std::uint8_t, 256>& table, unsigned bitsPerChar)
{
    std::string out;
    out.reserve(text.size() * bitsPerChar / 8 + 1);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    bool padding = false;
    for (const char c : text) {
        if (c == '=') {
            padding = true;
            continue;
        }
        if (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
            continue;
        }
        const auto value = table[static_cast<unsigned char>(c)];
        if (value == invalid || padding) {
            return {};
        }
        buffer = (buffer << bitsPerChar) | value;
        bits += bitsPerChar;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((buffer >> bits) & 0xFF));
        }
    }
    if (bits >= bitsPerChar) {
        return {}; // a lone last character carries no whole byte
    }
    return out;
}

} // namespace

std::optional<std::string> decodeBase64(ByteView text)
{
    return decodeBits(text, base64Table, 6);
}
std::optional<std::string> decodeBase32(ByteView text)
{
    return decodeBits(text, base32Table, 5);
}

std::optional<std::string> decodeBase58(ByteView text, std::size_t maxChars)
{
    // Quadratic by nature: only for short things such as keys.
    if (text.empty() || text.size() > maxChars) {
        return {};
    }
    std::vector<std::uint8_t> big;
    for (const char c : text) {
        std::uint32_t carry = base58Table[static_cast<unsigned char>(c)];
        if (carry == invalid) {
            return {};
        }
        for (auto& byte : big) {
            carry += static_cast<std::uint32_t>(byte) * 58;
            byte = static_cast<std::uint8_t>(carry & 0xFF);
            carry >>= 8;
        }
        for (; carry != 0; carry >>= 8) {
            big.push_back(static_cast<std::uint8_t>(carry & 0xFF));
        }
    }
    const auto zeros = std::min(text.find_first_not_of('1'), text.size());
    std::string out(zeros, '\0');
    out.append(big.rbegin(), big.rend());
    return out;
}

std::optional<std::string> decodeHex(ByteView text)
{
    if (text.size() % 2 != 0) {
        return {};
    }
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hexTable[static_cast<unsigned char>(text[i])];
        const auto low = hexTable[static_cast<unsigned char>(text[i + 1])];
        if (high == invalid || low == invalid) {
            return {};
        }
        out.push_back(static_cast<char>(high << 4 | low));
    }
    return out;
}

std::int64_t readHex(ByteView text, std::size_t at, std::size_t digits)
{
    if (at > text.size() || text.size() - at < digits) {
        return -1;
    }
    std::int64_t number = 0;
    for (const char c : text.substr(at, digits)) {
        const auto digit = hexTable[static_cast<unsigned char>(c)];
        if (digit == invalid) {
            return -1;
        }
        number = number * 16 + digit;
    }
    return number;
}

std::string decodePercent(ByteView text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto high = hexTable[static_cast<unsigned char>(text[i + 1])];
            const auto low = hexTable[static_cast<unsigned char>(text[i + 2])];
            if (high != invalid && low != invalid) {
                out.push_back(static_cast<char>(high << 4 | low));
                i += 2;
                continue;
            }
        }
        out.push_back(text[i]);
    }
    return out;
}

static std::optional<std::string> inflateWith(int window, ByteView bytes, std::size_t maxBytes, Budget& budget)
{
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK) {
        return {};
    }
    std::string out;
    std::array<char, 16'384> buffer{};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), 1U << 30));
    int state = Z_OK;
    while (state == Z_OK && out.size() < maxBytes && budget.inflate(buffer.size())) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
        if (stream.avail_in == 0 && stream.avail_out != 0) {
            break;
        }
    }
    inflateEnd(&stream);
    return out.empty() ? std::nullopt : std::optional(std::move(out));
}

std::optional<std::string> inflate(ByteView bytes, std::size_t maxBytes, Budget& budget)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const bool gzip = bytes.size() > 18 && at(0) == 0x1F && at(1) == 0x8B;
    const bool zlib = bytes.size() > 6 && (at(0) & 0x0F) == 8 && (at(0) >> 4) <= 7 && (at(0) * 256 + at(1)) % 31 == 0;
    if (!gzip && !zlib) {
        return {};
    }
    return inflateWith(15 + 32, bytes, maxBytes, budget);
}

std::optional<std::string> inflateRaw(ByteView bytes, std::size_t maxBytes, Budget& budget)
{
    return inflateWith(-15, bytes, maxBytes, budget);
}

} // namespace cupel
