// SPDX-License-Identifier: GPL-3.0-or-later
// People win over scans, in any order of events; the file is text that diffs, keeps what it does not know, and reads
// back equal.
#include "analyzers/threats/work/team_fixes.h"
#include "analyzers/threats/work/team_model.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <ctime>
#include <random>

using namespace cupel;
using namespace cupel::threats;

namespace {

ThreatModel generated(std::vector<const char*> elements)
{
    ThreatModel model;
    model.diagrams.push_back({"main", "d", "STRIDE"});
    for (const char* id : elements) {
        Element element;
        element.id = id;
        element.name = std::string("file ") + id;
        element.kind = "dataset";
        model.elements.push_back(element);
    }
    if (elements.size() > 1) {
        Flow flow;
        flow.id = "flow";
        flow.source = elements[0];
        flow.target = elements[1];
        model.flows.push_back(flow);
    }
    return model;
}

TeamModel reread(const TeamModel& team)
{
    std::vector<std::string> troubles;
    auto out = read(write(team), troubles);
    CHECK(troubles.empty());
    return out;
}

Threat threat(const char* id, EvidenceState evidence)
{
    Threat out;
    out.id = id;
    out.evidence = evidence;
    return out;
}

} // namespace

CUPEL_TEST(peopleWinOverScans)
{
    TeamModel team;
    markSeen(team, generated({"a", "b"}));
    team.parts["a"].name = "Customers";
    team.parts["a"].attributes["encrypted"] = "true";
    team.places["a"] = {10, 20, 160, 80};
    team.parts["own"].type = "element";
    team.parts["own"].name = "Monitoring";
    team.parts["own"].kind = "monitoring";
    const auto same = overlay(generated({"a", "b"}), team);
    CHECK_EQ(same.model.elements.size(), 3U);
    CHECK_EQ(same.model.elements[0].name, "Customers");
    CHECK(same.model.elements[0].box == (Box{10, 20, 160, 80}));
    CHECK_EQ(same.model.elements[2].kind, "monitoring");
    CHECK(same.ghosts.empty() && same.tray.empty());
    // b is gone, c is new.
    const auto later = overlay(generated({"a", "c"}), team);
    CHECK_EQ(later.model.elements[0].name, "Customers");
    CHECK(later.ghosts == std::set<std::string>{"b"});
    CHECK(later.tray == std::set<std::string>{"c"});
    team.parts["b"].removed = true;
    CHECK(overlay(generated({"a", "c"}), team).ghosts.empty());
    team.parts["a"].removed = true;
    const auto without = overlay(generated({"a", "b"}), team);
    CHECK(without.model.flows.empty()); // it led to what was removed
}

CUPEL_TEST(scansRaiseFlagsAndDecideNothing)
{
    TeamModel team;
    team.threats["mitigated"].decision = Decision::Mitigated;
    team.threats["accepted"] = {
        Applicability::Applies, Decision::Accepted, "known", "Ada", "2026-01-01", "2026-06-30", {}};
    team.threats["not"].applicability = Applicability::NotApplicable;
    team.threats["early"] = {
        Applicability::Applies, Decision::Mitigated, "", "Ada", "2026-01-01", "", EvidenceState::Confirmed};
    team.threats["was"] = {
        Applicability::Applies, Decision::Open, "", "Ada", "2026-01-01", "", EvidenceState::Confirmed};
    Overlaid overlaid = overlay(generated({}), team);
    overlaid.model.threats = {threat("mitigated", EvidenceState::Confirmed), threat("early", EvidenceState::Confirmed),
        threat("accepted", EvidenceState::Unknown), threat("not", EvidenceState::Confirmed),
        threat("open", EvidenceState::Refuted), threat("was", EvidenceState::Unknown)};
    decide(overlaid, team, "2026-11-29");
    CHECK(overlaid.flags.at("mitigated") == Flag::Regressed);
    CHECK(overlaid.flags.at("early") == Flag::StillThere);
    CHECK(overlaid.flags.at("accepted") == Flag::Due);
    CHECK(overlaid.flags.at("not") == Flag::Conflict);
    CHECK(overlaid.flags.at("open") == Flag::CanClose);
    CHECK(overlaid.flags.at("was") == Flag::CanClose); // what confirmed it is fixed
    CHECK(overlaid.model.threats[0].decision == Decision::Mitigated); // never overwritten
    decide(overlaid, team, "2026-06-30");
    CHECK(!overlaid.flags.contains("accepted")); // its last day still counts
}

CUPEL_TEST(decisionsHoldUntilTheirDay)
{
    TeamModel team;
    for (const Decision decision : {Decision::Accepted, Decision::Mitigated, Decision::Transferred}) {
        team.threats["t"] = {Applicability::Applies, decision, "why", "Ada", "2026-01-01", "2026-06-30", {}};
        Overlaid overlaid = overlay(generated({}), team);
        overlaid.model.threats = {threat("t", EvidenceState::Unknown)};
        decide(overlaid, team, "2026-06-30");
        CHECK(overlaid.flags.empty());
        decide(overlaid, team, "2026-07-01");
        CHECK(overlaid.flags.at("t") == Flag::Due);
    }
    CHECK(reread(team) == team);
}

CUPEL_TEST(whatWasFixedAndComesBackHasRegressed)
{
    TeamModel team;
    team.threats["r@a"] = {
        Applicability::Applies, Decision::Mitigated, "", "Ada", "2026-01-01", "", EvidenceState::Confirmed};
    team.threats["r@b"] = team.threats["r@a"];
    team.threats["r@c"] = team.threats["r@a"];
    team.threats["r@c"].decision = Decision::Accepted; // nobody said that it is done
    ThreatModel scanned = generated({"a", "b", "c"});
    threats::Evidence evidence;
    evidence.readWhole = {"a", "c"}; // of b something was not read: silence says nothing there
    scanned.threats = {threat("r@a", EvidenceState::Confirmed)};
    CHECK(fixedSince(team, scanned, evidence).empty());
    for (const bool asked : {true, false}) { // its rule may ask for nothing else than the finding
        scanned.threats = {};
        if (asked) {
            scanned.threats.push_back(threat("r@a", EvidenceState::Unknown));
        }
        CHECK(fixedSince(team, scanned, evidence) == std::vector<std::string>{"r@a"});
    }
    ThreatModel hidden = scanned;
    hidden.elements.erase(hidden.elements.begin());
    CHECK(fixedSince(team, hidden, evidence).empty()); // nobody looked
    const ThreatDecision decision = team.threats["r@a"];
    noteFixed(team, {"r@a"}, "2026-02-01T12:00:00Z");
    CHECK(team.threats["r@a"] == decision); // never overwritten
    CHECK(fixedSince(team, scanned, evidence).empty()); // it is noted once
    CHECK(reread(team) == team && team.events.size() == 1);
    CHECK(overlay(generated({"a", "b", "c"}), team).ghosts.empty()); // it is no part
    Overlaid overlaid = overlay(generated({}), team);
    overlaid.model.threats = {threat("r@a", EvidenceState::Confirmed), threat("r@b", EvidenceState::Confirmed)};
    decide(overlaid, team, "2026-11-29");
    CHECK(overlaid.flags.at("r@a") == Flag::Regressed);
    CHECK(overlaid.flags.at("r@b") == Flag::StillThere);
    forgetFixed(team, "r@a"); // decided anew
    decide(overlaid, team, "2026-11-29");
    CHECK(overlaid.flags.at("r@a") == Flag::StillThere);
}

CUPEL_TEST(theFileIsTextThatKeepsEverything)
{
    TeamModel team;
    markSeen(team, generated({"a", "b"}));
    team.parts["a"].description = "line\nbreak \"quoted\"";
    team.parts["a"].scopeReason = "";
    team.answers["genai"] = "yes";
    team.threats["t@a"] = {
        Applicability::NotApplicable, Decision::Open, "no such path", "Ada", "2026-11-29", "", EvidenceState::Refuted};
    team.events.push_back({"2026-11-29T12:00:00Z", "Ada", "t@a", "applicability proposed -> not-applicable", "n"});
    CHECK(reread(team) == team);
    std::vector<std::string> troubles;
    const std::string text = "{\"future\": \"x\", \"y\": 1}\n<<<<<<< ours\n" + write(team)
        + "not json\n{\"threat\": \"z\", \"decision\": \"pondered\"}\n";
    const TeamModel odd = read(text, troubles);
    CHECK_EQ(troubles.size(), 4U);
    CHECK_EQ(odd.unknown.size(), 3U);
    CHECK(write(odd).find("pondered") != std::string::npos && write(odd).find("not json") != std::string::npos);
    // One change is one line.
    TeamModel moved = team;
    moved.places["b"] = {1, 2, 3, 4};
    const std::string before = write(team);
    const std::string after = write(moved);
    CHECK_EQ(std::count(after.begin(), after.end(), '\n'), std::count(before.begin(), before.end(), '\n') + 1);
}

CUPEL_TEST(aLongTextIsReadAndADeepOneIsKept)
{
    TeamModel team;
    team.parts["a"].description = std::string(300'000, '\n') + std::string(300'000, '"');
    team.events.push_back({"2026-11-29T12:00:00Z", "Ada", "a", "changed", "", linesOf(team)});
    CHECK(reread(team) == team);
    TeamModel back;
    CHECK(putBack(back, team.events.front().was.front()));
    CHECK(back.parts == team.parts);
    std::vector<std::string> troubles;
    const std::string deep =
        "{\"threat\": \"t\", \"x\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    const TeamModel odd = read(deep + "\n{\"answer\": \"genai\", \"value\": \"[[[[[[[[[[ \\\" [\"}\n", troubles);
    CHECK_EQ(troubles.size(), 1U);
    CHECK_EQ(troubles.front(), "line 1 is kept, but not read: it holds lists in lists more than 8 deep");
    CHECK(odd.unknown == std::vector{deep});
    std::string wide = "{\"answer\": \"genai\"";
    for (int i = 0; i < 60'000; ++i) {
        wide += ",\"key" + std::to_string(i) + "\":1";
    }
    wide += "}";
    CHECK(read(wide + '\n', troubles).unknown == std::vector{wide});
    CHECK(troubles.back().starts_with("line 1 is kept, but not read: it holds more than 2,000 names"));
    CHECK_EQ(odd.answers.at("genai"), "[[[[[[[[[[ \" [");
}

// Lists of nothing would take ten times the length of the file.
CUPEL_TEST(aFileHoldsOnlySoManyValues)
{
    std::string empty = "{\"event\":\"2026\",\"was\":[\"\"";
    for (int i = 1; i < 190'000; ++i) {
        empty += ",\"\"";
    }
    empty += "]}\n";
    std::string text;
    for (int i = 0; i < 25; ++i) {
        text += empty;
    }
    std::vector<std::string> troubles;
    const TeamModel team = read(text + "{\"answer\":\"genai\",\"value\":\"yes\"}\n", troubles);
    CHECK_EQ(team.events.size(), 21U);
    CHECK_EQ(team.unknown.size(), 4U);
    CHECK_EQ(team.answers.size(), 1U); // a short one still has room
    REQUIRE(!troubles.empty());
    CHECK_EQ(troubles.front(), "line 22 is kept, but not read: the lines up to it hold more than 4,000,000 values");
}

// The first key says what a line is of, wherever it stands in the alphabet, and however it is written.
CUPEL_TEST(theFirstKeyOfALineCounts)
{
    std::vector<std::string> troubles;
    const TeamModel team = read("  { \"part\" : \"web\", \"answer\": \"x\", \"name\": \"Front\", \"name\": \"Web\" }\n"
                                "{\"\\u0061nswer\":\"genai\",\"value\":\"no\"}\n{\"name\":\"x\",\"part\":\"y\"}\n"
                                "{\"part\":\"one\",\"part\":\"two\"}\n{\"part\":1}\n{}\n[\"part\"]\n",
        troubles);
    CHECK_EQ(team.parts.size(), 2U);
    CHECK_EQ(team.parts.at("web").name, "Web");
    CHECK(team.parts.contains("two"));
    CHECK_EQ(team.answers.at("genai"), "no");
    CHECK_EQ(troubles.size(), 4U);
}

// What happened is held once, however many copies of a model there are.
CUPEL_TEST(copiesShareTheirHistory)
{
    TeamModel team;
    for (const char* at : {"2026-11-29T12:00:00Z", "2026-11-29T12:00:01Z", "2026-11-29T12:00:02Z"}) {
        team.events.push_back({at, "Ada", "t@a", "decision open -> mitigated", "n"});
    }
    TeamModel copy = team;
    CHECK_EQ(&copy.events[1], &team.events[1]);
    TeamModel onDisk = reread(team); // somebody else's copy, with one more
    onDisk.events.push_back({"2026-11-29T12:00:03Z", "Grace", "t@a", "decision mitigated -> open", ""});
    CHECK(&onDisk.events[1] != &team.events[1]);
    copy.events.push_back({"2026-11-29T12:00:04Z", "Ada", "t@a", "applies", ""});
    const TeamModel merged = merge(team, copy, onDisk);
    CHECK_EQ(merged.events.size(), 5U);
    CHECK_EQ(&merged.events[0], &team.events[0]);
    CHECK_EQ(&merged.events[2], &team.events[2]);
    CHECK_EQ(&merged.events[4], &copy.events[3]);
    CHECK_EQ(merged.events[3].who, "Grace");
    copy.events.changeEach([](Event& event) { event.note = event.note.empty() ? "" : "masked"; });
    CHECK_EQ(copy.events[0].note, "masked");
    CHECK_EQ(&copy.events[3], &merged.events[4]); // nothing was to be changed in it
    CHECK_EQ(team.events[0].note, "n");
    copy.events.removeIf([](const Event& event) { return event.note == "masked"; });
    CHECK_EQ(copy.events.size(), 1U);
    CHECK(!(copy.events == team.events));
}

CUPEL_TEST(bothSidesOfAMergeCount)
{
    TeamModel base;
    base.threats["t"].decision = Decision::Open;
    base.places["a"] = {1, 1, 1, 1};
    base.places["gone"] = {2, 2, 2, 2};
    TeamModel ours = base;
    ours.threats["t"].decision = Decision::Mitigated;
    ours.places.erase("gone");
    ours.events.push_back({"2026-11-29T12:00:00Z", "Ada", "t", "x", ""});
    TeamModel theirs = base;
    theirs.places["a"] = {9, 9, 9, 9};
    theirs.threats["u"].decision = Decision::Accepted;
    theirs.events.push_back({"2026-11-29T11:00:00Z", "Bo", "u", "y", ""});
    const TeamModel both = merge(base, ours, theirs);
    CHECK(both.threats.at("t").decision == Decision::Mitigated && both.threats.at("u").decision == Decision::Accepted);
    CHECK(both.places.at("a") == (Box{9, 9, 9, 9}) && !both.places.contains("gone"));
    REQUIRE(both.events.size() == 2);
    CHECK_EQ(both.events[0].who, "Bo");
    CHECK(merge(base, base, theirs) == theirs);
    theirs.threats["t"].decision = Decision::Avoided;
    CHECK(merge(base, ours, theirs).threats.at("t").decision == Decision::Mitigated);
}

// Any order of scans, edits and decisions: what a person said last is what the model says.
CUPEL_TEST(noOrderOfEventsOverwritesAPerson)
{
    std::mt19937 random(7);
    const char* ids[] = {"a", "b", "c", "d", "e"};
    TeamModel team;
    std::map<std::string, std::string> names;
    std::map<std::string, Decision> decisions;
    for (int step = 0; step < 10'000; ++step) {
        const std::string id = ids[random() % 5];
        switch (random() % 4) {
        case 0:
            team.parts[id].name = names[id] = "name " + std::to_string(step);
            break;
        case 1:
            team.threats["t" + id].decision = decisions["t" + id] = static_cast<Decision>(random() % 7);
            break;
        case 2:
            team = reread(team);
            break;
        default: {
            std::vector<const char*> made;
            std::copy_if(std::begin(ids), std::end(ids), std::back_inserter(made),
                [&](const char*) { return random() % 2 == 0; });
            Overlaid overlaid = overlay(generated(made), team);
            for (const char* one : ids) {
                overlaid.model.threats.push_back(
                    threat((std::string("t") + one).c_str(), static_cast<EvidenceState>(random() % 6)));
            }
            decide(overlaid, team, "2026-11-29");
            for (const auto& element : overlaid.model.elements) {
                REQUIRE(!names.contains(element.id) || names[element.id] == element.name);
            }
            for (const auto& one : overlaid.model.threats) {
                REQUIRE(!decisions.contains(one.id) || decisions[one.id] == one.decision);
            }
            markSeen(team, generated(made));
        }
        }
    }
}

CUPEL_TEST(whatIsWrittenAlreadyIsNotWrittenAgain)
{
    const Event decided{"2026-11-29T10:00:00Z", "ann", "t", "nothing -> mitigated", ""};
    const Event undone{"2026-11-29T10:00:00Z", "ann", "t", "mitigated -> nothing", ""};
    const Event other{"2026-11-29T10:00:00Z", "bob", "u", "nothing -> accepted", ""};
    TeamModel base;
    TeamModel ours;
    ours.events = {decided, undone, decided}; // decided again within a second: twice on purpose
    TeamModel file;
    file.events = {decided, other};
    CHECK_EQ(merge(base, ours, file).events.size(), 4U);
    CHECK(merge(base, ours, merge(base, ours, file)) == merge(base, ours, file));
}

// A file of somebody else may hold a history that no clock would write.
CUPEL_TEST(aLongHistoryInNoOrderMergesInTime)
{
    TeamModel base;
    for (int i = 0; i < 60'000; ++i) {
        base.events.push_back({std::to_string(i * 7'919 % 60'000), "bob", "t", "x " + std::to_string(i), "", {}});
    }
    TeamModel sorted = merge({}, base, {}); // as it is written
    REQUIRE(sorted.events.size() == base.events.size());
    TeamModel ours = base;
    ours.events.push_back({"99999", "ann", "t", "y", "", {}});
    const auto begun = std::clock();
    const TeamModel merged = merge(base, ours, sorted);
    CHECK_EQ(merged.events.size(), base.events.size() + 1);
    const std::string first = sorted.events.front().change;
    sorted.events.changeEach([&first](Event& event) { event.note = event.change == first ? "edited by hand" : ""; });
    CHECK_EQ(merge(sorted, ours, base).events.size(), base.events.size() + 1);
    CHECK((std::clock() - begun) / CLOCKS_PER_SEC < 5); // one by one it would be minutes
}
