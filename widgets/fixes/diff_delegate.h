// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the rows of a fix preview: heads with their severity sign, code lines with sign, fill and underline (never by
// colour alone), gaps hatched, placeholders in a box.
#pragma once

#include "widgets/fixes/diff_rows.h"

#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class DiffDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit DiffDelegate(const DiffSource& source, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // Where the switch of a head stands.
    [[nodiscard]] static QRect switchBox(const QRect& row);

private:
    enum class Sign : std::uint8_t { None, Removed, Added };
    void paintHead(QPainter& painter, const QRect& box, const DiffHead& head) const;
    void paintNote(QPainter& painter, const QRect& box, const DiffNote& note) const;
    void paintLine(QPainter& painter, const QRect& box, const DiffRow& row) const;
    void paintSide(QPainter& painter, const QRect& box, const fixes::PreviewSide& side, Sign sign, bool whole) const;
    void paintText(
        QPainter& painter, const QRect& box, const fixes::PreviewSide& side, Sign sign, int columns, bool all) const;
    [[nodiscard]] int wraps(const DiffRow& row, int width) const; // lines on screen that it takes
    void paintGap(QPainter& painter, const QRect& box) const;
    const DiffSource& m_source;
    mutable QRect m_seen; // of the list, while it paints
};

} // namespace cupel::widgets
