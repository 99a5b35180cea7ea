// SPDX-License-Identifier: GPL-3.0-or-later
// Base of the painted lists of Model mode: any number of lines of one height, of which only those on screen are asked
// for. One line is current; keys and clicks move it. UI thread.
#pragma once

#include "widgets/common/theme.h"

#include <QtWidgets/QAbstractScrollArea>

#include <cstdint>

namespace cupel::widgets {

class LineList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LineList(QWidget* parent = nullptr);

    [[nodiscard]] virtual std::uint64_t rowCount() const = 0;
    [[nodiscard]] virtual QString lineText(std::uint64_t row) const = 0; // for the clipboard and screen readers
    [[nodiscard]] std::uint64_t currentRow() const { return m_current; }
    void showRow(std::uint64_t row); // makes it current without telling, and visible

    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] QRect rowRect(std::uint64_t row) const; // in the viewport

Q_SIGNALS:
    void rowChosen(std::uint64_t row); // by the user

protected:
    virtual void beforePaint(std::uint64_t /*first*/, std::uint64_t /*count*/) { } // the rows that follow are painted
    virtual void paintLine(QPainter& painter, const QRect& box, std::uint64_t row) = 0;
    // Pixels that a line wants; wider than the list, it scrolls to both sides. 0: as much as there is.
    [[nodiscard]] virtual int lineWidth(std::uint64_t /*row*/) const { return 0; }
    [[nodiscard]] virtual TextRole textRole() const { return TextRole::CodeSmall; }
    void rowsChanged(); // count or height
    void toStart(); // other lines will follow
    [[nodiscard]] std::uint64_t firstRow() const;
    [[nodiscard]] std::uint64_t pageRows() const; // that fit

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void moveTo(std::uint64_t row);
    void widen(int wanted);
    void makeVisible(std::uint64_t row);
    void tell();
    void copy();
    std::uint64_t m_current = 0;
    int m_widest = 0; // of the lines that were seen
    bool m_keepInView = true; // nobody has scrolled away from it
};

} // namespace cupel::widgets
