// SPDX-License-Identifier: GPL-3.0-or-later
// Where scripts stand in HTML, and what may be written there: a script decodes no entities, and a number that gives way
// to a name has to become a string.
#pragma once

#include "analyzers/base/bytes.h"

#include <vector>

namespace cupel::fixes {

// The insides of the scripts between `within`, in bytes of `text`; also where the HTML is written as JSON.
[[nodiscard]] std::vector<ByteRange> scriptRanges(ByteView text, ByteRange within);
// Whether `place`, inside a script, is a number between commas and brackets.
[[nodiscard]] bool isBareNumber(ByteView text, ByteRange place);

} // namespace cupel::fixes
