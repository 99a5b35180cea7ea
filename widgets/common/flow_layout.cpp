// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/flow_layout.h"

#include <QtWidgets/QStyle>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace cupel::widgets {

FlowLayout::FlowLayout(int spacing, bool lastAtEnd, QWidget* parent)
    : QLayout(parent)
    , m_spacing(spacing)
    , m_lastAtEnd(lastAtEnd)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.emplace_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    QLayoutItem* item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto& item : m_items) {
        if (!item->isEmpty()) {
            size = size.expandedTo(item->minimumSize());
        }
    }
    return size;
}

QSize FlowLayout::sizeHint() const
{
    QSize size = minimumSize();
    if (m_oneLine) {
        int width = 0;
        for (const auto& item : m_items) {
            width += item->isEmpty() ? 0 : item->sizeHint().width() + (width > 0 ? m_spacing : 0);
        }
        size.setWidth(std::max(size.width(), width));
    }
    return size;
}

void FlowLayout::askForOneLine()
{
    m_oneLine = true;
    invalidate();
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool move) const
{
    std::vector<QLayoutItem*> line;
    int y = rect.y();
    int width = 0;
    int height = 0;
    const auto finish = [&](bool last) {
        if (move) {
            placeLine(line, rect, y, height, last);
        }
    };
    for (const auto& item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize size = item->sizeHint();
        if (!line.empty() && width + m_spacing + size.width() > rect.width()) {
            finish(false);
            y += height + m_spacing;
            line.clear();
            width = 0;
            height = 0;
        }
        width += size.width() + (line.empty() ? 0 : m_spacing);
        height = std::max(height, size.height());
        line.push_back(item.get());
    }
    finish(true);
    return y + height - rect.y();
}

void FlowLayout::placeLine(const std::vector<QLayoutItem*>& line, const QRect& rect, int y, int height, bool last) const
{
    const Qt::LayoutDirection direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = rect.x();
    for (QLayoutItem* item : line) {
        const QSize size(std::min(item->sizeHint().width(), rect.width()), item->sizeHint().height());
        if (last && m_lastAtEnd && item == line.back()) {
            x = std::max(x, rect.right() + 1 - size.width());
        }
        const QRect box(QPoint(x, y + (height - size.height()) / 2), size);
        item->setGeometry(QStyle::visualRect(direction, rect, box));
        x += size.width() + m_spacing;
    }
}

} // namespace cupel::widgets
