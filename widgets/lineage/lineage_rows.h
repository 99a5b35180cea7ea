// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that lead somewhere: the steps of a way, what a node is tied to, why an edge is there. UI thread.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "widgets/common/fact_rows.h"

#include <optional>

namespace cupel::widgets {

struct LineageRow : FactRow {
    std::uint32_t edge = lineage::none; // of the drawing
    std::uint32_t unit = lineage::none; // node of the drawing
    std::optional<lineage::Place> place;
};

[[nodiscard]] LineageRow headingRow(const QString& text);
[[nodiscard]] LineageRow factRow(const QString& title, const QString& detail, std::optional<lineage::Place> place = {});

class LineageRows : public FactRows {
    Q_OBJECT
public:
    explicit LineageRows(const QString& accessibleName, QWidget* parent = nullptr);
    void setRows(std::vector<LineageRow> rows);
    [[nodiscard]] const std::vector<LineageRow>& rows() const { return m_rows; }
    void markEdge(std::uint32_t edge); // its row becomes current, without being chosen

Q_SIGNALS:
    void rowChosen(const cupel::widgets::LineageRow& row); // by arrows or a click
    void rowOpened(const cupel::widgets::LineageRow& row); // by Enter or a double click

private:
    std::vector<LineageRow> m_rows;
};

} // namespace cupel::widgets
