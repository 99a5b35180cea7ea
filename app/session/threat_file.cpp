// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_file.h"

#include "app/settings/saver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreatFile)
};

} // namespace

QString teamPath(const QString& folder)
{
    return folder + QStringLiteral("/.cupel/threats.jsonl");
}

TeamFile readTeam(const QString& folder)
{
    TeamFile out;
    const QString path = teamPath(folder);
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink()) {
        return out;
    }
    QFile file(path);
    // A link may lead anywhere: what came with the folder stays in it.
    if (info.isSymLink() || !info.isFile() || info.size() > static_cast<qint64>(mostTeamBytes)
        || !file.open(QIODevice::ReadOnly)) {
        out.readable = false;
        out.trouble =
            Words::tr("%1 is not read: it is no file, too large or not readable.").arg(QDir::toNativeSeparators(path));
        return out;
    }
    std::vector<std::string> troubles;
    const QByteArray bytes = file.read(mostTeamBytes);
    out.team = threats::read(ByteView(bytes.constData(), static_cast<std::size_t>(bytes.size())), troubles);
    if (!troubles.empty()) {
        out.trouble =
            Words::tr("%1: %n line(s) are kept, but not understood.", nullptr, static_cast<int>(troubles.size()))
                .arg(QDir::toNativeSeparators(path));
    }
    return out;
}

QString writeTeam(
    const QString& folder, const threats::TeamModel& base, const threats::TeamModel& ours, threats::TeamModel& merged)
{
    const TeamFile now = readTeam(folder);
    if (!now.readable) {
        return now.trouble;
    }
    merged = threats::merge(base, ours, now.team);
    const std::string text = threats::write(merged);
    const QString path = teamPath(folder);
    if (text.empty() && !QFileInfo::exists(path)) {
        return {};
    }
    if (text.size() > mostTeamBytes) { // it could not be read again
        return Words::tr("%1 would become larger than 64 MB: it is left as it is, and what was changed is not in it.")
            .arg(QDir::toNativeSeparators(path));
    }
    return writeDurably(path, QByteArray::fromStdString(text), FileMode::AsFolder)
        ? QString()
        : Words::tr("%1 cannot be written.").arg(QDir::toNativeSeparators(path));
}

} // namespace cupel::app
