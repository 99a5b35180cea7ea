// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: deciding about findings, and what came with a folder.
#include "app/shell/main_window.h"

#include "analyzers/model/evidence.h"
#include "app/session/comparing.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "app/shell/help_topics.h"
#include "app/shell/sheet.h"
#include "app/shell/status_bar.h"
#include "widgets/findings/findings_view.h"
#include "widgets/findings/triage_form.h"
#include "widgets/models/query_text.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QTimer>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

namespace {

const QString openTerm = QStringLiteral("is:open");

} // namespace

void MainWindow::wireTriage()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"finding.triage", [this] { openTriage(); });
    on(u"finding.untriage", [this] { removeDecisions(); });
    on(u"finding.mark", [this] {
        if (auto* list = view<widgets::FindingsView>(QStringLiteral("review")); list && m_mode == u"review") {
            list->mark();
        }
    });
    on(u"finding.markRange", [this] {
        if (auto* list = view<widgets::FindingsView>(QStringLiteral("review")); list && m_mode == u"review") {
            list->markRange();
        }
    });
    on(u"review.openOnly", [this] {
        widgets::ReviewState& review = m_session.review();
        const QString query = review.query();
        const bool hidden = widgets::hasQueryTerm(query, openTerm);
        review.setQuery(hidden ? widgets::withoutQueryTerm(query, openTerm) : widgets::withQueryTerm(query, openTerm));
        m_status->setNotice(hidden ? tr("Decided findings are shown.") : tr("Decided findings are hidden."));
    });
    on(u"review.askDecisions", [this] {
        m_session.triage().askAgain();
        m_session.threats().askAgain();
        if (m_mode != u"threats") {
            showMode(QStringLiteral("review"));
        }
    });
    connect(&m_session.triage(), &Triage::changed, this, &MainWindow::showForeign);
    connect(&m_session, &Session::scanFinished, this, &MainWindow::showForeign);
    connect(&m_session.threats(), &Threats::foreignChanged, this, [this] {
        m_actions->at(u"review.askDecisions")
            ->setEnabled(m_session.triage().canAskAgain() || m_session.threats().canAskAgain());
    });
}

void MainWindow::onTriageIntent(widgets::Intent::Kind kind)
{
    using Kind = widgets::Intent::Kind;
    if (kind == Kind::Triage) {
        openTriage();
    } else if (kind == Kind::RemoveDecision) {
        removeDecisions();
    } else if (kind == Kind::UseDecisions) {
        m_session.triage().useForeign();
        m_status->setNotice(tr("The decisions of this folder count from now on."));
    } else if (kind == Kind::IgnoreDecisions) {
        m_session.triage().ignoreForeign();
        m_status->setNotice(tr("The decisions of this folder are ignored. The menu Review can ask again."));
    }
}

// Decisions that came with the folder, once all findings are there that they may be about.
void MainWindow::showForeign()
{
    m_actions->at(u"review.askDecisions")
        ->setEnabled(m_session.triage().canAskAgain() || m_session.threats().canAskAgain());
    m_reportStale = true; // it tells what was decided
    feedReport();
    if (!m_pages.count(QStringLiteral("review"))) {
        return;
    }
    if (auto* list = view<widgets::FindingsView>(QStringLiteral("review"))) {
        list->showForeign(m_session.busy() || m_session.roots().isEmpty() ? widgets::ForeignDecisions()
                                                                          : m_session.triage().foreign());
    }
}

std::vector<widgets::FindingRef> MainWindow::chosenFindings()
{
    if (auto* list = view<widgets::FindingsView>(QStringLiteral("review")); list && m_mode == u"review") {
        return list->chosen();
    }
    if (m_mode == u"compare") { // the one that is chosen there, as far as it is in the version that is open
        const widgets::CompareState& state = m_session.comparing().state();
        const auto* change = state.outcome() && state.current() ? &state.change(*state.current()) : nullptr;
        const auto open = change ? m_session.review().analysis(change->analysis->artifact.path) : nullptr;
        return open && open.get() == change->analysis
            ? std::vector{widgets::FindingRef{open->artifact.path, change->index}}
            : std::vector<widgets::FindingRef>();
    }
    const auto& current = m_session.review().current();
    return current ? std::vector{*current} : std::vector<widgets::FindingRef>();
}

void MainWindow::openTriage()
{
    const auto refs = chosenFindings();
    if (refs.empty()) {
        m_status->setNotice(tr("Choose a finding first."));
        return;
    }
    if (!m_session.triage().ready()) {
        m_status->setNotice(tr("The decisions of this folder are still being read."));
        return;
    }
    const widgets::ReviewState& review = m_session.review();
    widgets::TriageSubject subject;
    subject.findings = static_cast<int>(refs.size());
    for (const auto& ref : refs) {
        const Finding* finding = review.finding(ref);
        subject.critical += finding && finding->severity == Severity::Critical ? 1 : 0;
        subject.decided += review.decision(ref) ? 1 : 0;
    }
    if (const Finding* only = refs.size() == 1 ? review.finding(refs.front()) : nullptr) {
        const QString place = widgets::shownText(only->location.human);
        const auto also = countPlaces(*only).all - 1;
        subject.title = widgets::shownText(only->title) + (place.isEmpty() ? QString() : QStringLiteral(", ") + place)
            + (also > 0 ? tr(", and %n more place(s)", nullptr, static_cast<int>(also)) : QString());
        if (const auto* before = review.decision(refs.front())) {
            subject.before = *before;
        }
    }
    subject.author = m_session.triage().author();
    subject.today = Triage::today();
    auto* sheet = new Sheet(tr("Triage"), centralWidget(), QSize(620, 540));
    sheet->setProperty("takesKeys", true); // digits and letters are its own, not shortcuts of what lies behind
    setHelpTopic(sheet, "triage");
    sheet->keepOpenOutside();
    auto* form = new widgets::TriageForm(std::move(subject), sheet);
    sheet->body()->addWidget(form);
    sheet->fitTo(form);
    connect(form, &widgets::TriageForm::cancelled, sheet, &Sheet::close);
    // What is refused stays open with all that was typed: whoever types on must not type into the list behind it.
    const auto end = [this, sheet, form](const widgets::TriageRefusal& refusal, const QString& done) {
        if (!refusal.refused()) {
            sheet->close();
            endTriage({}, done);
        } else {
            form->refuse(refusal);
        }
    };
    connect(form, &widgets::TriageForm::removeRequested, this,
        [this, end, refs] { end({m_session.triage().remove(refs)}, tr("Decision removed. Undo brings it back.")); });
    connect(form, &widgets::TriageForm::answered, this, [this, end, refs](const widgets::TriageAnswer& answer) {
        const auto equals = static_cast<int>(m_session.review().equalsOf(refs));
        const QString undo = QLatin1Char(' ') + tr("Undo takes it back.");
        const QString done = tr("Decided: %n finding(s).", nullptr, static_cast<int>(refs.size()));
        end(m_session.triage().decide(refs, answer),
            done
                + (equals > 0
                        ? QLatin1Char(' ') + tr("It holds for %n equal one(s) in other files too.", nullptr, equals)
                        : QString())
                + undo);
    });
    showSheet(sheet);
    form->takeFocus();
}

void MainWindow::removeDecisions()
{
    endTriage(m_session.triage().remove(chosenFindings()), tr("Decision removed. Undo brings it back."));
}

void MainWindow::endTriage(const QString& trouble, const QString& done)
{
    m_status->setNotice(trouble.isEmpty() ? done : trouble);
    if (auto* list = view<widgets::FindingsView>(QStringLiteral("review")); list && trouble.isEmpty()) {
        list->dropMarks();
    }
}

} // namespace cupel::app
