// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Share mode, where findings are taken out before a file leaves.
#include "app/shell/main_window.h"

#include "app/session/fixing.h"
#include "app/session/session.h"
#include "app/shell/help_topics.h"
#include "app/shell/question_sheet.h"
#include "app/shell/status_bar.h"
#include "widgets/fixes/fix_panel.h"
#include "widgets/fixes/fix_view.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>

#include <algorithm>

namespace cupel::app {

namespace {

// What keeps the result from meeting the profile, worst first, each finding once.
std::vector<QuestionRow> whatStays(const widgets::FixOutcome& outcome)
{
    std::vector<std::size_t> left;
    bool unread = false;
    for (const auto& gate : outcome.verdictAfter.gates) {
        for (const auto& ref : gate.blocking) {
            left.push_back(ref.index);
        }
        unread = unread || !gate.unread.empty();
    }
    std::sort(left.begin(), left.end());
    left.erase(std::unique(left.begin(), left.end()), left.end());
    const auto& findings = outcome.after->findings;
    std::stable_sort(left.begin(), left.end(),
        [&findings](std::size_t a, std::size_t b) { return findings[a].severity > findings[b].severity; });
    std::vector<QuestionRow> rows;
    for (const auto index : left) {
        const Finding& finding = findings[index];
        rows.push_back(
            {finding.severity, widgets::shownText(finding.title), widgets::shownText(finding.location.human)});
    }
    if (unread) {
        rows.push_back({Severity::Medium, MainWindow::tr("What could not be read"), {}});
    }
    return rows;
}

} // namespace

void MainWindow::wireShare(ModePage* made)
{
    auto* view = qobject_cast<widgets::FixView*>(made->parts().canvas);
    if (!view) {
        return;
    }
    widgets::FixState& state = m_session.fixing().state();
    const auto name = [this, view] { view->setCopyName(QFileInfo(m_session.fixing().suggestedCopy()).fileName()); };
    connect(&state, &widgets::FixState::profileChanged, view, name);
    connect(&state, &widgets::FixState::outcomeChanged, view, name);
    name();
    if (auto* panel = qobject_cast<widgets::FixPanel*>(made->parts().navigator)) {
        connect(panel, &widgets::FixPanel::profileAddRequested, this, &MainWindow::askForProfile);
        connect(panel, &widgets::FixPanel::profileRemoveRequested, this, [this](std::size_t index) {
            m_session.fixing().removeProfile(index);
            m_status->setNotice(tr("Profile removed from the list. Undo brings it back."));
        });
        connect(panel, &widgets::FixPanel::profilesReadRequested, &m_session.fixing(), &Fixing::readProfiles);
    }
    connect(view, &widgets::FixView::leaveRequested, this, [this] { showMode(QStringLiteral("review")); });
    connect(view, &widgets::FixView::copyPatchRequested, this, [this, view] {
        QGuiApplication::clipboard()->setText(view->patch());
        m_status->setNotice(tr("Copied, with every secret masked."));
    });
    connect(view, &widgets::FixView::writeCopyRequested, this, &MainWindow::writeCopy);
    connect(view, &widgets::FixView::writeInPlaceRequested, this, &MainWindow::changeFileItself);
    connect(view, &widgets::FixView::openRequested, this,
        [this](const QString& path) { open({OpenTarget{path, {}, {}, {}}}); });
    connect(view, &widgets::FixView::copyPathRequested, this, [this](const QString& path) {
        QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(path));
        m_status->setNotice(tr("Path copied."));
    });
    // A changed file may be as it was again; a copy stays where it was written.
    connect(&m_session.undo(), &QUndoStack::indexChanged, view, &widgets::FixView::hideChanged);
    connect(&state, &widgets::FixState::outcomeChanged, this, [this, &state] {
        if (m_copyWanted && state.outcome() && !state.working()) {
            m_copyWanted = false;
            writeCopy();
        }
    });
}

void MainWindow::askForProfile()
{
    auto* dialog = new QFileDialog(this, tr("Sharing profile of your own"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Profiles (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, &m_session.fixing(), &Fixing::addProfile);
    openNativeDialog(dialog);
}

void MainWindow::writeCopy()
{
    const widgets::FixState& state = m_session.fixing().state();
    const auto& outcome = state.outcome();
    if (!outcome || state.working() || state.madeCount() == 0) {
        m_status->setNotice(outcome && !state.working() && state.refusedCount() > 0
                ? widgets::FixState::refusedWords(state.refusedCount())
                : outcome && !state.working() ? tr("No edit is on: the copy would be the file as it is.")
                                              : tr("Choose a notebook or a script in Review first."));
        return;
    }
    if (!outcome->problems.empty()) {
        m_status->setNotice(tr("Not to be written: %1").arg(outcome->problems.front()));
        return;
    }
    if (state.meets()) {
        chooseCopy();
        return;
    }
    const QString profile = QString::fromStdString(state.profile().title);
    Question question{tr("This copy does not meet the profile %1").arg(profile),
        tr("This stays in it, and everybody who gets the copy can read it:"), whatStays(*outcome), {},
        tr("Write it anyway\u2026"), tr("Back to the edits")};
    question.foot = state.blockingOff() > 0 ? tr("Edits that would take some of it out are off.")
        : state.refusedCount() > 0          ? widgets::FixState::refusedWords(state.refusedCount())
                                            : tr("No edit exists for it: mend it in the notebook, or decide about it.");
    auto* sheet = new QuestionSheet(question, centralWidget());
    setHelpTopic(sheet, "share");
    connect(sheet, &QuestionSheet::accepted, this, &MainWindow::chooseCopy);
    ask(sheet);
}

void MainWindow::chooseCopy()
{
    const QString suggested = m_session.fixing().suggestedCopy();
    if (suggested.isEmpty()) {
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Write clean copy"), QFileInfo(suggested).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const QString trouble = m_session.fixing().writeCopy(path);
        if (!trouble.isEmpty()) {
            notWritten(trouble);
            return;
        }
        wrote(path, true);
    });
    openNativeDialog(dialog);
}

void MainWindow::changeFileItself()
{
    const widgets::FixState& state = m_session.fixing().state();
    const auto& outcome = state.outcome();
    if (!outcome || state.working()) {
        return;
    }
    const QString path = QString::fromStdString(outcome->before->artifact.path);
    Question question{tr("Change the file itself?"),
        tr("%1 of %2 lines of %3 change on disk, and no copy of the old ones is kept there. Ctrl+Z takes it back until "
           "Cupel ends.")
            .arg(outcome->changedLines)
            .arg(outcome->lines)
            .arg(widgets::shownFileName(outcome->before->artifact.path)),
        whatStays(*outcome), {}, tr("Change the file"), tr("Leave it as it is")};
    if (!state.meets()) {
        question.foot = tr("What is listed stays in it: it does not meet the profile %1.")
                            .arg(QString::fromStdString(state.profile().title));
    }
    auto* sheet = new QuestionSheet(question, centralWidget());
    setHelpTopic(sheet, "share");
    connect(sheet, &QuestionSheet::accepted, this, [this, path] {
        const QString trouble = m_session.fixing().writeInPlace();
        if (!trouble.isEmpty()) {
            notWritten(trouble);
            return;
        }
        wrote(path, false);
    });
    ask(sheet);
}

// Where success is told, too: it stays until it is closed.
void MainWindow::notWritten(const QString& trouble)
{
    widgets::WrittenFile file;
    file.trouble = trouble;
    if (auto* view = this->view<widgets::FixView>(QStringLiteral("share"))) {
        view->showWritten(file);
    }
    m_status->setNotice(trouble);
}

void MainWindow::wrote(const QString& path, bool copy)
{
    const widgets::FixState& state = m_session.fixing().state();
    widgets::WrittenFile file;
    file.path = path;
    file.original = state.analysis() ? QString::fromStdString(state.analysis()->artifact.path) : QString();
    file.copy = copy;
    file.meets = state.meets();
    if (const auto& outcome = state.outcome()) {
        file.remaining = outcome->remaining;
        file.wordsRemaining = outcome->wordsRemaining;
        for (const auto& gate : outcome->verdictAfter.gates) {
            file.below += static_cast<int>(gate.below.size());
        }
    }
    file.along = copy ? m_session.fixing().takenAlong() : widgets::TakenAlong{};
    file.credentials = static_cast<int>(state.credentialsOut());
    if (auto* view = this->view<widgets::FixView>(QStringLiteral("share"))) {
        view->showWritten(file);
    }
    const QString shown = widgets::shownText(QDir::toNativeSeparators(path).toStdString());
    m_status->setNotice(copy ? tr("Wrote %1.").arg(shown) : tr("%1 was changed. Ctrl+Z takes it back.").arg(shown));
}

} // namespace cupel::app
