// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/threat_mask.h"

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/home_mask.h"
#include "analyzers/model/name_mask.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>

namespace cupel::engine {

namespace {

using namespace threats;

template <typename Visit> void eachOf(DiagramPart& part, const Visit& visit)
{
    visit(part.name);
    visit(part.description);
    visit(part.scopeReason);
    for (Attribute& attribute : part.attributes) {
        visit(attribute.value);
    }
}

// A kind, a reference or a control is a word of a list, or whatever a file says it is.
template <typename Visit> void eachWord(report::ThreatReview& review, const Visit& visit)
{
    for (Element& element : review.overlaid.model.elements) {
        visit(element.kind);
    }
    for (Threat& threat : review.overlaid.model.threats) {
        std::for_each(threat.references.begin(), threat.references.end(), visit);
        std::for_each(threat.controls.begin(), threat.controls.end(), visit);
    }
    for (auto& [threat, uses] : review.overlaid.controls) {
        for (ControlUse& use : uses) {
            for (auto* text : {&use.control, &use.title, &use.note, &use.author}) {
                visit(*text);
            }
        }
    }
}

// Ids of parts and threats stay: they tie things together.
template <typename Visit> void eachText(report::ThreatReview& review, const Visit& visit)
{
    ThreatModel& model = review.overlaid.model;
    for (auto* text : {&model.title, &model.description, &model.owner, &model.reviewer}) {
        visit(*text);
    }
    eachWord(review, visit);
    const auto part = [&visit](DiagramPart& one) { eachOf(one, visit); };
    std::for_each(model.elements.begin(), model.elements.end(), part);
    std::for_each(model.flows.begin(), model.flows.end(), part);
    std::for_each(model.zones.begin(), model.zones.end(), part);
    std::for_each(model.assumptions.begin(), model.assumptions.end(), visit);
    for (Threat& threat : model.threats) {
        for (auto* text : {&threat.title, &threat.description, &threat.mitigation, &threat.category, &threat.reason,
                 &threat.author, &threat.assignee}) {
            visit(*text);
        }
        for (auto* reasons : {&threat.why, &threat.against}) {
            for (Reason& why : *reasons) {
                visit(why.value);
            }
        }
    }
    for (auto& [id, decision] : review.team.threats) {
        visit(decision.reason);
        visit(decision.author);
    }
    for (auto& [id, name] : review.team.assignees) {
        visit(name);
    }
    review.team.events.changeEach([&visit](Event& event) {
        visit(event.who);
        visit(event.what); // printed where nothing has this id any more
        visit(event.change);
        visit(event.note);
    });
}

} // namespace

void maskThreats(report::ThreatReview& review, Budget& budget)
{
    std::set<std::string> lines; // most of them stand there many times
    eachText(review, [&lines](const std::string& text) {
        if (!text.empty()) {
            lines.insert(text);
        }
    });
    auto all = std::make_shared<std::string>();
    for (const std::string& line : lines) {
        all->append(line).push_back('\n');
    }
    Artifact artifact;
    artifact.path = "threats.txt";
    artifact.bytes = all;
    ScanOptions options;
    options.keepBytes = true; // the mask needs them
    options.onlyFamilies = {"secret"}; // who decided something is personal data that has to be told
    Budget own = budget.child();
    const Analysis analysis = analyze(std::move(artifact), options, own);
    const NameMask mask(analysis);
    eachText(review, [&mask](std::string& text) { text = withoutHomes(mask(text)); });
}

} // namespace cupel::engine
