// SPDX-License-Identifier: GPL-3.0-or-later
// What the steps of a layered layout hand to each other: one connected part of the graph, its ranks, and the layers
// with the turning points of long edges as nodes of their own. Inside of analyzers/graph only.
#pragma once

#include "analyzers/graph/layered_layout.h"

#include <cstddef>
#include <limits>

namespace cupel::graph {

using Node = std::uint32_t;
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Lists in one array: those of `i` are items[start[i]] up to items[start[i + 1]].
struct Lists {
    std::vector<std::uint32_t> start;
    std::vector<std::uint32_t> items;

    [[nodiscard]] const std::uint32_t* begin(std::uint32_t i) const { return items.data() + start[i]; }
    [[nodiscard]] const std::uint32_t* end(std::uint32_t i) const { return items.data() + start[i + 1]; }
    [[nodiscard]] std::uint32_t size(std::uint32_t i) const { return start[i + 1] - start[i]; }
};
// `count` lists; pair k goes into list keys[k] with the item items[k], in the order of k.
[[nodiscard]] Lists makeLists(
    std::uint32_t count, const std::vector<std::uint32_t>& keys, const std::vector<std::uint32_t>& items);

// From above to below: cycles are broken, edges between the same two nodes are one.
struct Arc {
    Node from = 0;
    Node to = 0;
    std::uint32_t weight = 1;
};

// One connected part.
struct Part {
    std::vector<Size> sizes;
    std::vector<Arc> arcs;
};

// Ranks from 0, every arc goes at least one down, and the sum of their lengths is as small as the work allows.
[[nodiscard]] std::vector<std::uint32_t> rank(const Part& part, Budget& budget);

// Nodes below `real` are those of the part, the others turning points. Links only join neighbouring layers.
struct Layers {
    std::uint32_t real = 0;
    std::vector<std::uint32_t> rank; // by node
    std::vector<Arc> links;
    Lists below; // by node: the nodes that its links lead to
    Lists above;
    // By arc: the links it consists of, above to below; empty: too long, drawn straight.
    Lists path;
    // Order inside of each layer.
    std::vector<std::vector<Node>> order; // by rank
    std::vector<std::uint32_t> position; // by node

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(rank.size()); }
    [[nodiscard]] bool isTurn(Node node) const { return node >= real; }
};

[[nodiscard]] Layers makeLayers(const Part& part, const std::vector<std::uint32_t>& ranks);
// Few crossings. False: stopped.
[[nodiscard]] bool reduceCrossings(Layers& layers, Budget& budget);
[[nodiscard]] std::uint64_t countCrossings(const Layers& layers);
// Marked nodes go to the best places near them; all others stay in their order.
void sift(Layers& layers, const std::vector<bool>& marked, Budget& budget);
// Places along the layers, by node; nothing overlaps. Empty: stopped.
[[nodiscard]] std::vector<double> place(
    const Layers& layers, const std::vector<Size>& sizes, const LayoutOptions& options, Budget& budget);

// Places of a layer's nodes as near to where they want to be as its order and the gaps let them.
class Settler {
public:
    Settler(const Layers& layers, const std::vector<Size>& sizes, const LayoutOptions& options);
    // `weight`: how much it costs to move a node away from where it wants to be; both by node.
    void settle(std::size_t rank, const std::vector<double>& wanted, const std::vector<double>& weight,
        std::vector<double>& along);

private:
    struct Block {
        double sum = 0;
        double weight = 0;
        std::size_t last = 0;
    };
    const Layers& m_layers;
    const LayoutOptions& m_options;
    std::vector<double> m_half; // of the extent along the layer
    std::vector<double> m_shift; // of each behind the first, when all touch
    std::vector<Block> m_blocks;
};
// Long lines straighter, ends of short ones nearer, where that takes crossings of straight lines away.
void straighten(const Layers& layers, const std::vector<Arc>& arcs, Settler& settler, std::vector<double>& along);

// Everything of one part, from (0, 0) on.
struct Drawn {
    std::vector<Point> nodes; // centres
    std::vector<std::vector<Point>> arcs; // corners, above to below
    Size size;
};
// `rows`: by rank, where its middle was: ranks come no nearer to each other. NaN: unknown; may be shorter.
[[nodiscard]] Drawn route(const Part& part, const Layers& layers, const std::vector<double>& along,
    const LayoutOptions& options, const std::vector<double>& rows = {});

} // namespace cupel::graph
