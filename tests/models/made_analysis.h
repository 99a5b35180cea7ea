// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses made by hand, for tests of what stands above the engine.
#pragma once

#include "analyzers/model/analysis.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cupel::test {

struct MadeFinding {
    std::string rule;
    Severity severity = Severity::High;
    Confidence confidence = Confidence::Certain;
    std::uint32_t cell = 0;
    std::string title = "Title";
    Family family = Family::Secret;
    std::string cls = {};
    Part part = Part::Source;
};

inline Finding makeFinding(const std::string& path, const MadeFinding& made, std::uint64_t at)
{
    Finding finding;
    finding.rule = made.rule;
    finding.severity = made.severity;
    finding.confidence = made.confidence;
    finding.family = made.family;
    finding.cls = made.cls;
    finding.title = made.title;
    finding.message = "Message of " + made.title;
    finding.location = {path, {at, at + 10}, 1, 1, made.cell, made.cell, 1, {}, made.part,
        "cell " + std::to_string(made.cell) + ", line 1"};
    finding.evidence.push_back({"match", finding.location, "excerpt ••••"});
    finding.fingerprint = made.rule + '-' + std::to_string(at);
    return finding;
}

inline AnalysisPtr makeAnalysis(const std::string& path, const std::vector<MadeFinding>& findings)
{
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = path;
    analysis->facts.format = "notebook";
    analysis->size = 1000;
    std::uint64_t at = 100;
    for (const MadeFinding& made : findings) {
        analysis->findings.push_back(makeFinding(path, made, at));
        at += 100;
    }
    return analysis;
}

// `count` findings over `files` files, of all severities and 40 rules.
inline std::vector<AnalysisPtr> makeMany(std::size_t count, std::size_t files)
{
    std::vector<AnalysisPtr> analyses;
    for (std::size_t file = 0; file < files; ++file) {
        std::vector<MadeFinding> findings;
        for (std::size_t i = file; i < count; i += files) {
            MadeFinding made;
            made.rule = "CUP-SEC-RULE-" + std::to_string(i % 40);
            made.severity = static_cast<Severity>(i % 5);
            made.confidence = static_cast<Confidence>(i % 3);
            made.cell = static_cast<std::uint32_t>(i % 300);
            made.title = "Credential of service " + std::to_string(i % 40);
            findings.push_back(made);
        }
        analyses.push_back(makeAnalysis("work/folder/notebook-" + std::to_string(file) + ".ipynb", findings));
    }
    return analyses;
}

} // namespace cupel::test
