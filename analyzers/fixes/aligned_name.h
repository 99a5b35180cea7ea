// SPDX-License-Identifier: GPL-3.0-or-later
// A name for a value of a text table that keeps the table's columns where they are: blanks fill what the name is
// shorter, and give way where it is longer.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>
#include <string_view>

namespace cupel::fixes {

struct AlignedName {
    ByteRange place; // what is written over, blanks beside the value included
    std::string text;
};

// `place`, in bytes of `text`, holds `value`, its escapes undone, in a table inside `within`. Where blanks tell neither
// a right nor a left edge of a column, it is `name` at `place`. Both are UTF-8, a character being one column wide.
[[nodiscard]] AlignedName alignedName(
    ByteView text, ByteRange within, ByteRange place, std::string_view value, std::string_view name);

} // namespace cupel::fixes
