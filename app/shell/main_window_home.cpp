// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what Home shows.
#include "app/shell/main_window.h"

#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/drop_overlay.h"
#include "widgets/home/home_view.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace cupel::app {

namespace {

QString place(const QString& path)
{
    const QString folder = QFileInfo(path).path();
    const QString home = QDir::homePath();
    const bool mine = folder == home || folder.startsWith(home + u'/');
    return QDir::toNativeSeparators(mine ? u'~' + folder.mid(home.size()) : folder);
}

widgets::Recent shown(const Recent& recent)
{
    widgets::Recent out;
    out.path = recent.path;
    out.place = place(recent.path);
    out.folder = recent.folder;
    out.format = recent.format;
    out.artifacts = recent.artifacts;
    out.incomplete = recent.incomplete;
    out.notJudged = recent.notJudged;
    out.bySeverity = recent.bySeverity;
    out.settled = recent.settled;
    out.cells = recent.cells;
    out.outputs = recent.outputs;
    out.scanned = recent.scanned;
    out.opened = recent.opened;
    out.reachable = recent.reachable;
    return out;
}

} // namespace

void MainWindow::wireHome(ModePage* made)
{
    auto* home = qobject_cast<widgets::HomeView*>(made->parts().canvas);
    if (!home) {
        return;
    }
    const auto fill = [this, home] {
        std::vector<widgets::Recent> rows;
        for (const Recent& recent : m_session.recents().list()) {
            rows.push_back(shown(recent));
        }
        home->setRecents(std::move(rows));
    };
    const auto keys = [this, home] {
        const QList<QKeySequence> open = m_actions->keysOf(u"file.open");
        home->setOpenKeys(open.isEmpty() ? QString() : open.front().toString(QKeySequence::NativeText));
    };
    connect(&m_session.recents(), &Recents::changed, home, fill);
    connect(m_actions, &Actions::keysChanged, home, keys);
    m_drop->setQuiet([this, home] { return m_mode == u"home" && home->showsDrag(); });
    connect(m_drop, &DropOverlay::textChanged, home, &widgets::HomeView::setDragText);
    fill();
    keys();
}

} // namespace cupel::app
