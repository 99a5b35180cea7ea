// SPDX-License-Identifier: GPL-3.0-or-later
// A model of another tool becomes one that a team works on: every part and threat arrives once, in its place, under ids
// that nobody else has; what is exported has a place for everything.
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/import/import.h"
#include "analyzers/threats/work/team_import.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

ThreatModel foreign()
{
    ThreatModel model;
    model.diagrams.push_back({"0", "Main", "STRIDE"});
    Zone zone;
    zone.id = "1";
    zone.name = "Internet";
    zone.trust = 0;
    zone.box = Box{100, 100, 400, 300};
    model.zones.push_back(zone);
    Zone line;
    line.id = "2";
    line.curve = {{0, 0}, {5, 5}};
    model.zones.push_back(line);
    for (const char* id : {"3", "4", "5"}) {
        Element element;
        element.id = id;
        element.kind = id[0] == '5' ? "text" : "process";
        element.name = std::string("part ") + id;
        element.zone = "1";
        element.box = Box{120, 140, 160, 80};
        model.elements.push_back(element);
    }
    setAttribute(model.elements[0], "isEncrypted", "yes", Origin::Imported);
    Flow flow;
    flow.id = "6";
    flow.name = "calls";
    flow.source = "3";
    flow.target = "4";
    model.flows.push_back(flow);
    Flow open = flow;
    open.id = "7";
    open.target.clear();
    model.flows.push_back(open);
    Flow border = flow;
    border.id = "9";
    border.name = "enters";
    border.target = "1"; // a zone
    model.flows.push_back(border);
    Threat threat;
    threat.id = "8";
    threat.target = "3";
    threat.title = "Somebody listens";
    threat.category = "Information disclosure";
    threat.severity = Severity::High;
    threat.decision = Decision::Mitigated;
    model.threats.push_back(threat);
    return model;
}

template <typename Parts> auto named(const Parts& parts, std::string_view name)
{
    return std::find_if(parts.begin(), parts.end(), [name](const auto& one) { return one.name == name; });
}

} // namespace

CUPEL_TEST(everyPartArrivesOnceInItsPlace)
{
    TeamModel team;
    const auto counts = addModel(team, foreign(), "own-abc", {1'000, 50});
    CHECK_EQ(counts.elements, 2U);
    CHECK_EQ(counts.flows, 2U); // the other one leads nowhere
    CHECK_EQ(counts.zones, 1U); // a line has no inside
    CHECK_EQ(counts.threats, 1U);
    CHECK(!counts.left.full());
    CHECK_EQ(counts.left.notes, 1U); // told, not silently left out
    CHECK_EQ(counts.left.lines, 1U);
    CHECK_EQ(counts.left.loose, 1U);
    std::vector<std::string> troubles;
    const auto made = overlay({}, read(write(team), troubles));
    CHECK(troubles.empty());
    const auto element = named(made.model.elements, "part 3");
    CHECK(element != made.model.elements.end());
    CHECK(element->box == (Box{1'020, 90, 160, 80})); // the corner of the zone is where it was asked for
    CHECK(attribute(*element, "isEncrypted") == "yes");
    const auto zone = named(made.model.zones, "Internet");
    CHECK(zone != made.model.zones.end() && zone->id == element->zone && zone->trust == 0);
    const auto flow = named(made.model.flows, "calls");
    CHECK(flow != made.model.flows.end() && flow->source == element->id);
    const auto border = named(made.model.flows, "enters");
    CHECK(border != made.model.flows.end() && border->target == zone->id);
    CHECK_EQ(made.model.threats.size(), 1U);
    CHECK_EQ(made.model.threats[0].stride, std::string("I"));
    CHECK(made.model.threats[0].severity == Severity::High);
    CHECK(team.threats.begin()->second.decision == Decision::Mitigated);
    // Once more is another model, not the same again.
    addModel(team, foreign(), "own-def", {});
    CHECK_EQ(overlay({}, team).model.elements.size(), 4U);
}

CUPEL_TEST(whatIsExportedReadsBack)
{
    TeamModel team;
    addModel(team, foreign(), "own-abc", {});
    team.controls["CT-LOG@own-abc-t0"] = {"own-abc-t0", "CT-LOG", {}, ControlStatus::InPlace, {}, {}, {}};
    team.places.erase(team.parts.begin()->first);
    auto made = overlay({}, team);
    decide(made, team, "2026-01-01");
    Budget budget;
    CHECK(completeForExport(made.model, made, budget));
    CHECK(std::all_of(made.model.elements.begin(), made.model.elements.end(),
        [](const Element& element) { return element.box.has_value(); }));
    CHECK_EQ(made.model.threats[0].controls, std::vector<std::string>{"CT-LOG"});
    CHECK_EQ(made.model.diagrams.size(), 1U);
}

CUPEL_TEST(aHugeModelEndsSomewhere)
{
    ThreatModel model;
    for (std::size_t i = 0; i < mostParts + 10; ++i) {
        Element element;
        element.id = std::to_string(i);
        element.box = Box{1e300, -1e300, 0, 0};
        model.elements.push_back(element);
    }
    TeamModel team;
    const auto counts = addModel(team, model, "own-x", {});
    CHECK_EQ(counts.left.elements, 10U);
    CHECK_EQ(team.parts.size(), mostParts);
}

// What is left out first is the decoration, then what nothing flows through, then flows nobody has found a threat at;
// a threat goes last, the least of them first, and never without the part that it is about.
CUPEL_TEST(threatsAreTheLastToBeLeftOut)
{
    ThreatModel model;
    const auto add = [](auto& list, const std::string& id) -> auto& {
        list.emplace_back().id = id;
        return list.back();
    };
    add(model.zones, "empty");
    add(model.zones, "around");
    add(model.elements, "alone");
    for (const char* id : {"a", "b", "c"}) {
        add(model.elements, id).zone = "around";
    }
    auto& plain = add(model.flows, "plain");
    plain.source = "a";
    plain.target = "b";
    auto& watched = add(model.flows, "watched");
    watched.source = "b";
    watched.target = "c";
    const auto threaten = [&](const std::string& id, const std::string& target, std::optional<Severity> severity) {
        Threat& threat = add(model.threats, id);
        threat.target = target;
        threat.severity = severity;
    };
    threaten("low", "a", Severity::Low);
    threaten("high", "watched", Severity::High);
    threaten("settled", "a", Severity::Low);
    model.threats.back().decision = Decision::Mitigated;
    threaten("whole", {}, std::nullopt);
    const auto left = [&](std::size_t most) { return chooseParts(model, most).left; };
    CHECK(left(12) == LeftOut()); // all of it
    CHECK(left(11) == (LeftOut{0, 0, 1, 0}));
    CHECK(left(10) == (LeftOut{1, 0, 1, 0}));
    CHECK(left(9) == (LeftOut{1, 1, 1, 0}));
    CHECK(left(8) == (LeftOut{1, 1, 2, 0}));
    CHECK(left(7) == (LeftOut{1, 1, 2, 1}));
    const auto few = chooseParts(model, 2);
    CHECK(few.threats == (std::vector<bool>{false, false, true, false}));
    CHECK(few.elements == (std::vector<bool>{false, true, false, false}));
    const auto some = chooseParts(model, 6); // the flow with both its ends
    CHECK(some.threats == (std::vector<bool>{false, true, true, false}));
    CHECK(some.flows == (std::vector<bool>{false, true}));
    CHECK(some.elements == (std::vector<bool>{false, true, true, true}));
}

CUPEL_TEST(diagramsStandBesideEachOther)
{
    ThreatModel model;
    model.diagrams.resize(3); // the one in the middle has nothing
    for (const std::uint32_t diagram : {0U, 0U, 2U}) {
        Element& element = model.elements.emplace_back();
        element.diagram = diagram;
        element.box = Box{diagram == 2 ? -50.0 : 200.0 * static_cast<double>(model.elements.size()), 10, 100, 50};
    }
    const auto shifts = spreadDiagrams(model);
    CHECK_EQ(shifts.size(), 3U);
    CHECK(model.elements[1].box == (Box{400, 10, 100, 50}));
    CHECK(model.elements[2].box == (Box{620, 10, 100, 50}));
    CHECK(shifts[2] == (Point{670, 0}));
}
