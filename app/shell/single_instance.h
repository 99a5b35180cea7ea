// SPDX-License-Identifier: GPL-3.0-or-later
// One window per user (and per --data-dir): a second start hands over its arguments and working folder through a local
// socket in a folder only the user can read, with a token as proof. A socket left by a crash is replaced.
#pragma once

#include "app/settings/paths.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <memory>

class QLocalServer;
class QLocalSocket;
class QLockFile;

namespace cupel::app {

struct Handover {
    QStringList arguments; // paths and targets as typed
    QString workingFolder;
    bool sample = false; // --sample
};

class SingleInstance : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 maxMessage = 1 << 20;

    explicit SingleInstance(const Paths& paths, QObject* parent = nullptr);
    ~SingleInstance() override;

    // True: another instance took it over and this one can end. Waits at most a second.
    [[nodiscard]] bool handOver(const Handover& handover);
    // False: could not listen; the window works all the same.
    bool listen();

Q_SIGNALS:
    void received(const cupel::app::Handover& handover);

private:
    void accept();
    void read(QLocalSocket* socket);
    [[nodiscard]] QByteArray token(bool create) const;
    QString m_folder;
    QString m_socket;
    QString m_tokenFile;
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer* m_server = nullptr;
};

} // namespace cupel::app
