// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/log.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace cupel::app {

Log::Log(QString file, QObject* parent)
    : QObject(parent)
    , m_path(std::move(file))
{
}

void Log::setFileEnabled(bool enabled)
{
    m_file.close();
    if (!enabled || !QDir().mkpath(QFileInfo(m_path).absolutePath())) {
        return;
    }
    rotate();
    m_file.setFileName(m_path);
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered)) {
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
}

void Log::rotate()
{
    if (QFileInfo(m_path).size() < maxFileBytes) {
        return;
    }
    const QString old = m_path + QStringLiteral(".1");
    QFile::remove(old);
    QFile::rename(m_path, old);
}

void Log::add(LogEntry::Level level, const QString& text)
{
    if (m_entries.size() == maxEntries) {
        Q_EMIT aboutToDropOldest();
        m_entries.pop_front();
        Q_EMIT droppedOldest();
    }
    const LogEntry entry{QDateTime::currentDateTime(), level, text.simplified()};
    m_entries.push_back(entry);
    if (m_file.isOpen()) {
        const QString word = level == LogEntry::Level::Info ? QStringLiteral(" info ") : QStringLiteral(" warning ");
        m_file.write((entry.time.toString(Qt::ISODateWithMs) + word + entry.text + u'\n').toUtf8());
        if (m_file.size() > maxFileBytes) {
            setFileEnabled(true); // rotates
        }
    }
    Q_EMIT added(m_entries.back());
}

} // namespace cupel::app
