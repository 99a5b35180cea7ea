// SPDX-License-Identifier: GPL-3.0-or-later
// The memo of the machine with CPython's rules: MEMOIZE takes the number of entries as index, PUT may leave gaps and
// overwrite. Bounded: indices far out, or too many of them, keep only what could matter. Entries lie in pages that know
// how many nodes of the heap they hold, so that a collection passes over those without any.
#pragma once

#include "analyzers/formats/pickle/value.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cupel::formats::pickle {

class Memo {
public:
    void clear();
    void put(std::uint64_t index, Value value)
    {
        if (index < m_end) {
            replaceDense(index, value);
        } else if (index == m_count) {
            remember(value);
        } else {
            putFar(index, value);
        }
    }
    // As put() at count(), and quicker for most: the entry behind the last one.
    void remember(Value value)
    {
        if (m_count == m_end && m_end % pageSize != 0 && m_sparse.empty()) [[likely]] {
            m_last->values[m_end % pageSize] = value;
            m_last->nodes += value.isNode() ? 1 : 0;
            ++m_end;
            ++m_count;
        } else if (m_count < m_end) { // there are gaps
            replaceDense(m_count, value);
        } else {
            putFar(m_count, value);
        }
    }
    // Nothing: CPython would fail. An unknown value: it was there and is forgotten.
    [[nodiscard]] std::optional<Value> get(std::uint64_t index) const
    {
        const auto* value = near(index);
        return value ? std::optional(*value) : getFar(index);
    }
    // The same for most entries, and quicker; null: ask get().
    [[nodiscard]] const Value* near(std::uint64_t index) const
    {
        if (index >= m_end) {
            return nullptr;
        }
        const auto& value = m_pages[index / pageSize]->values[index % pageSize];
        return value == absent ? nullptr : &value;
    }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    // Every entry that is a node of the heap, latest first; `visit` may make something else of it.
    template <typename Visit> void eachNode(Visit visit)
    {
        sortSparse();
        for (auto node = m_sparseNodes.rbegin(); node != m_sparseNodes.rend(); ++node) {
            visit(*node->second);
        }
        for (auto page = m_pages.rbegin(); page != m_pages.rend(); ++page) {
            auto left = std::exchange((*page)->nodes, 0U);
            for (auto i = pageSize; left > 0 && i-- > 0;) {
                if (auto& value = (*page)->values[i]; value.isNode()) {
                    --left;
                    visit(value);
                    (*page)->nodes += value.isNode() ? 1 : 0;
                }
            }
        }
    }
    [[nodiscard]] bool wantsCollecting() const { return m_sparseNodes.size() > mostSparseNodes; }

private:
    static constexpr Value absent{Tag::Unknown, 1};
    static constexpr std::uint64_t pageSize = 1'024;
    static constexpr std::uint64_t mostDense = 3 << 20;
    static constexpr std::uint64_t largestGap = 1 << 12;
    static constexpr std::size_t mostSparse = 1 << 17;
    static constexpr std::size_t mostSparseNodes = 1 << 19;

    struct Page {
        std::array<Value, pageSize> values;
        std::uint32_t nodes = 0;
    };
    void replaceDense(std::uint64_t index, Value value);
    void putFar(std::uint64_t index, Value value);
    [[nodiscard]] std::optional<Value> getFar(std::uint64_t index) const;
    void sortSparse();

    std::vector<std::unique_ptr<Page>> m_pages;
    Page* m_last = nullptr; // of them
    std::unordered_map<std::uint64_t, Value> m_sparse;
    std::vector<std::pair<std::uint64_t, Value*>> m_sparseNodes; // there, some no more and some more than once
    std::uint64_t m_end = 0; // of what is dense
    std::uint64_t m_farthest = 0; // index in m_sparse
    std::uint64_t m_count = 0;
    bool m_forgot = false;
};

} // namespace cupel::formats::pickle
