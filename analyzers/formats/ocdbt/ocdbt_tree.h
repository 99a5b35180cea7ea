// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of data files are values, as the nodes of all files of its database say: what writers of arrays put into
// a file is named by nodes that lie in others.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::ocdbt {

// A part of a file of the database, whose path never leads out of it; empty: it cannot be had.
using ReadPart = std::function<std::string(const std::string& path, ByteRange part)>;

// "4a2c639738a7457cec60f01e6b41de4f": what data files are called.
[[nodiscard]] bool isDataFileName(std::string_view name);

// By the path of the data file in the database.
using Values = std::map<std::string, std::vector<ByteRange>>;

// Of the database of this manifest. Each node is read once, and no more of them than a limit.
[[nodiscard]] Values valuesOf(ByteView manifest, const ReadPart& readPart, Budget& budget);

} // namespace cupel::formats::ocdbt
