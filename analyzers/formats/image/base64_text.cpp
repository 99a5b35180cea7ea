// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/base64_text.h"

#include "analyzers/base/encodings.h"

#include <algorithm>

namespace cupel::formats {

namespace {

bool isMeant(char c)
{
    return isBase64Letter(c) || isAddressBlank(c) || c == '=';
}

// Behind a percent sign at the byte before `at`.
char hexAt(ByteView text, std::uint64_t at)
{
    const auto value = readHex(text, at, 2);
    const char c = value > 0 && value < 0x80 ? static_cast<char>(value) : '\0';
    return isMeant(c) ? c : '\0';
}

Base64Sign escapeAt(ByteView text, std::uint64_t at)
{
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == 'n' || next == 'r' || next == 't' || next == 'f') {
        return {' ', at, at + 2};
    }
    if (next == '/') {
        return {'/', at, at + 2};
    }
    const auto point = next == 'u' ? readHex(text, at + 2, 4) : -1;
    const char c = point > 0 && point < 0x80 ? static_cast<char>(point) : '\0';
    if (const char meant = c == '%' ? hexAt(text, at + 6) : '\0'; meant != '\0') {
        return {meant, at, at + 8};
    }
    return isMeant(c) ? Base64Sign{c, at, at + 6} : Base64Sign{'\\', at, at + 1};
}

} // namespace

bool isBase64Letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '-' || c == '_';
}

bool isAddressBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

char percentAt(ByteView text, std::uint64_t at)
{
    return at < text.size() && text[at] == '%' ? hexAt(text, at + 1) : '\0';
}

Base64Sign nextBase64Sign(ByteView text, std::uint64_t at)
{
    while (at < text.size()) {
        if (text[at] == '"') { // a string of a list ends: on to the next one
            at = std::min<std::uint64_t>(text.find('"', at + 1), text.size() - 1) + 1;
            continue;
        }
        const char code = percentAt(text, at);
        const auto one = text[at] == '\\' ? escapeAt(text, at)
            : code != '\0'                ? Base64Sign{code, at, at + 3}
                                          : Base64Sign{text[at], at, at + 1};
        if (!isAddressBlank(one.sign)) {
            return one;
        }
        at = one.end;
    }
    return {'\0', text.size(), text.size()};
}

} // namespace cupel::formats
