// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/lineage_file.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace cupel::app {

namespace {

constexpr qint64 mostBytes = 8 << 20;

}

QString lineageKeptPath(const QString& folder)
{
    return folder + QStringLiteral("/.cupel/lineage.jsonl");
}

// A link could make this program read or overwrite any file of the user; a pipe would hold it up.
LineageKeptFile readLineageKept(const QString& folder)
{
    LineageKeptFile out;
    out.folder = folder;
    const QFileInfo below(folder + QStringLiteral("/.cupel"));
    const QFileInfo info(lineageKeptPath(folder));
    if (below.isSymLink() || info.isSymLink() || (below.exists() && !below.isDir())
        || (info.exists() && (!info.isFile() || info.size() > mostBytes))) {
        return out;
    }
    out.usable = true;
    QFile file(info.filePath());
    if (info.exists() && file.open(QIODevice::ReadOnly)) {
        out.kept = widgets::fromLines(file.read(mostBytes));
    }
    return out;
}

} // namespace cupel::app
