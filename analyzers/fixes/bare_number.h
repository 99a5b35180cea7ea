// SPDX-License-Identifier: GPL-3.0-or-later
// A number in a script, which has to become a string when a name takes its place.
#pragma once

#include "analyzers/base/bytes.h"

namespace cupel::fixes {

// Whether `place`, inside a script, is a number between commas and brackets.
[[nodiscard]] bool isBareNumber(ByteView text, ByteRange place);

} // namespace cupel::fixes
