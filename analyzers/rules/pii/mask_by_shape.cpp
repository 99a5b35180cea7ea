// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/text_scanner.h"

#include <cctype>

namespace cupel::rules::pii {

std::string maskByShape(ByteView value)
{
    constexpr std::string_view dot = "\u2022";
    constexpr std::size_t longest = 40;
    std::string out;
    for (const char c : value.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 && byte < 0xC0) {
            continue; // the rest of a character that has its dot
        }
        const bool separator = byte < 0x80 && byte >= 0x20 && std::isalnum(byte) == 0 && c != '\\';
        if (separator) {
            out.push_back(c);
        } else {
            out.append(dot);
        }
    }
    return out;
}

} // namespace cupel::rules::pii
