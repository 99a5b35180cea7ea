// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/fixes/change_delegate.h"

#include <QtCore/QEvent>
#include <QtGui/QFontMetrics>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

using Kind = review::FindingChange::Kind;

namespace {

constexpr int sideMargin = 16;

} // namespace

ComparePanel::ComparePanel(CompareState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_model(state)
{
    setAccessibleName(tr("What changed"));
    setFocusPolicy(Qt::NoFocus);
    m_list = new QListView(this);
    m_list->setAccessibleName(tr("Findings of the comparison"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumHeight(96); // it can be scrolled, what is above it cannot
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setItemDelegate(new ChangeDelegate(m_list));
    m_list->setModel(&m_model);
    m_none = new EmptyState(QStringLiteral("list-filter"), this);
    auto* noneRow = new QVBoxLayout;
    noneRow->setContentsMargins(12, 4, 12, 4);
    noneRow->addWidget(m_none);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    column->addWidget(makeSource());
    column->addWidget(m_filter = makeFilter());
    column->addLayout(noneRow);
    column->addWidget(m_list, 1);
    column->addWidget(m_filler = new QWidget(this), 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (const ChangeRef* ref = m_model.at(index)) {
            m_state->setCurrent(*ref);
        }
    });
    connect(m_state, &CompareState::outcomeChanged, this, &ComparePanel::follow);
    connect(m_state, &CompareState::workingChanged, this, &ComparePanel::follow);
    connect(m_state, &CompareState::chosenChanged, this, &ComparePanel::followChosen);
    connect(m_state, &CompareState::visibleChanged, this, &ComparePanel::follow);
    connect(m_state, &CompareState::visibleChanged, this, &ComparePanel::followCurrent);
    connect(m_state, &CompareState::currentChanged, this, &ComparePanel::followCurrent);
    follow();
}

QWidget* ComparePanel::makeSource()
{
    auto* box = new QWidget(this);
    m_subject = new Label({}, TextRole::Small, Token::TextSecondary, false, box);
    m_subject->setWordWrap(true);
    m_only = new QCheckBox(box);
    m_file = new QPushButton(icon(QStringLiteral("file")), tr("File…"), box);
    m_folder = new QPushButton(icon(QStringLiteral("folder")), tr("Folder…"), box);
    m_revision = new QLineEdit(box);
    m_revision->setAccessibleName(tr("Revision of git"));
    m_revision->setPlaceholderText(tr("Git revision, as HEAD or main~2"));
    m_go = new QPushButton(tr("Compare"), box);
    m_progressText = new Label({}, TextRole::Small, Token::TextSecondary, false, box);
    m_progress = new QProgressBar(box);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the comparison"));
    m_cancel = new QPushButton(tr("Cancel"), box);
    setSmall(m_cancel);
    m_summary = new Label({}, TextRole::Base, Token::TextPrimary, true, box);
    m_summary->setWordWrap(true);
    auto* paths = new QHBoxLayout;
    paths->setSpacing(8);
    paths->addWidget(m_file, 1);
    paths->addWidget(m_folder, 1);
    auto* revision = new QHBoxLayout;
    revision->setSpacing(8);
    revision->addWidget(m_revision, 1);
    revision->addWidget(m_go);
    auto* progress = new QHBoxLayout;
    progress->setSpacing(8);
    progress->addWidget(m_progressText, 1);
    progress->addWidget(m_cancel);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(sideMargin, 8, sideMargin, 8);
    column->setSpacing(8);
    column->addWidget(new SectionLabel(tr("Compare with an earlier version"), box));
    column->addWidget(m_subject);
    column->addWidget(m_only);
    column->addLayout(paths);
    auto* revisionLabel = new Label(tr("Revision of git"), TextRole::Small, Token::TextSecondary, false, box);
    revisionLabel->setBuddy(m_revision);
    column->addWidget(revisionLabel);
    column->addLayout(revision);
    column->addLayout(progress);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    const auto go = [this] {
        if (m_go->isEnabled() && !m_revision->text().trimmed().isEmpty()) {
            Q_EMIT revisionRequested(m_revision->text().trimmed());
        }
    };
    connect(m_only, &QCheckBox::toggled, m_state, &CompareState::setOnlyChosen);
    connect(m_file, &QPushButton::clicked, this, &ComparePanel::fileRequested);
    connect(m_folder, &QPushButton::clicked, this, &ComparePanel::folderRequested);
    connect(m_go, &QPushButton::clicked, this, go);
    connect(m_revision, &QLineEdit::returnPressed, this, go);
    connect(m_revision, &QLineEdit::textChanged, this, &ComparePanel::follow);
    connect(m_cancel, &QPushButton::clicked, this, &ComparePanel::cancelRequested);
    return box;
}

QWidget* ComparePanel::makeFilter()
{
    auto* box = new QWidget(this);
    m_query = new QLineEdit(box);
    m_query->setAccessibleName(tr("Filter the findings of the comparison"));
    m_query->setPlaceholderText(tr("Filter, as sev>=high"));
    m_query->setClearButtonEnabled(true);
    m_query->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    auto* chips = new FlowLayout(6, false); // four words are more than a narrow panel holds
    for (const Kind kind : {Kind::Fresh, Kind::Changed, Kind::Gone, Kind::Same}) {
        auto* chip = new Chip({}, box);
        chip->setCheckable(true);
        chip->setActive(true);
        connect(chip, &Chip::clicked, this, [this, kind] { m_state->setShown(kind, !m_state->isShown(kind)); });
        m_kinds[static_cast<std::size_t>(kind)] = chip;
        chips->addWidget(chip);
    }
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(12, 0, 12, 6);
    column->setSpacing(8);
    column->addWidget(m_query);
    column->addLayout(chips);
    connect(m_query, &QLineEdit::textChanged, m_state, &CompareState::setQuery);
    return box;
}

void ComparePanel::takeFocus()
{
    if (!m_model.rows().empty()) {
        m_list->setFocus(Qt::ShortcutFocusReason);
    } else if (m_cancel->isVisibleTo(this)) {
        m_cancel->setFocus(Qt::ShortcutFocusReason);
    } else {
        (m_file->isEnabled() ? static_cast<QWidget*>(m_revision) : this)->setFocus(Qt::ShortcutFocusReason);
    }
}

void ComparePanel::setRevision(const QString& revision)
{
    m_revision->setText(revision);
}

// A long name must not widen the panel: it is cut in the middle, and whole for screen readers and the pointer.
void ComparePanel::followChosen()
{
    const QString& name = m_state->chosen();
    const QString whole = tr("Only %1", "a file of the open folder").arg(name);
    m_only->setVisible(!name.isEmpty());
    m_only->setEnabled(!m_state->working());
    m_only->setText(tr("Only %1", "a file of the open folder")
            .arg(m_only->fontMetrics().elidedText(
                name, Qt::ElideMiddle, 24 * m_only->fontMetrics().averageCharWidth())));
    m_only->setAccessibleName(whole);
    m_only->setToolTip(whole);
    m_only->setChecked(m_state->onlyChosen());
}

// A name without blanks is wrapped nowhere: cut in the middle where it is longer than the line.
void ComparePanel::followSubject()
{
    const QString& name = m_state->subject();
    const auto words = [](const QString& shown) { return tr("Of %1, which is open").arg(shown); };
    const QFontMetrics metrics(widgets::font(TextRole::Small));
    const int room = width() - 2 * sideMargin - metrics.horizontalAdvance(QStringLiteral(",\u2026"));
    m_subject->setText(name.isEmpty() ? tr("Open a file or folder first.")
                                      : words(metrics.elidedText(name, Qt::ElideMiddle, std::max(0, room))));
    m_subject->setAccessibleName(name.isEmpty() ? QString() : words(name));
    m_subject->setToolTip(name.isEmpty() ? QString() : plainToolTip(words(name)));
}

bool ComparePanel::event(QEvent* event)
{
    const bool done = View::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange) {
        followSubject();
    }
    return done;
}

void ComparePanel::follow()
{
    followChosen();
    const bool open = !m_state->subject().isEmpty();
    const bool working = m_state->working();
    followSubject();
    for (QWidget* part :
        {static_cast<QWidget*>(m_file), static_cast<QWidget*>(m_folder), static_cast<QWidget*>(m_revision)}) {
        part->setEnabled(open && !working);
    }
    m_go->setEnabled(open && !working && !m_revision->text().trimmed().isEmpty());
    m_progressText->setVisible(working);
    m_progress->setVisible(working);
    m_cancel->setVisible(working);
    const auto total = static_cast<int>(m_state->progressTotal());
    m_progressText->setText(total > 0 ? tr("Checking file %1 of %2").arg(m_state->progressDone()).arg(total)
                                      : tr("Checking the earlier version"));
    m_progress->setRange(0, total);
    m_progress->setValue(static_cast<int>(m_state->progressDone()));
    const auto& outcome = m_state->outcome();
    const bool there = outcome && outcome->trouble.isEmpty() && !working;
    const auto fresh = m_state->count(Kind::Fresh);
    const auto gone = m_state->count(Kind::Gone);
    const auto changed = m_state->count(Kind::Changed);
    m_summary->setVisible(there);
    m_summary->setText(fresh + gone + changed == 0 ? tr("No finding is new, changed or fixed.")
            : changed == 0                         ? tr("Findings: %1 new, %2 fixed").arg(fresh).arg(gone)
                           : tr("Findings: %1 new, %2 changed, %3 fixed").arg(fresh).arg(changed).arg(gone));
    m_filter->setVisible(there);
    for (const Kind kind : {Kind::Fresh, Kind::Changed, Kind::Gone, Kind::Same}) {
        Chip* chip = m_kinds[static_cast<std::size_t>(kind)];
        chip->setText(QStringLiteral("%1 %2").arg(word(kind)).arg(m_state->count(kind)));
        chip->setChecked(m_state->isShown(kind));
        chip->updateGeometry();
    }
    const bool none = there && m_state->visible().empty();
    m_none->setVisible(none);
    if (none) {
        const bool filtered = fresh + changed + gone + m_state->count(Kind::Same) > 0;
        m_none->setState(filtered ? tr("No finding matches") : tr("No findings on either side"),
            filtered ? tr("Unchanged ones are hidden until you switch them on.") : QString());
    }
    m_list->setVisible(there && !none);
    m_filler->setVisible(!there || none);
}

void ComparePanel::followCurrent()
{
    const int row = m_state->current() ? m_model.rowOf(*m_state->current()) : -1;
    if (row >= 0 && m_list->currentIndex().row() != row) {
        m_list->setCurrentIndex(m_model.index(row, 0));
    }
    m_list->viewport()->update();
}

} // namespace cupel::widgets
