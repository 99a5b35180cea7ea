// SPDX-License-Identifier: GPL-3.0-or-later
// Reports made by hand: one with every kind of block and text that tries to break out of the format it is written in,
// and a workspace that holds a canary which no report may show.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/report.h"

#include <memory>
#include <string>

namespace cupel::test {

inline const std::string hostileText =
    "<script>alert(1)</script> & \"quotes\" 'single' | pipe `tick` *star* _under_ [a](javascript:b) ]]>";

inline report::Section madeSummary()
{
    using namespace report;
    Section section{"summary", "Summary and verdict", {}};
    section.blocks.emplace_back(
        Verdict{4, true, "Not fit to share as it is", "2 critical findings stand in the way. " + hostileText});
    section.blocks.emplace_back(Counts{{1, 0, 3, 12, 1234567}});
    section.blocks.emplace_back(Heading{3, "What to do first", "first", {}, -1});
    section.blocks.emplace_back(
        List{{{4, "Revoke the key in cell 9", "a/very/long/path/to/a/notebook.ipynb", "finding-1"},
            {2, hostileText, "note " + hostileText, "finding-2"}, {-1, "Plain", {}, {}}}});
    section.blocks.emplace_back(
        KeyValues{{{"Cells", "14 of 14"}, {"Rules", "212, version 2026.11"}, {hostileText, hostileText}}, 2});
    section.blocks.emplace_back(Paragraph{"Nothing was run.", Paragraph::Tone::Small});
    return section;
}

inline report::Section madeFindings()
{
    using namespace report;
    Section section{"findings", "Findings", {}};
    section.blocks.emplace_back(Paragraph{"2 findings, worst first.", Paragraph::Tone::Muted});
    section.blocks.emplace_back(Heading{2, "AWS access key in output", "finding-1", "CUP-SEC-AWS", 4});
    section.blocks.emplace_back(Paragraph{"Critical, certain, cell 9, output 1", Paragraph::Tone::Muted});
    section.blocks.emplace_back(
        Paragraph{"The key was printed and saved. Fix: revoke it first.", Paragraph::Tone::Body});
    section.blocks.emplace_back(
        Code{{{"12", "key = 'AKIA\u2022\u2022\u2022\u20227QXA'", {{7, 27}}}, {{}, "```` " + hostileText, {}}}, 4});
    section.blocks.emplace_back(Heading{2, hostileText, "finding-2", "CUP-X", 2});
    section.blocks.emplace_back(Paragraph{"- not a bullet, " + hostileText, Paragraph::Tone::Body});
    return section;
}

inline report::Document madeReport()
{
    using namespace report;
    Document document;
    document.title = "Audit report";
    document.subject = "Churn " + hostileText;
    document.scope = "1 notebook, 1 script";
    document.date = "2026-11-21";
    document.digest = "9c1e40ba3d1700000000000000000000000000000000000000000000000077d2";
    document.sections.push_back(madeSummary());
    document.sections.push_back(madeFindings());
    Section files{"inventory", "Examined files", {}};
    files.blocks.emplace_back(Table{{"File", "Bytes", "SHA-256"},
        {{"a.ipynb", "1,024", "9c1e40ba3d17"}, {hostileText, "7", "not read"},
            {"fi ffl \u00e9\u00df\u4e2d\U0001F600", "1", "\u2014"}},
        {6, 2, 5}, {false, false, true}});
    document.sections.push_back(files);
    return document;
}

// Long enough to break pages everywhere.
inline report::Document longReport(int findings)
{
    using namespace report;
    Document document = madeReport();
    document.subject = "Long";
    Section& section = document.sections[1];
    section.blocks.clear();
    section.blocks.emplace_back(
        Paragraph{std::to_string(findings) + " findings, worst first.", Paragraph::Tone::Muted});
    for (int i = 0; i < findings; ++i) {
        const std::string number = std::to_string(i);
        section.blocks.emplace_back(Heading{2, "GitHub personal access token " + number,
            "finding-" + std::to_string(i + 1), "CUP-SEC-GITHUB-PAT", 4 - i * 5 / findings});
        section.blocks.emplace_back(Paragraph{
            "Critical, certain, notebooks/customers-" + number + ".ipynb, cell 7, line 3", Paragraph::Tone::Muted});
        section.blocks.emplace_back(
            Paragraph{"Anyone who reads this file can use the account until the token is revoked, and its checksum is "
                      "valid. Fix: revoke the token, then read it from the environment. CWE-798, AML.T0055.",
                Paragraph::Tone::Body});
        section.blocks.emplace_back(
            Code{{{"3", "token = \"ghp_\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022a1B2\"", {}}}, 4});
        section.blocks.emplace_back(Paragraph{"Evidence: checksum valid; 36 characters.", Paragraph::Tone::Small});
    }
    Table& table = std::get<Table>(document.sections[2].blocks[0]);
    for (int i = 0; i < findings; ++i) {
        table.rows.push_back({"notebooks/customers-" + std::to_string(i) + ".ipynb", "104,857", std::string(64, 'a')});
    }
    return document;
}

inline constexpr const char* canary = "CANARY-3f9a-never-to-be-seen";

// A notebook whose bytes hold the canary; the finding has only its masked form, as the sink leaves it.
inline Workspace madeWorkspace()
{
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "/data/zoe/churn/a.ipynb";
    analysis->artifact.bytes =
        std::make_shared<const std::string>(std::string("{\"cells\": [], \"secret\": \"") + canary + "\"}");
    analysis->artifact.sha256 = sha256(analysis->artifact.view());
    analysis->size = analysis->artifact.view().size();
    analysis->facts.format = "notebook";
    analysis->facts.status = ReadStatus::Partial;
    analysis->facts.coverage = {10, analysis->size};
    analysis->facts.diagnostics.push_back(
        {"json-truncated", "The file ends in the middle of a cell", 17, DiagnosticLevel::Incomplete});
    Finding finding;
    finding.rule = "CUP-TEST-NOT-IN-CATALOGUE";
    finding.family = Family::Secret;
    finding.title = "Invented token\nin \xE2\x80\xAE source \xFF";
    finding.message = "A token stands in the source.";
    finding.severity = Severity::High;
    finding.confidence = Confidence::Certain;
    finding.location = {"/data/zoe/churn/a.ipynb", {24, 52}, 1, 25, 0, 0, 1, {}, Part::Source, "cell 0, line 1"};
    finding.evidence.push_back({"match", finding.location, "secret = CANA\u2022\u2022\u2022\u2022seen"});
    finding.evidence.push_back({"check", {}, "checksum valid"});
    analysis->findings.push_back(finding);
    finding.severity = Severity::Low;
    analysis->allowed.push_back(finding);
    analysis->sensitive.push_back({24, 52});
    auto clean = std::make_shared<Analysis>();
    clean->artifact.path = "/data/zoe/churn/sub/b.py";
    clean->artifact.sha256 = sha256("b");
    clean->size = 1;
    clean->facts.format = "python";
    clean->facts.coverage = {1, 1};
    Workspace workspace;
    workspace.roots = {"/data/zoe/churn"};
    workspace.analyses[analysis->artifact.path] = analysis;
    workspace.analyses[clean->artifact.path] = clean;
    return workspace;
}

} // namespace cupel::test
