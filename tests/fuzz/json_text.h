// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a string of JSON, for targets that build a notebook around their input.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace cupel::fuzz {

inline std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        char code[8];
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 32) {
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += code;
        } else {
            out += static_cast<unsigned char>(c) < 128 ? c : '?';
        }
    }
    return out + '"';
}

} // namespace cupel::fuzz
