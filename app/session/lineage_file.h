// SPDX-License-Identifier: GPL-3.0-or-later
// The file that keeps what somebody arranged in a lineage, `.cupel/lineage.jsonl` in the folder: read with caution,
// because it comes with the folder. Blocking; any thread.
#pragma once

#include "widgets/models/lineage_kept.h"

namespace cupel::app {

struct LineageKeptFile {
    QString folder;
    widgets::LineageKept kept;
    bool usable = false; // it is an ordinary file, or none; false: nothing is written either
};

[[nodiscard]] QString lineageKeptPath(const QString& folder);
[[nodiscard]] LineageKeptFile readLineageKept(const QString& folder);

} // namespace cupel::app
