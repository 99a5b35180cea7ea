// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/threat_review.h"

#include "analyzers/report/text.h"
#include "analyzers/threats/work/open_threats.h"
#include "analyzers/threats/work/risk.h"

#include <algorithm>

namespace cupel::report {

using namespace threats;

bool isOpen(const ThreatReview& review, const Threat& threat)
{
    return threats::isOpen(review.overlaid, threat);
}

std::map<std::string, Severity> worstOpen(const ThreatReview& review)
{
    std::map<std::string, Severity> out;
    for (const Threat& threat : review.overlaid.model.threats) {
        if (threat.severity && isOpen(review, threat)) {
            auto& worst = out.try_emplace(threat.target, *threat.severity).first->second;
            worst = std::max(worst, *threat.severity);
        }
    }
    return out;
}

PartNames::PartNames(const ThreatModel& model)
{
    for (const Element& element : model.elements) {
        m_elements.emplace(element.id, &element);
    }
    for (const Flow& flow : model.flows) {
        m_flows.emplace(flow.id, &flow);
    }
    for (const Zone& zone : model.zones) {
        m_zones.emplace(zone.id, &zone);
    }
}

std::string PartNames::of(std::string_view id) const
{
    if (id.empty()) {
        return "The whole system";
    }
    const auto named = [](const DiagramPart& part) { return oneLine(part.name.empty() ? part.id : part.name); };
    if (const auto element = m_elements.find(id); element != m_elements.end()) {
        return named(*element->second);
    }
    if (const auto zone = m_zones.find(id); zone != m_zones.end()) {
        return named(*zone->second);
    }
    const auto flow = m_flows.find(id);
    if (flow == m_flows.end()) {
        return oneLine(id);
    }
    const auto end = [&](const std::string& part) { // of what is no flow: nothing is asked twice
        const auto element = m_elements.find(part);
        const auto zone = m_zones.find(part);
        return element != m_elements.end() ? named(*element->second)
            : zone != m_zones.end()        ? named(*zone->second)
                                           : std::string("elsewhere");
    };
    return end(flow->second->source) + " to " + end(flow->second->target);
}

std::string PartNames::kindOf(std::string_view id) const
{
    if (const auto element = m_elements.find(id); element != m_elements.end()) {
        return oneLine(spoken(element->second->kind));
    }
    return m_flows.contains(id) ? "flow" : m_zones.contains(id) ? "zone" : std::string();
}

namespace {

bool isRated(const Threat& threat)
{
    const auto inside = [](int step) { return step >= 1 && step <= 5; };
    return inside(threat.likelihood) && inside(threat.impact);
}

void count(RiskGrid& grid, int likelihood, int impact)
{
    ++grid.counts[static_cast<std::size_t>(likelihood) - 1][static_cast<std::size_t>(impact) - 1];
}

} // namespace

RiskGrid riskBefore(const ThreatReview& review)
{
    RiskGrid out;
    for (const Threat& threat : review.overlaid.model.threats) {
        if (threat.applicability == Applicability::NotApplicable && !isOpen(review, threat)) {
            continue;
        }
        if (isRated(threat)) {
            count(out, threat.likelihood, threat.impact);
        } else {
            ++out.unrated;
        }
    }
    return out;
}

RiskGrid riskAfter(const ThreatReview& review)
{
    RiskGrid out;
    for (const Threat& threat : review.overlaid.model.threats) {
        if (!isOpen(review, threat)) {
            continue;
        }
        if (isRated(threat)) {
            const Risk risk = riskOf(threat, controlsOf(review.overlaid, threat.id));
            count(out, stepOf(risk.likelihoodNow), stepOf(risk.impactNow));
        } else {
            ++out.unrated;
        }
    }
    return out;
}

bool isDecided(const Threat& threat)
{
    return threat.applicability != Applicability::Proposed || threat.decision != Decision::Open;
}

std::string_view wordsOf(Flag flag)
{
    switch (flag) {
    case Flag::Regressed:
        return "a finding confirms it since";
    case Flag::StillThere:
        return "what confirmed it is still there";
    case Flag::Due:
        return "its time is over";
    case Flag::Conflict:
        return "a finding confirms it";
    case Flag::CanClose:
        return "the scan no longer finds it";
    case Flag::None:
        break;
    }
    return {};
}

std::string decisionWords(const Threat& threat, const Overlaid& overlaid)
{
    std::string out = spoken(threat.applicability == Applicability::NotApplicable ? toString(threat.applicability)
                                                                                  : toString(threat.decision));
    if (threat.decision != Decision::Open && !threat.until.empty()) {
        out += " until " + oneLine(threat.until);
    }
    if (const auto flag = overlaid.flags.find(threat.id); flag != overlaid.flags.end()) {
        out += ", but " + std::string(wordsOf(flag->second));
    }
    return out;
}

std::string spoken(std::string_view id)
{
    std::string out(id);
    std::replace(out.begin(), out.end(), '-', ' ');
    return out;
}

} // namespace cupel::report
