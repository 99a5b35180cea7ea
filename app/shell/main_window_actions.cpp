// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what actions and intents do.
#include "app/shell/main_window.h"

#include "app/session/diagnostics.h"
#include "app/session/fixing.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/session/undo_commands.h"
#include "app/shell/actions.h"
#include "app/shell/drawer.h"
#include "app/shell/help_sheet.h"
#include "app/shell/help_topics.h"
#include "app/shell/key_sheet.h"
#include "app/shell/menus.h"
#include "app/shell/mode_rail.h"
#include "app/shell/palette.h"
#include "app/shell/question_sheet.h"
#include "app/shell/sheet.h"
#include "app/shell/status_bar.h"
#include "app/shell/theme_controller.h"
#include "app/shell/top_bar.h"
#include "app/shell/tour.h"
#include "widgets/common/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::app {

void MainWindow::wireActions()
{
    wireFileActions();
    wireReviewActions();
    wireReviewViews();
    wireTriage();
    wireGoActions();
    wireViewActions();
    wireHelpActions();
}

void MainWindow::wireFileActions()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"file.open", [this] { askForFiles(false, false); });
    on(u"file.openFolder", [this] { askForFiles(true, false); });
    on(u"file.add", [this] { askForFiles(false, true); });
    on(u"file.sample", [this] { openSample(); });
    on(u"file.close", [this] {
        m_session.close();
        showMode(QStringLiteral("home"));
    });
    on(u"file.writeCopy", [this] {
        showMode(QStringLiteral("share"));
        const auto& state = m_session.fixing().state();
        m_copyWanted = state.working();
        if (!m_copyWanted) {
            writeCopy();
        }
    });
    on(u"file.export", [this] { askForExport(); });
    on(u"file.quit", [this] { close(); });
    // What comes back may stand in another view: the status bar says what it was.
    on(u"edit.undo", [this] {
        if (outOfSight(false)) {
            return;
        }
        const QString what = m_session.undo().undoText();
        m_status->setNotice(what.isEmpty() ? tr("Undone") : tr("Undone: %1").arg(what));
        m_session.undo().undo(); // what cannot be done says so
    });
    on(u"edit.redo", [this] {
        if (outOfSight(true)) {
            return;
        }
        const QString what = m_session.undo().redoText();
        m_status->setNotice(what.isEmpty() ? tr("Done again") : tr("Done again: %1").arg(what));
        m_session.undo().redo();
    });
    on(u"edit.copyMarkdown", [this] { copyMarkdown(); });
    on(u"edit.copyLink", [this] { copyLink(); });
    on(u"edit.clearFilter", [this] { clearFilter(); });
    on(u"edit.clearRecents", [this] {
        m_session.undo().push(new ChangeRecents(m_session.recents(), {}, tr("Forget recent reviews")));
        m_status->setNotice(tr("Recent reviews forgotten. Undo brings them back."));
    });
}

// What was done before this was opened, and what writes a file that is not shown, is not in sight: one says so first,
// and the next press does it.
bool MainWindow::outOfSight(bool forward)
{
    const QUndoStack& stack = m_session.undo();
    const int at = forward ? stack.index() : stack.index() - 1;
    const QUndoCommand* step = at >= 0 && at < stack.count() ? stack.command(at) : nullptr;
    if (const int announced = std::exchange(m_announcedStep, -1); !step || announced == at) {
        return false;
    }
    const auto* file = dynamic_cast<const ChangeFile*>(step);
    const bool elsewhere = file && file->path().toStdString() != m_session.review().currentArtifact();
    const bool earlier = at < (forward ? m_openedSteps : m_openedAtStep);
    if (!elsewhere && !earlier) {
        return false;
    }
    m_announcedStep = at;
    if (elsewhere) {
        m_status->setNotice((forward ? tr("%1 writes a file that is not shown. Redo again to do it: %2")
                                     : tr("%1 wrote a file that is not shown. Undo again to take it back: %2"))
                .arg(step->text(), file->path()));
    } else {
        m_status->setNotice(
            (forward ? tr("The next step was taken back before this was opened: %1. Redo again to do it once more.")
                     : tr("The last step was before this was opened: %1. Undo again to take it back."))
                .arg(step->text()));
    }
    return true;
}

void MainWindow::wireReviewActions()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"review.scan", [this] { m_session.rescan(); });
    on(u"review.stop", [this] { m_session.cancel(); });
    on(u"finding.next", [this] { stepFinding(true); });
    on(u"finding.previous", [this] { stepFinding(false); });
    on(u"review.group", [this] {
        using widgets::Grouping;
        const int count = static_cast<int>(Grouping::None) + 1;
        const int next = (static_cast<int>(m_session.review().grouping()) + 1) % count;
        m_session.review().setGrouping(static_cast<Grouping>(next));
    });
    on(u"file.next", [this] { stepFile(1); });
    on(u"file.previous", [this] { stepFile(-1); });
    on(u"cell.next", [this] { stepCell(1); });
    on(u"cell.previous", [this] { stepCell(-1); });
}

void MainWindow::wireGoActions()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"go.palette", [this] { m_palette->open(PaletteQuery::Scope::All); });
    on(u"go.file", [this] { m_palette->open(PaletteQuery::Scope::Files); });
    for (const ViewEntry& entry : viewTable()) {
        const QString id = QString::fromUtf8(entry.id);
        on(QString(QStringLiteral("go.") + id), [this, id] { showMode(id); });
    }
    on(u"go.back", [this] {
        if (const Place* place = m_history.back()) {
            goTo(Place(*place));
        }
    });
    on(u"go.forward", [this] {
        if (const Place* place = m_history.forward()) {
            goTo(Place(*place));
        }
    });
    on(u"go.nextRegion", [this] { cycleRegion(1); });
    on(u"go.previousRegion", [this] { cycleRegion(-1); });
}

void MainWindow::wireViewActions()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"view.navigator", [this] {
        ModePage* shown = page(m_mode);
        shown->setNavigatorShown(!shown->navigatorShown());
        if (shown->navigatorShown() && shown->floats(shown->parts().navigator)) {
            shown->parts().navigator->takeFocus(); // so that Esc closes it again
        }
        rememberPanels();
    });
    on(u"view.inspector", [this] {
        ModePage* shown = page(m_mode);
        shown->setInspectorShown(!shown->inspectorShown());
        if (shown->inspectorShown() && shown->floats(shown->parts().inspector)) {
            shown->parts().inspector->takeFocus(); // so that Esc closes it again
        }
        rememberPanels();
    });
    on(u"view.drawer", [this] {
        const bool show = m_drawer->isHidden();
        m_drawer->setVisible(show);
        if (show) {
            m_drawer->takeFocus();
        }
        rememberPanels();
        updateActions();
    });
    on(u"view.theme", [this] { changeSetting(keys::theme, m_theme.opposite()); });
    on(u"view.zoomIn", [this] { zoom(1.1); });
    on(u"view.zoomOut", [this] { zoom(1 / 1.1); });
    on(u"view.zoomReset", [this] { zoomTo(1); });
    on(u"view.menuBar", [this] {
        const bool pinned = m_session.settings().boolean(keys::pinMenu);
        changeSetting(keys::pinMenu, pinned ? QStringLiteral("false") : QStringLiteral("true"));
    });
    on(u"view.resetLayout", [this] {
        for (const auto& [id, one] : m_pages) {
            one->resetSizes();
        }
        m_drawer->hide();
        rememberPanels();
        updateActions();
    });
    connect(&m_session.settings(), &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::pinMenu)) {
            m_menus->setPinned(m_session.settings().boolean(keys::pinMenu));
            updateActions();
        }
    });
}

void MainWindow::wireHelpActions()
{
    const auto on = [this](QStringView id, auto&& run) { connect(m_actions->at(id), &QAction::triggered, this, run); };
    on(u"help.here", [this] {
        auto* help = centralWidget()->findChild<HelpSheet*>();
        if (help && help->isVisible()) { // it may stand in front of a question
            help->close();
        } else {
            showHelp(helpTopicOf(focusWidget(), m_mode));
        }
    });
    on(u"help.keys", [this] { showSheet(makeKeySheet(*m_actions, centralWidget())); });
    on(u"help.about", [this] { showSheet(makeAboutSheet(centralWidget())); });
    on(u"help.shield", [this] { showShield(); });
    on(u"help.tour", [this] { startTour(); });
    on(u"help.notChecked", [this] { showDrawer(static_cast<int>(Drawer::Page::NotChecked)); });
    on(u"help.log", [this] { showDrawer(static_cast<int>(Drawer::Page::Log)); });
    on(u"help.diagnostics", [this] {
        QGuiApplication::clipboard()->setText(diagnosticsText(m_session));
        m_status->setNotice(tr("Diagnostics copied: versions, settings and timings, no content and no paths."));
    });
}

void MainWindow::removeRecents(const QStringList& paths)
{
    std::vector<Recent> rest = m_session.recents().list();
    std::erase_if(rest, [&paths](const Recent& one) { return paths.contains(one.path); });
    m_session.undo().push(new ChangeRecents(m_session.recents(), std::move(rest), tr("Remove from recents")));
    m_status->setNotice(tr("Removed from the recents; the file itself stays. Undo brings it back."));
}

void MainWindow::onIntent(const widgets::Intent& intent)
{
    using Kind = widgets::Intent::Kind;
    switch (intent.kind) {
    case Kind::OpenFiles:
        intent.paths.isEmpty() ? askForFiles(false, false) : open(parseTargets(intent.paths, QString()));
        break;
    case Kind::OpenFolder:
        intent.paths.isEmpty() ? askForFiles(true, false) : open(parseTargets(intent.paths, QString()));
        break;
    case Kind::OpenSample:
        openSample();
        break;
    case Kind::RemoveRecent:
        removeRecents(intent.paths);
        break;
    case Kind::Locate:
        locate(intent.paths.value(0, intent.text));
        break;
    case Kind::Rescan:
        m_session.rescan();
        break;
    case Kind::Cancel:
        m_session.cancel();
        break;
    case Kind::ExportReport:
        askForExport();
        break;
    case Kind::CopyMarkdown:
        copyMarkdown();
        break;
    case Kind::CopyLink:
        copyLink();
        break;
    case Kind::Explain:
        m_actions->at(u"finding.explain")->trigger();
        break;
    case Kind::ShowNotChecked:
        showDrawer(static_cast<int>(Drawer::Page::NotChecked));
        break;
    case Kind::ClearFilter:
        clearFilter();
        break;
    case Kind::RevealSecret:
        m_session.log().info(tr("A masked value was shown while the key was held (%1).").arg(intent.text));
        break;
    case Kind::Triage:
    case Kind::RemoveDecision:
    case Kind::UseDecisions:
    case Kind::IgnoreDecisions:
        onTriageIntent(intent.kind);
        break;
    case Kind::ShowModel:
        showMode(QStringLiteral("model"));
        break;
    case Kind::FocusCanvas:
        page(QStringLiteral("review"))->parts().canvas->takeFocus();
        break;
    case Kind::ShowRawText:
        break; // the canvas shows it itself
    }
}

void MainWindow::stepFinding(bool forward)
{
    if (m_mode == u"compare") {
        stepChange(forward);
        return;
    }
    widgets::ReviewState& review = m_session.review();
    if (review.visible().empty()) {
        m_status->setNotice(review.total() > 0 ? tr("No finding matches the filter.") : tr("There are no findings."));
        return;
    }
    if (m_mode != u"review" && m_mode != u"model") {
        showMode(QStringLiteral("review"));
    }
    const bool wrapped = forward ? review.next() : review.previous();
    const AnalysisPtr shown = review.analysis(review.currentArtifact());
    if (m_mode == u"model" && !(shown && Inspecting::canShow(*shown))) {
        showMode(QStringLiteral("review"));
    }
    if (wrapped) {
        m_status->setNotice(forward ? tr("After the last finding: at the first again.")
                                    : tr("Before the first finding: at the last again."));
    }
}

void MainWindow::stepFile(int direction)
{
    const auto& analyses = m_session.review().workspace().analyses;
    if (analyses.empty()) {
        return;
    }
    auto at = analyses.find(m_session.review().currentArtifact());
    if (at == analyses.end()) {
        at = analyses.begin();
    } else if (direction > 0) {
        at = std::next(at) == analyses.end() ? analyses.begin() : std::next(at);
    } else {
        at = at == analyses.begin() ? std::prev(analyses.end()) : std::prev(at);
    }
    m_session.review().showArtifact(at->first);
    visitPlace();
}

void MainWindow::cycleRegion(int direction)
{
    const ModeParts& parts = page(m_mode)->parts();
    struct Region {
        QWidget* widget;
        widgets::View* view;
    };
    std::vector<Region> regions{{m_rail, nullptr}, {parts.navigator, parts.navigator}, {parts.canvas, parts.canvas},
        {parts.inspector, parts.inspector}, {m_drawer, nullptr}, {m_status, nullptr}, {m_top, nullptr}};
    std::erase_if(regions, [](const Region& region) { return !region.widget || !region.widget->isVisible(); });
    const QWidget* now = focusWidget();
    const auto here = std::find_if(regions.begin(), regions.end(),
        [now](const Region& region) { return now && (region.widget == now || region.widget->isAncestorOf(now)); });
    const auto count = static_cast<std::ptrdiff_t>(regions.size());
    const std::ptrdiff_t at = here == regions.end() ? (direction > 0 ? -1 : 0) : here - regions.begin();
    const Region& next = regions[static_cast<std::size_t>((at + direction + count) % count)];
    if (next.view) {
        next.view->takeFocus();
    } else if (next.widget == m_drawer) {
        m_drawer->takeFocus();
    } else if (next.widget == m_status) {
        m_status->shield()->setFocus(Qt::TabFocusReason);
    } else if (next.widget == m_top) {
        m_top->commandField()->setFocus(Qt::TabFocusReason);
    } else {
        m_rail->setFocus(Qt::TabFocusReason);
    }
}

void MainWindow::showDrawer(int drawerPage)
{
    m_drawer->show(static_cast<Drawer::Page>(drawerPage));
    m_drawer->setVisible(true);
    m_drawer->takeFocus();
    rememberPanels();
    updateActions();
}

void MainWindow::showShield()
{
    m_shield->openAt(m_status->shield());
}

void MainWindow::showHelp(const QString& topic)
{
    auto* sheet = new HelpSheet(*m_actions, centralWidget());
    showSheet(sheet); // first: it remembers where the focus was
    sheet->showTopic(topic);
}

void MainWindow::showSheet(Sheet* sheet)
{
    const auto asks = [](const Sheet& one) { return one.property("takesKeys").toBool(); };
    if (m_sheet && m_sheet->isVisible() && asks(*m_sheet) && !asks(*sheet)) {
        connect(sheet, &Sheet::closed, sheet, &QObject::deleteLater);
        sheet->open(); // in front of it: what was typed there stays
        return;
    }
    if (m_sheet) {
        m_sheet->close(); // first: it gives the focus back
    }
    m_sheet = sheet;
    m_closeAnyway = false;
    connect(sheet, &Sheet::closed, sheet, &QObject::deleteLater);
    connect(sheet, &Sheet::closed, this, [this, sheet] {
        m_sheet = m_sheet == sheet ? nullptr : m_sheet; // it lives a little longer
        restKeys();
        if (!focusWidget() || !focusWidget()->isVisible()) { // where it was is not there any more
            page(m_mode)->parts().canvas->takeFocus();
        }
    });
    sheet->open();
}

void MainWindow::ask(QuestionSheet* sheet)
{
    showSheet(sheet);
    sheet->takeFocus();
}

void MainWindow::zoom(double factor)
{
    const double now = m_session.settings().number(keys::textZoom);
    zoomTo(std::clamp(std::round(now * factor * 20) / 20, 0.5, 3.0));
}

void MainWindow::zoomTo(double size)
{
    changeSetting(keys::textZoom, QString::number(size));
    m_status->setNotice(tr("Text size %1 %").arg(std::lround(size * 100)));
}

// No step for undo: who takes back an edit does not mean the theme that was chosen meanwhile.
void MainWindow::changeSetting(QStringView key, const QString& value)
{
    if (m_session.settings().text(key) != value) {
        m_session.settings().set(key, value);
    }
}

void MainWindow::filterBySeverity(Severity severity)
{
    const std::string_view name = toString(severity);
    QString term = QStringLiteral("sev:") + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (m_session.review().settled() > 0) {
        term += QStringLiteral(" is:open"); // as many as the number that was clicked
    }
    const bool same = m_session.review().query() == term;
    m_session.review().setQuery(same ? QString() : term);
    showMode(QStringLiteral("review"));
}

} // namespace cupel::app
