// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/base64_text.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/image/address_sign.h"

#include <algorithm>

namespace cupel::formats {

namespace {

bool isMeant(char c)
{
    return isBase64Letter(c) || isAddressBlank(c) || c == '=';
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

Base64Sign base64SignAt(ByteView text, std::uint64_t at)
{
    const auto one = addressSignAt(text, at);
    if (one.sign == '%') {
        const auto code = percentCode(text, one);
        const char meant = code.byte > 0 && code.byte < 0x80 ? static_cast<char>(code.byte) : '\0';
        return isMeant(meant) ? Base64Sign{meant, at, code.end} : Base64Sign{text[at], at, at + 1};
    }
    return isMeant(one.sign) ? Base64Sign{one.sign, at, one.end} : Base64Sign{text[at], at, at + 1};
}

Base64Sign nextBase64Sign(ByteView text, std::uint64_t at)
{
    while (at < text.size()) {
        if (text[at] == '"') { // a string of a list ends: on to the next one
            at = std::min<std::uint64_t>(text.find('"', at + 1), text.size() - 1) + 1;
            continue;
        }
        const auto one = base64SignAt(text, at);
        if (!isAddressBlank(one.sign)) {
            return one;
        }
        at = one.end;
    }
    return {'\0', text.size(), text.size()};
}

Base64Sign nextAddressByte(ByteView text, std::uint64_t at)
{
    while (at < text.size()) {
        const auto one = addressSignAt(text, at);
        if (one.sign == '%') {
            if (const auto code = percentCode(text, one); code.byte >= 0) {
                return {static_cast<char>(code.byte), at, code.end};
            }
        }
        if (one.sign != '\t' && one.sign != '\n' && one.sign != '\r') {
            return {one.sign == '\0' ? text[at] : one.sign, at, one.sign == '\0' ? at + 1 : one.end};
        }
        at = one.end;
    }
    return {'\0', text.size(), text.size()};
}

bool isPercentCode(ByteView text)
{
    constexpr std::size_t enough = 64; // of a picture
    const auto head = text.substr(0, enough * 3);
    for (auto at = head.find('%'); at != ByteView::npos; at = head.find('%', at + 1)) {
        const auto byte = readHex(head, at + 1, 2);
        if (byte == 0 || byte >= 0x80 || (byte > 0 && !isMeant(static_cast<char>(byte)))) {
            return true;
        }
    }
    return false;
}

} // namespace cupel::formats
