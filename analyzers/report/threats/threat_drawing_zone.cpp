// SPDX-License-Identifier: GPL-3.0-or-later
// One zone in as many drawings as it needs.
#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_artist.h"

#include <algorithm>
#include <array>

namespace cupel::report {

using namespace threats;

namespace {

constexpr double smallestPart = 0.74;
constexpr std::size_t mostInPart = 40; // elements that are tried in one drawing
constexpr std::size_t mostDrawings = 40;
constexpr std::size_t mostStubs = 8; // neighbours that are named one by one

// Halves along the flows, so that what belongs together stays together.
std::array<std::vector<std::uint32_t>, 2> halved(
    const std::vector<std::uint32_t>& part, const std::vector<graph::Point>& centres)
{
    std::vector<std::uint32_t> order(part.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&centres](auto a, auto b) { return centres[a].x < centres[b].x; });
    std::array<std::vector<std::uint32_t>, 2> out;
    for (std::size_t i = 0; i < order.size(); ++i) {
        out[i * 2 / order.size()].push_back(part[order[i]]);
    }
    return out;
}

} // namespace

struct ThreatArtist::Part {
    std::vector<std::uint32_t> elements;
    std::map<std::uint32_t, std::uint32_t> number; // of the node, by element
    std::vector<kit::Node> nodes; // those of the elements first
    std::set<std::uint32_t> flows; // that touch an element of it
};

void ThreatArtist::addStubs(Part& part) const
{
    std::set<std::uint32_t> neighbours;
    for (const auto index : part.flows) {
        for (const auto* end : {&m_model.flows[index].source, &m_model.flows[index].target}) {
            const auto found = m_byId.find(*end);
            if (found != m_byId.end() && !part.number.contains(found->second)) {
                neighbours.insert(found->second);
            }
        }
    }
    const bool bundled = neighbours.size() > mostStubs;
    std::map<std::string, std::uint32_t> bundles; // node by zone
    std::map<std::string, std::size_t> sizes;
    for (const auto index : neighbours) {
        const Element& element = m_model.elements[index];
        const auto next = static_cast<std::uint32_t>(part.nodes.size());
        const auto node = bundled ? bundles.try_emplace(element.zone, next).first->second : next;
        part.number.emplace(index, node);
        if (node == next) {
            const bool here = element.zone == m_model.elements[part.elements.front()].zone;
            kit::Node stub;
            stub.outside = true;
            stub.title = m_names.of(element.id);
            stub.detail = here                   ? "elsewhere in this zone"
                : m_zones.contains(element.zone) ? "in " + m_names.of(element.zone)
                                                 : "in no zone";
            part.nodes.push_back(std::move(stub));
        }
        if (bundled) {
            part.nodes[node].title = counted(++sizes[element.zone], "element", "elements");
        }
    }
    for (std::size_t i = part.elements.size(); i < part.nodes.size(); ++i) {
        part.nodes[i].whole = part.nodes[i].title + ", " + part.nodes[i].detail;
    }
}

std::vector<kit::Link> ThreatArtist::linksOf(const Part& part) const
{
    std::vector<kit::Link> links;
    std::set<std::pair<std::uint32_t, std::uint32_t>> known;
    for (const auto index : part.flows) {
        kit::Link link = linkOf(m_model.flows[index]);
        const auto from = m_byId.find(m_model.flows[index].source);
        const auto to = m_byId.find(m_model.flows[index].target);
        if (from == m_byId.end() || to == m_byId.end()) {
            continue; // from or into the open
        }
        link.from = part.number.at(from->second);
        link.to = part.number.at(to->second);
        if (link.from != link.to && known.emplace(link.from, link.to).second) {
            links.push_back(std::move(link));
        }
    }
    return links;
}

std::optional<Drawing> ThreatArtist::drawPart(
    const std::vector<std::uint32_t>& elements, double smallest, std::vector<graph::Point>& centres) const
{
    Part part;
    part.elements = elements;
    for (const auto index : elements) {
        part.number.emplace(index, static_cast<std::uint32_t>(part.nodes.size()));
        part.nodes.push_back(nodeOf(index));
        part.flows.insert(m_flowsOf[index].begin(), m_flowsOf[index].end());
    }
    addStubs(part);
    auto out = kit::drawInLayers(part.nodes, linksOf(part), smallest, m_budget, &centres);
    if (out) {
        tellFlows(*out, part.flows);
    }
    return out;
}

void ThreatArtist::drawZone(const Group& zone, ThreatDrawings& out) const
{
    const auto& elements = zone.second;
    std::vector<std::vector<std::uint32_t>> waiting; // the next one last
    for (std::size_t end = elements.size(); end > 0;) {
        const std::size_t start = (end - 1) / mostInPart * mostInPart;
        waiting.emplace_back(
            elements.begin() + static_cast<std::ptrdiff_t>(start), elements.begin() + static_cast<std::ptrdiff_t>(end));
        end = start;
    }
    const std::size_t first = out.drawings.size();
    while (!waiting.empty()) {
        const auto part = std::move(waiting.back());
        waiting.pop_back();
        std::vector<graph::Point> centres;
        auto drawing = out.drawings.size() < mostDrawings ? drawPart(part, part.size() > 1 ? smallestPart : 0, centres)
                                                          : std::nullopt;
        if (drawing) {
            out.drawings.push_back(std::move(*drawing));
        } else if (part.size() > 1 && !centres.empty()) {
            auto halves = halved(part, centres);
            waiting.push_back(std::move(halves[1]));
            waiting.push_back(std::move(halves[0]));
        } else {
            out.left += part.size();
        }
    }
    const std::size_t parts = out.drawings.size() - first;
    for (std::size_t i = 0; i < parts; ++i) {
        out.drawings[first + i].title =
            titleOf(zone.first) + (parts > 1 ? ", part " + std::to_string(i + 1) + " of " + std::to_string(parts) : "");
    }
}

} // namespace cupel::report
