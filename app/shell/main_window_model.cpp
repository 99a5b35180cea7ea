// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Model mode.
#include "app/shell/main_window.h"

#include "app/session/converting.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/model/model_view.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

namespace cupel::app {

void MainWindow::wireModel(ModePage* made)
{
    auto* view = qobject_cast<widgets::ModelView*>(made->parts().canvas);
    if (!view) {
        return;
    }
    connect(view, &widgets::ModelView::convertRequested, this, &MainWindow::askForConversion);
    connect(m_actions->at(u"model.convert"), &QAction::triggered, this, &MainWindow::askForConversion);
    connect(&m_session.converting(), &Converting::finished, this, [this](const QString& path, const QString& trouble) {
        m_status->setNotice(trouble.isEmpty()
                ? tr("Written: %1. The old file stays as it is.").arg(QDir::toNativeSeparators(path))
                : trouble);
    });
}

// Which file is chosen while another may be shown: what was planned when it was asked for is what is written.
void MainWindow::askForConversion()
{
    const auto reading = m_session.inspecting().state().reading();
    if (!reading || !reading->conversion) {
        m_status->setNotice(tr("There are no tensors here that can be converted exactly."));
        return;
    }
    const QString old = QString::fromStdString(reading->file->artifact.path);
    const QString suggested = Converting::suggestedPath(old);
    auto* dialog = new QFileDialog(this, tr("Convert to safetensors"), QFileInfo(suggested).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, reading, old](const QString& path) {
        if (QFileInfo(path) == QFileInfo(old)) {
            m_status->setNotice(tr("The model itself is never changed: choose another name."));
            return;
        }
        m_session.converting().write({reading->conversion, path});
    });
    openNativeDialog(dialog);
}

} // namespace cupel::app
