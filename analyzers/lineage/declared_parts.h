// SPDX-License-Identifier: GPL-3.0-or-later
// The readers behind declared.h, one per kind of file. For declared*.cpp only.
#pragma once

#include "analyzers/base/data_tree.h"
#include "analyzers/lineage/declared.h"

#include <string>
#include <string_view>

namespace cupel::lineage::declared {

inline constexpr std::size_t maxStages = 5'000;
inline constexpr std::size_t maxFiles = 20'000; // of one file of declarations

struct Input {
    std::string_view path;
    std::string folder; // of it, empty at the top
    std::string_view text;
    const ParameterMap& values;
    Budget& budget;
};

void readDvcYaml(const Input& in, Declared& out);
void readDvcLock(const Input& in, Declared& out);
void readDvcFile(const Input& in, Declared& out);
void readMlProject(const Input& in, Declared& out);
void readMlModel(const Input& in, Declared& out);
void readCatalog(const Input& in, Declared& out);
void readMakefile(const Input& in, Declared& out);
void readWorkflow(const Input& in, Declared& out);
void readShellScript(const Input& in, Declared& out);

[[nodiscard]] std::string folderOf(std::string_view path);
// Columns of MLflow: a JSON list of {"name": "a", "type": "long"}.
[[nodiscard]] std::vector<DeclaredColumn> readColumns(std::string_view json, Budget& budget);

} // namespace cupel::lineage::declared
