// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the frames of installed libraries in a traceback, which are folded: what went wrong is in the others.
#pragma once

#include "widgets/notebook/text_data.h"

#include <vector>

namespace cupel::widgets {

struct LibraryFrames {
    int first = 0; // lines
    int end = 0;
    int frames = 0;
    QStringList packages; // at most three, in order of appearance
};

[[nodiscard]] std::vector<LibraryFrames> libraryFrames(const TextData& traceback);

} // namespace cupel::widgets
