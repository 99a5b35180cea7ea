// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of work in Threats mode share: parts of the mode, what is drawn where, drags and the palette. UI thread.
#pragma once

#include "shell_bench.h"

#include "app/session/threats.h"
#include "app/shell/mode_page.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/models/threat_state.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <string>

namespace cupel::test {

using namespace cupel::app;
using namespace cupel::widgets;

template <typename T> T* part(Workbench& bench)
{
    return bench.window.findChild<ModePage*>(QStringLiteral("threats"))->findChild<T*>();
}

inline ThreatState& stateOf(Workbench& bench)
{
    return bench.session.threats().state();
}

inline const threats::Overlaid& overlaid(Workbench& bench)
{
    return stateOf(bench).reading()->overlaid;
}

template <typename Parts> auto named(const Parts& parts, const char* name)
{
    const auto found = std::find_if(parts.begin(), parts.end(), [name](const auto& one) { return one.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

inline const threats::Element* element(Workbench& bench, const char* name)
{
    return named(overlaid(bench).model.elements, name);
}

inline std::uint32_t nodeOf(Workbench& bench, const char* name)
{
    const auto* found = element(bench, name);
    return found ? stateOf(bench).reading()->nodeOf(found->id) : GraphScene::none;
}

inline QRect boxOf(Workbench& bench, const char* name)
{
    auto* canvas = part<GraphCanvas>(bench);
    return canvas->toViewport(canvas->scene()->nodes()[nodeOf(bench, name)].box).toRect();
}

inline void drag(QWidget* viewport, const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys = {})
{
    QTest::mousePress(viewport, Qt::LeftButton, keys, from);
    for (int i = 1; i <= 6; ++i) {
        const QPoint at = from + (to - from) * i / 6;
        QMouseEvent move(QEvent::MouseMove, at, viewport->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, keys);
        QApplication::sendEvent(viewport, &move);
    }
    QTest::mouseRelease(viewport, Qt::LeftButton, keys, to);
}

inline QPoint emptyPlace(Workbench& bench)
{
    auto* canvas = part<GraphCanvas>(bench);
    const QRect all = canvas->viewport()->rect();
    for (int y = all.bottom() - 60; y > 60; y -= 20) {
        for (int x = 100; x < all.right() - 100; x += 20) {
            const QRectF room = QRectF(canvas->toScene(QPoint(x, y)), QSizeF(1, 1)).adjusted(-90, -40, 90, 40);
            const auto& frames = canvas->scene()->frames();
            std::vector<std::uint32_t> near;
            canvas->scene()->nodesIn(room, near);
            if (near.empty() && std::none_of(frames.begin(), frames.end(), [&](const SceneFrame& frame) {
                    return frame.box.intersects(room);
                })) {
                return {x, y};
            }
        }
    }
    return all.center();
}

inline void type(QWidget* field, const QString& text)
{
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
}

// The palette is open: the kind with this word.
inline bool pick(Workbench& bench, const QString& word)
{
    if (!QTest::qWaitFor([] { return qobject_cast<QMenu*>(QApplication::activePopupWidget()) != nullptr; }, 5'000)) {
        return false;
    }
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    for (int i = 0; i < menu->actions().size(); ++i) {
        if (menu->activeAction() && menu->activeAction()->text() == word) {
            QTest::keyClick(menu, Qt::Key_Return);
            bench.window.activateWindow(); // the platform without a screen leaves it to us
            return QTest::qWaitForWindowActive(&bench.window);
        }
        QTest::keyClick(menu, Qt::Key_Down);
    }
    return false;
}

// A script that reads from the net and from beside itself, trains and saves.
inline const QByteArray trainingScript =
    "import pandas as pd\nfrom sklearn.svm import SVC\nimport joblib\n"
    "rows = pd.read_csv('http://data.example.com/x.csv')\nown = pd.read_csv('own.csv')\n"
    "model = SVC().fit(rows[['a']], rows['y'])\njoblib.dump(model, 'model.joblib')\n";

// A folder with that script, and data of people beside it. False: it cannot be written.
inline bool makeProject(const QString& folder)
{
    const auto write = [&folder](const char* name, const QByteArray& bytes) {
        QFile file(folder + u'/' + QLatin1String(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    return QDir().mkpath(folder) && write("train.py", trainingScript)
        && write("own.csv", "id,email\n1,karla.huber@firma-weber.de\n");
}

// Opens it and goes to Threats mode; false: no model came.
inline bool showThreats(Workbench& bench, const QString& folder)
{
    bench.window.resize(1440, 900);
    bench.window.open({OpenTarget{folder, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_5, Qt::ControlModifier);
    const bool ready = QTest::qWaitFor([&] { return stateOf(bench).how() == ThreatState::How::Ready; }, 20'000);
    QTest::qWait(60);
    part<ThreatView>(bench)->takeFocus();
    return ready;
}

} // namespace cupel::test
