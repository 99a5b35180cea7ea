// SPDX-License-Identifier: GPL-3.0-or-later
// What `cupel fix` says: the edits side by side as lines, what they mend, what is left, and whether the proof holds.
#pragma once

#include "analyzers/engine/prove.h"
#include "analyzers/fixes/plan.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cupel::cli {

struct FixRun {
    fixes::Plan plan;
    std::vector<bool> on; // one per edit of the plan
    std::vector<bool> asked; // the same before the proof, which switches off what does not mend its finding
    std::vector<bool> others; // by finding: --only asks for something else; empty without --only
    engine::Proof proof;
    std::string written; // the file that was written; empty: none
    std::vector<std::string> kept; // what stays because somebody accepted it, a sentence each
    bool wanted = false; // --write or --out was given
    std::vector<std::string> verdict; // what the profile says of the result, a sentence each; empty: none was asked
};

[[nodiscard]] inline bool isUnproved(const FixRun& run, std::size_t edit)
{
    return run.asked[edit] && !run.on[edit];
}
[[nodiscard]] std::string fixText(const FixRun& run, bool colour, std::size_t width);
[[nodiscard]] std::string fixJson(const FixRun& run);

} // namespace cupel::cli
