// SPDX-License-Identifier: GPL-3.0-or-later
// The memo of the machine with CPython's rules: MEMOIZE takes the number of entries as index, PUT may leave gaps and
// overwrite. Bounded: indices far out, or too many of them, keep only what could matter.
#pragma once

#include "analyzers/formats/pickle/value.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cupel::formats::pickle {

class Memo {
public:
    void clear();
    void put(std::uint64_t index, Value value);
    // Nothing: CPython would fail. An unknown value: it was there and is forgotten.
    [[nodiscard]] std::optional<Value> get(std::uint64_t index) const;
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    // Indices that hold nodes of the heap, latest first, for collect(); to be handed back with what became of them.
    [[nodiscard]] std::vector<std::uint64_t> nodeIndices();
    void replace(std::uint64_t index, Value value);
    [[nodiscard]] bool wantsCollecting() const { return m_nodes.size() > mostNodeIndices; }
    // Where a slot got another value than it had: the index, once.
    [[nodiscard]] bool hasRewritten() const { return m_rewritten; }

private:
    static constexpr std::uint64_t mostDense = 3 << 20;
    static constexpr std::uint64_t largestGap = 1 << 12;
    static constexpr std::size_t mostSparse = 1 << 17;
    static constexpr std::size_t mostNodeIndices = 1 << 19;

    std::vector<Value> m_dense;
    std::unordered_map<std::uint64_t, Value> m_sparse;
    std::vector<std::uint64_t> m_nodes;
    std::uint64_t m_count = 0;
    bool m_forgot = false;
    bool m_rewritten = false;
};

} // namespace cupel::formats::pickle
