// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/data_draft.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace cupel {

std::uint32_t DataDraft::member(std::uint32_t map, std::string_view key) const
{
    if (!m_tree.is(map, DataKind::Map)) {
        return DataTree::none;
    }
    const auto& nodes = m_tree.nodes();
    for (auto child = nodes[map].firstChild; child != 0; child = nodes[child].nextSibling) {
        if (nodes[child].key == key) {
            return child;
        }
    }
    return DataTree::none;
}

// What an alias shares ends where its original ends.
std::uint32_t DataDraft::add(std::uint32_t parent, DataNode node)
{
    auto last = m_tree.m_lastChild[parent];
    last = last == 0 ? m_tree.m_nodes[parent].firstChild : last;
    while (last != 0 && m_tree.m_nodes[last].nextSibling != 0) {
        last = m_tree.m_nodes[last].nextSibling;
    }
    m_tree.m_lastChild[parent] = last;
    return m_tree.add(parent, std::move(node));
}

std::uint32_t DataDraft::place(std::uint32_t map, std::string_view key)
{
    if (!m_tree.is(map, DataKind::Map)) {
        return DataTree::none;
    }
    if (const auto found = member(map, key); found != DataTree::none) {
        DataNode& node = m_tree.m_nodes[found];
        node.kind = DataKind::Scalar;
        node.quoted = false;
        node.text.clear();
        node.firstChild = 0;
        m_tree.m_lastChild[found] = 0;
        return found;
    }
    DataNode node;
    node.key = key;
    return add(map, std::move(node));
}

void DataDraft::fill(std::uint32_t node, const DataTree& from, std::uint32_t other)
{
    const auto copy = [&](std::uint32_t to, std::uint32_t source) {
        m_tree.m_nodes[to].kind = from.nodes()[source].kind;
        m_tree.m_nodes[to].quoted = from.nodes()[source].quoted;
        m_tree.m_nodes[to].text = from.nodes()[source].text;
    };
    copy(node, other);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open{{other, node}};
    while (!open.empty()) {
        const auto [source, to] = open.back();
        open.pop_back();
        for (auto child = from.nodes()[source].firstChild; child != 0; child = from.nodes()[child].nextSibling) {
            DataNode made;
            made.key = from.nodes()[child].key;
            const auto added = add(to, std::move(made));
            copy(added, child);
            open.emplace_back(child, added);
        }
    }
}

std::uint32_t DataDraft::set(std::uint32_t map, std::string_view key, const DataTree& from, std::uint32_t node)
{
    const auto out = node < from.nodes().size() ? place(map, key) : DataTree::none;
    if (out != DataTree::none) {
        fill(out, from, node);
    }
    return out;
}

std::uint32_t DataDraft::setText(std::uint32_t map, std::string_view key, std::string_view text)
{
    const auto out = place(map, key);
    if (out != DataTree::none) {
        m_tree.m_nodes[out].quoted = true;
        m_tree.m_nodes[out].text = text;
    }
    return out;
}

std::uint32_t DataDraft::setNumber(std::uint32_t map, std::string_view key, double value)
{
    const auto out = std::isfinite(value) ? place(map, key) : DataTree::none;
    if (out != DataTree::none) {
        std::array<char, 32> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
        m_tree.m_nodes[out].text.assign(text.data(), end);
    }
    return out;
}

std::uint32_t DataDraft::setFlag(std::uint32_t map, std::string_view key, bool value)
{
    const auto out = place(map, key);
    if (out != DataTree::none) {
        m_tree.m_nodes[out].text = value ? "true" : "false";
    }
    return out;
}

std::uint32_t DataDraft::setEmpty(std::uint32_t map, std::string_view key, DataKind kind)
{
    const auto out = place(map, key);
    if (out != DataTree::none) {
        m_tree.m_nodes[out].kind = kind;
    }
    return out;
}

std::uint32_t DataDraft::append(std::uint32_t list, const DataTree& from, std::uint32_t node)
{
    if (!m_tree.is(list, DataKind::List) || node >= from.nodes().size()) {
        return DataTree::none;
    }
    const auto out = add(list, {});
    fill(out, from, node);
    return out;
}

std::uint32_t DataDraft::appendText(std::uint32_t list, std::string_view text)
{
    if (!m_tree.is(list, DataKind::List)) {
        return DataTree::none;
    }
    DataNode node;
    node.quoted = true;
    node.text = text;
    return add(list, std::move(node));
}

void DataDraft::remove(std::span<const std::uint32_t> nodes)
{
    std::map<std::uint32_t, std::set<std::uint32_t>> byParent; // each is gone through once
    for (const auto node : nodes) {
        if (node != 0 && node < m_tree.m_nodes.size()) {
            byParent[m_tree.m_nodes[node].parent].insert(node);
        }
    }
    for (const auto& [parent, gone] : byParent) {
        std::uint32_t last = 0;
        const auto first = m_tree.m_nodes[parent].firstChild;
        m_tree.m_nodes[parent].firstChild = 0;
        for (auto child = first; child != 0;) {
            const auto next = std::exchange(m_tree.m_nodes[child].nextSibling, 0);
            if (!gone.contains(child)) {
                (last == 0 ? m_tree.m_nodes[parent].firstChild : m_tree.m_nodes[last].nextSibling) = child;
                last = child;
            }
            child = next;
        }
        m_tree.m_lastChild[parent] = last;
    }
}

void DataDraft::removeMember(std::uint32_t map, std::string_view key)
{
    if (const auto found = member(map, key); found != DataTree::none) {
        remove(std::array{found});
    }
}

} // namespace cupel
