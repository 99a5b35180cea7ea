// SPDX-License-Identifier: GPL-3.0-or-later
// The immutable outcome for one artifact, and the workspace that collects them.
#pragma once

#include "analyzers/model/artifact.h"
#include "analyzers/model/dependency.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/finding.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cupel {

struct Analysis {
    Artifact artifact; // bytes are kept only when ScanOptions::keepBytes
    std::uint64_t size = 0; // bytes of the file, also when they were not kept
    Facts facts;
    std::vector<Finding> findings; // sorted with comesBefore
    std::vector<Finding> allowed; // switched off by an inline allow comment; still masked
    std::vector<Dependency> dependencies; // in the order of the file
    std::vector<ByteRange> sensitive; // file ranges that must never be shown in clear, sorted, disjoint
    std::uint64_t pictures = 0; // raster images in it: what they show nothing here reads
    std::uint64_t droppedFindings = 0; // beyond Limits::findingsPerRule
    std::uint64_t rulesRun = 0;
    bool provisional = false; // the slow rules are still at it: another analysis of this artifact follows
    double seconds = 0; // analysis time; never part of a deterministic output
};

using AnalysisPtr = std::shared_ptr<const Analysis>;

struct Workspace {
    std::vector<std::string> roots; // as the user gave them
    std::map<std::string, AnalysisPtr> analyses; // by logical path: the order of every output
    bool cancelled = false;
    bool timedOut = false;
};

struct Summary {
    std::uint64_t artifacts = 0;
    std::uint64_t partial = 0; // partial or unreadable
    std::uint64_t bytes = 0;
    std::uint64_t bySeverity[5] = {}; // index: Severity; open findings only
    std::uint64_t settled = 0; // in a baseline, or decided by a person
    bool incomplete = false;
    bool anythingScannable = false;
};
[[nodiscard]] Summary summarize(const Workspace& workspace);

} // namespace cupel
