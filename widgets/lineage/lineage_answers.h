// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to what people ask of a model, as rows with the code that proves them. UI thread.
#pragma once

#include "widgets/lineage/lineage_rows.h"
#include "widgets/models/lineage_reading.h"

#include <vector>

namespace cupel::widgets {

// Whether what the models of a node of the drawing are measured on was seen in training, under a heading; empty: none
// of them is measured.
[[nodiscard]] std::vector<LineageRow> measurementRows(const LineageReading& reading, std::uint32_t unit);
// The same for all models.
[[nodiscard]] std::vector<LineageRow> measurementRows(const LineageReading& reading);

} // namespace cupel::widgets
