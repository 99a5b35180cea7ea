// SPDX-License-Identifier: GPL-3.0-or-later
// A credential that was found in one place stands in others where no rule knows it: in the name of a file, in what
// another finding shows. Equal bytes are equally secret.
#pragma once

#include "analyzers/rules/sink.h"

#include <vector>

namespace cupel::rules {

struct EqualPlace {
    ByteRange bytes;
    std::size_t value = 0; // index of the value
};

// Whether a value may be looked for by its bytes alone: an ordinary word would black out half of a text.
[[nodiscard]] bool isUnmistakable(ByteView value);
// Where else in `text` the values stand, front to back. One pass; the number of values and of places is bounded.
[[nodiscard]] std::vector<EqualPlace> placesOfValues(ByteView text, const std::vector<ByteView>& values);

// Adds masks for every other place of the file where a credential of these stands, and tidies all.
void maskEqualValues(ByteView text, const std::vector<Hit>& hits, std::vector<Masked>& masks);

} // namespace cupel::rules
