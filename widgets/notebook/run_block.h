// SPDX-License-Identifier: GPL-3.0-or-later
// Base of blocks made of a few pieces of flowing text (a paragraph, a label): lays them out, paints them with the
// selection, finds the character under the pointer.
#pragma once

#include "widgets/notebook/block.h"
#include "widgets/notebook/text_data.h"

#include <QtGui/QFont>
#include <QtGui/QTextLayout>

#include <memory>
#include <vector>

namespace cupel::widgets {

struct RunStyle {
    QFont font;
    qreal rowHeight = 20;
    Ink ink = Ink::Primary;
    bool wrap = true;
    qreal width = 0; // to wrap or elide at
    QChar after = u'\n'; // what separates it from the next run in text()
};

class RunBlock : public Block {
public:
    [[nodiscard]] QString text() const override;
    [[nodiscard]] int positionAt(QPointF point) const override;
    [[nodiscard]] std::optional<QRectF> findingRect(std::size_t finding) const override;
    [[nodiscard]] std::optional<std::size_t> findingAt(QPointF point) const override;

protected:
    struct Run {
        std::unique_ptr<QTextLayout> layout;
        QString text; // whole, also when what is shown is elided
        QPointF origin;
        qreal rowHeight = 20;
        qreal width = 0; // natural, of the longest row
        int start = 0; // in text()
        QChar after;
        std::vector<Mark> marks; // positions in `text`
        [[nodiscard]] qreal height() const { return rowHeight * std::max(1, layout->lineCount()); }
    };
    void clearRuns();
    Run& addRun(const QString& text, const RunStyle& style, QPointF origin, const std::vector<Span>& spans = {},
        const std::vector<Mark>& marks = {});
    void paintRuns(QPainter& painter, const PaintState& state) const;

private:
    static void paintMarks(QPainter& painter, const Run& run, const PaintState& state, bool behind);
    std::vector<Run> m_runs;
    int m_length = 0;
};

} // namespace cupel::widgets
