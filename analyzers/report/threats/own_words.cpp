// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/own_words.h"

#include "analyzers/base/utf8.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <set>

namespace cupel::report {

using namespace threats;

namespace {

std::string joined(const std::vector<std::string>& list)
{
    std::string out;
    for (const std::string& one : list) {
        out += (out.empty() ? "" : ", ") + one;
    }
    return out;
}

std::string step(int value)
{
    return value > 0 ? std::to_string(value) : std::string();
}

} // namespace

OwnWords ownWords(const Threat& threat)
{
    OwnWords all{{"rule", threat.rule}, {"stride", threat.stride}, {"category", threat.category},
        {"mitigation", threat.mitigation}, {"reason", threat.reason}, {"author", threat.author},
        {"until", threat.until}, {"assignee", threat.assignee}, {"references", joined(threat.references)},
        {"controls", joined(threat.controls)}, {"likelihood", step(threat.likelihood)}, {"impact", step(threat.impact)},
        {"severity", threat.severity ? std::string(toString(*threat.severity)) : "none"}};
    if (threat.decision != Decision::Open) {
        all.emplace_back("decision", toString(threat.decision));
    }
    if (threat.applicability != Applicability::Proposed) {
        all.emplace_back("applicability", toString(threat.applicability));
    }
    if (threat.evidence != EvidenceState::Unknown) {
        all.emplace_back("evidence", toString(threat.evidence));
    }
    std::erase_if(all, [](const auto& word) { return word.second.empty(); });
    return all;
}

ControlIndex controlsById(const ThreatModel& model)
{
    ControlIndex out;
    for (const Control& control : model.controls) {
        out.emplace(control.id, &control);
    }
    return out;
}

std::string mitigationText(const ControlIndex& controls, const Threat& threat)
{
    constexpr std::size_t longest = 500; // of one title, which any number of threats may repeat
    std::string out = threat.mitigation;
    for (const std::string& id : threat.controls) {
        const auto found = controls.find(id);
        const Control* own = found == controls.end() ? nullptr : found->second;
        std::string title = own && !own->title.empty() ? own->title : std::string(titleOf(id));
        title = title.empty() ? id : title;
        if (own && !own->status.empty()) {
            title += " (" + own->status + ')';
        }
        out += (out.empty() ? "" : "\n") + toDisplay(title, longest);
    }
    return out;
}

std::vector<Control> allControls(const ThreatModel& model)
{
    std::vector<Control> out = model.controls;
    std::set<std::string_view> known;
    for (const auto& control : model.controls) {
        known.insert(control.id);
    }
    for (const auto& threat : model.threats) {
        for (const std::string& id : threat.controls) {
            if (known.insert(id).second) {
                const auto title = titleOf(id);
                out.push_back({id, std::string(title.empty() ? std::string_view(id) : title), {}, 0});
            }
        }
    }
    return out;
}

bool isViewFormat(std::string_view format)
{
    return format == "text" || format == "csv" || format == "mermaid" || format == "atlas-layer";
}

std::vector<std::string> lossesOf(const ThreatModel& model, std::string_view format)
{
    std::vector<std::string> out;
    const bool otm = format == "otm";
    const auto own = otm ? FileFormat::Otm : FileFormat::TmBom;
    if ((!otm && format != "tm-bom") || (model.document && model.document->format == own)) {
        return out;
    }
    const auto say = [&out](std::size_t count, std::string one, const std::string& many) {
        if (count > 0) {
            out.push_back(count == 1 ? std::move(one) : std::to_string(count) + ' ' + many);
        }
    };
    if (!otm) { // it has no geometry at all: the drawing goes along as a chart
        std::set<std::string_view> ends;
        std::size_t notes = 0;
        for (const Element& element : model.elements) {
            const bool note = roleOf(element.kind) == DiagramRole::Note;
            notes += note ? 1 : 0;
            if (!note) {
                ends.insert(element.id);
            }
        }
        const auto open = std::count_if(model.flows.begin(), model.flows.end(),
            [&ends](const Flow& flow) { return !ends.contains(flow.source) || !ends.contains(flow.target); });
        say(notes, "a text block", "text blocks");
        say(static_cast<std::size_t>(open), "a flow that does not lead from element to element",
            "flows that do not lead from element to element");
        return out;
    }
    const auto curves =
        std::count_if(model.zones.begin(), model.zones.end(), [](const Zone& zone) { return !zone.curve.empty(); });
    const auto bends =
        std::count_if(model.flows.begin(), model.flows.end(), [](const Flow& flow) { return !flow.bends.empty(); });
    say(static_cast<std::size_t>(curves), "the course of a boundary line", "courses of boundary lines");
    say(static_cast<std::size_t>(bends), "the bends of a flow", "flows' bends");
    return out;
}

} // namespace cupel::report
