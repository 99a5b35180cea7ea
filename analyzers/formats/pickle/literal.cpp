// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/literal.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace cupel::formats::pickle {

namespace {

int digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

void addUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// `count` hexadecimal digits from `at`; nothing when they are not there.
std::optional<std::uint32_t> hex(ByteView text, std::size_t at, std::size_t count)
{
    if (at + count > text.size()) {
        return {};
    }
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const int d = digit(text[i]);
        if (d < 0) {
            return {};
        }
        value = value * 16 + static_cast<std::uint32_t>(d);
    }
    return value;
}

// Python's raw-unicode-escape: only \u and \U mean something, after an odd number of backslashes; bytes are Latin-1.
std::optional<std::string> rawUnicode(ByteView text, std::size_t maxBytes)
{
    std::string out;
    bool escaped = false;
    for (std::size_t i = 0; i < text.size() && out.size() < maxBytes; ++i) {
        const char c = text[i];
        if (c == '\\' && !escaped && i + 1 < text.size() && (text[i + 1] == 'u' || text[i + 1] == 'U')) {
            const std::size_t count = text[i + 1] == 'u' ? 4 : 8;
            const auto code = hex(text, i + 2, count);
            if (!code || *code > 0x10FFFF) {
                return {};
            }
            addUtf8(out, *code);
            i += 1 + count;
            continue;
        }
        escaped = c == '\\' && !escaped;
        addUtf8(out, static_cast<unsigned char>(c));
    }
    return out;
}

constexpr std::string_view plainEscapes = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";

// One escape of a bytes literal; `i` is at the backslash and moves to the last byte of it.
bool escape(ByteView text, std::size_t& i, std::string& out)
{
    if (i + 1 >= text.size()) {
        return false;
    }
    const char c = text[++i];
    if (c == '\n') {
        return true;
    }
    if (c >= '0' && c <= '7') {
        int value = 0;
        std::size_t count = 0;
        while (count < 3 && i + count < text.size() && text[i + count] >= '0' && text[i + count] <= '7') {
            value = value * 8 + (text[i + count] - '0');
            ++count;
        }
        i += count - 1;
        out += static_cast<char>(value);
        return true;
    }
    if (c == 'x') {
        const auto code = hex(text, i + 1, 2);
        if (!code) {
            return false;
        }
        out += static_cast<char>(*code);
        i += 2;
        return true;
    }
    for (std::size_t k = 0; k < plainEscapes.size(); k += 2) {
        if (plainEscapes[k] == c) {
            out += plainEscapes[k + 1];
            return true;
        }
    }
    (out += '\\') += c;
    return true;
}

// The argument of STRING: quoted, with the escapes of a bytes literal.
std::optional<std::string> quotedString(ByteView text, std::size_t maxBytes)
{
    if (text.size() < 2 || text.front() != text.back() || (text.front() != '\'' && text.front() != '"')) {
        return {};
    }
    text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < maxBytes; ++i) {
        if (text[i] != '\\') {
            out += text[i];
        } else if (!escape(text, i, out)) {
            return {};
        }
    }
    return out;
}

ByteView trimmed(ByteView line)
{
    constexpr std::string_view blanks = " \t\n\r\f\v";
    const auto first = line.find_first_not_of(blanks);
    return first == ByteView::npos ? ByteView{} : line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

// PyLong_FromString with base 0 or 10: sign, prefix, digits with single underscores. Nothing: refused.
struct Digits {
    bool negative = false;
    unsigned base = 10;
    std::string digits;
};
std::optional<Digits> digitsOf(ByteView line, bool anyBase)
{
    auto text = trimmed(line);
    Digits out;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        out.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (anyBase && text.size() > 2 && text[0] == '0') {
        const char mark = static_cast<char>(text[1] | 0x20);
        out.base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        text.remove_prefix(out.base == 10 ? 0 : 2);
        if (out.base != 10 && text.front() == '_') {
            text.remove_prefix(1);
        }
    }
    if (text.empty() || text.front() == '_' || text.back() == '_' || text.find("__") != ByteView::npos) {
        return {};
    }
    for (const char c : text) {
        if (c == '_') {
            continue;
        }
        if (digit(c) < 0 || static_cast<unsigned>(digit(c)) >= out.base) {
            return {};
        }
        out.digits += c;
    }
    // Base 0 refuses "012": not Python's idea of an octal number.
    if (anyBase && out.base == 10 && out.digits.size() > 1 && out.digits[0] == '0'
        && out.digits.find_first_not_of('0') != std::string::npos) {
        return {};
    }
    return out;
}

std::optional<std::int64_t> small(const Digits& digits)
{
    std::int64_t value = 0;
    const auto* end = digits.digits.data() + digits.digits.size();
    const auto [stop, error] = std::from_chars(digits.digits.data(), end, value, static_cast<int>(digits.base));
    if (error != std::errc() || stop != end) {
        return {};
    }
    return digits.negative ? -value : value;
}

Value valueOf(std::int64_t number, std::uint64_t at)
{
    return Value::fits(number) ? Value::integer(number) : Value(Tag::BigInt, at);
}

// CPython gives lines to functions of C, for which a zero byte is the end of the text.
ByteView beforeZero(ByteView line)
{
    return line.substr(0, line.find('\0'));
}

// Longer lines are numbers nobody writes: they are taken for one, because what comes behind must be seen.
constexpr std::size_t longestNumber = 1 << 16;

// strtol with base 0 comes first in CPython: it takes old octal numbers, and nothing at all before a zero byte.
std::optional<Value> intLine(ByteView line, std::uint64_t at)
{
    if (line.empty()) {
        return {};
    }
    const std::string text(beforeZero(line).substr(0, longestNumber + 1));
    if (text.size() > longestNumber) {
        return Value(Tag::BigInt, at);
    }
    char* end = nullptr;
    errno = 0;
    const long value = std::strtol(text.c_str(), &end, 0);
    if (errno == 0 && *end == '\0') {
        if (line.size() == 2 && (value == 0 || value == 1)) {
            return Value(value == 1 ? Tag::True : Tag::False); // "00" and "01", and what reads the same
        }
        return valueOf(value, at);
    }
    const auto digits = digitsOf(text, true);
    if (!digits) {
        return {};
    }
    const auto number = small(*digits);
    return number ? valueOf(*number, at) : Value(Tag::BigInt, at);
}

std::optional<Value> longLine(ByteView line, std::uint64_t at)
{
    if (line.ends_with('L')) {
        line.remove_suffix(1);
    }
    const auto digits = digitsOf(beforeZero(line), true);
    if (!digits) {
        return {};
    }
    const auto number = small(*digits);
    return number ? valueOf(*number, at) : Value(Tag::BigInt, at);
}

__extension__ typedef __int128 Wide; // NOLINT(modernize-use-using)
__extension__ typedef unsigned __int128 UnsignedWide; // NOLINT(modernize-use-using)

Wide wideOf(ByteView little)
{
    Wide value = !little.empty() && (static_cast<unsigned char>(little.back()) & 0x80) ? -1 : 0;
    for (std::size_t i = little.size(); i > 0; --i) {
        value = static_cast<Wide>((static_cast<UnsignedWide>(value) << 8) | static_cast<unsigned char>(little[i - 1]));
    }
    return value;
}

} // namespace

std::optional<std::string> decodeLiteral(ByteView bytes, const Op& op, std::size_t maxBytes)
{
    const auto content = slice(bytes, op.text);
    switch (op.code) {
    case Code::Unicode:
        return rawUnicode(content, maxBytes);
    case Code::String:
        return quotedString(content, maxBytes);
    default:
        return std::string(content.substr(0, maxBytes));
    }
}

std::optional<std::string> literalOf(ByteView bytes, Value value, std::size_t maxBytes)
{
    Op op;
    if ((value.tag() != Tag::Text && value.tag() != Tag::Bytes)
        || readOp(bytes, value.payload(), op) != ReadResult::Ok) {
        return {};
    }
    return decodeLiteral(bytes, op, maxBytes);
}

ByteRange literalRange(ByteView bytes, Value value)
{
    Op op;
    const bool literal = value.tag() == Tag::Text || value.tag() == Tag::Bytes;
    return literal && readOp(bytes, value.payload(), op) == ReadResult::Ok ? op.text : ByteRange{};
}

std::optional<Value> numberOf(ByteView bytes, const Op& op)
{
    const auto content = slice(bytes, op.text);
    switch (op.code) {
    case Code::Int:
        return intLine(content, op.at);
    case Code::Long:
        return longLine(content, op.at);
    default:
        if (content.size() > 8) {
            return Value(Tag::BigInt, op.at);
        }
        return valueOf(static_cast<std::int64_t>(wideOf(content)), op.at);
    }
}

std::string bigNumberText(ByteView bytes, std::uint64_t at)
{
    Op op;
    if (readOp(bytes, at, op) != ReadResult::Ok) {
        return "<integer>";
    }
    const auto content = slice(bytes, op.text);
    if (op.code == Code::Int || op.code == Code::Long) {
        auto line = beforeZero(content); // what comes behind it may be any bytes
        line = trimmed(line.ends_with('L') ? line.substr(0, line.size() - 1) : line);
        return line.size() <= 40 ? std::string(line) : "<integer of " + std::to_string(line.size()) + " digits>";
    }
    if (op.code == Code::BinInt) {
        return std::to_string(static_cast<std::int64_t>(op.number));
    }
    if (content.size() > 15) {
        return "<integer of " + std::to_string(content.size()) + " bytes>";
    }
    auto value = wideOf(content);
    const bool negative = value < 0;
    std::string digits;
    do {
        const int last = static_cast<int>(value % 10);
        digits += static_cast<char>('0' + (last < 0 ? -last : last));
        value /= 10;
    } while (value != 0);
    digits += negative ? "-" : "";
    return {digits.rbegin(), digits.rend()};
}

std::string floatText(const Op& op)
{
    std::uint64_t big = 0;
    for (unsigned i = 0; i < 8; ++i) {
        big = (big << 8) | ((op.number >> (8 * i)) & 0xFF);
    }
    const auto value = std::bit_cast<double>(big);
    if (!std::isfinite(value)) {
        return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    }
    // The shortest digits that give the same number; Python writes an exponent from 1e16 on and below 1e-4.
    const double size = std::abs(value);
    const bool plain = value == 0 || (size >= 1e-4 && size < 1e16);
    char buffer[48];
    const auto end = std::to_chars(
        buffer, buffer + sizeof buffer, value, plain ? std::chars_format::fixed : std::chars_format::scientific);
    std::string out(buffer, end.ptr);
    return plain && out.find('.') == std::string::npos ? out + ".0" : out;
}

bool isFloatLine(ByteView line)
{
    const std::string text(beforeZero(line).substr(0, longestNumber + 1));
    if (text.size() > longestNumber) {
        return true;
    }
    if (text.empty() || text.find_first_of("xX \t") != std::string::npos) {
        return false;
    }
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return end != text.c_str() && (*end == '\0' || *end == '\r');
}

std::optional<std::uint64_t> memoIndex(ByteView line)
{
    const auto digits = digitsOf(beforeZero(line), false);
    const auto number = digits ? small(*digits) : std::nullopt;
    if (!number || *number < 0) {
        return {};
    }
    return static_cast<std::uint64_t>(*number);
}

} // namespace cupel::formats::pickle
