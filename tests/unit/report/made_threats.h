// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model made by hand, as small as it can be and still have every state a report speaks of.
#pragma once

#include "analyzers/report/threats/threat_review.h"

#include <memory>
#include <string>
#include <utility>

namespace cupel::test {

inline threats::Element element(std::string id, const char* kind, const char* zone, std::string name = {})
{
    threats::Element out;
    out.name = name.empty() ? id : std::move(name);
    out.id = std::move(id);
    out.kind = kind;
    out.zone = zone;
    return out;
}

inline threats::Flow flow(std::string id, const char* from, const char* to, const char* name = "reads")
{
    threats::Flow out;
    out.id = std::move(id);
    out.source = from;
    out.target = to;
    out.name = name;
    return out;
}

inline threats::Zone zone(const char* id, const char* name, int trust)
{
    threats::Zone out;
    out.id = id;
    out.name = name;
    out.trust = trust;
    return out;
}

inline threats::Threat threat(const char* rule, const char* target, int likelihood, int impact, Severity severity)
{
    threats::Threat out;
    out.rule = rule;
    out.target = target;
    out.id = std::string(rule) + '@' + target;
    out.title = std::string("Title of ") + rule;
    out.description = "What would happen.";
    out.mitigation = "Do this.";
    out.likelihood = likelihood;
    out.impact = impact;
    out.severity = severity;
    return out;
}

// http page (internet) -> train.py (developer) -> model.pkl (developer) -> api (serving)
inline report::ThreatReview madeThreats()
{
    using namespace threats;
    report::ThreatReview review;
    ThreatModel& model = review.overlaid.model;
    model.title = "Churn";
    model.zones = {
        zone("internet", "Internet", 0), zone("developer", "Developer machine", 60), zone("serving", "Serving", 70)};
    model.elements = {element("page", "data-source", "internet", "data.example.com"),
        element("train", "training-job", "developer", "train.py"),
        element("model", "model-file", "developer", "model.pkl"), element("api", "inference-endpoint", "serving")};
    model.flows = {flow("f1", "page", "train"), flow("f2", "train", "model", "writes"), flow("f3", "model", "api")};
    setAttribute(model.flows[0], "encrypted", "false", Origin::Scanned);
    Threat open = threat("nb-hardcoded-secret", "train", 5, 4, Severity::Critical);
    open.evidence = EvidenceState::Confirmed;
    open.findings = {"f-secret"};
    open.places = {"train.py, line 2: CUP-SEC-X"};
    open.controls = {"CT-SIGN"};
    open.references = {"AML.T0055", "LLM02:2025", "CWE-798"};
    open.why = {{"train", "kind", "training-job"}};
    Threat mitigated = threat("flw-cleartext", "f1", 4, 3, Severity::High);
    mitigated.decision = Decision::Mitigated;
    mitigated.reason = "The file is checked by its digest.";
    mitigated.author = "Ada";
    Threat regressed = threat("mdl-exec-on-load", "model", 5, 5, Severity::Critical);
    regressed.decision = Decision::Mitigated;
    regressed.evidence = EvidenceState::Confirmed;
    regressed.author = "Ada";
    Threat gone = threat("src-untrusted-origin", "page", 3, 3, Severity::Medium);
    gone.applicability = Applicability::NotApplicable;
    gone.reason = "Our own host.";
    gone.author = "Ben";
    model.threats = {mitigated, open, regressed, gone};
    model.folded = {{"nb-shell", "train", "A shell", "refuted"}, {"mdl-theft", "model", "Theft", "assumed"}};
    review.overlaid.flags = {{regressed.id, Flag::Regressed}};
    review.team.threats[mitigated.id] = {
        Applicability::Applies, Decision::Mitigated, mitigated.reason, "Ada", "2026-11-20", {}, {}};
    review.team.threats[gone.id] = {
        Applicability::NotApplicable, Decision::Open, gone.reason, "Ben", "2026-11-21", {}, {}};
    review.team.events = {{"2026-11-20T10:00:00Z", "Ada", mitigated.id, "open -> mitigated", "digest"}};
    return review;
}

inline Workspace madeWorkspace()
{
    Finding finding;
    finding.rule = "CUP-SEC-X";
    finding.family = Family::Secret;
    finding.title = "Key in code";
    finding.severity = Severity::High;
    finding.fingerprint = "f-secret";
    finding.location.artifact = "work/train.py";
    finding.location.line = 2;
    finding.location.human = "line 2";
    finding.evidence.push_back({"match", finding.location, "key = 'AKIA\u2022\u2022\u2022\u20227QXA'"});
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "work/train.py";
    analysis->artifact.sha256.fill(0xAB);
    analysis->facts.format = "python";
    analysis->findings = {finding};
    Workspace workspace;
    workspace.roots = {"work"};
    workspace.analyses["work/train.py"] = std::move(analysis);
    return workspace;
}

} // namespace cupel::test
