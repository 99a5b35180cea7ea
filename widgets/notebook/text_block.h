// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of monospaced text: source code with numbers and gutter shapes, or an output. Only visible lines are laid out;
// heights come from counting columns, whatever the script, so a text of 100,000 lines costs its line index and no more.
#pragma once

#include "widgets/notebook/block.h"
#include "widgets/notebook/text_data.h"

#include <QtGui/QFont>
#include <QtGui/QTextLayout>

#include <memory>
#include <unordered_map>
#include <vector>

namespace cupel::widgets {

struct TextBlockStyle {
    bool numbers = false; // line numbers and gutter shapes before the text
    qreal left = 0; // extra indent of the text
};

class TextBlock : public Block {
public:
    static constexpr qreal codeLeft = 54; // from the box to the first column: numbers, shape, gap

    // Shows lines [first, end) of the data, which other blocks may share.
    TextBlock(std::shared_ptr<const TextData> data, int first, int end, TextBlockStyle style);

    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return m_style.numbers ? BlockRole::Code : BlockRole::Text; }
    [[nodiscard]] QString text() const override;
    [[nodiscard]] int positionAt(QPointF point) const override;
    [[nodiscard]] std::optional<QRectF> findingRect(std::size_t finding) const override;
    [[nodiscard]] std::optional<std::size_t> findingAt(QPointF point) const override;

    [[nodiscard]] const TextData& data() const { return *m_data; }

private:
    [[nodiscard]] int rowsOf(int line) const;
    [[nodiscard]] int countRows(QStringView text) const;
    [[nodiscard]] qreal advanceOf(char32_t point, qreal at) const;
    [[nodiscard]] int lineAtRow(int row) const;
    [[nodiscard]] qreal textLeft() const;
    [[nodiscard]] int firstUnit() const { return m_data->lines[static_cast<std::size_t>(m_first)].start; }
    QTextLayout& lineLayout(int line) const;
    [[nodiscard]] std::unique_ptr<QTextLayout> makeLayout(int line) const;
    void paintLine(QPainter& painter, int line, const PaintState& state);
    void paintMarks(QPainter& painter, int line, const PaintState& state, bool behind) const;
    void paintNumber(QPainter& painter, int line) const;
    // Marks that touch a line.
    [[nodiscard]] std::vector<const Mark*> marksOf(int line) const;

    std::shared_ptr<const TextData> m_data;
    int m_first;
    int m_end;
    TextBlockStyle m_style;
    QFont m_font;
    qreal m_rowHeight = 20;
    qreal m_column = 8; // width of one character
    qreal m_wide = 16; // of one that is two columns wide
    qreal m_width = 0; // of the text
    int m_columns = 80;
    std::vector<int> m_rows; // first row of each line, and the end; empty: every line has one row
    mutable std::unordered_map<int, std::unique_ptr<QTextLayout>> m_layouts;
};

} // namespace cupel::widgets
