// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/home_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/home/drop_zone.h"
#include "widgets/home/recents_list.h"
#include "widgets/home/recents_model.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int columnWidth = 1120;
constexpr int leastMargin = 32;
constexpr int narrow = 640;
constexpr int zoneFrom = 560; // px of height below which the recents need the room more than the drop zone
constexpr int zoneFromAlone = 400; // the same while there are none

QPushButton* largeButton(const QString& text, const QString& iconName)
{
    auto* button = new QPushButton(icon(iconName, Token::TextPrimary), text);
    setLarge(button);
    return button;
}

} // namespace

HomeView::HomeView(QWidget* parent)
    : View(parent)
    , m_model(new RecentsModel(this))
    , m_filter(new RecentsFilter(this))
{
    m_filter->setSourceModel(m_model);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(leastMargin / 2, 40, leastMargin / 2, 16); // for the size of the window: see resizeEvent
    page->setSpacing(0);
    makeHead(*page);
    makeRecents(*page);
    wire();
    updateState();
}

void HomeView::makeHead(QVBoxLayout& page)
{
    auto* title =
        new Label(tr("Review a notebook or model before you share it"), TextRole::H1, Token::TextPrimary, true);
    title->setWordWrap(true);
    page.addWidget(title);
    page.addSpacing(4);
    page.addWidget(new Label(tr("Nothing you open here is ever run."), TextRole::H3, Token::TextSecondary));
    page.addSpacing(24);

    m_openFile = largeButton(tr("Open file…"), QStringLiteral("file-plus"));
    m_openFile->setDefault(true);
    m_openFolder = largeButton(tr("Open folder…"), QStringLiteral("folder-open"));
    m_sample = largeButton(tr("Try the sample project"), QStringLiteral("play"));
    m_sample->setFlat(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {m_openFile, m_openFolder, m_sample}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    page.addLayout(buttons);
    page.addSpacing(24);

    m_zone = new DropZone;
    page.addWidget(m_zone);
    page.addSpacing(24);
}

void HomeView::makeRecents(QVBoxLayout& page)
{
    m_count = new Label({}, TextRole::Small, Token::TextMuted);
    m_filterEdit = new QLineEdit;
    m_filterEdit->setPlaceholderText(tr("Filter recents"));
    m_filterEdit->setAccessibleName(tr("Filter recents"));
    m_filterEdit->addAction(icon(QStringLiteral("funnel")), QLineEdit::LeadingPosition);
    m_filterEdit->setClearButtonEnabled(true);
    m_filterEdit->setMinimumWidth(120);
    m_filterEdit->setMaximumWidth(240);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new Label(tr("Recent"), TextRole::H3, Token::TextPrimary, true));
    head->addWidget(m_count);
    head->addStretch(1);
    head->addWidget(m_filterEdit, 2);
    page.addLayout(head);
    page.addSpacing(8);

    m_list = new RecentsList;
    m_list->setModel(m_filter);
    m_noRecents = new EmptyState(QStringLiteral("history"));
    m_noRecents->setState(
        tr("No reviews yet"), tr("What you open is listed here, with what was found."), tr("Try the sample"));
    m_noMatch = new EmptyState(QStringLiteral("funnel"));
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_list);
    for (EmptyState* state : {m_noRecents, m_noMatch}) {
        auto* top = new QWidget;
        auto* above = new QVBoxLayout(top);
        above->setContentsMargins(0, 0, 0, 0);
        above->addWidget(state);
        above->addStretch(1);
        m_stack->addWidget(top);
    }
    page.addLayout(m_stack, 1);
}

void HomeView::wire()
{
    connect(m_openFile, &QPushButton::clicked, this, [this] { send(Intent::Kind::OpenFiles); });
    connect(m_zone, &DropZone::clicked, this, [this] { send(Intent::Kind::OpenFiles); });
    connect(m_openFolder, &QPushButton::clicked, this, [this] { send(Intent::Kind::OpenFolder); });
    connect(m_sample, &QPushButton::clicked, this, [this] { send(Intent::Kind::OpenSample); });
    connect(m_noRecents, &EmptyState::activated, this, [this] { send(Intent::Kind::OpenSample); });
    connect(m_noMatch, &EmptyState::activated, this, [this] {
        m_filterEdit->clear();
        m_filterEdit->setFocus();
    });
    connect(m_filterEdit, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setText(text);
        updateState();
    });
    m_filterEdit->installEventFilter(this);
    connect(m_list, &RecentsList::openRequested, this,
        [this](const QModelIndex& index) { send(Intent::Kind::OpenFiles, {pathOf(index)}); });
    connect(m_list, &RecentsList::locateRequested, this,
        [this](const QModelIndex& index) { send(Intent::Kind::Locate, {pathOf(index)}); });
    connect(m_list, &RecentsList::removeRequested, this,
        [this](const QModelIndex& index) { send(Intent::Kind::RemoveRecent, {pathOf(index)}); });
    connect(m_list, &RecentsList::copyRequested, this,
        [](const QModelIndex& index) { QGuiApplication::clipboard()->setText(pathOf(index)); });
}

void HomeView::setRecents(std::vector<Recent> recents)
{
    const QModelIndex before = m_list->currentIndex();
    const QString path = pathOf(before);
    m_model->setRows(std::move(recents));
    int row = std::min(std::max(0, before.row()), m_filter->rowCount() - 1); // after a removal: the next one
    for (int i = 0; i < m_filter->rowCount(); ++i) {
        row = pathOf(m_filter->index(i, 0)) == path ? i : row;
    }
    m_list->setCurrentIndex(m_filter->index(row, 0));
    updateState();
    if (!isVisible()) {
        toNewest();
    }
}

// Whoever comes home looks for what was open last.
void HomeView::toNewest()
{
    m_list->setCurrentIndex(m_filter->index(0, 0));
    m_list->scrollToTop();
}

void HomeView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    toNewest();
}

void HomeView::updateState()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_filterEdit->setVisible(all > 0);
    m_count->setText(shown == all ? QString() : tr("%1 of %2").arg(shown).arg(all));
    m_noMatch->setState(tr("0 of %n recent(s) match", nullptr, all), m_filterEdit->text(), tr("Clear filter"));
    m_noMatch->setTextRole(TextRole::CodeSmall);
    m_stack->setCurrentIndex(all == 0 ? 1 : shown == 0 ? 2 : 0);
    makeRoom();
    if (shown > 0 && !m_list->currentIndex().isValid()) {
        m_list->setCurrentIndex(m_filter->index(0, 0));
    }
}

void HomeView::setDragText(const QString& text)
{
    m_zone->setDragText(text);
}
bool HomeView::showsDrag() const
{
    return m_zone->isVisible();
}
void HomeView::setOpenKeys(const QString& keys)
{
    setKeyHint(m_openFile, keys);
}
void HomeView::takeFocus()
{
    m_openFile->setFocus(Qt::ShortcutFocusReason);
}

void HomeView::send(Intent::Kind kind, const QStringList& paths)
{
    Intent wish;
    wish.kind = kind;
    wish.paths = paths;
    Q_EMIT intent(wish);
}

QString HomeView::pathOf(const QModelIndex& index)
{
    return index.data(RecentsModel::recentRole).value<Recent>().path;
}

// Down leaves the filter for the list; Escape clears it.
bool HomeView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_filterEdit && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down && m_filter->rowCount() > 0) {
            m_list->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (key == Qt::Key_Escape && !m_filterEdit->text().isEmpty()) {
            m_filterEdit->clear();
            return true;
        }
    }
    return View::eventFilter(watched, event);
}

void HomeView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    makeRoom();
}

void HomeView::makeRoom()
{
    const int column = std::max(columnWidth, static_cast<int>(columnWidth * textZoom()));
    const int side = std::max(width() < narrow ? leastMargin / 2 : leastMargin, (width() - column) / 2);
    layout()->setContentsMargins(side, height() < zoneFrom ? 16 : 40, side, 16);
    m_zone->setVisible(height() >= (m_model->rowCount() > 0 ? zoneFrom : zoneFromAlone));
}

void HomeView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Surface));
}

} // namespace cupel::widgets
