// SPDX-License-Identifier: GPL-3.0-or-later
// All operations of a graph as a table, the same data as its drawing; a search leaves what it finds. UI thread.
#pragma once

#include "widgets/models/graph_reading.h"

#include <QtCore/QAbstractTableModel>

namespace cupel::widgets {

class GraphTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    // `rows`: nodes of the graph that are shown, rising.
    void set(GraphReadingPtr graph, std::vector<std::uint32_t> rows);
    [[nodiscard]] std::uint32_t node(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(std::uint32_t node) const; // -1: not shown
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    GraphReadingPtr m_graph;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::uint32_t> m_in; // edges, by node
    std::vector<std::uint32_t> m_out;
};

// Nodes whose key holds all words, rising.
[[nodiscard]] std::vector<std::uint32_t> findNodes(const GraphSource& source, const QString& words);

} // namespace cupel::widgets
