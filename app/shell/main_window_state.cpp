// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it remembers, and going back and forth.
#include "app/shell/main_window.h"

#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/drawer.h"

#include <QtGui/QScreen>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStyle>

#include <algorithm>

namespace cupel::app {

void MainWindow::restore()
{
    m_restoring = true;
    const SessionState& state = m_session.state();
    m_lastMode = state.mode;
    if (!state.geometry.isEmpty()) {
        restoreGeometry(state.geometry);
        stayOnScreen();
    }
    m_vertical->restoreState(state.splitters.value(QStringLiteral("drawer")));
    m_drawer->show(static_cast<Drawer::Page>(std::clamp(state.drawerPage, 0, 2)));
    m_drawer->setVisible(state.drawer);
    m_restoring = false;
}

// The screen may be another than the one the sizes were kept from.
void MainWindow::stayOnScreen()
{
    if (isMaximized() || isFullScreen()) {
        return;
    }
    const QRect room = screen()->availableGeometry().adjusted(0, style()->pixelMetric(QStyle::PM_TitleBarHeight), 0, 0);
    QRect box = geometry();
    box.setSize(box.size().boundedTo(room.size()));
    box.moveTo(std::clamp(box.x(), room.x(), room.right() + 1 - box.width()),
        std::clamp(box.y(), room.y(), room.bottom() + 1 - box.height()));
    if (box != geometry()) {
        setGeometry(box);
    }
}

void MainWindow::restoreReview()
{
    const SessionState& state = m_session.state();
    const QString last = m_lastMode;
    if (!state.roots.isEmpty()) {
        m_session.restoreLast();
    }
    const bool needsReview = last == u"review" || last == u"model" || last == u"lineage" || last == u"threats"
        || last == u"images" || last == u"share" || last == u"report";
    if (findView(last) && (!needsReview || !m_session.roots().isEmpty())) {
        showMode(last);
    }
}

void MainWindow::saveWindow()
{
    if (m_restoring || !isVisible()) {
        return;
    }
    m_session.state().geometry = saveGeometry();
    rememberPanels();
}

void MainWindow::rememberPanels()
{
    SessionState& state = m_session.state();
    for (const auto& [id, one] : m_pages) {
        state.splitters.insert(id, one->saveSizes());
    }
    state.splitters.insert(QStringLiteral("drawer"), m_vertical->saveState());
    state.drawer = !m_drawer->isHidden();
    state.drawerPage = m_drawer->page();
    if (const auto it = m_pages.find(QStringLiteral("review"));
        it != m_pages.end() && !it->second->floats(it->second->parts().inspector)) {
        state.navigator = it->second->navigatorShown();
        state.inspector = it->second->inspectorShown();
    }
    m_session.touchState();
}

void MainWindow::visitPlace()
{
    if (!m_travelling && !m_mode.isEmpty()) {
        const bool review = m_mode == u"review";
        m_history.visit({m_mode, review ? m_session.review().currentArtifact() : std::string(),
            review ? m_session.review().current() : std::nullopt});
        m_actions->at(u"go.back")->setEnabled(m_history.canGoBack());
        m_actions->at(u"go.forward")->setEnabled(m_history.canGoForward());
    }
}

void MainWindow::goTo(const Place& place)
{
    m_travelling = true;
    if (!place.artifact.empty()) {
        m_session.review().setCurrentArtifact(place.artifact);
    }
    if (place.finding) {
        m_session.review().setCurrent(place.finding);
    }
    showMode(place.mode);
    m_travelling = false;
    updateActions();
}

} // namespace cupel::app
