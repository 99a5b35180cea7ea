// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras_code_text.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"

#include <cstdint>

namespace cupel::formats {

namespace {

constexpr std::size_t shortest = 30; // with quotes
constexpr std::size_t longest = 16 << 20;

bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Whether its first letters are those of a marshalled function. An escape may be any of them.
bool mayBeBase64(ByteView inside)
{
    std::string first;
    for (std::size_t at = 0; at < inside.size() && first.size() < 2; ++at) {
        const char c = inside[at];
        if (c == '\\' && at + 1 < inside.size() && inside[at + 1] == 'u') {
            return first.empty() || first == "Y" || first == "4";
        }
        if (c == '\\') {
            ++at;
        } else if (isLetter(c)) {
            first += c;
        }
    }
    return first.size() == 2 && (first[0] == 'Y' || first[0] == '4') && first[1] >= 'w' && first[1] <= 'z';
}

// What Python's codec takes of it: everything else is passed over, up to an end of padding.
std::string lettersOf(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '=' && out.size() % 4 >= 2) {
            break;
        }
        if (isLetter(c)) {
            out += c;
        }
    }
    return out;
}

std::optional<std::string> latin1(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if (byte < 0x80) {
            out += text[i];
        } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size()) {
            out += static_cast<char>((byte & 3) << 6 | (static_cast<std::uint8_t>(text[++i]) & 0x3F));
        } else {
            return std::nullopt;
        }
    }
    return out;
}

} // namespace

std::optional<std::string> marshalledBytes(ByteView text, ByteRange quoted)
{
    if (quoted.size() < shortest) {
        return std::nullopt;
    }
    const auto inside = slice(text, {quoted.start + 1, quoted.end - 1});
    const bool base64 = mayBeBase64(inside);
    const bool raw = inside.starts_with("c\\u0000") || inside.starts_with("\xc3\xa3\\u0000")
        || inside.starts_with("\\u00e3\\u0000") || inside.starts_with("\\u00E3\\u0000");
    if (!base64 && !raw) {
        return std::nullopt;
    }
    std::string decoded;
    OffsetMap map;
    unescapeJson(text, quoted.start + 1, quoted.end, true, decoded, map, longest);
    return raw ? latin1(decoded) : decodeBase64(lettersOf(decoded));
}

} // namespace cupel::formats
