// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of the views of Review mode.
#include "app/shell/main_window.h"

#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/findings_view.h"
#include "widgets/model/model_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <algorithm>

namespace cupel::app {

void MainWindow::wireReviewViews()
{
    const QString review = QStringLiteral("review");
    connect(m_actions->at(u"edit.filter"), &QAction::triggered, this, [this, review] {
        auto* model = m_mode == u"model" ? qobject_cast<widgets::ModelView*>(page(m_mode)->parts().canvas) : nullptr;
        if (model && model->takeFilter()) {
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
        if (m_mode != u"model") {
            showMode(review);
        }
        ModePage* shown = page(m_mode);
        if (shown->parts().inspector) {
            shown->setInspectorShown(true);
            shown->parts().inspector->takeFocus();
        }
    });
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
    connect(inspector, &widgets::FindingInspector::locationActivated, this, [this](const Location& location) {
        widgets::ModelState& model = m_session.inspecting().state();
        if (m_mode == u"model" && model.reading() && model.reading()->analysis->artifact.path == location.artifact) {
            model.select(location.bytes);
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
    // A finding at that very line is what the place was named for.
    for (std::size_t i = 0; target.line && i < analysis->findings.size(); ++i) {
        const Location& location = analysis->findings[i].location;
        const std::uint32_t line = target.cell ? location.cellLine.value_or(0) : location.line;
        if (location.cell == target.cell && line == *target.line) {
            m_session.review().setCurrent(widgets::FindingRef{path, i});
            return;
        }
    }
    widgets::NotebookCanvas* cells = canvas();
    if (!cells || !cells->document() || !target.cell) {
        return;
    }
    const auto& items = cells->document()->items();
    const auto at = std::find_if(items.begin(), items.end(),
        [&target](const widgets::Item& item) { return item.cell == static_cast<int>(*target.cell); });
    if (at == items.end()) {
        m_status->setNotice(tr("There is no cell %1 in this notebook.").arg(*target.cell));
        return;
    }
    cells->setCurrentItem(static_cast<int>(at - items.begin()));
}

} // namespace cupel::app
