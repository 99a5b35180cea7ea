// SPDX-License-Identifier: GPL-3.0-or-later
// Containers, names and calls of the symbolic machine, in memory that does not grow with the file: containers keep
// their first elements. There are two halves of room. When the young one is full, what is still needed of the old one
// moves together, the rest of it goes, and the halves change places: what was made last is never touched. What goes
// stays behind as a spilled value.
#pragma once

#include "analyzers/formats/pickle/pool.h"
#include "analyzers/formats/pickle/value.h"

#include <array>
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
    std::uint16_t kept = 0; // at most Heap::mostKept
    std::uint16_t room = 0;
    std::uint64_t total = 0; // elements there are
    double weight = 1; // leaves, when everything shared is written out
};
static_assert(sizeof(Node) == 64); // a line of the cache: dense pickles make millions

class Heap {
public:
    static constexpr std::size_t mostNodes = 1 << 17;
    static constexpr std::size_t mostItems = 1 << 20;
    static constexpr std::uint32_t mostKept = 256; // elements of one container
    static constexpr std::size_t mostText = 4 << 20; // bytes of texts put together

    void clear();
    [[nodiscard]] Value make(NodeKind kind, std::uint64_t at)
    {
        m_objects[m_young] += kind > NodeKind::FrozenSet && m_nodes[m_young].size() < halfNodes ? 1 : 0;
        return makeContainer(kind, at);
    }
    // Up to FrozenSet: a few instructions less.
    [[nodiscard]] Value makeContainer(NodeKind kind, std::uint64_t at)
    {
        auto& nodes = m_nodes[m_young];
        const auto place = nodes.size();
        if (place >= fullNodes) [[unlikely]] {
            m_full = true;
            if (place >= halfNodes) {
                return Value::spilled(kind, at);
            }
        }
        auto& node = *nodes.add(1);
        node = Node{};
        node.kind = kind;
        node.at = at;
        return reference(m_young, place);
    }
    [[nodiscard]] Value makeText(std::string_view text, bool bytes, std::uint64_t at); // Unknown: no room
    [[nodiscard]] Node* node(Value value) { return value.isNode() ? &at(value) : nullptr; }
    [[nodiscard]] const Node* node(Value value) const { return value.isNode() ? &at(value) : nullptr; }
    [[nodiscard]] std::string_view text(const Node& node) const { return m_texts[node.name]; }
    // Adds elements to a container; beyond mostKept they are only counted.
    void append(Value container, std::span<const Value> values)
    {
        if (auto* target = node(container)) {
            append(*target, values);
        }
    }
    void append(Node& target, std::span<const Value> values)
    {
        constexpr std::size_t few = 8; // nearly all containers of large files get theirs at once
        auto& items = m_items[m_young];
        if (target.room > 0 || values.empty() || values.size() > few || items.size() + few > halfItems) {
            appendMore(target, values);
            return;
        }
        target.first = static_cast<std::uint32_t>(items.size() | (m_young << 31));
        target.kept = target.room = static_cast<std::uint16_t>(values.size());
        Sum sum;
        for (auto* to = items.add(values.size()); const auto value : values) {
            *to++ = value;
            add(value, sum);
        }
        settle(target, sum);
        m_full = m_full || items.size() > fullItems;
    }
    [[nodiscard]] std::span<const Value> items(const Node& node) const
    {
        return {m_items[node.first >> 31].data() + (node.first & placeMask), node.kept};
    }
    // Time to collect: before the next opcode, never in the middle of one.
    [[nodiscard]] bool isFull() const { return m_full; }
    [[nodiscard]] double weight(Value value) const { return value.isNode() ? at(value).weight : 1; }

    class Collector;

private:
    static constexpr std::size_t halfNodes = mostNodes / 2;
    static constexpr std::size_t halfItems = mostItems / 2;
    static constexpr std::uint32_t placeMask = 0x7FFF'FFFF; // Node::first: the top bit says in which half

    static constexpr std::size_t fullNodes = halfNodes - 1'024;
    static constexpr std::size_t fullItems = halfItems - 16'384;

    void appendMore(Node& target, std::span<const Value> values);
    // Of elements that are added: how many are no nodes, and what the others weigh.
    struct Sum {
        std::uint64_t plain = 0;
        std::uint64_t nodes = 0;
        double weight = 0;
        bool old = false; // one of them is in the old half
    };
    void add(Value value, Sum& sum) const
    {
        if (value.isNode()) {
            ++sum.nodes;
            sum.weight += at(value).weight;
            sum.old = sum.old || value.payload() / halfNodes != m_young;
        } else {
            ++sum.plain;
        }
    }
    void settle(Node& target, const Sum& sum)
    {
        target.weight += sum.weight + static_cast<double>(sum.plain);
        target.total += sum.plain + sum.nodes;
        if (sum.old) {
            leadsBack(target);
        }
    }
    void leadsBack(const Node& target);
    static Value reference(std::size_t half, std::size_t place) { return {Tag::Node, half * halfNodes + place}; }
    [[nodiscard]] Node& at(Value value) { return m_nodes[value.payload() / halfNodes][value.payload() % halfNodes]; }
    [[nodiscard]] const Node& at(Value value) const
    {
        return m_nodes[value.payload() / halfNodes][value.payload() % halfNodes];
    }
    [[nodiscard]] std::span<Value> itemsOf(const Node& node)
    {
        return {m_items[node.first >> 31].data() + (node.first & placeMask), node.kept};
    }

    std::array<Pool<Node>, 2> m_nodes;
    std::array<Pool<Value>, 2> m_items; // of a half's nodes, and of older ones that grew while it was young
    std::array<std::size_t, 2> m_objects{}; // nodes of a half that are no plain containers
    std::size_t m_survivors = 0; // the first nodes of the young half are older than all others
    std::vector<std::uint32_t> m_leadingBack; // younger containers that hold something of the old half
    std::size_t m_young = 0;
    bool m_full = false;
    // What a collection works with, kept for the next one.
    struct Room {
        std::vector<std::uint32_t> moved; // where to, by place in the old half
        std::vector<Node> nodes;
        std::vector<Value> items;
    };
    Room m_room;
    std::vector<std::string> m_texts;
    std::vector<std::uint32_t> m_freeTexts; // places there that hold nothing any more
    std::size_t m_textBytes = 0;
};

// One collection. Keeps up to half of the old half: first come, first kept.
class Heap::Collector {
public:
    explicit Collector(Heap& heap);
    // Keeps what this reaches; it may become another value.
    void root(Value& value)
    {
        if (isOld(value)) {
            keepReached(value);
        }
    }
    // What the young nodes reach.
    void young();
    // Whether the old half holds more than plain containers.
    [[nodiscard]] bool hasObjects() const { return m_heap.m_objects[m_old] > 0; }
    // Nodes of the memo, which nothing else may ever ask for, first those that are no plain containers: they stay while
    // there is room. Of plain ones the few that come first do.
    void rememberedObject(Value value); // to be told again as remembered
    void remembered(Value& value)
    {
        if (!isOld(value)) {
            return;
        }
        const auto place = value.payload() % halfNodes;
        if (m_plain >= mostPlain && m_moved[place] == none) {
            const auto& node = m_heap.m_nodes[m_old][place];
            value = Value::spilled(node.kind, node.at);
        } else {
            keep(value);
        }
    }
    void finish();

private:
    static constexpr auto none = ~std::uint32_t{0};
    static constexpr std::size_t mostPlain = 1 << 13; // nodes kept for plain containers of the memo
    [[nodiscard]] bool isOld(Value value) const { return value.isNode() && value.payload() / halfNodes == m_old; }
    void keep(Value& value);
    void keepReached(Value& value);
    [[nodiscard]] Value moved(Value value);
    void rewrite(Node& node, std::span<Value> items);
    void follow();

    Heap& m_heap;
    std::size_t m_old;
    std::vector<std::uint32_t>& m_moved;
    std::vector<Node>& m_nodes;
    std::vector<Value>& m_items;
    std::size_t m_done = 0;
    std::size_t m_plain = 0; // nodes kept so far
};

} // namespace cupel::formats::pickle
