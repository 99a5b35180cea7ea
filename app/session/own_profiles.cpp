// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/own_profiles.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace cupel::app {

namespace {

constexpr qint64 mostBytes = 65 << 10; // one more than a profile may have: then it says so itself
constexpr qsizetype mostProfiles = 50;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(OwnProfiles)
};

} // namespace

OwnProfile readOwnProfile(const QString& path)
{
    OwnProfile out{path, std::nullopt, {}};
    const QFileInfo info(path);
    if (!info.exists()) {
        out.trouble = Words::tr("The file is not there any more.");
        return out;
    }
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        out.trouble = Words::tr("The file cannot be read.");
        return out;
    }
    const std::string text = file.read(mostBytes).toStdString();
    auto profile = review::readProfile(text);
    if (profile) {
        out.profile = std::move(profile).value();
        return out;
    }
    const auto at = std::min<std::size_t>(profile.error().offset, text.size());
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    out.trouble = Words::tr("Line %1: %2.").arg(line).arg(widgets::shownText(profile.error().detail));
    return out;
}

QStringList ownProfilePaths(const QString& setting)
{
    QStringList paths;
    for (const QString& part : setting.split(u';', Qt::SkipEmptyParts)) {
        const QString path = QDir::cleanPath(part.trimmed());
        if (!paths.contains(path) && paths.size() < mostProfiles) {
            paths += path;
        }
    }
    return paths;
}

QString ownProfileSetting(const QStringList& paths)
{
    return paths.join(QStringLiteral("; "));
}

} // namespace cupel::app
