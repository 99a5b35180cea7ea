// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/padding.h"

#include "analyzers/base/byte_scan.h"

namespace cupel {

Padding paddingOf(ByteView bytes)
{
    if (bytes.empty()) {
        return Padding::None;
    }
    const bool zeros = bytes.front() == '\0';
    const auto other = zeros
        ? nextByte(bytes, 0, [](ByteBlock block) { return ByteMask(block != 0); })
        : nextByte(bytes, 0, [](ByteBlock block) { return ByteMask(~isOneOf<' ', '\t', '\r', '\n'>(block)); });
    return other < bytes.size() ? Padding::None : zeros ? Padding::Zeros : Padding::Blanks;
}

std::string aboutPadding(std::string_view sentence, Padding padding)
{
    std::string out(sentence);
    const auto one = out.find("{byte ");
    const auto many = out.find("|bytes ", one);
    if (padding != Padding::None && one != std::string::npos && many != std::string::npos) {
        const bool zeros = padding == Padding::Zeros;
        out.replace(many + 1, 5, zeros ? "zeros" : "blanks");
        out.replace(one + 1, 4, zeros ? "zero" : "blank");
    }
    return out;
}

} // namespace cupel
