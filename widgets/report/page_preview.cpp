// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/page_preview.h"

#include "widgets/common/focus.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"
#include "widgets/report/page_accessible.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {
constexpr qreal gap = 16;
constexpr qreal edge = 24; // desk around the pages
constexpr qreal leastZoom = 0.25;
constexpr qreal mostZoom = 4.0;
constexpr qreal screenUnits = 96.0 / 72.0 / paperUnitsPerPoint; // logical pixels per paper unit at zoom 1
} // namespace

PagePreview::PagePreview(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    installPageAccessibility();
    setAccessibleName(tr("Report preview"));
    setBackgroundRole(QPalette::Midlight); // the desk, also behind the scroll bar
    setAutoFillBackground(true);
    viewport()->setMouseTracking(true);
}

qreal PagePreview::scale() const
{
    return m_zoom * screenUnits;
}

QSizeF PagePreview::pageOnScreen() const
{
    const QSizeF size = pageSize(m_pages ? m_pages->paper : PaperSize::A4) * scale();
    return {std::round(size.width()), std::round(size.height())};
}

void PagePreview::setPages(std::shared_ptr<const Pages> pages)
{
    m_pages = std::move(pages);
    if (m_fit) {
        fitPage();
    }
    updateScrollBars();
    makeCurrent(std::clamp(m_current, 0, std::max(0, pageCount() - 1)));
    viewport()->update();
}

QRectF PagePreview::pageRect(int page) const
{
    const QSizeF size = pageOnScreen();
    const int columns = std::min(m_across, std::max(1, pageCount()));
    const qreal width = columns * size.width() + (columns - 1) * gap;
    const qreal left = std::max(edge, std::floor((viewport()->width() - width) / 2));
    const int row = page / m_across;
    const int column = page % m_across;
    return {left + column * (size.width() + gap) - horizontalScrollBar()->value(),
        edge + row * (size.height() + gap) - verticalScrollBar()->value(), size.width(), size.height()};
}

QString PagePreview::pageText(int page) const
{
    return page < 0 || page >= pageCount() ? QString() : m_pages->pages[static_cast<std::size_t>(page)].text;
}

void PagePreview::updateScrollBars()
{
    const QSizeF size = pageOnScreen();
    const int columns = std::min(m_across, std::max(1, pageCount()));
    const int rows = (pageCount() + m_across - 1) / m_across;
    const int width = static_cast<int>(columns * size.width() + (columns - 1) * gap + 2 * edge);
    const int height = static_cast<int>(rows * size.height() + std::max(0, rows - 1) * gap + 2 * edge);
    const auto setBar = [](QScrollBar* bar, int content, int view) {
        bar->setRange(0, std::max(0, content - view));
        bar->setPageStep(view);
        bar->setSingleStep(48);
    };
    setBar(verticalScrollBar(), height, viewport()->height());
    setBar(horizontalScrollBar(), width, viewport()->width());
}

void PagePreview::applyZoom(qreal zoom)
{
    zoom = std::clamp(zoom, leastZoom, mostZoom);
    if (qFuzzyCompare(zoom, m_zoom)) {
        updateScrollBars();
        return;
    }
    // What is in the middle of the view stays there.
    const qreal before = pageOnScreen().height() + gap;
    const qreal middle = (verticalScrollBar()->value() + viewport()->height() / 2.0 - edge) / before;
    m_zoom = zoom;
    updateScrollBars();
    const qreal after = pageOnScreen().height() + gap;
    verticalScrollBar()->setValue(static_cast<int>(middle * after + edge - viewport()->height() / 2.0));
    viewport()->update();
    Q_EMIT zoomChanged(m_zoom);
}

void PagePreview::setZoom(qreal zoom)
{
    m_fit = false;
    applyZoom(zoom);
}

void PagePreview::zoomBy(int steps)
{
    setZoom(m_zoom * std::pow(1.1, steps));
}

void PagePreview::fitPage()
{
    m_fit = true;
    const QSizeF paper = pageSize(m_pages ? m_pages->paper : PaperSize::A4) * screenUnits;
    const auto widthFor = [&](int columns) {
        return (viewport()->width() - 2 * edge - (columns - 1) * gap) / (columns * paper.width());
    };
    constexpr qreal tooSmall = 0.45; // two pages that nobody can read are worse than one
    m_across = widthFor(m_columns) < tooSmall ? 1 : m_columns;
    const qreal wide = widthFor(m_across);
    const qreal high = (viewport()->height() - 2 * edge) / paper.height();
    applyZoom(std::min(wide, std::max(high, 0.6))); // legible before complete
}

void PagePreview::setColumns(int columns)
{
    m_columns = std::clamp(columns, 1, 2);
    m_across = m_columns;
    if (m_fit) {
        fitPage();
    }
    updateScrollBars();
    showPage(m_current);
    viewport()->update();
}

void PagePreview::showPage(int page)
{
    if (pageCount() == 0) {
        return;
    }
    page = std::clamp(page, 0, pageCount() - 1);
    const QRectF rect = pageRect(page);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(rect.top() - edge));
    makeCurrent(page);
}

void PagePreview::makeCurrent(int page)
{
    const bool changed = page != m_current;
    m_current = page;
    setAccessibleName(
        pageCount() == 0 ? tr("Report preview") : tr("Report preview, page %1 of %2").arg(page + 1).arg(pageCount()));
    viewport()->update();
    if (changed) {
        Q_EMIT currentPageChanged(page);
    }
}

void PagePreview::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), color(Token::Third));
    for (int i = 0; i < pageCount(); ++i) {
        const QRectF rect = pageRect(i);
        if (!rect.adjusted(-4, -4, 4, 4).intersects(event->rect())) {
            continue;
        }
        const bool current = i == m_current;
        const qreal width = current ? 2 : 1;
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(rect.adjusted(-width, -width, width, width), color(current ? Token::Accent : Token::Hairline));
        painter.fillRect(rect, color(Token::Surface, ThemeName::Light));
        painter.save();
        painter.setClipRect(rect);
        painter.translate(rect.topLeft());
        painter.scale(scale(), scale());
        paintPage(painter, *m_pages, i);
        painter.restore();
    }
    if (hasFocus() && focusVisible()) {
        paintFocusRing(painter, QRectF(viewport()->rect()), 0);
    }
}

void PagePreview::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_fit) {
        fitPage();
    }
    updateScrollBars();
}

void PagePreview::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    // The current page follows when it has left the view.
    const QRectF view(viewport()->rect());
    if (pageCount() > 0 && !pageRect(m_current).intersects(view)) {
        for (int i = 0; i < pageCount(); ++i) {
            if (pageRect(i).intersects(view)) {
                makeCurrent(i);
                break;
            }
        }
    }
    viewport()->update();
}

void PagePreview::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_PageDown:
        showPage(m_current + 1);
        return;
    case Qt::Key_PageUp:
        showPage(m_current - 1);
        return;
    case Qt::Key_Home:
        showPage(0);
        return;
    case Qt::Key_End:
        showPage(pageCount() - 1);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PagePreview::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        const int delta = event->angleDelta().y();
        if (delta != 0) {
            zoomBy(delta > 0 ? 1 : -1);
        }
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

int PagePreview::pageAt(QPointF position) const
{
    for (int i = 0; i < pageCount(); ++i) {
        if (pageRect(i).contains(position)) {
            return i;
        }
    }
    return -1;
}

const PageLink* PagePreview::linkAt(QPointF position) const
{
    const int page = pageAt(position);
    if (page < 0) {
        return nullptr;
    }
    const QPointF onPaper = (position - pageRect(page).topLeft()) / scale();
    const auto& links = m_pages->pages[static_cast<std::size_t>(page)].links;
    const auto found =
        std::find_if(links.begin(), links.end(), [&](const PageLink& link) { return link.area.contains(onPaper); });
    return found == links.end() ? nullptr : &*found;
}

void PagePreview::mousePressEvent(QMouseEvent* event)
{
    if (const PageLink* link = linkAt(event->position())) {
        const auto target = m_pages->targets.find(link->anchor);
        if (target != m_pages->targets.end()) {
            showPage(target->second.page);
            return;
        }
    }
    if (const int page = pageAt(event->position()); page >= 0) {
        makeCurrent(page);
    }
}

void PagePreview::mouseMoveEvent(QMouseEvent* event)
{
    viewport()->setCursor(linkAt(event->position()) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void PagePreview::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        viewport()->update();
    }
}

} // namespace cupel::widgets
