// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader sees of a text with markup: terminal colours, HTML tags and characters without width gone, entities
// written out. A token with a colour change in its middle is whole again, and has to be found and masked.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/offset_map.h"

#include <string>

namespace cupel::rules {

struct RenderedText {
    std::string text; // empty: no markup stands at a word, so no word differs
    OffsetMap map; // to the text with markup
};

// Undoes ECMA-48 control sequences and characters without width; with `html` also tags (those between blocks become a
// line break) and entities.
[[nodiscard]] RenderedText renderText(ByteView text, bool html, Budget& budget);
// The text without control sequences, for one line that is shown: of "ESC [0m" a bare "[0m" would stay otherwise.
[[nodiscard]] std::string withoutControls(std::string text);

} // namespace cupel::rules
