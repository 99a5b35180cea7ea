// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_navigator.h"

#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/common/states.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QCursor>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int signSize = 16;

} // namespace

QSize ModelRowDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    return {200, std::max(28, lineHeight(TextRole::Base) + 8)};
}

void ModelRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row(option.rect);
    const int worst = index.data(ModelTree::WorstRole).toInt();
    const auto status = static_cast<ReadStatus>(index.data(ModelTree::StatusRole).toInt());
    const QRectF sign(row.right() - 12 - signSize, row.center().y() - signSize / 2.0, signSize, signSize);
    if (worst >= 0) {
        paintSeverity(*painter, sign, static_cast<Severity>(worst));
    } else if (status == ReadStatus::Complete) {
        paintOk(*painter, sign, currentTheme());
    } else {
        paintIcon(*painter, sign, QStringLiteral("triangle-alert"), Token::Medium);
    }
    const QRectF picture(row.left() + 4, row.center().y() - 8, 16, 16);
    const bool holds = index.model()->hasChildren(index);
    paintIcon(*painter, picture, holds ? QStringLiteral("package") : QStringLiteral("box"));
    painter->setFont(font(TextRole::Small));
    const QString facts = index.data(ModelTree::FactsRole).toString();
    const int factsWidth = painter->fontMetrics().horizontalAdvance(facts);
    const qreal right = sign.left() - 8;
    const qreal left = picture.right() + 8;
    painter->setFont(font(TextRole::Base, selected));
    const QString name = index.data(Qt::DisplayRole).toString();
    const int nameWidth = painter->fontMetrics().horizontalAdvance(name);
    const bool both = left + nameWidth + 12 + factsWidth <= right;
    painter->setPen(color(Token::TextPrimary));
    painter->drawText(QRectF(left, row.top(), right - left, row.height()), Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(name, Qt::ElideLeft, static_cast<int>(right - left)));
    if (both) {
        painter->setFont(font(TextRole::Small));
        painter->setPen(color(selected ? Token::TextSecondary : Token::TextMuted));
        painter->drawText(QRectF(right - factsWidth, row.top(), factsWidth + 1, row.height()),
            Qt::AlignVCenter | Qt::AlignRight, facts);
    }
    painter->restore();
}

void ModelTreeView::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = selectionModel()->isSelected(index);
    const QPoint pointer = viewport()->mapFromGlobal(QCursor::pos());
    const QRectF box = QRectF(option.rect).adjusted(0, 1, -4, -1);
    paintRow(
        *painter, box, selected, viewport()->underMouse() && option.rect.contains(pointer), selected && hasFocus());
    painter->restore();
    QTreeView::drawRow(painter, option, index);
}

void ModelTreeView::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    if (model()->hasChildren(index)) {
        constexpr int size = 14;
        const QRectF box(rect.right() - size, rect.center().y() - size / 2.0 + 1, size, size);
        paintIcon(*painter, box, isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
    }
}

void ModelTreeView::keyPressEvent(QKeyEvent* event)
{
    const bool letter =
        !event->text().isEmpty() && event->text().front().isPrint() && (event->modifiers() & Qt::ControlModifier) == 0;
    if (letter && event->key() != Qt::Key_Plus && event->key() != Qt::Key_Minus && event->key() != Qt::Key_Asterisk) {
        event->ignore(); // letters are shortcuts of the window here, not a search
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void ModelTreeView::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        scheduleDelayedItemsLayout(); // rows grow with the text
    }
}

ModelNavigator::ModelNavigator(ReviewState* review, ModelState& state, QWidget* parent)
    : View(parent)
    , m_review(review)
    , m_state(state)
    , m_model(review)
    , m_filter(new QLineEdit(this))
    , m_count(new Label({}, TextRole::Small, Token::TextMuted, false, this))
    , m_tree(new ModelTreeView(this))
    , m_empty(new EmptyState(QStringLiteral("box"), this))
{
    setAccessibleName(tr("Model files"));
    setFocusPolicy(Qt::NoFocus);
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new ModelRowDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setMouseTracking(true);
    m_tree->setAccessibleName(tr("Model files and their members"));
    m_tree->viewport()->setAutoFillBackground(false);
    m_empty->setState(tr("No model files"), tr("None of the files of this review is a model."));
    auto* list = new QWidget(this);
    auto* listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(8, 8, 4, 8);
    listColumn->setSpacing(4);
    auto* title = new SectionLabel(tr("Models and their members"), list);
    title->setContentsMargins(8, 4, 0, 0);
    m_filter->setPlaceholderText(tr("Find a file by its path"));
    m_filter->setAccessibleName(tr("Find a model file by its path or that of a member"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto* find = new QHBoxLayout;
    find->setContentsMargins(8, 2, 8, 4);
    find->setSpacing(8);
    find->addWidget(m_filter, 1);
    find->addWidget(m_count);
    listColumn->addWidget(title);
    listColumn->addLayout(find);
    m_none = new EmptyState(QStringLiteral("list-filter"), list);
    listColumn->addWidget(m_none);
    listColumn->addWidget(m_tree, 1);
    listColumn->addStretch(0);
    auto* nothing = new QWidget(this);
    auto* nothingColumn = new QVBoxLayout(nothing);
    nothingColumn->setContentsMargins(12, 12, 12, 12);
    nothingColumn->addWidget(m_empty);
    nothingColumn->addStretch(1);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(nothing);
    m_stack->addWidget(list);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) {
        const QScopedValueRollback<bool> guard(m_following, true); // rows that go choose no other file
        m_model.setFilter(words);
        follow();
    });
    connect(m_none, &StateCard::activated, m_filter, &QLineEdit::clear);
    connect(review, &ReviewState::workspaceChanged, this, &ModelNavigator::forgetFilter);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ModelNavigator::follow);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &ModelNavigator::follow);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &ModelNavigator::follow);
    connect(&state, &ModelState::readingChanged, this, &ModelNavigator::follow);
    connect(review, &ReviewState::currentArtifactChanged, this, &ModelNavigator::follow);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid() && !m_following) {
            Q_EMIT m_state.artifactChosen(index.data(ModelTree::PathRole).toString());
        }
    });
    follow();
}

void ModelNavigator::follow()
{
    m_stack->setCurrentIndex(m_model.fileCount() > 0 ? 1 : 0);
    count();
    const QScopedValueRollback<bool> guard(m_following, true);
    const QModelIndex shown = m_model.indexOf(m_review->currentArtifact());
    const QModelIndex index =
        shown.isValid() || !m_state.reading() ? shown : m_model.indexOf(m_state.reading()->analysis->artifact.path);
    if (index != m_tree->currentIndex()) {
        m_tree->setCurrentIndex(index); // none where the filter hides it: a click on any row chooses that file
        m_tree->scrollTo(index);
    }
    if (index.isValid() && m_model.hasChildren(index) && m_model.rowCount(index) <= 200) {
        m_tree->expand(index);
    }
}

// Words that found a file in one folder say nothing about another.
void ModelNavigator::forgetFilter()
{
    const auto& roots = m_review->workspace().roots;
    if (m_roots != roots) {
        m_roots = roots;
        m_filter->clear();
    }
}

void ModelNavigator::count()
{
    const bool none = m_model.rowCount() == 0 && !m_model.filter().isEmpty();
    m_none->setVisible(none);
    m_tree->setVisible(!none);
    if (none) {
        m_none->setState(tr("No file matches"),
            tr("None of the %n file(s), and no member, has these words in its path.", nullptr,
                static_cast<int>(m_model.fileCount())),
            tr("Show all"));
    }
    const bool many = m_model.fileCount() > 1 || !m_model.filter().isEmpty();
    m_filter->setVisible(many);
    m_count->setVisible(many);
    const QLocale locale;
    m_count->setText(m_model.filter().isEmpty()
            ? tr("%n file(s)", nullptr, static_cast<int>(m_model.fileCount()))
            : tr("%1 of %2")
                  .arg(locale.toString(m_model.rowCount()),
                      locale.toString(static_cast<qulonglong>(m_model.fileCount()))));
}

bool ModelNavigator::takeFilter()
{
    if (m_stack->currentIndex() == 0 || m_filter->isHidden()) {
        return false;
    }
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
    return true;
}

// From the field into the list and back.
bool ModelNavigator::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride) {
        return View::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event); // the type says so
    const bool down = key->key() == Qt::Key_Down || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool escape = key->key() == Qt::Key_Escape;
    if (!down && !escape) {
        return View::eventFilter(watched, event);
    }
    event->accept();
    if (event->type() == QEvent::ShortcutOverride) {
        return true;
    }
    if (escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    m_tree->setFocus(Qt::ShortcutFocusReason);
    if (down && !m_tree->currentIndex().isValid()) {
        m_tree->setCurrentIndex(m_model.index(0, 0));
    }
    return true;
}

void ModelNavigator::takeFocus()
{
    m_stack->currentIndex() == 1 ? m_tree->setFocus(Qt::ShortcutFocusReason) : setFocus(Qt::ShortcutFocusReason);
}

} // namespace cupel::widgets
