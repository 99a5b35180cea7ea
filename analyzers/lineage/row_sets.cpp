// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/things.h"

namespace cupel::lineage {

// Whether a row may stand in both: one holds the other, or they part at different splits of one set.
bool RowSets::overlap(std::uint32_t a, std::uint32_t b) const
{
    if (contains(a, b) || contains(b, a)) {
        return true;
    }
    for (auto upper = a; upper != none; upper = m_sets[upper].parent) {
        const auto parent = m_sets[upper].parent;
        if (parent == none || !contains(parent, b)) {
            continue;
        }
        auto other = b;
        while (m_sets[other].parent != parent) {
            other = m_sets[other].parent;
        }
        const auto& one = m_sets[upper];
        const auto& two = m_sets[other];
        const bool bounds = one.split == two.split && one.bounded && two.bounded && one.beside == two.beside;
        if (bounds && one.first < two.last && two.first < one.last) {
            return true;
        }
        return one.split != two.split || one.part == two.part || m_sets[parent].oversampled;
    }
    return false;
}

bool RowSets::overlap(const Marks& a, const Marks& b) const
{
    return std::any_of(a.begin(), a.end(), [&](std::uint32_t one) {
        return std::any_of(b.begin(), b.end(), [&](std::uint32_t two) { return overlap(one, two); });
    });
}

bool RowSets::contains(std::uint32_t outer, std::uint32_t inner) const
{
    for (auto at = inner; at != none; at = m_sets[at].parent) {
        if (at == outer) {
            return true;
        }
    }
    return false;
}

bool RowSets::ofFolds(const Marks& rows) const
{
    return !rows.empty() && std::all_of(rows.begin(), rows.end(), [this](auto set) {
        while (set != none && !m_sets[set].fold) {
            set = m_sets[set].parent;
        }
        return set != none;
    });
}

Role RowSets::role(const Marks& rows) const
{
    Role all = Role::None;
    for (const auto set : rows) {
        Role role = Role::None;
        for (auto at = set; at != none && role == Role::None; at = m_sets[at].parent) {
            role = m_sets[at].role;
            role = role == Role::None && m_sets[at].by != none ? m_sets[m_sets[at].by].role : role;
        }
        if (role == Role::None) {
            role = Role::Full;
        }
        if (all == Role::None || all == role || all == Role::Generated) {
            all = role;
        } else if (role != Role::Generated) {
            const bool both = (all == Role::Train && role == Role::Test) || (all == Role::Test && role == Role::Train)
                || all == Role::TrainAndTest;
            all = both ? Role::TrainAndTest : (all == Role::Full || role == Role::Full) ? Role::Full : all;
        }
    }
    return all;
}

} // namespace cupel::lineage
