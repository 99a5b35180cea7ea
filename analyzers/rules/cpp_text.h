// SPDX-License-Identifier: GPL-3.0-or-later
// How the programs of the build write texts of rules into C++ tables. Build time only.
#pragma once

#include <cstdio>
#include <string>

namespace cupel::rules {

// A literal with its length known to the compiler, so that a table costs no counting in constant expressions.
[[nodiscard]] inline std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte >= 0x7F || c == '?') {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\%03o", byte);
            out += escaped;
        } else {
            out += c;
        }
    }
    return out + "\"sv";
}

} // namespace cupel::rules
