// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was judged, what can be mended in it, and what a scan says of the result.
#pragma once

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/prove.h"
#include "analyzers/fixes/plan.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cupel::test {

struct Fixed {
    AnalysisPtr before;
    fixes::Plan plan;
    engine::Proof proof;
};

// `on`: which edits are made; empty: all of them.
inline Fixed fixed(const std::string& file, const std::string& name = "a.ipynb", const std::vector<bool>& on = {})
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = name;
    artifact.bytes = std::make_shared<const std::string>(file);
    Fixed out;
    out.before = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    fixes::Pseudonyms names;
    out.plan = fixes::makePlan(out.before, names, budget);
    out.proof = engine::prove(out.plan, on, options, budget);
    return out;
}

} // namespace cupel::test
