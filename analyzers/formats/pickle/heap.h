// SPDX-License-Identifier: GPL-3.0-or-later
// Containers, names and calls of the symbolic machine, in memory that does not grow with the file: containers keep
// their first elements, and when there is no more room everything out of reach goes, then the oldest of what only the
// memo holds. What goes stays behind as a spilled value.
#pragma once

#include "analyzers/formats/pickle/value.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::pickle {

struct Node {
    NodeKind kind = NodeKind::Tuple;
    std::uint8_t how = 0; // opcode of a call
    std::uint16_t marks = 0; // NodeMark
    std::uint32_t name = 0; // Global: index of its fact; Call: number of its variable; Text: index of the text
    std::uint64_t at = 0; // offset of the opcode that made it
    Value callee; // Call; Persistent: the id
    Value arguments; // Call
    Value state; // Call: keyword arguments, later what BUILD gave it
    std::uint32_t first = 0; // elements kept; of dicts key and value in turn
    std::uint32_t kept = 0;
    std::uint32_t room = 0;
    std::uint64_t total = 0; // elements there are
    double weight = 1; // leaves, when everything shared is written out
};

class Heap {
public:
    static constexpr std::size_t mostNodes = 1 << 17;
    static constexpr std::size_t mostItems = 1 << 20;
    static constexpr std::uint32_t mostKept = 256; // elements of one container
    static constexpr std::size_t mostText = 4 << 20; // bytes of texts put together

    void clear();
    [[nodiscard]] Value make(NodeKind kind, std::uint64_t at);
    [[nodiscard]] Value makeText(std::string_view text, bool bytes, std::uint64_t at); // Unknown: no room
    [[nodiscard]] Node* node(Value value) { return value.isNode() ? &m_nodes[value.payload()] : nullptr; }
    [[nodiscard]] const Node* node(Value value) const { return value.isNode() ? &m_nodes[value.payload()] : nullptr; }
    [[nodiscard]] std::string_view text(const Node& node) const { return m_texts[node.name]; }
    // Adds elements to a container; beyond mostKept they are only counted.
    void append(Value container, std::span<const Value> values);
    [[nodiscard]] std::span<const Value> items(const Node& node) const
    {
        return std::span(m_items).subspan(node.first, node.kept);
    }
    // Time for collect(): before the next opcode, never in the middle of one.
    [[nodiscard]] bool isFull() const
    {
        return m_nodes.size() > mostNodes - 1'024 || m_items.size() > mostItems - 16'384;
    }
    // Keeps what the roots reach, first roots first, up to half of the room. Roots are rewritten.
    void collect(std::span<const std::span<Value>> roots);
    [[nodiscard]] double weight(Value value) const { return value.isNode() ? m_nodes[value.payload()].weight : 1; }

private:
    class Collector;
    std::vector<Node> m_nodes;
    std::vector<Value> m_items;
    std::vector<std::string> m_texts;
    std::size_t m_textBytes = 0;
};

} // namespace cupel::formats::pickle
