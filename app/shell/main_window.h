// SPDX-License-Identifier: GPL-3.0-or-later
// The window: composes rail, bars, the regions of each mode, drawer and palette, and turns intents of views into calls
// of the session. Owned by the application, UI thread. Split over main_window*.cpp by concern.
#pragma once

#include "app/session/open_target.h"
#include "app/session/session_worker.h"
#include "app/shell/export_runner.h"
#include "app/shell/history.h"
#include "app/shell/views.h"

#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

#include <map>
#include <memory>

class QFileDialog;
class QSplitter;
class QStackedWidget;

namespace cupel::widgets {
class ModelView;
class NotebookCanvas;
class ReportView;
class ThreatState;
struct FindingRef;
} // namespace cupel::widgets

namespace cupel::convert {
struct StripPlan;
} // namespace cupel::convert

namespace cupel::app {

class Drawer;
class DropOverlay;
class Menus;
class ModeRail;
class Palette;
class PaletteIndex;
class QuestionSheet;
struct PaletteEntry;
class Popover;
class Sheet;
class StatusBar;
class Stripping;
class ThemeController;
class TopBar;
class Tour;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Session& session, ThemeController& theme);
    ~MainWindow() override;

    void restore(); // geometry, panels, mode of the last run
    void open(const std::vector<OpenTarget>& targets, bool add = false);
    void openSample();
    void restoreReview(); // of the last run
    void showMode(const QString& id);
    [[nodiscard]] const QString& mode() const { return m_mode; }
    [[nodiscard]] Actions& actions() const { return *m_actions; }
    [[nodiscard]] Palette& palettePanel() const { return *m_palette; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    // Parts (main_window_layout.cpp)
    void buildLayout();
    void wireParts();
    void wireSession();
    ModePage* page(const QString& id); // made at first use
    template <typename View> [[nodiscard]] View* view(const QString& mode);
    void updateCrumb();
    void updateStatus();
    void updateIdleText();
    void updateActions();

    // What actions do (main_window_actions.cpp)
    void wireActions();
    void wireFileActions();
    void wireReviewActions();
    void wireReviewViews(); // main_window_review.cpp, with stepCell and reveal
    [[nodiscard]] widgets::NotebookCanvas* canvas();
    void stepCell(int direction);
    void reveal(const OpenTarget& target);
    void keepFocusInView(QWidget* old, QWidget* now);
    void showCell(const std::string& path, unsigned cell, int tries);
    void showGap(const QString& path, const QVariant& offset); // what was not checked
    void wireTriage(); // main_window_triage.cpp
    void showForeign();
    [[nodiscard]] std::vector<widgets::FindingRef> chosenFindings();
    void onTriageIntent(widgets::Intent::Kind kind);
    void openTriage();
    void removeDecisions();
    void endTriage(const QString& trouble, const QString& done);
    void wireGoActions();
    void wireViewActions();
    void wireHelpActions();
    void removeRecents(const QStringList& paths);
    void onIntent(const widgets::Intent& intent);
    void askForFiles(bool folder, bool add); // dialogs: main_window_files.cpp
    void locate(const QString& path);
    void askForExport();
    void startExport(const QString& path);
    void exportAs(ReportFile format);
    void openNativeDialog(QFileDialog* dialog);
    void stepFinding(bool forward);
    void stepFile(int direction);
    void copyMarkdown();
    void copyLink();
    void cycleRegion(int direction);
    void showDrawer(int page);
    void showShield();
    void showSheet(Sheet* sheet);
    void ask(QuestionSheet* sheet);
    void showHelp(const QString& topic);
    void startTour();
    void zoom(double factor);
    void zoomTo(double size);
    void stayOnScreen();
    void restKeys();
    void changeSetting(QStringView key, const QString& value);
    void filterBySeverity(Severity severity);
    void clearFilter(); // main_window_review.cpp

    // Palette (palette_fill.cpp)
    using PaletteBuilder = SessionWorker<Workspace, std::shared_ptr<const PaletteIndex>>;
    [[nodiscard]] static PaletteBuilder::Run paletteRun();
    void refreshPalette(); // after the review changed
    void fillPalette(PaletteIndex& index);
    void runEntry(const PaletteEntry& entry);
    void showRule(const QString& id);

    // What is remembered (main_window_state.cpp)
    void rememberPanels();
    void visitPlace();
    void goTo(const Place& place);
    void saveWindow();

    // Report (main_window_files.cpp)
    void wireReport(ModePage* made);
    void wireShare(ModePage* made); // main_window_share.cpp
    void wireImages(ModePage* made); // main_window_images.cpp
    void wireModel(ModePage* made); // main_window_model.cpp
    void preferModel(bool whole); // all of it was scanned
    void wireLineage(ModePage* made); // main_window_lineage.cpp
    void wireThreats(ModePage* made); // main_window_threats.cpp
    void wireEvidence(widgets::ThreatState& state);
    void wireThreatLinks(ModePage* made); // main_window_links.cpp
    void showThreatsOfCurrent();
    void showThreatsOf(const std::string& fingerprint);
    void followThreatsWanted();
    void openThreat(const std::string& threat);
    [[nodiscard]] bool threatsInUse() const; // something shows them
    void askForThreatModel();
    void askForThreatExport();
    void askForDrawing(); // of the lineage
    void askForPicture(); // of the graph
    void askForConversion();
    void wireStripping(widgets::ModelView* view);
    void tellWritten(widgets::ModelView* view, const QString& path, const QString& words, bool good);
    void openWritten(const QString& path);
    void showNotebookMetadata(const Location& location);
    bool outOfSight(bool forward); // true: one was asked first
    bool takeModelFilter(); // false: nothing to filter
    void askWhatToStrip(Stripping* stripping, const std::shared_ptr<const convert::StripPlan>& plan);
    void askForStripped(Stripping* stripping, const std::shared_ptr<const convert::StripPlan>& plan);
    void writeCopy(); // asks when the copy does not meet the profile
    void chooseCopy(); // where it goes
    void changeFileItself();
    void wrote(const QString& path, bool copy);
    void notWritten(const QString& trouble);
    void askForProfile();
    void wireCompare(ModePage* made); // main_window_compare.cpp
    void askForEarlier(bool folder);
    void stepChange(bool forward);
    void wireInspector(ModePage* made); // main_window_review.cpp
    void wireHome(ModePage* made); // main_window_home.cpp
    void forgetOtherReview();
    bool prepareReport();
    void feedReport();
    void showDocument(const report::Document& document);
    report::Options reportOptions();
    void exportFinished(const ExportResult& result);

    Session& m_session;
    ThemeController& m_theme;
    Actions* m_actions;
    Menus* m_menus;
    ModeRail* m_rail = nullptr;
    TopBar* m_top = nullptr;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_vertical = nullptr;
    Drawer* m_drawer = nullptr;
    StatusBar* m_status = nullptr;
    Palette* m_palette = nullptr;
    DropOverlay* m_drop = nullptr;
    Popover* m_shield = nullptr;
    QPointer<Sheet> m_sheet; // one at a time
    Tour* m_tour = nullptr;
    ExportRunner* m_exports;
    std::map<QString, ModePage*> m_pages;
    QString m_mode;
    QString m_lastMode; // of the last run
    History m_history;
    bool m_travelling = false; // Back and Forward do not make history
    bool m_restoring = false;
    bool m_tourWanted = false; // as soon as the sample is there
    bool m_modelFirst = false; // what was opened is shown in Model mode when it turns out to be a model
    QStringList m_openedRoots;
    bool m_closeAnyway = false; // asked for again
    int m_step = 0;
    int m_openedAtStep = 0; // of the undo stack, when what is shown was opened
    int m_openedSteps = 0; // how many there were, taken back ones among them
    int m_announcedStep = -1; // the next undo or redo of it was asked about
    bool m_reportStale = true; // what it tells of has changed since it was asked for
    bool m_reportAwaited = false; // asked for; until it is there, the one before is shown
    bool m_copyWanted = false; // as soon as it is worked out
    std::string m_threatsWanted; // fingerprint of the finding that they are of; empty: none
    QString m_exportWanted; // as soon as the threat model is made
    std::shared_ptr<const PaletteIndex> m_paletteBase;
    PaletteBuilder m_paletteBuilder;
};

template <typename View> View* MainWindow::view(const QString& mode)
{
    const ModeParts& parts = page(mode)->parts();
    for (widgets::View* part : {parts.navigator, parts.canvas, parts.inspector}) {
        if (auto* found = qobject_cast<View*>(part)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace cupel::app
