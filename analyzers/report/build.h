// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace turned into a report document: the sections of sections.def in order.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/report.h"
#include "analyzers/report/model_brief.h"
#include "analyzers/report/threats/threat_review.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/profile.h"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

// Who marked pictures as looked at in the window, and when.
struct PictureWitness {
    std::string author; // empty: nobody wrote down who
    std::string date; // ISO date; empty: nobody wrote down when
    std::uint64_t pictures = 0;
};

struct Options {
    std::string subject; // "churn-model.ipynb"; empty: taken from the roots
    std::string date; // ISO date to print, empty: undated and so reproducible
    std::vector<std::string> sections; // ids to include, empty: all
    Severity minSeverity = Severity::Info;
    std::optional<review::Profile> profile; // for whom it is: its gates are judged
    review::Decisions decisions;
    std::string today; // ISO date that decisions are held against; empty: none has expired
    std::uint64_t known = 0; // findings that were left out because they were known before
    review::LookedAt lookedAt; // pictures that a person has looked at, by artifact
    std::vector<PictureWitness> witnesses; // of these pictures
    ThreatReviewPtr threats; // null: no threat model was made, and no section speaks of one
    ModelBriefs models; // made where the bytes were; of others one is made from what the analysis still has
};

struct Input {
    const Workspace& workspace;
    const Options& options;
    Summary summary; // of what nobody has decided about
    std::optional<review::Verdict> verdict; // with a profile
};

struct SectionEntry {
    std::string_view id;
    std::string_view title;
    Section (*build)(const Input& input);
};

// The same workspace with Finding::settled filled in by the decisions that hold, for writers that know only findings.
[[nodiscard]] Workspace withDecisions(const Workspace& workspace, const Options& options);
[[nodiscard]] std::span<const SectionEntry> sections();
// A section that has nothing to say is left out.
[[nodiscard]] Document build(const Workspace& workspace, const Options& options);

} // namespace cupel::report
