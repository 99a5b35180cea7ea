// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/shape.h"

#include "analyzers/rules/pii/character_bits.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cupel::rules::pii {

namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

bool readCount(std::string_view text, std::size_t& at, ShapePart& part)
{
    const auto number = [&]() -> int {
        int value = 0;
        const auto from = at;
        while (at < text.size() && isDigit(text[at]) && at - from < 3) {
            value = value * 10 + (text[at++] - '0');
        }
        return at == from ? -1 : value;
    };
    ++at; // the brace
    const int least = number();
    int most = least;
    if (at < text.size() && text[at] == ',') {
        ++at;
        most = number();
    }
    if (least < 0 || most < std::max(1, least) || most > 100 || at >= text.size() || text[at++] != '}') {
        return false;
    }
    part.least = static_cast<std::uint8_t>(least);
    part.most = static_cast<std::uint8_t>(most);
    return true;
}

bool readPart(std::string_view text, std::size_t& at, ShapePart& part)
{
    using Type = ShapePart::Type;
    const char c = text[at++];
    if (c == '[') {
        const auto end = text.find(']', at);
        if (end == std::string_view::npos || end == at) {
            return false;
        }
        part.type = Type::Class;
        part.set = text.substr(at, end - at);
        at = end + 1;
    } else {
        part.type = c == '#' ? Type::Digit : c == '@' ? Type::Letter : c == '*' ? Type::Either : Type::Literal;
        part.set.assign(1, c);
    }
    part.bits = part.type == Type::Digit ? DigitBit
        : part.type == Type::Letter      ? LetterBit
        : part.type == Type::Either      ? DigitBit | LetterBit
                                         : 0;
    std::transform(part.set.begin(), part.set.end(), part.set.begin(), upper);
    return at >= text.size() || text[at] != '{' || readCount(text, at, part);
}

bool readParts(std::string_view text, Shape& shape)
{
    constexpr std::size_t many = 16; // parts
    std::size_t at = 0;
    bool letters = false;
    std::vector<ShapePart> parts;
    parts.reserve(many);
    while (at < text.size()) {
        ShapePart part;
        if (!readPart(text, at, part)) {
            return false;
        }
        shape.spaced = shape.spaced || part.set == " ";
        letters = letters || part.type == ShapePart::Type::Letter || part.type == ShapePart::Type::Either
            || std::any_of(part.set.begin(), part.set.end(), isLetter);
        auto* last = parts.empty() ? nullptr : &parts.back();
        if (last && last->type == part.type && last->set == part.set && part.type != ShapePart::Type::Class
            && last->least == last->most && last->most + part.most <= 100) {
            last->least = static_cast<std::uint8_t>(last->least + part.least);
            last->most = static_cast<std::uint8_t>(last->most + part.most);
        } else {
            parts.push_back(std::move(part));
        }
    }
    shape.onlyDigits = !letters;
    shape.parts.assign(std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
    return !shape.parts.empty();
}

bool fits(const ShapePart& part, char c)
{
    return part.bits != 0                       ? (classOf(c) & part.bits) != 0
        : part.type == ShapePart::Type::Literal ? upper(c) == part.set[0]
                                                : part.set.find(upper(c)) != std::string::npos;
}

} // namespace

std::vector<Shape> readShape(std::string_view text)
{
    auto demand = Shape::Demand::OfRow;
    if (text.starts_with('?') || text.starts_with('!')) {
        demand = text[0] == '?' ? Shape::Demand::Context : Shape::Demand::Nothing;
        text.remove_prefix(1);
    }
    static constexpr std::array<std::string_view, 3> separators{"", " ", "-"};
    const bool optional = text.find('~') != std::string_view::npos;
    const bool needed = text.find('_') != std::string_view::npos;
    const std::size_t first = optional || !needed ? 0 : 1;
    const std::size_t last = optional || needed ? separators.size() : 1;
    std::vector<Shape> out;
    for (auto i = first; i < last; ++i) {
        std::string plain;
        for (const char c : text) {
            if (c == '~' || c == '_') {
                plain.append(separators[i]);
            } else {
                plain.push_back(c);
            }
        }
        Shape shape;
        shape.demand = demand;
        if (!readParts(plain, shape)) {
            return {};
        }
        out.push_back(std::move(shape));
    }
    return out;
}

std::size_t matchShape(const Shape& shape, std::string_view text, std::size_t at)
{
    for (const auto& part : shape.parts) {
        std::size_t count = 0;
        while (count < part.most && at < text.size() && fits(part, text[at])) {
            ++count;
            ++at;
        }
        if (count < part.least) {
            return std::string_view::npos;
        }
    }
    return at;
}

std::string compact(std::string_view value, bool fold)
{
    std::string out;
    out.reserve(value.size());
    for (const char c : value) {
        if (isDigit(c) || isLetter(c)) {
            out.push_back(fold ? upper(c) : c);
        }
    }
    return out;
}

} // namespace cupel::rules::pii
