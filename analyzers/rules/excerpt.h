// SPDX-License-Identifier: GPL-3.0-or-later
// The line around a place as people may see it: sensitive ranges masked, JSON escapes undone, cut to a readable length.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>
#include <vector>

namespace cupel::rules {

struct Masked {
    ByteRange bytes; // in the artifact's text
    std::string shown; // "ghp_\u2022\u2022..."
};

// Sorts, and merges what overlaps (the mask of the widest one stays).
void tidyMasks(std::vector<Masked>& masks);

// The text of `bytes` with what is masked masked, escapes undone; not cut, not cleaned.
[[nodiscard]] std::string maskedText(ByteView text, ByteRange bytes, bool plain, const std::vector<Masked>& masks);
// The line around a place up to it, in the same way.
[[nodiscard]] std::string maskedLineBefore(
    ByteView text, std::uint64_t at, bool plain, const std::vector<Masked>& masks);

inline constexpr ByteRange everywhere{0, ~std::uint64_t{0}};

// `plain`: the text is not inside JSON strings. Nothing outside `within` is shown. At most 240 bytes, one line, valid
// UTF-8.
[[nodiscard]] std::string redactedExcerpt(
    ByteView text, ByteRange bytes, bool plain, const std::vector<Masked>& masks, ByteRange within = everywhere);
// Dots and blanks, and nothing else.
[[nodiscard]] bool isOnlyMask(std::string_view text);

} // namespace cupel::rules
