// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of a model and what flows between them. Read only when somebody looks at it, never by a scan; kept up
// to its limits. Every text comes out of the file: whoever shows it masks it.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel {

struct GraphAttribute {
    std::string name;
    std::string value; // printable, shortened
};

struct GraphNode {
    enum class Kind : std::uint8_t { Operator, Input, Output, Constant };
    Kind kind = Kind::Operator;
    std::string op; // "Conv"; of inputs and outputs empty
    std::string domain; // of operators that are not the format's own
    std::string name; // may be empty
    std::string scope; // what it belongs to, parts separated by '/'; may be empty
    std::vector<GraphAttribute> attributes; // at most ModelGraph::mostParts
    std::vector<std::string> inputs; // names of tensors, also of those that no node makes; at most mostParts
    std::vector<std::string> outputs;
    ByteRange bytes; // in the text of the artifact
};

struct GraphEdge {
    std::uint32_t from = 0; // node
    std::uint32_t to = 0;
    std::string tensor; // may be empty
};

struct ModelGraph {
    static constexpr std::size_t mostNodes = 100'000;
    static constexpr std::size_t mostEdges = 300'000;
    static constexpr std::size_t mostParts = 48;
    static constexpr std::size_t longestText = 200;
    static constexpr std::size_t longestScope = 400;

    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    std::uint64_t nodeCount = 0; // there are
    std::uint64_t edgeCount = 0;
    bool stopped = false; // reading ended before the file did

    [[nodiscard]] bool complete() const { return !stopped && nodes.size() == nodeCount && edges.size() == edgeCount; }
};

} // namespace cupel
