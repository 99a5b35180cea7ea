// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing of a report as SVG inside its HTML page: no script, no link, nothing loaded, colours of the page's style.
#pragma once

#include "analyzers/model/drawing.h"

#include <string>

namespace cupel::report {

[[nodiscard]] std::string writeDrawing(const Drawing& drawing);

} // namespace cupel::report
