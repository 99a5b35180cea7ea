// SPDX-License-Identifier: GPL-3.0-or-later
// SARIF: flows, offered edits and suppressions say what they should, and what does not fit is cut and told.
#include "analyzers/base/deflate_meter.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/fixes/raw_edit.h"
#include "analyzers/report/offered_edits.h"
#include "analyzers/report/short_paths.h"
#include "analyzers/report/writers/sarif.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <set>

using namespace cupel;
using nlohmann::json;

namespace {

AnalysisPtr analysed(const std::string& text, const std::string& name, const std::string& parent = {})
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = name;
    artifact.parent = parent;
    artifact.bytes = std::make_shared<const std::string>(text);
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

std::string written(const Workspace& workspace, const report::RunInfo& run, std::uint64_t most)
{
    std::string text;
    report::writeSarif(workspace, run, [&text](std::string_view piece) { text += piece; }, most);
    return text;
}

std::uint64_t compressed(const std::string& text)
{
    DeflateMeter meter;
    meter.add(text);
    return meter.finish();
}

std::set<std::string> notes(const json& run)
{
    std::set<std::string> out;
    for (const auto& note : run["invocations"][0]["toolExecutionNotifications"]) {
        out.insert(note["descriptor"]["id"].get<std::string>());
    }
    return out;
}

// Findings with many places each, in files of their own.
Workspace large(std::size_t files, std::size_t places)
{
    Workspace workspace;
    for (std::size_t i = 0; i < files; ++i) {
        auto analysis = std::make_shared<Analysis>();
        analysis->artifact.path = "f" + std::to_string(i) + ".py";
        analysis->artifact.sha256 = sha256(analysis->artifact.path);
        analysis->facts.format = "python";
        if (i % 2 == 0) {
            Finding finding;
            finding.rule = "CUP-X";
            finding.title = "Made";
            finding.severity = i == 0 ? Severity::Critical : Severity::Low;
            finding.fingerprint = toHex(sha256("x" + std::to_string(i))).substr(0, 32);
            finding.location.artifact = analysis->artifact.path;
            for (std::size_t k = 0; k < places; ++k) {
                Location place = finding.location;
                place.bytes = {k + 1, k + 2};
                place.line = static_cast<std::uint32_t>(k + 1);
                finding.evidence.push_back({"place", place, toHex(sha256(std::to_string(k * 7 + i)))});
            }
            analysis->findings.push_back(finding);
        }
        workspace.analyses[analysis->artifact.path] = analysis;
    }
    return workspace;
}

} // namespace

CUPEL_TEST(meter_counts_what_a_compressor_makes)
{
    CHECK(compressed(std::string(1'000'000, 'a')) < 6'000);
    std::string noise;
    while (noise.size() < 100'000) {
        noise += toHex(sha256(noise));
    }
    const auto size = compressed(noise);
    CHECK(size > 48'000 && size < 80'000); // hex digits hold half of their bits
}

CUPEL_TEST(all_of_a_small_run_is_written)
{
    const auto run = json::parse(written(large(4, 3), {}, 1'000'000))["runs"][0];
    CHECK_EQ(run["results"].size(), 2U);
    CHECK_EQ(run["artifacts"].size(), 4U);
    CHECK_EQ(run["results"][0]["relatedLocations"].size(), 3U);
    CHECK(notes(run).empty());
}

CUPEL_TEST(places_beyond_the_limit_are_counted)
{
    const auto run = json::parse(written(large(1, 250), {}, 10'000'000))["runs"][0];
    CHECK_EQ(run["results"][0]["relatedLocations"].size(), report::sarifMaxLocations - 1);
    CHECK(notes(run).contains("locations-cut"));
}

CUPEL_TEST(what_does_not_fit_is_left_out_step_by_step)
{
    const auto workspace = large(400, 30);
    const auto whole = compressed(written(workspace, {}, 100'000'000));
    std::uint64_t last = whole + 1;
    for (const auto& [most, wanted] : {std::pair(whole / 4, "detail-cut"), {whole / 60, "results-cut"}}) {
        const auto text = written(workspace, {}, most);
        const auto size = compressed(text);
        CHECK(size <= most && size < last);
        last = size;
        const auto run = json::parse(text)["runs"][0];
        CHECK(notes(run).contains(wanted));
        CHECK_EQ(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "f0.py");
        for (const auto& result : run["results"]) { // the indices still point to the right file
            const auto& where = result["locations"][0]["physicalLocation"]["artifactLocation"];
            CHECK_EQ(run["artifacts"][where["index"].get<std::size_t>()]["location"]["uri"], where["uri"]);
        }
    }
}

CUPEL_TEST(offered_edits_mend_and_tell_nothing)
{
    const auto secret = [] {
        test::Letters letters;
        return test::githubToken(letters);
    }();
    const auto text = "token = \"" + secret + "\"\nprint(\"ü\"); x = \"" + secret + "\"\n";
    const auto analysis = analysed(text, "a.py");
    Budget budget;
    const auto offered = report::offeredEdits(analysis, budget);
    CHECK_EQ(offered.size(), analysis->findings.size());
    CHECK(offered.size() >= 2U);
    std::vector<fixes::RawEdit> edits;
    for (const auto& [fingerprint, list] : offered) {
        for (const auto& replacement : list) {
            CHECK(replacement.text.find(secret) == std::string::npos);
            CHECK(replacement.text.find(secret.substr(8, 12)) == std::string::npos);
            edits.push_back({replacement.bytes, replacement.text});
        }
    }
    fixes::tidyEdits(edits);
    const auto after = fixes::applyEdits(text, edits);
    CHECK(after.find(secret) == std::string::npos);
    CHECK(after.find("print(\"ü\")") != std::string::npos);
    CHECK(report::offeredEdits(analysed(text, "z.zip!a.py", "z.zip"), budget).empty());
    auto without = std::make_shared<Analysis>(*analysis);
    without->artifact.bytes.reset();
    CHECK(report::offeredEdits(without, budget).empty());
}

CUPEL_TEST(fixes_flows_and_suppressions_are_in_the_log)
{
    const std::string text = "import os\nname = input()\ncommand = 'ls ' + name\nos.system(command)\nimport requests\n"
                             "requests.get('https://a.example', verify=False)\n";
    auto analysis = analysed(text, "a.py");
    Workspace workspace;
    workspace.analyses["a.py"] = analysis;
    report::RunInfo run;
    Budget budget;
    run.edits["a.py"] = report::offeredEdits(analysis, budget);
    run.today = "2026-06-01";
    for (const auto& finding : analysis->findings) {
        const bool taint = finding.rule == "CUP-CODE-COMMAND-OUTSIDE";
        run.decisions.set({finding.fingerprint, {}, finding.rule, "a.py", {}, review::Reason::AcceptedRisk, "why",
            "Ines", "2026-01-01", taint ? "2026-12-31" : "2026-05-31"});
    }
    const auto log = json::parse(written(workspace, run, 1'000'000))["runs"][0];
    bool flow = false;
    bool fix = false;
    for (const auto& result : log["results"]) {
        const auto& suppression = result["suppressions"][0];
        CHECK_EQ(suppression["kind"], "external");
        if (result["ruleId"] == "CUP-CODE-COMMAND-OUTSIDE") {
            flow = true;
            CHECK_EQ(suppression["status"], "accepted");
            const auto& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
            CHECK(steps.size() >= 3U);
            const auto line = [&](std::size_t i) -> int {
                return steps[i]["location"]["physicalLocation"]["region"]["startLine"];
            };
            CHECK_EQ(line(0), 2);
            CHECK_EQ(line(steps.size() - 1), 4);
        } else if (result["ruleId"] == "CUP-CODE-TLS-VERIFY-OFF") {
            fix = true;
            CHECK_EQ(suppression["status"], "underReview");
            const auto& change = result["fixes"][0]["artifactChanges"][0];
            const auto& region = change["replacements"][0]["deletedRegion"];
            CHECK_EQ(change["artifactLocation"]["uri"], "a.py");
            CHECK_EQ(text.substr(region["byteOffset"], region["byteLength"]), ", verify=False");
            CHECK_EQ(region["startLine"], 6);
        }
    }
    CHECK(flow && fix);
}

// Paths in what the window exports: below what was opened, each its own, members with their container.
CUPEL_TEST(shortPathsNeverLeaveWhatWasOpened)
{
    const report::ShortPaths folder({"/opt/ann/work/"});
    CHECK_EQ(folder.of("/opt/ann/work/sub/a.ipynb"), "sub/a.ipynb");
    CHECK_EQ(folder.of("/opt/ann/work/zoo.zip!b.pkl"), "zoo.zip!b.pkl");
    CHECK_EQ(folder.of("/opt/ann/pyproject.toml"), "pyproject.toml");
    CHECK_EQ(folder.of("/opt/ann/workshop/a.ipynb"), "a.ipynb");
    const report::ShortPaths one({"/opt/ann/zoo.zip"});
    CHECK_EQ(one.of("/opt/ann/zoo.zip"), "zoo.zip");
    CHECK_EQ(one.of("/opt/ann/zoo.zip!w/b.pkl"), "zoo.zip!w/b.pkl");
    const report::ShortPaths several({"/opt/ann/data", "/srv/data", "/srv/data/deep"});
    CHECK_EQ(several.of("/opt/ann/data/a.ipynb"), "data/a.ipynb");
    CHECK_EQ(several.of("/srv/data/a.ipynb"), "data (2)/a.ipynb");
    CHECK_EQ(several.of("/srv/data/deep/a.ipynb"), "deep/a.ipynb");
}
