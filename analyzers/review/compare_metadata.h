// SPDX-License-Identifier: GPL-3.0-or-later
// What stands outside of the cells of two versions of a notebook: its metadata key by key, and what is of no cell
// otherwise.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/review/compare.h"

#include <string>
#include <vector>

namespace cupel::review {

struct OutsideEntry {
    std::string name; // of the key; empty: it has none
    std::string before; // masked, for people; empty: only the other version has it
    std::string after;
    bool changed = false; // in more than its blanks
};

// In the order of the newer version, what is gone where it stood. Empty unless both versions are notebooks. The
// analyses must hold their bytes. Stops with the budget; what is then missing is missing at the end.
[[nodiscard]] std::vector<OutsideEntry> compareOutside(const FileChange& change, Budget& budget);

} // namespace cupel::review
