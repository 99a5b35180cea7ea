// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/paths.h"

#include <QtCore/QDir>

namespace cupel::app {

namespace {

// The base directory specification says relative values are to be ignored.
QString baseFolder(const char* variable, const QString& fallback)
{
    const QString value = qEnvironmentVariable(variable);
    return QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : fallback;
}

} // namespace

Paths standardPaths()
{
    const QString home = QDir::homePath();
    Paths paths;
    paths.config = baseFolder("XDG_CONFIG_HOME", home + QStringLiteral("/.config")) + QStringLiteral("/cupel");
    // Qt 6.4 has no QStandardPaths::StateLocation.
    paths.state = baseFolder("XDG_STATE_HOME", home + QStringLiteral("/.local/state")) + QStringLiteral("/cupel");
    const QString runtime = baseFolder("XDG_RUNTIME_DIR", {});
    paths.runtime = runtime.isEmpty() ? paths.state : runtime + QStringLiteral("/cupel");
    return paths;
}

Paths portablePaths(const QString& folder)
{
    const QString base = QDir::cleanPath(QDir(folder).absolutePath());
    Paths paths;
    paths.config = base + QStringLiteral("/config");
    paths.state = base + QStringLiteral("/state");
    paths.runtime = base + QStringLiteral("/state");
    paths.portable = true;
    return paths;
}

} // namespace cupel::app
