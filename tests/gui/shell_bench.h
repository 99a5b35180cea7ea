// SPDX-License-Identifier: GPL-3.0-or-later
// A whole workbench in a temporary folder for tests, and a probe that finds moments in which its event loop stood
// still.
#pragma once

#include "app/session/session.h"
#include "app/settings/saver.h"
#include "app/shell/main_window.h"
#include "app/shell/theme_controller.h"

#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <ctime>

namespace cupel::test {

struct Workbench {
    explicit Workbench(const QString& folder)
        : paths(app::portablePaths(folder))
        , settings(paths.settingsFile(), saver)
        , session(settings, saver, paths)
        , theme(settings, QStringLiteral("light"))
        , window(session, theme)
    {
        session.state().tourSeen = true;
        window.restore();
        window.showMode(QStringLiteral("home"));
        window.resize(1440, 900);
        window.show();
        (void)QTest::qWaitForWindowActive(&window); // shortcuts need it
    }
    [[nodiscard]] bool waitForScan()
    {
        const bool ended = QTest::qWaitFor([this] { return !session.busy(); }, 60'000);
        QTest::qWait(50); // views follow the state in their next turn
        return ended;
    }

    app::Paths paths;
    app::Saver saver;
    app::Settings settings;
    app::Session session;
    app::ThemeController theme;
    app::MainWindow window;
};

// Longest stretch of the thread's own computing between two turns of its event loop. Computing time, not the clock on
// the wall: other programs on the machine do not count against the window.
class LoopProbe : public QObject {
public:
    LoopProbe()
    {
        m_timer.setInterval(1);
        m_timer.callOnTimeout(this, [this] {
            const double now = computing();
            m_worst = std::max(m_worst, now - m_last);
            m_last = now;
        });
        m_last = computing();
        m_timer.start();
    }
    [[nodiscard]] double worstMilliseconds() const { return m_worst; }
    void restart()
    {
        m_worst = 0;
        m_last = computing();
    }

private:
    static double computing()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    QTimer m_timer;
    double m_last = 0;
    double m_worst = 0;
};

// The longest turn of each step.
class Turns {
public:
    explicit Turns(LoopProbe& probe)
        : m_probe(probe)
    {
    }
    void take(const char* step)
    {
        const double turn = m_probe.worstMilliseconds();
        m_report += QStringLiteral(" %1 %2").arg(QLatin1String(step)).arg(turn, 0, 'f', 0);
        m_worst = std::max(m_worst, turn);
        m_probe.restart();
    }
    [[nodiscard]] double worst() const { return m_worst; }
    [[nodiscard]] QString report() const { return m_report; }

private:
    LoopProbe& m_probe;
    double m_worst = 0;
    QString m_report = QStringLiteral("longest turns in ms:");
};

} // namespace cupel::test
