// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of attack, and what a model answers of the frameworks.
#include "analyzers/threats/attack_paths.h"
#include "analyzers/threats/coverage.h"
#include "analyzers/threats/knowledge/tables.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

// "a>b b<>c": elements of letters; i.. are in the internet, those in `jewels` are what an attacker wants.
ThreatModel made(const std::string& flows, const std::string& jewels)
{
    ThreatModel model;
    for (const auto& [id, trust] : {std::pair{"net", 0}, {"own", 80}}) {
        model.zones.emplace_back().id = id;
        model.zones.back().trust = trust;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
        if (flows.find(c) != std::string::npos) {
            Element element;
            element.id = std::string(1, c);
            element.kind = "process";
            element.zone = c == 'i' || c == 'j' ? "net" : "own";
            setAttribute(element, "crown_jewel", jewels.find(c) == std::string::npos ? "false" : "true", Origin::Drawn);
            model.elements.push_back(element);
        }
    }
    for (std::size_t at = 0; at < flows.size(); at += 4) {
        Flow flow;
        flow.id = flows.substr(at, 3);
        flow.source = flows.substr(at, 1);
        flow.target = flows.substr(at + 2, 1);
        flow.bidirectional = flows[at + 1] == '-';
        model.flows.push_back(flow);
    }
    return model;
}

std::string paths(const std::string& flows, const std::string& jewels, PathOptions options = {})
{
    const ThreatModel model = made(flows, jewels);
    const ModelIndex index(model);
    Budget budget;
    const auto found = attackPaths(index, options, budget);
    std::string out;
    for (const auto& path : found.paths) {
        for (const auto& element : path.elements) {
            out += element;
        }
        out += ' ';
    }
    return out + (found.complete ? "" : "...");
}

} // namespace

CUPEL_TEST(shortWaysComeFirst)
{
    CHECK_EQ(paths("i>a a>b b>c a>c", "c"), "iac iabc ");
    CHECK_EQ(paths("i>a a>b b>a b>c", "c"), "iabc "); // no way twice over a place
    CHECK_EQ(paths("a>b b>c", "c"), ""); // nobody untrusted
    CHECK_EQ(paths("i-a a-b", "b"), "iab "); // both ways
    CHECK_EQ(paths("i>a a>c c>d", "cd"), "iac "); // a jewel ends it
    PathOptions few;
    few.most = 1;
    CHECK_EQ(paths("i>a a>b b>c a>c", "c", few), "iac ...");
    few = {};
    few.longest = 2;
    CHECK_EQ(paths("i>a a>b b>c a>c", "c", few), "iac ");
}

// Whoever maps controls to items of a framework says why, and maps what there is.
CUPEL_TEST(mappingsSayWhereTheyComeFrom)
{
    for (const auto& [id, mapped] : controlsByItem("nist-rmf")) {
        CHECK(mapped.basis.starts_with("own reading: ") || mapped.basis.starts_with("CoSAI "));
        for (const auto& control : mapped.controls) {
            CHECK(!titleOf(control).empty());
        }
    }
    const auto all = controlsByItem("nist-rmf");
    CHECK(!all.contains("MAP 3.4") && !all.contains("MEASURE 2.9")); // about people and explanations
    CHECK_EQ(all.at("MANAGE 3.2").controls.size(), 1U); // a signature watches nothing
}

CUPEL_TEST(coverageIsWordsNotShares)
{
    ThreatModel model;
    Threat open;
    open.id = "t";
    open.references = {"AML.T0020", "LLM03:2025", "LLM04:2026", "MCP04:2025"};
    open.controls = {"CT-HASHPIN", "CT-SIGN"};
    Threat settled;
    settled.id = "u";
    settled.decision = Decision::Mitigated;
    settled.references = {"ML06:2023", "ASI05:2026"};
    settled.controls = {"CT-BIAS"};
    Threat contradicted = settled;
    contradicted.id = "v";
    contradicted.references = {"ML02:2023"};
    contradicted.evidence = EvidenceState::Confirmed;
    model.threats = {open, settled, contradicted};
    model.folded = {{"nb-hardcoded-secret", "x", "", "refuted"}, {"own-rule", "x", "", "assumed"},
        {"own-clean", "x", "", "refuted"}};
    model.foldedTies = {{"own-rule", {"AML.T0043", "CT-BIAS"}}, {"own-clean", {"AML.T0024"}}};
    const auto lenses = coverageOf(model);
    const auto state = [&](std::string_view lens, std::string_view id) -> std::string {
        for (const auto& one : lenses) {
            for (const auto& item : one.items) {
                if (one.id == lens && item.id == id) {
                    return std::string(toString(item.state));
                }
            }
        }
        return "no such item";
    };
    CHECK_EQ(state("atlas", "AML.T0020"), "gap");
    CHECK_EQ(state("owasp-llm-2025", "LLM03:2025"), "gap");
    CHECK_EQ(state("owasp-ml-2023", "ML06:2023"), "claimed");
    CHECK_EQ(state("owasp-ml-2023", "ML02:2023"), "gap"); // a finding says otherwise
    CHECK_EQ(state("owasp-ml-2023", "ML09:2023"), "not-assessable");
    CHECK_EQ(state("atlas", "AML.T0055"), "evidence"); // refuted by a scan
    CHECK_EQ(state("atlas", "AML.T0043"), "gap"); // by a rule of the user's own, folded away
    CHECK_EQ(state("atlas", "AML.T0024"), "evidence");
    CHECK_EQ(state("owasp-llm-2026", "LLM04:2026"), "gap");
    CHECK_EQ(state("owasp-mcp-2025", "MCP04:2025"), "gap");
    CHECK_EQ(state("owasp-agentic-2026", "ASI05:2026"), "claimed");
    CHECK_EQ(state("nist-rmf", "MAP 4.2"), "gap"); // by its controls
    CHECK_EQ(state("nist-gai", "GAI-6"), "gap"); // the same threat as below is contradicted elsewhere
    CHECK_EQ(state("nist-rmf", "MEASURE 2.7"), "not-assessable"); // silence of a scan shows nothing of an organisation
    CHECK_EQ(state("nist-rmf", "GOVERN 2.1"), "not-assessable"); // for people alone
    const auto count = [&](std::string_view lens) {
        return std::find_if(lenses.begin(), lenses.end(), [lens](const Lens& one) {
            return one.id == lens;
        })->items.size();
    };
    CHECK_EQ(count("atlas"), 170U);
    CHECK_EQ(count("owasp-ml-2023"), 10U);
    CHECK_EQ(count("owasp-llm-2025"), 10U);
    CHECK_EQ(count("iso42001"), 38U);
    CHECK_EQ(count("owasp-llm-2026"), 10U);
    CHECK_EQ(count("owasp-agentic-2026"), 10U);
    CHECK_EQ(count("owasp-mcp-2025"), 10U);
    CHECK_EQ(count("nist-rmf"), 72U);
    CHECK_EQ(count("nist-gai"), 12U);
}
