// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions about a part itself that are more than one value: borders its flows cross, findings that hang on it.
#pragma once

#include "analyzers/threats/rules/expression_node.h"
#include "analyzers/threats/rules/model_index.h"

namespace cupel::threats {

// `tells`: with the reasons.
[[nodiscard]] Verdict crossesBorder(
    const ModelIndex& model, const Expression::Node& node, const DiagramPart* self, bool tells);
// Of the part itself; those of a flow hang on its ends too.
[[nodiscard]] Verdict hasFinding(
    const ModelIndex& model, const Expression::Node& node, const DiagramPart* self, bool tells);

} // namespace cupel::threats
