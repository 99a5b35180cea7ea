// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was moved keeps what people made of it, where its content says without doubt which one it is; and which
// lines of a file are somebody's word.
#include "analyzers/threats/derive/model_builder.h"
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
