// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_rows.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

LineageRow headingRow(const QString& text)
{
    LineageRow row;
    row.heading = true;
    row.title = text;
    return row;
}

LineageRow factRow(const QString& title, const QString& detail, std::optional<lineage::Place> place)
{
    LineageRow row;
    row.title = title;
    row.detail = detail;
    row.place = std::move(place);
    return row;
}

LineageRows::LineageRows(const QString& accessibleName, QWidget* parent)
    : FactRows(accessibleName, parent)
{
    // Who is told may set other rows.
    connect(this, &FactRows::chosen, this, [this](int row) {
        const LineageRow one = m_rows[static_cast<std::size_t>(row)];
        Q_EMIT rowChosen(one);
    });
    connect(this, &FactRows::opened, this, [this](int row) {
        const LineageRow one = m_rows[static_cast<std::size_t>(row)];
        Q_EMIT rowOpened(one);
    });
}

void LineageRows::setRows(std::vector<LineageRow> rows)
{
    m_rows = std::move(rows);
    setFacts({m_rows.begin(), m_rows.end()});
}

void LineageRows::markEdge(std::uint32_t edge)
{
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [edge](const LineageRow& row) { return row.edge == edge; });
    mark(edge == lineage::none || at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin()));
}

} // namespace cupel::widgets
