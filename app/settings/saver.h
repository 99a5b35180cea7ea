// SPDX-License-Identifier: GPL-3.0-or-later
// Writes small files durably on its own thread, so that the window never waits for a disk: temporary file, fsync,
// rename, fsync of the folder. Of several versions of one file only the newest waits to be written.
#pragma once

#include "analyzers/base/mailbox.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace cupel::app {

// For the user alone, or for whoever may read the folder (and an existing file keeps its mode).
enum class FileMode : std::uint8_t { Private, AsFolder };

// True when the bytes are on the disk under their name. After a crash at any moment the file holds the old or the new
// version, never a mixture. `reason`: why it failed, as the system says it.
[[nodiscard]] bool writeDurably(
    const QString& file, const QByteArray& bytes, FileMode mode = FileMode::Private, QString* reason = nullptr);

class Saver {
public:
    Saver();
    ~Saver(); // writes what is waiting, then joins
    Saver(const Saver&) = delete;
    Saver& operator=(const Saver&) = delete;

    void save(const QString& file, QByteArray bytes);
    void save(const QString& file, std::function<QByteArray()> make); // makes them on the thread that writes
    void flush(); // waits until everything is on the disk
    [[nodiscard]] bool idle() const;
    // Files that could not be written since the last call.
    [[nodiscard]] std::vector<QString> takeFailures() { return m_failures.drain(); }

private:
    void run(const std::stop_token& stop);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<QString, std::function<QByteArray()>> m_waiting;
    bool m_writing = false;
    Mailbox<QString> m_failures;
    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace cupel::app
