// SPDX-License-Identifier: GPL-3.0-or-later
// The five signs that markup (HTML, XML, Graphviz labels) reads as its own. Source: XML 1.0, section 4.6; HTML, 13.1.4:
// "&#39;" because HTML 4 knows no "&apos;".
#pragma once

#include <string_view>

namespace cupel {

// What is written instead of `sign`; empty for every other sign, which is written as it is.
[[nodiscard]] constexpr std::string_view entityOf(char sign)
{
    switch (sign) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

} // namespace cupel
