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

// Finds the cells without a count that ran, and before which one with a count each of them ran at the latest.
class Presumption {
public:
    Presumption(const FileNames& file, const NameFlow& flow, std::vector<std::uint32_t> order, Budget& budget)
        : m_file(file)
        , m_flow(flow)
        , m_order(std::move(order))
        , m_budget(budget)
        , m_latest(file.cells.size(), unknown)
        , m_stands(file.cells.size())
        , m_counted(flow.names.size(), {none, none})
        , m_makers(flow.names.size())
    {
        std::vector<std::uint32_t> at(file.cells.size(), none);
        for (std::uint32_t i = 0; i < m_order.size(); ++i) {
            at[m_order[i]] = i;
        }
        std::uint32_t above = 0;
        for (std::uint32_t i = 0; i < at.size(); ++i) {
            m_stands[i] = above;
            above = at[i] == none ? above : at[i] + 1;
        }
        for (std::size_t name = 0; name < flow.names.size(); ++name) {
            for (const auto& entry : flow.names[name]) {
                if (entry.defines && ran(entry.cell)) {
                    auto& [one, other] = m_counted[name];
                    (one == none ? one : other) = entry.cell;
                } else if (entry.defines) {
                    m_makers[name].push_back(entry.cell);
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
            if (!ran(i) && m_file.cells[i].shows) {
                presume(i, m_stands[i]);
            }
        }
        using Key = std::tuple<std::uint32_t, bool, std::uint32_t>; // where, has a count, which
        std::vector<Key> keys;
        for (std::uint32_t i = 0; i < m_order.size(); ++i) {
            keys.emplace_back(i, true, m_order[i]);
        }
        for (std::uint32_t i = 0; i < m_latest.size(); ++i) {
            if (m_latest[i] != unknown) {
                keys.emplace_back(m_latest[i], false, i);
                out.presumed.push_back(i);
            }
        }
        std::sort(keys.begin(), keys.end());
        for (const auto& key : keys) {
            out.order.push_back(std::get<2>(key));
        }
    }

private:
    static constexpr std::uint32_t unknown = none; // nothing says that it ran

    [[nodiscard]] bool ran(std::uint32_t cell) const { return m_file.cells[cell].count >= 0; }

    // It ran, before the cell at that place of the order; where it stands as far as that allows.
    void presume(std::uint32_t cell, std::uint32_t before)
    {
        if (m_latest[cell] == unknown) {
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
                const auto maker = makerOf(read, cell);
                if (maker != none) {
                    presume(maker, latest);
                }
            }
        }
        m_following = false;
    }

    // The cell without a count that must have made what is read; none: another one may have, or nobody did.
    [[nodiscard]] std::uint32_t makerOf(const NameRead& read, std::uint32_t cell) const
    {
        if (read.deferred || read.guarded || read.maybe || read.name >= m_flow.names.size()) {
            return none;
        }
        const auto& [one, other] = m_counted[read.name];
        if ((one != none && one != cell) || other != none) {
            return none;
        }
        const auto& makers = m_makers[read.name];
        const auto below = std::upper_bound(makers.begin(), makers.end(), cell);
        const auto own = std::lower_bound(makers.begin(), below, cell); // the cell itself, when it makes the name too
        return own != makers.begin() ? *std::prev(own) : below != makers.end() ? *below : none;
    }

    const FileNames& m_file;
    const NameFlow& m_flow;
    const std::vector<std::uint32_t> m_order; // cells with a count
    Budget& m_budget;
    std::vector<std::uint32_t> m_latest; // by cell: place in m_order that it ran before
    std::vector<std::uint32_t> m_stands; // by cell: behind the one with a count that stands above it
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_counted; // by name: two cells with a count that define it
    std::vector<std::vector<std::uint32_t>> m_makers; // by name: cells without one that define it, rising
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_open; // readers, and the place they are before
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
    Presumption(file, flow, std::move(counted), budget).run(execution);
    const auto left = leftOut(execution);
    const bool matters =
        std::any_of(left.begin(), left.end(), [&file](auto cell) { return !file.cells[cell].onlyRemarks; });
    if (!matters && std::is_sorted(execution.order.begin(), execution.order.end())) {
        execution.order.clear();
    }
}

} // namespace cupel::lineage
