// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/line_list.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"

#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <limits>

namespace cupel::widgets {

LineList::LineList(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    for (QScrollBar* bar : {verticalScrollBar(), horizontalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    }
    connect(verticalScrollBar(), &QScrollBar::sliderMoved, this, [this] { m_keepInView = false; });
}

int LineList::rowHeight() const
{
    return std::max(lineHeight(textRole()), fontMetrics().height()) + 4;
}

std::uint64_t LineList::firstRow() const
{
    return static_cast<std::uint64_t>(verticalScrollBar()->value());
}

std::uint64_t LineList::pageRows() const
{
    return static_cast<std::uint64_t>(std::max(1, viewport()->height() / rowHeight()));
}

QRect LineList::rowRect(std::uint64_t row) const
{
    if (row < firstRow() || row > firstRow() + pageRows() + 1) {
        return {};
    }
    return {-horizontalScrollBar()->value(), static_cast<int>(row - firstRow()) * rowHeight(),
        std::max(m_widest, viewport()->width()), rowHeight()};
}

void LineList::rowsChanged()
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
    const auto beyond = rowCount() - std::min(rowCount(), pageRows());
    verticalScrollBar()->setRange(0, static_cast<int>(std::min(beyond, most)));
    verticalScrollBar()->setPageStep(static_cast<int>(pageRows()));
    m_current = std::min(m_current, rowCount() - std::min<std::uint64_t>(rowCount(), 1));
    widen(m_widest);
    viewport()->update();
}

void LineList::widen(int wanted)
{
    m_widest = wanted;
    horizontalScrollBar()->setRange(0, std::max(0, wanted - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth() * 4);
}

void LineList::toStart()
{
    m_current = 0;
    m_keepInView = true;
    widen(0);
    verticalScrollBar()->setValue(0);
}

void LineList::makeVisible(std::uint64_t row)
{
    if (row < firstRow() || row >= firstRow() + pageRows()) {
        const auto third = pageRows() / 3;
        verticalScrollBar()->setValue(static_cast<int>(row - std::min(row, third)));
    }
    viewport()->update();
}

void LineList::showRow(std::uint64_t row)
{
    if (rowCount() == 0) {
        return;
    }
    m_current = std::min(row, rowCount() - 1);
    m_keepInView = true;
    makeVisible(m_current);
    tell();
}

void LineList::tell()
{
    if (rowCount() > 0) {
        setAccessibleDescription(lineText(m_current));
    }
}

void LineList::moveTo(std::uint64_t row)
{
    if (rowCount() == 0) {
        return;
    }
    m_current = std::min(row, rowCount() - 1);
    m_keepInView = true;
    if (m_current < firstRow()) {
        verticalScrollBar()->setValue(static_cast<int>(m_current));
    } else if (m_current >= firstRow() + pageRows()) {
        verticalScrollBar()->setValue(static_cast<int>(m_current + 1 - pageRows()));
    }
    viewport()->update();
    tell();
    Q_EMIT rowChosen(m_current);
}

bool LineList::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        widen(0); // lines have another width
        rowsChanged();
    } else if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        viewport()->update(); // which the area does not do: the ring is around a row
    }
    return QAbstractScrollArea::event(event);
}

void LineList::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setFont(widgets::font(textRole()));
    const auto count = std::min(pageRows() + 1, rowCount() - std::min(rowCount(), firstRow()));
    beforePaint(firstRow(), count);
    int widest = m_widest;
    for (std::uint64_t i = 0; i < count; ++i) {
        widest = std::max(widest, lineWidth(firstRow() + i));
    }
    if (widest > m_widest) { // a bar may come, which is none of this painting's business
        QMetaObject::invokeMethod(this, [this, widest] { widen(std::max(widest, m_widest)); }, Qt::QueuedConnection);
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        paintLine(painter, rowRect(firstRow() + i), firstRow() + i);
    }
    if (hasFocus() && rowCount() > 0) {
        const QRect box = rowRect(m_current);
        painter.setRenderHint(QPainter::Antialiasing);
        if (!box.isEmpty()) {
            paintFocusRing(painter, QRectF(0, box.top(), viewport()->width(), box.height()), radius::chip);
        }
    }
}

void LineList::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    rowsChanged();
    if (m_keepInView && rowCount() > 0) {
        makeVisible(m_current);
    }
}

void LineList::keyPressEvent(QKeyEvent* event)
{
    const auto last = rowCount() - std::min<std::uint64_t>(rowCount(), 1);
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Down:
        moveTo(std::min(last, m_current + 1));
        break;
    case Qt::Key_Up:
        moveTo(m_current - std::min<std::uint64_t>(m_current, 1));
        break;
    case Qt::Key_PageDown:
        moveTo(std::min(last, m_current + pageRows()));
        break;
    case Qt::Key_PageUp:
        moveTo(m_current - std::min(m_current, pageRows()));
        break;
    case Qt::Key_Home:
        moveTo(0);
        break;
    case Qt::Key_End:
        moveTo(last);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LineList::mousePressEvent(QMouseEvent* event)
{
    const auto row = firstRow() + static_cast<std::uint64_t>(std::max(0, event->pos().y()) / rowHeight());
    if (event->button() == Qt::LeftButton && row < rowCount()) {
        moveTo(row);
    }
}

void LineList::wheelEvent(QWheelEvent* event)
{
    m_keepInView = false;
    QAbstractScrollArea::wheelEvent(event);
}

void LineList::copy()
{
    if (rowCount() > 0) {
        QGuiApplication::clipboard()->setText(lineText(m_current));
    }
}

void LineList::contextMenuEvent(QContextMenuEvent* event)
{
    if (rowCount() == 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy line"), this, &LineList::copy);
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    menu->popup(mouse ? event->globalPos() : viewport()->mapToGlobal(rowRect(m_current).center()));
}

} // namespace cupel::widgets
