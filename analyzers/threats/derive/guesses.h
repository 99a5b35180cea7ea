// SPDX-License-Identifier: GPL-3.0-or-later
// Where a relative path of code starts is a guess when nobody sees it run: "patients.csv" of src/train.py is written as
// src/patients.csv, and may be data/patients.csv. What may well be one file is one element.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/threats/derive/model_builder.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::threats {

class Guesses {
public:
    // Element of the one file of the workspace that the path of a node may mean, else of another guess like it; nullopt
    // where the path is none, or several files fit.
    [[nodiscard]] std::optional<std::uint32_t> find(
        const lineage::Node& node, std::string_view kind, const ModelBuilder& builder);
    void remember(const lineage::Node& node, std::string_view kind, std::uint32_t element);

private:
    std::multimap<std::string, std::uint32_t> m_files; // by key
    std::map<std::string, std::uint32_t> m_guesses; // by kind and key
};

// Paths with one key may be one file: folders that only sort a project ("src", "data") are left out of it.
[[nodiscard]] std::string guessKey(std::string_view path);

} // namespace cupel::threats
