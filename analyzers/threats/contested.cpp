// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/contested.h"

#include "analyzers/threats/knowledge/attribute_words.h"

#include <algorithm>

namespace cupel::threats {

namespace {

std::string findingWords(const Threat& threat)
{
    const auto count = threat.findings.size();
    return count == 1 ? std::string("1 finding confirms it") : std::to_string(count) + " findings confirm it";
}

} // namespace

std::vector<Reason> saysOtherwise(const ThreatRule& rule, const EvidenceTable& table, const DiagramPart& part)
{
    std::vector<Reason> out;
    for (const std::string& type : rule.refute) {
        for (const auto& [key, value] : table.shownBy(type)) {
            const auto said = attribute(part, key);
            const Reason reason{part.id, key, std::string(said)};
            if (!said.empty() && saysSame(said, value) && std::find(out.begin(), out.end(), reason) == out.end()) {
                out.push_back(reason);
            }
        }
    }
    return out;
}

bool findingsConfirm(const Threat& threat)
{
    return threat.evidence == EvidenceState::Confirmed
        || (threat.evidence == EvidenceState::Contested && contestOf(threat) != Contest::Applies);
}

EvidenceState scannedState(const Threat& threat)
{
    return threat.evidence != EvidenceState::Contested ? threat.evidence
        : findingsConfirm(threat)                      ? EvidenceState::Confirmed
                                                       : EvidenceState::Refuted;
}

Contest contestOf(const Threat& threat)
{
    return threat.evidence != EvidenceState::Contested         ? Contest::None
        : threat.findings.empty() && threat.checks > 0         ? Contest::Applies
        : threat.applicability == Applicability::NotApplicable ? Contest::NotApplicable
                                                               : Contest::Facts;
}

void contestByDecision(Threat& threat)
{
    const bool open = threat.decision == Decision::Open || threat.decision == Decision::InProgress;
    const bool denied = threat.applicability == Applicability::NotApplicable
        && threat.evidence == EvidenceState::Confirmed && !threat.findings.empty();
    const bool claimed =
        threat.applicability == Applicability::Applies && open && threat.evidence == EvidenceState::Refuted;
    if (denied || claimed) {
        threat.evidence = EvidenceState::Contested;
    }
}

std::string contestWords(const Threat& threat)
{
    switch (contestOf(threat)) {
    case Contest::None:
        return {};
    case Contest::NotApplicable:
        return findingWords(threat) + ", but it was called not applicable";
    case Contest::Applies:
        return "it was said to apply, but the scan looked for " + std::to_string(threat.checked) + " of "
            + std::to_string(threat.checks) + " kinds of findings and found none";
    case Contest::Facts:
        break;
    }
    std::string facts;
    for (const Reason& reason : threat.against) {
        facts += (facts.empty() ? "" : ", ") + inWords(reason);
    }
    return findingWords(threat) + ", but " + (facts.empty() ? "something known of it says otherwise" : facts);
}

} // namespace cupel::threats
