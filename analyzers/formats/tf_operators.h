// SPDX-License-Identifier: GPL-3.0-or-later
// What the operators of TensorFlow can do, by name: resources/rules/model/tf_operators.json, compiled in.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel::formats {

enum class TfOperator : std::uint8_t { Unknown, Known, Library, Suspicious, Vocabulary, Network, Files, Code };

[[nodiscard]] TfOperator classify(std::string_view name);

} // namespace cupel::formats
