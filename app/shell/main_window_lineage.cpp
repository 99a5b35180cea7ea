// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Lineage mode.
#include "app/shell/main_window.h"

#include "app/session/lineage.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/lineage_writer.h"
#include "app/shell/picture_writer.h"
#include "app/shell/status_bar.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/lineage/lineage_view.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>

namespace cupel::app {

using widgets::LineageNavigator;
using widgets::LineageState;
using widgets::LineageView;

void MainWindow::wireLineage(ModePage* made)
{
    auto* view = qobject_cast<LineageView*>(made->parts().canvas);
    auto* navigator = qobject_cast<LineageNavigator*>(made->parts().navigator);
    if (!view || !navigator) {
        return;
    }
    LineageState& state = m_session.lineage().state();
    connect(view, &LineageView::told, m_status, &StatusBar::setNotice);
    connect(view, &LineageView::againRequested, this, [this] { m_session.lineage().again(); });
    connect(view, &LineageView::whyRequested, this, [made] { made->setInspectorShown(!made->inspectorShown()); });
    connect(view, &LineageView::findRequested, this, [made, navigator] {
        made->setNavigatorShown(true);
        navigator->takeFocus();
    });
    connect(navigator, &LineageNavigator::exportRequested, this, &MainWindow::askForDrawing);
    connect(navigator, &LineageNavigator::copyRequested, this, [this, &state] {
        QGuiApplication::clipboard()->setText(state.pathMarkdown());
        m_status->setNotice(tr("The path is copied as Markdown."));
    });
    connect(&state, &LineageState::placeRequested, this, [this](const QString& artifact, int cell, unsigned line) {
        if (artifact.isEmpty()) {
            m_status->setNotice(tr("That file is not part of this review."));
            return;
        }
        OpenTarget target{artifact, {}, {}, {}};
        if (cell >= 0) {
            target.cell = static_cast<unsigned>(cell);
        }
        if (line > 0) {
            target.line = line;
        }
        reveal(target);
        if (m_mode == u"review") {
            page(m_mode)->parts().canvas->takeFocus();
        }
    });
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"lineage.trace", [view] { view->trace(); });
    on(u"lineage.next", [&state] { state.showHit(true); });
    on(u"lineage.previous", [&state] { state.showHit(false); });
    on(u"lineage.slice", [view] { view->slice(); });
    on(u"lineage.all", [&state] {
        state.clearPath();
        state.setSearch({});
        state.setWish({});
    });
    on(u"lineage.pin", [view] { view->pin(); });
    on(u"lineage.views", [view] { view->showViews(); });
    on(u"lineage.fit", [view] { view->canvas()->fit(); });
    on(u"lineage.map", [view] { view->canvas()->setMinimapVisible(!view->canvas()->minimapVisible()); });
    on(u"lineage.why", [made] {
        made->setInspectorShown(true);
        made->parts().inspector->takeFocus();
    });
    on(u"lineage.export", [this] { askForDrawing(); });
}

// As a picture it is as it is drawn, with the path that is traced; in the other forms all of it.
void MainWindow::askForDrawing()
{
    const LineageState& state = m_session.lineage().state();
    const auto reading = state.reading();
    if (!reading || reading->fold.nodes.empty()) {
        m_status->setNotice(tr("There is no lineage here that could be exported."));
        return;
    }
    std::vector<std::uint32_t> way;
    for (const auto& step : state.path()) {
        way.push_back(step.edge);
    }
    const QFileInfo root(m_session.roots().value(0));
    const QString name = root.completeBaseName() + QStringLiteral(".lineage");
    auto* dialog = pictureDialog(this, tr("Export the lineage"), root.path(), name, true);
    offerLineageFormats(*dialog, name + QStringLiteral(".svg"));
    const QString title = way.empty() ? root.fileName() : state.pathTitle();
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, reading, way, title](const QString& path) {
        if (m_session.review().analysis(QFileInfo(path).absoluteFilePath().toStdString())) {
            m_status->setNotice(tr("A file of the review is never changed: choose another name."));
            return;
        }
        const auto tell = [this, shown = QDir::toNativeSeparators(path)](bool written) {
            m_status->setNotice(
                written ? tr("The lineage is written to %1.").arg(shown) : tr("%1 could not be written.").arg(shown));
        };
        const auto format = lineageFormat(dialog->selectedNameFilter(), path);
        if (format == LineageFile::Format::Picture) {
            writePictureSoon(m_session, {reading->scene, way, path, title}, tell);
        } else {
            writeLineageSoon(m_session, {format, reading->source->graph, path}, tell);
        }
    });
    openNativeDialog(dialog);
}

} // namespace cupel::app
