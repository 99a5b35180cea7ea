// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a graph together from nodes that name what they take and what they make. Names count inside of one name space
// and those within it: the graph of a branch sees the values of the graph around it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/model_graph.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::formats {

class GraphBuilder {
public:
    using Space = std::uint32_t;
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    // Names are looked for there too, when this space has none of that name; `none`: nowhere.
    Space addSpace(Space around = none);
    // `none` when there is no room; it is counted all the same.
    std::uint32_t add(GraphNode node);
    // The text has to live as long as the builder: a part of the file, or kept().
    void makes(Space space, std::string_view name, std::uint32_t node);
    void takes(Space space, std::string_view name, std::uint32_t node);
    // `name` may hold the tensor's number in it: what is shown on the edge.
    void takes(Space space, std::string_view name, std::uint32_t node, std::string_view shown);
    // To the node that is known as `taker` by now.
    void takesByName(Space space, std::string_view name, std::string_view taker);
    std::string_view kept(std::string text);
    void stop() { m_graph.stopped = true; }
    [[nodiscard]] GraphNode& node(std::uint32_t index) { return m_graph.nodes[index]; }
    [[nodiscard]] bool empty() const { return m_graph.nodes.empty(); }
    [[nodiscard]] bool full() const { return m_graph.nodes.size() >= ModelGraph::mostNodes || m_text > mostText; }

    void attribute(GraphNode& node, std::string_view name, std::string value);
    static void part(std::vector<std::string>& list, std::string_view name);
    [[nodiscard]] static std::string text(std::string_view bytes); // as it can be shown
    // "scope/part", at most ModelGraph::longestScope long however deep it lies.
    [[nodiscard]] static std::string joined(std::string_view scope, std::string_view part);

    // Joins what is taken to what is made. Call once, at the end.
    [[nodiscard]] ModelGraph finish(Budget& budget);

private:
    // A file may name one table a hundred thousand times: what comes of it is bounded, not what it reads.
    static constexpr std::size_t mostTaken = 2 * ModelGraph::mostEdges;
    static constexpr std::uint64_t mostText = 256 << 20; // bytes in all nodes
    struct Taken {
        Space space;
        std::uint32_t node;
        std::string_view name;
        std::string_view shown;
    };
    void join(const Taken& taken, Budget& budget);

    ModelGraph m_graph;
    std::vector<Space> m_around;
    std::vector<std::unordered_map<std::string_view, std::uint32_t>> m_made;
    std::vector<Taken> m_taken;
    std::size_t m_makes = 0;
    std::uint64_t m_text = 0;
    std::deque<std::string> m_kept;
};

} // namespace cupel::formats
