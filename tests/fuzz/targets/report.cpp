// SPDX-License-Identifier: GPL-3.0-or-later
// Any file through the whole engine and every writer: whatever its bytes and its name, the outputs are valid JSON.
#include "analyzers/engine/analyze.h"
#include "analyzers/report/build.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/sarif.h"
#include "tests/fuzz/fuzz.h"

#include <nlohmann/json.hpp>

using namespace cupel;

static void mustBeJson(const std::string& text, const char* what)
{
    fuzz::must(nlohmann::json::accept(text), what);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ScanOptions options;
    options.limits = fuzz::smallLimits();
    Budget budget(options.limits);
    // The name is hostile too: it is the first bytes of the input.
    auto artifact = fuzz::artifactOf(data, size, "");
    artifact.path = "in/" + std::string(artifact.view().substr(0, 24)) + ".ipynb";
    std::vector<Artifact> children;
    const auto analysis =
        std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget, &children));
    fuzz::checkAnalysis(*analysis, options.limits);
    fuzz::must(children.size() <= options.limits.entries, "the number of members is capped");

    Workspace workspace;
    workspace.roots = {"in"};
    workspace.analyses.emplace(analysis->artifact.path, analysis);
    report::RunInfo run;
    std::string json;
    const report::TextSink sink = [&json](std::string_view part) { json += part; };
    report::writeJson(workspace, run, sink);
    mustBeJson(json, "the JSON is valid");
    json.clear();
    report::writeSarif(workspace, run, sink);
    mustBeJson(json, "the SARIF is valid");
    const auto document = report::build(workspace, {});
    fuzz::must(report::writeHtml(document).find("<script") == std::string::npos, "the HTML has no script");
    (void)report::writeMarkdown(document);
    return 0;
}
