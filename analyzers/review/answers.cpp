// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/answers.h"

namespace cupel::review {

const Decision* holding(const Decisions& decisions, std::string_view today, const Finding& finding)
{
    const auto* decision = decisions.find(finding);
    return decision && stateOf(*decision, finding, today) == DecisionState::Active ? decision : nullptr;
}

std::string answerOf(const Decisions& decisions, std::string_view today, const Finding& finding)
{
    if (const Decision* decision = holding(decisions, today, finding)) {
        return acceptedWords(*decision);
    }
    if (finding.settled == "baseline") {
        return "known from a baseline";
    }
    auto reason = Reason::AcceptedRisk; // the decision is not at hand: what was written down of it with the finding
    const std::string how(fromString(finding.settled, reason) ? answeredAs(reason) : answeredAs(Reason::AcceptedRisk));
    return finding.settledNote.empty() ? how : how + " by " + finding.settledNote;
}

} // namespace cupel::review
