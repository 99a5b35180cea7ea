// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Compare mode.
#include "app/shell/main_window.h"

#include "app/session/comparing.h"
#include "app/session/session.h"
#include "app/shell/status_bar.h"
#include "widgets/fixes/compare_panel.h"
#include "widgets/fixes/compare_view.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

namespace cupel::app {

void MainWindow::wireCompare(ModePage* made)
{
    auto* panel = qobject_cast<widgets::ComparePanel*>(made->parts().navigator);
    auto* cells = qobject_cast<widgets::CompareView*>(made->parts().canvas);
    if (!panel || !cells) {
        return;
    }
    Comparing& comparing = m_session.comparing();
    const auto fresh = [panel] { panel->setRevision(QStringLiteral("HEAD")); };
    fresh();
    connect(&comparing.state(), &widgets::CompareState::subjectChanged, panel, fresh); // it was about another file
    connect(panel, &widgets::ComparePanel::fileRequested, this, [this] { askForEarlier(false); });
    connect(panel, &widgets::ComparePanel::folderRequested, this, [this] { askForEarlier(true); });
    connect(panel, &widgets::ComparePanel::revisionRequested, &comparing, &Comparing::compareWithRevision);
    connect(panel, &widgets::ComparePanel::cancelRequested, &comparing, &Comparing::cancel);
    connect(cells, &widgets::CompareView::fileRequested, this, [this] {
        const QStringList& roots = m_session.roots();
        const bool chosen = !m_session.comparing().state().chosen().isEmpty();
        askForEarlier(!chosen && roots.size() == 1 && QFileInfo(roots.front()).isDir());
    });
    connect(cells, &widgets::CompareView::stopModelRequested, &comparing, &Comparing::stopModel);
    connect(cells, &widgets::CompareView::compareModelRequested, &comparing, &Comparing::compareModel);
    connect(cells, &widgets::CompareView::openRequested, this, [this] { askForFiles(false, false); });
    connect(cells, &widgets::CompareView::leaveRequested, this, [this] { showMode(QStringLiteral("review")); });
}

void MainWindow::askForEarlier(bool folder)
{
    const QStringList& roots = m_session.roots();
    const QString& chosen = m_session.comparing().state().chosen();
    const QString title = folder ? tr("Earlier version of the folder")
        : chosen.isEmpty()       ? tr("Earlier version of the file")
                                 : tr("Earlier version of %1").arg(chosen);
    auto* dialog = new QFileDialog(this, title, roots.isEmpty() ? QString() : QFileInfo(roots.front()).path());
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_session.comparing(), &Comparing::compareWithPath);
    openNativeDialog(dialog);
}

void MainWindow::stepChange(bool forward)
{
    widgets::CompareState& state = m_session.comparing().state();
    if (state.visible().empty()) {
        m_status->setNotice(tr("There is no finding to go to."));
    } else if (state.step(forward ? 1 : -1)) {
        m_status->setNotice(forward ? tr("After the last finding: at the first again.")
                                    : tr("Before the first finding: at the last again."));
    }
}

} // namespace cupel::app
