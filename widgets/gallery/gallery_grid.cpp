// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery_grid.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/models/picture_paint.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int margin = 8;
constexpr QSize thumbnail(184, 124);

} // namespace

GalleryModel::GalleryModel(GalleryState& state, QObject* parent)
    : QAbstractListModel(parent)
    , m_state(state)
{
    connect(&state, &GalleryState::visibleChanged, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(&state, &GalleryState::lookedAtChanged, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
    });
}

int GalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_state.visible().size());
}

std::optional<std::size_t> GalleryModel::imageAt(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_state.visible().size() ? std::optional(m_state.visible()[row]) : std::nullopt;
}

QModelIndex GalleryModel::indexOf(std::optional<std::size_t> image) const
{
    const auto& visible = m_state.visible();
    const auto at = image ? std::lower_bound(visible.begin(), visible.end(), *image) : visible.end();
    return at == visible.end() || *at != *image ? QModelIndex() : index(static_cast<int>(at - visible.begin()));
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const
{
    const auto at = imageAt(index);
    if (!at) {
        return {};
    }
    const GalleryImage& image = m_state.images()[*at];
    const QString file = shownFileName(image.picture.analysis->artifact.path);
    if (role == Qt::DisplayRole) {
        return placeText(image);
    }
    if (role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    QStringList words{tr("Image, %1 of %2").arg(placeText(image), file), factsText(image)};
    for (const auto& note : image.notes) {
        words += noteWord(note.kind, true);
    }
    words.removeDuplicates();
    if (!image.refusal.isEmpty()) {
        words += image.refusal;
    }
    if (image.toBeSeen) {
        words += m_state.isLookedAt(*at) ? tr("looked at") : tr("not looked at");
    }
    return words.join(role == Qt::ToolTipRole ? QStringLiteral("\n") : QStringLiteral(", "));
}

GalleryDelegate::GalleryDelegate(GalleryState& state, PictureSource* pictures, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_state(state)
    , m_pictures(pictures)
{
}

QSize GalleryDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    const int text = lineHeight(TextRole::Base) + 2 * lineHeight(TextRole::Small);
    return {thumbnail.width() + 2 * margin, thumbnail.height() + 3 * margin + text};
}

QRectF GalleryDelegate::pictureBox(const QRectF& tile) const
{
    return {tile.left() + margin, tile.top() + margin, tile.width() - 2 * margin, qreal(thumbnail.height())};
}

void GalleryDelegate::paintThumbnail(QPainter& painter, const QRectF& box, const GalleryImage& image) const
{
    if (!image.refusal.isEmpty()) {
        const Picture refused{{}, image.refusal};
        paintPicture(painter, box, &refused);
        return;
    }
    PictureRequest request = image.picture;
    const QSize shown = request.size.width() <= box.width() && request.size.height() <= box.height()
        ? request.size
        : request.size.scaled(box.size().toSize(), Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    const qreal ratio = painter.device()->devicePixelRatioF();
    request.wanted = (QSizeF(shown) * ratio).toSize().boundedTo(request.size);
    const Picture* picture = m_pictures ? m_pictures->find(request) : nullptr;
    const QPointF place = box.center() - QPointF(shown.width() / 2.0, shown.height() / 2.0);
    const bool pixels = picture && !picture->image.isNull();
    painter.fillRect(box, color(Token::Third));
    paintPicture(painter, pixels ? QRectF(place.toPoint(), QSizeF(shown)) : box, picture);
}

void GalleryDelegate::paintChips(QPainter& painter, const QRectF& box, const GalleryImage& image) const
{
    QStringList words;
    for (const auto& note : image.notes) {
        words += noteWord(note.kind, true);
    }
    words.removeDuplicates();
    qreal right = box.left() + 4;
    for (qsizetype i = 0; i < words.size(); ++i) {
        ChipLook chip;
        chip.text = words[i];
        const bool last = i + 1 == words.size();
        if (right + chipSize(chip).width() > box.right() - (last ? 4 : 36)) {
            chip.text = QStringLiteral("+%1").arg(words.size() - i);
            i = words.size();
        }
        const QSizeF size = chipSize(chip);
        const QRectF place(QPointF(right, box.bottom() - size.height() - 4), size);
        paintBox(painter, place, radius::chip, color(Token::Surface));
        paintChip(painter, place, chip);
        right += size.width() + 4;
    }
}

void GalleryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const GalleryModel*>(index.model());
    const auto at = model ? model->imageAt(index) : std::nullopt;
    if (!at) {
        return;
    }
    const GalleryImage& image = m_state.images()[*at];
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const bool focused = (option.state & QStyle::State_HasFocus) != 0;
    const QRectF tile(option.rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBox(*painter, tile, radius::card, color(selected ? Token::Selection : Token::Surface),
        color((option.state & QStyle::State_MouseOver) != 0 ? Token::ControlBorder : Token::Hairline));
    const QRectF box = pictureBox(tile);
    paintThumbnail(*painter, box, image);
    paintChips(*painter, box, image);

    qreal top = box.bottom() + margin;
    const auto line = [&](TextRole role, bool strong, Token token, const QString& text, qreal width,
                          Qt::TextElideMode mode) {
        painter->setFont(font(role, strong));
        painter->setPen(color(token));
        const QRectF row(box.left(), top, width, lineHeight(role));
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(text, mode, static_cast<int>(width)));
        top += row.height();
    };
    const bool looked = m_state.isLookedAt(*at);
    if (looked) {
        paintOk(
            *painter, QRectF(box.right() - 16, top + (lineHeight(TextRole::Base) - 16) / 2.0, 16, 16), currentTheme());
    }
    line(TextRole::Base, selected, Token::TextPrimary, placeText(image), box.width() - (looked ? 22 : 0),
        Qt::ElideRight);
    const Token quiet = selected ? Token::TextSecondary : Token::TextMuted;
    line(TextRole::Small, false, quiet, factsText(image), box.width(), Qt::ElideRight);
    line(TextRole::Small, false, quiet, shownFileName(image.picture.analysis->artifact.path), box.width(),
        Qt::ElideMiddle);
    if (focused) {
        paintFocusRing(*painter, tile, radius::card);
    }
    painter->restore();
}

GalleryGrid::GalleryGrid(GalleryState& state, PictureSource* pictures, QWidget* parent)
    : QListView(parent)
    , m_state(state)
    , m_model(state)
{
    setAccessibleName(tr("Images"));
    setViewMode(IconMode);
    setMovement(Static);
    setResizeMode(Adjust);
    setLayoutMode(Batched);
    setBatchSize(400);
    setUniformItemSizes(true);
    setSpacing(4);
    setFrameShape(NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setItemDelegate(new GalleryDelegate(state, pictures, this));
    setModel(&m_model);
    connect(&state, &GalleryState::currentChanged, this, &GalleryGrid::follow);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &GalleryGrid::follow);
    if (pictures) {
        connect(pictures, &PictureSource::arrived, viewport(), qOverload<>(&QWidget::update));
    }
    follow();
}

void GalleryGrid::follow()
{
    const QScopedValueRollback<bool> guard(m_following, true);
    const QModelIndex index = m_model.indexOf(m_state.current());
    if (index.isValid() && index != currentIndex()) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        scrollTo(index);
    }
}

void GalleryGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (!m_following) {
        m_state.setCurrent(m_model.imageAt(current));
    }
}

void GalleryGrid::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    std::vector<std::size_t> images;
    for (const QModelIndex& index : selectionModel()->selectedIndexes()) {
        if (const auto image = m_model.imageAt(index)) {
            images.push_back(*image);
        }
    }
    std::sort(images.begin(), images.end());
    m_state.setChosen(std::move(images));
}

void GalleryGrid::open()
{
    if (const auto image = m_model.imageAt(currentIndex())) {
        Q_EMIT m_state.opened(*image);
    }
}

void GalleryGrid::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (event->modifiers() & Qt::ShiftModifier) != 0) { // looked at, and on to the next
        const auto image = m_model.imageAt(currentIndex());
        const auto row = currentIndex().row();
        if (image && m_state.images()[*image].toBeSeen && !m_state.isLookedAt(*image)) {
            const bool leaves = m_state.show() == GalleryState::Show::NotLookedAt;
            Q_EMIT m_state.lookedAtRequested({m_state.images()[*image].id}, true);
            if (leaves) {
                return; // the next one has taken its place
            }
        }
        const QModelIndex next = m_model.index(std::min(row + 1, m_model.rowCount() - 1));
        selectionModel()->setCurrentIndex(next, QItemSelectionModel::ClearAndSelect);
    } else if (enter) {
        open();
    } else if (event->key() == Qt::Key_Space) {
        m_state.markChosen();
    } else if (!event->text().isEmpty() && event->text().front().isPrint()
        && (event->modifiers() & Qt::ControlModifier) == 0) {
        event->ignore(); // letters are shortcuts of the window here, not a search
    } else {
        QListView::keyPressEvent(event);
    }
}

void GalleryGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (indexAt(event->position().toPoint()).isValid()) {
        open();
    }
}

void GalleryGrid::contextMenuEvent(QContextMenuEvent* event)
{
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("notebook-text")), tr("Go to its cell"), this, &GalleryGrid::open);
    menu->addAction(icon(QStringLiteral("circle-check")), tr("Looked at, or not"), &m_state, &GalleryState::markChosen);
    menu->popup(mouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).center()));
}

void GalleryGrid::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        scheduleDelayedItemsLayout(); // tiles grow with the text
    }
}

} // namespace cupel::widgets
