// SPDX-License-Identifier: GPL-3.0-or-later
// A model file that has no lines as lines: tensors, metadata, what loading would do, templates. Two versions of it are
// compared like texts. Masked; signs instead of words, for everybody reads it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/analysis.h"

#include <string>

namespace cupel::review {

// Empty: it is no such file. Must hold its bytes. At most about `most` bytes.
[[nodiscard]] std::string modelListing(const Analysis& analysis, std::size_t most, Budget& budget);

} // namespace cupel::review
