// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was moved keeps what people made of it, where its content says without doubt which one it is; and which
// lines of a file are somebody's word.
#include "analyzers/threats/derive/model_builder.h"
#include "analyzers/threats/work/team_history.h"
#include "analyzers/threats/work/team_moves.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel::threats;

namespace {

struct Given {
    const char* id;
    const char* path;
    const char* digest;
    const char* kind = "notebook";
};

ThreatModel modelOf(const std::vector<Given>& given)
{
    ThreatModel model;
    for (const auto& one : given) {
        Element element;
        element.id = one.id;
        element.kind = one.kind;
        element.name = one.path;
        element.artifact = one.path;
        element.digest = one.digest;
        model.elements.push_back(element);
    }
    for (std::size_t i = 1; i < model.elements.size(); ++i) {
        Flow flow;
        flow.source = model.elements[0].id;
        flow.target = model.elements[i].id;
        flow.id = flowId(flow.source, flow.target);
        model.flows.push_back(flow);
    }
    return model;
}

std::string moved(const TeamModel& team, const ThreatModel& model)
{
    std::string out;
    for (const auto& move : findMoves(team, model).elements) {
        out += move.from + '>' + move.to + ' ';
    }
    return out;
}

} // namespace

// A script that begins to train is another kind of thing with another id, and the same file.
CUPEL_TEST(aFileThatBecomesSomethingElseIsTheSame)
{
    const auto before = modelOf({{"data", "d.csv", "d"}, {"prep", "a.py", "1", "data-prep"}});
    const auto after = modelOf({{"data", "d.csv", "d"}, {"job", "a.py", "2", "training-job"}});
    TeamModel team;
    markSeen(team, before);
    team.places["prep"] = {1, 2, 3, 4};
    team.parts["prep"].name = "Preparation";
    team.threats["nb-tls-off@prep"].decision = Decision::Accepted;
    team.threats["flw-cleartext@" + before.flows[0].id].decision = Decision::Accepted;
    const auto moves = findMoves(team, after);
    REQUIRE(moves.elements.size() == 1);
    static_cast<void>(follow(team, moves, "2026-11-20T10:00:00Z", {}));
    CHECK(team.places.contains("job") && !team.places.contains("prep"));
    CHECK_EQ(team.parts.at("job").name.value_or(""), "Preparation");
    CHECK(team.threats.contains("nb-tls-off@job"));
    CHECK(team.threats.contains("flw-cleartext@" + after.flows[0].id));
    CHECK_EQ(team.seen.at("job").kind, "training-job");
    CHECK_EQ(team.events[0].change, "moved a.py (data-prep) -> a.py (training-job)");
    const auto shown = overlay(after, team);
    CHECK(shown.ghosts.empty() && shown.tray.empty());
    CHECK_EQ(moved(team, before), "job>prep "); // and back
    CHECK(teamAt(team, 0).team.parts.contains("job")); // of any moment, by the ids of today
    // Two things in one file, or the thing that was there before as well: in doubt nothing follows.
    TeamModel seen;
    markSeen(seen, before);
    CHECK_EQ(
        moved(seen, modelOf({{"data", "d.csv", "d"}, {"j", "a.py", "2", "training-job"}, {"k", "a.py", "2", "agent"}})),
        "");
    CHECK_EQ(moved(seen, modelOf({{"prep", "a.py", "2", "data-prep"}, {"k", "a.py", "2", "agent"}})), "");
}

CUPEL_TEST(contentTellsWhichOneItIs)
{
    TeamModel team;
    markSeen(team, modelOf({{"data", "d.csv", "d"}, {"a", "a.ipynb", "1"}, {"b", "b.ipynb", "2"}}));
    CHECK_EQ(moved(team, modelOf({{"data", "d.csv", "d"}, {"x", "src/a.ipynb", "1"}, {"b", "b.ipynb", "2"}})), "a>x ");
    // Two fit, on either side.
    CHECK_EQ(moved(team, modelOf({{"x", "x.ipynb", "1"}, {"y", "y.ipynb", "1"}, {"b", "b.ipynb", "2"}})), "");
    TeamModel twins;
    markSeen(twins, modelOf({{"a", "a.ipynb", "1"}, {"b", "b.ipynb", "1"}}));
    CHECK_EQ(moved(twins, modelOf({{"x", "x.ipynb", "1"}})), "");
    CHECK_EQ(moved(twins, modelOf({{"a", "a.ipynb", "1"}, {"x", "x.ipynb", "1"}})), "b>x "); // the other stayed
    // Another content, another kind, nothing in it, nothing known of it, or still there: no move.
    CHECK_EQ(moved(team, modelOf({{"x", "a2.ipynb", "3"}})), "");
    CHECK_EQ(moved(team, modelOf({{"x", "a.py", "1", "data-prep"}})), "");
    CHECK_EQ(moved(team, modelOf({{"a", "a.ipynb", "1"}, {"x", "copy.ipynb", "1"}})), "");
    TeamModel unread;
    const char* nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    markSeen(unread, modelOf({{"a", "a.ipynb", ""}, {"b", "b.ipynb", nothing}}));
    CHECK_EQ(moved(unread, modelOf({{"x", "x.ipynb", ""}, {"y", "y.ipynb", nothing}})), "");
    // What this session saw last counts before the file.
    const auto moves = findMoves(team, modelOf({{"x", "x.ipynb", "changed"}}), {{"a", "changed"}});
    REQUIRE(moves.elements.size() == 1);
    CHECK_EQ(moves.elements[0].from, "a");
}

CUPEL_TEST(everythingFollows)
{
    TeamModel team;
    markSeen(team, modelOf({{"data", "d.csv", "d"}, {"a", "a.ipynb", "1"}}));
    const std::string oldFlow = flowId("data", "a");
    const std::string newFlow = flowId("data", "x");
    team.parts["a"].name = "Training";
    team.parts["own"].type = "flow";
    team.parts["own"].source = "a";
    team.places["a"] = {1, 2, 3, 4};
    team.threats["rule@a"].decision = Decision::Mitigated;
    team.threats["rule@" + oldFlow].decision = Decision::Accepted;
    team.threats["rule@data"].decision = Decision::Avoided;
    team.threats["whole"].decision = Decision::Avoided;
    team.assignees["rule@a"] = "Ada";
    const auto model = modelOf({{"data", "d.csv", "d"}, {"x", "src/a.ipynb", "1"}});
    const auto renamed = follow(team, findMoves(team, model), "2026-11-29T10:00:00Z", "Ada");
    CHECK(team.threats.at("rule@x").decision == Decision::Mitigated && !team.threats.contains("rule@a"));
    CHECK(team.threats.at("rule@" + newFlow).decision == Decision::Accepted);
    CHECK_EQ(team.threats.size(), 4U);
    CHECK(team.assignees == (std::map<std::string, std::string>{{"rule@x", "Ada"}}));
    CHECK_EQ(team.parts.at("x").name.value_or(""), "Training");
    CHECK_EQ(team.parts.at("own").source.value_or(""), "x");
    CHECK(team.places.contains("x") && team.seen.contains("x") && !team.seen.contains("a"));
    CHECK_EQ(team.seen.at("x").artifact, "src/a.ipynb");
    REQUIRE(team.events.size() == 1);
    CHECK_EQ(team.events[0].change, "moved a.ipynb -> src/a.ipynb");
    CHECK_EQ(renamedThreat(renamed, "rule@a"), "rule@x");
    CHECK_EQ(renamedThreat(renamed, "whole"), "whole");
    const auto overlaid = overlay(model, team);
    CHECK(overlaid.ghosts.empty() && overlaid.tray.empty());
    CHECK(findMoves(team, model).empty()); // once
    // A decision that was made about the new one already stays.
    TeamModel both;
    markSeen(both, modelOf({{"a", "a.ipynb", "1"}}));
    both.threats["rule@a"].decision = Decision::Mitigated;
    both.threats["rule@x"].decision = Decision::Accepted;
    follow(both, findMoves(both, modelOf({{"x", "x.ipynb", "1"}})), "", "");
    CHECK(both.threats.at("rule@x").decision == Decision::Accepted);
}

CUPEL_TEST(claimsAreWhatSettlesSomething)
{
    TeamModel team;
    markSeen(team, modelOf({{"a", "a.ipynb", "1"}, {"b", "b.ipynb", ""}}));
    team.parts["a"].removed = true;
    team.threats["t@a"].decision = Decision::Mitigated;
    team.answers["genai"] = "no";
    team.places["a"] = {1, 2, 3, 4};
    team.events.push_back({"2026-11-29T10:00:00Z", "Bo", "t@a", "x", ""});
    std::vector<std::string> lines;
    const auto none = withClaims(team, [&lines](std::string_view line) {
        lines.emplace_back(line);
        return false;
    });
    CHECK_EQ(lines.size(), 4U); // and the digest of what was seen
    CHECK(none.parts.empty() && none.threats.empty() && none.answers.empty());
    CHECK(none.places == team.places && none.events == team.events && none.seen.size() == team.seen.size());
    CHECK(none.seen.at("a").digest.empty()); // nobody's decision follows a digest that somebody wrote there
    CHECK(withClaims(team, [](std::string_view) { return true; }) == team);
    for (const auto& line : lines) { // as it stands in the file, so that its text is what was agreed to
        CHECK(write(team).find(line) != std::string::npos);
    }
    std::vector<std::string> troubles;
    CHECK(read(write(team), troubles) == team);
}
