// SPDX-License-Identifier: GPL-3.0-or-later
// Anything as the file of a team's threat model: it is read, written and read again the same, laid over a scan without
// a dangling flow, and any step that leads to it can be taken back.
#include "analyzers/threats/work/risk.h"
#include "analyzers/threats/work/team_import.h"
#include "analyzers/threats/work/team_step.h"
#include "tests/fuzz/fuzz.h"

#include <set>

using namespace cupel;
using namespace cupel::threats;

namespace {

ThreatModel scanned()
{
    ThreatModel model;
    for (const char* id : {"dataset:own.csv", "notebook:a.ipynb"}) {
        Element element;
        element.id = id;
        element.name = id;
        element.kind = "dataset";
        model.elements.push_back(element);
    }
    Flow flow;
    flow.id = "flow";
    flow.source = "dataset:own.csv";
    flow.target = "notebook:a.ipynb";
    model.flows.push_back(flow);
    return model;
}

void checkOverlay(const TeamModel& team)
{
    auto made = overlay(scanned(), team);
    decide(made, team, "2026-01-01");
    std::set<std::string> elements;
    std::set<std::string> zones;
    for (const auto& zone : made.model.zones) {
        zones.insert(zone.id);
    }
    for (const auto& element : made.model.elements) {
        fuzz::must(elements.insert(element.id).second, "an element is there once");
    }
    for (const auto& flow : made.model.flows) {
        for (const auto& end : {flow.source, flow.target}) {
            fuzz::must(end.empty() || elements.contains(end) || zones.contains(end), "a flow leads somewhere");
        }
    }
    for (const auto& threat : made.model.threats) {
        const auto risk = riskOf(threat, controlsOf(made, threat.id));
        fuzz::must(risk.now() >= 1 && risk.now() <= risk.inherent() && risk.planned() >= 1, "controls only take away");
    }
    for (const auto& zone : made.model.zones) {
        fuzz::must(!zone.trust || (*zone.trust >= 0 && *zone.trust <= 100), "trust is a step of the scale");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::vector<std::string> troubles;
    const TeamModel team = read(fuzz::viewOf(data, size), troubles);
    const std::string text = write(team);
    const TeamModel again = read(text, troubles);
    fuzz::must(write(again) == text, "what is written reads back");
    checkOverlay(team);
    const TeamStep step = difference(TeamModel(), team);
    TeamModel other;
    fuzz::must(fits(other, step, true), "a step fits what it was made of");
    take(other, step, true);
    fuzz::must(fits(other, step, false), "and back");
    take(other, step, false);
    other.events.clear();
    fuzz::must(other == TeamModel(), "what is taken back is gone");
    fuzz::must(merge(team, team, team) == team || !team.events.empty(), "nothing new changes nothing");
    TeamModel imported;
    addModel(imported, overlay(scanned(), team).model, "own-x", {});
    checkOverlay(imported);
    return 0;
}
