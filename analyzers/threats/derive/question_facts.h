// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan can say to the questions of questions.tsv, as attributes that name where it was seen: who can write what
// was fetched, whether it is compared with a digest, whether groups of people were measured, who can reach an endpoint,
// whether drift is looked at, whether people open a table. What it cannot see stays unknown.
#pragma once

#include "analyzers/threats/derive/derive.h"

#include <string_view>

namespace cupel::threats {

// Before alike elements are folded. Also notes the places of everything that attributes name as their evidence.
void answerQuestions(
    Derived& derived, const lineage::LineageGraph& graph, const Workspace& workspace, std::string_view root);

} // namespace cupel::threats
