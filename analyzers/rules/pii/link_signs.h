// SPDX-License-Identifier: GPL-3.0-or-later
// The signs that names in links are written with, as browsers take them: letters of all scripts as they are, behind
// percent signs, or as escapes of JSON, Python, Markdown and HTML.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace cupel::rules::pii {

enum class LinkSignKind : std::uint8_t {
    End, // blanks, quotes, brackets, slashes, marks of a sentence: no name goes on behind them
    Plain, // of ASCII; and what percent signs stand for
    Letter, // of a script that has blanks between words
    Attached, // Hangul: it has blanks, and writes particles right behind foreign words
    Unspaced, // of a script without blanks: the sentence may go on behind a name
    Odd, // dashes, apostrophes, emoji: in a name only when it goes on behind them
};

struct LinkSign {
    LinkSignKind kind = LinkSignKind::End;
    std::size_t size = 0; // bytes; 0 for an End
    char32_t point = 0; // 0: a byte behind a percent sign
    [[nodiscard]] bool is(char c) const { return point == static_cast<char32_t>(static_cast<unsigned char>(c)); }
    [[nodiscard]] bool joins() const { return is('-') || is('_'); }
};

[[nodiscard]] LinkSign linkSignAt(ByteView text, std::size_t at);

// The name in UTF-8 and small letters, however it is written: "Ann%C3%BC", "ann\u00fc" and "annü" are one.
[[nodiscard]] std::string plainLinkName(ByteView name);

} // namespace cupel::rules::pii
