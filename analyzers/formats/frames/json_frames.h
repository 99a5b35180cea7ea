// SPDX-License-Identifier: GPL-3.0-or-later
// Tables inside JSON, as charts, grids and explainers carry them: records, names beside rows or columns, lists of equal
// length by name, pandas' to_json in all its orientations, Plotly's tables, SHAP's values by number of feature. Found
// by shape, never by the name of the library. Bounded as the frames of text are.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/frames/frame.h"

namespace cupel::formats {

// Programs write whole data sets so, where people print a few rows.
inline constexpr FrameLimits jsonLimits{.cells = 200'000};

// All tables of `json`, which is one JSON value, front to back, disjoint; offsets are those of `json`. Strings are
// cells without their quotes. Broken JSON gives what can be read of it.
[[nodiscard]] std::vector<Frame> readJsonFrames(
    std::string_view json, Budget& budget, const FrameLimits& limits = jsonLimits);

// The same for each JSON value inside the scripts of an HTML text, or inside a whole script when it is `script`.
[[nodiscard]] std::vector<Frame> readScriptFrames(
    std::string_view text, bool script, Budget& budget, const FrameLimits& limits = jsonLimits);

} // namespace cupel::formats
