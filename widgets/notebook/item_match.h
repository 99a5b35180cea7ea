// SPDX-License-Identifier: GPL-3.0-or-later
// Which item of a file that was scanned again is which of before: cells by their id, else by their source. So that the
// page stays where the reader is when somebody puts a cell in above.
#pragma once

#include "widgets/notebook/review_document.h"

#include <vector>

namespace cupel::widgets {

// For each item of `before` its index in `after`; -1: it is not there any more.
[[nodiscard]] std::vector<int> matchItems(const ReviewDocument& before, const ReviewDocument& after);
// The place of `item`, or the nearest one to where it was; never outside of `count` items.
[[nodiscard]] int placeOf(const std::vector<int>& matches, int item, int count);

} // namespace cupel::widgets
