// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of people that were written into code: data that somebody typed, which no header and no output has to name.
#pragma once

#include "analyzers/base/bytes.h"

#include <vector>

namespace cupel::rules::pii {

// Insides of the string literals of `code` that are names of people: most of the texts of a list, or most of those that
// stand at one place of the rows of a table, look like full names, and there are several different ones. By place.
[[nodiscard]] std::vector<ByteRange> namesInCode(ByteView code);

} // namespace cupel::rules::pii
