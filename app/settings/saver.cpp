// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/saver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace cupel::app {

namespace {

// A rename is only safe from a power cut when its folder is synced too.
void syncFolder([[maybe_unused]] const QString& folder)
{
#ifdef Q_OS_UNIX
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
#endif
}

} // namespace

bool writeDurably(const QString& file, const QByteArray& bytes, FileMode mode, QString* reason)
{
    const auto failed = [reason](const QString& why) {
        if (reason) {
            *reason = why;
        }
        return false;
    };
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder)) {
        return failed(QCoreApplication::translate("Saver", "its folder cannot be made"));
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return failed(out.errorString());
    }
    if (mode == FileMode::Private) {
        out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    if (out.write(bytes) != bytes.size() || !out.commit()) {
        return failed(out.errorString());
    }
    syncFolder(folder);
    return true;
}

Saver::Saver()
    : m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

Saver::~Saver()
{
    m_thread.request_stop();
}

void Saver::save(const QString& file, QByteArray bytes)
{
    save(file, [bytes = std::move(bytes)] { return bytes; });
}

void Saver::save(const QString& file, std::function<QByteArray()> make)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.insert_or_assign(file, std::move(make));
    }
    m_changed.notify_all();
}

void Saver::flush()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.empty() && !m_writing; });
}

bool Saver::idle() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting.empty() && !m_writing;
}

void Saver::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); });
        if (m_waiting.empty()) {
            return; // stopped with nothing left to write
        }
        auto next = m_waiting.extract(m_waiting.begin());
        m_writing = true;
        lock.unlock();
        if (!writeDurably(next.key(), next.mapped()())) {
            m_failures.post(next.key());
        }
        lock.lock();
        m_writing = false;
        m_changed.notify_all();
    }
}

} // namespace cupel::app
