// SPDX-License-Identifier: GPL-3.0-or-later
// When texts that stand together are the names of people: the one place that decides, for lists of code and for
// columns.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <vector>

namespace cupel::rules::pii {

inline constexpr std::size_t fewestNames = 5; // different ones: fewer are an example

// "Jane Doe", "Doe, Jane", "Dr. Jane van Doe": not "Jane" alone, which may be a variable, a product, anything.
[[nodiscard]] bool isFullName(ByteView text);
// Two to four words that begin as names do, and none that only things are called by.
[[nodiscard]] bool isMadeAsName(ByteView text);
// Enough different ones, and most of all, are full names.
[[nodiscard]] bool areNames(const std::vector<ByteView>& texts);
// Nothing but its cells speaks for a column: nearly all of the different ones are made as names, and they begin with
// several known given names. `cells` are different.
[[nodiscard]] bool isColumnOfNames(const std::vector<ByteView>& cells);

} // namespace cupel::rules::pii
