// SPDX-License-Identifier: GPL-3.0-or-later
// How a value that must not be shown is shown.
#pragma once

#include "analyzers/base/bytes.h"

#include <span>
#include <string>
#include <vector>

namespace cupel {

inline constexpr std::string_view maskDots = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";

// Eight dots. Values longer than 16 bytes that begin with the mark of their issuer keep up to four characters of it
// ("ghp_\u2022..."), enough to tell which it is; nothing that was drawn by chance stays.
[[nodiscard]] std::string mask(ByteView value);
// How many bytes at the beginning of a credential mask() keeps.
[[nodiscard]] std::size_t keptBeginning(ByteView value);
// How many bytes at the beginning of a home path are not of the user: "/home/", "/Users/", "C:\Users\" (back slashes
// may be doubled), "/scratch/users/". 0: it is none.
[[nodiscard]] std::size_t homeBeginning(ByteView value);
// Dots for every place where `text` holds the value, and for a beginning of it at the end of the text: names are cut
// off. Values of less than four bytes are left alone: they would black out half of every name.
void maskValue(std::string& text, ByteView value);
// Sorted and disjoint.
void mergeRanges(std::vector<ByteRange>& ranges);
// True when `range` touches one of the sorted, disjoint `ranges`.
[[nodiscard]] bool touches(std::span<const ByteRange> ranges, ByteRange range);

} // namespace cupel
