// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that one of the usual compressors has packed, at once: for what lies inside texts and constants. Files come out
// step by step (formats/compressed).
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <string>
#include <string_view>

namespace cupel::formats {

// "gzip" ...; empty: they begin like none.
[[nodiscard]] std::string_view packedAs(ByteView head);
// At most `most` bytes; of what is cut off or damaged, those in front of it. Charged to the budget as unpacked.
[[nodiscard]] std::string unpacked(ByteView bytes, std::size_t most, Budget& budget);

} // namespace cupel::formats
