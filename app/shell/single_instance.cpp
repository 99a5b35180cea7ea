// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/single_instance.h"

#include "app/settings/saver.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLockFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

namespace cupel::app {

namespace {

constexpr int patience = 1'000; // ms

// Compares in constant time: the token is a secret.
bool same(const QByteArray& a, const QByteArray& b)
{
    const auto hash = [](const QByteArray& bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    };
    const QByteArray x = hash(a);
    const QByteArray y = hash(b);
    int difference = 0;
    for (qsizetype i = 0; i < x.size(); ++i) {
        difference |= x[i] ^ y[i];
    }
    return difference == 0;
}

} // namespace

SingleInstance::SingleInstance(const Paths& paths, QObject* parent)
    : QObject(parent)
{
    // Portable copies with other data are other instances; a socket's path may have 107 bytes only, so it is a digest.
    const QByteArray who = QCryptographicHash::hash(paths.config.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const bool longPath = paths.runtime.toUtf8().size() > 70;
    m_folder = longPath ? QDir::tempPath() + QStringLiteral("/cupel-") + QString::fromLatin1(who) : paths.runtime;
    m_socket = m_folder + QStringLiteral("/window-") + QString::fromLatin1(who);
    m_tokenFile = m_folder + QStringLiteral("/token-") + QString::fromLatin1(who);
}

SingleInstance::~SingleInstance() = default;

QByteArray SingleInstance::token(bool create) const
{
    QFile file(m_tokenFile);
    const auto onlyMine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!create) {
        return file.open(QIODevice::ReadOnly) ? file.read(256) : QByteArray();
    }
    QByteArray fresh(32, '\0');
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32*>(fresh.data()), fresh.size() / 4);
    fresh = fresh.toHex();
    return writeDurably(m_tokenFile, fresh) && QFile::setPermissions(m_tokenFile, onlyMine) ? fresh : QByteArray();
}

bool SingleInstance::handOver(const Handover& handover)
{
    QLocalSocket socket;
    socket.connectToServer(m_socket);
    if (!socket.waitForConnected(patience)) {
        return false; // nobody there, or what a crash left behind
    }
    const QJsonObject message{{QStringLiteral("token"), QString::fromLatin1(token(false))},
        {QStringLiteral("arguments"), QJsonArray::fromStringList(handover.arguments)},
        {QStringLiteral("folder"), handover.workingFolder}, {QStringLiteral("sample"), handover.sample}};
    socket.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    return socket.waitForReadyRead(patience) && socket.readAll().startsWith("ok");
}

bool SingleInstance::listen()
{
    if (!QDir().mkpath(m_folder)
        || !QFile::setPermissions(m_folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner)) {
        return false;
    }
    // Two starts at the same moment: only one may replace the socket.
    m_lock = std::make_unique<QLockFile>(m_socket + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0); // stale only when its process is gone
    if (!m_lock->tryLock(0)) {
        return false;
    }
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(m_socket);
    if (token(true).isEmpty() || !m_server->listen(m_socket)) {
        return false;
    }
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
    return true;
}

void SingleInstance::accept()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(patience * 5, socket, &QLocalSocket::abort); // nobody may sit on it
    }
}

void SingleInstance::read(QLocalSocket* socket)
{
    if (socket->bytesAvailable() > maxMessage) {
        socket->abort();
        return;
    }
    if (!socket->canReadLine()) {
        return;
    }
    const QJsonObject message = QJsonDocument::fromJson(socket->readLine()).object();
    const QByteArray expected = token(false);
    if (expected.isEmpty() || !same(message[u"token"].toString().toLatin1(), expected)) {
        socket->abort();
        return;
    }
    Handover handover;
    for (const QJsonValue& value : message[u"arguments"].toArray()) {
        handover.arguments += value.toString();
    }
    handover.workingFolder = message[u"folder"].toString();
    handover.sample = message[u"sample"].toBool();
    socket->write("ok\n");
    socket->flush();
    Q_EMIT received(handover);
}

} // namespace cupel::app
