// SPDX-License-Identifier: GPL-3.0-or-later
// From findings to edits of the file: which bytes give way to what, each edit to be switched on or off, and the file's
// new bytes. Nothing is written here. A plan belongs to the analysis it was made from, which must hold its bytes.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/fixes/json_surgery.h"
#include "analyzers/fixes/pseudonyms.h"
#include "analyzers/fixes/raw_edit.h"
#include "analyzers/model/analysis.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace cupel::fixes {

struct PlannedEdit {
    std::size_t finding = 0; // index into Analysis::findings
    std::string kind; // Fix::kind
    std::string placeholder; // "<EMAIL_01>"; empty when nothing is named
    bool safe = false; // what the code computes does not change
    bool doubtful =
        false; // names that may be nobody's or stand in code, accounts and hosts in code and settings: a person says
    std::vector<RawEdit> edits; // in the artifact's text
    std::vector<NodeIndex> removed; // JSON values that go with their commas
};

struct Plan {
    AnalysisPtr analysis;
    std::shared_ptr<const JsonSurgery> json; // null when no edit takes JSON values out
    std::vector<PlannedEdit> edits; // in the order of the findings
    std::vector<std::size_t> without; // findings that a person has to mend
};

[[nodiscard]] Plan makePlan(AnalysisPtr analysis, Pseudonyms& names, Budget& budget);

// Values that must not be shared go although the code that reads them has to change; any other edit that changes what
// the code computes waits for a person's word, and so do names in code and those that are only possible.
[[nodiscard]] bool isOnByDefault(const PlannedEdit& edit);

// The edits that are `on` (one entry per Plan::edits; shorter: the rest is on), tidied, in bytes of the file on disk
// and in its encoding.
[[nodiscard]] std::vector<RawEdit> fileEdits(const Plan& plan, const std::vector<bool>& on = {});
// The same in the artifact's text.
[[nodiscard]] std::vector<RawEdit> textEdits(const Plan& plan, const std::vector<bool>& on = {});

// Where the values stand that an edit of kind "redact", "redact-column" or "replace-column" takes out, in bytes of the
// file.
[[nodiscard]] std::vector<ByteRange> valuePlaces(const Finding& finding);

// One edit alone, in the artifact's text.
[[nodiscard]] std::vector<RawEdit> textEditsOf(const Plan& plan, std::size_t edit);

} // namespace cupel::fixes
