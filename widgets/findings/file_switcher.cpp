// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/file_switcher.h"

#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

FileSwitcher::FileSwitcher(ReviewState* state, QWidget* parent)
    : QComboBox(parent)
    , m_state(state)
    , m_model(state)
{
    setAccessibleName(tr("File"));
    setToolTip(tr("The file that is shown"));
    setMaxVisibleItems(16);
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setModel(&m_model);
    setItemDelegate(new FileDelegate(this));
    connect(this, &QComboBox::activated, this, [this](int row) {
        if (const ArtifactRow* file = m_model.value(m_model.index(row, 0))) {
            m_state->showArtifact(std::string(file->path));
        }
    });
    connect(state, &ReviewState::currentArtifactChanged, this, &FileSwitcher::follow);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &FileSwitcher::follow);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &FileSwitcher::follow);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &FileSwitcher::follow);
    follow();
}

void FileSwitcher::follow()
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(m_model.indexOf(m_state->currentArtifact()).row());
    setVisible(m_model.rowCount() > 1);
    update();
}

void FileSwitcher::showPopup()
{
    view()->setTextElideMode(Qt::ElideMiddle);
    QComboBox::showPopup();
}

void FileSwitcher::changeEvent(QEvent* event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

void FileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRow(*painter, QRectF(option.rect).adjusted(4, 0, -4, 0), selected,
        option.state.testFlag(QStyle::State_MouseOver), false);
    const auto visual = [&](const QRect& box) { return QStyle::visualRect(option.direction, option.rect, box); };
    QRect inner = option.rect.adjusted(12, 0, -12, 0);
    constexpr int sign = 14;
    const QRectF box = QRectF(visual({inner.left(), inner.center().y() - sign / 2 + 1, sign, sign}));
    const int worst = index.data(ArtifactModel::WorstRole).toInt();
    const QString status = index.data(ArtifactModel::StatusTextRole).toString();
    if (worst >= 0) {
        paintSeverity(*painter, box, static_cast<Severity>(worst), false);
    } else if (status.isEmpty()) {
        paintOk(*painter, box, currentTheme());
    }
    inner.setLeft(inner.left() + sign + 8);
    const int count = index.data(ArtifactModel::CountRole).toInt();
    const QString note =
        status.isEmpty() ? QString::number(count) : status + QStringLiteral(", ") + QString::number(count);
    painter->setFont(font(TextRole::Small));
    const int noteWidth = std::min(painter->fontMetrics().horizontalAdvance(note) + 2, inner.width() / 2);
    painter->setPen(color(selected ? Token::TextSecondary : Token::TextMuted));
    painter->drawText(visual({inner.right() + 1 - noteWidth, inner.top(), noteWidth, inner.height()}),
        QStyle::visualAlignment(option.direction, Qt::AlignVCenter | Qt::AlignRight),
        painter->fontMetrics().elidedText(note, Qt::ElideRight, noteWidth));
    inner.setRight(inner.right() - noteWidth - 8);
    painter->setFont(font(TextRole::Base));
    painter->setPen(color(Token::TextPrimary));
    painter->drawText(visual(inner), QStyle::visualAlignment(option.direction, Qt::AlignVCenter | Qt::AlignLeft),
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, inner.width()));
    painter->restore();
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, std::max(36, lineHeight(TextRole::Base) + 12)};
}

} // namespace cupel::widgets
