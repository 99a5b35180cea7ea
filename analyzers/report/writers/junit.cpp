// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/junit.h"

#include "analyzers/base/markup.h"
#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel::report {

namespace {

constexpr std::size_t longest = 2'000;

// Text fit for XML 1.0: no controls, the five signs as entities.
std::string xml(std::string_view text)
{
    std::string out;
    for (const char c : toDisplay(text, longest)) {
        if (const std::string_view entity = entityOf(c); !entity.empty()) {
            out += entity;
        } else {
            out += c == '\t' ? ' ' : c;
        }
    }
    return out;
}

void writeCase(const Finding& finding, const TextSink& sink)
{
    const auto& location = finding.location;
    sink("    <testcase name=\"" + xml(finding.rule + ", " + location.human) + "\" classname=\""
        + xml(location.artifact) + "\" file=\"" + xml(location.artifact) + "\" line=\"" + std::to_string(location.line)
        + "\">\n");
    if (finding.settled.empty()) {
        const auto excerpt = finding.evidence.empty() ? std::string() : finding.evidence.front().excerpt;
        sink("      <failure type=\"" + std::string(toString(finding.severity)) + "\" message=\"" + xml(finding.title)
            + "\">" + xml(finding.message) + "\n" + xml(excerpt) + "</failure>\n");
    } else {
        sink("      <skipped message=\"" + xml(finding.settled + ' ' + finding.settledNote) + "\"/>\n");
    }
    sink("    </testcase>\n");
}

} // namespace

void writeJunit(const Workspace& workspace, const RunInfo&, const TextSink& sink)
{
    const auto summary = summarize(workspace);
    std::uint64_t failures = 0;
    for (const auto count : summary.bySeverity) {
        failures += count;
    }
    sink("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cupel\" failures=\"" + std::to_string(failures)
        + "\" errors=\"" + std::to_string(summary.partial) + "\">\n");
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& findings = analysis->findings;
        const auto settled = static_cast<std::size_t>(std::count_if(
            findings.begin(), findings.end(), [](const Finding& finding) { return !finding.settled.empty(); }));
        const bool whole = analysis->facts.status == ReadStatus::Complete;
        sink("  <testsuite name=\"" + xml(path) + "\" tests=\"" + std::to_string(findings.size() + 1) + "\" failures=\""
            + std::to_string(findings.size() - settled) + "\" errors=\"" + (whole ? "0" : "1") + "\" skipped=\""
            + std::to_string(settled) + "\">\n    <testcase name=\"read\" classname=\"" + xml(path) + "\"");
        if (whole) {
            sink("/>\n");
        } else {
            const auto& notes = analysis->facts.diagnostics;
            sink(">\n      <error message=\"" + xml(notes.empty() ? "not read to its end" : notes.front().message)
                + "\"/>\n    </testcase>\n");
        }
        for (const auto& finding : findings) {
            writeCase(finding, sink);
        }
        sink("  </testsuite>\n");
    }
    sink("</testsuites>\n");
}

} // namespace cupel::report
