// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean": the nearest known word for a mistyped one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::cli {

// Inserted, deleted, replaced and swapped letters between two words; letter case does not count.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);
// Up to three known words within a third of the word's length in edits, best first; letter case does not count.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known);
// "; did you mean 'scan'?" or nothing.
[[nodiscard]] std::string didYouMean(std::string_view word, const std::vector<std::string>& known);

} // namespace cupel::cli
