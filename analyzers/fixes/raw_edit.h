// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of a text's bytes, and doing them: everything outside the ranges stays as it is, to the byte.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>
#include <vector>

namespace cupel::fixes {

struct RawEdit {
    ByteRange bytes; // in the artifact's text (Facts::text); empty: an insertion
    std::string raw; // as it is written there, escapes included
};

// Sorts, drops what lies inside another edit, and joins what overlaps (the text of the first one stays).
void tidyEdits(std::vector<RawEdit>& edits);
// `edits` must be tidy; ranges behind the end are clipped.
[[nodiscard]] std::string applyEdits(ByteView text, const std::vector<RawEdit>& edits);
// What takes applyEdits(text, edits) back to `text`.
[[nodiscard]] std::vector<RawEdit> inverseEdits(ByteView text, const std::vector<RawEdit>& edits);

} // namespace cupel::fixes
