// SPDX-License-Identifier: GPL-3.0-or-later
// Reports made by hand: one with every kind of block and text that tries to break out of the format it is written in,
// and a workspace that holds a canary which no report may show.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/report.h"
#include "analyzers/report/build.h"

#include <memory>
#include <string>
#include <tuple>

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
    Drawing drawing{200, 60, "Two boxes " + hostileText, {"one to two", hostileText}, {}};
    drawing.parts.emplace_back(DrawnBox{0, 10, 80, 40, 4, Ink::Third, Ink::Border, true});
    drawing.parts.emplace_back(DrawnText{5, 20, 60, 8, hostileText, Ink::Text, true, false});
    drawing.parts.emplace_back(DrawnLine{{{80, 30}, {120, 30}}, Ink::Muted, 0.75, true, false});
    drawing.parts.emplace_back(DrawnLine{{{120, 30}, {115, 28}, {115, 32}}, Ink::Muted, 0, false, true});
    drawing.parts.emplace_back(DrawnSign{125, 20, 20, 4});
    files.blocks.emplace_back(std::move(drawing));
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

// Findings of several families with decisions about some of them: one that holds and covers two places, one that
// expired, one about a line that is another one now, one about nothing that is left; and one finding of a baseline.
inline Workspace madeReview()
{
    Workspace workspace = madeWorkspace();
    auto analysis = std::make_shared<Analysis>(*workspace.analyses.at("/data/zoe/churn/a.ipynb"));
    const auto add = [&analysis](std::string rule, Family family, std::string title, Severity severity,
                         std::string fingerprint, std::uint32_t line) -> Finding& {
        Finding finding;
        finding.rule = std::move(rule);
        finding.family = family;
        finding.title = std::move(title);
        finding.severity = severity;
        finding.confidence = Confidence::Likely;
        finding.fingerprint = std::move(fingerprint);
        finding.context = "00000000000000aa";
        finding.location = {"/data/zoe/churn/a.ipynb", {line, line + 1}, line, 1, 1, 1, line, {}, Part::Source,
            "cell 1, line " + std::to_string(line)};
        analysis->findings.push_back(std::move(finding));
        return analysis->findings.back();
    };
    add("CUP-X-KEPT", Family::Secret, "A test key", Severity::High, "f-kept", 3).fix = Fix{"redact", false, {}};
    add("CUP-X-KEPT", Family::Secret, "A test key", Severity::High, "f-kept", 5);
    add("CUP-X-EXPIRED", Family::Code, "No certificate is asked for", Severity::Medium, "f-expired", 7).fix =
        Fix{"set-argument", false, {}};
    add("CUP-X-MOVED", Family::Dependency, "Not pinned", Severity::Low, "f-moved", 9).fix = Fix{"pin", true, {}};
    add("CUP-X-OLD", Family::Malformed, "An old flaw", Severity::Low, "f-old", 11).settled = "baseline";
    add("CUP-ORD-X", Family::Lineage, "Run out of order", Severity::Low, "f-order", 13);
    Finding& output = add("CUP-OUT-X", Family::Output, "A script runs", Severity::High, "f-output", 15);
    for (const char* program : {"JupyterLab, not trusted: blocked", "JupyterLab, trusted: runs", "nbconvert HTML: runs",
             "VS Code: runs once the folder is trusted", "GitHub: blocked", "Colab: runs, in a frame of its own"}) {
        output.evidence.push_back({"viewer", {}, program});
    }
    output.fix = Fix{"drop-output", true, {}};
    Finding& column = add("CUP-PII-X", Family::Pii, "E-mail address", Severity::Medium, "f-column", 17);
    column.evidence.push_back({"column", {}, "3 of 3 cells fit"});
    column.arguments = {{"column", "contact"}, {"type", "E-mail address"}, {"share", "100 %"}, {"rows", "3"}};
    for (const auto& [name, version, source] : {std::tuple("Torch", "2.6.0", DependencySource::Install),
             std::tuple("torch", "", DependencySource::Import), std::tuple("numpy", "", DependencySource::Import)}) {
        Dependency dependency;
        dependency.name = name;
        dependency.version = version;
        dependency.ecosystem = "pypi";
        dependency.source = source;
        dependency.location = analysis->findings.back().location;
        dependency.location.bytes.start += version[0] == 0 ? 1 : 0;
        analysis->dependencies.push_back(dependency);
    }
    workspace.analyses["/data/zoe/churn/a.ipynb"] = analysis;
    return workspace;
}

inline report::Options madeReviewOptions()
{
    report::Options options;
    options.profile = *review::builtInProfile("public");
    options.today = "2026-06-01";
    const auto decide = [&options](
                            std::string fingerprint, review::Reason reason, std::string expires, std::string context) {
        options.decisions.set({std::move(fingerprint), std::move(context), "CUP-X", "a.ipynb", "cell 1, line 3", reason,
            "because " + hostileText, "Zo\u00eb", "2026-01-02", std::move(expires)});
    };
    decide("f-kept", review::Reason::TestData, "2026-06-01", "00000000000000aa");
    decide("f-expired", review::Reason::AcceptedRisk, "2026-05-31", "");
    decide("f-moved", review::Reason::FalsePositive, "", "00000000000000bb");
    decide("f-nowhere", review::Reason::WontFix, "", "");
    // About another file of the folder: nobody looked at it, so nothing is said of it.
    options.decisions.set(
        {"f-other", "", "CUP-X", "elsewhere/b.ipynb", "cell 1", review::Reason::WontFix, "", "Ada", "2026-01-02", ""});
    return options;
}

} // namespace cupel::test
