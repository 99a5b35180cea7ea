// SPDX-License-Identifier: GPL-3.0-or-later
// An answer counts where nothing else is known, changes what rules say, and never what a scan found.
#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/scoping.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <set>

using namespace cupel;
using namespace cupel::threats;

namespace {

ThreatModel scanned()
{
    ThreatModel model;
    for (const char* id : {"a", "b"}) {
        Element element;
        element.id = id;
        element.name = id;
        element.kind = "dataset";
        model.elements.push_back(element);
    }
    setAttribute(model.elements[0], "decision_about_people", "no", Origin::Scanned);
    return model;
}

bool fires(const TeamModel& team, const char* id)
{
    auto made = overlay(scanned(), team);
    assess(made.model, {}, builtInRules(), builtInEvidence(), {1'000});
    return std::any_of(
        made.model.threats.begin(), made.model.threats.end(), [id](const Threat& one) { return one.id == id; });
}

} // namespace

CUPEL_TEST(thereAreElevenQuestionsThatRulesAskFor)
{
    CHECK_EQ(scopingQuestions().size(), 11U);
    std::set<std::string> ids;
    for (const auto& question : scopingQuestions()) {
        CHECK(ids.insert(question.id).second);
        CHECK(!question.text.empty() && !question.kinds.empty() && !question.attribute.empty());
        CHECK(question.yes != question.no);
    }
}

CUPEL_TEST(anAnswerCountsWhereNothingElseIsKnown)
{
    TeamModel team;
    CHECK(!fires(team, "ds-bias-coverage@b"));
    team.answers["people"] = "yes";
    CHECK(fires(team, "ds-bias-coverage@b"));
    CHECK(fires(team, "ds-bias-coverage@a")); // whoever answers knows better than the scan
    team.answers["groups"] = "yes";
    CHECK(!fires(team, "ds-bias-coverage@b"));
    team.answers["groups"] = "perhaps"; // of a later version: no answer
    CHECK(fires(team, "ds-bias-coverage@b"));
    team.answers["people"] = "no";
    CHECK(!fires(team, "ds-bias-coverage@b"));
}

CUPEL_TEST(whatIsKnownIsShownBesideTheQuestion)
{
    const auto& questions = scopingQuestions();
    const auto people =
        std::find_if(questions.begin(), questions.end(), [](const ScopingQuestion& one) { return one.id == "people"; });
    auto model = scanned();
    const auto before = factOf(*people, model);
    CHECK_EQ(before.about, 2U);
    CHECK_EQ(before.known, 1U);
    CHECK_EQ(before.example, std::string("a: no"));
    applyAnswers(model, {{"people", "yes"}});
    CHECK_EQ(factOf(*people, model).known, 0U); // an answer is not what is known without it, and counts more
    CHECK(model.elements[1].attributes.back().origin == Origin::Answered);
    CHECK_EQ(factOf(*people, ThreatModel()).about, 0U);
    // What was seen comes with it: first what answers it, then what makes it matter.
    CHECK(before.evidence.empty());
    setAttribute(model.elements[1], "pii", "true", Origin::Scanned);
    model.elements[1].attributes.back().evidence = {"of-pii"};
    CHECK(factOf(*people, model).evidence == std::vector<std::string>{"of-pii"});
    model.elements[0].attributes.front().evidence = {"of-people"};
    CHECK(factOf(*people, model).evidence == (std::vector<std::string>{"of-people", "of-pii"}));
    // What a person overrules is told with where it was seen; what says the same is not.
    auto overruled = model;
    applyAnswers(overruled, {{"people", "yes"}});
    const auto after = factOf(*people, overruled);
    CHECK(after.overruled == 1 && after.known == 0 && !after.answer);
    CHECK_EQ(after.evidence.front(), std::string("of-people"));
    auto agreed = scanned();
    setAttribute(agreed.elements[0], "decision_about_people", "false", Origin::Scanned);
    setAttribute(agreed.elements[1], "decision_about_people", "no", Origin::Scanned);
    applyAnswers(agreed, {{"people", "no"}});
    CHECK(factOf(*people, agreed).known == 2 && factOf(*people, agreed).answer == false);
    // What somebody wrote on one element stays.
    auto drawn = scanned();
    setAttribute(drawn.elements[0], "decision_about_people", "no", Origin::Drawn);
    applyAnswers(drawn, {{"people", "yes"}});
    CHECK_EQ(attribute(drawn.elements[0], "decision_about_people"), "no");
}
