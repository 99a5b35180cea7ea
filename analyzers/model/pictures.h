// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of the pictures that a person has to look at. Pure.
#pragma once

#include "analyzers/model/analysis.h"

#include <string>

namespace cupel {

// How many of its pictures are SVG: their text is searched, but no part of the program draws them.
[[nodiscard]] std::uint64_t drawingsIn(const Analysis& analysis);
// "1 of them is SVG, searched as text and not drawn here: its source says what it shows": of so many pictures; empty
// when none is.
[[nodiscard]] std::string drawingWords(std::uint64_t pictures, std::uint64_t drawings);

} // namespace cupel
