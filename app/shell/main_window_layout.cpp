// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: its parts, how they stand and what they tell.
#include "app/shell/main_window.h"

#include "analyzers/rules/rule_set.h"
#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "app/shell/drawer.h"
#include "app/shell/drop_overlay.h"
#include "app/shell/help_topics.h"
#include "app/shell/mode_rail.h"
#include "app/shell/palette.h"
#include "app/shell/sheet.h"
#include "app/shell/status_bar.h"
#include "app/shell/theme_controller.h"
#include "app/shell/top_bar.h"
#include "app/shell/tour.h"
#include "widgets/common/paint.h"
#include "widgets/models/model_state.h"
#include "widgets/models/shown_text.h"
#include "widgets/report/report_view.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

constexpr int drawerHeight = 220;

// A field that takes letters, so that single keys must rest.
bool takesText(const QWidget* widget)
{
    return widget && widget->testAttribute(Qt::WA_InputMethodEnabled) && !widget->property("readOnly").toBool();
}

} // namespace

void MainWindow::buildLayout()
{
    auto* central = new QWidget(this);
    m_rail = new ModeRail(central);
    m_top = new TopBar(*m_actions, central);
    m_stack = new QStackedWidget(central);
    m_drawer = new Drawer(m_session, central);
    m_status = new StatusBar(central);
    m_vertical = new QSplitter(Qt::Vertical, central);
    m_vertical->setHandleWidth(1);
    m_vertical->setChildrenCollapsible(false);
    m_vertical->addWidget(m_stack);
    m_vertical->addWidget(m_drawer);
    m_vertical->setStretchFactor(0, 1);
    m_vertical->setSizes({600, drawerHeight});
    m_drawer->setMinimumHeight(120);
    m_drawer->hide();
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_top);
    column->addWidget(m_vertical, 1);
    column->addWidget(m_status);
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    setCentralWidget(central);
    for (const ViewEntry& entry : viewTable()) {
        m_rail->addMode(QString::fromUtf8(entry.id), QString::fromUtf8(entry.icon), viewTitle(entry), entry.atBottom);
    }
    m_palette = new Palette(central, [this](PaletteIndex& index) { fillPalette(index); });
    m_drop = new DropOverlay(central);
    m_shield = new Popover(tr("Nothing was executed"),
        tr("Cupel reads files as bytes. It starts no kernel, imports no module, unpickles nothing, runs no script of a "
           "page and loads nothing from the network. What you see was judged from the outside only."),
        central);
    m_tour = new Tour(central);
    setHelpTopic(m_palette, "palette");
    setHelpTopic(m_drawer, "drawer");
    setHelpTopic(m_shield, "safety");
}

ModePage* MainWindow::page(const QString& id)
{
    if (const auto it = m_pages.find(id); it != m_pages.end()) {
        return it->second;
    }
    const ViewEntry* entry = findView(id);
    auto* made = new ModePage(entry->make({m_session, *m_actions}, m_stack), m_stack);
    m_pages.emplace(id, made);
    m_stack->addWidget(made);
    made->setObjectName(id);
    made->restoreSizes(m_session.state().splitters.value(id));
    made->setNavigatorShown(m_session.state().navigator);
    made->setInspectorShown(m_session.state().inspector && !made->parts().inspectorHidden);
    for (widgets::View* part : {made->parts().navigator, made->parts().canvas, made->parts().inspector}) {
        if (part) {
            connect(part, &widgets::View::intent, this, &MainWindow::onIntent);
        }
    }
    wireShare(made);
    wireCompare(made);
    wireImages(made);
    wireModel(made);
    wireLineage(made);
    wireThreats(made);
    wireReport(made);
    wireHome(made);
    wireInspector(made);
    wireThreatLinks(made);
    if (id == u"review") {
        QTimer::singleShot(0, this, &MainWindow::showForeign);
    }
    connect(made, &ModePage::shownChanged, this, &MainWindow::updateActions);
    connect(made, &ModePage::sizesChanged, this, &MainWindow::rememberPanels);
    return made;
}

void MainWindow::wireParts()
{
    connect(m_rail, &ModeRail::chosen, this, &MainWindow::showMode);
    connect(m_palette, &Palette::chosen, this, &MainWindow::runEntry);
    connect(m_drop, &DropOverlay::dropped, this, [this](const QStringList& paths, bool add) {
        std::vector<OpenTarget> targets;
        for (const QString& path : paths) {
            targets.push_back({path, {}, {}, {}});
        }
        open(targets, add);
    });
    connect(m_drawer, &Drawer::closed, this, [this] { m_actions->at(u"view.drawer")->trigger(); });
    connect(m_drawer, &Drawer::notCheckedChanged, this, &MainWindow::updateStatus);
    connect(m_drawer, &Drawer::placeActivated, this, &MainWindow::showGap);
    connect(m_status, &StatusBar::severityClicked, this, &MainWindow::filterBySeverity);
    connect(m_status, &StatusBar::coverageClicked, this,
        [this] { showDrawer(static_cast<int>(Drawer::Page::NotChecked)); });
    connect(m_status, &StatusBar::shieldClicked, this, &MainWindow::showShield);
    connect(m_status, &StatusBar::stopClicked, &m_session, &Session::cancel);
    connect(m_top, &TopBar::helpMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const ActionInfo& info : actionTable()) {
            if (qstrcmp(info.menu, "Help") == 0) {
                menu->addAction(m_actions->at(QString::fromUtf8(info.id)));
            }
        }
        menu->popup(at - QPoint(menu->sizeHint().width(), 0));
    });
    connect(m_tour, &Tour::ended, this, [this] {
        m_session.state().tourSeen = true;
        m_session.touchState();
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && now->window() == this) {
            restKeys();
        }
    });
    const auto shade = [this] { m_top->setDark(widgets::isDark(widgets::currentTheme())); };
    connect(&m_theme, &ThemeController::applied, this, [this, shade] {
        shade();
        for (const auto& [id, one] : m_pages) {
            one->setWindowWidth(width());
        }
        m_session.state().systemTheme = m_theme.remember();
        m_session.touchState();
    });
    shade();
    QTimer::singleShot(0, this, [this] { // the catalogue is built after the first frame
        updateIdleText();
        refreshPalette();
    });
}

// Single keys are letters while a field or a sheet takes them, whatever of the sheet has the keyboard.
void MainWindow::restKeys()
{
    const bool sheet = m_sheet && m_sheet->property("takesKeys").toBool() && m_sheet->isVisible();
    m_actions->setTyping(sheet || takesText(focusWidget()));
    m_actions->setAsking(sheet);
}

void MainWindow::wireSession()
{
    connect(&m_session, &Session::jobChanged, this, [this] {
        m_status->setJob(m_session.job());
        m_top->setScanning(m_session.busy());
        m_actions->at(u"review.stop")->setEnabled(m_session.busy());
    });
    connect(&m_session, &Session::coverageChanged, this, &MainWindow::updateStatus);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::keepFocusInView);
    connect(&m_session, &Session::notice, m_status, &StatusBar::setNotice);
    connect(&m_session, &Session::revealRequested, this, &MainWindow::reveal);
    connect(&m_session, &Session::opened, this, [this] {
        refreshPalette();
        m_history.clear();
        forgetOtherReview();
        updateCrumb();
        updateActions();
        updateStatus();
    });
    connect(&m_session, &Session::scanFinished, this, [this] {
        preferModel(true);
        refreshPalette();
        updateActions();
        feedReport();
        if (std::exchange(m_tourWanted, false)) {
            startTour();
        }
    });
    widgets::ReviewState& review = m_session.review();
    connect(&review, &widgets::ReviewState::currentArtifactChanged, this, &MainWindow::updateCrumb);
    connect(&m_session.inspecting().state(), &widgets::ModelState::readingChanged, this, &MainWindow::updateCrumb);
    connect(&review, &widgets::ReviewState::workspaceChanged, this, [this] {
        m_reportStale = true;
        preferModel(false);
    });
    connect(&review, &widgets::ReviewState::currentChanged, this, [this] {
        visitPlace();
        updateActions();
    });
    connect(&m_session.gallery(), &Gallery::lookedAtChanged, this, [this] {
        m_reportStale = true;
        m_session.fixing().state().again();
        feedReport();
    });
    connect(m_exports, &ExportRunner::finished, this, &MainWindow::exportFinished);
    connect(m_exports, &ExportRunner::documentReady, this, &MainWindow::showDocument);
    connect(&m_session.undo(), &QUndoStack::indexChanged, this, [this](int index) {
        m_announcedStep = -1;
        if (index > std::exchange(m_step, index)) { // it was just made: in sight
            m_openedAtStep = std::min(m_openedAtStep, index - 1);
            if (index == m_session.undo().count()) {
                m_openedSteps = std::min(m_openedSteps, index - 1);
            }
        }
        updateActions();
    });
}

void MainWindow::forgetOtherReview()
{
    m_announcedStep = -1; // said for what was shown before
    if (std::exchange(m_openedRoots, m_session.roots()) == m_session.roots()) {
        return;
    }
    m_openedAtStep = m_session.undo().index();
    m_openedSteps = m_session.undo().count();
    m_exportWanted.clear();
    if (const auto report = m_pages.find(QStringLiteral("report")); report != m_pages.end()) {
        qobject_cast<widgets::ReportView*>(report->second->parts().canvas)->forgetChoices();
    }
}

void MainWindow::updateCrumb()
{
    const ViewEntry* entry = findView(m_mode);
    const QString title = entry ? viewTitle(*entry) : QString();
    QStringList parts;
    const QStringList& roots = m_session.roots();
    const bool aboutReview = m_mode == u"review" || m_mode == u"model" || m_mode == u"lineage" || m_mode == u"threats"
        || m_mode == u"images" || m_mode == u"share" || m_mode == u"compare" || m_mode == u"report";
    if (aboutReview && !roots.isEmpty()) {
        // Model mode shows the first model where the file of the review is none.
        const auto& model = m_session.inspecting().state().reading();
        const QString shown = QString::fromStdString(
            m_mode == u"model" && model ? model->analysis->artifact.path : m_session.review().currentArtifact());
        const QFileInfo first(shown.isEmpty() ? roots.front() : shown);
        for (const QString& root : roots) {
            if (shown.startsWith(root + u'/')) {
                parts = (QFileInfo(root).fileName() + shown.mid(root.size())).split(u'/');
                break;
            }
        }
        if (parts.isEmpty()) {
            parts = QStringList{QFileInfo(first.path()).fileName(), first.fileName()};
        }
        for (QString& part : parts) {
            part = widgets::shownText(part.toStdString());
        }
        if (m_mode == u"report" || m_mode == u"compare" || m_mode == u"images" || m_mode == u"lineage"
            || m_mode == u"threats") {
            parts = QStringList{parts.front(), title};
        }
    } else {
        parts += title;
    }
    parts.removeAll(QString());
    m_top->setCrumb(parts);
    setWindowTitle(parts.isEmpty() ? tr("Cupel") : tr("%1 – Cupel").arg(parts.back()));
}

void MainWindow::updateStatus()
{
    const bool open = !m_session.roots().isEmpty() && m_mode != u"home" && m_mode != u"settings";
    m_status->setReview(m_session.coverage(), open, m_session.lastSeconds(), m_drawer->notChecked());
    if (!open) {
        updateIdleText();
    }
}

void MainWindow::updateIdleText()
{
    if (!isVisible() || (!m_session.roots().isEmpty() && m_mode != u"home" && m_mode != u"settings")) {
        return;
    }
    const std::string_view version = rules::catalogueVersion();
    m_status->setIdleText(tr("Rules %1, %2 active")
            .arg(QString::fromUtf8(version.data(), static_cast<qsizetype>(version.size())),
                QLocale().toString(static_cast<qulonglong>(rules::catalogueSize()))));
}

void MainWindow::updateActions()
{
    const bool open = !m_session.roots().isEmpty();
    const bool finding = m_session.review().current().has_value();
    for (const char16_t* id : {u"file.add", u"file.close", u"file.export", u"file.writeCopy", u"review.scan",
             u"finding.next", u"finding.previous", u"edit.filter", u"edit.clearFilter", u"review.group", u"file.next",
             u"file.previous", u"cell.next", u"cell.previous", u"cell.fold", u"review.openOnly"}) {
        m_actions->at(id)->setEnabled(open);
    }
    for (const char16_t* id : {u"edit.copyMarkdown", u"edit.copyLink", u"finding.explain", u"finding.triage",
             u"finding.untriage", u"finding.mark", u"finding.markRange", u"finding.threats"}) {
        m_actions->at(id)->setEnabled(finding);
    }
    if (m_mode == u"images") {
        m_actions->at(u"finding.explain")->setEnabled(open); // of the image
    }
    m_actions->at(u"go.images")->setEnabled(open);
    m_actions->at(u"go.model")->setEnabled(open);
    m_actions->at(u"go.lineage")->setEnabled(open);
    m_actions->at(u"go.threats")->setEnabled(open);
    for (const char16_t* id : {u"threats.fit", u"threats.again", u"threats.import", u"threats.export", u"threats.risks",
             u"threats.questions", u"threats.whatif", u"threats.present", u"threats.write", u"threats.history",
             u"threats.rules", u"threats.open"}) {
        m_actions->at(id)->setEnabled(open && m_mode == u"threats");
    }
    const bool file = open && m_mode == u"threats" && !m_session.threats().openedFile().isEmpty();
    m_actions->at(u"threats.takeOver")->setEnabled(file);
    m_actions->at(u"threats.leave")->setEnabled(file);
    m_actions->at(u"threats.save")->setEnabled(file && m_session.threats().hasUnsaved());
    for (const char16_t* id : {u"lineage.trace", u"lineage.next", u"lineage.previous", u"lineage.slice", u"lineage.all",
             u"lineage.fit", u"lineage.map", u"lineage.why", u"lineage.export", u"lineage.pin", u"lineage.views"}) {
        m_actions->at(id)->setEnabled(open && m_mode == u"lineage");
    }
    m_actions->at(u"model.convert")->setEnabled(open && m_mode == u"model");
    m_actions->at(u"model.strip")->setEnabled(open && m_mode == u"model");
    m_actions->at(u"image.lookedAt")->setEnabled(open && m_mode == u"images");
    m_actions->at(u"review.stop")->setEnabled(m_session.busy());
    m_actions->at(u"review.askDecisions")
        ->setEnabled(open && (m_session.triage().canAskAgain() || m_session.threats().canAskAgain()));
    m_actions->at(u"edit.undo")->setEnabled(m_session.undo().canUndo());
    m_actions->at(u"edit.redo")->setEnabled(m_session.undo().canRedo());
    m_actions->at(u"edit.clearRecents")->setEnabled(!m_session.recents().list().empty());
    m_actions->at(u"go.back")->setEnabled(m_history.canGoBack());
    m_actions->at(u"go.forward")->setEnabled(m_history.canGoForward());
    m_top->setReviewOpen(open);
    m_drop->setCanAdd(open);
    const auto shown = m_pages.find(m_mode);
    if (shown == m_pages.end()) {
        return;
    }
    const ModePage& current = *shown->second;
    m_actions->at(u"view.navigator")->setEnabled(current.parts().navigator != nullptr);
    m_actions->at(u"view.inspector")->setEnabled(current.parts().inspector != nullptr);
    m_actions->at(u"view.navigator")->setChecked(current.navigatorShown());
    m_actions->at(u"view.inspector")->setChecked(current.inspectorShown());
    m_actions->at(u"view.drawer")->setChecked(!m_drawer->isHidden());
    m_actions->at(u"view.menuBar")->setChecked(m_session.settings().boolean(keys::pinMenu));
}

} // namespace cupel::app
