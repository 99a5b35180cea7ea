// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/natural_order.h"

#include <algorithm>

namespace cupel {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// A run of digits at the front, without zeros in front of it.
std::string_view takeNumber(std::string_view& text)
{
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
    auto number = text.substr(0, end);
    text.remove_prefix(end);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

} // namespace

bool naturallyBefore(std::string_view a, std::string_view b)
{
    auto left = a;
    auto right = b;
    while (!left.empty() && !right.empty()) {
        if (isDigit(left.front()) && isDigit(right.front())) {
            const auto one = takeNumber(left);
            const auto other = takeNumber(right);
            if (one != other) {
                return one.size() != other.size() ? one.size() < other.size() : one < other;
            }
            continue;
        }
        if (left.front() != right.front()) {
            return static_cast<unsigned char>(left.front()) < static_cast<unsigned char>(right.front());
        }
        left.remove_prefix(1);
        right.remove_prefix(1);
    }
    return left.empty() != right.empty() ? left.empty() : a < b;
}

} // namespace cupel
