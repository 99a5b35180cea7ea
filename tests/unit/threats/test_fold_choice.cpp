// SPDX-License-Identifier: GPL-3.0-or-later
// How far a model is folded is somebody's choice: what people touched is folded into nothing, what is folded has not
// vanished, and what comes out of a fold is not new.
#include "analyzers/threats/derive/fold.h"
#include "analyzers/threats/work/fold_choice.h"
#include "analyzers/threats/work/team_edit.h"
#include "tests/unit/check.h"

#include <algorithm>

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
    fold(derived, 15, touchedElements(team));
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
    fold(again, 15, touchedElements(team));
    CHECK(has(again.model, group->id));
    CHECK_EQ(again.model.elements.size(), derived.model.elements.size());
}
