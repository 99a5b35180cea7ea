// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/run_order.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace cupel::lineage {

namespace {

// Cells with a count, stretch after stretch, each by its counts.
std::vector<std::uint32_t> byCounts(const std::vector<std::int64_t>& counts)
{
    std::vector<std::uint32_t> order;
    std::unordered_set<std::int64_t> seen; // in this stretch
    std::size_t first = 0; // of it
    const auto sort = [&] {
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.end(),
            [&counts](auto a, auto b) { return counts[a] < counts[b]; });
        first = order.size();
    };
    for (std::uint32_t i = 0; i < counts.size(); ++i) {
        if (counts[i] < 0) {
            continue;
        }
        if (!seen.insert(counts[i]).second) {
            sort();
            seen = {counts[i]};
        }
        order.push_back(i);
    }
    sort();
    return order;
}

// Finds the runs that no count tells of, and before which one with a count each of them was at the latest.
class Presumption {
public:
    Presumption(const FileNames& file, const NameFlow& flow, std::vector<std::uint32_t> order,
        const CountRanges& missing, Budget& budget)
        : m_file(file)
        , m_flow(flow)
        , m_order(std::move(order))
        , m_missing(missing)
        , m_budget(budget)
        , m_at(file.cells.size(), none)
        , m_latest(file.cells.size(), none)
        , m_stands(file.cells.size())
        , m_first(flow.names.size())
        , m_makers(flow.names.size())
    {
        for (std::uint32_t i = 0; i < m_order.size(); ++i) {
            m_at[m_order[i]] = i;
        }
        for (const auto& [first, last] : missing) {
            m_missingBefore.push_back((m_missingBefore.empty() ? 0 : m_missingBefore.back()) + (last - first + 1));
        }
        std::uint32_t above = 0;
        for (std::uint32_t i = 0; i < m_at.size(); ++i) {
            m_stands[i] = above;
            above = m_at[i] == none ? above : m_at[i] + 1;
        }
        for (std::size_t name = 0; name < flow.names.size(); ++name) {
            for (const auto& entry : flow.names[name]) {
                if (entry.defines) {
                    m_makers[name].push_back(entry.cell);
                    m_first[name].add(m_at[entry.cell]);
                }
            }
        }
    }

    void run(Execution& out)
    {
        for (std::uint32_t i = 0; i < m_order.size() && !m_budget.stopped(); ++i) {
            follow(m_order[i], i);
        }
        for (std::uint32_t i = 0; i < m_latest.size() && !m_budget.stopped(); ++i) {
            if (m_at[i] == none && m_file.cells[i].shows) {
                presume(i, m_stands[i]);
            }
        }
        using Key = std::tuple<std::uint32_t, bool, std::uint32_t>; // where, told by a count, which
        std::vector<Key> keys;
        for (std::uint32_t i = 0; i < m_order.size(); ++i) {
            keys.emplace_back(i, true, m_order[i]);
        }
        for (std::uint32_t i = 0; i < m_latest.size(); ++i) {
            if (m_latest[i] != none) {
                keys.emplace_back(m_latest[i], false, i);
                (m_at[i] == none ? out.presumed : out.again).push_back(i);
            }
        }
        std::sort(keys.begin(), keys.end());
        for (const auto& key : keys) {
            out.order.push_back(std::get<2>(key));
        }
    }

private:
    // The first places of the order in which a name is defined, by two cells.
    struct First {
        std::uint32_t one = none;
        std::uint32_t other = none;
        void add(std::uint32_t at)
        {
            other = at < one ? one : std::min(at, other);
            one = std::min(at, one);
        }
    };

    // It ran, before the cell at that place of the order; where it stands as far as that allows.
    void presume(std::uint32_t cell, std::uint32_t before)
    {
        if (m_latest[cell] == none) {
            m_latest[cell] = std::min(before, m_stands[cell]);
            follow(cell, m_latest[cell]);
        }
    }

    // Asks for all that a cell reads, and for what those cells read in turn.
    void follow(std::uint32_t reader, std::uint32_t before)
    {
        m_open.emplace_back(reader, before);
        if (std::exchange(m_following, true)) {
            return; // the loop below comes to it
        }
        while (!m_open.empty()) {
            const auto [cell, latest] = m_open.back();
            m_open.pop_back();
            for (const auto& read : m_flow.cells[cell].reads) {
                if (!m_budget.spend(1)) {
                    break;
                }
                const auto maker = makerOf(read, cell, latest);
                const bool counted = maker != none && m_at[maker] != none;
                if (maker != none && (!counted || (latest < m_order.size() && hasRunBefore(maker, m_order[latest])))) {
                    presume(maker, latest);
                }
            }
        }
        m_following = false;
    }

    // The cell that must have made what is read by a run without a count; none: a cell that ran before did, or nobody.
    [[nodiscard]] std::uint32_t makerOf(const NameRead& read, std::uint32_t cell, std::uint32_t before) const
    {
        if (read.deferred || read.guarded || read.maybe || read.name >= m_flow.names.size()) {
            return none;
        }
        const auto& first = m_first[read.name];
        const auto earliest = first.one == m_at[cell] ? first.other : first.one;
        if (earliest != none && earliest < before) {
            return none;
        }
        const auto& makers = m_makers[read.name];
        const auto below = std::upper_bound(makers.begin(), makers.end(), cell);
        const auto own = std::lower_bound(makers.begin(), below, cell); // the cell itself, when it makes the name too
        return own != makers.begin() ? *std::prev(own) : below != makers.end() ? *below : none;
    }

    // A cell that ran after it was needed ran before as well, when a number for that is missing.
    [[nodiscard]] bool hasRunBefore(std::uint32_t cell, std::uint32_t reader)
    {
        if (m_latest[cell] != none) {
            return true;
        }
        const auto count = m_file.cells[reader].count;
        const auto below = std::lower_bound(m_missing.begin(), m_missing.end(), std::pair(count, count));
        const auto free =
            below == m_missing.begin() ? 0 : m_missingBefore[static_cast<std::size_t>(below - m_missing.begin()) - 1];
        if (m_taken >= free) {
            return false;
        }
        ++m_taken;
        return true;
    }

    const FileNames& m_file;
    const NameFlow& m_flow;
    const std::vector<std::uint32_t> m_order; // cells with a count
    const CountRanges& m_missing; // counts that no cell has
    std::vector<std::int64_t> m_missingBefore; // how many of them up to the end of each range
    Budget& m_budget;
    std::vector<std::uint32_t> m_at; // by cell: place in m_order; none: no count
    std::vector<std::uint32_t> m_latest; // by cell: place in m_order before which it ran without a count
    std::vector<std::uint32_t> m_stands; // by cell: behind the one with a count that stands above it
    std::vector<First> m_first; // by name
    std::vector<std::vector<std::uint32_t>> m_makers; // by name: cells that define it, rising
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_open; // readers, and the place they are before
    std::int64_t m_taken = 0; // missing counts
    bool m_following = false;
};

} // namespace

void orderRuns(const FileNames& file, const NameFlow& flow, Execution& execution, Budget& budget)
{
    auto counted = byCounts(execution.counts);
    const bool asWritten = std::is_sorted(counted.begin(), counted.end());
    if (counted.size() < 2 || (asWritten && execution.unexecuted.empty())
        || execution.counts.size() != flow.cells.size()) {
        return;
    }
    Presumption(file, flow, std::move(counted), execution.missing, budget).run(execution);
    const auto left = leftOut(execution);
    const bool matters =
        std::any_of(left.begin(), left.end(), [&file](auto cell) { return !file.cells[cell].onlyRemarks; });
    if (!matters && std::is_sorted(execution.order.begin(), execution.order.end())) {
        execution.order.clear();
    }
}

} // namespace cupel::lineage
