// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/exclusions.h"

#include <algorithm>

namespace cupel::rules::pii {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

} // namespace

bool continuesBefore(ByteView text, std::size_t start, const Shape& shape)
{
    if (start == 0) {
        return false;
    }
    const char before = text[start - 1];
    const char second = start > 1 ? text[start - 2] : '\0';
    // "\n1234": the end of an escape that was printed is not a letter of the value.
    const bool escape = second == '\\' && (before == 'n' || before == 't' || before == 'r');
    if (isWord(before) && !escape) {
        return true;
    }
    if (static_cast<unsigned char>(before) >= 0x80) {
        return !shape.onlyDigits; // scripts without blanks write a number right behind its word
    }
    switch (before) {
    case '.':
    case '-':
    case '/':
        return isWord(second);
    case ':':
        return isDigit(second);
    case '+':
    case '$':
    case '#':
    case '%':
    case '&':
    case '@':
        return true;
    case ' ':
        return shape.spaced && shape.onlyDigits && isDigit(second); // in the middle of a longer group of numbers
    default:
        return false;
    }
}

bool continuesBehind(ByteView text, std::size_t end, const Shape& shape)
{
    if (end >= text.size()) {
        return false;
    }
    const char next = text[end];
    const char second = end + 1 < text.size() ? text[end + 1] : '\0';
    if (isWord(next)) {
        return true;
    }
    switch (next) {
    case '.':
    case ':':
        return isDigit(second);
    case '-':
    case '/':
        return isWord(second);
    case '%':
    case '@':
        return true;
    case ' ':
        return shape.spaced && shape.onlyDigits && isDigit(second);
    default:
        return false;
    }
}

bool isPublishedSample(const PiiRow& row, std::string_view compactValue)
{
    auto list = row.exclude;
    while (!list.empty()) {
        const auto end = std::min(list.find(' '), list.size());
        if (list.substr(0, end) == compactValue) {
            return true;
        }
        list.remove_prefix(std::min(list.size(), end + 1));
    }
    return false;
}

} // namespace cupel::rules::pii
