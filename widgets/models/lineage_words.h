// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage in words for people, translated. What comes from files is made safe to show here.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <QtCore/QString>

namespace cupel::widgets {

[[nodiscard]] QString word(LineageKind kind); // "Data"
[[nodiscard]] QString word(LineageTrait trait); // "Personal data"
[[nodiscard]] QString word(lineage::NodeKind kind); // "model file"
[[nodiscard]] QString word(lineage::EdgeKind kind); // "reads"
[[nodiscard]] QString word(lineage::Certainty certainty); // "certain"
[[nodiscard]] QString word(lineage::HazardKind kind); // "Used before it is defined"

// "only as recorded"; empty: the other order of the cells has it too, or nobody compared them.
[[nodiscard]] QString otherWords(const LineageSource& source, lineage::InOther inOther);

// What run numbers do not tell, which is no lack of what was read.
[[nodiscard]] bool isAboutOrder(const lineage::LineageGraph::Note& note);

[[nodiscard]] QString titleOf(const LineageSource& source, const LineageFoldNode& node);
[[nodiscard]] QString detailOf(const LineageSource& source, const LineageFoldNode& node);
[[nodiscard]] QString titleOf(const LineageSource& source, const LineageFoldGroup& group);
[[nodiscard]] QString kindText(const LineageSource& source, const LineageFoldNode& node); // "model file, outside"
[[nodiscard]] QString whatFlows(const LineageSource& source, const LineageFoldEdge& edge); // "reads: df, users"
[[nodiscard]] QString placeText(const lineage::LineageGraph& graph, const lineage::Place& place); // empty: none

} // namespace cupel::widgets
