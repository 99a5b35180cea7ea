// SPDX-License-Identifier: GPL-3.0-or-later
// Which findings answer which question about a model file: whether it can run code, opens other files, hides bytes.
// One place, so that the window, the report and a copy without them say the same.
#pragma once

#include "analyzers/model/finding.h"

#include <cstdint>

namespace cupel {

// What runs, or may run, when the file is loaded; not what is only wrong about its form. A rule that nobody thought of
// counts: an answer is never better than what is known.
[[nodiscard]] bool isAboutCode(const Finding& finding);
// The bytes are not what the format says: broken, cut off, two things at once, or something beside it.
[[nodiscard]] bool isAboutForm(const Finding& finding);
// Something outside of the file is read or written.
[[nodiscard]] bool isAboutOtherFiles(const Finding& finding);
// Bytes or members that loaders do not see.
[[nodiscard]] bool isAboutHiddenBytes(const Finding& finding);
struct HiddenSize {
    std::uint64_t bytes = 0; // may be more than the place that the finding points at
    bool exact = true; // false: at least so many
};
[[nodiscard]] HiddenSize hiddenSize(const Finding& finding);

} // namespace cupel
