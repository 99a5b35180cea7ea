// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/recents.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace cupel::app {

namespace {

QJsonObject toObject(const Recent& recent)
{
    QJsonArray counts;
    for (const std::uint64_t count : recent.bySeverity) {
        counts.append(static_cast<qint64>(count));
    }
    return {{QStringLiteral("path"), recent.path}, {QStringLiteral("folder"), recent.folder},
        {QStringLiteral("format"), recent.format}, {QStringLiteral("artifacts"), static_cast<qint64>(recent.artifacts)},
        {QStringLiteral("incomplete"), static_cast<qint64>(recent.incomplete)},
        {QStringLiteral("notJudged"), recent.notJudged}, {QStringLiteral("cells"), static_cast<qint64>(recent.cells)},
        {QStringLiteral("outputs"), static_cast<qint64>(recent.outputs)}, {QStringLiteral("bySeverity"), counts},
        {QStringLiteral("settled"), static_cast<qint64>(recent.settled)}, {QStringLiteral("scanned"), recent.scanned},
        {QStringLiteral("opened"), recent.opened}};
}

std::uint64_t count(const QJsonValue& value)
{
    return static_cast<std::uint64_t>(std::max<qint64>(0, value.toInteger()));
}

Recent fromObject(const QJsonObject& object)
{
    Recent recent;
    recent.path = object[u"path"].toString();
    recent.folder = object[u"folder"].toBool();
    recent.format = object[u"format"].toString();
    recent.artifacts = count(object[u"artifacts"]);
    recent.incomplete = count(object[u"incomplete"]);
    recent.notJudged = object[u"notJudged"].toString();
    recent.cells = count(object[u"cells"]);
    recent.outputs = count(object[u"outputs"]);
    const QJsonArray counts = object[u"bySeverity"].toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(counts.size(), 5); ++i) {
        recent.bySeverity[static_cast<std::size_t>(i)] = count(counts[i]);
    }
    recent.settled = count(object[u"settled"]);
    recent.scanned = object[u"scanned"].toBool();
    recent.opened = object[u"opened"].toInteger();
    return recent;
}

} // namespace

Recents::Recents(QObject* parent)
    : QObject(parent)
{
}

std::size_t Recents::indexOf(const QString& path) const
{
    const auto it = std::find_if(m_list.begin(), m_list.end(), [&](const Recent& r) { return r.path == path; });
    return static_cast<std::size_t>(it - m_list.begin());
}

void Recents::put(Recent recent)
{
    if (const std::size_t at = indexOf(recent.path); at < m_list.size()) {
        m_list.erase(m_list.begin() + static_cast<std::ptrdiff_t>(at));
    }
    insert(0, std::move(recent));
}

void Recents::insert(std::size_t at, Recent recent)
{
    m_list.insert(m_list.begin() + static_cast<std::ptrdiff_t>(std::min(at, m_list.size())), std::move(recent));
    if (m_list.size() > capacity) {
        m_list.resize(capacity);
    }
    Q_EMIT changed();
}

void Recents::remove(const QString& path)
{
    if (const std::size_t at = indexOf(path); at < m_list.size()) {
        m_list.erase(m_list.begin() + static_cast<std::ptrdiff_t>(at));
        Q_EMIT changed();
    }
}

void Recents::replace(std::vector<Recent> list)
{
    m_list = std::move(list);
    Q_EMIT changed();
}

void Recents::setReachable(const QString& path, bool reachable)
{
    if (const std::size_t at = indexOf(path); at < m_list.size() && m_list[at].reachable != reachable) {
        m_list[at].reachable = reachable;
        Q_EMIT changed();
    }
}

QByteArray Recents::toJson() const
{
    QJsonArray list;
    for (const Recent& recent : m_list) {
        list.append(toObject(recent));
    }
    const QJsonObject root{{QStringLiteral("schema"), 1}, {QStringLiteral("recents"), list}};
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

void Recents::fromJson(const QByteArray& bytes)
{
    m_list.clear();
    for (const QJsonValue& value : QJsonDocument::fromJson(bytes).object()[u"recents"].toArray()) {
        Recent recent = fromObject(value.toObject());
        if (!recent.path.isEmpty() && m_list.size() < capacity) {
            m_list.push_back(std::move(recent));
        }
    }
    Q_EMIT changed();
}

} // namespace cupel::app
