// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/memo.h"

#include <algorithm>

namespace cupel::formats::pickle {

namespace {

constexpr Value absent{Tag::Unknown, 1};

} // namespace

void Memo::clear()
{
    m_dense.clear();
    m_sparse.clear();
    m_nodes.clear();
    m_count = 0;
    m_forgot = false;
    m_rewritten = false;
}

void Memo::put(std::uint64_t index, Value value)
{
    if (value.isNode()) {
        m_nodes.push_back(index);
    }
    if (index < m_dense.size()) {
        auto& slot = m_dense[index];
        m_count += slot == absent ? 1 : 0;
        m_rewritten = m_rewritten || (slot != absent && slot != value);
        slot = value;
        return;
    }
    if (index < mostDense && index <= m_dense.size() + largestGap) {
        // What was sparse below the new end stays sparse: get() looks there too.
        m_dense.resize(index, absent);
        m_count += m_sparse.contains(index) ? 0 : 1;
        m_dense.push_back(value);
        return;
    }
    const auto known = m_sparse.find(index);
    if (known != m_sparse.end()) {
        known->second = value;
        return;
    }
    ++m_count;
    if (m_sparse.size() < mostSparse) {
        m_sparse.emplace(index, value);
    } else {
        m_forgot = true;
    }
}

std::optional<Value> Memo::get(std::uint64_t index) const
{
    if (index < m_dense.size() && m_dense[index] != absent) {
        return m_dense[index];
    }
    const auto known = m_sparse.find(index);
    if (known != m_sparse.end()) {
        return known->second;
    }
    return m_forgot ? std::optional(Value()) : std::nullopt;
}

std::vector<std::uint64_t> Memo::nodeIndices()
{
    std::sort(m_nodes.begin(), m_nodes.end());
    m_nodes.erase(std::unique(m_nodes.begin(), m_nodes.end()), m_nodes.end());
    std::vector<std::uint64_t> out(m_nodes.rbegin(), m_nodes.rend());
    m_nodes.clear();
    return out;
}

void Memo::replace(std::uint64_t index, Value value)
{
    if (index < m_dense.size() && m_dense[index] != absent) {
        m_dense[index] = value;
    } else if (const auto known = m_sparse.find(index); known != m_sparse.end()) {
        known->second = value;
    } else {
        return;
    }
    if (value.isNode()) {
        m_nodes.push_back(index);
    }
}

} // namespace cupel::formats::pickle
