// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_tables_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/fixes/diff_delegate.h"

#include <QtCore/QSignalBlocker>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

namespace {

constexpr int sideBySideFrom = 640; // px; as the lines of notebooks

} // namespace

CompareTablesView::CompareTablesView(CompareState* state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_stack(new QStackedWidget(this))
    , m_card(new EmptyState(QStringLiteral("table"), this))
{
    setAccessibleName(tr("What became of the model"));
    m_stack->addWidget(centredPage(m_card, m_stack));
    m_stack->addWidget(makeTables());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_card, &StateCard::activated, this, [this] {
        m_state->modelStage() == CompareState::ModelStage::Working ? Q_EMIT stopRequested() : Q_EMIT againRequested();
    });
    connect(m_state, &CompareState::modelChanged, this, &CompareTablesView::follow);
    connect(m_state, &CompareState::currentChanged, this, &CompareTablesView::followFinding);
    follow();
}

QWidget* CompareTablesView::makeBar()
{
    auto* bar = new QWidget;
    bar->setAutoFillBackground(true);
    bar->setBackgroundRole(QPalette::Base);
    m_filter = new QLineEdit(bar);
    m_filter->setAccessibleName(tr("Filter what changed in the model"));
    m_filter->setPlaceholderText(tr("Filter by name or value"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_copy = new QPushButton(icon(QStringLiteral("copy")), tr("Copy"), bar);
    m_copy->setToolTip(tr("Copy all rows that are shown; Ctrl+C in the table copies the chosen ones"));
    auto* menu = new QMenu(m_copy);
    menu->addAction(tr("Copy as text"), this, [this] { copy(false, false); });
    menu->addAction(tr("Copy as Markdown"), this, [this] { copy(true, false); });
    m_copy->setMenu(menu);
    auto* chips = new FlowLayout(6, false); // wraps where text is large
    for (std::size_t i = 0; i < compareKinds; ++i) {
        const auto kind = static_cast<CompareKind>(i);
        auto* chip = new Chip({}, bar);
        chip->setCheckable(true);
        chip->setActive(true);
        chip->setChecked(m_model.isShown(kind));
        connect(chip, &Chip::toggled, this, [this, kind](bool on) {
            m_model.setShown(kind, on);
            followRows();
        });
        m_kinds[i] = chip;
        chips->addWidget(chip);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_filter, 1);
    row->addWidget(m_copy);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(row);
    column->addLayout(chips);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_model.setFilter(words);
        followRows();
    });
    return bar;
}

QWidget* CompareTablesView::makeTables()
{
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto* upper = new QWidget;
    m_band = new Band(Band::Tone::Warn, upper);
    m_none = new EmptyState(QStringLiteral("list-filter"), upper);
    m_tree = new CompareTree(m_model, upper);
    auto* bandRow = new QVBoxLayout;
    bandRow->setContentsMargins(12, 0, 12, 6);
    bandRow->addWidget(m_band);
    bandRow->addWidget(m_none);
    auto* above = new QVBoxLayout(upper);
    above->setContentsMargins(0, 0, 0, 0);
    above->setSpacing(0);
    above->addWidget(makeBar());
    above->addLayout(bandRow);
    above->addWidget(m_tree, 1);
    m_list = new QListView;
    m_list->setAccessibleName(tr("Both versions of the chosen row"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new DiffDelegate(m_detail, m_list));
    m_list->setWordWrap(true); // a scroll bar that comes changes where lines wrap
    m_list->setResizeMode(QListView::Adjust);
    m_list->setModel(&m_detail);
    auto* splitter = new QSplitter(Qt::Vertical, page);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(m_list);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &CompareTablesView::followRow);
    connect(m_tree, &CompareTree::opened, this, &CompareTablesView::open);
    connect(m_tree, &CompareTree::copyRequested, this, [this] { copy(false, true); });
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto action = [this](const QString& words, bool markdown) {
        auto* one = new QAction(words, m_tree);
        connect(one, &QAction::triggered, this, [this, markdown] { copy(markdown, true); });
        m_tree->addAction(one);
    };
    action(tr("Copy rows as text"), false);
    action(tr("Copy rows as Markdown"), true);
    return page;
}

QString CompareTablesView::sides() const
{
    const auto& outcome = m_state->outcome();
    return outcome ? tr("%1 and %2", "both versions").arg(outcome->beforeName, outcome->afterName) : QString();
}

void CompareTablesView::follow()
{
    using Stage = CompareState::ModelStage;
    const auto& tables = m_state->tables();
    if (m_model.tables() != tables) {
        m_detail.show(nullptr, std::nullopt); // it points into what may go now
        m_model.set(tables);
    }
    const auto stage = m_state->modelStage();
    if (stage != Stage::Done || !tables) {
        const bool working = stage == Stage::Working;
        const bool focused = m_stack->isAncestorOf(focusWidget());
        m_card->setState(working ? tr("Comparing the models") : tr("Stopped"),
            working
                ? tr("The tensors of %1 are compared number by number. The findings are there already.").arg(sides())
                : tr("The models of %1 were not compared to the end.").arg(sides()),
            working ? tr("Stop") : tr("Compare again"));
        m_stack->setCurrentIndex(0);
        if (focused && isVisible()) {
            m_card->button()->setFocus();
        }
        return;
    }
    const QString names[] = {tr("Added %1"), tr("Removed %1"), tr("Changed %1"), tr("Renamed %1"), tr("Unchanged %1")};
    const QString tips[] = {tr("What is only in the newer version, and new findings"),
        tr("What is only in the older version, and fixed findings"), tr("What is in both and differs"),
        tr("Tensors with another name and the same bytes"), tr("What both versions have alike")};
    for (std::size_t i = 0; i < compareKinds; ++i) {
        const auto kind = static_cast<CompareKind>(i);
        const auto count = tables->count(kind);
        m_kinds[i]->setText(compareSign(kind) + QStringLiteral(" ") + names[i].arg(count));
        m_kinds[i]->setAccessibleName(names[i].arg(count));
        m_kinds[i]->setToolTip(tips[i]);
    }
    const auto& model = tables->model;
    QStringList parts;
    if (!model.complete) {
        parts += tr("A limit ended the comparison, or a model has more than is listed.");
    }
    if (model.notCompared > 0) {
        parts += tr("%n tensor(s) alike in type and shape, but their numbers are not in both versions.", nullptr,
            static_cast<int>(model.notCompared));
    }
    m_band->setVisible(!parts.isEmpty());
    m_band->setState(tr("Not everything could be compared"), parts.join(u' '));
    m_stack->setCurrentIndex(1);
    followRows();
}

void CompareTablesView::followRows()
{
    const auto& tables = m_model.tables();
    if (!tables) {
        return;
    }
    const bool some = m_model.shownRows() > 0;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < compareKinds; ++i) {
        differing += static_cast<CompareKind>(i) == CompareKind::Same ? 0 : tables->count(static_cast<CompareKind>(i));
    }
    m_none->setVisible(!some);
    m_copy->setEnabled(some);
    if (!some) {
        differing == 0 ? m_none->setState(tr("Nothing differs"), tr("%1 are the same, byte for byte.").arg(sides()))
                       : m_none->setState(tr("No row matches"),
                             tr("%n row(s) of the comparison of %1 are hidden by the filter.", nullptr,
                                 static_cast<int>(differing))
                                 .arg(sides()));
    }
    followRow();
}

void CompareTablesView::followRow()
{
    const auto place = m_model.place(m_tree->currentIndex());
    m_detail.show(m_model.tables(), place);
    m_list->setVisible(place && place->item);
    if (place && place->item && place->section == CompareSection::Findings) {
        m_state->setCurrent(m_model.tables()->findings[place->item->at]);
    }
}

void CompareTablesView::followFinding()
{
    const auto& tables = m_model.tables();
    if (!tables || !m_state->current()) {
        return;
    }
    const auto found = std::find(tables->findings.begin(), tables->findings.end(), *m_state->current());
    const auto index = found == tables->findings.end()
        ? QModelIndex()
        : m_model.find(CompareSection::Findings, static_cast<std::uint32_t>(found - tables->findings.begin()));
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
}

void CompareTablesView::open(const QModelIndex& index)
{
    const auto place = m_model.place(index);
    if (!place || !place->item) {
        return;
    }
    if (place->section == CompareSection::Findings) {
        m_state->setCurrent(m_model.tables()->findings[place->item->at]);
        Q_EMIT linesRequested();
        return;
    }
    m_list->setCurrentIndex(m_detail.index(0, 0));
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void CompareTablesView::copy(bool markdown, bool chosenOnly)
{
    if (!m_model.tables()) {
        return;
    }
    const auto chosen = chosenOnly ? m_tree->selectionModel()->selectedRows() : QModelIndexList();
    QGuiApplication::clipboard()->setText(markdown ? m_model.asMarkdown(chosen) : m_model.asText(chosen));
}

void CompareTablesView::takeFocus()
{
    auto* wanted = m_stack->currentIndex() == 1 ? static_cast<QWidget*>(m_tree) : m_card->button();
    wanted->setFocus(Qt::ShortcutFocusReason);
}

void CompareTablesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_detail.setInline(width() < sideBySideFrom);
}

bool CompareTablesView::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange && m_list != nullptr) {
        m_list->doItemsLayout();
    }
    return QWidget::event(event);
}

} // namespace cupel::widgets
