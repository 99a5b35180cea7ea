// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Share mode, where findings are taken out before a file leaves.
#include "app/shell/main_window.h"

#include "app/session/fixing.h"
#include "app/session/session.h"
#include "app/shell/status_bar.h"
#include "widgets/fixes/fix_panel.h"
#include "widgets/fixes/fix_view.h"

#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>

namespace cupel::app {

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
    connect(view, &widgets::FixView::writeInPlaceRequested, this, [this] {
        const QString trouble = m_session.fixing().writeInPlace();
        m_status->setNotice(trouble.isEmpty() ? tr("The file was changed. Undo puts it back.") : trouble);
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
    const QString suggested = m_session.fixing().suggestedCopy();
    if (suggested.isEmpty()) {
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Write clean copy"), QFileInfo(suggested).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const QString trouble = m_session.fixing().writeCopy(path);
        m_status->setNotice(trouble.isEmpty() ? tr("Wrote %1.").arg(QFileInfo(path).fileName()) : trouble);
    });
    openNativeDialog(dialog);
}

} // namespace cupel::app
