// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/drawing_kit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cupel::report::kit {

namespace {

constexpr double letters = 7.5; // of a title, in points of paper
constexpr double smallLetters = 6.5;
constexpr double margin = 6;
constexpr double sign = 9;

graph::Layout laidOut(const graph::Graph& graph, graph::Direction direction, Budget& budget)
{
    graph::LayoutOptions options;
    options.direction = direction;
    options.rankGap = direction == graph::Direction::Right ? 52 : 34; // room for the name of a flow
    options.nodeGap = 14;
    options.lineGap = 10;
    options.componentGap = 20;
    return graph::layOut(graph, options, budget);
}

double scaleOf(const graph::Size& size)
{
    return std::min({1.0, (Drawing::widest - 2 * margin) / std::max(static_cast<double>(size.width), 1.0),
        (Drawing::highest - 2 * margin) / std::max(static_cast<double>(size.height), 1.0)});
}

void addTip(Drawing& drawing, const DrawnPoint& before, const DrawnPoint& end, Ink ink)
{
    const double dx = end.x - before.x;
    const double dy = end.y - before.y;
    const double length = std::hypot(dx, dy);
    if (length < 0.1) {
        return;
    }
    constexpr double along = 5;
    constexpr double across = 2.2;
    const DrawnPoint back{end.x - dx / length * along, end.y - dy / length * along};
    const double sideX = -dy / length * across;
    const double sideY = dx / length * across;
    drawing.parts.emplace_back(
        DrawnLine{{end, {back.x + sideX, back.y + sideY}, {back.x - sideX, back.y - sideY}}, ink, 0, false, true});
}

} // namespace

void addNode(Drawing& drawing, const Node& node, const DrawnBox& place)
{
    DrawnBox box = place;
    box.radius = std::min(node.radius, box.height / 2);
    box.fill = node.outside ? Ink::Ground : Ink::Third;
    box.line = Ink::Border;
    box.dashed = node.outside;
    drawing.parts.emplace_back(box);
    const double left = box.x + 5;
    const double room = box.width - 10 - (node.sign ? sign + 3 : 0);
    const bool two = !node.detail.empty() && box.height >= 2.5 * letters;
    const double high = two ? letters * 1.25 + smallLetters * 1.25 : letters * 1.25;
    const double top = box.y + (box.height - high) / 2;
    drawing.parts.emplace_back(
        DrawnText{left, top, room, letters, node.title, node.outside ? Ink::Second : Ink::Text, !node.outside, false});
    if (two) {
        drawing.parts.emplace_back(
            DrawnText{left, top + letters * 1.25, room, smallLetters, node.detail, Ink::Second, false, false});
    }
    if (node.sign) {
        drawing.parts.emplace_back(DrawnSign{
            box.x + box.width - sign - 4, box.y + (box.height - sign) / 2, sign, static_cast<int>(*node.sign)});
    }
}

void addRoute(Drawing& drawing, std::vector<DrawnPoint> points, const Link& link)
{
    if (points.size() < 2) {
        return;
    }
    const Ink ink = link.crosses ? Ink::Text : Ink::Muted;
    addTip(drawing, points[points.size() - 2], points.back(), ink);
    drawing.parts.emplace_back(DrawnLine{std::move(points), ink, link.crosses ? 1.2 : 0.75, link.open, false});
}

void addLabel(Drawing& drawing, LabelRoom& room, const std::vector<DrawnPoint>& points, const std::string& label)
{
    if (label.empty() || points.size() < 2) {
        return;
    }
    // On a level piece: where lines run side by side across the flow, their words would lie on each other.
    constexpr double shortest = 14;
    std::vector<std::pair<double, std::size_t>> pieces;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double across = std::abs(points[i].x - points[i - 1].x);
        const bool level = across > 2 * std::abs(points[i].y - points[i - 1].y);
        if ((level && across > shortest) || points.size() == 2) {
            pieces.emplace_back(-across, i);
        }
    }
    std::sort(pieces.begin(), pieces.end());
    const double width = std::min(64.0, static_cast<double>(label.size()) * smallLetters * 0.55 + 4);
    for (const auto& [length, end] : pieces) {
        for (const double along : {0.5, 0.35, 0.65, 0.2, 0.8}) {
            const DrawnPoint& from = points[end - 1];
            const DrawnPoint& to = points[end];
            const double x =
                std::clamp(from.x + (to.x - from.x) * along - width / 2, 0.0, std::max(drawing.width - width, 0.0));
            const double y = from.y + (to.y - from.y) * along - smallLetters * 0.65;
            const DrawnBox box{x, y, width, smallLetters * 1.3, 1, Ink::Ground, Ink::None, false};
            if (room.saysAlready(box, label)) {
                return;
            }
            if (room.isFree(box)) {
                room.takeWord(box, label);
                drawing.parts.emplace_back(box);
                drawing.parts.emplace_back(DrawnText{x, y, width, smallLetters, label, Ink::Second, false, true});
                return;
            }
        }
    }
    // Where there is no room it is said in words alone.
}

std::optional<Drawing> drawInLayers(const std::vector<Node>& nodes, const std::vector<Link>& links, double smallest,
    Budget& budget, std::vector<graph::Point>* centres)
{
    graph::Graph graph;
    graph.nodes.assign(nodes.size(), {static_cast<float>(nodeWidth), static_cast<float>(nodeHeight)});
    for (const Link& link : links) {
        graph.edges.push_back({link.from, link.to});
    }
    graph::Layout layout = laidOut(graph, graph::Direction::Right, budget);
    if (!layout.complete) {
        return std::nullopt;
    }
    if (centres) {
        *centres = layout.nodes;
    }
    if (scaleOf(layout.size) < 1) {
        graph::Layout down = laidOut(graph, graph::Direction::Down, budget);
        if (down.complete && scaleOf(down.size) > scaleOf(layout.size)) {
            layout = std::move(down);
        }
    }
    const double scale = scaleOf(layout.size);
    if (scale < smallest) {
        return std::nullopt;
    }
    Drawing out;
    out.width = layout.size.width * scale + 2 * margin;
    out.height = layout.size.height * scale + 2 * margin;
    const auto placed = [scale](const graph::Point& point) {
        return DrawnPoint{point.x * scale + margin, point.y * scale + margin};
    };
    std::vector<std::vector<DrawnPoint>> routes(links.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        for (auto corner = layout.routeStart[i]; corner < layout.routeStart[i + 1]; ++corner) {
            routes[i].push_back(placed(layout.routes[corner]));
        }
        addRoute(out, routes[i], links[i]);
    }
    const auto boxOf = [&](std::size_t node) {
        const DrawnPoint centre = placed(layout.nodes[node]);
        const double width = nodeWidth * scale;
        const double height = nodeHeight * scale;
        return DrawnBox{centre.x - width / 2, centre.y - height / 2, width, height, 0, Ink::None, Ink::None, false};
    };
    LabelRoom room;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        room.take(boxOf(i));
    }
    for (const auto& route : routes) {
        room.takeTip(route);
    }
    for (std::size_t i = 0; i < links.size(); ++i) {
        addLabel(out, room, routes[i], links[i].label);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        addNode(out, nodes[i], boxOf(i));
        out.told.push_back(nodes[i].whole);
    }
    return out;
}

} // namespace cupel::report::kit
