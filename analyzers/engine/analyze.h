// SPDX-License-Identifier: GPL-3.0-or-later
// One artifact: bytes to facts to findings. A pure function; runs on any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"

#include <functional>
#include <memory>
#include <vector>

namespace cupel::engine {

// Receives each member of a container as soon as it is unpacked, on the calling thread.
using ChildSink = std::function<void(Artifact)>;
// Receives what the quick rules found while the slow ones are still at it; called when that takes long enough to matter
// and nothing is shown that the slow rules may hide. Its facts say that it is not complete.
using EarlySink = std::function<void(Analysis)>;
// Receives what of a file matters to others (flow_shelf.h): whether it may, or with `follow` what. Not called when
// there is nothing of the kind.
struct FlowNotes;
struct FlowSink {
    std::function<void(FlowNotes)> take;
    bool follow = false;
};
[[nodiscard]] Analysis analyze(Artifact artifact, const ScanOptions& options, Budget& budget, const ChildSink& children,
    const EarlySink& early = {}, const FlowSink& flows = {});
// The same with all members collected; null: members are not wanted.
[[nodiscard]] Analysis analyze(
    Artifact artifact, const ScanOptions& options, Budget& budget, std::vector<Artifact>* children = nullptr);

// An analysis for something that could not be read at all.
[[nodiscard]] Analysis unreadable(std::string path, const Error& error);

} // namespace cupel::engine
