// SPDX-License-Identifier: GPL-3.0-or-later
// Where Markdown shows code as it is written: in spans, fences and indented blocks. Entities would stay entities there.
#pragma once

#include "analyzers/model/facts.h"

#include <vector>

namespace cupel::fixes {

// In the artifact's text, front to back; one pass over the region. What begins at the end of a range is code too: a
// place there ends the line.
[[nodiscard]] std::vector<ByteRange> markdownCode(ByteView text, const Region& region);

} // namespace cupel::fixes
