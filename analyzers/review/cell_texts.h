// SPDX-License-Identifier: GPL-3.0-or-later
// What two versions of a cell are told apart by: its text, what it shows, its metadata. Values.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/analysis.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::review {

struct CellText {
    formats::CellKind kind = formats::CellKind::Unknown;
    std::string source; // decoded, of a very long one its beginning
    std::string whole; // digest of all of it, where `source` is not all
    std::string sourceKey; // digest without white space
    std::string outputKey;
    std::string shownKey; // the same, but empty where nothing worth a name is shown
    std::string id;
    std::string metadataKey; // digest of the cell's metadata and of that of its outputs, without white space
};

// Of all cells, in their order. The analysis must hold its bytes.
[[nodiscard]] std::vector<CellText> readCells(const Analysis& analysis, const formats::NotebookFacts& notebook);
[[nodiscard]] std::string withoutBlanks(std::string_view text);

} // namespace cupel::review
