// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of text as roles, resolved to the theme when painted: the painted cells and the editor share them.
#pragma once

#include "widgets/common/theme.h"

#include <QtGui/QColor>

#include <cstdint>

namespace cupel::widgets {

enum class Ink : std::uint8_t {
    Primary,
    Secondary,
    Muted,
    Keyword,
    String,
    Number,
    Comment,
    Link,
    // The terminal's colours, fitted to the theme
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
};

// A run of text in one look; positions in UTF-16 units.
struct Span {
    int start = 0;
    int length = 0;
    Ink ink = Ink::Primary;
    bool strong = false;
    bool italic = false;
    bool strike = false;
    bool mono = false; // code inside prose
};

[[nodiscard]] QColor color(Ink ink);

} // namespace cupel::widgets
