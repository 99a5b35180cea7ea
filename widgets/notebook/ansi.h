// SPDX-License-Identifier: GPL-3.0-or-later
// Terminal text: colours become spans, every other escape sequence disappears. Nothing moves a cursor: text that a
// terminal would overwrite stays readable.
#pragma once

#include "analyzers/base/offset_map.h"
#include "widgets/editor/ink.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::widgets {

struct AnsiText {
    std::string utf8; // without escape sequences
    OffsetMap map; // offset in utf8 -> offset in the input; empty: nothing was removed
    std::vector<Span> spans; // in bytes of utf8
};

[[nodiscard]] AnsiText readAnsi(std::string_view text);

} // namespace cupel::widgets
