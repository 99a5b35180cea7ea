// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/bare_number.h"

namespace cupel::fixes {

bool isBareNumber(ByteView text, ByteRange place)
{
    constexpr std::string_view before = "[,:";
    constexpr std::string_view after = "],}";
    if (place.start == 0 || slice(text, place).find_first_not_of("0123456789.-+eE") != ByteView::npos) {
        return false;
    }
    const auto left = text.find_last_not_of(' ', place.start - 1);
    const auto right = text.find_first_not_of(' ', place.end);
    return left != ByteView::npos && before.find(text[left]) != std::string_view::npos && right != ByteView::npos
        && after.find(text[right]) != std::string_view::npos;
}

} // namespace cupel::fixes
