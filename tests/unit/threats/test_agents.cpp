// SPDX-License-Identifier: GPL-3.0-or-later
// What code around a language model becomes: agents, their tools and stores, what they read and where they can send it,
// and who has to log in on the way.
#include "analyzers/threats/assess.h"
#include "analyzers/threats/derive/agents.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/derive/imports.h"
#include "analyzers/threats/derive/model_builder.h"
#include "analyzers/threats/derive/remote_things.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <map>

using namespace cupel;
using namespace cupel::threats;

namespace {

AnalysisPtr file(const std::string& path, std::vector<Finding> findings = {})
{
    auto out = std::make_shared<Analysis>();
    out->artifact.path = path;
    out->facts.format = "text";
    out->findings = std::move(findings);
    return out;
}

Finding finding(const char* rule, Family family)
{
    Finding out;
    out.rule = rule;
    out.family = family;
    out.severity = Severity::High;
    out.fingerprint = std::string("f-") + rule;
    return out;
}

// An agent that reads a table and a page, and sends what it made of them; its code is `code`.
struct Made {
    explicit Made(const std::string& code, std::vector<Finding> inTable = {})
    {
        graph.files.emplace_back().path = "crew.py";
        outside("https://news.example.org/today", "requests.get");
        lineage::Node table;
        table.kind = lineage::NodeKind::File;
        table.id = table.locator = table.label = "customers.csv";
        table.onDisk = true;
        graph.nodes.push_back(table);
        lineage::Node inside;
        inside.kind = lineage::NodeKind::Variable;
        inside.cell = 0;
        inside.place.file = 0;
        graph.nodes.push_back(inside);
        outside("https://hooks.example.net/in", "requests.post");
        const auto edge = [this, &code](
                              std::uint32_t from, std::uint32_t to, lineage::EdgeKind kind, const char* call) {
            lineage::Edge out;
            out.from = from;
            out.to = to;
            out.kind = kind;
            out.place.file = 0;
            const auto at = code.find(call);
            if (at != code.npos) {
                out.place.bytes = {at, std::min(code.find('\n', at), code.size())};
            }
            graph.edges.push_back(out);
        };
        edge(0, 2, lineage::EdgeKind::Reads, "requests.get");
        edge(1, 2, lineage::EdgeKind::Reads, "pd.read_csv");
        edge(2, 3, lineage::EdgeKind::Writes, "requests.post");
        workspace.roots = {"w"};
        workspace.analyses.emplace("w/crew.py", file("w/crew.py"));
        workspace.analyses.emplace("w/customers.csv", file("w/customers.csv", std::move(inTable)));
        DeriveOptions options;
        options.code.emplace("crew.py", std::make_shared<const std::string>(code));
        derived = derive(graph, workspace, "w", options);
    }

    void outside(const char* address, const char* api)
    {
        lineage::Node out;
        out.kind = lineage::NodeKind::Remote;
        out.id = out.locator = out.label = address;
        out.api = api;
        out.outside = out.unpinned = true;
        out.place.file = 0;
        graph.nodes.push_back(out);
    }

    [[nodiscard]] const Element* named(const std::string& name) const
    {
        const auto& all = derived.model.elements;
        const auto found = std::find_if(all.begin(), all.end(), [&](const Element& one) { return one.name == name; });
        return found == all.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string login(const char* name) const
    {
        for (const Flow& flow : derived.model.flows) {
            if (flow.name == name) {
                return std::string(attribute(flow, "authn"));
            }
        }
        return "no such flow";
    }

    lineage::LineageGraph graph;
    Workspace workspace;
    Derived derived;
};

const std::string agentCode = "from langchain.agents import AgentExecutor, create_react_agent\n"
                              "from langchain.tools import tool\n"
                              "from langchain_community.vectorstores import (\n    FAISS as Store,\n)\n"
                              "page = requests.get('https://news.example.org/today')\n"
                              "table = pd.read_csv('customers.csv')\n";

} // namespace

CUPEL_TEST(foreignTextPrivateDataAndAWayOutMeet)
{
    const auto fires = [](Made made) {
        assess(made.derived.model, made.derived.evidence, builtInRules(), builtInEvidence(), {1'000});
        const auto& threats = made.derived.model.threats;
        return std::any_of(
            threats.begin(), threats.end(), [](const Threat& threat) { return threat.rule == "agt-lethal-trifecta"; });
    };
    const std::string code = agentCode + "requests.post('https://hooks.example.net/in', json=answer)\n";
    const Made made(code, {finding("CUP-PII-IBAN", Family::Pii)});
    const Element* agent = made.named("crew.py");
    REQUIRE(agent != nullptr);
    CHECK_EQ(agent->kind, "agent");
    CHECK_EQ(attribute(*agent, "reads_sensitive"), "true");
    CHECK_EQ(attribute(*agent, "reads_untrusted"), "true");
    CHECK_EQ(attribute(*agent, "can_send_out"), "true");
    const auto why = std::find_if(agent->attributes.begin(), agent->attributes.end(),
        [](const Attribute& one) { return one.key == "reads_sensitive"; });
    CHECK_EQ(why->evidence.at(0), "f-CUP-PII-IBAN");
    CHECK(fires(Made(code, {finding("CUP-PII-IBAN", Family::Pii)})));
    CHECK(!fires(Made(code))); // nobody is in the table
    // A script that does the same is no agent.
    CHECK(
        attribute(*Made("requests.get(1)", {finding("CUP-PII-IBAN", Family::Pii)}).named("crew.py"), "reads_sensitive")
            .empty());
}

CUPEL_TEST(whatIsImportedSaysWhatCodeIs)
{
    const Made made(agentCode);
    CHECK(made.named("Tools in crew.py") != nullptr);
    REQUIRE(made.named("FAISS index") != nullptr);
    CHECK_EQ(made.named("FAISS index")->kind, "vector-store");
    CHECK(made.named("Vector store") == nullptr); // it has a name
    CHECK_EQ(attribute(*made.named("crew.py"), "tools"), "functions");
    const Made app("from langchain_core.prompts import PromptTemplate\nimport os, evidently\n");
    CHECK_EQ(app.named("crew.py")->kind, "llm-app");
    REQUIRE(app.named("Evidently") != nullptr);
    CHECK_EQ(app.named("Evidently")->kind, "monitoring");
    // In a notebook, where lines are texts in quotes.
    const auto found = importsIn("\"source\": [\n   \"from a.b import C, D as E\\n\",\n   \"# from x import y\\n\",\n"
                                 "   \"import f.g as h\\n\"]");
    CHECK(found == (std::vector<std::string>{"a.b", "a.b.C", "a.b.D", "f.g"}));
    CHECK(importsIn("from . import a\nfrom import b\nimport\n").empty());
}

CUPEL_TEST(theCodeOfACallSaysWhoCalls)
{
    const auto login = [](const char* call) { return Made(agentCode + call).login("writes"); };
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', json=a)\n"), "none");
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', auth=(u, p))\n"), "password");
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', headers={'Authorization': t})\n"), "token");
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', headers=h)\nh = {'Authorization': t}\n"), "token");
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', headers=h)\n"), ""); // nobody knows
    CHECK_EQ(login("requests.post('https://hooks.example.net/in', **more)\n"), "");
    CHECK_EQ(Made(agentCode).login("reads"), ""); // what anybody may read asks for no login
    Made open(agentCode + "requests.post('https://hooks.example.net/in', json=a)\n");
    assess(open.derived.model, open.derived.evidence, builtInRules(), builtInEvidence(), {1'000});
    const auto& threats = open.derived.model.threats;
    CHECK(std::any_of(
        threats.begin(), threats.end(), [](const Threat& threat) { return threat.rule == "flw-no-authn"; }));
}

CUPEL_TEST(whereDataIsOnlySentIsNoSource)
{
    const Made made(agentCode + "requests.post('https://hooks.example.net/in', json=a)\n");
    const Element* target = made.named("https://hooks.example.net/in");
    REQUIRE(target != nullptr);
    CHECK_EQ(target->kind, "actor");
    CHECK(target->id.starts_with("data-source-")); // decisions on what it was hold
    CHECK(attribute(*target, "mutable").empty());
    CHECK_EQ(made.named("https://news.example.org/today")->kind, "data-source");
}

CUPEL_TEST(oneFileServesOneApi)
{
    Made made("");
    for (const char* way : {"FastAPI", "/ask", "run"}) {
        lineage::Node node;
        node.kind = lineage::NodeKind::Endpoint;
        node.id = std::string("endpoint:") + way;
        node.label = way;
        node.place.file = 0;
        made.graph.nodes.push_back(node);
    }
    const Derived derived = derive(made.graph, made.workspace, "w", {});
    const auto& all = derived.model.elements;
    CHECK_EQ(
        std::count_if(all.begin(), all.end(), [](const Element& one) { return one.kind == "inference-endpoint"; }), 1);
    const auto api =
        std::find_if(all.begin(), all.end(), [](const Element& one) { return one.kind == "inference-endpoint"; });
    CHECK_EQ(attribute(*api, "ways"), "FastAPI, /ask, run");
}

// Questions that code answers are not asked.
CUPEL_TEST(codeAnswersWhatPeopleWouldBeAsked)
{
    Made made("");
    lineage::Node api;
    api.kind = lineage::NodeKind::Endpoint;
    api.id = api.label = "endpoint:/p";
    api.place.file = 0;
    made.graph.nodes.push_back(api);
    lineage::Edge deploys;
    deploys.from = 2;
    deploys.to = static_cast<std::uint32_t>(made.graph.nodes.size() - 1);
    deploys.kind = lineage::EdgeKind::Deploys;
    deploys.place.file = 0;
    made.graph.edges.push_back(deploys);
    made.graph.nodes[1].hash = "md5:d41d8cd98f00b204e9800998ecf8427e"; // of dvc.lock
    const auto said = [&](const char* code, const char* kind, const char* key) {
        DeriveOptions options;
        options.code.emplace("crew.py", std::make_shared<const std::string>(code));
        const Derived derived = derive(made.graph, made.workspace, "w", options);
        for (const Element& element : derived.model.elements) {
            if (element.kind == kind) {
                return std::string(attribute(element, key));
            }
        }
        return std::string("no such element");
    };
    CHECK_EQ(said("from slowapi import Limiter\n", "inference-endpoint", "rate_limited"), "yes");
    CHECK_EQ(said("import fastapi\n", "inference-endpoint", "rate_limited"), "");
    CHECK_EQ(said("import crewai\nTask(agent=a, human_input=True)\n", "agent", "human_approval"), "yes");
    CHECK_EQ(said("import crewai\nTask(agent=a)\n", "agent", "human_approval"), "");
    CHECK_EQ(said("", "dataset", "versioned"), "yes");
}

CUPEL_TEST(aModelThatMlflowKeepsHasItsRegistry)
{
    ModelBuilder builder;
    lineage::Node node;
    node.kind = lineage::NodeKind::ModelFile;
    node.locator = "models:/churn/Production";
    const auto model = builder.add("model-file", node.locator, "churn");
    keepInRegistry(builder, model, node);
    CHECK_EQ(builder.out.model.elements.back().kind, "model-registry");
    CHECK_EQ(builder.out.model.flows.size(), 1U);
    node.locator = "models/churn.pkl"; // a folder
    keepInRegistry(builder, builder.add("model-file", node.locator, "churn"), node);
    CHECK_EQ(builder.out.model.flows.size(), 1U);
}

CUPEL_TEST(anIndexWithoutEncryptionIsDrawnSo)
{
    Made made("");
    auto list = std::make_shared<Analysis>(*file("w/requirements.txt", {finding("CUP-DEP-PLAIN-HTTP", Family::Code)}));
    auto code = std::make_shared<Analysis>(*file("w/crew.py"));
    Dependency import;
    import.module = import.name = "pandas";
    import.source = DependencySource::Import;
    code->dependencies = {import};
    made.workspace.analyses["w/crew.py"] = code;
    made.workspace.analyses["w/requirements.txt"] = list;
    Derived derived = derive(made.graph, made.workspace, "w", {});
    const auto flow = std::find_if(
        derived.model.flows.begin(), derived.model.flows.end(), [](const Flow& one) { return one.name == "installs"; });
    REQUIRE(flow != derived.model.flows.end());
    CHECK_EQ(attribute(*flow, "protocol"), "http");
    CHECK_EQ(attribute(*flow, "encrypted"), "false");
    assess(derived.model, derived.evidence, builtInRules(), builtInEvidence());
    const auto& threats = derived.model.threats;
    CHECK(std::any_of(threats.begin(), threats.end(), [&](const Threat& threat) {
        return threat.rule == "flw-cleartext" && threat.target == flow->id
            && threat.evidence == EvidenceState::Confirmed;
    }));
}

CUPEL_TEST(aNameIsShortAndOnOneLine)
{
    CHECK_EQ(shortName("  a\n b\tc "), "a b c");
    CHECK_EQ(shortName(std::string(101, 'x')), std::string(100, 'x') + "\u2026");
    CHECK_EQ(shortName(std::string(100, 'x')), std::string(100, 'x'));
}

CUPEL_TEST(anAgentBehindVeryManySourcesIsTold)
{
    ModelBuilder builder;
    const auto prep = builder.add("data-prep", "prep", "prep");
    for (int i = 0; i < 1'000; ++i) {
        const auto name = std::to_string(i);
        const auto source = builder.add("data-source", "source " + name, "source " + name);
        builder.say(source, "origin", "public");
        builder.flow(source, prep, "reads", "data", "");
        const auto out = builder.add("data-prep", "out " + name, "out " + name);
        builder.flow(prep, out, "writes", "data", "");
    }
    const auto last = builder.add("data-source", "zz", "zz");
    builder.say(last, "origin", "public");
    const auto agent = builder.add("agent", "agent", "agent");
    builder.flow(last, agent, "reads", "data", "");
    describeAgents(builder);
    CHECK_EQ(attribute(builder.out.model.elements[agent], "reads_untrusted"), "true");
}

CUPEL_TEST(aModuleNameThatIsNoneIsNotKept)
{
    CHECK(importsIn("from " + std::string(900'000, 'a') + " import b, c\n").empty());
}
