// SPDX-License-Identifier: GPL-3.0-or-later
// What a zip says twice in different ways, and bytes that belong to no member: every place where two loaders see two
// different archives. Looks at headers only, in time that grows with their number.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/zip/zip_sweep.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/model_content.h"
#include "analyzers/model/neighbours.h"

#include <memory>
#include <vector>

namespace cupel::formats::zip {

void audit(ByteView bytes, const std::vector<DirectoryEntry>& directory, Budget& budget, ModelContent& out);

// Names and sizes for members that refer to each other; null: none of them does.
[[nodiscard]] std::shared_ptr<Neighbours> neighboursOf(ByteView bytes, const std::vector<DirectoryEntry>& directory);

// "PyTorch checkpoint", "TorchScript model" ...: what the members together are; empty: just a zip.
[[nodiscard]] std::string_view kindOf(ByteView bytes, const std::vector<DirectoryEntry>& directory);

// Names that leave the folder where they are unpacked, and links that do.
void judgeNames(ByteView bytes, const std::vector<DirectoryEntry>& directory, Facts& out);

} // namespace cupel::formats::zip
