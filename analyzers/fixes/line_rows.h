// SPDX-License-Identifier: GPL-3.0-or-later
// Two texts line by line and long lines word by word, as rows of a preview. Values; nothing is read here.
#pragma once

#include "analyzers/fixes/preview.h"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::fixes {

inline constexpr std::size_t allLines = std::numeric_limits<std::size_t>::max();
// `around`: so many unchanged lines are listed on each side of a change, and at the start of texts that are equal, as
// long as they are not very many in all.
// `most`: so many that differ are listed; what comes after them is one row of kind Cut.
[[nodiscard]] std::vector<PreviewRow> lineRows(
    const std::string& before, const std::string& after, std::size_t around, std::size_t most = allLines);

// Of an error its traceback alone has lines: its name and what it says are texts beside them.
[[nodiscard]] bool hasLineNumbers(std::string_view form); // the name of a region
void leaveNumbersOut(std::vector<PreviewRow>& rows);

} // namespace cupel::fixes
