// SPDX-License-Identifier: GPL-3.0-or-later
// The location of a range inside a region, as findings have it: cell, output, line, and the words people read.
#pragma once

#include "analyzers/base/utf8.h"
#include "analyzers/model/analysis.h"

namespace cupel::formats {

// `bytes` in the artifact's text; `lines` of that text.
[[nodiscard]] Location locationOf(
    const Analysis& analysis, const Region& region, ByteRange bytes, const LineIndex& lines);

} // namespace cupel::formats
