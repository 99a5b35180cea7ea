// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/letters.h"

#include "analyzers/base/byte_scan.h"

#include <cstring>

namespace cupel::rules::pii {

namespace {

// Latin Extended-A has capitals and small letters in turn, and changes twice which comes first.
unsigned smallOfEurope(unsigned point)
{
    const bool turkish = point == 0x130 || point == 0x131; // dotted and dotless: of other sizes
    const bool oddFirst = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17E);
    const bool evenFirst = point < 0x138 || (point >= 0x14A && point <= 0x177);
    return turkish ? point : oddFirst && point % 2 == 1 ? point + 1 : evenFirst && point % 2 == 0 ? point + 1 : point;
}

// Of U+00E0 to U+017F, '.': no letter or one of its own; ß, æ and the like are written in two letters.
constexpr std::string_view plainOfEurope = "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" // U+00E0
                                           "aaaaaaccccccccddddeeeeeeeeeegggg" // U+0100
                                           "gggghhhhiiiiiiiiii..jjkk.lllllll" // U+0120
                                           "lllnnnnnn...oooooo..rrrrrrssssss" // U+0140
                                           "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"; // U+0160

} // namespace

std::string smallLetters(std::string_view text)
{
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto lead = static_cast<unsigned char>(out[i]);
        if (const auto block = blockAt(out, i); i + sizeof block <= out.size() && bitsOf(block >= 0x80) == 0) {
            const auto small = block + ((block - 'A' < 26) & ByteBlock(ByteMask{} + 0x20));
            std::memcpy(out.data() + i, &small, sizeof small);
            i += sizeof small - 1;
            continue;
        }
        if (lead < 0x80) {
            out[i] = lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + 32) : out[i];
            continue;
        }
        const auto next = i + 1 < out.size() ? static_cast<unsigned char>(out[i + 1]) : 0U;
        const auto put = [&out, i](unsigned a, unsigned b) {
            out[i] = static_cast<char>(a);
            out[i + 1] = static_cast<char>(b);
        };
        if (lead == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
            put(lead, next + 0x20);
        } else if ((lead == 0xCE && next >= 0x91 && next <= 0x9F) || (lead == 0xD0 && next >= 0x90 && next <= 0x9F)) {
            put(lead, next + 0x20);
        } else if (lead == 0xC4 || lead == 0xC5) {
            const auto small = smallOfEurope((lead & 0x1FU) << 6 | (next & 0x3FU));
            put(0xC0 | small >> 6, 0x80 | (small & 0x3F));
        } else if ((lead == 0xCE && next >= 0xA0 && next <= 0xA9) || (lead == 0xD0 && next >= 0xA0 && next <= 0xAF)) {
            put(lead + 1, next - 0x20);
        }
    }
    return out;
}

std::string plainLetters(std::string_view text)
{
    constexpr unsigned first = 0xE0;
    const auto small = smallLetters(text);
    std::string out;
    out.reserve(small.size());
    for (std::size_t i = 0; i < small.size(); ++i) {
        const auto lead = static_cast<unsigned char>(small[i]);
        const auto next = i + 1 < small.size() ? static_cast<unsigned char>(small[i + 1]) : 0U;
        const auto point = (lead & 0x1FU) << 6 | (next & 0x3FU);
        const bool pair = lead >= 0xC3 && lead <= 0xC5 && (next & 0xC0U) == 0x80;
        const auto plain = pair && point >= first ? plainOfEurope[point - first] : '.';
        if (point == 0xDF && pair) {
            out += "ss";
        } else if (pair && (point == 0xE6 || point == 0x153)) {
            out += point == 0xE6 ? "ae" : "oe";
        } else if (pair && plain != '.') {
            out += plain;
        } else {
            out += small[i];
            continue;
        }
        ++i;
    }
    return out;
}

bool isSmallLetter(char32_t point)
{
    if (point < 0x80) {
        return point >= 'a' && point <= 'z';
    }
    if (point < 0x100) {
        return point >= 0xDF && point != 0xF7;
    }
    if (point < 0x180) {
        const bool alone = point == 0x131 || point == 0x138 || point == 0x149 || point == 0x17F;
        const auto plain = static_cast<unsigned>(point);
        return alone || (point != 0x130 && point != 0x178 && smallOfEurope(plain) == plain);
    }
    // Most other blocks have capitals and small letters in turn, too.
    const bool inTurn = (point >= 0x1DE && point < 0x234) || (point >= 0x460 && point < 0x482)
        || (point >= 0x48A && point < 0x530 && (point < 0x4C0 || point > 0x4CF)) || (point >= 0x1E00 && point < 0x1F00);
    return (inTurn && point % 2 == 1) || (point >= 0x250 && point < 0x2B0) || (point >= 0x3AC && point < 0x3CF)
        || (point >= 0x430 && point < 0x460) || (point >= 0x561 && point < 0x588);
}

} // namespace cupel::rules::pii
