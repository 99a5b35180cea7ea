// SPDX-License-Identifier: GPL-3.0-or-later
// What a thing outside of code is by its name, and how a person would call it: an address or a path often ends in what
// says least, a version, a query, a hole.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <string_view>

namespace cupel::threats {

// By label, and where that is a hole ("*.csv"), a version ("4") or has a query behind it, by what else is known.
[[nodiscard]] std::string nameOfNode(const lineage::Node& node);
// A path or address ends like one of a model: "net.tflite", "my_model.tgz", "my_model/*".
[[nodiscard]] bool isNamedLikeModel(std::string_view locator);

} // namespace cupel::threats
