// SPDX-License-Identifier: GPL-3.0-or-later
// Any moment of the history comes back as it was, over random work of two people, files that were moved, and events
// that say less.
#include "analyzers/threats/work/team_edit.h"
#include "analyzers/threats/work/team_fit.h"
#include "analyzers/threats/work/team_history.h"
#include "analyzers/threats/work/team_step.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <random>

using namespace cupel;
using namespace cupel::threats;

namespace {

// Without the history and without places, of which the history only tells when something comes or goes.
std::string stateOf(TeamModel team)
{
    team.events.clear();
    team.places.clear();
    return write(team);
}

std::string moment(int minute)
{
    const std::string two = std::to_string(minute % 60);
    return "2026-11-29T" + std::to_string(10 + minute / 60) + ':' + (two.size() < 2 ? "0" : "") + two + ":00Z";
}

void act(TeamModel& team, const TeamEdit& edit, const std::string& at, const std::string& who = "Ada")
{
    TeamModel after = team;
    edit(after);
    const auto step = difference(team, after);
    take(team, step, true);
    const auto events = eventsOf(step, true, at, who);
    team.events.append(events);
}

TeamModel reread(const TeamModel& team)
{
    std::vector<std::string> troubles;
    auto out = read(write(team), troubles);
    CHECK(troubles.empty());
    return out;
}

void doSomething(TeamModel& team, const std::function<int(int)>& any, int& next)
{
    const std::string id = std::string(1, static_cast<char>('a' + any(3)));
    const std::string threat = "rule@" + id;
    switch (any(8)) {
    case 0:
        addElement(team, "own-" + std::to_string(next++), "agent", "Agent", {}, {1, 2, 144, 44});
        break;
    case 1:
        setText(team, id, &PartEdit::name, "name -> " + std::to_string(any(99)));
        break;
    case 2:
        setAttribute(team, id, "encrypted", any(1) == 0 ? std::optional<std::string>("yes") : std::nullopt);
        break;
    case 3:
        if (next > 0) {
            const auto gone = "own-" + std::to_string(any(next - 1));
            team.parts.erase(gone);
            team.places.erase(gone);
        }
        break;
    case 4:
        team.own["t-" + std::to_string(any(3))] = {id, "Threat " + std::to_string(any(9)), "", "", "T", {}, 2, 3};
        break;
    case 5: {
        const ControlUse use{threat, "CT-SIGN", {}, static_cast<ControlStatus>(any(2)), {}, "Ada", {}};
        team.controls[idOf(use)] = use;
        break;
    }
    case 6:
        team.answers["genai"] = any(1) == 0 ? "yes" : "no";
        break;
    case 7:
        setAssignee(team, threat, any(2) == 0 ? "" : "Bo");
        break;
    default:
        team.threats[threat].decision = static_cast<Decision>(any(6));
        team.threats[threat].reason = "because " + std::to_string(any(9));
        break;
    }
}

} // namespace

CUPEL_TEST(everyMomentComesBack)
{
    std::mt19937 random(4'711);
    const auto any = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    TeamModel team;
    std::vector<std::pair<std::size_t, std::string>> states{{0, stateOf(team)}};
    int next = 0;
    for (int i = 0; i < 300; ++i) {
        act(team, [&](TeamModel& one) { doSomething(one, any, next); }, moment(i), i % 3 == 0 ? "Bo" : "Ada");
        states.emplace_back(team.events.size(), stateOf(team));
    }
    const TeamModel now = reread(team);
    for (const auto& [count, state] : states) {
        const auto past = teamAt(now, count);
        CHECK_EQ(past.vague, 0U);
        CHECK(stateOf(past.team) == state);
        CHECK_EQ(past.team.events.size(), count);
    }
    CHECK(stateOf(teamAt(now, 1'000'000).team) == stateOf(now));
}

// Two people at one time: what is gone back to is what the earlier of them found.
CUPEL_TEST(aMergedHistoryGoesBackToItsBase)
{
    TeamModel base;
    act(base, [](TeamModel& one) { one.threats["t"].decision = Decision::InProgress; }, moment(0));
    TeamModel ours = base;
    act(ours, [](TeamModel& one) { one.threats["t"].decision = Decision::Mitigated; }, moment(1));
    act(ours, [](TeamModel& one) { setText(one, "a", &PartEdit::name, "Orders"); }, moment(3));
    TeamModel theirs = base;
    act(theirs, [](TeamModel& one) { one.threats["t"].decision = Decision::Accepted; }, moment(2), "Bo");
    act(theirs, [](TeamModel& one) { setAssignee(one, "t", "Bo"); }, moment(4), "Bo");
    const TeamModel both = merge(base, ours, theirs);
    CHECK_EQ(both.events.size(), 5U);
    CHECK(stateOf(teamAt(both, 1).team) == stateOf(base));
    CHECK(teamAt(both, 0).team.threats.empty());
}

CUPEL_TEST(theHistoryFollowsAFile)
{
    TeamModel team;
    team.seen["old"] = {"element", "dataset", "d.csv", "d.csv", "1"};
    act(team, [](TeamModel& one) { setText(one, "old", &PartEdit::name, "Orders"); }, moment(0));
    act(team, [](TeamModel& one) { one.threats["rule@old"].decision = Decision::Accepted; }, moment(1));
    Moves moves;
    moves.elements.push_back({"old", "new", "d.csv", "data/d.csv"});
    follow(team, moves, moment(2), "Ada");
    act(team, [](TeamModel& one) { setText(one, "new", &PartEdit::name, "Sales"); }, moment(3));
    act(team, [](TeamModel& one) { one.threats["rule@new"].decision = Decision::Mitigated; }, moment(4));
    REQUIRE(team.events.size() == 5);
    const auto middle = teamAt(team, 3).team;
    CHECK_EQ(middle.parts.at("new").name.value_or(""), "Orders");
    CHECK(middle.threats.at("rule@new").decision == Decision::Accepted);
    const auto early = teamAt(team, 1);
    CHECK_EQ(early.team.parts.at("new").name.value_or(""), "Orders"); // today's id
    CHECK(early.team.threats.empty() && early.vague == 0);
    CHECK(teamAt(team, 0).team.parts.empty());
}

// Events of an earlier version have words alone: what they tell is taken back, what they do not is counted.
CUPEL_TEST(oldEventsAreReadByTheirWords)
{
    TeamModel team;
    team.threats["t"].decision = Decision::Mitigated;
    team.threats["u"].decision = Decision::Mitigated;
    team.parts["a"].removed = true;
    team.parts["own"].type = "element";
    team.own["o"].title = "Sold";
    for (const auto& [what, change] : {std::pair{"a", "name as scanned -> Orders"}, {"t", "nothing -> accepted"},
             {"t", "accepted -> mitigated"}, {"u", "not-applicable -> mitigated"}, {"a", "hide"},
             {"own", "add element"}, {"o", "add threat"}, {"b", "move"}, {"x", "delete zone"}, {"x", "?"}}) {
        team.events.push_back({moment(0), "Ada", what, change, "", {}});
    }
    CHECK(teamAt(team, 2).team.threats.at("t").decision == Decision::Accepted);
    CHECK(teamAt(team, 2).team.threats.at("u").applicability == Applicability::NotApplicable);
    CHECK_EQ(teamAt(team, 2).vague, 2U); // a zone of which nothing is known, and a word of nobody
    const auto first = teamAt(team, 0);
    CHECK(!first.team.threats.contains("t") && !first.team.parts.at("a").removed);
    CHECK(!first.team.parts.contains("own") && first.team.own.empty());
    CHECK_EQ(first.vague, 3U);
    Event last = team.events.back();
    last.was = {"{\"event\":\"x\",\"who\":\"y\"}", "[", "{\"part\":\"b\",\"attributes\":{\"k\":1}}"};
    team.events.keepFirst(team.events.size() - 1);
    team.events.push_back(last);
    CHECK_EQ(teamAt(team, 0).vague, 5U);
}

CUPEL_TEST(aStepIsOneMoment)
{
    EventList events;
    for (const auto& [minute, who] : {std::pair{0, "Ada"}, {0, "Ada"}, {0, "Bo"}, {1, "Bo"}, {1, "Bo"}}) {
        events.push_back({moment(minute), who, "t", "x", "", {}});
    }
    CHECK_EQ(stepBegin(events, 1), 0U);
    CHECK_EQ(stepEnd(events, 0), 2U);
    CHECK_EQ(stepBegin(events, 2), 2U);
    CHECK_EQ(stepEnd(events, 2), 3U);
    CHECK_EQ(stepEnd(events, 3), 5U);
    CHECK_EQ(stepBegin(events, 9), 5U);
    CHECK_EQ(stepEnd(events, 9), 5U);
    CHECK_EQ(stepEnd({}, 0), 0U);
}

CUPEL_TEST(whatIsTooLongLosesTheOldestOfItsHistoryFirst)
{
    TeamModel team;
    for (int i = 0; i < 10; ++i) {
        act(
            team, [i](TeamModel& model) { setText(model, "a", &PartEdit::description, std::string(1'000, 'a' + i)); },
            moment(i));
    }
    const auto whole = write(team).size();
    CHECK_EQ(writeWithin(team, whole)->text, write(team));
    CHECK_EQ(writeWithin(team, whole)->shortened, 0U);
    const auto shorter = writeWithin(team, whole - 1);
    CHECK_EQ(shorter->shortened, 1U);
    CHECK(shorter->text.size() < whole);
    std::vector<std::string> troubles;
    const auto again = read(shorter->text, troubles);
    CHECK(again.parts == team.parts);
    CHECK(again.events[0].was.empty());
    CHECK_EQ(again.events[0].change, team.events[0].change);
    CHECK(std::equal(again.events.begin() + 1, again.events.end(), team.events.begin() + 1));
    TeamModel bare = team;
    bare.events.changeEach([](Event& event) { event.was.clear(); });
    const auto least = write(bare).size();
    REQUIRE(writeWithin(team, least));
    CHECK_EQ(writeWithin(team, least)->shortened, 10U);
    CHECK(!writeWithin(team, least - 1));
    TeamModel unread = team;
    unread.places["a"] = {1e9, 0, 10, 10}; // further out than is ever read
    CHECK(!writeWithin(unread, 1 << 20));
}
