// SPDX-License-Identifier: GPL-3.0-or-later
// Where scripts stand in HTML. Tags are looked for as browsers do, whatever stands around them.
#pragma once

#include "analyzers/base/bytes.h"

#include <vector>

namespace cupel::formats {

// The insides of the scripts between `within`, in bytes of `text`, front to back. `json`: the HTML is written as JSON
// strings, which may write "</script" as "<\/script". A script without an end goes on to the end.
[[nodiscard]] std::vector<ByteRange> scriptRanges(ByteView text, ByteRange within, bool json);

} // namespace cupel::formats
