// SPDX-License-Identifier: GPL-3.0-or-later
// The six categories as programs write them, in the languages of Threat Dragon: stems, matched in small letters.
#include "analyzers/threats/threat_model.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::threats {

namespace {

struct Stem {
    std::string_view text;
    char letter;
};

constexpr std::array stems{Stem{"spoof", 'S'}, Stem{"tamper", 'T'}, Stem{"repudia", 'R'}, Stem{"information", 'I'},
    Stem{"disclos", 'I'}, Stem{"denial", 'D'}, Stem{"elevation", 'E'}, Stem{"privilege", 'E'}};

} // namespace

std::string strideOf(std::string_view words)
{
    std::string plain(words);
    std::transform(plain.begin(), plain.end(), plain.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::string out;
    for (const char letter : {'S', 'T', 'R', 'I', 'D', 'E'}) {
        const bool said = std::any_of(stems.begin(), stems.end(),
            [&](const Stem& stem) { return stem.letter == letter && plain.find(stem.text) != std::string::npos; });
        if (said) {
            out += letter;
        }
    }
    return out;
}

} // namespace cupel::threats
