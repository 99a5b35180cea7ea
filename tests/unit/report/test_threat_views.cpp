// SPDX-License-Identifier: GPL-3.0-or-later
// Views of a threat model that nothing reads back: what they say, and that no text of a model is more than text there.
#include "analyzers/report/threats/threat_writers.h"
#include "tests/unit/check.h"
#include "tests/unit/report/made_threats.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

using namespace cupel;

namespace {

std::string mermaidOf(const threats::ThreatModel& model)
{
    std::string out;
    report::writeThreatsMermaid(model, [&out](std::string_view text) { out += text; });
    return out;
}

std::size_t countOf(std::string_view text, std::string_view part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

} // namespace

CUPEL_TEST(aChartShowsZonesFlowsAndOpenThreats)
{
    CHECK_EQ(mermaidOf(test::madeThreats().overlaid.model), R"(flowchart LR
  subgraph z0["Internet<br/>trust 0"]
    e0["data.example.com<br/>data#45;source"]
  end
  subgraph z1["Developer machine<br/>trust 60"]
    e1("train.py<br/>training#45;job<br/>1 open, critical")
    e2[("model.pkl<br/>model#45;file")]
  end
  subgraph z2["Serving<br/>trust 70"]
    e3("api<br/>inference#45;endpoint")
  end
  e0 ==>|"reads"| e1
  e1 -->|"writes"| e2
  e2 ==>|"reads"| e3
  classDef outOfScope stroke-dasharray: 4 3
)");
}

CUPEL_TEST(namesInAChartAreText)
{
    threats::ThreatModel model;
    model.elements = {test::element("a", "store", "", "x\"]\nclick e0 href \"javascript:alert(1)\""),
        test::element("b", "%%{init: {}}%%", "nowhere", "<img src=x onerror=alert(1)>")};
    model.elements[1].outOfScope = true;
    model.flows = {test::flow("f", "a", "unknown", "a | b --> c")};
    model.flows[0].bidirectional = true;
    const auto text = mermaidOf(model);
    CHECK_EQ(countOf(text, "\n"), 6);
    CHECK_EQ(countOf(text, "\""), 2 * 4);
    CHECK_EQ(countOf(text, "%%"), 0);
    CHECK_EQ(countOf(text, "<img"), 0);
    CHECK_EQ(countOf(text, "click"), 1); // inside of the label
    CHECK(text.find("e0 <==>|\"a #124; b #45;#45;#62; c\"| to0((\" \"))") != std::string::npos);
    CHECK(text.find("class e1 outOfScope") != std::string::npos);
}

CUPEL_TEST(zonesInZonesAreDrawnOnceHoweverTheyAreNested)
{
    threats::ThreatModel model;
    for (int i = 0; i < 20'000; ++i) { // each in the one before
        model.zones.push_back(test::zone(("z" + std::to_string(i)).c_str(), "Zone", 50));
        model.zones.back().parent = i == 0 ? "" : "z" + std::to_string(i - 1);
    }
    for (int i = 0; i < 3; ++i) { // each in the next, and round
        model.zones.push_back(test::zone(("r" + std::to_string(i)).c_str(), "Ring", 50));
        model.zones.back().parent = "r" + std::to_string((i + 1) % 3);
    }
    model.zones.push_back(test::zone("line", "Line", 50));
    model.zones.back().curve = {{0, 0}, {10, 10}};
    model.elements = {test::element("in", "store", "r1"), test::element("by", "store", "line")};
    const auto text = mermaidOf(model);
    CHECK_EQ(countOf(text, "  subgraph "), 20'003);
    CHECK_EQ(countOf(text, "  end\n"), 20'003);
    CHECK_EQ(countOf(text, "[(\""), 2);
}

CUPEL_TEST(aLayerSaysWhatOfAtlasIsAnswered)
{
    auto model = test::madeThreats().overlaid.model;
    model.threats[3].references = {"AML.T0010"}; // not applicable, by a person
    std::string out;
    report::writeAtlasLayer(model, [&out](std::string_view text) { out += text; });
    const auto layer = nlohmann::json::parse(out);
    CHECK_EQ(layer["domain"], "atlas-atlas");
    CHECK_EQ(layer["versions"]["layer"], "4.3");
    CHECK_EQ(layer["name"], "Churn");
    CHECK_EQ(layer["legendItems"].size(), 3U);
    const auto find = [&layer](const char* id) {
        const auto& all = layer["techniques"];
        const auto found =
            std::find_if(all.begin(), all.end(), [id](const auto& one) { return one["techniqueID"] == id; });
        return found == all.end() ? nlohmann::json() : *found;
    };
    const auto open = find("AML.T0055");
    CHECK_EQ(open["comment"], "open: Title of nb-hardcoded-secret");
    CHECK_EQ(open["color"], "#f4b6a8");
    CHECK_EQ(open["metadata"][0]["value"], "gap");
    const auto decided = find("AML.T0010");
    CHECK_EQ(decided["metadata"][0]["value"], "claimed");
    CHECK_EQ(decided["comment"], "decided: Title of src-untrusted-origin");
    CHECK(find("AML.T0000").is_null()); // no rule could raise it
}
