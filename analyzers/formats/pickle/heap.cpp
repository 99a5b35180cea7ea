// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/heap.h"

#include <algorithm>
#include <utility>

namespace cupel::formats::pickle {

void Heap::clear()
{
    for (const auto half : {0, 1}) {
        m_nodes[static_cast<std::size_t>(half)].clear();
        m_items[static_cast<std::size_t>(half)].clear();
    }
    m_objects = {};
    m_survivors = 0;
    m_leadingBack.clear();
    m_young = 0;
    m_full = false;
    m_texts.clear();
    m_freeTexts.clear();
    m_textBytes = 0;
}

Value Heap::makeText(std::string_view text, bool bytes, std::uint64_t at)
{
    if (m_textBytes + text.size() > mostText) {
        return {};
    }
    const auto value = make(bytes ? NodeKind::ByteText : NodeKind::Text, at);
    if (auto* made = node(value)) {
        if (m_freeTexts.empty()) {
            made->name = static_cast<std::uint32_t>(m_texts.size());
            m_texts.emplace_back(text);
        } else {
            made->name = m_freeTexts.back();
            m_freeTexts.pop_back();
            m_texts[made->name] = text;
        }
        m_textBytes += text.size();
    }
    return value;
}

void Heap::leadsBack(const Node& target)
{
    const auto& nodes = m_nodes[m_young];
    if (&target >= nodes.data() && &target < nodes.data() + nodes.size()) {
        m_leadingBack.push_back(static_cast<std::uint32_t>(&target - nodes.data()));
    }
}

void Heap::appendMore(Node& target, std::span<const Value> values)
{
    Sum sum;
    for (const auto value : values) {
        add(value, sum);
    }
    target.weight += sum.weight + static_cast<double>(sum.plain);
    target.total += values.size();
    const auto take = static_cast<std::uint32_t>(std::min<std::size_t>(values.size(), mostKept - target.kept));
    auto& items = m_items[m_young];
    if (take == 0 || items.size() + target.kept + take > halfItems) {
        return;
    }
    if (sum.old) {
        leadsBack(target);
    }
    if (target.kept + take > target.room) {
        const auto room = std::max(target.kept + take, std::min(std::uint32_t{target.room} * 2, mostKept));
        const auto first = items.size();
        const auto from = target.first;
        auto* to = items.add(room); // what is there may move with it
        to = std::copy_n(m_items[from >> 31].data() + (from & placeMask), target.kept, to);
        to = std::copy_n(values.begin(), take, to);
        std::fill(to, items.data() + items.size(), Value());
        target.first = static_cast<std::uint32_t>(first | (m_young << 31));
        target.room = static_cast<std::uint16_t>(room);
    } else {
        std::copy_n(values.begin(), take, itemsOf(target).data() + target.kept);
    }
    target.kept = static_cast<std::uint16_t>(target.kept + take);
    m_full = m_full || items.size() > fullItems;
}

Heap::Collector::Collector(Heap& heap)
    : m_heap(heap)
    , m_old(1 - heap.m_young)
    , m_moved(heap.m_room.moved)
    , m_nodes(heap.m_room.nodes)
    , m_items(heap.m_room.items)
{
    m_moved.assign(heap.m_nodes[m_old].size(), none);
    m_nodes.clear();
    m_items.clear();
}

Value Heap::Collector::moved(Value value)
{
    if (!isOld(value)) {
        return value;
    }
    auto& place = m_moved[value.payload() % halfNodes];
    if (place != none) {
        return reference(m_old, place);
    }
    const auto& old = m_heap.at(value);
    if (m_nodes.size() >= halfNodes / 2 || m_items.size() + old.kept > halfItems / 2) {
        return Value::spilled(old.kind, old.at);
    }
    place = static_cast<std::uint32_t>(m_nodes.size());
    auto& node = m_nodes.emplace_back(old);
    node.first = static_cast<std::uint32_t>(m_items.size() | (m_old << 31));
    node.room = node.kept;
    const auto items = m_heap.items(old);
    m_items.insert(m_items.end(), items.begin(), items.end());
    return reference(m_old, place);
}

void Heap::Collector::rewrite(Node& node, std::span<Value> items)
{
    if (node.kind > NodeKind::FrozenSet) {
        node.callee = moved(node.callee);
        node.arguments = moved(node.arguments);
        node.state = moved(node.state);
    }
    for (auto& item : items) {
        if (isOld(item)) {
            item = moved(item);
        }
    }
}

// Copies breadth first, as Cheney did: the new nodes are the list of work.
void Heap::Collector::follow()
{
    while (m_done < m_nodes.size()) {
        const auto index = m_done++;
        const auto callee = moved(m_nodes[index].callee);
        const auto arguments = moved(m_nodes[index].arguments);
        const auto state = moved(m_nodes[index].state);
        auto& node = m_nodes[index];
        node.callee = callee;
        node.arguments = arguments;
        node.state = state;
        const auto first = node.first & placeMask;
        for (std::uint32_t i = 0, kept = node.kept; i < kept; ++i) {
            const auto item = moved(m_items[first + i]);
            m_items[first + i] = item;
        }
    }
}

void Heap::Collector::keepReached(Value& value)
{
    value = moved(value);
    follow();
}

// Containers of the same half only are most of them: a collection need not look at those.
void Heap::Collector::young()
{
    auto& nodes = m_heap.m_nodes[m_heap.m_young];
    const auto all = m_heap.m_objects[m_heap.m_young] > 0 ? nodes.size() : m_heap.m_survivors;
    for (std::size_t i = 0; i < all; ++i) {
        rewrite(nodes[i], m_heap.itemsOf(nodes[i]));
    }
    for (const auto place : m_heap.m_leadingBack) {
        if (place >= all) {
            rewrite(nodes[place], m_heap.itemsOf(nodes[place]));
        }
    }
    follow();
}

void Heap::Collector::rememberedObject(Value value)
{
    if (isOld(value) && m_heap.at(value).kind > NodeKind::FrozenSet) {
        root(value);
    }
}

void Heap::Collector::keep(Value& value)
{
    const auto before = m_nodes.size();
    root(value);
    m_plain += m_nodes.size() - before;
}

void Heap::Collector::finish()
{
    auto& nodes = m_heap.m_nodes[m_old];
    for (std::size_t i = 0; i < nodes.size() && !m_heap.m_texts.empty(); ++i) {
        if (m_moved[i] == none && (nodes[i].kind == NodeKind::Text || nodes[i].kind == NodeKind::ByteText)) {
            auto& text = m_heap.m_texts[nodes[i].name];
            m_heap.m_textBytes -= text.size();
            std::string().swap(text);
            m_heap.m_freeTexts.push_back(nodes[i].name);
        }
    }
    nodes.assign(m_nodes.data(), m_nodes.size());
    m_heap.m_items[m_old].assign(m_items.data(), m_items.size());
    m_heap.m_objects[m_old] = static_cast<std::size_t>(std::count_if(
        m_nodes.begin(), m_nodes.end(), [](const Node& node) { return node.kind > NodeKind::FrozenSet; }));
    m_heap.m_young = m_old;
    m_heap.m_survivors = nodes.size();
    m_heap.m_leadingBack.clear();
    m_heap.m_full = false; // at most half of it is taken
}

} // namespace cupel::formats::pickle
