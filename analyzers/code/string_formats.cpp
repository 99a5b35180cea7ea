// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/string_formats.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace cupel::code {

namespace {

const FormatArgument* byName(const std::vector<FormatArgument>& arguments, std::string_view name)
{
    const auto hit =
        std::find_if(arguments.begin(), arguments.end(), [name](const auto& each) { return each.name == name; });
    return hit == arguments.end() ? nullptr : &*hit;
}

const FormatArgument* byPlace(const std::vector<FormatArgument>& arguments, std::size_t place)
{
    return place < arguments.size() && arguments[place].name.empty() ? &arguments[place] : nullptr;
}

// What stands in braces up to a conversion or a format: "", "0", "name".
const FormatArgument* ofField(
    const std::vector<FormatArgument>& arguments, std::string_view field, std::size_t& nextPlace)
{
    const auto name = field.substr(0, field.find_first_of("!:"));
    if (name.empty()) {
        return byPlace(arguments, nextPlace++);
    }
    std::size_t place = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), place);
    return error == std::errc() && end == name.data() + name.size() ? byPlace(arguments, place)
                                                                    : byName(arguments, name);
}

} // namespace

std::optional<std::string> fillPercent(
    std::string_view format, const std::vector<FormatArgument>& arguments, std::size_t cap)
{
    std::string out;
    std::size_t place = 0;
    bool filled = false;
    for (std::size_t at = 0; at < format.size() && out.size() < cap;) {
        const char kind = format[at] == '%' && at + 1 < format.size() ? format[at + 1] : '\0';
        if (kind == '%') {
            out.push_back('%');
            at += 2;
        } else if (kind == 's' || kind == 'd' || kind == 'r' || kind == 'i') {
            const auto* argument = byPlace(arguments, place++);
            const bool known = argument && argument->value;
            out += known ? std::string_view(*argument->value) : format.substr(at, 2);
            filled = filled || known;
            at += 2;
        } else {
            out.push_back(format[at++]);
        }
    }
    out.resize(std::min(out.size(), cap));
    return filled ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> fillBraces(
    std::string_view format, const std::vector<FormatArgument>& arguments, std::size_t cap)
{
    std::string out;
    std::size_t nextPlace = 0;
    bool filled = false;
    for (std::size_t at = 0; at < format.size() && out.size() < cap;) {
        const char c = format[at];
        if ((c == '{' || c == '}') && at + 1 < format.size() && format[at + 1] == c) {
            out.push_back(c);
            at += 2;
            continue;
        }
        constexpr std::size_t longestField = 4'096; // a name and a format; few bytes are looked at for each brace
        const auto length = c == '{' ? format.substr(at, longestField).find('}') : std::string_view::npos;
        if (length == std::string_view::npos) {
            out.push_back(c);
            ++at;
            continue;
        }
        const auto* argument = ofField(arguments, format.substr(at + 1, length - 1), nextPlace);
        const bool known = argument && argument->value;
        out += known ? std::string_view(*argument->value) : format.substr(at, length + 1);
        filled = filled || known;
        at += length + 1;
    }
    out.resize(std::min(out.size(), cap));
    return filled ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<char32_t> characterNumber(std::string_view literal)
{
    int base = 10;
    if (literal.size() > 2 && literal[0] == '0') {
        const char kind = static_cast<char>(literal[1] | 0x20);
        base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
        literal.remove_prefix(base == 10 ? 0 : 2);
    }
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(), value, base);
    constexpr std::uint32_t lastCharacter = 0x10'FFFF;
    return error == std::errc() && end == literal.data() + literal.size() && value <= lastCharacter
        ? std::optional(static_cast<char32_t>(value))
        : std::nullopt;
}

} // namespace cupel::code
