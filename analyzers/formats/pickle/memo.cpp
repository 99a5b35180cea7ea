// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/memo.h"

#include <algorithm>

namespace cupel::formats::pickle {

void Memo::clear()
{
    m_pages.clear();
    m_last = nullptr;
    m_sparse.clear();
    m_sparseNodes.clear();
    m_end = 0;
    m_farthest = 0;
    m_count = 0;
    m_forgot = false;
}

void Memo::replaceDense(std::uint64_t index, Value value)
{
    auto& page = *m_pages[index / pageSize];
    auto& slot = page.values[index % pageSize];
    m_count += slot == absent && !m_sparse.contains(index) ? 1 : 0;
    page.nodes += value.isNode() ? 1 : 0;
    page.nodes -= slot.isNode() ? 1 : 0;
    slot = value;
}

void Memo::putFar(std::uint64_t index, Value value)
{
    if (index < mostDense && index <= m_end + largestGap) {
        // What was sparse below the new end stays sparse: get() looks there too.
        while (m_pages.size() <= index / pageSize) {
            m_pages.push_back(std::make_unique<Page>());
            m_last = m_pages.back().get();
            m_last->values.fill(absent);
        }
        m_end = index + 1;
        replaceDense(index, value);
        return;
    }
    // Far behind all others, where one after another is forgotten, nothing needs to be looked up.
    if (m_sparse.size() >= mostSparse && index > m_farthest) {
        m_farthest = index;
        m_forgot = true;
        ++m_count;
        return;
    }
    const auto known = m_sparse.find(index);
    if (known == m_sparse.end() && m_sparse.size() >= mostSparse) {
        ++m_count;
        m_forgot = true;
        return;
    }
    m_count += known == m_sparse.end() ? 1 : 0;
    m_farthest = std::max(m_farthest, index);
    auto& slot = m_sparse[index];
    slot = value;
    if (value.isNode()) {
        m_sparseNodes.emplace_back(index, &slot);
    }
}

std::optional<Value> Memo::getFar(std::uint64_t index) const
{
    const auto known = m_sparse.find(index);
    if (known != m_sparse.end()) {
        return known->second;
    }
    return m_forgot ? std::optional(Value()) : std::nullopt;
}

void Memo::sortSparse()
{
    std::erase_if(m_sparseNodes, [](const auto& one) { return !one.second->isNode(); });
    if (!std::is_sorted(m_sparseNodes.begin(), m_sparseNodes.end())) {
        std::sort(m_sparseNodes.begin(), m_sparseNodes.end());
    }
    m_sparseNodes.erase(std::unique(m_sparseNodes.begin(), m_sparseNodes.end()), m_sparseNodes.end());
}

} // namespace cupel::formats::pickle
