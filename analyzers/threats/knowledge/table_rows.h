// SPDX-License-Identifier: GPL-3.0-or-later
// The form of all tables of threats: tab-separated, the first line names the columns, # starts a comment.
#pragma once

#include "analyzers/base/result.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::threats {

struct ThreatRule;

[[nodiscard]] std::vector<std::string_view> splitAt(std::string_view text, char sign);
[[nodiscard]] std::vector<std::string> listOf(std::string_view text); // "a,b"

// A row by the names of its columns.
class TableRow {
public:
    TableRow(const std::vector<std::string_view>& names, std::vector<std::string_view> cells)
        : m_names(names)
        , m_cells(std::move(cells))
    {
    }
    [[nodiscard]] std::string_view operator[](std::string_view name) const
    {
        const auto at = std::find(m_names.begin(), m_names.end(), name) - m_names.begin();
        return static_cast<std::size_t>(at) < m_cells.size() ? m_cells[static_cast<std::size_t>(at)]
                                                             : std::string_view{};
    }
    [[nodiscard]] const std::vector<std::string_view>& names() const { return m_names; }
    [[nodiscard]] const std::vector<std::string_view>& cells() const { return m_cells; }

private:
    const std::vector<std::string_view>& m_names;
    std::vector<std::string_view> m_cells;
};

// Calls `take` with each row and the number of its line; false from it ends.
void eachTableRow(std::string_view text, const std::function<bool(const TableRow&, std::size_t line)>& take);

[[nodiscard]] Result<ThreatRule> ruleOf(const TableRow& row, std::size_t line);

} // namespace cupel::threats
