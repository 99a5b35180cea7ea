// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/model_index.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cupel::threats {

namespace {

template <typename Parts> auto find(const Parts& parts, std::string_view id) -> decltype(parts.front().second)
{
    const auto found = std::lower_bound(parts.begin(), parts.end(), id,
        [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
    return found == parts.end() || found->first != id ? nullptr : found->second;
}

// All parts of a list by their id, the first of each; `first` marks those.
template <typename Part>
std::vector<std::pair<std::string_view, const Part*>> sorted(const std::vector<Part>& parts, std::vector<bool>& first)
{
    std::vector<std::pair<std::string_view, const Part*>> out;
    out.reserve(parts.size());
    for (const Part& part : parts) {
        out.emplace_back(part.id, &part);
    }
    const auto sameId = [](const auto& one, const auto& other) { return one.first == other.first; };
    std::stable_sort(
        out.begin(), out.end(), [](const auto& one, const auto& other) { return one.first < other.first; });
    out.erase(std::unique(out.begin(), out.end(), sameId), out.end());
    first.assign(parts.size(), false);
    for (const auto& [id, part] : out) {
        first[static_cast<std::size_t>(part - parts.data())] = true;
    }
    return out;
}

// The place of a part in a list, or its length: by where it lies, whatever it is.
template <typename Part> std::size_t placeIn(const std::vector<Part>& parts, const DiagramPart& part)
{
    const std::less<const void*> before;
    const void* at = &part;
    return parts.empty() || before(at, parts.data()) || !before(at, parts.data() + parts.size())
        ? parts.size()
        : static_cast<std::size_t>(static_cast<const Part*>(&part) - parts.data());
}

template <typename Part>
const Part* asPart(const std::vector<Part>& parts, const std::vector<bool>& first, const DiagramPart& part)
{
    const auto place = placeIn(parts, part);
    return place < parts.size() && first[place] ? &parts[place] : nullptr;
}

bool fits(std::string_view type, std::string_view pattern)
{
    return pattern.ends_with('*') ? type.starts_with(pattern.substr(0, pattern.size() - 1)) : type == pattern;
}

} // namespace

ModelIndex::ModelIndex(const ThreatModel& model, FindingTypes findings)
    : m_model(model)
    , m_findings(std::move(findings))
    , m_elements(sorted(model.elements, m_firstElement))
    , m_flows(sorted(model.flows, m_firstFlow))
    , m_zones(sorted(model.zones, m_firstZone))
    , m_into(model.elements.size() + 1)
    , m_outOf(model.elements.size() + 1)
{
    m_trust.reserve(model.zones.size());
    m_around.reserve(model.zones.size());
    for (const auto& zone : model.zones) {
        m_trust.push_back(zone.trust ? std::to_string(*zone.trust) : std::string());
        m_around.push_back(this->zone(zone.parent));
    }
    m_trust.emplace_back();
    m_zoneOf.reserve(model.elements.size() + 1);
    for (const auto& element : model.elements) {
        m_zoneOf.push_back(zone(element.zone));
    }
    m_zoneOf.push_back(nullptr);
    m_ends.reserve(model.flows.size() + 1);
    for (const auto& flow : model.flows) {
        const auto link = [&](const Element* from, const Element* to) {
            if (from) {
                m_outOf[placeOf(*from)].push_back(&flow);
            }
            if (to) {
                m_into[placeOf(*to)].push_back(&flow);
            }
        };
        m_ends.push_back({element(flow.source), element(flow.target)});
        const auto [source, target] = m_ends.back();
        link(source, target);
        if (flow.bidirectional) {
            link(target, source);
        }
    }
    m_ends.emplace_back();
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

const Element* ModelIndex::asElement(const DiagramPart& part) const
{
    return asPart(m_model.elements, m_firstElement, part);
}
const Flow* ModelIndex::asFlow(const DiagramPart& part) const
{
    return asPart(m_model.flows, m_firstFlow, part);
}
const Zone* ModelIndex::asZone(const DiagramPart& part) const
{
    return asPart(m_model.zones, m_firstZone, part);
}

std::size_t ModelIndex::placeOf(const Element& element) const
{
    return placeIn(m_model.elements, element);
}

const Zone* ModelIndex::zoneOf(const Element& element) const
{
    return m_zoneOf[placeOf(element)];
}
const std::vector<const Flow*>& ModelIndex::into(const Element& element) const
{
    return m_into[placeOf(element)];
}
const std::vector<const Flow*>& ModelIndex::outOf(const Element& element) const
{
    return m_outOf[placeOf(element)];
}
const Element* ModelIndex::sourceOf(const Flow& flow) const
{
    return m_ends[placeIn(m_model.flows, flow)].source;
}
const Element* ModelIndex::targetOf(const Flow& flow) const
{
    return m_ends[placeIn(m_model.flows, flow)].target;
}

std::string_view ModelIndex::trustOf(const Zone& zone) const
{
    return m_trust[placeIn(m_model.zones, zone)];
}

std::vector<const Zone*> ModelIndex::chainOf(const std::string& end) const
{
    constexpr std::size_t deepest = 32;
    std::vector<const Zone*> out;
    const Element* at = element(end);
    for (const Zone* zone = at ? zoneOf(*at) : this->zone(end); zone && out.size() < deepest;
        zone = m_around[placeIn(m_model.zones, *zone)]) {
        if (std::find(out.begin(), out.end(), zone) != out.end()) {
            break; // parents that go round
        }
        out.push_back(zone);
    }
    return out;
}

std::vector<const Zone*> ModelIndex::crossedBy(const Flow& flow) const
{
    const auto& [source, target] = m_ends[placeIn(m_model.flows, flow)];
    if (source && target && zoneOf(*source) == zoneOf(*target)) {
        return {}; // most flows
    }
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
