// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 sign by sign, as it stands inside JSON: with escapes, line breaks and the quotes between strings of a list.
// Knows where each byte is written, so that a place in the text behind it leads back to the file.
#pragma once

#include "analyzers/model/facts.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::formats {

struct Base64Group {
    std::array<char, 3> bytes{};
    std::array<std::uint64_t, 3> at{}; // of the first sign of each byte
    std::size_t size = 0; // 3; fewer: nothing comes behind it
    std::uint64_t start = 0; // of its first sign
    std::uint64_t end = 0; // behind its last one, fill signs included
};

// The group that begins at or behind `at`; size 0: there is none before `end`.
[[nodiscard]] Base64Group readBase64Group(ByteView text, std::uint64_t at, std::uint64_t end);
// Whether base64 at `place` is a drawing: SVG, with nothing behind its end. Looks at all of it.
[[nodiscard]] bool isBase64Drawing(ByteView text, ByteRange place);
// The same of a region: one of kind Svg in JSON may hold either.
[[nodiscard]] bool isBase64Drawing(ByteView text, const Region& region);
[[nodiscard]] bool beginsLikeDrawing(std::string_view text); // "<svg", behind a declaration, comments and blanks
[[nodiscard]] std::string toBase64(std::string_view bytes);

} // namespace cupel::formats
