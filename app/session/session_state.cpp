// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session_state.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <utility>

namespace cupel::app {

namespace {

QString base64(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue& value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QStringList pathsOf(const QJsonValue& value)
{
    QStringList paths;
    for (const QJsonValue& one : value.toArray()) {
        if (const QString path = one.toString(); !path.isEmpty()) {
            paths += path;
        }
    }
    return paths;
}

} // namespace

QByteArray SessionState::toJson() const
{
    QJsonObject sizes;
    for (auto it = splitters.begin(); it != splitters.end(); ++it) {
        sizes.insert(it.key(), base64(it.value()));
    }
    QJsonArray looked;
    for (const QByteArray& id : lookedAt) {
        looked += QString::fromLatin1(id.toHex());
    }
    QJsonArray profiles;
    for (const SharedWith& one : shared) {
        profiles += QJsonObject{
            {QStringLiteral("roots"), QJsonArray::fromStringList(one.roots)}, {QStringLiteral("profile"), one.profile}};
    }
    const QJsonObject root{{QStringLiteral("schema"), 1}, {QStringLiteral("roots"), QJsonArray::fromStringList(roots)},
        {QStringLiteral("mode"), mode}, {QStringLiteral("query"), query}, {QStringLiteral("grouping"), grouping},
        {QStringLiteral("artifact"), artifact}, {QStringLiteral("finding"), fingerprint},
        {QStringLiteral("geometry"), base64(geometry)}, {QStringLiteral("splitters"), sizes},
        {QStringLiteral("navigator"), navigator}, {QStringLiteral("inspector"), inspector},
        {QStringLiteral("drawer"), drawer}, {QStringLiteral("drawerPage"), drawerPage},
        {QStringLiteral("systemTheme"), systemTheme}, {QStringLiteral("tourSeen"), tourSeen},
        {QStringLiteral("lookedAt"), looked}, {QStringLiteral("shared"), profiles},
        {QStringLiteral("cleanExit"), cleanExit}};
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

SessionState SessionState::fromJson(const QByteArray& bytes)
{
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    SessionState state;
    state.roots = pathsOf(root[u"roots"]);
    state.mode = root[u"mode"].toString();
    state.query = root[u"query"].toString();
    state.grouping = root[u"grouping"].toString();
    state.artifact = root[u"artifact"].toString();
    state.fingerprint = root[u"finding"].toString();
    state.geometry = bytesOf(root[u"geometry"]);
    const QJsonObject sizes = root[u"splitters"].toObject();
    for (auto it = sizes.begin(); it != sizes.end(); ++it) {
        state.splitters.insert(it.key(), bytesOf(it.value()));
    }
    state.navigator = root[u"navigator"].toBool(true);
    state.inspector = root[u"inspector"].toBool(true);
    state.drawer = root[u"drawer"].toBool();
    state.drawerPage = root[u"drawerPage"].toInt();
    state.systemTheme = root[u"systemTheme"].toString();
    for (const QJsonValue& value : root[u"lookedAt"].toArray()) {
        if (const QByteArray id = QByteArray::fromHex(value.toString().toLatin1()); id.size() == 16) {
            state.lookedAt += id;
        }
    }
    for (const QJsonValue& value : root[u"shared"].toArray()) {
        SharedWith one{pathsOf(value[u"roots"]), value[u"profile"].toString()};
        if (!one.roots.isEmpty() && state.shared.size() < mostShared) {
            state.shared.push_back(std::move(one));
        }
    }
    state.tourSeen = root[u"tourSeen"].toBool();
    state.cleanExit = root[u"cleanExit"].toBool();
    return state;
}

} // namespace cupel::app
