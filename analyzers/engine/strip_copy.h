// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a stripped copy of a model file and proves it before it appears: the new file is read and judged again, what
// was to go is gone, every tensor and member is the same, no finding is new. The old file is never opened for writing.
// Blocking; any thread.
#pragma once

#include "analyzers/convert/strip.h"
#include "analyzers/model/options.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cupel::engine {

struct StripProof {
    std::vector<std::string> broken; // what does not hold, a clause each; empty: all does
    std::size_t tensors = 0; // with the same bytes as before
    std::size_t members = 0;
    std::size_t gone = 0; // findings that went with what was taken out
};
// Pure. Both sides with their bytes; `after` as it was read from the new file.
[[nodiscard]] StripProof proveStripped(
    const convert::StripPlan& plan, const Workspace& before, const Workspace& after, Budget& budget);

struct StripOutcome {
    std::string trouble; // why nothing was written, a sentence's end; empty: it is there and proved
    StripProof proof;
};
// `before`: the scan of the file that was planned. The copy gets its name only when the proof holds.
[[nodiscard]] StripOutcome writeStrippedCopy(const convert::StripPlan& plan, const Workspace& before,
    const std::string& target, const ScanOptions& options, Budget& budget);

} // namespace cupel::engine
