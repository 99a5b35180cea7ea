// SPDX-License-Identifier: GPL-3.0-or-later
// Pages on a desk, painted by the same function as the PDF. Only pages in sight are painted. UI thread.
#pragma once

#include "widgets/report/pages.h"

#include <QtWidgets/QAbstractScrollArea>

#include <memory>

namespace cupel::widgets {

class PagePreview : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PagePreview(QWidget* parent = nullptr);

    void setPages(std::shared_ptr<const Pages> pages); // the current page stays where it can
    [[nodiscard]] int pageCount() const { return m_pages ? static_cast<int>(m_pages->pages.size()) : 0; }
    [[nodiscard]] QString pageText(int page) const;
    [[nodiscard]] int currentPage() const { return m_current; } // 0-based
    void showPage(int page);
    void setColumns(int columns); // 1 or 2 pages side by side
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] qreal zoom() const { return m_zoom; } // 1: as large as on paper
    void setZoom(qreal zoom);
    void zoomBy(int steps);
    void fitPage(); // whole pages; again after each resize until a zoom is chosen
    [[nodiscard]] QRectF pageRect(int page) const; // in the viewport

Q_SIGNALS:
    void currentPageChanged(int page);
    void zoomChanged(qreal zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QSizeF pageOnScreen() const;
    [[nodiscard]] qreal scale() const; // pixels per paper unit
    [[nodiscard]] const PageLink* linkAt(QPointF position) const;
    [[nodiscard]] int pageAt(QPointF position) const; // -1: none
    void applyZoom(qreal zoom);
    void updateScrollBars();
    void makeCurrent(int page);
    std::shared_ptr<const Pages> m_pages;
    int m_current = 0;
    int m_columns = 2;
    int m_across = 2; // of them side by side: one when two would be too small to read
    qreal m_zoom = 1;
    bool m_fit = true;
};

} // namespace cupel::widgets
