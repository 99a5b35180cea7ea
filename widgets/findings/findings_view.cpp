// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/findings_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/foreign_band.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/findings/checked_words.h"
#include "widgets/findings/file_switcher.h"
#include "widgets/findings/filter_chips.h"
#include "widgets/findings/filter_field.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/models/query_text.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

// A card at the top of the page, with the padding of the region around it.
QWidget* page(StateCard* card)
{
    auto* around = new QWidget;
    auto* column = new QVBoxLayout(around);
    column->setContentsMargins(12, 8, 12, 12);
    column->addWidget(card);
    column->addStretch(1);
    return around;
}

} // namespace

FindingsView::FindingsView(ReviewState* state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_files(new FileSwitcher(state, this))
    , m_filter(new FilterField(state, this))
    , m_echo(new Label({}, TextRole::Small, Token::TextMuted, false, this))
    , m_chips(new FilterChips(state, this))
    , m_tree(new FindingTree(state, this))
    , m_foreign(new ForeignBand(this))
    , m_choice(new QWidget(this))
    , m_choiceText(new Label({}, TextRole::Small, Token::TextSecondary, false, m_choice))
{
    setAccessibleName(tr("Findings of the review"));
    setFocusPolicy(Qt::NoFocus);
    makeStates();
    layOut();
    connectParts();
    follow();
}

void FindingsView::makeStates()
{
    m_nothingOpen = new EmptyState(QStringLiteral("notebook-text"), this);
    m_nothingOpen->setState(tr("No notebook open"), tr("Open a file or drop one here."), tr("Open file…"));
    m_clean = new StateCard(StateCard::Kind::Clean, {}, this);
    m_partlyClean = new Band(Band::Tone::Warn, this);
    m_filteredOut = new EmptyState(QStringLiteral("funnel"), this);
    m_filteredOut->setTextRole(TextRole::Code);
    m_soFar = new EmptyState(QStringLiteral("clock"), this);
    connect(m_nothingOpen, &StateCard::activated, this, [this] { Q_EMIT intent({Intent::Kind::OpenFiles, {}, {}}); });
    connect(m_partlyClean, &StateCard::activated, this, [this] {
        if (m_onlyPictures) {
            Q_EMIT imagesRequested();
        } else {
            Q_EMIT intent({Intent::Kind::ShowNotChecked, {}, {}});
        }
    });
    connect(m_filteredOut, &StateCard::activated, this, &FindingsView::clearFilter);
}

void FindingsView::layOut()
{
    m_echo->setWordWrap(true);
    m_echo->setTextInteractionFlags(
        Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard | Qt::TextSelectableByMouse);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 4);
    head->setSpacing(8);
    head->addWidget(m_files);
    head->addWidget(m_filter);
    head->addWidget(m_echo);
    head->addWidget(m_chips);
    head->addWidget(m_foreign);
    m_tree->setMinimumHeight(96); // it can be scrolled, what is above it cannot
    m_pages = new QStackedLayout;
    m_pages->addWidget(m_tree);
    for (StateCard* card : {m_nothingOpen, m_clean, m_partlyClean, m_filteredOut, m_soFar}) {
        m_pages->addWidget(page(card));
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(m_pages, 1);
    auto* triage = new QPushButton(tr("Triage…"), m_choice);
    setSmall(triage);
    setKeyHint(triage, QStringLiteral("T"));
    auto* drop = new IconButton(QStringLiteral("x"), tr("Choose only the current finding (Esc)"), m_choice);
    connect(triage, &QPushButton::clicked, this, [this] { Q_EMIT intent({Intent::Kind::Triage, {}, {}}); });
    connect(drop, &IconButton::clicked, this, &FindingsView::dropMarks);
    auto* row = new QHBoxLayout(m_choice);
    row->setContentsMargins(16, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_choiceText, 1);
    row->addWidget(triage);
    row->addWidget(drop);
    m_choice->hide();
    column->addWidget(m_choice);
}

void FindingsView::connectParts()
{
    connect(m_filter, &FilterField::leave, this, [this] {
        follow(); // what was just typed decides where the keyboard goes
        if (m_pages->currentIndex() == 0) {
            if (!m_state->query().isEmpty() && !m_state->current()) {
                m_state->next(); // who asked for some wants to see the first, not the head of its group
            }
            takeFocus();
        }
    });
    connect(m_tree, &FindingTree::opened, this, [this] { Q_EMIT intent({Intent::Kind::FocusCanvas, {}, {}}); });
    connect(m_tree, &FindingTree::choiceChanged, this, &FindingsView::showChoice);
    connect(
        m_foreign, &ForeignBand::useRequested, this, [this] { Q_EMIT intent({Intent::Kind::UseDecisions, {}, {}}); });
    connect(m_foreign, &ForeignBand::ignoreRequested, this,
        [this] { Q_EMIT intent({Intent::Kind::IgnoreDecisions, {}, {}}); });
    connect(m_tree, &FindingTree::menuRequested, this, &FindingsView::openMenu);
    connect(m_echo, &QLabel::linkActivated, this, [this] {
        m_state->setQuery(m_state->parsedQuery().problem().suggestion);
        m_filter->setFocus(Qt::OtherFocusReason);
    });
    connect(m_state, &ReviewState::workspaceChanged, this, &FindingsView::scheduleFollow);
    connect(m_state, &ReviewState::visibleChanged, this, &FindingsView::scheduleFollow);
}

void FindingsView::takeFocus()
{
    if (m_pages->currentIndex() != 0) {
        focusFilter();
        return;
    }
    if (!m_tree->currentIndex().isValid()) {
        m_tree->setCurrentIndex(m_tree->model()->index(0, 0));
    }
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void FindingsView::clearFilter()
{
    const bool inside = isAncestorOf(window()->focusWidget());
    m_state->setQuery({});
    follow(); // the list stands there again: it can have the keyboard
    if (inside) {
        takeFocus();
    }
}

void FindingsView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void FindingsView::showForeign(const ForeignDecisions& foreign)
{
    const bool hadFocus = m_foreign->isAncestorOf(focusWidget());
    m_foreign->show(foreign);
    if (hadFocus && m_foreign->isHidden()) {
        takeFocus();
    }
}

std::vector<FindingRef> FindingsView::chosen() const
{
    auto refs = m_tree->chosen();
    if (refs.size() < 2 && !m_tree->marking()) {
        refs.clear(); // the row that merely follows the current finding
    }
    if (refs.empty() && m_state && m_state->current()) {
        refs.push_back(*m_state->current());
    }
    return refs;
}

void FindingsView::mark()
{
    m_tree->mark();
}

void FindingsView::markRange()
{
    m_tree->markRange();
}

void FindingsView::dropMarks()
{
    const bool hadFocus = m_choice->isAncestorOf(focusWidget());
    m_tree->dropMarks();
    if (hadFocus) {
        takeFocus();
    }
}

void FindingsView::showChoice()
{
    const auto count = static_cast<int>(m_tree->chosen().size());
    const bool shown = count > 1 || (m_tree->marking() && count > 0);
    m_choiceText->setText(tr("%n finding(s) chosen", nullptr, count));
    m_choice->setVisible(shown);
}

void FindingsView::scheduleFollow()
{
    if (!m_pending) {
        m_pending = true;
        QMetaObject::invokeMethod(this, &FindingsView::follow, Qt::QueuedConnection);
    }
}

void FindingsView::follow()
{
    m_pending = false;
    if (m_state) {
        showEcho();
        showState();
    }
}

void FindingsView::showEcho()
{
    const QueryProblem& problem = m_state->parsedQuery().problem();
    if (!m_state->queryValid()) {
        m_echo->setToken(Token::TextPrimary);
        m_echo->setTextFormat(Qt::RichText);
        QString text = problem.text.toHtmlEscaped();
        if (!problem.suggestion.isEmpty()) {
            text += u' '
                + tr("Did you mean %1?")
                      .arg(QStringLiteral("<a href=\"fix\">%1</a>").arg(problem.suggestedWord.toHtmlEscaped()));
        }
        m_echo->setText(text);
    } else {
        m_echo->setToken(Token::TextMuted);
        m_echo->setTextFormat(Qt::PlainText);
        m_echo->setText(m_state->query().trimmed().isEmpty()
                ? QString()
                : tr("%1: %2 of %3", "query in words, findings shown, all findings")
                      .arg(m_state->queryEcho())
                      .arg(m_state->visible().size())
                      .arg(m_state->total()));
    }
    m_echo->setVisible(!m_echo->text().isEmpty());
}

void FindingsView::setLookedAt(review::LookedAt lookedAt)
{
    if (std::exchange(m_lookedAt, std::move(lookedAt)) != m_lookedAt) {
        scheduleFollow();
    }
}

void FindingsView::showState()
{
    enum Page { List, NothingOpen, Clean, PartlyClean, FilteredOut, SoFar };
    if (!m_state->visible().empty()) {
        m_pages->setCurrentIndex(List);
    } else if (m_state->scanning() && m_state->total() == 0) {
        m_soFar->setState(tr("No findings so far"), tr("The scan is still running."));
        m_pages->setCurrentIndex(SoFar);
    } else if (m_state->workspace().analyses.empty()) {
        const bool open = !m_state->workspace().roots.empty();
        m_nothingOpen->setState(open ? tr("Nothing to check here") : tr("No notebook open"),
            open ? tr("There is no file in it, or all are left out.") : tr("Open a file or drop one here."),
            tr("Open file…"));
        m_pages->setCurrentIndex(NothingOpen);
    } else if (m_state->total() > 0) {
        const int total = static_cast<int>(m_state->total());
        m_filteredOut->setState(
            total == 1 ? tr("The one finding does not match") : tr("0 of %n findings match", nullptr, total),
            m_state->query(), tr("Clear filter"));
        m_pages->setCurrentIndex(FilteredOut);
    } else {
        const CheckedWords words = checkedWords(m_state->workspace(), m_lookedAt);
        m_onlyPictures = words.onlyPictures;
        if (words.notChecked.isEmpty()) {
            m_clean->setState(tr("No findings"), words.checked);
        } else {
            m_partlyClean->setState(
                words.notChecked, words.checked, m_onlyPictures ? tr("Show images") : tr("Show list"));
        }
        m_pages->setCurrentIndex(words.notChecked.isEmpty() ? Clean : PartlyClean);
    }
    const bool open = m_pages->currentIndex() != NothingOpen;
    m_filter->setEnabled(open);
    m_chips->setVisible(m_state->total() > 0);
}

void FindingsView::openMenu(const QPoint& globalPosition)
{
    const Finding* finding = m_state->current() ? m_state->finding(*m_state->current()) : nullptr;
    if (finding == nullptr) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString rule = QString::fromStdString(finding->rule);
    const auto send = [this, menu](const QString& icon, const QString& text, const QString& key, const Intent& what) {
        QAction* action = menu->addAction(cupel::widgets::icon(icon), text + u'\t' + key);
        connect(action, &QAction::triggered, this, [this, what] { Q_EMIT intent(what); });
    };
    send(QStringLiteral("circle-check"), tr("Triage…"), QStringLiteral("T"), {Intent::Kind::Triage, {}, {}});
    const auto refs = chosen();
    if (std::any_of(refs.begin(), refs.end(), [this](const FindingRef& ref) { return m_state->decision(ref); })) {
        send(QStringLiteral("undo-2"), tr("Remove decision"), QStringLiteral("Shift+T"),
            {Intent::Kind::RemoveDecision, {}, {}});
    }
    auto* threats = menu->addAction(
        cupel::widgets::icon(QStringLiteral("shield-alert")), tr("Threats") + QStringLiteral("\tShift+O"));
    connect(threats, &QAction::triggered, this, &FindingsView::threatsRequested);
    menu->addSeparator();
    send(QStringLiteral("copy"), tr("Copy as Markdown"), QStringLiteral("C"), {Intent::Kind::CopyMarkdown, {}, {}});
    send(QStringLiteral("link"), tr("Copy link"), QStringLiteral("Ctrl+Shift+C"), {Intent::Kind::CopyLink, {}, {}});
    send(QStringLiteral("lightbulb"), tr("Explain"), QStringLiteral("E"), {Intent::Kind::Explain, {}, rule});
    menu->addSeparator();
    addFilters(menu, *finding);
    menu->popup(globalPosition);
}

void FindingsView::addFilters(QMenu* menu, const Finding& finding)
{
    const QString rule = QStringLiteral("rule=") + quoteQueryValue(QString::fromStdString(finding.rule));
    const QString file = QStringLiteral("file=") + quoteQueryValue(QString::fromStdString(finding.location.artifact));
    const auto add = [this, menu](const QString& icon, const QString& text, const QString& term) {
        QAction* action = menu->addAction(cupel::widgets::icon(icon), text);
        connect(action, &QAction::triggered, this, [this, term] { setFilterTo(term); });
    };
    add(QStringLiteral("funnel"), tr("Filter by this rule"), rule);
    add(QStringLiteral("eye-off"), tr("Leave out this rule"), u'-' + rule);
    if (m_state->workspace().analyses.size() > 1) {
        add(QStringLiteral("file"), tr("Filter by this file"), file);
    }
}

void FindingsView::setFilterTo(const QString& term)
{
    const QString base = m_state->queryValid() ? m_state->query() : QString();
    m_state->setQuery(withQueryTerm(base, term));
}

} // namespace cupel::widgets
