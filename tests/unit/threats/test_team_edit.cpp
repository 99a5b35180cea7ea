// SPDX-License-Identifier: GPL-3.0-or-later
// Work on a model: what people draw, name, move, hide and bring back lies on top of any scan, is one step that can be
// taken back to the byte, and merges fact by fact.
#include "analyzers/threats/work/team_edit.h"
#include "analyzers/threats/work/team_step.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <random>

using namespace cupel;
using namespace cupel::threats;

namespace {

ThreatModel scanned(std::vector<const char*> elements)
{
    ThreatModel model;
    for (const char* id : elements) {
        Element element;
        element.id = id;
        element.name = std::string("file ") + id;
        element.kind = "dataset";
        element.zone = "developer";
        model.elements.push_back(element);
    }
    Zone zone;
    zone.id = "developer";
    zone.name = "Developer machine";
    model.zones.push_back(zone);
    if (elements.size() > 1) {
        Flow flow;
        flow.id = "flow";
        flow.source = elements[0];
        flow.target = elements[1];
        model.flows.push_back(flow);
    }
    return model;
}

// Without the history, which only grows.
std::string stateOf(TeamModel team)
{
    team.events.clear();
    return write(team);
}

TeamModel reread(const TeamModel& team)
{
    std::vector<std::string> troubles;
    auto out = read(write(team), troubles);
    CHECK(troubles.empty());
    return out;
}

const Element* element(const Overlaid& overlaid, std::string_view id)
{
    const auto& all = overlaid.model.elements;
    const auto found = std::find_if(all.begin(), all.end(), [id](const Element& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> ids(std::initializer_list<const char*> list)
{
    return {list.begin(), list.end()};
}

// One of the things that people do, to a part that is there.
void doSomething(TeamModel& after, const Overlaid& shown, const std::function<int(int)>& any, int& next)
{
    const auto& elements = shown.model.elements;
    const std::string id =
        elements.empty() ? "a" : elements[static_cast<std::size_t>(any(static_cast<int>(elements.size()) - 1))].id;
    switch (any(11)) {
    case 0:
        addElement(after, "own-" + std::to_string(next++), "agent", "Agent", {}, {any(900) / 7.0, 8, 144, 44});
        break;
    case 1:
        addFlow(after, "own-" + std::to_string(next++), id, "b");
        break;
    case 2:
        addZone(after, "own-" + std::to_string(next++), "Zone", any(100), {0, 0, 200, 100.5});
        break;
    case 3:
        setText(after, id, &PartEdit::name, "name " + std::to_string(any(99)));
        break;
    case 4:
        setAttribute(after, id, "encrypted", any(1) == 0 ? std::optional<std::string>("yes") : std::nullopt);
        break;
    case 5:
        setPlace(after, id, {any(5'000) / 3.0, any(5'000) / 3.0, 144, 44});
        break;
    case 6:
        removeParts(after, shown.model, std::vector{id});
        break;
    case 7:
        bringBack(after, "a");
        bringBack(after, "b");
        break;
    case 8:
        after.own["own-" + std::to_string(next++)] = {id, "Threat", "", "", "T", {"AML.T0010"}, 1 + any(4), 3};
        break;
    case 9: {
        const ControlUse use{
            "t" + std::to_string(any(5)), "CT-SIGN", {}, static_cast<ControlStatus>(any(2)), {}, {}, {}};
        after.controls[idOf(use)] = use;
        break;
    }
    case 10:
        setAssignee(after, "t" + std::to_string(any(5)), any(2) == 0 ? "" : "Ada");
        break;
    default:
        after.threats["t" + std::to_string(any(5))].decision = static_cast<Decision>(any(6));
        break;
    }
}

} // namespace

CUPEL_TEST(whatIsDrawnLiesOnTopOfAnyScan)
{
    TeamModel team;
    markSeen(team, scanned({"a", "b"}));
    addZone(team, "own-zone", "Vault", 140, {10, 20, 300, 200});
    addElement(team, "own-store", "secret-store", "Keys", "own-zone", {40.4, 60, 144, 44});
    addFlow(team, "own-flow", "a", "own-store");
    const auto made = overlay(scanned({"a", "b"}), reread(team));
    const Element* store = element(made, "own-store");
    CHECK(store && store->kind == "secret-store" && store->zone == "own-zone");
    CHECK(store && store->box == (Box{40, 60, 144, 44}));
    CHECK_EQ(made.model.zones.size(), 2U);
    CHECK(made.model.zones.back().trust == 100);
    CHECK_EQ(made.model.flows.size(), 2U);
    CHECK(made.drawn == (std::set<std::string>{"own-flow", "own-store", "own-zone"}));
    // A scan that finds other things leaves it; what the flow came from is a ghost and keeps it.
    const auto later = overlay(scanned({"b", "c"}), team);
    CHECK(element(later, "own-store"));
    CHECK(later.ghosts == std::set<std::string>{"a"});
    CHECK(later.tray == std::set<std::string>{"c"});
    CHECK(std::any_of(
        later.model.flows.begin(), later.model.flows.end(), [](const Flow& flow) { return flow.id == "own-flow"; }));
    acceptParts(team, later.model, ids({"c"}));
    CHECK(overlay(scanned({"b", "c"}), team).tray.empty());
}

CUPEL_TEST(deletingHidesWhatTheScanMakesAndForgetsWhatWasDrawn)
{
    TeamModel team;
    markSeen(team, scanned({"a", "b"}));
    addElement(team, "own", "monitoring", "Watch", {}, {0, 0, 144, 44});
    addFlow(team, "own-flow", "a", "own");
    team.own["own-threat"] = {"own", "Nobody watches", {}, {}, "R", {}, 3, 4};
    team.controls["CT-LOG@own-threat"] = {"own-threat", "CT-LOG", {}, ControlStatus::InPlace, {}, {}, {}};
    team.threats["own-threat"].decision = Decision::Accepted;
    setText(team, "a", &PartEdit::name, "Orders");
    const auto shown = overlay(scanned({"a", "b"}), team);
    CHECK_EQ(shown.model.threats.size(), 1U);
    CHECK_EQ(shown.model.threats[0].likelihood * shown.model.threats[0].impact, 12);
    removeParts(team, shown.model, ids({"a", "own"}));
    const auto without = overlay(scanned({"a", "b"}), team);
    CHECK(!element(without, "a") && !element(without, "own"));
    CHECK(without.model.flows.empty() && without.model.threats.empty());
    CHECK_EQ(without.hidden.size(), 1U); // the flow between a and b goes with its end, and comes back with it
    CHECK(without.hidden[0] == (HiddenPart{"a", "element", "dataset", "Orders"}));
    CHECK(!team.parts.contains("own") && !team.places.contains("own") && !team.parts.contains("own-flow"));
    CHECK(team.own.empty() && team.controls.empty() && team.threats.empty());
    bringBack(team, "a");
    const auto back = overlay(scanned({"a", "b"}), team);
    CHECK(element(back, "a") && element(back, "a")->name == "Orders");
    CHECK_EQ(back.model.flows.size(), 1U);
    // Hidden stays hidden when the scan finds it again, and is no ghost when it does not.
    removeParts(team, back.model, ids({"b"}));
    CHECK(overlay(scanned({"a"}), team).ghosts.empty());
    CHECK(!element(overlay(scanned({"a", "b"}), team), "b"));
}

CUPEL_TEST(anAttributeIsSaidAndTakenBack)
{
    TeamModel team;
    auto model = scanned({"a", "b"});
    setAttribute(model.elements[0], "encrypted", "no", Origin::Scanned);
    setAttribute(team, "a", "encrypted", "yes");
    CHECK(attribute(overlay(model, team).model.elements[0], "encrypted") == "yes");
    setAttribute(team, "a", "encrypted", ""); // not known after all
    CHECK(attribute(overlay(model, team).model.elements[0], "encrypted").empty());
    setAttribute(team, "a", "encrypted", std::nullopt);
    CHECK(attribute(overlay(model, team).model.elements[0], "encrypted") == "no");
    CHECK(team.parts.empty()); // nobody says anything any more
}

CUPEL_TEST(twoPeopleChangeDifferentFactsOfOnePart)
{
    TeamModel base;
    addElement(base, "own", "process", "Job", {}, {0, 0, 144, 44});
    TeamModel ours = base;
    TeamModel theirs = base;
    setText(ours, "own", &PartEdit::name, "Nightly job");
    setAttribute(ours, "own", "isolated", "yes");
    setText(theirs, "own", &PartEdit::kind, "training-job");
    setAttribute(theirs, "own", "schedule", "daily");
    setPlace(theirs, "own", {80, 80, 144, 44});
    const auto both = merge(base, ours, theirs);
    CHECK(both.parts.at("own").name == "Nightly job");
    CHECK(both.parts.at("own").kind == "training-job");
    CHECK_EQ(both.parts.at("own").attributes.size(), 2U);
    CHECK(both.places.at("own") == (Box{80, 80, 144, 44}));
    CHECK(merge(base, theirs, ours).parts == both.parts);
}

CUPEL_TEST(placesFromAnywhereAreTamed)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Box box = tamed({1e300, -1e300, nan, -5});
    CHECK(box.x <= 100'000 && box.y >= -100'000 && box.width >= 24 && box.height >= 24);
    TeamModel team;
    addZone(team, "z", "Small", -4, {0, 0, 1, 1});
    CHECK(team.places.at("z").width >= leastZone);
    CHECK_EQ(team.parts.at("z").attributes.at("trust"), std::string("0"));
}

CUPEL_TEST(thingsLineUp)
{
    const std::vector<Box> boxes{{10, 0, 20, 10}, {50, 30, 40, 20}, {200, 90, 20, 10}};
    for (const Box& box : aligned(boxes, Alignment::Left)) {
        CHECK_EQ(box.x, 10.0);
    }
    for (const Box& box : aligned(boxes, Alignment::Bottom)) {
        CHECK_EQ(box.y + box.height, 100.0);
    }
    const auto even = aligned(boxes, Alignment::AcrossEvenly);
    CHECK_EQ(even[0].x, 10.0);
    CHECK_EQ(even[2].x, 200.0);
    CHECK_EQ(even[1].x - (even[0].x + even[0].width), even[2].x - (even[1].x + even[1].width));
    CHECK(aligned({boxes[0]}, Alignment::Right)[0] == boxes[0]);
}

CUPEL_TEST(theHistorySaysWhatWasDone)
{
    TeamModel before;
    TeamModel after = before;
    addElement(after, "own", "agent", "Helper", {}, {0, 0, 144, 44});
    setText(after, "a", &PartEdit::name, "Orders");
    setPlace(after, "a", {1, 2, 144, 44});
    setPlace(after, "b", {1, 90, 144, 44});
    after.controls["CT-SIGN@t"] = {"t", "CT-SIGN", {}, ControlStatus::Verified, "release job", {}, {}};
    const auto step = difference(before, after);
    auto events = eventsOf(step, true, "2026-01-01T00:00:00Z", "Ada");
    for (auto& event : events) {
        event.was.clear(); // has a test of its own
    }
    const auto has = [&](const Event& event) { return std::find(events.begin(), events.end(), event) != events.end(); };
    CHECK(has({"2026-01-01T00:00:00Z", "Ada", "own", "add element", "Helper"}));
    CHECK(has({"2026-01-01T00:00:00Z", "Ada", "a", "name as scanned -> Orders", ""}));
    CHECK(has({"2026-01-01T00:00:00Z", "Ada", "a", "move", "and 1 more"}));
    CHECK(has({"2026-01-01T00:00:00Z", "Ada", "t", "control CT-SIGN none -> verified", "release job"}));
    CHECK_EQ(events.size(), 4U);
    CHECK_EQ(eventsOf(step, false, "", "")[0].change, std::string("name Orders -> as scanned"));
    const auto texts = textsOf(step);
    CHECK(std::find(texts.begin(), texts.end(), "release job") != texts.end());
    CHECK(std::find(texts.begin(), texts.end(), "Orders") != texts.end());
}

// Each event keeps the lines it took the place of; put back, they are the state before.
CUPEL_TEST(theHistoryKnowsWhatWasThere)
{
    TeamModel before;
    addElement(before, "own", "agent", "Helper", {}, {1, 2, 144, 44});
    setText(before, "a", &PartEdit::name, "Orders");
    before.threats["t"].decision = Decision::Accepted;
    before.threats["t"].reason = "for a day";
    before.answers["genai"] = "yes";
    setAssignee(before, "t", "Ada");
    TeamModel after = before;
    after.parts.erase("own");
    after.places.erase("own");
    setText(after, "a", &PartEdit::name, "Sales");
    setText(after, "a", &PartEdit::kind, "model-file");
    after.threats["t"].decision = Decision::Mitigated;
    after.threats["u"].decision = Decision::Mitigated;
    after.own["own-1"] = {"a", "Sold", "", "", "T", {}, 2, 3};
    after.controls["CT-SIGN@t"] = {"t", "CT-SIGN", {}, ControlStatus::InPlace, {}, {}, {}};
    after.answers["genai"] = "no";
    setAssignee(after, "t", "Bo");
    setAssignee(after, "u", "Bo");
    after.events.append(eventsOf(difference(before, after), true, "2026-01-01T00:00:00Z", "Ada"));
    const TeamModel kept = reread(after);
    CHECK(kept == after);
    TeamModel back = kept;
    for (auto event = kept.events.end(); event-- != kept.events.begin();) {
        for (const auto& line : event->was) {
            CHECK(putBack(back, line));
        }
    }
    CHECK_EQ(stateOf(back), stateOf(before));
    CHECK(!putBack(back, "[1]") && !putBack(back, "{}") && !putBack(back, "{\"future\": \"x\"}"));
    CHECK(!putBack(back, "{\"event\": \"2026-01-01\", \"who\": \"Bo\"}")); // the history has none of its own
    CHECK_EQ(stateOf(back), stateOf(before));
    // What is too long to be kept with every change is not.
    TeamModel wordy = before;
    wordy.parts["a"].description = std::string(40'000, 'x');
    const auto cut = eventsOf(difference(wordy, before), true, "", "");
    REQUIRE(cut.size() == 1);
    CHECK(cut[0].was.empty());
}

CUPEL_TEST(whoWorksOnAThreatIsSaidByItself)
{
    TeamModel base;
    base.threats["t@a"].decision = Decision::InProgress;
    TeamModel ours = base;
    setAssignee(ours, "t@a", "Ada");
    TeamModel theirs = base;
    theirs.threats["t@a"].decision = Decision::Mitigated;
    const TeamModel both = merge(base, ours, theirs);
    CHECK_EQ(both.assignees.at("t@a"), "Ada");
    CHECK(both.threats.at("t@a").decision == Decision::Mitigated);
    CHECK(reread(both) == both);
    CHECK_EQ(eventsOf(difference(base, ours), true, "", "")[0].change, "assignee nobody -> Ada");
    CHECK_EQ(eventsOf(difference(base, ours), false, "", "")[0].change, "assignee Ada -> nobody");
    CHECK_EQ(textsOf(difference(base, ours)).front(), "Ada"); // it is searched for credentials
    CHECK_EQ(renamed(difference(base, ours), {{"a", "b"}}).assignees[0].id, "t@b");
    Overlaid shown;
    shown.model.threats.emplace_back().id = "t@a";
    decide(shown, both, "2026-11-29");
    CHECK_EQ(shown.model.threats[0].assignee, "Ada");
    std::size_t claims = 0;
    CHECK(withClaims(ours, [&claims](std::string_view) { return ++claims == 0; }).assignees.empty());
    CHECK_EQ(claims, 2U);
    TeamModel gone = both;
    removeThreat(gone, "t@a");
    CHECK(gone.assignees.empty());
    setAssignee(ours, "t@a", "");
    CHECK(ours == base);
}

CUPEL_TEST(aStepFitsOnlyWhatItWasMadeOf)
{
    TeamModel team;
    addElement(team, "own", "agent", "Helper", {}, {0, 0, 144, 44});
    TeamModel renamed = team;
    setText(renamed, "own", &PartEdit::name, "Bot");
    const auto step = difference(team, renamed);
    CHECK(fits(team, step, true) && !fits(team, step, false));
    TeamModel other = team;
    setText(other, "own", &PartEdit::name, "Somebody else's");
    CHECK(!fits(other, step, true));
    TeamModel gone;
    CHECK(!fits(gone, step, true));
    CHECK(difference(team, team).empty());
}

// 500 random steps taken back one by one, each to the very bytes before it; and done again.
CUPEL_TEST(everyStepCanBeTakenBackToTheByte)
{
    std::mt19937 random(20'261);
    const auto any = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    const auto model = scanned({"a", "b", "c", "d"});
    TeamModel team;
    markSeen(team, model);
    std::vector<TeamStep> steps;
    std::vector<std::string> states{stateOf(team)};
    int next = 0;
    while (steps.size() < 500) {
        TeamModel after = team;
        doSomething(after, overlay(model, team), any, next);
        auto step = difference(team, after);
        if (step.empty()) {
            continue;
        }
        CHECK(fits(team, step, true));
        take(team, step, true);
        CHECK(team == after);
        CHECK(reread(team) == team);
        steps.push_back(std::move(step));
        states.push_back(stateOf(team));
    }
    for (std::size_t i = steps.size(); i-- > 0;) {
        CHECK(fits(team, steps[i], false));
        take(team, steps[i], false);
        CHECK(stateOf(team) == states[i]);
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        take(team, steps[i], true);
        CHECK(stateOf(team) == states[i + 1]);
    }
}
