// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/drawer.h"

#include "app/session/session.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/table_model.h"
#include "widgets/common/theme.h"
#include "widgets/models/not_checked_model.h"

#include <QtCore/QLocale>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

namespace cupel::app {

using widgets::Token;

namespace {

QVariant pick(const QStringList& texts, int column, int role)
{
    if (column >= texts.size()) {
        return {};
    }
    if (role == Qt::AccessibleTextRole) {
        return texts[column].isEmpty() ? Drawer::tr("none") : texts[column];
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(texts[column]) : QVariant();
}

class JobModel : public widgets::TableModel<JobRecord> {
public:
    using TableModel::TableModel;

protected:
    [[nodiscard]] int columns() const override { return 4; }
    [[nodiscard]] QVariant header(int column, int role) const override
    {
        return pick(
            {Drawer::tr("Job"), Drawer::tr("Started"), Drawer::tr("Took"), Drawer::tr("Outcome")}, column, role);
    }
    [[nodiscard]] QVariant cell(const JobRecord& job, int column, int role) const override
    {
        const bool running = job.outcome == JobRecord::Outcome::Running;
        return pick({job.title, QLocale().toString(job.started.time(), QStringLiteral("HH:mm:ss")),
                        running ? QString() : secondsText(job.seconds), running ? Drawer::tr("Running") : job.summary},
            column, role);
    }
};

class LogModel : public widgets::TableModel<LogEntry> {
public:
    using TableModel::TableModel;

protected:
    [[nodiscard]] int columns() const override { return 2; }
    [[nodiscard]] QVariant header(int column, int role) const override
    {
        return pick({Drawer::tr("Time"), Drawer::tr("What happened")}, column, role);
    }
    [[nodiscard]] QVariant cell(const LogEntry& entry, int column, int role) const override
    {
        if (role == Qt::DecorationRole && column == 1 && entry.level == LogEntry::Level::Warning) {
            return widgets::icon(QStringLiteral("triangle-alert"), Token::Medium);
        }
        const QString text = entry.level == LogEntry::Level::Warning && role == Qt::AccessibleTextRole
            ? Drawer::tr("Warning: %1").arg(entry.text)
            : entry.text;
        return pick({QLocale().toString(entry.time.time(), QStringLiteral("HH:mm:ss")), text}, column, role);
    }
};

QTreeView* makeTable(QAbstractItemModel& model, const QString& name, QWidget* parent)
{
    auto* view = new QTreeView(parent);
    view->setModel(&model);
    view->setAccessibleName(name);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setFrameShape(QFrame::NoFrame);
    view->header()->setStretchLastSection(true);
    return view;
}

} // namespace

struct Drawer::Models {
    explicit Models(widgets::ReviewState* state)
        : notChecked(state)
    {
    }
    JobModel jobs;
    LogModel log;
    widgets::NotCheckedModel notChecked;
};

Drawer::Drawer(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_models(std::make_unique<Models>(&session.review()))
{
    auto* close = new widgets::IconButton(QStringLiteral("x"), tr("Close the drawer"), this);
    auto* copy = new widgets::IconButton(QStringLiteral("copy"), tr("Copy the selected rows"), this);
    m_tabs->setAccessibleName(tr("Drawer pages"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideNone); // it asks for the room of its words, also when they grow
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 1, 8, 0);
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(copy);
    head->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_pages, 1);
    addPage(makeTable(m_models->jobs, tr("Jobs"), this), tr("Jobs"));
    addPage(makeTable(m_models->log, tr("Log"), this), tr("Log"));
    QTreeView* list = makeTable(m_models->notChecked, tr("Not checked"), this);
    addPage(list, tr("Not checked"));
    connect(list, &QTreeView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT placeActivated(index.data(widgets::NotCheckedModel::PathRole).toString(),
            index.data(widgets::NotCheckedModel::OffsetRole));
    });
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(close, &QAbstractButton::clicked, this, &Drawer::closed);
    connect(copy, &QAbstractButton::clicked, this, &Drawer::copySelection);
    connect(&session, &Session::jobsChanged, this, &Drawer::refreshJobs);
    const auto counted = [this] { refreshNotChecked(); };
    connect(&m_models->notChecked, &QAbstractItemModel::rowsInserted, this, counted);
    connect(&m_models->notChecked, &QAbstractItemModel::rowsRemoved, this, counted);
    connect(&m_models->notChecked, &QAbstractItemModel::modelReset, this, counted);
    connect(&session.log(), &Log::added, this, [this](const LogEntry& entry) { m_models->log.append({entry}); });
    connect(&session.log(), &Log::droppedOldest, this, [this] { m_models->log.removeAt(0); });
    m_models->log.setRows({session.log().entries().begin(), session.log().entries().end()});
    refreshJobs();
    refreshNotChecked();
}

Drawer::~Drawer() = default;

void Drawer::addPage(QTreeView* view, const QString& title)
{
    auto* copy = new QAction(tr("Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &Drawer::copySelection);
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tabs->addTab(title);
    m_pages->addWidget(view);
    for (int column = 0; column + 1 < view->model()->columnCount(); ++column) {
        view->setColumnWidth(column, column == 0 && view->model()->columnCount() > 2 ? 260 : 110);
    }
    if (view->model() == &m_models->notChecked) {
        view->header()->setStretchLastSection(false); // the words need the room, the number of a byte does not
        view->header()->setSectionResizeMode(1, QHeaderView::Stretch);
        view->setColumnWidth(2, 110);
    }
}

void Drawer::refreshJobs()
{
    std::vector<JobRecord> jobs(m_session.jobs().rbegin(), m_session.jobs().rend());
    m_models->jobs.setRows(std::move(jobs));
}

void Drawer::refreshNotChecked()
{
    for (auto* view : m_pages->findChildren<QTreeView*>()) {
        if (view->model() == &m_models->notChecked) { // a column that says nothing takes the room of one that does
            view->setColumnHidden(widgets::NotCheckedModel::OffsetColumn, !m_models->notChecked.anyOffset());
        }
    }
    const auto count = static_cast<int>(notChecked().places);
    m_tabs->setTabText(
        static_cast<int>(Page::NotChecked), count == 0 ? tr("Not checked") : tr("Not checked %1").arg(count));
    m_tabs->updateGeometry(); // while it is hidden, it does not ask for more room by itself
    Q_EMIT notCheckedChanged();
}

NotChecked Drawer::notChecked() const
{
    NotChecked out;
    const auto& model = m_models->notChecked;
    out.places = static_cast<std::size_t>(model.rowCount());
    QString last; // rows stand by file
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString file = model.index(row, 0).data(widgets::NotCheckedModel::PathRole).toString();
        out.files += !file.isEmpty() && file != last ? 1 : 0;
        last = file;
    }
    return out;
}

void Drawer::show(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

int Drawer::page() const
{
    return m_tabs->currentIndex();
}

void Drawer::takeFocus()
{
    m_pages->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void Drawer::copySelection()
{
    const auto* view = static_cast<QTreeView*>(m_pages->currentWidget());
    QStringList lines;
    for (const QModelIndex& row : view->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < view->model()->columnCount(); ++column) {
            cells += row.siblingAtColumn(column).data().toString();
        }
        lines += cells.join(u'\t');
    }
    if (!lines.isEmpty()) {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    }
}

void Drawer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Window));
    painter.fillRect(QRect(0, 0, width(), 1), widgets::color(Token::Hairline));
}

} // namespace cupel::app
