// SPDX-License-Identifier: GPL-3.0-or-later
// In which language the code of a cell is: documents with chunks have one for each. Where it is another than the
// notebook's, it is the name of the region of the source.
#pragma once

#include "analyzers/model/facts.h"

#include <string_view>

namespace cupel::formats {

// Python as jupytext writes it: magics stand behind comment signs, and are read without them.
inline constexpr std::string_view commentedMagics = "python with commented magics";

// Of a region of code; empty: nothing says so.
[[nodiscard]] std::string_view languageOf(const Facts& facts, const Region& region);
[[nodiscard]] bool isPythonName(std::string_view language); // or none
[[nodiscard]] bool isShellName(std::string_view language);

} // namespace cupel::formats
