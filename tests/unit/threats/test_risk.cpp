// SPDX-License-Identifier: GPL-3.0-or-later
// Every figure of a risk comes from somewhere: what is claimed counts half, what is proved whole, and a finding that
// confirms the threat speaks against both.
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/control_use.h"
#include "analyzers/threats/work/risk.h"
#include "tests/unit/check.h"

#include <cmath>

using namespace cupel;
using namespace cupel::threats;

namespace {

Threat threat(int likelihood, int impact, EvidenceState evidence = EvidenceState::Unknown)
{
    Threat out;
    out.id = "t";
    out.likelihood = likelihood;
    out.impact = impact;
    out.evidence = evidence;
    return out;
}

ControlUse use(const char* control, ControlStatus status)
{
    ControlUse out;
    out.threat = "t";
    out.control = control;
    out.status = status;
    return out;
}

bool near(double one, double other)
{
    return std::abs(one - other) < 1e-6;
}

} // namespace

CUPEL_TEST(withoutControlsAllThreeAreTheSame)
{
    const auto risk = riskOf(threat(4, 5), {});
    CHECK_EQ(risk.inherent(), 20);
    CHECK(near(risk.now(), 20) && near(risk.planned(), 20));
}

CUPEL_TEST(aClaimCountsHalfAndAProofWhole)
{
    CHECK_EQ(effectOf("CT-SIGN").percent, 60);
    CHECK(!effectOf("CT-SIGN").onImpact);
    const auto now = [](ControlStatus status, EvidenceState evidence) {
        return riskOf(threat(5, 4, evidence), {use("CT-SIGN", status)}).now();
    };
    CHECK(near(now(ControlStatus::Proposed, EvidenceState::Unknown), 20));
    CHECK(near(now(ControlStatus::InPlace, EvidenceState::Unknown), 5 * 0.7 * 4));
    CHECK(near(now(ControlStatus::Verified, EvidenceState::Unknown), 5 * 0.4 * 4));
    CHECK(near(now(ControlStatus::InPlace, EvidenceState::Refuted), 5 * 0.4 * 4));
    CHECK(near(now(ControlStatus::Verified, EvidenceState::Confirmed), 5 * 0.7 * 4));
    CHECK(near(riskOf(threat(5, 4), {use("CT-SIGN", ControlStatus::Proposed)}).planned(), 8));
}

CUPEL_TEST(controlsWorkOnTheirOwnAxisAndNeverBelowOne)
{
    CHECK(effectOf("CT-SANDBOX").onImpact);
    const auto risk =
        riskOf(threat(4, 4), {use("CT-SANDBOX", ControlStatus::Verified), use("CT-SIGN", ControlStatus::Verified)});
    CHECK(near(risk.impactNow, 2) && near(risk.likelihoodNow, 1.6));
    CHECK_EQ(stepOf(risk.impactNow), 2);
    CHECK_EQ(stepOf(risk.likelihoodNow), 2);
    std::vector<ControlUse> many(9, use("CT-SIGN", ControlStatus::Verified));
    CHECK(near(riskOf(threat(3, 3), many).now(), 3));
    CHECK_EQ(risk.controls.size(), 2U); // each input is kept
    CHECK_EQ(risk.controls[0].now, 50);
    ControlUse own = use("", ControlStatus::Verified);
    own.title = "A lock on the door";
    CHECK_EQ(riskOf(threat(3, 3), {own}).controls[0].title, own.title);
}

CUPEL_TEST(everyControlOfTheCatalogueSaysWhatItIsAssumedToDo)
{
    const auto all = itemsOf("controls");
    CHECK(all.size() >= 68);
    for (const auto& [id, title] : all) {
        CHECK(effectOf(id).percent > 0 && effectOf(id).percent < 100);
    }
    CHECK_EQ(effectOf("CT-NOBODY").percent, 0);
}

CUPEL_TEST(aControlOnAPartHelpsAgainstWhatItIsProposedFor)
{
    Overlaid overlaid;
    const auto add = [&overlaid](const char* id, const char* part, const char* control) {
        Threat one = threat(4, 5);
        one.id = id;
        one.target = part;
        one.controls = {control};
        overlaid.model.threats.push_back(one);
    };
    add("r@a", "a", "CT-SIGN");
    add("s@a", "a", "CT-SIGN");
    add("t@a", "a", "CT-LOG");
    add("r@b", "b", "CT-SIGN");
    overlaid.model.threats[1].applicability = Applicability::NotApplicable;
    const auto helped = threatsHelpedBy(overlaid.model, "CT-SIGN", "a");
    CHECK(helped == std::vector<std::string>{"r@a"});
    TeamModel team;
    putInPlace(team, "CT-SIGN", helped);
    CHECK_EQ(team.controls.size(), 1U);
    ControlUse& made = team.controls.at("CT-SIGN@r@a");
    CHECK(made.status == ControlStatus::InPlace);
    made.status = ControlStatus::Verified;
    putInPlace(team, "CT-SIGN", helped);
    CHECK(team.controls.at("CT-SIGN@r@a").status == ControlStatus::Verified); // not taken back
    made.status = ControlStatus::Proposed;
    putInPlace(team, "CT-SIGN", helped);
    CHECK(team.controls.at("CT-SIGN@r@a").status == ControlStatus::InPlace);
    // What is left: three that nobody settled, one of them with less risk.
    CHECK_EQ(remainsOf(overlaid).threats, 3U);
    CHECK(near(remainsOf(overlaid).risk, 60));
    overlaid.controls["r@a"] = {team.controls.at("CT-SIGN@r@a")};
    CHECK(remainsOf(overlaid).risk < 60);
}
