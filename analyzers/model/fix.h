// SPDX-License-Identifier: GPL-3.0-or-later
// How a finding can be mended: which bytes of the file give way to which text. A value; nothing is written here.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>
#include <vector>

namespace cupel {

struct TextEdit {
    ByteRange bytes; // in the file on disk, whole escapes; empty: an insertion
    std::string text; // what stands there afterwards, decoded: whoever writes it adds the escapes of the place
};

struct Fix {
    std::string kind; // "redact", "drop-output", "set-argument", "pin" ...: stable, see fixes/
    bool safe = false; // true: what the code computes does not change
    std::vector<TextEdit> edits; // sorted, disjoint; empty: fixes/ makes them from the finding and the file
};

} // namespace cupel
