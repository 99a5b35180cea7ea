// SPDX-License-Identifier: GPL-3.0-or-later
// Proof that edits did what they promise: the new bytes are judged again, and every finding of before and after is
// accounted for. A pure function; runs on any thread.
#pragma once

#include "analyzers/engine/remains.h"
#include "analyzers/fixes/plan.h"
#include "analyzers/model/options.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cupel::engine {

// What a finding of the new bytes is known by.
struct Stamp {
    std::string fingerprint = {}; // empty: no scan finds it, not even one that knows the other files of its folder
    std::string context = {};
    std::optional<std::size_t> before = std::nullopt; // its index among the findings before
    bool untold = false; // a value that was left, and nothing in the new file tells what it is any more
};

struct Proof {
    std::shared_ptr<const std::string> bytes; // the file as it will be
    AnalysisPtr after;
    std::vector<std::size_t> gone; // of the findings before: mended; rising
    std::vector<std::size_t> stayed; // of the findings before: still there, by their index before
    std::vector<std::size_t> fresh; // of the findings after: were not there before. Empty when all is well
    std::vector<std::size_t> failed; // of the findings before, rising: an edit was on for it, and it is still there
    // One for each finding after, which keeps its fingerprint of before: what a scan of the new file says.
    std::vector<Stamp> stamps;
    Remains remains; // equal words that no edit can tell from ordinary ones: said, not held against it
    [[nodiscard]] std::vector<std::size_t> untold() const; // of the findings after: see Stamp; rising
    [[nodiscard]] bool holds() const { return fresh.empty() && failed.empty(); }
};

// `on` as for fixes::fileEdits. The plan's analysis must hold its bytes.
[[nodiscard]] Proof prove(
    const fixes::Plan& plan, const std::vector<bool>& on, const ScanOptions& options, Budget& budget);

// The same, with those edits switched off that do not mend their finding: what cannot be done wholly is left to a
// person, and the rest can still be written. `on` gets one entry per edit.
[[nodiscard]] Proof proveWhatHolds(
    const fixes::Plan& plan, std::vector<bool>& on, const ScanOptions& options, Budget& budget);

} // namespace cupel::engine
