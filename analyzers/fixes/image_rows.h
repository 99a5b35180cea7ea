// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture loses when it is cleaned, in words: its bytes say nothing to anybody. Part of the preview.
#pragma once

#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/preview.h"

#include <vector>

namespace cupel::fixes {

[[nodiscard]] bool stripsImages(const PlannedEdit& edit);
// What findings name, then of each picture inside `region` all the rest that goes, by name, and how much it is in all.
[[nodiscard]] std::vector<PreviewRow> imageRows(
    const Plan& plan, const std::vector<std::size_t>& edits, ByteRange region);

} // namespace cupel::fixes
