// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/drop_overlay.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

QStringList localPaths(const QMimeData& data)
{
    QStringList out;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) {
            out += QDir::cleanPath(url.toLocalFile());
        }
    }
    return out;
}

} // namespace

DropOverlay::DropOverlay(QWidget* window)
    : QWidget(window)
{
    setAcceptDrops(true);
    setAccessibleName(tr("Drop files here"));
    hide();
    window->setAcceptDrops(true);
    qApp->installEventFilter(this);
}

QString DropOverlay::describe(const QStringList& paths, bool add)
{
    if (paths.isEmpty()) {
        return {};
    }
    // By name only: asking the disk for each of a thousand files would make the drag stutter.
    const auto notebooks = static_cast<int>(std::count_if(paths.begin(), paths.end(),
        [](const QString& path) { return path.endsWith(QStringLiteral(".ipynb"), Qt::CaseInsensitive); }));
    const int others = static_cast<int>(paths.size()) - notebooks;
    QString what =
        others == 0 ? tr("%n notebook(s)", nullptr, notebooks) : tr("%n file(s) or folder(s)", nullptr, others);
    if (others > 0 && notebooks > 0) {
        what = tr("%1 and %2").arg(tr("%n notebook(s)", nullptr, notebooks), what);
    }
    if (paths.size() == 1) {
        what = QUrl::fromLocalFile(paths.front()).fileName();
        what = what.isEmpty() ? paths.front() : what;
    }
    return add ? tr("Add %1 to this review").arg(what) : tr("Open %1").arg(what);
}

// Always a copy: Shift means "add" here but "move" to a file manager, which might then take the file away.
void DropOverlay::accept(QDropEvent& event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
}

bool DropOverlay::adds(const QDropEvent& event) const
{
    return m_canAdd && event.modifiers().testFlag(Qt::ShiftModifier);
}

void DropOverlay::update(const QDropEvent& event)
{
    m_paths = localPaths(*event.mimeData());
    m_text = describe(m_paths, adds(event));
    m_hint = m_canAdd && !adds(event) ? tr("Hold Shift to add to the open review. Nothing is run.")
                                      : tr("Nothing you open here is ever run.");
    QWidget::update();
    Q_EMIT textChanged(m_text);
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::DragEnter || watched == this || !watched->isWidgetType()) {
        return false;
    }
    auto* drag = static_cast<QDragEnterEvent*>(event);
    if (static_cast<QWidget*>(watched)->window() != window() || localPaths(*drag->mimeData()).isEmpty()) {
        return false;
    }
    update(*drag);
    setGeometry(parentWidget()->rect());
    show();
    raise();
    accept(*drag);
    return true;
}

void DropOverlay::dragEnterEvent(QDragEnterEvent* event)
{
    update(*event);
    accept(*event);
}

void DropOverlay::dragMoveEvent(QDragMoveEvent* event)
{
    update(*event);
    accept(*event);
}

void DropOverlay::dragLeaveEvent(QDragLeaveEvent*)
{
    hide();
    Q_EMIT textChanged({});
}

void DropOverlay::dropEvent(QDropEvent* event)
{
    update(*event);
    const bool add = adds(*event);
    accept(*event);
    if (!event->possibleActions().testFlag(Qt::CopyAction)) {
        event->setDropAction(
            Qt::IgnoreAction); // offered as a move only: taken all the same, but nothing may be deleted
    }
    hide();
    Q_EMIT textChanged({});
    if (!m_paths.isEmpty()) {
        Q_EMIT dropped(m_paths, add);
    }
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    if (m_quiet && m_quiet()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = widgets::color(Token::Surface);
    veil.setAlphaF(0.82F);
    painter.fillRect(rect(), veil);
    const QRectF zone = QRectF(rect()).adjusted(24, 24, -24, -24);
    widgets::paintBox(
        painter, zone, widgets::radius::card, widgets::color(Token::Window), widgets::color(Token::Accent), 2);
    const QPointF middle = zone.center();
    widgets::paintIcon(
        painter, QRectF(middle.x() - 16, middle.y() - 64, 32, 32), QStringLiteral("download"), Token::Accent);
    painter.setFont(widgets::font(TextRole::H2, true));
    painter.setPen(widgets::color(Token::TextPrimary));
    const QRectF line(zone.left() + 16, middle.y() - 18, zone.width() - 32, 36);
    painter.drawText(line, Qt::AlignCenter,
        painter.fontMetrics().elidedText(m_text, Qt::ElideMiddle, static_cast<int>(line.width())));
    painter.setFont(widgets::font(TextRole::Base));
    painter.setPen(widgets::color(Token::TextSecondary));
    painter.drawText(line.translated(0, 36), Qt::AlignCenter, m_hint);
}

} // namespace cupel::app
