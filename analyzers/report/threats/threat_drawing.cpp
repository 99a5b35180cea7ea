// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/threat_drawing.h"

#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_artist.h"

#include <algorithm>
#include <array>

namespace cupel::report {

using namespace threats;

namespace {

constexpr std::size_t mostZones = 24; // of the overview
constexpr std::size_t mostTold = 300;

} // namespace

ThreatArtist::ThreatArtist(const ThreatReview& review, Budget& budget)
    : m_review(review)
    , m_model(review.overlaid.model)
    , m_budget(budget)
    , m_names(m_model)
    , m_worst(worstOpen(review))
{
    for (std::uint32_t i = 0; i < m_model.elements.size(); ++i) {
        m_byId.emplace(m_model.elements[i].id, i);
    }
    for (const Zone& zone : m_model.zones) {
        m_zones.emplace(zone.id, &zone);
    }
    m_flowsOf.resize(m_model.elements.size());
    for (std::uint32_t i = 0; i < m_model.flows.size(); ++i) {
        for (const auto* end : {&m_model.flows[i].source, &m_model.flows[i].target}) {
            if (const auto found = m_byId.find(*end); found != m_byId.end()) {
                m_flowsOf[found->second].push_back(i);
            }
        }
    }
}

ThreatDrawings ThreatArtist::run() const
{
    ThreatDrawings out;
    if (m_model.elements.empty()) {
        return out;
    }
    if (auto whole = drawWhole()) {
        out.drawings.push_back(std::move(*whole));
        return out;
    }
    const auto groups = byZone();
    if (groups.size() > 1) {
        if (auto zones = drawZones(groups)) {
            out.drawings.push_back(std::move(*zones));
        }
    }
    for (const Group& group : groups) {
        drawZone(group, out);
    }
    return out;
}

std::vector<ThreatArtist::Group> ThreatArtist::byZone() const
{
    std::map<std::string, std::vector<std::uint32_t>> members;
    for (std::uint32_t i = 0; i < m_model.elements.size(); ++i) {
        members[m_model.elements[i].zone].push_back(i);
    }
    std::vector<Group> out(members.begin(), members.end());
    std::stable_sort(out.begin(), out.end(),
        [this](const Group& one, const Group& other) { return trustOf(one.first) < trustOf(other.first); });
    return out;
}

int ThreatArtist::trustOf(const std::string& zone) const
{
    const auto found = m_zones.find(zone);
    return found == m_zones.end() ? 101 : found->second->trust.value_or(100);
}

std::string ThreatArtist::titleOf(const std::string& zone) const
{
    const auto found = m_zones.find(zone);
    return found == m_zones.end()
        ? std::string("In no zone")
        : m_names.of(zone) + (found->second->trust ? " (trust " + std::to_string(*found->second->trust) + ')' : "");
}

kit::Node ThreatArtist::nodeOf(std::uint32_t index) const
{
    const Element& element = m_model.elements[index];
    kit::Node node;
    node.title = m_names.of(element.id);
    node.detail = oneLine(spoken(element.kind));
    node.outside = m_review.overlaid.ghosts.contains(element.id) || element.outOfScope;
    node.radius = threats::roleOf(element.kind) == DiagramRole::Store ? 10 : 2;
    node.whole = node.title + ", " + node.detail;
    if (const auto worst = m_worst.find(element.id); worst != m_worst.end()) {
        node.sign = worst->second;
        node.whole += ", worst open threat " + std::string(toString(worst->second));
    }
    return node;
}

bool ThreatArtist::crosses(const Flow& flow) const
{
    const auto from = m_byId.find(flow.source);
    const auto to = m_byId.find(flow.target);
    return from != m_byId.end() && to != m_byId.end()
        && m_model.elements[from->second].zone != m_model.elements[to->second].zone;
}

kit::Link ThreatArtist::linkOf(const Flow& flow) const
{
    const bool over = crosses(flow);
    return {0, 0, oneLine(flow.name), over, over && attribute(flow, "encrypted") == "false"};
}

void ThreatArtist::tellFlows(Drawing& drawing, const std::set<std::uint32_t>& flows) const
{
    for (const auto index : flows) {
        if (drawing.told.size() >= mostTold) {
            drawing.told.emplace_back("\u2026");
            return;
        }
        const Flow& flow = m_model.flows[index];
        const kit::Link link = linkOf(flow);
        drawing.told.push_back(m_names.of(flow.id) + (link.label.empty() ? "" : ": " + link.label)
            + (link.open           ? " (into another zone, not encrypted)"
                    : link.crosses ? " (into another zone)"
                                   : ""));
    }
}

std::optional<Drawing> ThreatArtist::drawZones(const std::vector<Group>& groups) const
{
    std::vector<const Group*> shown;
    for (const Group& group : groups) {
        shown.push_back(&group);
    }
    std::stable_sort(shown.begin(), shown.end(),
        [](const Group* one, const Group* other) { return one->second.size() > other->second.size(); });
    shown.resize(std::min(shown.size(), mostZones));
    std::map<std::string, std::uint32_t> number;
    std::vector<kit::Node> nodes;
    for (const Group* group : shown) {
        kit::Node node;
        const auto known = m_zones.find(group->first);
        const std::string size = counted(group->second.size(), "element", "elements");
        node.title = known == m_zones.end() ? titleOf(group->first) : m_names.of(group->first);
        node.detail = known != m_zones.end() && known->second->trust
            ? size + ", trust " + std::to_string(*known->second->trust)
            : size;
        node.whole = titleOf(group->first) + ": " + size;
        for (const auto index : group->second) {
            const auto worst = m_worst.find(m_model.elements[index].id);
            if (worst != m_worst.end()) {
                node.sign = std::max(node.sign.value_or(Severity::Info), worst->second);
            }
        }
        number.emplace(group->first, static_cast<std::uint32_t>(nodes.size()));
        nodes.push_back(std::move(node));
    }
    struct Bundle {
        std::size_t flows = 0;
        std::size_t open = 0;
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, Bundle> bundles;
    for (const Flow& flow : m_model.flows) {
        if (!crosses(flow)) {
            continue;
        }
        const auto from = number.find(m_model.elements[m_byId.at(flow.source)].zone);
        const auto to = number.find(m_model.elements[m_byId.at(flow.target)].zone);
        if (from != number.end() && to != number.end()) {
            Bundle& bundle = bundles[{from->second, to->second}];
            ++bundle.flows;
            bundle.open += linkOf(flow).open ? 1 : 0;
        }
    }
    std::vector<kit::Link> links;
    std::vector<std::string> told;
    for (const auto& [ends, bundle] : bundles) {
        links.push_back({ends.first, ends.second, counted(bundle.flows, "flow", "flows"), true, bundle.open > 0});
        told.push_back(nodes[ends.first].title + " to " + nodes[ends.second].title + ": " + links.back().label
            + (bundle.open > 0 ? ", " + grouped(bundle.open) + " not encrypted" : ""));
    }
    auto out = kit::drawInLayers(nodes, links, 0, m_budget);
    if (out) {
        out->title = "Trust zones, and how many flows cross from one into another";
        out->told.insert(out->told.end(), told.begin(), told.end());
    }
    return out;
}

ThreatDrawings drawThreats(const ThreatReview& review, Budget& budget)
{
    return ThreatArtist(review, budget).run();
}

} // namespace cupel::report
