// SPDX-License-Identifier: GPL-3.0-or-later
// The painting part of the canvas.
#include "widgets/common/severity.h"
#include "widgets/common/theme.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtGui/QPaintEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace cupel::widgets {

void NotebookCanvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), color(Token::Surface));
    if (itemCount() == 0) {
        return;
    }
    const QRectF clip = event->rect();
    auto y = -m_anchorOffset;
    for (auto item = m_anchorItem; item < itemCount() && y < clip.bottom(); ++item) {
        const auto height = shownItem(item).height();
        if (y + height >= clip.top()) {
            paintItem(painter, item, y, clip);
        }
        y += height + CellHeights::gap;
    }
    paintOverview(painter);
}

void NotebookCanvas::paintItem(QPainter& painter, int item, qreal top, const QRectF& clip)
{
    auto& layout = m_revealedCell && item == m_currentItem ? *m_revealedCell : shownItem(item);
    painter.save();
    painter.translate(0, top);
    painter.setRenderHint(QPainter::Antialiasing);
    if (item == m_currentItem) {
        painter.fillRect(QRectF(4, 0, 3, layout.height()), color(Token::Accent));
        if (m_keyboardFocus && hasFocus()) {
            painter.setPen(QPen(color(Token::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(
                QRectF(CellLayout::gutter() - 4, -3, layout.width() - CellLayout::gutter() + 8, layout.height() + 6), 8,
                8);
        }
    }
    paintGutter(painter, item, layout);
    for (const auto& box : layout.boxes()) {
        painter.setPen(QPen(color(Token::Hairline), 1));
        painter.setBrush(color(Token::Window));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    for (const auto& bar : layout.bars()) {
        painter.fillRect(bar, color(Token::High));
    }
    const auto visible = clip.translated(0, -top);
    for (std::size_t i = 0; i < layout.blocks().size(); ++i) {
        const auto& placed = layout.blocks()[i];
        const auto part = visible.intersected(placed.rect.adjusted(-8, 0, 8, 0));
        if (part.isEmpty()) {
            continue;
        }
        PaintState state;
        state.clip = part.translated(-placed.rect.topLeft());
        if (m_selection.item() == item && !m_revealedCell) {
            std::tie(state.selectionStart, state.selectionEnd) = m_selection.inBlock(static_cast<int>(i));
        }
        state.hovered = m_hovered;
        state.pressed = m_pressed;
        state.pointed = m_pointed;
        state.revealing = m_revealedCell && item == m_currentItem;
        painter.save();
        painter.translate(placed.rect.topLeft());
        placed.block->paint(painter, state);
        painter.restore();
    }
    if (item == m_currentItem && m_link >= 0 && hasFocus()) {
        paintLinkFocus(painter, layout);
    }
    painter.restore();
}

// The number a program gave the cell when it ran, and below it its place in the file, by which findings name it.
void NotebookCanvas::paintGutter(QPainter& painter, int item, const CellLayout& layout) const
{
    const auto fitting = [&](const QFont& wanted, const QRectF& box, const QString& text) {
        QFont font = wanted;
        const auto width = QFontMetricsF(font).horizontalAdvance(text);
        if (width > box.width() && width > 0) { // [12345] would lose its bracket
            font.setPointSizeF(font.pointSizeF() * box.width() / width);
        }
        painter.setFont(font);
        painter.setPen(color(Token::TextMuted));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
    };
    // Right of the bar that marks the current cell, with a little room.
    QRectF box(13, CellLayout::boxPadding, CellLayout::gutter() - 19, lineHeight(TextRole::Code));
    if (!layout.count.isEmpty()) {
        fitting(widgets::font(TextRole::CodeSmall), box, layout.count);
        box.moveTop(box.bottom());
    } else if (layout.boxes().empty()) {
        box.moveTop(0);
    }
    box.setHeight(lineHeight(TextRole::Caption));
    if (const QString place = placeInFile(item); !place.isEmpty()) {
        fitting(widgets::font(TextRole::Caption), box, place);
    }
}

QString NotebookCanvas::placeInFile(int item) const
{
    const Item& shown = m_document->items()[static_cast<std::size_t>(item)];
    return shown.kind == Item::Kind::Cell && shown.cell >= 0 ? CellText::tr("cell %1").arg(shown.cell) : QString();
}

QRectF NotebookCanvas::thumbRect() const
{
    const auto* bar = verticalScrollBar();
    const qreal height = viewport()->height();
    const auto total = bar->maximum() + height;
    if (bar->maximum() <= 0) {
        return {};
    }
    const auto length = std::max(28.0, height * height / total);
    const auto top = (height - length) * bar->value() / bar->maximum();
    return {viewport()->width() - stripWidth + 3.0, top, 10, length};
}

qreal NotebookCanvas::overviewY(std::size_t finding) const
{
    const auto item = m_document->itemOf(finding);
    const auto total = std::max(m_heights.total(), 1.0);
    auto y = m_heights.top(item);
    const auto laidOut = m_cells.find(item);
    const auto rect = laidOut == m_cells.end() ? std::nullopt : laidOut->second->findingRect(finding);
    y += rect ? rect->center().y() : m_heights.height(item) / 2;
    const auto height = viewport()->height();
    // A page shorter than the viewport is not stretched.
    return std::clamp(total <= height ? y : y / total * height, 8.0, height - 8.0);
}

void NotebookCanvas::paintOverview(QPainter& painter)
{
    const QRectF strip(viewport()->width() - stripWidth, 0, stripWidth, viewport()->height());
    painter.fillRect(strip, color(Token::Surface));
    painter.fillRect(QRectF(strip.left(), 0, 1, strip.height()), color(Token::Hairline));
    painter.setRenderHint(QPainter::Antialiasing);
    const auto thumb = thumbRect();
    if (!thumb.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(m_thumbDragged ? Token::ControlBorder : Token::Hairline));
        painter.drawRoundedRect(thumb, 5, 5);
    }
    const auto& findings = m_document->analysis().findings;
    // The worst last, so that it is on top where many stand close together.
    std::vector<std::pair<int, Severity>> signs;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (m_shown[i] && m_document->itemOf(i) >= 0) {
            signs.emplace_back(static_cast<int>(overviewY(i)), findings[i].severity);
        }
    }
    std::sort(signs.begin(), signs.end(),
        [](const auto& a, const auto& b) { return std::tie(a.second, a.first) < std::tie(b.second, b.first); });
    signs.erase(std::unique(signs.begin(), signs.end()), signs.end());
    for (const auto& [y, severity] : signs) {
        paintSeverity(painter, QRectF(strip.left() + 2, y - 6, 12, 12), severity, false);
    }
}

} // namespace cupel::widgets
