// SPDX-License-Identifier: GPL-3.0-or-later
// How findings stand in groups: a sort key per finding that is total and the same on every run, and the group's name.
#pragma once

#include "widgets/models/review_state.h"

#include <QtCore/QString>

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::widgets {

// Where a group stands and which one it is. Equal ids are one group.
struct GroupKey {
    std::string id; // "severity:critical", "file:a.ipynb", "rule:CUP-X", "cell:a.ipynb:4"; stable for expansion state
    QString name; // for people
    Severity worst = Severity::Info; // of the findings in it
    std::string artifact; // of a file or cell group
};

// Puts refs into the order of the list. Every ref must be of `workspace`.
void sortFindings(std::vector<FindingRef>& refs, const Workspace& workspace, Grouping grouping);
[[nodiscard]] GroupKey groupOf(const Finding& finding, Grouping grouping);

} // namespace cupel::widgets
