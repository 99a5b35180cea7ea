// SPDX-License-Identifier: GPL-3.0-or-later
// What a review changed: decisions and names are changes, a part that was moved is none.
#include "analyzers/threats/model_diff.h"
#include "tests/unit/check.h"

using namespace cupel::threats;

CUPEL_TEST(movedIsNotChanged)
{
    ThreatModel before;
    Element element;
    element.id = "e";
    element.name = "Scoring";
    element.box = Box{0, 0, 10, 10};
    before.elements = {element};
    Threat threat;
    threat.id = "t";
    threat.title = "Stolen";
    before.threats = {threat};
    ThreatModel after = before;
    after.elements[0].box->x = 50;
    const auto moved = differences(before, after);
    CHECK(moved.changes.empty());
    CHECK_EQ(moved.moved, 1U);
    CHECK_EQ(moved.unchanged, 1U);
    after.threats[0].decision = Decision::Accepted;
    after.threats[0].reason = "known";
    element.id = "new";
    after.elements.push_back(element);
    before.zones.emplace_back().id = "z";
    const auto diff = differences(before, after);
    REQUIRE(diff.changes.size() == 3);
    CHECK(diff.changes[0].what == PartChange::What::Added && diff.changes[0].id == "new");
    CHECK(diff.changes[1].what == PartChange::What::Removed && diff.changes[1].id == "z");
    REQUIRE(diff.changes[2].facts.size() == 2);
    CHECK_EQ(
        diff.changes[2].facts[0].fact + ' ' + diff.changes[2].facts[0].before + ' ' + diff.changes[2].facts[0].after,
        "decision open accepted");
}
