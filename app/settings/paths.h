// SPDX-License-Identifier: GPL-3.0-or-later
// Where the workbench keeps its own files: the XDG directories, or one folder in portable mode (--data-dir). Any
// thread.
#pragma once

#include <QtCore/QString>

namespace cupel::app {

struct Paths {
    QString config; // settings the user chose
    QString state; // session, recents, log: can be lost without harm
    QString runtime; // sockets
    bool portable = false;

    [[nodiscard]] QString settingsFile() const { return config + QStringLiteral("/settings.ini"); }
    [[nodiscard]] QString sessionFile() const { return state + QStringLiteral("/session.json"); }
    [[nodiscard]] QString recentsFile() const { return state + QStringLiteral("/recents.json"); }
    [[nodiscard]] QString trustFile() const { return state + QStringLiteral("/decisions.json"); }
    [[nodiscard]] QString logFile() const { return state + QStringLiteral("/cupel.log"); }
    [[nodiscard]] QString sampleFolder() const { return state + QStringLiteral("/sample"); }
};

[[nodiscard]] Paths standardPaths();
[[nodiscard]] Paths portablePaths(const QString& folder);

} // namespace cupel::app
