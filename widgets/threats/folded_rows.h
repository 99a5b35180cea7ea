// SPDX-License-Identifier: GPL-3.0-or-later
// The threats that are folded away, with the reason of each, as rows of a list. UI thread.
#pragma once

#include "widgets/common/fact_rows.h"
#include "widgets/models/threat_state.h"

#include <string>
#include <vector>

namespace cupel::widgets {

struct FoldedRows {
    std::vector<FactRow> rows;
    std::vector<std::string> parts; // id of each row's; empty: none
};
[[nodiscard]] FoldedRows foldedRows(const ThreatState& state); // that the search leaves
[[nodiscard]] QString foldedReason(const std::string& why); // a sentence

} // namespace cupel::widgets
