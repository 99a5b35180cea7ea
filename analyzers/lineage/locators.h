// SPDX-License-Identifier: GPL-3.0-or-later
// Names of places as code writes them, told apart and brought to one form: files relative to the workspace, URLs,
// buckets, tables, ids of hubs. Credentials in them are masked; what is not known of them is *.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <string_view>

namespace cupel::lineage {

struct Locator {
    SourceKind kind = SourceKind::Unknown;
    NodeKind node = NodeKind::Unknown;
    std::string value; // as written, holes as *, credentials masked
    std::string id; // one form: two locators of one thing have the same
    bool outside = false; // not below the workspace
    std::string apart = {}; // of two that have the same form, and are two all the same
};

// `written`: the text, \1 for each hole. `folder`: of the file it stands in, relative to the workspace, without a slash
// at the end. `kindOfTable`: the column locator_kind; `model`: what is there is a model.
[[nodiscard]] Locator readLocator(
    std::string_view written, std::string_view folder, std::string_view kindOfTable, bool model);

// "a/./b/../c" -> "a/c"; leading ".." stay. Backslashes become slashes.
[[nodiscard]] std::string normalPath(std::string_view path);
[[nodiscard]] std::string joinPath(std::string_view folder, std::string_view path);
// Of the last part, lower case, without the dot: "pkl"; "tar.gz" gives "gz".
[[nodiscard]] std::string extensionOf(std::string_view path);
[[nodiscard]] bool isModelExtension(std::string_view extension);
// What people keep data, settings and models in.
[[nodiscard]] bool isDataExtension(std::string_view extension);
// What a file name says it is for: train.csv, X_test.npy; None: nothing.
[[nodiscard]] Role roleOfName(std::string_view name);
// Passwords and tokens of user:password@host and ?token=... become ***.
[[nodiscard]] std::string withoutCredentials(std::string_view locator);

} // namespace cupel::lineage
