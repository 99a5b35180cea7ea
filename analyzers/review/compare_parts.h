// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of one file as people read them side by side: cell by cell, line by line, masked, with the findings that
// are new, gone or the same beside their cell.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/review/compare.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cupel::review {

struct ComparedPart {
    std::optional<std::size_t> before; // cell in the old notebook; none: it is new, or no notebook
    std::optional<std::size_t> after;
    bool outputs = false; // an output of the cell: each is another part
    std::vector<fixes::PreviewRow> rows;
    std::vector<std::size_t> findings; // indices into FileChange::findings
    std::optional<std::size_t> output; // which one, as findings count them
    bool fresh = false; // only the new version has this output
    bool gone = false; // only the old one
    bool moved = false; // the cell stands at another place
    bool metadata = false; // what differs in the metadata of the cell and of its outputs: another part
    bool altered = false; // the cell differs in what no line shows: its kind, or a value that is masked
    [[nodiscard]] bool changed() const; // some line
    // As `countCells` counts: this part tells of its cell what no line of it does.
    [[nodiscard]] bool tellsOfCell() const;
};

// In the order of the new version. Outputs that are equal and carry no finding make a part while there is room for
// them. Stops with the budget; what is then missing is missing at the end.
[[nodiscard]] std::vector<ComparedPart> compareParts(const FileChange& change, Budget& budget);

} // namespace cupel::review
