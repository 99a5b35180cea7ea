// SPDX-License-Identifier: GPL-3.0-or-later
// A JSON text as programs see it, small enough to be recognised by: the members of its upper levels, names without
// escapes, each name once in each level, and short values. What a file is must not hang on how far down a name stands
// or how it is written.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>

namespace cupel::formats {

// Whether the text begins as JSON, behind blanks and a byte order mark.
[[nodiscard]] bool beginsAsJson(ByteView text);
// Empty: it is no JSON. At most some megabytes.
[[nodiscard]] std::string jsonSketch(ByteView text);

} // namespace cupel::formats
