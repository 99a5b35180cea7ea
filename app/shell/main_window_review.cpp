// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of the views of Review mode.
#include "app/shell/main_window.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "app/session/gallery.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/findings_view.h"
#include "widgets/model/model_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace cupel::app {

namespace {

// R held in the list of findings shows the value of the chosen one, as it does in the notebook.
class RevealFromList : public QObject {
public:
    RevealFromList(widgets::NotebookCanvas* canvas, QWidget* list)
        : QObject(list)
        , m_canvas(canvas)
    {
        list->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const auto type = event->type();
        if (type == QEvent::KeyPress || type == QEvent::KeyRelease) {
            auto* key = static_cast<QKeyEvent*>(event);
            if (m_canvas && key->key() == Qt::Key_R
                && (key->modifiers() == Qt::NoModifier || type == QEvent::KeyRelease)) {
                QCoreApplication::sendEvent(m_canvas, event);
                return true;
            }
        }
        if (m_canvas && type == QEvent::FocusOut) { // the key may be let go anywhere
            m_canvas->stopReveal();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QPointer<widgets::NotebookCanvas> m_canvas;
};

} // namespace

void MainWindow::wireReviewViews()
{
    const QString review = QStringLiteral("review");
    connect(m_actions->at(u"edit.filter"), &QAction::triggered, this, [this, review] {
        if (m_mode == u"model" && takeModelFilter()) {
            return;
        }
        if (m_mode == u"lineage" || m_mode == u"threats") {
            page(m_mode)->setNavigatorShown(true);
            page(m_mode)->parts().navigator->takeFocus();
            return;
        }
        showMode(review);
        ModePage* shown = page(review);
        shown->setNavigatorShown(true);
        if (auto* findings = qobject_cast<widgets::FindingsView*>(shown->parts().navigator)) {
            findings->focusFilter();
        }
    });
    connect(m_actions->at(u"finding.explain"), &QAction::triggered, this, [this, review] {
        // An image is explained by what its file tells, beside it; a model by the panel beside its parts.
        const QString mode = m_mode == u"images" || m_mode == u"model" ? m_mode : review;
        if (mode != m_mode) {
            showMode(mode);
        }
        ModePage* shown = page(mode);
        if (shown->parts().inspector) {
            shown->setInspectorShown(true);
            shown->parts().inspector->takeFocus();
        }
    });
    connect(m_actions->at(u"finding.threats"), &QAction::triggered, this, &MainWindow::showThreatsOfCurrent);
    connect(m_actions->at(u"finding.fix"), &QAction::triggered, this, [this] { showMode(QStringLiteral("share")); });
    connect(m_actions->at(u"cell.fold"), &QAction::triggered, this, [this] {
        if (widgets::NotebookCanvas* cells = canvas()) {
            cells->toggleOutputs(); // never a made-up key press: it would find this very action again
        }
    });
}

void MainWindow::wireInspector(ModePage* made)
{
    auto* inspector = qobject_cast<widgets::FindingInspector*>(made->parts().inspector);
    if (!inspector) {
        return;
    }
    auto* notebook = qobject_cast<widgets::NotebookView*>(made->parts().canvas);
    auto* findings = qobject_cast<widgets::FindingsView*>(made->parts().navigator);
    if (auto* list = notebook && findings ? findings->findChild<QTreeView*>() : nullptr) {
        new RevealFromList(notebook->canvas(), list); // the list owns it
    }
    if (findings) {
        const auto looked = [this, findings] { findings->setLookedAt(m_session.gallery().lookedAt()); };
        connect(&m_session.gallery(), &Gallery::lookedAtChanged, findings, looked);
        connect(
            findings, &widgets::FindingsView::imagesRequested, this, [this] { showMode(QStringLiteral("images")); });
        looked();
        connect(findings, &widgets::FindingsView::threatsRequested, this, &MainWindow::showThreatsOfCurrent);
    }
    connect(inspector, &widgets::FindingInspector::locationActivated, this, [this](const Location& location) {
        widgets::ModelState& model = m_session.inspecting().state();
        if (m_mode == u"model" && model.reading() && model.reading()->analysis->artifact.path == location.artifact) {
            model.select(location.bytes);
            return;
        }
        // What a finding says of another place leads there and stays told: nobody has chosen another finding.
        const auto chosen = m_session.review().current();
        const AnalysisPtr analysis = m_session.review().analysis(location.artifact);
        const Finding* finding = chosen ? m_session.review().finding(*chosen) : nullptr;
        if (analysis && finding && location.cell) {
            if (finding->location.artifact == location.artifact && finding->location.bytes == location.bytes) {
                showMode(QStringLiteral("review"));
                m_session.review().setCurrentArtifact(location.artifact);
                m_session.review().setCurrent(chosen);
                if (widgets::NotebookCanvas* cells = canvas()) {
                    cells->revealCurrent();
                }
                return;
            }
            m_session.review().setCurrentArtifact(location.artifact);
            showMode(QStringLiteral("review"));
            showCell(location.artifact, *location.cell, 40);
            return;
        }
        if (analysis && finding && formats::notebookFacts(analysis->facts)) {
            showNotebookMetadata(location);
            return;
        }
        OpenTarget target{QString::fromStdString(location.artifact), {}, {}, {}};
        if (location.cell) {
            target.cell = *location.cell;
        }
        const std::uint32_t line = location.cell ? location.cellLine.value_or(0) : location.line;
        if (line > 0 && location.part != Part::Output) {
            target.line = line;
        }
        reveal(target);
    });
}

// What stands in no cell: the box above the cells where there is one, else its line in words. The finding stays told.
void MainWindow::showNotebookMetadata(const Location& location)
{
    m_session.review().setCurrentArtifact(location.artifact);
    showMode(QStringLiteral("review"));
    widgets::NotebookCanvas* cells = canvas();
    const auto* document = cells ? cells->document() : nullptr;
    if (document && document->analysis().artifact.path == location.artifact && !document->items().empty()
        && document->items().front().kind == widgets::Item::Kind::Whole) {
        cells->setCurrentItem(0);
    }
    m_status->setNotice(tr("It stands in the notebook's metadata, line %1 of the file: no cell shows it.")
            .arg(QLocale().toString(location.line)));
}

widgets::NotebookCanvas* MainWindow::canvas()
{
    auto* shown = qobject_cast<widgets::NotebookView*>(page(QStringLiteral("review"))->parts().canvas);
    return shown ? shown->canvas() : nullptr;
}

// Whoever stood in the field goes back to the list: what they type next is no filter.
void MainWindow::clearFilter()
{
    auto* list = m_mode == u"review" ? view<widgets::FindingsView>(QStringLiteral("review")) : nullptr;
    list ? list->clearFilter() : m_session.review().setQuery({});
}

void MainWindow::stepCell(int direction)
{
    showMode(QStringLiteral("review"));
    widgets::NotebookCanvas* cells = canvas();
    if (cells && cells->itemCount() > 0) {
        cells->setCurrentItem(std::clamp(cells->currentItem() + direction, 0, cells->itemCount() - 1));
    }
}

void MainWindow::reveal(const OpenTarget& target)
{
    const std::string path = target.path.toStdString();
    const AnalysisPtr analysis = m_session.review().analysis(path);
    if (!analysis) {
        m_status->setNotice(tr("That file is not part of this review."));
        return;
    }
    m_session.review().setCurrentArtifact(path);
    showMode(QStringLiteral("review"));
    for (std::size_t i = 0; !target.fingerprint.isEmpty() && i < analysis->findings.size(); ++i) {
        if (analysis->findings[i].fingerprint == target.fingerprint.toStdString()) {
            m_session.review().setCurrent(widgets::FindingRef{path, i});
            return;
        }
    }
    // A finding at that very line is what the place was named for; for a cell without a line its first one.
    for (std::size_t i = 0; (target.line || target.cell) && i < analysis->findings.size(); ++i) {
        const Location& location = analysis->findings[i].location;
        const std::uint32_t line = target.cell ? location.cellLine.value_or(0) : location.line;
        const bool here = target.line ? line == *target.line && location.part != Part::Output : true;
        if (location.cell == target.cell && here) {
            m_session.review().setCurrent(widgets::FindingRef{path, i});
            return;
        }
    }
    m_session.review().setCurrent({}); // what the inspector tells stands elsewhere
    if (target.cell) {
        showCell(path, *target.cell, 40);
    }
}

// The cell it stands in; what is about all of a file leads to the file.
void MainWindow::showGap(const QString& path, const QVariant& offset)
{
    auto& review = m_session.review();
    const std::string file = path.toStdString();
    const auto known = review.workspace().analyses.find(file);
    const auto* notebook =
        known == review.workspace().analyses.end() ? nullptr : formats::notebookFacts(known->second->facts);
    if (!notebook || !offset.isValid()) {
        review.showArtifact(file);
        showMode(QStringLiteral("review"));
        return;
    }
    const std::uint64_t byte = offset.toULongLong();
    const auto at = known->second->facts.fromFile({byte, byte}).start;
    const auto& cells = notebook->cells;
    const auto cell = std::find_if(cells.begin(), cells.end(),
        [at](const formats::Cell& one) { return one.bytes.start <= at && at < one.bytes.end; });
    review.setCurrentArtifact(file);
    showMode(QStringLiteral("review"));
    if (cell != cells.end()) {
        review.setCurrent({}); // what the inspector tells stands elsewhere
        showCell(file, static_cast<unsigned>(cell - cells.begin()), 40);
    }
}

// A file that has just been opened gets its cells a few turns later.
void MainWindow::showCell(const std::string& path, unsigned cell, int tries)
{
    widgets::NotebookCanvas* cells = canvas();
    if (!cells || !cells->document() || cells->document()->analysis().artifact.path != path) {
        if (tries > 0 && m_session.review().currentArtifact() == path) {
            QTimer::singleShot(10, this, [this, path, cell, tries] { showCell(path, cell, tries - 1); });
        }
        return;
    }
    const auto& items = cells->document()->items();
    const auto at = std::find_if(
        items.begin(), items.end(), [cell](const widgets::Item& item) { return item.cell == static_cast<int>(cell); });
    if (at == items.end()) {
        m_status->setNotice(tr("There is no cell %1 in this notebook.").arg(cell));
        return;
    }
    cells->setCurrentItem(static_cast<int>(at - items.begin()));
}

} // namespace cupel::app
