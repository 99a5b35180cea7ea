// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/fix_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/fixes/diff_delegate.h"
#include "widgets/fixes/long_lines.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int sideBySideFrom = 640; // px of the view at text of usual size; below it the preview is inline
constexpr int headerInFullFrom = 760;
constexpr int footerInOneFrom = 800; // below it the words stand above the buttons

// A patch is cut only where there was no room for the line.
QString wholeText(const fixes::PreviewSide& side)
{
    return side.whole.empty() ? shownText(side.text) + cutWords(side) : shownText(side.whole);
}

QWidget* bar(int height)
{
    auto* widget = new QWidget;
    widget->setMinimumHeight(height);
    widget->setAutoFillBackground(true);
    widget->setBackgroundRole(QPalette::Base);
    return widget;
}

} // namespace

FixView::FixView(FixState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_model(state)
    , m_stack(new QStackedLayout)
    , m_empty(new EmptyState(QStringLiteral("wand-sparkles"), this))
    , m_list(new QListView(this))
{
    m_written = new WrittenBand(this); // below both pages: it is there when nothing is left to take out, too
    m_written->hide();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(1);
    all->addLayout(m_stack, 1);
    all->addWidget(m_written);
    setAccessibleName(tr("Preview of the edits"));
    setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Changed lines"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new DiffDelegate(m_model, m_list));
    m_list->setWordWrap(true); // a scroll bar that comes changes where lines wrap
    m_list->setResizeMode(QListView::Adjust); // long lines wrap
    m_list->setModel(&m_model);
    openLongLines(m_list, m_model);
    m_list->viewport()->installEventFilter(this);
    m_list->installEventFilter(this); // the space bar: a list takes it for searching

    auto* holder = new QWidget;
    holder->setAutoFillBackground(true);
    holder->setBackgroundRole(QPalette::Base);
    auto* centre = new QVBoxLayout(holder);
    centre->addWidget(m_empty, 0, Qt::AlignCenter);
    m_stack->addWidget(holder);
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1); // hairlines between the regions
    column->addWidget(makeHeader());
    column->addWidget(m_columns = makeColumns());
    column->addWidget(m_list, 1);
    column->addWidget(makeFooter());
    m_stack->addWidget(work);

    connect(m_empty, &StateCard::activated, this, &FixView::leaveRequested);
    connect(m_written, &WrittenBand::openRequested, this, &FixView::openRequested);
    connect(m_written, &WrittenBand::copyPathRequested, this, &FixView::copyPathRequested);
    connect(m_state, &FixState::outcomeChanged, this, &FixView::follow);
    connect(m_state, &FixState::requested, this, &FixView::follow);
    connect(m_state, &FixState::currentEditChanged, this, &FixView::showEdit);
    follow();
}

QWidget* FixView::makeHeader()
{
    auto* header = bar(47);
    auto* back = new IconButton(QStringLiteral("arrow-left"), tr("Back to the review (Esc)"));
    m_place = new Label({}, TextRole::Small, Token::TextMuted);
    m_back = new IconButton(QStringLiteral("chevron-up"), tr("Previous change (Alt+Up)"));
    m_next = new IconButton(QStringLiteral("chevron-down"), tr("Next change (Alt+Down)"));
    m_layout = new SegmentedControl({tr("Side by side"), tr("Inline")}, tr("Layout of the preview"));
    m_fold = new QPushButton(icon(QStringLiteral("fold-vertical")), tr("Fold unchanged"));
    m_fold->setFlat(true);
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(6);
    row->addWidget(back);
    row->addWidget(new Label(tr("Preview fixes"), TextRole::Base, Token::TextPrimary, true));
    row->addWidget(m_place);
    row->addWidget(m_back);
    row->addWidget(m_next);
    row->addStretch(1);
    row->addWidget(m_layout);
    row->addWidget(m_fold);
    connect(back, &IconButton::clicked, this, &FixView::leaveRequested);
    connect(m_back, &IconButton::clicked, this, [this] { step(-1); });
    connect(m_next, &IconButton::clicked, this, [this] { step(1); });
    connect(m_layout, &SegmentedControl::currentChanged, this, [this](int at) {
        m_model.setInline(at == 1);
        m_columns->setVisible(at == 0);
    });
    connect(m_fold, &QPushButton::toggled, this, [this](bool on) { m_model.setFolded(on); });
    return header;
}

QWidget* FixView::makeColumns()
{
    auto* columns = bar(32);
    m_before = new ElidedLabel({}, TextRole::Small, Token::TextMuted);
    m_after = new ElidedLabel({}, TextRole::Small, Token::TextMuted);
    auto* row = new QHBoxLayout(columns);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(new Label(tr("Before"), TextRole::Small, Token::TextPrimary, true));
    row->addWidget(m_before, 1);
    row->addWidget(new Label(tr("After"), TextRole::Small, Token::TextPrimary, true));
    row->addWidget(m_after, 1);
    return columns;
}

QWidget* FixView::makeFooter()
{
    auto* footer = bar(56);
    m_summary = new Label({}, TextRole::Small, Token::TextSecondary);
    m_summary->setWordWrap(true);
    m_patch = new QPushButton(tr("Copy the changes"));
    m_more = new QPushButton(tr("Change the file itself"));
    m_more->setToolTip(plainToolTip(tr("Undo puts the old bytes back")));
    m_write = new QPushButton(icon(QStringLiteral("save"), Token::TextOnAccent), tr("Write clean copy\u2026"));
    m_write->setDefault(true);
    m_footer = new QBoxLayout(QBoxLayout::LeftToRight, footer);
    m_footer->setContentsMargins(16, 8, 12, 8);
    m_footer->setSpacing(8);
    m_footer->addWidget(m_summary, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_footer->addLayout(row);
    row->addStretch(1);
    row->addWidget(m_patch);
    row->addWidget(m_more);
    row->addWidget(m_write);
    connect(m_patch, &QPushButton::clicked, this, &FixView::copyPatchRequested);
    connect(m_more, &QPushButton::clicked, this, &FixView::writeInPlaceRequested);
    connect(m_write, &QPushButton::clicked, this, &FixView::writeCopyRequested);
    return footer;
}

void FixView::setCopyName(const QString& name)
{
    m_copyName = name;
    follow();
}

void FixView::takeFocus()
{
    if (m_stack->currentIndex() == 0) {
        (m_empty->button()->isHidden() ? static_cast<QWidget*>(m_empty) : m_empty->button())
            ->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    if (!m_list->currentIndex().isValid()) {
        m_list->setCurrentIndex(m_model.index(0, 0));
    }
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void FixView::showWritten(const WrittenFile& file)
{
    m_written->setFile(file);
    m_written->show();
}

void FixView::hideChanged()
{
    if (!m_written->file().copy) {
        m_written->hide();
    }
}

void FixView::showNothing()
{
    const auto& outcome = m_state->outcome();
    const auto profile = QString::fromStdString(m_state->profile().title);
    if (!outcome) {
        const bool waiting = m_state->working();
        m_empty->setState(waiting ? tr("Working out what can be fixed") : tr("Nothing to fix"),
            waiting ? tr("This takes a moment for large files.")
                    : tr("Choose a notebook or a script in Review. Members of archives cannot be changed."),
            waiting ? QString() : tr("Back to the review"));
    } else if (const auto kept = VerdictCard::keptNote(*outcome); m_state->meets() && !kept.isEmpty()) {
        m_empty->setState(tr("Nothing to take out"),
            tr("The file meets the profile %1, %2.", "with 1 accepted finding in it").arg(profile, kept),
            tr("Back to the review"));
    } else if (m_state->meets()) {
        m_empty->setState(tr("Nothing to take out"),
            tr("The file meets the profile %1 as it is, and nothing is found in it that an edit could take out.")
                .arg(profile),
            tr("Back to the review"));
    } else {
        m_empty->setState(tr("No edit exists for what is left"),
            tr("It does not meet the profile %1 for %n reason(s) that no program can mend. Change the notebook "
               "yourself, or decide in Review with T; it is checked again at once.",
                nullptr, static_cast<int>(m_state->reasonsLeft()))
                .arg(profile),
            tr("Show them in Review"));
    }
}

void FixView::follow()
{
    const auto& outcome = m_state->outcome();
    if (!m_state->analysis() || m_state->analysis()->artifact.path != m_written->file().original.toStdString()) {
        m_written->hide();
    }
    if (!outcome || outcome->plan.edits.empty()) {
        showNothing();
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const auto on = m_state->madeCount();
    const bool ready = !m_state->working() && outcome->problems.empty() && on > 0;
    m_place->setText(tr("%1 of %2 edits on").arg(on).arg(outcome->plan.edits.size()));
    m_before->setFullText(shownFileName(outcome->before->artifact.path) + u' ' + tr("on disk, stays as it is"));
    m_after->setFullText(m_copyName + u' ' + (m_state->meets() ? tr("the clean copy") : tr("the copy")));
    m_write->setText(m_state->meets() ? tr("Write clean copy\u2026") : tr("Write copy anyway\u2026"));
    showSummary();
    for (auto* button : {m_patch, m_more, m_write}) {
        button->setEnabled(ready);
    }
    const bool several = outcome->hunks.size() > 1;
    m_back->setEnabled(several);
    m_next->setEnabled(several);
}

void FixView::showSummary()
{
    const auto& outcome = *m_state->outcome();
    const auto profile = QString::fromStdString(m_state->profile().title);
    const auto lines =
        tr("%1 of %2 lines change, all other bytes stay identical.").arg(outcome.changedLines).arg(outcome.lines);
    const auto refused = m_state->refusedCount();
    const QString out = refused == 0 ? QString() : FixState::refusedWords(refused);
    m_summary->setText(m_state->working() ? tr("Checking again\u2026")
            : !outcome.problems.empty()   ? tr("Not to be written: %1").arg(outcome.problems.front())
            : m_state->onCount() == 0     ? tr("Every edit is off: nothing would change.")
            : m_state->madeCount() == 0   ? tr("Nothing would change. %1").arg(out)
            : m_state->meets()            ? tr("Writes a copy. %1").arg(lines)
                                          : tr("The copy does not meet the profile %1. %2").arg(profile, lines)
                + (out.isEmpty() ? out : u'\n' + out));
}

void FixView::showEdit()
{
    const int row = m_model.rowOfEdit(m_state->currentEdit());
    if (row >= 0) {
        m_list->setCurrentIndex(m_model.index(row, 0));
        m_list->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtTop);
    }
}

void FixView::step(int direction)
{
    const int row = m_model.nextHead(m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1, direction);
    if (row < 0) {
        return;
    }
    m_list->setCurrentIndex(m_model.index(row, 0));
    m_list->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtTop);
    const auto& hunk = m_state->outcome()->hunks[m_model.rows()[static_cast<std::size_t>(row)].hunk];
    if (!hunk.edits.empty()) {
        m_state->setCurrentEdit(hunk.edits.front());
    }
}

void FixView::toggleHunk(int row)
{
    if (row < 0 || row >= static_cast<int>(m_model.rows().size())
        || m_model.rows()[static_cast<std::size_t>(row)].kind != DiffRow::Kind::Head) {
        return;
    }
    const auto edits = m_state->outcome()->hunks[m_model.rows()[static_cast<std::size_t>(row)].hunk].edits;
    const bool all = std::all_of(edits.begin(), edits.end(), [this](std::size_t edit) { return m_state->isOn(edit); });
    m_state->setOn(edits, !all);
}

QString FixView::patch() const
{
    QString text;
    const auto& outcome = m_state->outcome();
    for (std::size_t i = 0; outcome && i < outcome->hunks.size(); ++i) {
        using Kind = fixes::PreviewRow::Kind;
        if (outcome->hunks[i].rows.empty()) {
            continue; // its edits are off
        }
        text += QStringLiteral("@@ %1 @@\n").arg(QString::fromStdString(outcome->hunks[i].place));
        for (const auto& row : outcome->hunks[i].rows) {
            if (row.kind == Kind::Same) {
                text += u' ' + wholeText(row.before) + u'\n';
            }
            if (row.kind == Kind::Changed || row.kind == Kind::Removed) {
                text += u'-' + wholeText(row.before) + u'\n';
            }
            if (row.kind == Kind::Changed || row.kind == Kind::Added) {
                text += u'+' + wholeText(row.after) + u'\n';
            }
        }
    }
    return text;
}

void FixView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    arrange();
}

// What stands beside each other when there is room, which grows with the text.
void FixView::arrange()
{
    const bool narrow = width() < zoomed(sideBySideFrom);
    m_layout->setVisible(!narrow);
    m_model.setInline(narrow || m_layout->current() == 1);
    m_columns->setVisible(!m_model.isInline());
    const bool full = width() >= zoomed(headerInFullFrom);
    m_place->setVisible(full);
    m_fold->setText(full ? tr("Fold unchanged") : tr("Fold"));
    m_footer->setDirection(width() < zoomed(footerInOneFrom) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void FixView::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        step(event->key() == Qt::Key_Down ? 1 : -1);
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
    } else {
        View::keyPressEvent(event);
    }
}

bool FixView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        toggleHunk(m_list->currentIndex().row());
        return true;
    }
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QModelIndex index = m_list->indexAt(mouse->position().toPoint());
        const auto box = DiffDelegate::switchBox(m_list->visualRect(index)).adjusted(-8, -8, 8, 8);
        if (index.isValid() && box.contains(mouse->position().toPoint())) {
            toggleHunk(index.row());
        }
    }
    return View::eventFilter(watched, event);
}

bool FixView::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) {
        arrange();
        m_list->doItemsLayout();
    }
    return View::event(event);
}

} // namespace cupel::widgets
