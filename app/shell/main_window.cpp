// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/main_window.h"

#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/inspecting.h"
#include "app/session/lineage.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/shell/actions.h"
#include "app/shell/drawer.h"
#include "app/shell/drop_overlay.h"
#include "app/shell/menus.h"
#include "app/shell/mode_rail.h"
#include "app/shell/palette.h"
#include "app/shell/sample.h"
#include "app/shell/sheet.h"
#include "app/shell/status_bar.h"
#include "app/shell/theme_controller.h"
#include "app/shell/top_bar.h"
#include "app/shell/tour.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtGui/QCloseEvent>
#include <QtGui/QPainter>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

constexpr QSize frameRoom(16, 48); // px for title bar and borders, whose sizes nobody knows before the window is shown

} // namespace

MainWindow::MainWindow(Session& session, ThemeController& theme)
    : m_session(session)
    , m_theme(theme)
    , m_actions(new Actions(session.settings(), this))
    , m_menus(new Menus(*m_actions, this))
    , m_exports(new ExportRunner(session, this))
    , m_paletteBuilder(
          session, paletteRun(), [this](std::shared_ptr<const PaletteIndex> made) { m_paletteBase = std::move(made); })
{
    setWindowTitle(tr("Cupel"));
    const QSize room = screen()->availableGeometry().size() - frameRoom;
    setMinimumSize(QSize(560, 420).boundedTo(room)); // a screen may be magnified so much that it has less
    resize(QSize(1440, 900).boundedTo(room));
    setContextMenuPolicy(Qt::NoContextMenu);
    buildLayout();
    wireParts();
    wireSession();
    wireActions();
    m_menus->setPinned(session.settings().boolean(keys::pinMenu));
    updateActions();
    updateStatus();
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr); // a dialog that has the keyboard goes with the children, after the parts
}

void MainWindow::open(const std::vector<OpenTarget>& targets, bool add)
{
    if (targets.empty()) {
        return;
    }
    m_palette->close(); // a drop or a second start: its list is of before
    if (m_sheet) {
        m_sheet->close();
    }
    const auto& first = targets.front();
    m_modelFirst = !add && !first.cell && !first.line && first.fingerprint.isEmpty();
    m_session.open(targets, add ? Session::OpenMode::Add : Session::OpenMode::Replace);
    showMode(QStringLiteral("review"));
}

void MainWindow::openSample()
{
    const QString folder = unpackSample(m_session.paths());
    if (folder.isEmpty()) {
        m_status->setNotice(tr("The sample could not be unpacked into %1.").arg(m_session.paths().sampleFolder()));
        return;
    }
    m_tourWanted = !m_session.state().tourSeen;
    open({OpenTarget{folder, {}, {}, {}}});
}

void MainWindow::showMode(const QString& id)
{
    const ViewEntry* entry = findView(id);
    if (!entry) {
        return;
    }
    if (m_sheet && id != m_mode && !m_sheet->property("takesKeys").toBool()) {
        m_sheet->close(); // it was about what is left now
    }
    ModePage* shown = page(id);
    m_mode = id;
    m_stack->setCurrentWidget(shown);
    shown->setWindowWidth(width());
    if (shown->parts().navigatorFirst && shown->floats(shown->parts().navigator)) {
        shown->setNavigatorShown(true); // the mode begins with what it says; Esc closes it
    }
    m_rail->setCurrent(id);
    m_session.fixing().setActive(id == u"share");
    shown->takeFocus();
    m_copyWanted = m_copyWanted && id == u"share";
    m_session.gallery().setActive(id == u"images");
    m_session.inspecting().setActive(id == u"model");
    m_session.lineage().setActive(id == u"lineage");
    if (id == u"report") {
        prepareReport();
        feedReport();
    } else {
        m_session.threats().setActive(threatsInUse());
    }
    updateCrumb();
    updateActions();
    updateStatus();
    visitPlace();
    m_session.state().mode = id;
    m_session.touchState();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const auto fields = m_sheet && m_sheet->isVisible() ? m_sheet->findChildren<QLineEdit*>() : QList<QLineEdit*>();
    const bool written =
        std::any_of(fields.begin(), fields.end(), [](const QLineEdit* field) { return field->isModified(); });
    const QStringList atRisk = m_session.threats().atRisk();
    if ((written || !atRisk.isEmpty()) && !std::exchange(m_closeAnyway, true)) {
        event->ignore();
        m_status->setNotice(written
                ? tr("What you have typed is not kept yet. Finish it, or close again to leave without it.")
                : tr("Changes to %1 are not saved, and too large to be kept. Save them, or close again to leave "
                     "without them.")
                      .arg(atRisk.join(QStringLiteral(", "))));
        return;
    }
    saveWindow();
    m_session.saveNow(true);
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    for (const auto& [id, one] : m_pages) {
        one->setWindowWidth(width());
    }
    saveWindow();
}

void MainWindow::moveEvent(QMoveEvent* event)
{
    QMainWindow::moveEvent(event);
    saveWindow();
}

// Esc goes one step back: what floats, then a running scan, then the canvas.
void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    ModePage* shown = m_pages.count(m_mode) ? m_pages.at(m_mode) : nullptr;
    if (shown && shown->closeFloating()) {
        shown->parts().canvas->takeFocus();
        return;
    }
    if (m_session.busy() && m_session.job().visible) {
        m_session.cancel();
    } else if (shown && m_mode == u"share" && shown->parts().navigator->isAncestorOf(focusWidget())) {
        showMode(QStringLiteral("review")); // from the edits, where the keyboard is first
    } else if (shown) {
        shown->parts().canvas->takeFocus();
    }
}

// A part of a view that goes away or is switched off hands the keyboard on to whatever comes next in the window, and
// that is the search: it belongs in the view.
void MainWindow::keepFocusInView(QWidget* old, QWidget* now)
{
    if (m_palette && m_palette->isOpen()) {
        // A view that got its content late asks for the keyboard; what is typed is for the palette all the same.
        if (now != nullptr && isAncestorOf(now) && !m_palette->isAncestorOf(now)) {
            QTimer::singleShot(0, m_palette, [palette = m_palette] { palette->takeFocus(); });
        }
        return;
    }
    auto* shown = qobject_cast<ModePage*>(m_stack->currentWidget());
    const bool lost = shown != nullptr && old != nullptr && now != nullptr && shown->isAncestorOf(old)
        && !shown->isAncestorOf(now) && isAncestorOf(now) && (!old->isVisible() || !old->isEnabled());
    if (lost) {
        QTimer::singleShot(0, this, [this, shown, next = QPointer<QWidget>(now)] {
            if (m_stack->currentWidget() == shown && next && next->hasFocus()) {
                shown->takeFocus();
            }
        });
    }
}

void MainWindow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(widgets::Token::Window));
}

} // namespace cupel::app
