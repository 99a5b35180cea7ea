// SPDX-License-Identifier: GPL-3.0-or-later
// A data frame or another table: rows of equal height, elided per column, laid out only where visible. A table that
// somebody wrote is wrapped instead, so that all of it can be read. Columns in which
// a finding stands are coloured and carry its shape in the head.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/notebook/block.h"
#include "widgets/notebook/text_data.h"

#include <QtGui/QFont>

#include <memory>
#include <unordered_map>
#include <vector>

class QTextLayout;

namespace cupel::widgets {

struct TableCell {
    QString text; // one line
    std::vector<Mark> marks;
    bool header = false;
};

struct TableData {
    std::vector<std::vector<TableCell>> rows; // all of one length
    int headRows = 0;
    bool wraps = false; // wanted; a table of very many cells or very much text does not all the same
};

class TableBlock : public Block {
public:
    explicit TableBlock(TableData data);
    ~TableBlock() override;
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Table; }
    [[nodiscard]] QString text() const override; // tabs between cells
    [[nodiscard]] int positionAt(QPointF point) const override;
    [[nodiscard]] std::optional<QRectF> findingRect(std::size_t finding) const override;
    [[nodiscard]] std::optional<std::size_t> findingAt(QPointF point) const override;
    void reveal(std::size_t finding) override;
    bool scrollBy(qreal delta) override;
    [[nodiscard]] qreal scrolled() const override { return m_scroll; }
    [[nodiscard]] const TableData& data() const { return m_data; }

private:
    static constexpr qreal padding = 8; // in a cell, on both sides
    static constexpr qreal shapeSize = 12; // of a finding, in the head
    struct Column {
        qreal left = 0;
        qreal width = 0;
        bool numeric = false;
        std::optional<Severity> worst; // of the findings in it
    };
    void measureColumns();
    void fitColumns(qreal width);
    void indexText();
    [[nodiscard]] bool mayWrap() const;
    void stackRows();
    [[nodiscard]] bool wraps() const { return !m_tops.empty(); }
    [[nodiscard]] qreal rowTop(int row) const;
    [[nodiscard]] int rowAt(qreal y) const;
    [[nodiscard]] int columnAt(qreal x) const;
    [[nodiscard]] const TableCell& cell(int row, int column) const;
    [[nodiscard]] QFont fontOf(const TableCell& cell, int row) const;
    [[nodiscard]] QTextLayout& cellLayout(int row, int column) const;
    [[nodiscard]] qreal textLeft(int row, int column) const;
    [[nodiscard]] int start(int row, int column) const
    {
        return m_starts[static_cast<std::size_t>(row) * m_columns.size() + static_cast<std::size_t>(column)];
    }
    void paintBacks(QPainter& painter) const;
    void paintCell(QPainter& painter, int row, int column, const PaintState& state) const;
    static void paintMark(QPainter& painter, const QTextLayout& text, const Mark& mark, QPointF origin, qreal y);
    [[nodiscard]] QString cutText(int row, int column) const;
    void paintWhole(QPainter& painter, int row, int column) const;

    TableData m_data;
    std::vector<Column> m_columns;
    std::vector<qreal> m_natural;
    std::vector<int> m_starts; // in text(), row by row
    std::vector<qreal> m_tops; // of wrapped rows, and where the last one ends; empty: rows are of equal height
    qreal m_width = 0; // of the block
    qreal m_total = 0; // of all columns, maybe wider than the block
    qreal m_scroll = 0; // how much of it is left of the block
    qreal m_headHeight = 28;
    qreal m_rowHeight = 24;
    mutable std::unordered_map<std::uint64_t, std::unique_ptr<QTextLayout>> m_layouts;
};

} // namespace cupel::widgets
