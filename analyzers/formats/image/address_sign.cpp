// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/image/address_sign.h"

#include "analyzers/base/encodings.h"
#include "analyzers/formats/html/html_tokens.h"

#include <string>
#include <string_view>

namespace cupel::formats {

namespace {

char ascii(std::int64_t point)
{
    return point > 0 && point < 0x80 ? static_cast<char>(point) : '\0';
}

// "&#100;", and "&amp;#100;" of a page inside a frame.
AddressSign referenceAt(ByteView text, std::uint64_t at)
{
    constexpr std::size_t longest = 16;
    const auto one = readEntity(text, at);
    if (one.length == 0) {
        return {'&', at + 1};
    }
    const auto end = at + one.length;
    if (one.point == '&' && end < text.size() && text[end] == '#') {
        const auto inner = readEntity('&' + std::string(text.substr(end, longest)), 0);
        if (inner.length > 0) {
            return {ascii(inner.point), end + inner.length - 1};
        }
    }
    return {ascii(one.point), end};
}

// "\64 " of a style sheet: up to six digits, and a blank that ends them. `at`: of the first digit.
AddressSign styleEscape(ByteView text, std::uint64_t at)
{
    constexpr std::uint64_t mostDigits = 6;
    std::int64_t point = 0;
    auto end = at;
    for (; end < text.size() && end < at + mostDigits; ++end) {
        const auto digit = readHex(text, end, 1);
        if (digit < 0) {
            break;
        }
        point = point * 16 + digit;
    }
    end += end < text.size() && (text[end] == ' ' || text[end] == '\n' || text[end] == '\t') ? 1U : 0U;
    return {ascii(point), end};
}

AddressSign escapeAt(ByteView text, std::uint64_t at)
{
    auto next = at + 1;
    if (next < text.size() && text[next] == '\\') { // an escape inside a string of JSON
        ++next;
    }
    const char c = next < text.size() ? text[next] : '\0';
    if (c >= '0' && c <= '9') {
        return styleEscape(text, next);
    }
    constexpr std::string_view blanks = "nrtf\n"; // the last one: a string that goes on in the next line
    constexpr std::string_view marks = "/:;,+=%";
    if (next == at + 1 && c != '\0' && blanks.find(c) != std::string_view::npos) {
        return {'\n', at + 2};
    }
    if (marks.find(c) != std::string_view::npos) {
        return {c, next + 1};
    }
    const auto point = next == at + 1 && c == 'u' ? readHex(text, at + 2, 4) : -1;
    return point >= 0 ? AddressSign{ascii(point), at + 6} : AddressSign{'\\', at + 1};
}

} // namespace

AddressSign addressSignAt(ByteView text, std::uint64_t at)
{
    switch (text[at]) {
    case '&':
        return referenceAt(text, at);
    case '\\':
        return escapeAt(text, at);
    default:
        return {ascii(static_cast<unsigned char>(text[at])), at + 1};
    }
}

PercentCode percentCode(ByteView text, const AddressSign& percent)
{
    std::int32_t byte = 0;
    auto end = percent.end;
    for (int digits = 0; digits < 2; ++digits) {
        const auto one = end < text.size() ? addressSignAt(text, end) : AddressSign{};
        const auto digit = readHex(ByteView(&one.sign, 1), 0, 1);
        if (digit < 0) {
            return {-1, percent.end};
        }
        byte = byte * 16 + static_cast<std::int32_t>(digit);
        end = one.end;
    }
    return {byte, end};
}

} // namespace cupel::formats
