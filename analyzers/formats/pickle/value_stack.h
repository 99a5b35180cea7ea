// SPDX-License-Identifier: GPL-3.0-or-later
// The stack of the symbolic machine. A collection asks for its nodes: of a deep stack most values are none, and lie as
// they lay at the last one, so that stretches without any are passed over.
#pragma once

#include "analyzers/formats/pickle/value.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace cupel::formats::pickle {

class ValueStack {
public:
    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    [[nodiscard]] bool empty() const { return m_values.empty(); }
    [[nodiscard]] Value back() const { return m_values.back(); }
    [[nodiscard]] Value operator[](std::size_t index) const { return m_values[index]; }
    [[nodiscard]] std::span<const Value> all() const { return m_values; }
    void push(Value value) { m_values.push_back(value); }
    void pop()
    {
        m_values.pop_back();
        m_unchanged = std::min(m_unchanged, m_values.size());
    }
    // To a size that is no larger.
    void cut(std::size_t size)
    {
        m_values.erase(m_values.begin() + static_cast<std::ptrdiff_t>(size), m_values.end()); // resize() is a call
        m_unchanged = std::min(m_unchanged, size);
    }
    // The deepest ones go; all others get another place.
    void forget(std::size_t count)
    {
        m_values.erase(m_values.begin(), m_values.begin() + static_cast<std::ptrdiff_t>(count));
        m_unchanged = 0;
    }
    void clear()
    {
        m_values.clear();
        m_unchanged = 0;
    }
    // Every value that is a node of the heap, latest first; `visit` may make something else of it.
    template <typename Visit> void eachNode(Visit visit)
    {
        const auto size = m_values.size();
        m_hasNodes.resize((size + stretch - 1) / stretch);
        for (auto i = m_hasNodes.size(); i-- > 0;) {
            const auto begin = i * stretch;
            const auto end = std::min(begin + stretch, size);
            if (end > m_unchanged || m_hasNodes[i] != 0) {
                m_hasNodes[i] = visitStretch(begin, end, visit) ? 1 : 0;
            }
        }
        m_unchanged = size;
    }

private:
    static constexpr std::size_t stretch = 1'024;

    // Whether there is still a node.
    template <typename Visit> bool visitStretch(std::size_t begin, std::size_t end, Visit& visit)
    {
        bool has = false;
        for (auto at = end; at-- > begin;) {
            if (auto& value = m_values[at]; value.isNode()) {
                visit(value);
                has = has || value.isNode();
            }
        }
        return has;
    }

    std::vector<Value> m_values;
    std::vector<char> m_hasNodes; // by stretch, at the last visit
    std::size_t m_unchanged = 0; // how many of the deepest values are those of the last visit
};

} // namespace cupel::formats::pickle
