// SPDX-License-Identifier: GPL-3.0-or-later
// What the workbench did and how long it took: shown in the drawer and appended to a file. Sentences come from the
// program only, file names without their folders; content of files and secrets never get here. UI thread.
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QObject>

#include <deque>

namespace cupel::app {

struct LogEntry {
    enum class Level : std::uint8_t { Info, Warning };
    QDateTime time;
    Level level = Level::Info;
    QString text;
};

class Log : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t maxEntries = 2'000;
    static constexpr qint64 maxFileBytes = 1 << 20; // then it becomes cupel.log.1

    explicit Log(QString file, QObject* parent = nullptr);

    void setFileEnabled(bool enabled);
    void info(const QString& text) { add(LogEntry::Level::Info, text); }
    void warn(const QString& text) { add(LogEntry::Level::Warning, text); }
    [[nodiscard]] const std::deque<LogEntry>& entries() const { return m_entries; }

Q_SIGNALS:
    void added(const cupel::app::LogEntry& entry);
    void aboutToDropOldest();
    void droppedOldest();

private:
    void add(LogEntry::Level level, const QString& text);
    void rotate();
    std::deque<LogEntry> m_entries;
    QString m_path;
    QFile m_file;
};

} // namespace cupel::app
