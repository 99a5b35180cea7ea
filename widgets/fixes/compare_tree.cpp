// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_tree.h"

#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int edge = 6; // around the text of a cell

} // namespace

QSize CompareTreeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {zoomed(80), lineHeight(TextRole::Base) + 10};
}

void CompareTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool head = !index.parent().isValid();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect& box = option.rect;
    painter->fillRect(box, color(selected ? Token::Selection : head ? Token::Window : Token::Surface));
    QRect room = box.adjusted(edge, 0, -edge, 0);
    const auto column = static_cast<CompareColumn>(index.column());
    if (!head && column == CompareColumn::Change) {
        const auto kind = static_cast<CompareKind>(index.data(CompareTreeModel::SignRole).toInt());
        const int size = zoomed(16);
        const QRect sign(room.left(), box.center().y() - size / 2, size, size);
        const bool finding = index.siblingAtColumn(0).data(CompareTreeModel::SeverityRole).toInt() >= 0;
        const bool good = kind == (finding ? CompareKind::Removed : CompareKind::Added); // a new finding is none
        const bool plain = kind != CompareKind::Added && kind != CompareKind::Removed;
        paintBox(*painter, QRectF(sign).adjusted(0.5, 0.5, -0.5, -0.5), radius::chip,
            color(plain    ? Token::Third
                    : good ? Token::DiffAdded
                           : Token::DiffRemoved),
            color(Token::ControlBorder));
        painter->setFont(font(TextRole::CodeSmall, true));
        painter->setPen(color(Token::TextPrimary));
        painter->drawText(sign, Qt::AlignCenter, compareSign(kind));
        room.setLeft(sign.right() + 7);
    }
    const int severity = index.data(CompareTreeModel::SeverityRole).toInt();
    if (!head && severity >= 0 && column == CompareColumn::Difference) {
        const int size = zoomed(14);
        paintSeverity(*painter, QRectF(room.left(), box.center().y() - size / 2.0, size, size),
            static_cast<Severity>(severity), false);
        room.setLeft(room.left() + size + 7);
    }
    painter->setFont(font(TextRole::Base, head));
    painter->setPen(
        color(head || column == CompareColumn::Name || selected ? Token::TextPrimary : Token::TextSecondary));
    const auto draw = [&](const QString& text, Qt::TextElideMode mode) {
        const QString shown = painter->fontMetrics().elidedText(text, mode, std::max(0, room.width()));
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        room.setLeft(room.left() + painter->fontMetrics().horizontalAdvance(shown) + 8);
    };
    if (head || column != CompareColumn::Name) {
        draw(index.data().toString(), Qt::ElideRight);
    } else { // the file it is in gets what room is left
        draw(index.data(CompareTreeModel::NameRole).toString(), Qt::ElideMiddle);
        painter->setFont(font(TextRole::Small));
        painter->setPen(color(selected ? Token::TextPrimary : Token::TextMuted));
        if (room.width() > zoomed(24)) {
            draw(index.data(CompareTreeModel::FileRole).toString(), Qt::ElideMiddle);
        }
    }
    painter->restore();
}

CompareTree::CompareTree(CompareTreeModel& model, QWidget* parent)
    : QTreeView(parent)
    , m_model(model)
{
    setAccessibleName(tr("What became of the model"));
    setFrameShape(NoFrame);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(true);
    setIndentation(zoomed(18));
    setItemDelegate(new CompareTreeDelegate(this));
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &CompareTree::keep);
    setModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &CompareTree::restore);
    header()->setSortIndicator(-1, Qt::AscendingOrder);
    header()->setSortIndicatorClearable(true);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(zoomed(72));
    setSortingEnabled(true);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (const auto place = m_model.place(index)) {
            m_folded.set(static_cast<std::size_t>(place->section));
        }
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (const auto place = m_model.place(index); place && !m_restoring) {
            m_folded.reset(static_cast<std::size_t>(place->section));
        }
    });
    connect(this, &QTreeView::doubleClicked, this, &CompareTree::opened);
}

void CompareTree::keep()
{
    m_stands.reset();
    if (const auto place = m_model.place(currentIndex())) {
        m_stands.emplace(place->section, place->item ? std::optional(place->item->at) : std::nullopt);
    }
}

void CompareTree::restore()
{
    m_restoring = true;
    for (int i = 0; i < m_model.rowCount(); ++i) {
        const auto section = m_model.index(i, 0);
        setFirstColumnSpanned(i, {}, true);
        setExpanded(section, !m_folded[static_cast<std::size_t>(m_model.place(section)->section)]);
    }
    m_restoring = false;
    if (m_stands && m_stands->second) {
        if (const auto index = m_model.find(m_stands->first, *m_stands->second); index.isValid()) {
            setCurrentIndex(index);
            return;
        }
    }
    if (m_model.rowCount() > 0) {
        setCurrentIndex(m_model.index(0, 0));
    }
}

void CompareTree::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool letter =
        !event->text().isEmpty() && event->text().front().isPrint() && !control && event->key() != Qt::Key_Space;
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
    } else if (enter && currentIndex().isValid()) {
        currentIndex().parent().isValid() ? Q_EMIT opened(currentIndex())
                                          : setExpanded(currentIndex(), !isExpanded(currentIndex()));
    } else if (letter || event->modifiers() == Qt::AltModifier || event->key() == Qt::Key_Escape) {
        event->ignore(); // shortcuts of the window
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void CompareTree::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        setIndentation(zoomed(18));
        doItemsLayout();
    }
}

void CompareTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    if (!index.parent().isValid() && !selectionModel()->isSelected(index)) {
        painter->fillRect(rect, color(Token::Window));
    }
    QTreeView::drawBranches(painter, rect, index);
}

void CompareTree::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

void CompareTree::fitColumns()
{
    const int change = zoomed(124);
    const int room = std::max(viewport()->width() - change, zoomed(440)); // narrower ones scroll sideways
    header()->resizeSection(static_cast<int>(CompareColumn::Name), room * 34 / 100);
    header()->resizeSection(static_cast<int>(CompareColumn::Change), change);
    header()->resizeSection(static_cast<int>(CompareColumn::Before), room * 15 / 100);
    header()->resizeSection(static_cast<int>(CompareColumn::After), room * 15 / 100);
}

} // namespace cupel::widgets
