// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/model_index.h"

#include <algorithm>
#include <utility>

namespace cupel::threats {

namespace {

template <typename Map> auto find(const Map& map, std::string_view id)
{
    const auto found = map.find(id);
    return found == map.end() ? nullptr : found->second;
}

bool fits(std::string_view type, std::string_view pattern)
{
    return pattern.ends_with('*') ? type.starts_with(pattern.substr(0, pattern.size() - 1)) : type == pattern;
}

} // namespace

ModelIndex::ModelIndex(const ThreatModel& model, FindingTypes findings)
    : m_model(model)
    , m_findings(std::move(findings))
{
    for (const auto& element : model.elements) {
        m_elements.emplace(element.id, &element);
    }
    for (const auto& zone : model.zones) {
        m_zones.emplace(zone.id, &zone);
    }
    for (const auto& flow : model.flows) {
        m_flows.emplace(flow.id, &flow);
        const auto link = [&](const Element* from, const Element* to) {
            if (from) {
                m_outOf[from].push_back(&flow);
            }
            if (to) {
                m_into[to].push_back(&flow);
            }
        };
        link(sourceOf(flow), targetOf(flow));
        if (flow.bidirectional) {
            link(targetOf(flow), sourceOf(flow));
        }
    }
}

const Element* ModelIndex::element(std::string_view id) const
{
    return find(m_elements, id);
}
const Flow* ModelIndex::flow(std::string_view id) const
{
    return find(m_flows, id);
}
const Zone* ModelIndex::zone(std::string_view id) const
{
    return find(m_zones, id);
}

const std::vector<const Flow*>& ModelIndex::into(const Element& element) const
{
    const auto found = m_into.find(&element);
    return found == m_into.end() ? m_none : found->second;
}

const std::vector<const Flow*>& ModelIndex::outOf(const Element& element) const
{
    const auto found = m_outOf.find(&element);
    return found == m_outOf.end() ? m_none : found->second;
}

bool ModelIndex::isFlow(const DiagramPart& part) const
{
    return find(m_flows, part.id) == &part;
}

std::vector<const Zone*> ModelIndex::chainOf(const std::string& end) const
{
    constexpr std::size_t deepest = 32;
    std::vector<const Zone*> out;
    const Element* at = element(end);
    for (const Zone* zone = at ? zoneOf(*at) : this->zone(end); zone && out.size() < deepest;
        zone = this->zone(zone->parent)) {
        if (std::find(out.begin(), out.end(), zone) != out.end()) {
            break; // parents that go round
        }
        out.push_back(zone);
    }
    return out;
}

std::vector<const Zone*> ModelIndex::crossedBy(const Flow& flow) const
{
    const auto from = chainOf(flow.source);
    const auto to = chainOf(flow.target);
    std::vector<const Zone*> out;
    const auto onlyIn = [&out](const auto& some, const auto& others) {
        std::copy_if(some.begin(), some.end(), std::back_inserter(out),
            [&](const Zone* zone) { return std::find(others.begin(), others.end(), zone) == others.end(); });
    };
    onlyIn(from, to);
    onlyIn(to, from);
    return out;
}

bool ModelIndex::hasFinding(std::string_view part, std::string_view pattern) const
{
    const auto in = [&](const std::set<std::string>& types) {
        return std::any_of(types.begin(), types.end(), [&](const std::string& type) { return fits(type, pattern); });
    };
    if (part.empty()) {
        return std::any_of(m_findings.begin(), m_findings.end(), [&](const auto& entry) { return in(entry.second); });
    }
    const auto found = m_findings.find(part);
    return found != m_findings.end() && in(found->second);
}

} // namespace cupel::threats
