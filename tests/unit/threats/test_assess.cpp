// SPDX-License-Identifier: GPL-3.0-or-later
// From a workspace to threats: what becomes an element, which rules fire and why, what findings confirm and refute, and
// how much is folded away.
#include "analyzers/rules/rule_set.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/coverage.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/knowledge/rule_packs.h"
#include "analyzers/threats/work/team_model.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <map>

using namespace cupel;
using namespace cupel::threats;

namespace {

AnalysisPtr file(const std::string& path, std::string_view format, std::vector<Finding> findings = {})
{
    auto out = std::make_shared<Analysis>();
    out->artifact.path = path;
    out->facts.format = format;
    out->findings = std::move(findings);
    return out;
}

Finding finding(const char* rule, Family family, Severity severity)
{
    Finding out;
    out.rule = rule;
    out.family = family;
    out.severity = severity;
    out.fingerprint = std::string("f-") + rule;
    return out;
}

lineage::Node node(
    lineage::NodeKind kind, const char* id, const char* locator, std::uint32_t file, bool outside = false)
{
    lineage::Node out;
    out.kind = kind;
    out.id = id;
    out.label = id;
    out.locator = locator;
    out.place.file = file;
    out.outside = outside;
    out.onDisk = !outside && *locator != '\0';
    out.unpinned = outside;
    return out;
}

// http://data.example.com/x.csv and data/own.csv -> train.ipynb -> model.pkl
lineage::LineageGraph graphOf()
{
    using lineage::NodeKind;
    lineage::LineageGraph graph;
    graph.files = {{"train.ipynb", true, 0, 0, {}, 0, false}};
    graph.nodes = {node(NodeKind::Remote, "url", "http://data.example.com/x.csv", 0, true),
        node(NodeKind::File, "own", "data/own.csv", 0), node(NodeKind::Variable, "v", "", 0),
        node(NodeKind::Model, "m", "", 0), node(NodeKind::ModelFile, "pkl", "model.pkl", 0)};
    graph.nodes[2].cell = 0;
    graph.nodes[3].cell = 0;
    const auto edge = [](std::uint32_t from, std::uint32_t to, lineage::EdgeKind kind) {
        lineage::Edge out;
        out.from = from;
        out.to = to;
        out.kind = kind;
        return out;
    };
    graph.edges = {edge(0, 2, lineage::EdgeKind::Reads), edge(1, 2, lineage::EdgeKind::Reads),
        edge(2, 3, lineage::EdgeKind::Trains), edge(3, 4, lineage::EdgeKind::Saves)};
    lineage::Training training;
    training.model = 3;
    training.type = "sklearn.svm.SVC";
    training.place.file = 0;
    training.data = {0, 1};
    training.role = lineage::Role::Train;
    graph.trainings = {training};
    return graph;
}

Workspace workspaceOf(std::vector<AnalysisPtr> analyses)
{
    Workspace out;
    out.roots = {"w"};
    for (auto& analysis : analyses) {
        out.analyses.emplace(analysis->artifact.path, analysis);
    }
    return out;
}

std::string shown(const ThreatModel& model)
{
    std::string out;
    for (const auto& element : model.elements) {
        out += element.kind + ' ' + element.name + " (" + element.zone + ")\n";
    }
    std::map<std::string, std::string> names;
    for (const auto& element : model.elements) {
        names.emplace(element.id, element.name);
    }
    for (const auto& flow : model.flows) {
        out += names[flow.source] + " -" + flow.name + "-> " + names[flow.target] + ' '
            + std::string(attribute(flow, "protocol")) + '\n';
    }
    return out;
}

const Threat* threatOf(const ThreatModel& model, const char* rule)
{
    const auto found = std::find_if(
        model.threats.begin(), model.threats.end(), [rule](const Threat& threat) { return threat.rule == rule; });
    return found == model.threats.end() ? nullptr : &*found;
}

const FoldedThreat* foldedOf(const ThreatModel& model, const char* rule)
{
    const auto found = std::find_if(
        model.folded.begin(), model.folded.end(), [rule](const FoldedThreat& threat) { return threat.rule == rule; });
    return found == model.folded.end() ? nullptr : &*found;
}

} // namespace

CUPEL_TEST(aWorkspaceBecomesElementsAndFlows)
{
    const auto graph = graphOf();
    const auto workspace = workspaceOf({file("w/train.ipynb", "notebook"),
        file("w/data/own.csv", "text", {finding("CUP-PII-EMAIL", Family::Pii, Severity::High)}),
        file("w/Dockerfile", "text"), file("w/README.md", "text")});
    const Derived derived = derive(graph, workspace, "w", {});
    CHECK_EQ(shown(derived.model),
        "container-image Dockerfile (ci)\n"
        "dataset own.csv (developer)\n"
        "notebook train.ipynb (developer)\n"
        "data-source url (internet)\n"
        "model-file pkl (registry)\n"
        "training-job Training in train.ipynb (training)\n"
        "train.ipynb -runs-> Training in train.ipynb file\n"
        "url -reads-> train.ipynb http\n"
        "own.csv -reads-> train.ipynb file\n"
        "Training in train.ipynb -saves-> pkl file\n");
    CHECK_EQ(attribute(derived.model.elements[1], "classification"), "restricted");
    CHECK_EQ(attribute(derived.model.elements[1], "trains_model"), "true");
    CHECK_EQ(attribute(derived.model.elements[3], "origin"), "public");
    CHECK_EQ(attribute(derived.model.elements[2], "pii"), "false"); // read whole, nothing found
    // Ids are of the artifact, not of the scan.
    const Derived again = derive(graph, workspaceOf({file("w/train.ipynb", "notebook")}), "w", {});
    CHECK(std::any_of(again.model.elements.begin(), again.model.elements.end(),
        [&](const Element& element) { return element.id == derived.model.elements[2].id; }));
}

CUPEL_TEST(findingsConfirmAndSilenceRefutes)
{
    const auto graph = graphOf();
    const auto assessed = [&](std::vector<Finding> findings, ReadStatus status) {
        auto notebook = std::make_shared<Analysis>(*file("w/train.ipynb", "notebook", std::move(findings)));
        notebook->facts.status = status;
        const auto workspace = workspaceOf({notebook});
        Derived derived = derive(graph, workspace, "w", {});
        assess(derived.model, derived.evidence, builtInRules(), builtInEvidence());
        return derived.model;
    };
    const auto bad = assessed({finding("CUP-SEC-AWS-KEY", Family::Secret, Severity::Critical)}, ReadStatus::Complete);
    const Threat* secret = threatOf(bad, "nb-hardcoded-secret");
    REQUIRE(secret != nullptr);
    CHECK(secret->evidence == EvidenceState::Confirmed && secret->likelihood == 5 && !secret->assumed);
    CHECK_EQ(secret->findings.at(0), "f-CUP-SEC-AWS-KEY");
    const auto good = assessed({}, ReadStatus::Complete);
    CHECK(threatOf(good, "nb-hardcoded-secret") == nullptr);
    REQUIRE(foldedOf(good, "nb-hardcoded-secret") != nullptr);
    CHECK_EQ(foldedOf(good, "nb-hardcoded-secret")->why, "refuted");
    // What was not read to its end is not clean.
    const auto half = assessed({}, ReadStatus::Partial);
    const FoldedThreat* folded = foldedOf(half, "nb-hardcoded-secret");
    CHECK(threatOf(half, "nb-hardcoded-secret") != nullptr || (folded && folded->why != "refuted"));
    // A flow over a border without encryption names its reasons.
    const Threat* clear = threatOf(good, "flw-cleartext");
    REQUIRE(clear != nullptr);
    CHECK(std::any_of(clear->why.begin(), clear->why.end(),
        [](const Reason& reason) { return reason.key == "encrypted" && reason.value == "false"; }));
    CHECK(std::any_of(clear->why.begin(), clear->why.end(), [](const Reason& reason) { return reason.key == "zone"; }));
}

// A threat that holds because of what lies further up is refuted by nothing that is silent further down.
CUPEL_TEST(silenceRefutesOnlyWhereTheReasonIs)
{
    const auto graph = graphOf();
    const auto assessed = [&](std::vector<Finding> findings, ReadStatus status, bool said) {
        auto data = std::make_shared<Analysis>(*file("w/data/own.csv", "csv", std::move(findings)));
        data->facts.status = status;
        const auto workspace = workspaceOf({file("w/train.ipynb", "notebook"), data});
        Derived derived = derive(graph, workspace, "w", {});
        for (auto& element : derived.model.elements) {
            if (said && element.artifact == "data/own.csv") {
                setAttribute(element, "pii", "true", Origin::Drawn);
            }
        }
        assess(derived.model, derived.evidence, builtInRules(), builtInEvidence(), {1'000});
        return derived.model;
    };
    const auto found = assessed({finding("CUP-PII-IBAN", Family::Pii, Severity::High)}, ReadStatus::Complete, false);
    const Threat* memory = threatOf(found, "trn-memorisation");
    REQUIRE(memory != nullptr);
    CHECK(memory->evidence == EvidenceState::Confirmed);
    REQUIRE(!memory->findings.empty());
    CHECK_EQ(memory->findings[0], "f-CUP-PII-IBAN");
    // Somebody says that there are people in it, and it was not read to its end.
    const auto half = assessed({}, ReadStatus::Partial, true);
    memory = threatOf(half, "trn-memorisation");
    REQUIRE(memory != nullptr);
    CHECK(memory->evidence == EvidenceState::Unknown);
    // It was, and nobody is in it.
    const auto none = assessed({}, ReadStatus::Complete, true);
    REQUIRE(foldedOf(none, "trn-memorisation") != nullptr);
    CHECK_EQ(foldedOf(none, "trn-memorisation")->why, "refuted");
}

CUPEL_TEST(noiseIsFoldedWithItsReason)
{
    ThreatModel model;
    model.diagrams.push_back({});
    for (int i = 0; i < 20; ++i) {
        Element element;
        element.id = "m" + std::to_string(i);
        element.kind = "model-file";
        model.elements.push_back(element);
    }
    assess(model, {}, builtInRules(), builtInEvidence());
    std::map<std::string, int> open;
    for (const auto& threat : model.threats) {
        ++open[threat.target];
        CHECK(!threat.why.empty() || threat.target.empty());
    }
    for (const auto& [element, count] : open) {
        CHECK(count <= 2);
    }
    CHECK(!model.folded.empty());
    for (const auto& folded : model.folded) {
        CHECK(folded.why == "refuted" || folded.why == "assumed" || folded.why == "less important");
    }
    // Those of people stay when the rules are asked again.
    Threat own;
    own.id = "own";
    own.title = "What we know";
    model.threats.push_back(own);
    assess(model, {}, builtInRules(), builtInEvidence());
    CHECK(std::any_of(
        model.threats.begin(), model.threats.end(), [](const Threat& threat) { return threat.id == "own"; }));
}

// Whatever a scan says of it afterwards: neither the cap, nor a refutation, nor a rule that fires no longer, nor a part
// that is gone takes it out of sight.
CUPEL_TEST(whatPeopleDecidedIsNeverFolded)
{
    const auto graph = graphOf();
    const auto workspace = workspaceOf({file("w/train.ipynb", "notebook")});
    const Derived derived = derive(graph, workspace, "w", {});
    ThreatModel plain = derived.model;
    assess(plain, derived.evidence, builtInRules(), builtInEvidence());
    const auto capped = std::find_if(plain.folded.begin(), plain.folded.end(),
        [](const FoldedThreat& threat) { return threat.why != "refuted" && !threat.target.empty(); });
    REQUIRE(capped != plain.folded.end());
    const FoldedThreat* refuted = foldedOf(plain, "nb-hardcoded-secret");
    REQUIRE(refuted != nullptr && refuted->why == "refuted");
    const std::string overCap = capped->rule + '@' + capped->target;
    const std::string clean = refuted->rule + '@' + refuted->target;
    const std::string fixed = "nb-unsafe-load@" + refuted->target; // fires on findings alone

    TeamModel team;
    team.threats[overCap] = {Applicability::Applies, Decision::Accepted, "we know", "Ada", "2026-11-01", {}, {}};
    team.threats[clean] = {Applicability::Applies, Decision::Open, "it does", "Ada", "2026-11-01", {}, {}};
    team.threats[fixed] = {
        Applicability::Applies, Decision::Mitigated, "done", "Ada", "2026-11-01", {}, EvidenceState::Confirmed};
    team.threats["nb-tls-off@notebook-gone"] = {
        Applicability::NotApplicable, Decision::Open, "no", "Ada", "2026-11-01", {}, {}};
    team.threats["no-such-rule"] = {Applicability::Applies, Decision::Avoided, "no", "Ada", "2026-11-01", {}, {}};
    team.seen[derived.model.elements[0].id + "x"] = {"element", "dataset", "old.csv"};
    team.assignees["ds-pii-plain@" + derived.model.elements[0].id + "x"] = "Bob"; // at a ghost
    Overlaid overlaid = overlay(derived.model, team);
    const auto decided = decidedThreats(overlaid, team);
    CHECK_EQ(decided.size(), 6U);
    assess(overlaid.model, derived.evidence, builtInRules(), builtInEvidence(), {.decided = decided});
    decide(overlaid, team, "2026-12-01");
    std::map<std::string, const Threat*> shown;
    for (const Threat& threat : overlaid.model.threats) {
        CHECK(shown.emplace(threat.id, &threat).second);
    }
    for (const std::string& id : decided) {
        if (!shown.contains(id)) {
            test::report(false, __FILE__, __LINE__, id + " is out of sight");
            return;
        }
    }
    CHECK(shown[overCap]->decision == Decision::Accepted);
    CHECK(shown[clean]->evidence == EvidenceState::Contested); // somebody said that it applies
    CHECK(overlaid.flags.at(clean) == Flag::CanClose);
    CHECK(shown[fixed]->evidence == EvidenceState::Fixed && shown[fixed]->decision == Decision::Mitigated);
    CHECK(shown["nb-tls-off@notebook-gone"]->evidence == EvidenceState::Stale);
    CHECK(shown["nb-tls-off@notebook-gone"]->target.empty()); // no part has that id
    CHECK_EQ(shown["no-such-rule"]->title, "no-such-rule");
    // What is decided takes no room from others, and makes none for more of them.
    for (const Threat& threat : plain.threats) {
        CHECK(shown.contains(threat.id));
    }
    // What hangs on a part that somebody took away comes back with it.
    team.parts[refuted->target].removed = true;
    CHECK(!decidedThreats(overlay(derived.model, team), team).contains(clean));
}

// Findings that say one thing, and something known or said that says another: neither is believed more.
CUPEL_TEST(evidenceIsContestedWhereItSpeaksBothWays)
{
    const auto graph = graphOf();
    const auto workspace = workspaceOf(
        {file("w/train.ipynb", "notebook", {finding("CUP-SEC-AWS-KEY", Family::Secret, Severity::Critical)}),
            file("w/data/own.csv", "text", {finding("CUP-PII-EMAIL", Family::Pii, Severity::Medium)})});
    const Derived derived = derive(graph, workspace, "w", {});
    const auto assessed = [&](const TeamModel& team) {
        Overlaid out = overlay(derived.model, team);
        assess(out.model, derived.evidence, builtInRules(), builtInEvidence(), {.decided = decidedThreats(out, team)});
        decide(out, team, "2026-12-01");
        return out;
    };
    const Overlaid plain = assessed({});
    const Threat* personal = threatOf(plain.model, "ds-pii-plain");
    REQUIRE(personal != nullptr && personal->evidence == EvidenceState::Confirmed);
    CHECK(contestOf(*personal) == Contest::None && personal->against.empty() && contestWords(*personal).empty());
    const std::string data = personal->target;
    const std::string id = personal->id;

    // A person says of the part what the findings deny.
    TeamModel told;
    told.parts[data].attributes["deidentified"] = "yes";
    const Overlaid facts = assessed(told);
    const Threat* both = threatOf(facts.model, "ds-pii-plain");
    REQUIRE(both != nullptr);
    CHECK(both->evidence == EvidenceState::Contested && contestOf(*both) == Contest::Facts);
    CHECK(both->against.size() == 1 && both->against[0].key == "deidentified" && both->against[0].part == data);
    CHECK(both->findings == personal->findings && both->likelihood == personal->likelihood);
    CHECK(contestWords(*both).starts_with("1 finding confirms it, but "));
    CHECK(scannedState(*both) == EvidenceState::Confirmed && findingsConfirm(*both));
    told.parts[data].attributes["deidentified"] = "no"; // which says the same as the findings
    const Overlaid agreed = assessed(told);
    CHECK(threatOf(agreed.model, "ds-pii-plain")->evidence == EvidenceState::Confirmed);

    // Or calls it not applicable: the finding stands against that, and no framework is answered by it.
    TeamModel denied;
    denied.threats[id] = {Applicability::NotApplicable, Decision::Open, "made up", "Ada", "2026-11-01", {}, {}};
    const Overlaid conflict = assessed(denied);
    const Threat* not_ = threatOf(conflict.model, "ds-pii-plain");
    REQUIRE(not_ != nullptr);
    CHECK(not_->evidence == EvidenceState::Contested && contestOf(*not_) == Contest::NotApplicable);
    CHECK(conflict.flags.at(id) == Flag::Conflict);
    CHECK(!not_->references.empty());
    for (const Lens& lens : coverageOf(conflict.model)) {
        for (const CoverageItem& item : lens.items) {
            const bool its = std::find(item.settled.begin(), item.settled.end(), id) != item.settled.end();
            CHECK(!its || item.state == ItemState::Gap);
        }
    }
    // What was put right is still told as such, and what comes back as regressed.
    TeamModel done;
    done.threats[id] = {Applicability::Applies, Decision::Mitigated, "done", "Ada", "2026-11-01", {}, {}};
    done.parts[data].attributes["deidentified"] = "yes";
    CHECK(assessed(done).flags.at(id) == Flag::Regressed);
}

// Rules of the user's own are tied to frameworks as the built-in ones are, also where their threats are folded away.
CUPEL_TEST(foldedThreatsOfPacksKeepTheirTies)
{
    const auto workspace = workspaceOf({file("w/train.ipynb", "notebook")});
    Derived derived = derive(graphOf(), workspace, "w", {});
    RuleSet set = builtInSet();
    CHECK_EQ(
        addPack(set, "own.tsv",
            "id\tkind\tscope\tcondition\ttitle\treferences\tconfirm\trefute\n"
            "own-one\tnotebook\telement\tkind = notebook\tOne\tAML.T0043\tnb.secret.hardcoded\tnb.secret.scan-clean\n"),
        1U);
    assess(derived.model, derived.evidence, set.rules, builtInEvidence());
    REQUIRE(foldedOf(derived.model, "own-one") != nullptr);
    for (const Lens& lens : coverageOf(derived.model)) {
        for (const CoverageItem& item : lens.items) {
            CHECK(item.id != "AML.T0043" || item.refuted == 1);
        }
    }
}

CUPEL_TEST(alikeElementsFold)
{
    lineage::LineageGraph graph;
    std::vector<AnalysisPtr> files;
    for (int i = 0; i < 100; ++i) {
        files.push_back(file("w/data/part-" + std::to_string(i) + ".csv", "text"));
    }
    files.push_back(file("w/a.ipynb", "notebook"));
    const Derived derived = derive(graph, workspaceOf(files), "w", {});
    CHECK_EQ(derived.model.elements.size(), 2U);
    CHECK_EQ(derived.model.elements[1].name, "100 datasets in data");
    CHECK_EQ(attribute(derived.model.elements[1], "count"), "100");
}

CUPEL_TEST(theTablesAreSound)
{
    CHECK(builtInRules().size() >= 155);
    std::set<std::string> ids;
    for (const auto& rule : builtInRules()) {
        CHECK(ids.insert(rule.id).second);
        CHECK(!rule.happens.empty() && !rule.fix.empty() && !rule.confirm.empty());
        // Of data and code nobody knows that something is trained with it, but where a rule asks for that.
        static const std::set<std::string> asking{"src-no-licence", "ds-backdoor-trigger", "ds-train-test-leak"};
        const bool says = (rule.happens + rule.fix).find("train") != std::string::npos;
        const bool mayTrain = rule.kind != "data-source" && rule.kind != "dataset" && rule.kind != "notebook";
        if (says && !mayTrain && !asking.contains(rule.id)) {
            test::report(false, __FILE__, __LINE__, rule.id + " speaks of a training");
        }
        for (const auto& control : rule.controls) {
            if (titleOf(control).empty()) {
                test::report(false, __FILE__, __LINE__, rule.id + ": no control " + control);
            }
        }
        for (const auto& reference : rule.references) { // an id without its year means two things
            const bool dated = !reference.starts_with("LLM") && !reference.starts_with("ML0")
                ? true
                : reference.find(":20") != std::string::npos;
            CHECK(dated);
        }
    }
    CHECK_EQ(titleOf("AML.T0020"), "Poison Training Data");
    CHECK(builtInEvidence().typesOf("CUP-CODE-PICKLE-LOAD", false).contains("nb.code.pickle-load"));
    // A mail address in the source is no leak by outputs.
    CHECK(builtInEvidence().typesOf("CUP-PII-EMAIL", true).contains("nb.pii.in-output"));
    CHECK(!builtInEvidence().typesOf("CUP-PII-EMAIL", false).contains("nb.pii.in-output"));
    const auto wrong = parseRules("id\tkind\tscope\tcondition\ttitle\nx\tnotebook\telement\ta and\tT\n");
    REQUIRE(!wrong.ok());
    CHECK_EQ(wrong.error().offset, 2U);
}

// A rule of the scan about a weakness that threats are about is evidence for one of them: else a threat says that
// nothing is known while the finding stands beside it.
CUPEL_TEST(findingsOfAWeaknessAreEvidence)
{
    static const std::set<std::string> weaknesses{
        "CWE-78", "CWE-89", "CWE-94", "CWE-95", "CWE-295", "CWE-319", "CWE-502", "CWE-798"};
    int asked = 0;
    for (const RuleInfo& rule : rules::catalogue()) {
        const auto& cwe = rule.references.cwe;
        if (rule.severity < Severity::Medium
            || std::none_of(cwe.begin(), cwe.end(), [](const std::string& id) { return weaknesses.contains(id); })) {
            continue;
        }
        ++asked;
        if (builtInEvidence().typesOf(rule.id, false).empty()) {
            test::report(false, __FILE__, __LINE__, rule.id + " is evidence for no threat");
        }
    }
    CHECK(asked > 100);
    CHECK(builtInEvidence().typesOf("CUP-CODE-TELNET", false).contains("nb.net.http-plaintext"));
}

CUPEL_TEST(whatCodeIsBesidesCode)
{
    const auto imports = [](const char* module) {
        Dependency out;
        out.module = module;
        out.source = DependencySource::Import;
        return out;
    };
    auto app = std::make_shared<Analysis>(
        *file("w/agent.py", "python", {finding("CUP-CODE-AGENT-SHELL", Family::Code, Severity::High)}));
    app->dependencies = {imports("langchain_openai"), imports("chromadb"), imports("fastapi")};
    lineage::LineageGraph graph;
    graph.files.emplace_back().path = "agent.py";
    const Derived derived = derive(graph, workspaceOf({app}), "w", {});
    std::map<std::string, std::string> kinds;
    for (const auto& element : derived.model.elements) {
        kinds.emplace(element.name, element.kind);
    }
    CHECK_EQ(kinds["agent.py"], "agent");
    CHECK_EQ(kinds["OpenAI"], "llm-provider");
    CHECK_EQ(kinds["Chroma"], "vector-store");
    CHECK_EQ(kinds["Users"], "person");
    CHECK_EQ(std::string(attribute(derived.model.elements.front(), "tools")), "shell");
    ThreatModel model = derived.model;
    assess(model, derived.evidence, builtInRules(), builtInEvidence());
    CHECK(std::any_of(model.threats.begin(), model.threats.end(), [](const Threat& threat) {
        return threat.rule == "agt-code-exec" && threat.evidence == EvidenceState::Confirmed;
    }));
}
