// SPDX-License-Identifier: GPL-3.0-or-later
// The edit that Cupel would make for each finding of a file, as places and texts: what other programs can apply. Names
// instead of values only; an edit that would write anything masked is not offered.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/utf8.h"
#include "analyzers/model/analysis.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::report {

struct Replacement {
    ByteRange bytes; // in the file on disk; empty: an insertion
    LineIndex::Position start; // the same in lines and code points
    LineIndex::Position end;
    std::string text; // what stands there afterwards, escapes of the place included, UTF-8
};

// By Finding::fingerprint, which is one of its own for each finding of a file.
using OfferedEdits = std::map<std::string, std::vector<Replacement>, std::less<>>;

// The analysis must hold its bytes; without them, or inside an archive, nothing is offered.
[[nodiscard]] OfferedEdits offeredEdits(const AnalysisPtr& analysis, Budget& budget);

} // namespace cupel::report
