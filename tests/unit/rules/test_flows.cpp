// SPDX-License-Identifier: GPL-3.0-or-later
// What lineage knows as findings: one for a cause, none beside what other rules say, ways over several files, and that
// profiles, decisions, baselines and code flows take them like any other.
#include "analyzers/engine/flow_shelf.h"
#include "analyzers/engine/prove.h"
#include "analyzers/engine/scan.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/sarif.h"
#include "analyzers/review/baseline.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/profile.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

struct Cell {
    int count = 0; // 0: none
    std::string source;
    bool shows = false;
};

std::string notebook(const std::vector<Cell>& cells)
{
    std::string text;
    for (const auto& cell : cells) {
        text += (text.empty() ? "" : ", ") + std::string(R"({"cell_type": "code", "execution_count": )")
            + (cell.count > 0 ? std::to_string(cell.count) : "null") + R"(, "metadata": {}, "outputs": [)"
            + (cell.shows ? R"({"output_type": "stream", "name": "stdout", "text": "5"})" : "") + R"(], "source": )"
            + test::jsonString(cell.source) + "}";
    }
    return R"({"cells": [)" + text
        + R"(], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 4})";
}

std::vector<const Finding*> of(const Analysis& analysis, std::string_view start)
{
    std::vector<const Finding*> found;
    for (const auto& finding : analysis.findings) {
        if (finding.rule.starts_with(start)) {
            found.push_back(&finding);
        }
    }
    return found;
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("cupel-flows-" + std::to_string(::getpid()));
    Folder()
    {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path / name, std::ios::binary) << text;
    }
};

const std::string fetches = "from urllib.request import urlretrieve\n"
                            "urlretrieve('https://models.example.org/oak.pt', 'oak.pt')";
const std::string loads = "import torch\nmodel = torch.load('oak.pt')";
const std::string serves = "import torch\nfrom fastapi import FastAPI\napp = FastAPI()\nmodel = torch.load('oak.pt')\n"
                           "@app.post('/ask')\ndef ask(x):\n    return model(x)";

void writeThree(const Folder& folder)
{
    folder.write("a_fetch.ipynb", notebook({{0, fetches}}));
    folder.write("b_load.ipynb", notebook({{0, loads}}));
    folder.write("c_serve.py", serves);
}

Workspace scanned(const Folder& folder, unsigned jobs = 1)
{
    ScanOptions options;
    options.jobs = jobs;
    return engine::scanAll({folder.path.string()}, options);
}

const Analysis& at(const Workspace& workspace, const Folder& folder, const std::string& name)
{
    return *workspace.analyses.at((folder.path / name).string());
}

} // namespace

CUPEL_TEST(examplesOfCodeKeepTheirPromise)
{
    std::size_t count = 0;
    for (const auto& rule : rules::catalogue()) {
        if (!rule.id.starts_with("CUP-LIN-") || rule.id.starts_with("CUP-LIN-ORDER-")) {
            continue; // those of order are no code: "[2] x = 1"
        }
        ++count;
        const auto wrong = of(test::analyzed(rule.wrongExample, "t.py"), rule.id).size();
        const auto right = of(test::analyzed(rule.rightExample, "t.py"), rule.id).size();
        if (wrong == 0 || right != 0) {
            test::report(false, __FILE__, __LINE__, rule.id + ": its examples are wrong");
        }
        CHECK(rule.family == Family::Lineage && !rule.references.owasp.empty());
    }
    CHECK_EQ(count, 7U);
}

CUPEL_TEST(oneCauseIsOneFinding)
{
    // One cell ran again: three results are older than what it made, and its name is newer than their cells.
    const auto analysis = test::analyzed(notebook({{5, "values = [1, 2]"}, {2, "print(sum(values))", true},
        {3, "print(max(values))", true}, {4, "print(min(values))", true}}));
    const auto found = of(analysis, "CUP-LIN-");
    CHECK_EQ(found.size(), 1U);
    CHECK_EQ(found.front()->rule, "CUP-LIN-ORDER-DEFINED-LATER");
    CHECK_EQ(found.front()->location.human, "cell 1, line 1");
    CHECK(found.front()->message.find("2 more places") != std::string::npos);
    CHECK_EQ(found.front()->evidence.size(), 4U); // it, its cause, two more
    CHECK_EQ(of(analysis, "CUP-ORD-OUT-OF-ORDER").size(), 1U);
}

CUPEL_TEST(cleanNotebooksGetNone)
{
    const auto analysis = test::analyzed(notebook({{1, "import pandas as pd\ndf = pd.read_csv('t.csv')"},
        {2, "df = df.dropna()"}, {3, "for name in df.columns:\n    print(name, df[name].mean())", true},
        {4, "def show(frame):\n    return frame.head()"}, {5, "show(df)", true}}));
    CHECK(of(analysis, "CUP-LIN-").empty());
    // Without run numbers nothing is known of an order.
    CHECK(of(test::analyzed(notebook({{0, "print(later)"}, {0, "later = 1"}})), "CUP-LIN-").empty());
}

CUPEL_TEST(fingerprintsSurviveMoves)
{
    const std::vector<Cell> cells{{5, "values = [1, 2]"}, {2, "print(sum(values))", true}};
    auto moved = cells;
    moved.insert(moved.begin(), Cell{1, "# notes\nimport math"});
    moved.back().source = "print( sum(values) )  # again";
    const auto before = test::analyzed(notebook(cells));
    const auto after = test::analyzed(notebook(moved));
    CHECK_EQ(of(before, "CUP-LIN-ORDER-DEFINED-LATER").front()->fingerprint,
        of(after, "CUP-LIN-ORDER-DEFINED-LATER").front()->fingerprint);
}

CUPEL_TEST(commentsAllow)
{
    const auto script = "from urllib.request import urlretrieve\nimport joblib\n"
                        "urlretrieve('https://models.example.org/m.pkl', 'm.pkl')\nm = joblib.load('m.pkl')";
    CHECK_EQ(of(test::analyzed(script, "t.py"), "CUP-LIN-OUTSIDE-LOADED").size(), 1U);
    CHECK(of(test::analyzed(std::string(script) + "  # nosec", "t.py"), "CUP-LIN-").empty());
    // Who compares digests may be right: less sure, and less grave.
    const auto checked = test::analyzed("import hashlib\n" + std::string(script), "t.py");
    CHECK(of(checked, "CUP-LIN-OUTSIDE-LOADED").front()->confidence == Confidence::Possible);
    CHECK(of(checked, "CUP-LIN-OUTSIDE-LOADED").front()->severity == Severity::Medium);
}

CUPEL_TEST(familyAloneFindsTheSame)
{
    Artifact artifact;
    artifact.path = "t.py";
    artifact.bytes = std::make_shared<const std::string>(
        "from urllib.request import urlretrieve\nimport joblib\n"
        "urlretrieve('https://models.example.org/m.pkl', 'm.pkl')\nm = joblib.load('m.pkl')");
    ScanOptions options;
    options.onlyFamilies = {"lineage"};
    Budget budget(options.limits);
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    CHECK_EQ(analysis.findings.size(), 1U);
    CHECK_EQ(analysis.findings.front().rule, "CUP-LIN-OUTSIDE-LOADED");
}

CUPEL_TEST(severalFilesTogetherShowAWay)
{
    const Folder folder;
    writeThree(folder);
    const auto workspace = scanned(folder);
    CHECK(of(at(workspace, folder, "a_fetch.ipynb"), "CUP-LIN-").empty());
    const auto found = of(at(workspace, folder, "b_load.ipynb"), "CUP-LIN-");
    CHECK_EQ(found.size(), 1U);
    const auto& finding = *found.front();
    CHECK_EQ(finding.rule, "CUP-LIN-OUTSIDE-LOADED");
    CHECK(finding.severity == Severity::High);
    CHECK_EQ(finding.location.human, "cell 0, line 2");
    CHECK(finding.message.find("models.example.org") != std::string::npos);
    CHECK(finding.message.find("a_fetch.ipynb") != std::string::npos);
    // The way: fetched there, loaded here.
    CHECK_EQ(finding.evidence[1].role, "source");
    CHECK(finding.evidence[1].location.artifact.ends_with("a_fetch.ipynb"));
    CHECK_EQ(finding.evidence[1].location.human, "cell 0, line 2");
    CHECK(finding.evidence[1].excerpt.find("urlretrieve") != std::string::npos);
    CHECK_EQ(of(at(workspace, folder, "c_serve.py"), "CUP-LIN-OUTSIDE-LOADED").size(), 1U);
    // However many threads, whatever the order.
    for (const unsigned jobs : {2U, 4U}) {
        const auto again = scanned(folder, jobs);
        CHECK_EQ(of(at(again, folder, "b_load.ipynb"), "CUP-LIN-").front()->fingerprint, finding.fingerprint);
        CHECK_EQ(again.analyses.size(), workspace.analyses.size());
    }
    // Alone it is a load like others.
    CHECK(of(test::analyzed(notebook({{0, loads}})), "CUP-LIN-").empty());
}

// A copy beside the file: judging it alone does not tell what a scan of its folder will know such findings by.
CUPEL_TEST(aProofKnowsWhatTheFolderSaysOfTheNewFile)
{
    const Folder folder;
    writeThree(folder);
    folder.write(
        "b_load.ipynb", notebook({{0, "import torch\nold = torch.load('oak.pt')\nmodel = torch.load('oak.pt')"}}));
    ScanOptions options;
    options.jobs = 1;
    options.keepBytes = true;
    const auto workspace = engine::scanAll({folder.path.string()}, options);
    const auto analysis = workspace.analyses.at((folder.path / "b_load.ipynb").string());
    CHECK_EQ(of(*analysis, "CUP-LIN-").size(), 2U);
    Budget budget(options.limits);
    fixes::Pseudonyms names;
    const auto plan = fixes::makePlan(analysis, names, budget);
    std::vector<bool> on; // of two equal calls the first is mended: the second one counts as the first now
    for (const auto& edit : plan.edits) {
        on.push_back(analysis->findings[edit.finding].location.human == "cell 0, line 2");
    }
    const auto proof = engine::prove(plan, on, options, budget);
    folder.write("b_load.public.ipynb", *proof.bytes);
    const auto again = scanned(folder);
    std::vector<std::string> told;
    for (const auto* finding : of(at(again, folder, "b_load.public.ipynb"), "CUP-LIN-")) {
        told.push_back(finding->fingerprint + ' ' + finding->context);
    }
    std::vector<std::string> stamped;
    for (std::size_t i = 0; i < proof.stamps.size(); ++i) {
        if (proof.after->findings[i].rule.starts_with("CUP-LIN-") && !proof.stamps[i].fingerprint.empty()) {
            stamped.push_back(proof.stamps[i].fingerprint + ' ' + proof.stamps[i].context);
        }
    }
    CHECK_EQ(told.size(), 1U);
    CHECK(told == stamped);
    CHECK(!told.front().starts_with(of(*analysis, "CUP-LIN-").back()->fingerprint));
}

// Words of a shell name files too.
CUPEL_TEST(commandsFetchForOtherFiles)
{
    const Folder folder;
    folder.write("a_fetch.ipynb", notebook({{1, "!wget https://models.example.org/v1/weights.pt\n"}}));
    folder.write("b_load.ipynb", notebook({{0, "import torch\nnet = torch.load('weights.pt', weights_only=False)"}}));
    const auto workspace = scanned(folder);
    CHECK_EQ(of(at(workspace, folder, "b_load.ipynb"), "CUP-LIN-OUTSIDE-LOADED").size(), 1U);
}

CUPEL_TEST(anotherScanKnowsTheOtherFiles)
{
    const Folder folder;
    writeThree(folder);
    const auto shelf = std::make_shared<engine::FlowShelf>();
    ScanOptions options;
    options.jobs = 1;
    engine::Scan first({folder.path.string()}, options, shelf);
    CHECK_EQ(first.wait().size(), 3U);
    engine::Scan second({(folder.path / "b_load.ipynb").string()}, options, shelf);
    const auto again = second.wait();
    CHECK_EQ(again.size(), 1U);
    CHECK_EQ(of(*again.front(), "CUP-LIN-OUTSIDE-LOADED").size(), 1U);
    shelf->put((folder.path / "a_fetch.ipynb").string(), nullptr); // it is gone
    engine::Scan third({(folder.path / "b_load.ipynb").string()}, options, shelf);
    CHECK(of(*third.wait().front(), "CUP-LIN-").empty());
}

CUPEL_TEST(windowsSeeTheFileBeforeTheOthersAreRead)
{
    const Folder folder;
    writeThree(folder);
    ScanOptions options;
    options.jobs = 1;
    options.early = true;
    engine::Scan scan({folder.path.string()}, options);
    std::size_t provisional = 0;
    std::size_t whole = 0;
    for (const auto& analysis : scan.wait()) {
        (analysis->provisional ? provisional : whole) += 1;
    }
    CHECK_EQ(provisional, 2U); // those that load something
    CHECK_EQ(whole, 3U);
    CHECK_EQ(scan.progress().doneArtifacts, 3U);
}

CUPEL_TEST(reviewTakesThemLikeAnyOther)
{
    const Folder folder;
    writeThree(folder);
    const auto workspace = scanned(folder);
    const auto& analysis = at(workspace, folder, "b_load.ipynb");
    const auto& finding = *of(analysis, "CUP-LIN-OUTSIDE-LOADED").front();

    // A profile: code that runs what comes from outside is not shared.
    const auto verdict = review::judge(*review::builtInProfile("public"), workspace);
    const auto gate =
        std::find_if(verdict.gates.begin(), verdict.gates.end(), [](const auto& one) { return one.gate.id == "code"; });
    CHECK(std::any_of(gate->blocking.begin(), gate->blocking.end(),
        [&](const auto& ref) { return ref.analysis->findings[ref.index].fingerprint == finding.fingerprint; }));

    // A baseline: the same scan again brings nothing new.
    std::string json;
    report::RunInfo run;
    report::writeJson(workspace, run, [&json](std::string_view piece) { json += piece; });
    const auto baseline = review::Baseline::read(json);
    CHECK(baseline.ok() && baseline.value().covers(analysis, finding));
    CHECK(json.find("\"lineage\"") != std::string::npos);

    // A decision holds as long as the call is the same.
    review::Decision decision;
    decision.fingerprint = finding.fingerprint;
    decision.context = finding.context;
    decision.rule = finding.rule;
    review::Decisions decisions;
    decisions.set(decision);
    CHECK(decisions.stateOf(finding, "2026-11-29") == review::DecisionState::Active);
    const auto later = scanned(folder);
    CHECK(decisions.stateOf(*of(at(later, folder, "b_load.ipynb"), "CUP-LIN-").front(), "2026-11-29")
        == review::DecisionState::Active);

    // SARIF: a code flow from one file into the other.
    std::string sarif;
    report::writeSarif(workspace, run, [&sarif](std::string_view piece) { sarif += piece; });
    const auto flow = sarif.find("codeFlows");
    CHECK(flow != std::string::npos);
    CHECK(sarif.find("a_fetch.ipynb", flow) != std::string::npos);
}
