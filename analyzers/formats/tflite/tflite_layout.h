// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a TensorFlow Lite model its tables lead to, all of schema.fbs, so that what nothing leads to can be
// told. Follows each table once; no recursion.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <optional>
#include <vector>

namespace cupel::formats::tflite {

struct Layout {
    std::vector<ByteRange> gaps; // in order; none: nothing is left over, or `known` is false
    bool known = true; // false: a limit was met, or tables lead out of the file
    std::optional<std::uint64_t> fault; // an offset that leads out of the file, the first
    bool newer = false; // a table has fields that the schema does not: a gap may belong to one of them
};
[[nodiscard]] Layout layoutOf(ByteView file, Budget& budget);

} // namespace cupel::formats::tflite
