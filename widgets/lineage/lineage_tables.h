// SPDX-License-Identifier: GPL-3.0-or-later
// The drawn lineage as a table of its nodes and as a tree: what stands in what, and where each leads. UI thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/models/lineage_reading.h"
#include "widgets/models/tree_model.h"

namespace cupel::widgets {

struct LineageNodeRow {
    std::uint32_t unit = 0;
    QString name;
    QString kind;
    QString place;
    std::uint32_t in = 0;
    std::uint32_t out = 0;
    std::optional<Severity> sign;
};

class LineageTable final : public TableModel<LineageNodeRow> {
    Q_OBJECT
public:
    using TableModel::TableModel;
    // `lit`: marks of the nodes that are listed; empty: all.
    void set(const LineageReadingPtr& reading, const std::vector<bool>& lit);
    [[nodiscard]] int rowOf(std::uint32_t unit) const; // -1: not listed
    void sort(int column, Qt::SortOrder order) override;

protected:
    [[nodiscard]] int columns() const override;
    [[nodiscard]] QVariant cell(const LineageNodeRow& row, int column, int role) const override;
    [[nodiscard]] QVariant header(int column, int role) const override;

private:
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

struct LineageTreeRow {
    QString name;
    QString what;
    std::uint32_t unit = lineage::none; // of the drawing
    std::uint32_t edge = lineage::none;
    std::optional<Severity> sign;
    friend bool operator==(const LineageTreeRow&, const LineageTreeRow&) = default;
};

class LineageTree final : public TreeModel<LineageTreeRow> {
    Q_OBJECT
public:
    using TreeModel::TreeModel;
    void set(const LineageReadingPtr& reading, const std::vector<bool>& lit);
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] int valueColumns() const override { return 3; }
    [[nodiscard]] QVariant valueData(const LineageTreeRow& row, int column, int role) const override;
};

} // namespace cupel::widgets
