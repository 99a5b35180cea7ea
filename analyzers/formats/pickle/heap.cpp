// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/heap.h"

#include <algorithm>

namespace cupel::formats::pickle {

void Heap::clear()
{
    m_nodes.clear();
    m_items.clear();
    m_texts.clear();
    m_textBytes = 0;
}

Value Heap::make(NodeKind kind, std::uint64_t at)
{
    if (m_nodes.size() >= mostNodes) {
        return Value::spilled(kind, at);
    }
    Node node;
    node.kind = kind;
    node.at = at;
    m_nodes.push_back(node);
    return {Tag::Node, m_nodes.size() - 1};
}

Value Heap::makeText(std::string_view text, bool bytes, std::uint64_t at)
{
    if (m_textBytes + text.size() > mostText) {
        return {};
    }
    const auto value = make(bytes ? NodeKind::ByteText : NodeKind::Text, at);
    if (auto* made = node(value)) {
        made->name = static_cast<std::uint32_t>(m_texts.size());
        m_texts.emplace_back(text);
        m_textBytes += text.size();
    }
    return value;
}

void Heap::append(Value container, std::span<const Value> values)
{
    auto* target = node(container);
    if (!target) {
        return;
    }
    double added = 0;
    for (const auto value : values) {
        added += weight(value);
    }
    target->weight += added;
    target->total += values.size();
    const auto take = static_cast<std::uint32_t>(std::min<std::size_t>(values.size(), mostKept - target->kept));
    if (take == 0 || m_items.size() + target->kept + take > mostItems) {
        return;
    }
    if (target->kept + take > target->room) {
        const auto room = std::max({target->kept + take, std::min(target->room * 2, mostKept)});
        const auto first = static_cast<std::uint32_t>(m_items.size());
        m_items.resize(m_items.size() + room);
        std::copy_n(m_items.begin() + target->first, target->kept, m_items.begin() + first);
        target->first = first;
        target->room = room;
    }
    std::copy_n(values.begin(), take, m_items.begin() + target->first + target->kept);
    target->kept += take;
}

// Copies breadth first, as Cheney did: the new nodes are the list of work.
class Heap::Collector {
public:
    explicit Collector(Heap& heap)
        : m_heap(heap)
        , m_moved(heap.m_nodes.size(), none)
    {
    }

    void root(Value& value)
    {
        value = moved(value);
        while (m_done < m_nodes.size()) {
            scan(m_done++);
        }
    }

    void finish()
    {
        m_heap.m_nodes = std::move(m_nodes);
        m_heap.m_items = std::move(m_items);
        m_heap.m_texts = std::move(m_texts);
        m_heap.m_textBytes = m_textBytes;
        m_heap.m_nodes.reserve(mostNodes);
    }

private:
    static constexpr auto none = ~std::uint32_t{0};

    Value moved(Value value)
    {
        if (!value.isNode()) {
            return value;
        }
        auto& place = m_moved[value.payload()];
        if (place != none) {
            return {Tag::Node, place};
        }
        const auto& old = m_heap.m_nodes[value.payload()];
        if (m_nodes.size() >= mostNodes / 2 || m_items.size() + old.kept > mostItems / 2) {
            return Value::spilled(old.kind, old.at);
        }
        place = static_cast<std::uint32_t>(m_nodes.size());
        Node node = old;
        node.first = static_cast<std::uint32_t>(m_items.size());
        node.room = node.kept;
        const auto items = m_heap.items(old);
        m_items.insert(m_items.end(), items.begin(), items.end());
        if (node.kind == NodeKind::Text || node.kind == NodeKind::ByteText) {
            node.name = static_cast<std::uint32_t>(m_texts.size());
            m_texts.push_back(m_heap.m_texts[old.name]);
            m_textBytes += m_texts.back().size();
        }
        m_nodes.push_back(node);
        return {Tag::Node, place};
    }

    void scan(std::size_t index)
    {
        const auto callee = moved(m_nodes[index].callee);
        const auto arguments = moved(m_nodes[index].arguments);
        const auto state = moved(m_nodes[index].state);
        m_nodes[index].callee = callee;
        m_nodes[index].arguments = arguments;
        m_nodes[index].state = state;
        const auto first = m_nodes[index].first;
        for (std::uint32_t i = 0; i < m_nodes[index].kept; ++i) {
            const auto item = moved(m_items[first + i]);
            m_items[first + i] = item;
        }
    }

    Heap& m_heap;
    std::vector<std::uint32_t> m_moved;
    std::vector<Node> m_nodes;
    std::vector<Value> m_items;
    std::vector<std::string> m_texts;
    std::size_t m_textBytes = 0;
    std::size_t m_done = 0;
};

void Heap::collect(std::span<const std::span<Value>> roots)
{
    Collector collector(*this);
    for (const auto group : roots) {
        for (auto& value : group) {
            collector.root(value);
        }
    }
    collector.finish();
}

} // namespace cupel::formats::pickle
