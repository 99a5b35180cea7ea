// SPDX-License-Identifier: GPL-3.0-or-later
// Sharing profiles of the user's own: files named in the settings, read when they are needed. Blocking; any thread.
#pragma once

#include "analyzers/review/profile.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace cupel::app {

struct OwnProfile {
    QString path;
    std::optional<review::Profile> profile;
    QString trouble; // "Line 4: …"; empty: none
};

[[nodiscard]] OwnProfile readOwnProfile(const QString& path);
// The setting holds paths, one after the other, with a semicolon between them.
[[nodiscard]] QStringList ownProfilePaths(const QString& setting);
[[nodiscard]] QString ownProfileSetting(const QStringList& paths);

} // namespace cupel::app
