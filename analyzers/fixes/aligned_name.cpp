// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/aligned_name.h"

#include "analyzers/base/utf8.h"

#include <algorithm>
#include <cstddef>

namespace cupel::fixes {

namespace {

constexpr std::size_t gap = 2; // blanks between columns; with fewer, a table is read as words

} // namespace

AlignedName alignedName(ByteView text, ByteRange within, ByteRange place, std::string_view value, std::string_view name)
{
    const auto end = std::min<std::uint64_t>(within.end, text.size());
    std::size_t left = 0;
    while (place.start - left > within.start && text[place.start - left - 1] == ' ') {
        ++left;
    }
    std::size_t right = 0;
    while (place.end + right < end && text[place.end + right] == ' ') {
        ++right;
    }
    // A line ends with the text, a line break, or the JSON that writes one.
    const bool last = place.end >= end || std::string_view("\r\n\\\"").find(text[place.end]) != std::string_view::npos;
    const bool toTheRight = left >= gap && (right > 0 || last);
    AlignedName out{place, std::string(name)};
    if (!toTheRight && right < gap) {
        return out;
    }
    const auto width = countCodePoints(value);
    const auto wanted = countCodePoints(name);
    if (wanted < width) {
        out.text.insert(toTheRight ? 0 : name.size(), width - wanted, ' ');
        return out;
    }
    const std::size_t room = (toTheRight ? left : right) - gap;
    const std::size_t taken = std::min(wanted - width, room);
    toTheRight ? out.place.start -= taken : out.place.end += taken;
    return out;
}

} // namespace cupel::fixes
