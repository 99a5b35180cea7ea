// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of scoping that a scan answers, each with a place that can be opened.
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/work/scoping.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

AnalysisPtr file(
    const std::string& path, std::string_view format, std::vector<Finding> findings, std::vector<const char*> imports)
{
    auto out = std::make_shared<Analysis>();
    out->artifact.path = path;
    out->facts.format = format;
    for (Finding& finding : findings) {
        finding.location.artifact = path;
    }
    out->findings = std::move(findings);
    for (const char* module : imports) {
        Dependency dependency;
        dependency.module = module;
        dependency.source = DependencySource::Import;
        out->dependencies.push_back(dependency);
    }
    return out;
}

Finding finding(const char* rule)
{
    Finding out;
    out.rule = rule;
    out.family = Family::Code;
    out.severity = Severity::Medium;
    out.fingerprint = std::string("f-") + rule;
    return out;
}

lineage::Node node(lineage::NodeKind kind, const char* id, const char* locator, bool outside, std::int32_t cell)
{
    lineage::Node out;
    out.kind = kind;
    out.id = id;
    out.label = id;
    out.locator = locator;
    out.place.file = 0;
    out.place.cell = cell;
    out.place.line = 3;
    out.outside = outside;
    out.onDisk = !outside;
    return out;
}

// serve.ipynb fetches rows.csv in its cell 4, reads rows.csv and people.xlsx, and serves an endpoint.
Derived derived(std::vector<Finding> findings, std::vector<const char*> imports)
{
    using lineage::EdgeKind;
    using lineage::NodeKind;
    lineage::LineageGraph graph;
    graph.files = {{"serve.ipynb", true, 0, 0, {}, 0, false}};
    graph.nodes = {node(NodeKind::Remote, "url", "https://data.example.com/rows.csv", true, 4),
        node(NodeKind::File, "rows", "rows.csv", false, 4), node(NodeKind::File, "people", "people.xlsx", false, 5),
        node(NodeKind::Variable, "v", "", false, 5), node(NodeKind::Endpoint, "api", "", false, 6)};
    graph.nodes[3].onDisk = graph.nodes[4].onDisk = false;
    const auto edge = [](std::uint32_t from, std::uint32_t to, EdgeKind kind) {
        lineage::Edge out;
        out.from = from;
        out.to = to;
        out.kind = kind;
        return out;
    };
    graph.edges = {edge(0, 1, EdgeKind::Writes), edge(1, 3, EdgeKind::Reads), edge(2, 3, EdgeKind::Reads),
        edge(3, 4, EdgeKind::Deploys)};
    Workspace workspace;
    workspace.roots = {"w"};
    for (const auto& one : {file("w/serve.ipynb", "notebook", std::move(findings), std::move(imports)),
             file("w/rows.csv", "text", {}, {}), file("w/people.xlsx", "zip", {}, {})}) {
        workspace.analyses.emplace(one->artifact.path, one);
        static std::vector<AnalysisPtr> kept; // the findings of a model point into them
        kept.push_back(one);
    }
    return derive(graph, workspace, "w", {});
}

ScopingFact fact(const Derived& derived, const char* question)
{
    const auto& all = scopingQuestions();
    const auto found = std::find_if(all.begin(), all.end(), [question](const auto& one) { return one.id == question; });
    return factOf(*found, derived.model);
}

bool sees(const ScopingFact& fact, const std::string& evidence)
{
    return std::find(fact.evidence.begin(), fact.evidence.end(), evidence) != fact.evidence.end();
}

} // namespace

CUPEL_TEST(aScanAnswersWhatItCanSee)
{
    const Derived seen = derived({finding("CUP-CODE-GRADIO-SHARE")}, {"fairlearn.metrics"});
    const auto tables = fact(seen, "tables");
    CHECK(tables.known == 1 && sees(tables, "people.xlsx"));
    CHECK_EQ(seen.evidence.places.at("people.xlsx").artifact, "w/people.xlsx");
    const auto writers = fact(seen, "writers");
    CHECK(writers.known == 1 && sees(writers, "url"));
    const SeenAt& cell = seen.evidence.places.at("url");
    CHECK(cell.artifact == "w/serve.ipynb" && cell.cell == 4 && cell.line == 3);
    const auto groups = fact(seen, "groups");
    CHECK(groups.known == 2 && groups.answer == true && sees(groups, "serve.ipynb"));
    const auto outside = fact(seen, "outside");
    CHECK(outside.answer == true && sees(outside, "f-CUP-CODE-GRADIO-SHARE"));
}

CUPEL_TEST(whatAScanDoesNotSeeStaysOpen)
{
    const Derived seen = derived({finding("CUP-CODE-BIND-ALL")}, {"sklearn"});
    CHECK_EQ(fact(seen, "groups").known, 0U);
    CHECK_EQ(fact(seen, "outside").known, 0U); // an address does not say how far it can be reached
    CHECK(!fact(seen, "writers").answer); // of the other table nobody knows
    CHECK_EQ(fact(seen, "people").known, 0U);
}
