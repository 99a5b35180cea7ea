// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/fixes/compare_tables_view.h"
#include "widgets/fixes/diff_delegate.h"
#include "widgets/fixes/long_lines.h"
#include "widgets/models/compare_tables.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int sideBySideFrom = 640; // px of the view; below it the comparison is inline

QWidget* bar(int height)
{
    auto* widget = new QWidget;
    widget->setMinimumHeight(height);
    widget->setAutoFillBackground(true);
    widget->setBackgroundRole(QPalette::Base);
    return widget;
}

QWidget* centred(QWidget* card)
{
    auto* holder = new QWidget;
    holder->setAutoFillBackground(true);
    holder->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(24, 24, 24, 24);
    column->addWidget(card, 0, Qt::AlignCenter);
    return holder;
}

} // namespace

CompareView::CompareView(CompareState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_model(state)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyState(QStringLiteral("history"), this))
    , m_trouble(new Band(Band::Tone::Error, this))
    , m_list(new QListView(this))
    , m_noLines(new EmptyState(QStringLiteral("file-text"), this))
    , m_tables(new CompareTablesView(state, this))
{
    setAccessibleName(tr("Both versions"));
    setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Changed cells and lines"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new DiffDelegate(m_model, m_list));
    m_list->setWordWrap(true); // a scroll bar that comes changes where lines wrap
    m_list->setResizeMode(QListView::Adjust); // long lines wrap
    m_list->setModel(&m_model);
    openLongLines(m_list, m_model);
    m_stack->addWidget(centred(m_empty));
    m_stack->addWidget(centred(m_trouble));
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1); // hairlines between the regions
    column->addWidget(makeHeader());
    column->addWidget(m_columns = makeColumns());
    column->addWidget(m_list, 1);
    column->addWidget(m_noLinesPage = centred(m_noLines), 1);
    column->addWidget(m_tables, 1);
    m_stack->addWidget(work);
    connect(m_empty, &StateCard::activated, this,
        [this] { m_state->subject().isEmpty() ? Q_EMIT openRequested() : Q_EMIT fileRequested(); });
    connect(m_trouble, &StateCard::activated, this, &CompareView::fileRequested);
    connect(m_state, &CompareState::outcomeChanged, this, &CompareView::fillFiles);
    connect(m_state, &CompareState::outcomeChanged, this, &CompareView::follow);
    connect(m_state, &CompareState::workingChanged, this, &CompareView::follow);
    connect(m_state, &CompareState::fileChanged, this, &CompareView::follow);
    connect(m_state, &CompareState::fileChanged, this, &CompareView::followCurrent);
    connect(m_state, &CompareState::currentChanged, this, &CompareView::followCurrent);
    connect(m_state, &CompareState::modelChanged, this, &CompareView::follow);
    connect(m_tables, &CompareTablesView::stopRequested, this, &CompareView::stopModelRequested);
    connect(m_tables, &CompareTablesView::againRequested, this, &CompareView::compareModelRequested);
    connect(m_tables, &CompareTablesView::linesRequested, this, [this] {
        showLines(true);
        followCurrent();
        takeFocus();
    });
    fillFiles();
    follow();
}

QWidget* CompareView::makeHeader()
{
    auto* header = bar(47);
    auto* leave = new IconButton(QStringLiteral("arrow-left"), tr("Back to the review (Esc)"));
    m_files = new QComboBox;
    m_files->setAccessibleName(tr("File of the comparison"));
    m_files->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_files->setMinimumContentsLength(14);
    m_back = new IconButton(QStringLiteral("chevron-up"), tr("Previous change (Alt+Up)"));
    m_next = new IconButton(QStringLiteral("chevron-down"), tr("Next change (Alt+Down)"));
    m_layout = new SegmentedControl({tr("Side by side"), tr("Inline")}, tr("Layout of the comparison"));
    m_fold = new QPushButton(icon(QStringLiteral("fold-vertical")), tr("Fold unchanged"));
    m_fold->setFlat(true);
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(6);
    row->addWidget(leave);
    row->addWidget(m_files, 1);
    row->addWidget(m_back);
    row->addWidget(m_next);
    row->addSpacing(12);
    row->addWidget(m_layout);
    row->addWidget(m_fold);
    m_what = new SegmentedControl({tr("Tables"), tr("Lines")}, tr("What is shown of the models"));
    m_kinds = new ElidedLabel({}, TextRole::Base, Token::TextPrimary);
    row->insertWidget(1, m_what);
    row->insertWidget(2, m_kinds, 1);
    connect(m_what, &SegmentedControl::currentChanged, this, [this](int at) { showLines(at == 1); });
    connect(leave, &IconButton::clicked, this, &CompareView::leaveRequested);
    connect(m_back, &IconButton::clicked, this, [this] { step(-1); });
    connect(m_next, &IconButton::clicked, this, [this] { step(1); });
    connect(m_files, &QComboBox::activated, this,
        [this](int at) { m_state->setCurrentFile(static_cast<std::size_t>(at)); });
    connect(m_layout, &SegmentedControl::currentChanged, this, [this](int at) {
        m_model.setInline(at == 1);
        m_columns->setVisible(at == 0);
        followCurrent();
    });
    connect(m_fold, &QPushButton::toggled, this, [this](bool on) {
        m_model.setFolded(on);
        showLines(m_what->current() == 1);
        followCurrent();
    });
    return header;
}

QWidget* CompareView::makeColumns()
{
    auto* columns = bar(32);
    m_before = new ElidedLabel({}, TextRole::Small, Token::TextMuted);
    m_after = new ElidedLabel({}, TextRole::Small, Token::TextMuted);
    auto* row = new QHBoxLayout(columns);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(new Label(tr("Before"), TextRole::Small, Token::TextPrimary, true));
    row->addWidget(m_before, 1);
    row->addWidget(new Label(tr("Now"), TextRole::Small, Token::TextPrimary, true));
    row->addWidget(m_after, 1);
    return columns;
}

void CompareView::takeFocus()
{
    if (showsTables()) {
        m_tables->takeFocus();
        return;
    }
    if (m_stack->currentIndex() == 2) {
        if (!m_list->currentIndex().isValid()) {
            m_list->setCurrentIndex(m_model.index(0, 0));
        }
        (m_list->isHidden() ? static_cast<QWidget*>(m_files) : m_list)->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    auto* button = (m_stack->currentIndex() == 0 ? m_empty : m_trouble)->button();
    (button->isVisibleTo(this) ? static_cast<QWidget*>(button) : this)->setFocus(Qt::ShortcutFocusReason);
}

void CompareView::fillFiles()
{
    const QSignalBlocker quiet(m_files);
    m_files->clear();
    const auto& outcome = m_state->outcome();
    // Of a folder with notebooks and a model the cells come first, as they do without one.
    const bool cells = outcome && std::any_of(outcome->files.begin(), outcome->files.end(), [](const auto& file) {
        return !file.cells.empty();
    });
    m_what->setCurrent(cells ? 1 : 0);
    for (std::size_t i = 0; outcome && i < outcome->files.size(); ++i) {
        const auto& file = outcome->files[i];
        const auto fresh = file.count(CompareState::Kind::Fresh);
        const auto gone = file.count(CompareState::Kind::Gone);
        const auto changed = file.count(CompareState::Kind::Changed);
        QString name = shownPath(file.after ? outcome->after : outcome->before, file.path);
        if (!file.before) {
            name = tr("%1 (new file)").arg(name);
        } else if (!file.after) {
            name = tr("%1 (removed)").arg(name);
        }
        m_files->addItem(changed > 0
                ? tr("%1: %2 new, %3 changed, %4 fixed").arg(name).arg(fresh).arg(changed).arg(gone)
                : fresh + gone > 0 ? tr("%1: %2 new, %3 fixed").arg(name).arg(fresh).arg(gone)
                                   : name);
    }
}

void CompareView::follow()
{
    const auto& outcome = m_state->outcome();
    if (m_state->working() || !outcome) {
        const bool open = !m_state->subject().isEmpty();
        m_empty->setState(m_state->working() ? tr("Comparing")
                : open                       ? tr("Nothing compared yet")
                                             : tr("Nothing is open"),
            m_state->working() ? tr("The earlier version is being checked with the same rules.")
                : open         ? tr("Choose the earlier version at the left: a file, a folder or a revision of git.")
                               : tr("Open what you have now; then choose the earlier version."),
            m_state->working() ? QString()
                : open         ? tr("Choose a file…")
                               : tr("Open file…"));
        m_stack->setCurrentIndex(0);
        return;
    }
    if (!outcome->trouble.isEmpty()) {
        m_trouble->setState(tr("Not compared"), outcome->trouble, tr("Choose a file…"));
        m_stack->setCurrentIndex(1);
        return;
    }
    const bool some = m_state->currentFile().has_value();
    if (!some) {
        m_empty->setState(tr("No file on either side"), tr("Neither version has anything that can be checked."), {});
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(2);
    m_before->setFullText(outcome->beforeName);
    m_after->setFullText(outcome->afterName);
    m_files->setCurrentIndex(static_cast<int>(*m_state->currentFile()));
    showLines(m_what->current() == 1);
    const bool changes = m_model.nextChange(-1, 1) >= 0;
    m_back->setEnabled(changes);
    m_next->setEnabled(changes);
}

bool CompareView::showsTables() const
{
    return m_stack->currentIndex() == 2 && m_state->modelStage() != CompareState::ModelStage::None
        && m_what->current() == 0;
}

void CompareView::showLines(bool lines)
{
    m_what->setVisible(m_state->modelStage() != CompareState::ModelStage::None);
    m_what->setCurrent(lines ? 1 : 0);
    const bool tables = showsTables();
    m_kinds->setVisible(tables);
    if (const auto& done = m_state->tables()) {
        const auto side = [](const QString& name, const std::string& kind) {
            return tr("%1 (%2)", "a file and its format").arg(name, kind.empty() ? tr("no model") : shownText(kind));
        };
        m_kinds->setFullText(side(m_state->outcome()->beforeName, done->model.kindBefore) + QStringLiteral("  \u2192  ")
            + side(m_state->outcome()->afterName, done->model.kindAfter));
    }
    m_tables->setVisible(tables);
    const bool none = !tables && sayNoLines();
    m_noLinesPage->setVisible(none);
    m_list->setVisible(!tables && !none);
    for (auto* one : std::initializer_list<QWidget*>{m_files, m_back, m_next, m_layout, m_fold}) {
        one->setVisible(!tables);
    }
    m_columns->setVisible(!tables && !none && !m_model.isInline());
}

// A page without a line says why it has none. False: there are some, or the file is not read yet.
bool CompareView::sayNoLines()
{
    const auto& shown = m_state->file();
    if (!shown || m_model.hasLines()) {
        return false;
    }
    const auto& file = m_state->outcome()->files[shown->file];
    const bool same = file.before && file.after && file.before->artifact.sha256 == file.after->artifact.sha256;
    const bool folded = m_model.hasFoldedLines();
    const bool tables = m_state->modelStage() != CompareState::ModelStage::None;
    m_noLines->setState(same ? tr("Nothing differs")
            : folded         ? tr("No line differs")
                             : tr("No lines to compare"),
        same         ? tr("Both versions of this file are the same, byte for byte.")
            : folded ? tr("The bytes differ in something that is no line of text. \u201cFold unchanged\u201d hides the "
                          "lines that both have.")
            : tables ? tr("This file is no text: Cupel shows its lines nowhere. \u201cTables\u201d says what became of "
                          "its members, tensors and metadata.")
                     : tr("This file is no text, and its bytes differ."));
    return true;
}

void CompareView::followCurrent()
{
    const auto& current = m_state->current();
    const bool here = current && m_state->file() && m_state->file()->file == current->file;
    const int row = here ? m_model.rowOfFinding(current->change) : -1;
    if (row >= 0) {
        m_list->setCurrentIndex(m_model.index(row, 0));
        m_list->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtCenter);
    }
    m_list->viewport()->update();
}

void CompareView::step(int direction)
{
    const int row = m_model.nextChange(m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1, direction);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model.index(row, 0));
        m_list->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtTop);
    }
}

void CompareView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    const bool wide = width() >= sideBySideFrom;
    m_layout->setEnabled(wide);
    const bool oneColumn = !wide || m_layout->current() == 1;
    m_model.setInline(oneColumn);
    m_columns->setVisible(!oneColumn && !showsTables());
}

void CompareView::keyPressEvent(QKeyEvent* event)
{
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (alt && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        step(event->key() == Qt::Key_Down ? 1 : -1);
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
    } else {
        View::keyPressEvent(event);
    }
}

bool CompareView::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) {
        m_list->doItemsLayout();
    }
    return View::event(event);
}

} // namespace cupel::widgets
