// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/sample.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

namespace cupel::app {

namespace {

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString& path, const QByteArray& bytes)
{
    if (QFile::exists(path) && readAll(path) == bytes) {
        return true; // an unchanged file keeps its time
    }
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

QString unpackSample(const Paths& paths)
{
    const QString source = QStringLiteral(":/samples/");
    const QString target = paths.sampleFolder() + u'/';
    QDirIterator files(source, QDir::Files, QDirIterator::Subdirectories);
    bool any = false;
    while (files.hasNext()) {
        const QString from = files.next();
        const QString to = target + from.mid(source.size());
        if (!QDir().mkpath(QFileInfo(to).absolutePath()) || !put(to, readAll(from))) {
            return {};
        }
        any = true;
    }
    return any ? target + QStringLiteral("churn") : QString();
}

} // namespace cupel::app
