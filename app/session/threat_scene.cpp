// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_scene.h"

#include "analyzers/threats/work/team_edit.h"
#include "app/session/pin_clearance.h"
#include "app/session/scene_maker.h"
#include "app/session/zone_members.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cupel::app {

namespace {

using widgets::NodeShape;
using widgets::SceneFrame;

constexpr std::uint32_t none = ScenePlan::none;
constexpr double apart = 14; // between lines of two flows that go the same way

NodeShape shapeOf(std::string_view kind)
{
    static constexpr std::array<std::string_view, 7> models{
        "model-file", "adapter", "model-registry", "agent", "llm-app", "mcp-server", "agent-tool"};
    static constexpr std::array<std::string_view, 7> stores{
        "dataset", "store", "vector-store", "feature-store", "secret-store", "agent-memory", "data-source"};
    const auto isOneOf = [kind](
                             const auto& names) { return std::find(names.begin(), names.end(), kind) != names.end(); };
    return isOneOf(models) ? NodeShape::Model : isOneOf(stores) ? NodeShape::Data : NodeShape::Code;
}

// The worst threat of each part that nobody has settled.
std::map<std::string, Severity> worstOf(const threats::ThreatModel& model)
{
    std::map<std::string, Severity> out;
    for (const auto& threat : model.threats) {
        const bool open =
            threat.decision == threats::Decision::Open || threat.decision == threats::Decision::InProgress;
        if (open && threat.severity && threat.applicability != threats::Applicability::NotApplicable) {
            auto& worst = out.try_emplace(threat.target, *threat.severity).first->second;
            worst = std::max(worst, *threat.severity);
        }
    }
    return out;
}

QRectF rectOf(const threats::Box& box)
{
    const auto tame = threats::tamed(box);
    return {tame.x, tame.y, tame.width, tame.height};
}

// The ways from one box to another with two bends or one, the plainest first.
std::vector<std::vector<QPointF>> waysBetween(const QRectF& from, const QRectF& to, double shift)
{
    constexpr double least = 12; // between sides that look at each other
    const bool right = to.center().x() >= from.center().x();
    const bool down = to.center().y() >= from.center().y();
    const QPointF outAcross(right ? from.right() : from.left(), from.center().y() + shift);
    const QPointF inAcross(right ? to.left() : to.right(), to.center().y() + shift);
    const QPointF outDown(from.center().x() + shift, down ? from.bottom() : from.top());
    const QPointF inDown(to.center().x() + shift, down ? to.top() : to.bottom());
    const bool across = right ? to.left() >= from.right() + least : to.right() <= from.left() - least;
    const bool upright = down ? to.top() >= from.bottom() + least : to.bottom() <= from.top() - least;
    std::vector<std::vector<QPointF>> out;
    const double middleX = (outAcross.x() + inAcross.x()) / 2 + shift;
    const double middleY = (outDown.y() + inDown.y()) / 2 + shift;
    if (across && std::abs(outAcross.y() - inAcross.y()) < 1) {
        out.push_back({outAcross, inAcross});
    } else if (across) {
        out.push_back({outAcross, {middleX, outAcross.y()}, {middleX, inAcross.y()}, inAcross});
    }
    if (upright && std::abs(outDown.x() - inDown.x()) < 1) {
        out.push_back({outDown, inDown});
    } else if (upright) {
        out.push_back({outDown, {outDown.x(), middleY}, {inDown.x(), middleY}, inDown});
    }
    if (across && upright) {
        out.push_back({outAcross, {inDown.x(), outAcross.y()}, inDown});
        out.push_back({outDown, {outDown.x(), inAcross.y()}, inAcross});
    }
    if (out.empty()) { // one lies on the other
        out.push_back({outDown, inDown});
    }
    return out;
}

class Drawer {
public:
    Drawer(const threats::Overlaid& overlaid, const threats::ThreatModel& generated, Budget& budget,
        const SceneMarks& marks)
        : m_overlaid(overlaid)
        , m_model(overlaid.model)
        , m_marks(marks)
        , m_budget(budget)
    {
        for (const auto& element : generated.elements) {
            m_made.emplace(element.id, element.zone);
        }
    }

    ThreatDrawing draw(const widgets::SceneMemoryPtr& before)
    {
        addNodes();
        addFlows();
        if (!layOut(before)) {
            return {};
        }
        placeNodes();
        settle();
        clearPins(before.get());
        placeZones();
        route();
        return finish();
    }

private:
    struct Line {
        std::uint32_t from = 0; // node
        std::uint32_t to = 0;
        std::uint32_t link = none; // of the laid out drawing, where both ends are as that has them
        std::vector<QPointF> points;
    };

    [[nodiscard]] widgets::SceneMark markOf(const std::string& part) const
    {
        const auto found = m_marks.find(part);
        return found == m_marks.end() ? widgets::SceneMark::None : found->second;
    }

    void addNodes()
    {
        const auto worst = worstOf(m_model);
        for (std::uint32_t i = 0; i < m_model.elements.size(); ++i) {
            const auto& element = m_model.elements[i];
            if (m_overlaid.tray.contains(element.id)) {
                continue; // it waits to be looked at
            }
            widgets::SceneNode node;
            node.shape = shapeOf(element.kind);
            const auto origin = threats::attribute(element, "origin");
            node.outside = origin == "public" || origin == "external" || m_overlaid.ghosts.contains(element.id);
            node.pinned = element.box && m_made.contains(element.id); // moved away from where it was put
            m_placed.push_back(element.box.has_value());
            node.title = widgets::shownText(element.name.empty() ? element.id : element.name);
            node.detail =
                m_overlaid.ghosts.contains(element.id) ? widgets::ghostWord() : widgets::kindWord(element.kind);
            const auto found = worst.find(element.id);
            node.sign = found == worst.end() ? std::nullopt : std::optional(found->second);
            node.number = i;
            node.mark = markOf(element.id);
            m_nodeOf.emplace(element.id, static_cast<std::uint32_t>(m_nodes.size()));
            m_nodes.push_back(std::move(node));
            m_out.elements.push_back(i);
        }
    }

    void addFlows()
    {
        for (std::uint32_t i = 0; i < m_model.flows.size() && m_budget.spend(256); ++i) {
            const auto& flow = m_model.flows[i];
            const auto from = m_nodeOf.find(flow.source);
            const auto to = m_nodeOf.find(flow.target);
            if (from != m_nodeOf.end() && to != m_nodeOf.end()) {
                m_lines.push_back({from->second, to->second, none, {}});
                m_out.flows.push_back(i);
            }
        }
    }

    // Without what has a place and no other: that stands outside of all order.
    [[nodiscard]] bool layOut(const widgets::SceneMemoryPtr& before)
    {
        ScenePlan plan;
        std::map<std::string, std::uint32_t> groups;
        std::map<std::string, std::uint32_t> zoneOf;
        for (std::uint32_t i = 0; i < m_model.zones.size(); ++i) {
            zoneOf.emplace(m_model.zones[i].id, i);
        }
        std::vector<std::uint32_t> at(m_nodes.size(), none);
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            const auto& element = m_model.elements[m_out.elements[i]];
            const auto made = m_made.find(element.id);
            if (element.box && made == m_made.end()) {
                continue;
            }
            at[i] = static_cast<std::uint32_t>(plan.nodes.size());
            plan.nodes.push_back(m_nodes[i]);
            plan.keys.push_back(element.id);
            const auto zone = zoneOf.find(element.box ? made->second : element.zone);
            const bool free = zone == zoneOf.end()
                || (m_model.zones[zone->second].box && m_overlaid.drawn.contains(m_model.zones[zone->second].id));
            if (free) {
                plan.groupOf.push_back(none);
                continue;
            }
            const auto [group, fresh] = groups.emplace(zone->first, static_cast<std::uint32_t>(plan.groups.size()));
            if (fresh) {
                plan.groups.push_back({{}, none, false, zone->first});
            }
            plan.groupOf.push_back(group->second);
        }
        for (auto& line : m_lines) {
            if (at[line.from] != none && at[line.to] != none) {
                line.link = static_cast<std::uint32_t>(plan.links.size());
                plan.links.push_back({at[line.from], at[line.to], {}, false});
            }
        }
        if (!plan.nodes.empty()) {
            m_memory = std::make_shared<widgets::SceneMemory>();
            m_laid = drawRight(std::move(plan), m_budget, before.get(), m_memory.get());
            m_out.memory = m_memory;
            if (!m_laid) {
                return false;
            }
        }
        m_at = std::move(at);
        m_groups = std::move(groups);
        return true;
    }

    void placeNodes()
    {
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            auto& node = m_nodes[i];
            const auto& box = m_model.elements[m_out.elements[i]].box;
            if (!box) {
                node.box = m_laid->nodes()[m_at[i]].box;
                continue;
            }
            node.box = rectOf(*box);
        }
    }

    // Members of zones that somebody drew stand in them.
    void settle()
    {
        std::map<std::string, std::uint32_t> zoneOf;
        for (std::uint32_t i = 0; i < m_model.zones.size(); ++i) {
            zoneOf.emplace(m_model.zones[i].id, i);
        }
        m_members.resize(m_model.zones.size());
        std::vector<QRectF> boxes;
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            boxes.push_back(m_nodes[i].box);
            if (const auto zone = zoneOf.find(m_model.elements[m_out.elements[i]].zone); zone != zoneOf.end()) {
                m_members[zone->second].push_back(i);
            }
        }
        for (std::uint32_t i = 0; i < m_members.size(); ++i) {
            if (m_model.zones[i].box) {
                settleMembers({rectOf(*m_model.zones[i].box), m_members[i]}, boxes, m_placed);
            }
        }
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            m_nodes[i].box = boxes[i];
        }
    }

    // Layouts know nothing of what stands outside of their order. Whoever drops something onto a node wants it there,
    // so what stands where it stood before stays; what a new layout puts below something goes aside.
    void clearPins(const widgets::SceneMemory* before)
    {
        Clearing what;
        for (const auto& node : m_nodes) {
            what.boxes.push_back(node.box);
        }
        what.placed = m_placed;
        for (const auto& zone : m_model.zones) {
            const auto group = m_groups.find(zone.id);
            if (zone.box || group != m_groups.end()) {
                what.areas.push_back(zone.box ? rectOf(*zone.box) : m_laid->frames()[group->second].box);
            }
        }
        const auto keyOf = [this](std::uint32_t node) { return m_model.elements[m_out.elements[node]].id; };
        what.stays = [&](std::uint32_t node) {
            const auto stood =
                before ? before->corners.find(keyOf(node)) : std::map<std::string, graph::Point>::const_iterator();
            return before && stood != before->corners.end() && stood->second == cornerOf(m_nodes[node]);
        };
        m_aside = keepClear(what);
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            m_nodes[i].box = what.boxes[i];
            if (m_memory) {
                m_memory->corners.emplace(keyOf(i), cornerOf(m_nodes[i]));
            }
        }
    }

    [[nodiscard]] static graph::Point cornerOf(const widgets::SceneNode& node)
    {
        return {static_cast<float>(node.box.left()), static_cast<float>(node.box.top())};
    }

    void placeZones()
    {
        std::vector<std::pair<QRectF, std::uint32_t>> zones;
        for (std::uint32_t i = 0; i < m_model.zones.size(); ++i) {
            const auto& zone = m_model.zones[i];
            QRectF box = zone.box ? rectOf(*zone.box) : QRectF();
            if (const auto group = m_groups.find(zone.id); !zone.box && group != m_groups.end()) {
                box = m_laid->frames()[group->second].box;
            }
            for (const auto member : m_members[i]) {
                if (zone.box ? !box.contains(m_nodes[member].box) : m_placed[member] || m_aside[member]) {
                    box |= roomOf(m_nodes[member].box);
                }
            }
            if (!box.isEmpty()) {
                zones.emplace_back(box, i);
            }
        }
        std::stable_sort(zones.begin(), zones.end(), [](const auto& one, const auto& other) {
            return one.first.width() * one.first.height() > other.first.width() * other.first.height();
        });
        std::map<std::string, std::uint32_t> frameOf;
        for (const auto& [box, index] : zones) {
            const auto& zone = m_model.zones[index];
            const QString name = widgets::shownText(zone.name.empty() ? zone.id : zone.name);
            SceneFrame frame;
            frame.box = box;
            frame.title = zone.trust ? QStringLiteral("%1  %2").arg(name).arg(*zone.trust) : name;
            frame.number = index;
            frame.mark = markOf(zone.id);
            frame.inner = std::any_of(m_frames.begin(), m_frames.end(),
                [&box = box](const SceneFrame& other) { return other.box.contains(box); });
            frameOf.emplace(zone.id, static_cast<std::uint32_t>(m_frames.size()));
            m_frames.push_back(std::move(frame));
            m_out.zones.push_back(index);
        }
        for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
            const auto frame = frameOf.find(m_model.elements[m_out.elements[i]].zone);
            m_nodes[i].frame = frame == frameOf.end() ? none : frame->second;
        }
    }

    void route()
    {
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> alike;
        for (auto& line : m_lines) {
            const auto elsewhere = [this](std::uint32_t node) { return m_placed[node] || m_aside[node]; };
            const bool asLaid = line.link != none && !elsewhere(line.from) && !elsewhere(line.to);
            if (asLaid) {
                const auto& edge = m_laid->edges()[line.link];
                line.points.assign(m_laid->corners(edge), m_laid->corners(edge) + edge.corners);
            }
            const auto ends = std::minmax(line.from, line.to);
            const int before = alike[{ends.first, ends.second}]++;
            if (!asLaid || (before > 0 && line.points.size() < 2)) {
                const int step = (before + 1) / 2 * (before % 2 == 0 ? 1 : -1);
                line.points = freest(line, std::clamp(step, -1, 1) * apart * (line.from <= line.to ? 1 : -1));
            }
        }
    }

    // Of the ways between two nodes the first that crosses the fewest others.
    [[nodiscard]] std::vector<QPointF> freest(const Line& line, double shift)
    {
        constexpr std::size_t most = 2'000; // nodes: with more it is the plainest
        auto ways = waysBetween(m_nodes[line.from].box, m_nodes[line.to].box, shift);
        std::size_t best = 0;
        std::size_t fewest = m_nodes.size() + 1;
        for (std::size_t i = 0; i < ways.size() && m_nodes.size() <= most && m_budget.spend(m_nodes.size()); ++i) {
            std::size_t crossed = 0;
            for (std::uint32_t node = 0; node < m_nodes.size(); ++node) {
                crossed += node != line.from && node != line.to && crosses(ways[i], m_nodes[node].box) ? 1 : 0;
            }
            if (crossed < fewest) {
                fewest = crossed;
                best = i;
            }
        }
        return std::move(ways[best]);
    }

    // Pieces lie along the axes.
    [[nodiscard]] static bool crosses(const std::vector<QPointF>& way, const QRectF& box)
    {
        for (std::size_t k = 0; k + 1 < way.size(); ++k) {
            const QRectF piece = QRectF(way[k], way[k + 1]).normalized().adjusted(-2, -2, 2, 2); // and what is too near
            if (piece.intersects(box)) {
                return true;
            }
        }
        return false;
    }

    ThreatDrawing finish()
    {
        QRectF all;
        for (const auto& node : m_nodes) {
            all |= node.box;
        }
        for (const auto& frame : m_frames) {
            all |= frame.box;
        }
        for (const auto& line : m_lines) {
            for (const auto& point : line.points) {
                all |= QRectF(point, QSizeF(1, 1));
            }
        }
        m_out.origin = all.topLeft();
        for (auto& node : m_nodes) {
            node.box.translate(-m_out.origin);
        }
        for (auto& frame : m_frames) {
            frame.box.translate(-m_out.origin);
        }
        const auto worst = worstOf(m_model);
        std::vector<widgets::SceneEdge> edges;
        std::vector<QPointF> points;
        for (std::uint32_t i = 0; i < m_lines.size(); ++i) {
            const auto& line = m_lines[i];
            const auto& flow = m_model.flows[m_out.flows[i]];
            widgets::SceneEdge edge{line.from, line.to, static_cast<std::uint32_t>(points.size()),
                static_cast<std::uint32_t>(line.points.size()), widgets::shownText(flow.name), false, {}};
            edge.mark = markOf(flow.id);
            if (const auto found = worst.find(flow.id); found != worst.end()) {
                edge.sign = found->second;
            }
            edges.push_back(std::move(edge));
            for (const auto& point : line.points) {
                points.push_back(point - m_out.origin);
            }
        }
        m_out.scene = std::make_shared<const widgets::GraphScene>(
            std::move(m_nodes), std::move(edges), std::move(points), all.size(), std::move(m_frames), true);
        return std::move(m_out);
    }

    const threats::Overlaid& m_overlaid;
    const threats::ThreatModel& m_model;
    const SceneMarks& m_marks;
    Budget& m_budget;
    std::map<std::string, std::string> m_made; // zone by element, as the scan has it
    std::map<std::string, std::uint32_t> m_nodeOf;
    std::map<std::string, std::uint32_t> m_groups; // by zone, of the laid out drawing
    std::vector<widgets::SceneNode> m_nodes;
    std::vector<bool> m_placed; // by node: by a person, or into the zone that a person drew
    std::vector<std::vector<std::uint32_t>> m_members; // nodes by zone
    std::vector<bool> m_aside; // by node: of something that a person placed
    std::vector<Line> m_lines; // by flow that is drawn
    std::vector<SceneFrame> m_frames;
    std::vector<std::uint32_t> m_at; // by node: in the laid out drawing; none
    widgets::GraphScenePtr m_laid;
    std::shared_ptr<widgets::SceneMemory> m_memory; // for the next time; null: nothing was laid out
    ThreatDrawing m_out;
};

} // namespace

ThreatDrawing drawThreats(const threats::Overlaid& overlaid, const threats::ThreatModel& generated,
    const widgets::SceneMemoryPtr& before, Budget& budget, const SceneMarks& marks)
{
    return Drawer(overlaid, generated, budget, marks).draw(before);
}

} // namespace cupel::app
