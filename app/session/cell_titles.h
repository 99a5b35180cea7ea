// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a cell as the command palette names and finds them, masked. Pure.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/analysis.h"

#include <QtCore/QString>

#include <cstddef>
#include <vector>

namespace cupel::app {

struct CellLine {
    unsigned number = 0; // 1-based
    QString text; // of a long line the beginning
};
// Its first lines that say something, at most so many.
[[nodiscard]] std::vector<CellLine> cellLines(const Analysis& analysis, const formats::Cell& cell, std::size_t most);
// The first of them; empty when the cell has no text.
[[nodiscard]] QString cellTitle(const Analysis& analysis, const formats::Cell& cell);

} // namespace cupel::app
