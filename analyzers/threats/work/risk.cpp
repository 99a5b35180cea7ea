// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/risk.h"

#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <cmath>

namespace cupel::threats {

namespace {

constexpr int ownPercent = 30; // of a control that stands in no catalogue

int counted(const ControlUse& use, int percent, EvidenceState evidence)
{
    const bool proved = evidence == EvidenceState::Refuted || evidence == EvidenceState::Fixed;
    switch (use.status) {
    case ControlStatus::Proposed:
        return 0;
    case ControlStatus::InPlace:
        return proved ? percent : percent / 2;
    case ControlStatus::Verified:
        return evidence == EvidenceState::Confirmed || evidence == EvidenceState::Contested ? percent / 2 : percent;
    }
    return 0;
}

} // namespace

Risk riskOf(const Threat& threat, const std::vector<ControlUse>& uses)
{
    Risk out;
    out.likelihood = std::clamp(threat.likelihood, 1, 5);
    out.impact = std::clamp(threat.impact, 1, 5);
    double now[2] = {1, 1};
    double planned[2] = {1, 1};
    for (const auto& use : uses) {
        CountedControl counts;
        counts.control = use.control;
        counts.title = use.control.empty() ? use.title : std::string(titleOf(use.control));
        counts.status = use.status;
        const ControlEffect effect = use.control.empty() ? ControlEffect{false, ownPercent} : effectOf(use.control);
        counts.onImpact = effect.onImpact;
        counts.percent = effect.percent;
        counts.now = counted(use, effect.percent, threat.evidence);
        now[effect.onImpact ? 1 : 0] *= 1 - counts.now / 100.0;
        planned[effect.onImpact ? 1 : 0] *= 1 - counts.percent / 100.0;
        out.controls.push_back(std::move(counts));
    }
    out.likelihoodNow = std::max(1.0, out.likelihood * now[0]);
    out.impactNow = std::max(1.0, out.impact * now[1]);
    out.likelihoodPlanned = std::max(1.0, out.likelihood * planned[0]);
    out.impactPlanned = std::max(1.0, out.impact * planned[1]);
    return out;
}

std::vector<ControlUse> controlsOf(const Overlaid& overlaid, const std::string& threat)
{
    const auto found = overlaid.controls.find(threat);
    return found == overlaid.controls.end() ? std::vector<ControlUse>() : found->second;
}

int stepOf(double value)
{
    constexpr double rounding = 1e-9; // 2.0000000001 is 2
    return static_cast<int>(std::clamp(std::ceil(value - rounding), 1.0, 5.0));
}

bool isSettled(const Threat& threat)
{
    return threat.applicability == Applicability::NotApplicable || threat.decision == Decision::Avoided
        || threat.decision == Decision::Eliminated;
}

} // namespace cupel::threats
