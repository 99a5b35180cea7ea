// SPDX-License-Identifier: GPL-3.0-or-later
// How far a model is folded is somebody's choice: what people touched is folded into nothing, what is folded has not
// vanished, and what comes out of a fold is not new.
#include "analyzers/threats/derive/fold.h"
#include "analyzers/threats/work/fold_choice.h"
#include "analyzers/threats/work/team_edit.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

using namespace cupel::threats;

namespace {

// Thirty data sets of one folder and a script that reads them.
Derived scanned()
{
    Derived out;
    for (int i = 0; i < 30; ++i) {
        Element element;
        element.id = "d" + std::to_string(i);
        element.kind = "dataset";
        element.name = element.id + ".csv";
        element.artifact = "data/" + element.name;
        out.model.elements.push_back(element);
    }
    Element code;
    code.id = code.name = code.artifact = "run.py";
    code.kind = "data-prep";
    out.model.elements.push_back(code);
    return out;
}

// Of some kinds in some folders and zones, and flows between any of them.
template <typename Below> Derived anyModel(const Below& below)
{
    static const std::array<std::string, 3> kinds{"dataset", "notebook", "data-prep"};
    static const std::array<std::string, 4> folders{"", "data/", "data/raw/", "src/"};
    Derived out;
    const std::size_t count = 18 + below(40);
    for (std::size_t i = 0; i < count; ++i) {
        Element element;
        element.id = "e" + std::to_string(i);
        element.kind = kinds[below(kinds.size())];
        element.zone = below(4) == 0 ? "internet" : "developer";
        element.name = element.id + ".csv";
        element.artifact = folders[below(folders.size())] + element.name;
        out.model.elements.push_back(element);
    }
    for (std::size_t i = 0; i < count; ++i) {
        Flow flow;
        flow.source = out.model.elements[below(count)].id;
        flow.target = out.model.elements[below(count)].id;
        flow.id = flow.name = flow.source + '>' + flow.target;
        const bool known = std::any_of(
            out.model.flows.begin(), out.model.flows.end(), [&flow](const Flow& one) { return one.id == flow.id; });
        if (flow.source != flow.target && !known) {
            out.model.flows.push_back(flow);
        }
    }
    return out;
}

// Somebody touched a flow between two that are alike: they cannot both be inside of one, and may have been all of it.
bool comesApart(const Element& group, const Derived& scan, const std::set<std::string>& flows)
{
    const auto alike = [&](const std::string& id) {
        return std::any_of(scan.model.elements.begin(), scan.model.elements.end(),
            [&](const Element& one) { return one.id == id && one.kind == group.kind && one.zone == group.zone; });
    };
    return std::any_of(scan.model.flows.begin(), scan.model.flows.end(),
        [&](const Flow& flow) { return flows.contains(flow.id) && alike(flow.source) && alike(flow.target); });
}

bool has(const ThreatModel& model, const std::string& id)
{
    return std::any_of(
        model.elements.begin(), model.elements.end(), [&id](const Element& one) { return one.id == id; });
}

} // namespace

CUPEL_TEST(theChoiceIsKeptWithinItsBounds)
{
    TeamModel team;
    CHECK_EQ(foldOf(team.answers), mostElements);
    setFold(team, 20);
    CHECK_EQ(foldOf(team.answers), 20U);
    std::vector<std::string> troubles;
    CHECK_EQ(foldOf(read(write(team), troubles).answers), 20U);
    setFold(team, 3);
    CHECK_EQ(foldOf(team.answers), fewestElements);
    setFold(team, 40);
    CHECK(team.answers.empty());
    team.answers["fold"] = "99999999999999999999 elephants"; // from a file
    CHECK_EQ(foldOf(team.answers), mostElements);
}

CUPEL_TEST(whatPeopleTouchedStays)
{
    TeamModel team;
    markSeen(team, scanned().model);
    setPlace(team, "d3", {10, 10, 90, 40});
    team.threats["some-rule@d7"].decision = Decision::Accepted;
    setText(team, "d9", &PartEdit::name, "Customers");
    auto derived = scanned();
    fold(derived, 15, touchedParts(team));
    for (const char* id : {"d3", "d7", "d9", "run.py"}) {
        CHECK(has(derived.model, id));
        CHECK(!derived.inside.contains(id));
    }
    CHECK(derived.model.elements.size() <= 15);
    // Nothing has vanished, and nothing is new when it comes out again.
    auto known = team;
    forgetFolded(known, derived);
    const auto all = overlay(derived.model, known);
    CHECK(all.ghosts.empty() && all.tray.empty());
    CHECK(!overlay(derived.model, team).ghosts.empty());
    auto open = scanned();
    CHECK(!seeUnfolded(team, derived, open)); // they were seen before
    TeamModel later;
    markSeen(later, derived.model);
    CHECK(!overlay(open.model, later).tray.empty());
    CHECK(seeUnfolded(later, derived, open));
    CHECK(overlay(open.model, later).tray.empty());
}

// Whatever people touch at whatever fold, and however it is folded afterwards: it keeps its id, and stands for what it
// stood for.
CUPEL_TEST(whatWasTouchedSurvivesEveryFold)
{
    std::mt19937 random(20261130);
    const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    for (int round = 0; round < 400; ++round) {
        const Derived scan = anyModel(below);
        TeamModel team;
        std::map<std::string, bool> elements; // that were touched: whether they stood for several
        std::set<std::string> flows;
        for (int step = 0; step < 12; ++step) {
            setFold(team, fewestElements + static_cast<std::uint32_t>(below(26)));
            Derived derived = scan;
            fold(derived, foldOf(team.answers), touchedParts(team));
            const auto made = overlay(derived.model, [&] {
                TeamModel known = team;
                forgetFolded(known, derived);
                return known;
            }());
            CHECK(made.ghosts.empty());
            for (const auto& [id, several] : elements) {
                const auto found = std::find_if(made.model.elements.begin(), made.model.elements.end(),
                    [&id = id](const Element& one) { return one.id == id; });
                REQUIRE(found != made.model.elements.end());
                CHECK(!attribute(*found, "count").empty() == several || (several && comesApart(*found, scan, flows)));
                CHECK(found->name == "named " + id || !team.parts.contains(id));
                CHECK(!team.places.contains(id) || found->box == team.places.at(id));
            }
            for (const auto& id : flows) {
                const auto found = std::find_if(
                    made.model.flows.begin(), made.model.flows.end(), [&id](const Flow& one) { return one.id == id; });
                REQUIRE(found != made.model.flows.end());
                CHECK(found->source != found->target);
            }
            const TeamModel before = team;
            const Element& element = made.model.elements[below(made.model.elements.size())];
            const std::size_t what = below(4);
            if (what == 0) {
                setText(team, element.id, &PartEdit::name, "named " + element.id);
            } else if (what == 1) {
                setPlace(team, element.id, {static_cast<double>(below(900)), 10, 90, 40});
            } else if (what == 2) {
                team.threats["some-rule@" + element.id].decision = Decision::Accepted;
            } else if (!made.model.flows.empty()) {
                const Flow& flow = made.model.flows[below(made.model.flows.size())];
                team.threats["some-rule@" + flow.id].decision = Decision::Accepted;
                flows.insert(flow.id);
            }
            if (what < 3) {
                elements.try_emplace(element.id, !attribute(element, "count").empty());
            }
            team.seen.empty() ? markSeen(team, derived.model) : seeTouched(before, team, derived.model);
        }
    }
}

CUPEL_TEST(whatStandsForSeveralGoesOnDoingSo)
{
    auto derived = scanned();
    fold(derived, 15);
    const auto group = std::find_if(derived.model.elements.begin(), derived.model.elements.end(),
        [](const Element& one) { return attribute(one, "count") == "30"; });
    REQUIRE(group != derived.model.elements.end());
    TeamModel team;
    markSeen(team, derived.model);
    setText(team, group->id, &PartEdit::name, "All of the customers");
    auto again = scanned();
    std::rotate(again.model.elements.begin(), again.model.elements.begin() + 5, again.model.elements.end());
    fold(again, 15, touchedParts(team));
    CHECK(has(again.model, group->id));
    CHECK_EQ(again.model.elements.size(), derived.model.elements.size());
}
