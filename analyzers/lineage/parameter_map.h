// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that code and pipelines look up by a dotted name: params.yaml, configuration files, papermill parameters.
// Values are texts as written; ${a.b} in them is undone where it is known. Pure functions over hostile text.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/data_tree.h"
#include "analyzers/lineage/parsed_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::lineage {

// "train.seed" -> "42"; elements of lists are "layers.0", "layers.1".
using ParameterMap = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t maxParameters = 20'000;

// By the name of the file: YAML, JSON or TOML; nothing for others.
[[nodiscard]] ParameterMap readParameters(std::string_view path, std::string_view text, Budget& budget);
// What stands below `node`, aliases and << of YAML followed.
void flatten(const DataTree& tree, std::uint32_t node, const std::string& prefix, ParameterMap& out, Budget& budget);
// ${name} and ${name:default} replaced by what `values` say, anything else by *; ${{ x }} and {{ x }} always by *.
// `more`: asked where `values` does not know it.
[[nodiscard]] std::string filledIn(
    std::string_view text, const ParameterMap& values, const ParameterMap* more = nullptr);
// Cells (CodeCell::cell) whose tags say that papermill puts parameters there: "parameters" or "injected-parameters".
[[nodiscard]] std::vector<std::int32_t> parameterCells(const ParsedFile& file, Budget& budget);

} // namespace cupel::lineage
