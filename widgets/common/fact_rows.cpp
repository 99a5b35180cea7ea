// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fact_rows.h"

#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int inset = 8;
constexpr int disc = 20;
constexpr int gap = 10;

// Long names may be broken behind their dots, lines and slashes.
QString breakable(QString text)
{
    for (const char16_t sign : {u'.', u'_', u'/'}) {
        text.replace(QChar(sign), QString(QChar(sign)) + QChar(0x200B));
    }
    return text;
}

class RowDelegate : public QStyledItemDelegate {
public:
    explicit RowDelegate(const FactRowModel& model, FactRows* view)
        : QStyledItemDelegate(view)
        , m_model(model)
        , m_view(*view)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const override
    {
        const FactRow* row = m_model.at(index);
        const int width = m_view.viewport()->width();
        if (!row) {
            return {width, 28};
        }
        if (row->heading) {
            return {width, lineHeight(TextRole::Small) + 16};
        }
        const int detail = row->detail.isEmpty() ? 0 : detailHeight(*row, width);
        return {width, lineHeight(TextRole::Base) + detail + 8};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const FactRow* row = m_model.at(index);
        if (!row) {
            return;
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect area = option.rect;
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        if (row->heading) {
            painter->setFont(font(TextRole::Small, true));
            painter->setPen(color(Token::TextSecondary));
            painter->drawText(area.adjusted(inset, 8, -inset, 0), Qt::AlignLeft | Qt::AlignVCenter, row->title);
        } else {
            paintRow(*painter, QRectF(area).adjusted(0, 1, 0, -1), selected,
                (option.state & QStyle::State_MouseOver) != 0, selected && m_view.hasFocus());
            paintContent(*painter, area, *row, selected);
        }
        painter->restore();
    }

private:
    [[nodiscard]] static int left(const FactRow& row) { return inset + (row.number > 0 || row.sign ? disc + gap : 0); }
    [[nodiscard]] static int rightWidth(const FactRow& row)
    {
        return row.right.isEmpty() ? 0 : QFontMetrics(font(TextRole::Small)).horizontalAdvance(row.right) + gap;
    }
    [[nodiscard]] static int detailHeight(const FactRow& row, int width)
    {
        const int room = std::max(60, width - left(row) - inset - rightWidth(row));
        return QFontMetrics(font(TextRole::Small))
            .boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, breakable(row.detail))
            .height();
    }

    static void paintContent(QPainter& painter, const QRect& area, const FactRow& row, bool selected)
    {
        const QRectF mark(area.left() + inset, area.top() + 4 + (lineHeight(TextRole::Base) - disc) / 2.0, disc, disc);
        if (row.number > 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::Accent));
            painter.drawEllipse(mark);
            painter.setPen(color(Token::TextOnAccent));
            painter.setFont(font(TextRole::Caption, true));
            painter.drawText(mark, Qt::AlignCenter, QString::number(row.number));
        } else if (row.sign) {
            paintSeverity(painter, mark.adjusted(2, 2, -2, -2), *row.sign);
        }
        const int right = rightWidth(row);
        QRect words = area.adjusted(left(row), 4, -inset - right, 0);
        painter.setFont(font(TextRole::Base, selected));
        painter.setPen(color(Token::TextPrimary));
        words.setHeight(lineHeight(TextRole::Base));
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(row.title, Qt::ElideMiddle, words.width()));
        painter.setFont(font(TextRole::Small));
        painter.setPen(color(selected ? Token::TextSecondary : Token::TextMuted));
        painter.drawText(QRect(words.left(), words.bottom() + 1, words.width(), area.bottom() - words.bottom()),
            Qt::TextWordWrap, breakable(row.detail));
        if (right > 0) {
            painter.setPen(color(Token::TextSecondary));
            painter.drawText(QRect(area.right() - inset - right, area.top(), right, area.height()),
                Qt::AlignRight | Qt::AlignVCenter, row.right);
        }
    }

    const FactRowModel& m_model;
    const FactRows& m_view;
};

} // namespace

Qt::ItemFlags FactRowModel::flags(const QModelIndex& index) const
{
    const FactRow* row = at(index);
    return row && row->heading ? Qt::ItemFlags(Qt::ItemIsEnabled) : TableModel::flags(index);
}

QVariant FactRowModel::cell(const FactRow& row, int /*column*/, int role) const
{
    if (role == Qt::DisplayRole) {
        return row.title;
    }
    if (role == Qt::ToolTipRole) {
        if (row.heading) {
            return {};
        }
        QString tip = row.title;
        for (const QString& one : {row.detail, row.tip}) {
            tip += one.isEmpty() ? QString() : u'\n' + one;
        }
        return tip;
    }
    if (role == Qt::AccessibleTextRole) {
        QStringList parts;
        if (row.number > 0) {
            parts += QString::number(row.number);
        }
        if (row.sign) {
            parts += word(*row.sign);
        }
        for (const QString& one : {row.title, row.detail, row.right}) {
            if (!one.isEmpty()) {
                parts += one;
            }
        }
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

FactRows::FactRows(const QString& accessibleName, QWidget* parent)
    : QListView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(NoFrame);
    setModel(&m_model);
    setItemDelegate(new RowDelegate(m_model, this));
    setResizeMode(Adjust);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (m_model.at(index) && !m_marking) {
            Q_EMIT chosen(index.row());
        }
    });
    connect(this, &QListView::doubleClicked, this, [this](const QModelIndex& index) {
        if (m_model.at(index)) {
            Q_EMIT opened(index.row());
        }
    });
}

void FactRows::setFacts(std::vector<FactRow> rows)
{
    const QScopedValueRollback<bool> guard(m_marking, true);
    m_model.setRows(std::move(rows));
}

void FactRows::mark(int row)
{
    const QScopedValueRollback<bool> guard(m_marking, true);
    if (row < 0) {
        clearSelection();
    } else {
        setCurrentIndex(m_model.index(row, 0));
    }
}

void FactRows::keyPressEvent(QKeyEvent* event)
{
    const bool letter =
        !event->text().isEmpty() && event->text().front().isPrint() && (event->modifiers() & Qt::ControlModifier) == 0;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_model.at(currentIndex())) {
        Q_EMIT opened(currentIndex().row());
    } else if (letter) {
        event->ignore(); // letters are shortcuts of the window here, not a search
    } else {
        QListView::keyPressEvent(event);
    }
}

void FactRows::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        scheduleDelayedItemsLayout(); // rows grow with the text
    }
}

// A scroll bar that comes while rows are laid out makes the room narrower, and QListView does not ask for heights
// again.
void FactRows::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        scheduleDelayedItemsLayout();
    }
}

} // namespace cupel::widgets
