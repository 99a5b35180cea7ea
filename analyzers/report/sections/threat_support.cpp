// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/sections/threat_support.h"

#include "analyzers/report/text.h"
#include "analyzers/threats/contested.h"

#include <algorithm>
#include <tuple>

namespace cupel::report {

using namespace threats;

ThreatTexts::ThreatTexts(const Input& input)
    : m_review(*input.options.threats)
    , m_names(m_review.overlaid.model)
{
    for (const Threat& threat : model().threats) {
        m_order.push_back(&threat);
    }
    std::stable_sort(m_order.begin(), m_order.end(), [this](const Threat* one, const Threat* other) {
        const auto rank = [this](const Threat& threat) {
            return std::tuple(!isOpen(m_review, threat), -static_cast<int>(threat.severity.value_or(Severity::Info)),
                !findingsConfirm(threat), -threat.likelihood * threat.impact);
        };
        return rank(*one) < rank(*other);
    });
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        m_places.emplace(m_order[i]->id, i);
    }
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Finding& finding : analysis->findings) {
            m_findings.emplace(finding.fingerprint, &finding);
        }
    }
}

std::string ThreatTexts::anchorOf(const Threat& threat) const
{
    const auto found = m_places.find(threat.id);
    return found == m_places.end() || found->second >= printedThreats ? std::string()
                                                                      : "threat-" + std::to_string(found->second + 1);
}

std::string ThreatTexts::numberOf(const Threat& threat) const
{
    const auto found = m_places.find(threat.id);
    return found == m_places.end() ? std::string() : 'T' + std::to_string(found->second + 1);
}

std::string ThreatTexts::titleOf(const Threat& threat) const
{
    return numberOf(threat) + "  " + oneLine(threat.title);
}

std::vector<const Finding*> ThreatTexts::evidenceOf(const Threat& threat, std::size_t most) const
{
    std::vector<const Finding*> out;
    for (const std::string& fingerprint : threat.findings) {
        const auto found = m_findings.find(fingerprint);
        if (found != m_findings.end() && out.size() < most) {
            out.push_back(found->second);
        }
    }
    return out;
}

std::string ThreatTexts::evidenceWords(const Threat& threat)
{
    switch (threat.evidence) {
    case EvidenceState::Confirmed:
        return threat.findings.empty() ? "confirmed"
                                       : "confirmed by " + counted(threat.findings.size(), "finding", "findings");
    case EvidenceState::Refuted:
        return "refuted: the scan looked for " + std::to_string(threat.checked) + " of " + std::to_string(threat.checks)
            + " kinds of findings and found none";
    case EvidenceState::Unknown:
        return threat.assumed ? "none: assumed, because something is not known" : "none";
    case EvidenceState::Fixed:
        return "what confirmed it is gone";
    case EvidenceState::Stale:
        return "stale: the scan no longer raises it";
    case EvidenceState::Contested:
        return "contested: " + oneLine(contestWords(threat));
    }
    return {};
}

std::string ThreatTexts::decisionWords(const Threat& threat) const
{
    return report::decisionWords(threat, m_review.overlaid);
}

std::string momentOf(std::string_view at)
{
    constexpr std::size_t date = 10;
    constexpr std::size_t minutes = 16;
    const std::string line = oneLine(at);
    return line.size() >= minutes && line[date] == 'T'
        ? line.substr(0, date) + ' ' + line.substr(date + 1, minutes - date - 1)
        : line;
}

} // namespace cupel::report
