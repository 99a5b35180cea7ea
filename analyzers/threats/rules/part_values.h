// SPDX-License-Identifier: GPL-3.0-or-later
// What an expression finds at the parts of a model: where a path leads, and what the part there says of itself.
#pragma once

#include "analyzers/threats/rules/expression_node.h"
#include "analyzers/threats/rules/model_index.h"

#include <string_view>

namespace cupel::threats {

[[nodiscard]] std::string_view kindOf(const Zone& zone);
// The part a path leads to from a part, or from its owner where that is meant; nullptr: there is none.
[[nodiscard]] const DiagramPart* partAt(
    const ModelIndex& model, const PartPath& path, const DiagramPart* self, const DiagramPart* owner);
// Attributes that every part has by what it is; the rest is what it says. Empty: not known.
[[nodiscard]] std::string_view valueOf(const ModelIndex& model, const DiagramPart& part, std::string_view key);
// Of a value that is known.
[[nodiscard]] bool compares(const ModelIndex& model, const Expression::Node& node, std::string_view value,
    const DiagramPart* self, const DiagramPart* owner);
// It asks for an order, maybe of two parts.
[[nodiscard]] bool ranks(Expression::Node::Test test);

} // namespace cupel::threats
