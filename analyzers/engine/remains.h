// SPDX-License-Identifier: GPL-3.0-or-later
// What stays after values were taken out: equal words elsewhere in the new file, where nothing tells whether they are
// the value or an ordinary word, and words of a person's name that stand alone ("Megan"). Looked for in the new bytes,
// so that "clean" is never said of a value that is still there. Words of names have room of their own: however
// many there are, no whole value is left out for them. A pure function; runs on any thread.
#pragma once

#include "analyzers/fixes/plan.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cupel::engine {

struct Remain {
    std::size_t finding = 0; // of the analysis before: whose value was taken out
    bool part = false; // words of the value, not the whole
    std::size_t count = 0; // places
    std::vector<Location> places; // the first of them, in the new file; `human` and what leads there, no text
};

struct Remains {
    std::vector<Remain> list; // one for each finding with something left, in the order of the findings, then of parts
    bool complete = true; // false: more values were taken out, or more places found, than are looked at
};

// "cell 2; cell 5, output 0; and 3 more"
[[nodiscard]] std::string placesOf(const Remain& remain);
[[nodiscard]] std::string placesOf(const Finding& finding);

// `on` as for fixes::fileEdits.
[[nodiscard]] Remains whatRemains(
    const fixes::Plan& plan, const std::vector<bool>& on, const Analysis& after, Budget& budget);

} // namespace cupel::engine
