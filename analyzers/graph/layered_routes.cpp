// SPDX-License-Identifier: GPL-3.0-or-later
// Lines with right angles: down, along a track between two layers, down. Lines of one node share a track, those of
// different nodes have tracks of their own as long as there is room.
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <cmath>

namespace cupel::graph {

namespace {

constexpr std::uint32_t mostTracks = 24; // between two layers; beyond that lines share

class Router {
public:
    Router(const Part& part, const Layers& layers, const std::vector<double>& along, const LayoutOptions& options,
        const std::vector<double>& rows)
        : m_part(part)
        , m_layers(layers)
        , m_along(along)
        , m_options(options)
        , m_rows(rows)
        , m_down(options.direction == Direction::Down)
        , m_track(layers.count())
        , m_top(layers.order.size())
        , m_depth(layers.order.size())
        , m_gapTop(layers.order.size())
    {
    }

    Drawn run()
    {
        double at = 0;
        double base = std::numeric_limits<double>::quiet_NaN();
        for (std::size_t rank = 0; rank < m_layers.order.size(); ++rank) {
            double depth = 0;
            for (const Node node : m_layers.order[rank]) {
                depth = std::max(depth, depthOf(node));
            }
            if (rank < m_rows.size() && !std::isnan(m_rows[rank])) {
                base = std::isnan(base) ? at + depth / 2 - m_rows[rank] : base;
                at = std::max(at, base + m_rows[rank] - depth / 2);
            }
            m_top[rank] = at;
            m_depth[rank] = depth;
            m_gapTop[rank] = at + depth + m_options.rankGap / 2.0;
            const auto tracks = layTracks(rank);
            at += depth + m_options.rankGap + m_options.trackGap * static_cast<float>(tracks > 0 ? tracks - 1 : 0);
        }
        m_end = m_top.back() + m_depth.back();
        measure();
        Drawn out;
        for (Node node = 0; node < m_layers.real; ++node) {
            out.nodes.push_back(point(m_along[node], middle(node)));
        }
        for (std::uint32_t arc = 0; arc < m_part.arcs.size(); ++arc) {
            out.arcs.push_back(corners(arc));
        }
        const auto size = point(m_last, m_end);
        out.size = {size.x, size.y};
        return out;
    }

private:
    [[nodiscard]] double depthOf(Node node) const
    {
        return m_layers.isTurn(node) ? 0
            : m_down                 ? static_cast<double>(m_part.sizes[node].height)
                                     : static_cast<double>(m_part.sizes[node].width);
    }
    [[nodiscard]] double middle(Node node) const
    {
        const auto rank = m_layers.rank[node];
        return m_top[rank] + m_depth[rank] / 2;
    }
    [[nodiscard]] Point point(double along, double across) const
    {
        const auto x = static_cast<float>(along - m_first);
        const auto y = static_cast<float>(across);
        return m_down ? Point{x, y} : Point{y, x};
    }

    void measure()
    {
        m_first = std::numeric_limits<double>::max();
        m_last = 0;
        double last = std::numeric_limits<double>::lowest();
        for (Node node = 0; node < m_layers.count(); ++node) {
            const double half = m_layers.isTurn(node) ? 0
                : m_down                              ? m_part.sizes[node].width / 2.0
                                                      : m_part.sizes[node].height / 2.0;
            m_first = std::min(m_first, m_along[node] - half);
            last = std::max(last, m_along[node] + half);
        }
        m_last = last;
    }

    struct Net {
        Node node = 0;
        double from = 0;
        double to = 0;
    };

    // Intervals that do not touch share a track. How many there are.
    std::uint32_t layTracks(std::size_t rank)
    {
        std::vector<Net> nets;
        for (const Node node : m_layers.order[rank]) {
            Net net{node, m_along[node], m_along[node]};
            for (const auto* other = m_layers.below.begin(node); other != m_layers.below.end(node); ++other) {
                net.from = std::min(net.from, m_along[*other]);
                net.to = std::max(net.to, m_along[*other]);
            }
            if (net.to - net.from > 0.5) {
                nets.push_back(net);
            }
        }
        std::stable_sort(nets.begin(), nets.end(), [](const Net& a, const Net& b) { return a.from < b.from; });
        std::vector<double> ends;
        for (const Net& net : nets) {
            std::uint32_t track = 0;
            while (track < ends.size() && ends[track] > net.from - m_options.trackGap) {
                ++track;
            }
            if (track == ends.size() && track < mostTracks) {
                ends.push_back(0);
            } else if (track == ends.size()) { // the one that is free first
                track = static_cast<std::uint32_t>(std::min_element(ends.begin(), ends.end()) - ends.begin());
            }
            ends[track] = std::max(ends[track], net.to);
            m_track[net.node] = track;
        }
        return static_cast<std::uint32_t>(ends.size());
    }

    void add(std::vector<Point>& out, Point next) const
    {
        if (!out.empty() && out.back() == next) {
            return;
        }
        if (out.size() >= 2) { // no corner where the line goes on straight
            const Point a = out[out.size() - 2];
            const Point b = out.back();
            if ((a.x == b.x && b.x == next.x) || (a.y == b.y && b.y == next.y)) {
                out.back() = next;
                return;
            }
        }
        out.push_back(next);
    }

    [[nodiscard]] std::vector<Point> corners(std::uint32_t arc) const
    {
        std::vector<Point> out;
        const Node from = m_part.arcs[arc].from;
        const Node to = m_part.arcs[arc].to;
        add(out, point(m_along[from], middle(from) + depthOf(from) / 2));
        for (const auto* link = m_layers.path.begin(arc); link != m_layers.path.end(arc); ++link) {
            const Node upper = m_layers.links[*link].from;
            const Node lower = m_layers.links[*link].to;
            if (std::abs(m_along[upper] - m_along[lower]) <= 0.5) {
                add(out, point(m_along[upper], m_gapTop[m_layers.rank[upper]]));
                continue;
            }
            const double track = m_gapTop[m_layers.rank[upper]] + m_track[upper] * double{m_options.trackGap};
            add(out, point(m_along[upper], track));
            add(out, point(m_along[lower], track));
        }
        add(out, point(m_along[to], middle(to) - depthOf(to) / 2));
        return out;
    }

    const Part& m_part;
    const Layers& m_layers;
    const std::vector<double>& m_along;
    const LayoutOptions& m_options;
    const std::vector<double>& m_rows;
    bool m_down;
    std::vector<std::uint32_t> m_track; // below a node
    std::vector<double> m_top; // of a rank
    std::vector<double> m_depth;
    std::vector<double> m_gapTop; // its first track below
    double m_first = 0;
    double m_last = 0;
    double m_end = 0;
};

} // namespace

Drawn route(const Part& part, const Layers& layers, const std::vector<double>& along, const LayoutOptions& options,
    const std::vector<double>& rows)
{
    return Router(part, layers, along, options, rows).run();
}

} // namespace cupel::graph
