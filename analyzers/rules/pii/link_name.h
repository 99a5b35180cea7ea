// SPDX-License-Identifier: GPL-3.0-or-later
// How far the name in a link goes: browsers take nearly every sign, a sentence may go on right behind it. What is only
// the end of a sentence is left out; where more of a name follows, all of it belongs to the name, so that no part of
// somebody stays behind.
#pragma once

#include "analyzers/base/bytes.h"

namespace cupel::rules::pii {

struct LinkName {
    ByteRange whole; // empty: there is none
    ByteRange head; // the part of it that is certain to be none of a sentence; may be empty
};

// From `at` on.
[[nodiscard]] LinkName linkNameAt(ByteView text, std::size_t at);

} // namespace cupel::rules::pii
