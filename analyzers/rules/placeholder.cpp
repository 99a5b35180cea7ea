// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/placeholder.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cupel::rules {

namespace {

constexpr std::array<std::string_view, 2> openings{"<", "&lt;"};
constexpr std::array<std::string_view, 2> closings{">", "&gt;"};
constexpr std::size_t longest = 48; // of a whole placeholder

bool isNameByte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Length of the placeholder at the start of `text`, 0: none.
std::size_t placeholderLength(ByteView text)
{
    for (std::size_t form = 0; form < openings.size(); ++form) {
        if (!text.starts_with(openings[form])) {
            continue;
        }
        auto at = openings[form].size();
        const auto name = at;
        while (at < text.size() && at - name < longest && isNameByte(text[at])) {
            ++at;
        }
        const auto word = text.substr(name, at - name);
        const auto underscore = word.rfind('_');
        const bool numbered = underscore != ByteView::npos && underscore > 0 && word.size() - underscore > 2
            && word.find_first_not_of("0123456789", underscore + 1) == ByteView::npos;
        if (numbered && text.substr(at).starts_with(closings[form])) {
            return at + closings[form].size();
        }
    }
    return 0;
}

} // namespace

bool isFixPlaceholder(ByteView text, ByteRange value)
{
    constexpr std::uint64_t mostBeside = 6; // quotes, brackets, the end of an entity
    const auto from = value.start - std::min<std::uint64_t>(value.start, longest);
    const auto to = std::min<std::uint64_t>(text.size(), value.end + longest);
    for (auto at = from; at < to && at < value.end; ++at) {
        if (text[at] != '<' && text[at] != '&') {
            continue;
        }
        const auto length = placeholderLength(text.substr(at, to - at));
        if (length > 0 && at + length > value.start) {
            const auto before = at > value.start ? at - value.start : 0;
            const auto after = value.end > at + length ? value.end - at - length : 0;
            return before + after <= mostBeside;
        }
    }
    return false;
}

} // namespace cupel::rules
