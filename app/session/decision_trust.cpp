// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/decision_trust.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace cupel::app {

namespace {

constexpr std::size_t mostFolders = 400;

QJsonArray toArray(const QSet<QString>& keys)
{
    QStringList sorted(keys.begin(), keys.end());
    sorted.sort();
    return QJsonArray::fromStringList(sorted);
}

QSet<QString> toSet(const QJsonValue& list)
{
    QSet<QString> keys;
    for (const QJsonValue& key : list.toArray()) {
        if (const QString text = key.toString(); !text.isEmpty() && text.size() <= 64) {
            keys.insert(text);
        }
    }
    return keys;
}

} // namespace

const DecisionTrust::Folder* DecisionTrust::find(const QString& path) const
{
    const auto hit =
        std::find_if(m_folders.begin(), m_folders.end(), [&path](const Folder& f) { return f.path == path; });
    return hit == m_folders.end() ? nullptr : &*hit;
}

DecisionTrust::Folder& DecisionTrust::at(const QString& path)
{
    const auto hit =
        std::find_if(m_folders.begin(), m_folders.end(), [&path](const Folder& f) { return f.path == path; });
    if (hit != m_folders.end()) {
        std::rotate(hit, hit + 1, m_folders.end());
        return m_folders.back();
    }
    if (m_folders.size() >= mostFolders) {
        m_folders.erase(m_folders.begin());
    }
    m_folders.push_back({path, {}, {}, {}});
    return m_folders.back();
}

DecisionTrust::Answer DecisionTrust::answer(const QString& folder, const QString& key) const
{
    const Folder* known = find(folder);
    return !known                      ? Answer::Unasked
        : known->own.contains(key)     ? Answer::Own
        : known->used.contains(key)    ? Answer::Used
        : known->ignored.contains(key) ? Answer::Ignored
                                       : Answer::Unasked;
}

bool DecisionTrust::set(const QString& folder, const QString& key, Answer answer)
{
    if (this->answer(folder, key) == answer) {
        return false;
    }
    Folder& known = at(folder);
    known.own.remove(key);
    known.used.remove(key);
    known.ignored.remove(key);
    if (answer == Answer::Own) {
        known.own.insert(key);
    } else if (answer == Answer::Used) {
        known.used.insert(key);
    } else if (answer == Answer::Ignored) {
        known.ignored.insert(key);
    }
    return true;
}

void DecisionTrust::forgetAnswers(const QString& folder)
{
    Folder& known = at(folder);
    known.used.clear();
    known.ignored.clear();
}

void DecisionTrust::keepOnly(const QString& folder, const QSet<QString>& keys)
{
    if (find(folder)) {
        Folder& known = at(folder);
        known.used.intersect(keys);
        known.ignored.intersect(keys);
    }
}

QByteArray DecisionTrust::toJson() const
{
    QJsonArray folders;
    for (const Folder& folder : m_folders) {
        if (folder.own.isEmpty() && folder.used.isEmpty() && folder.ignored.isEmpty()) {
            continue;
        }
        QJsonObject row;
        row[QStringLiteral("folder")] = folder.path;
        row[QStringLiteral("own")] = toArray(folder.own);
        row[QStringLiteral("used")] = toArray(folder.used);
        row[QStringLiteral("ignored")] = toArray(folder.ignored);
        folders.append(row);
    }
    QJsonObject whole;
    whole[QStringLiteral("folders")] = folders;
    return QJsonDocument(whole).toJson(QJsonDocument::Compact);
}

DecisionTrust DecisionTrust::fromJson(const QByteArray& bytes)
{
    DecisionTrust out;
    for (const QJsonValue& row : QJsonDocument::fromJson(bytes).object()[QStringLiteral("folders")].toArray()) {
        const QString path = row[QStringLiteral("folder")].toString();
        if (!path.isEmpty() && out.m_folders.size() < mostFolders) {
            out.m_folders.push_back({path, toSet(row[QStringLiteral("own")]), toSet(row[QStringLiteral("used")]),
                toSet(row[QStringLiteral("ignored")])});
        }
    }
    return out;
}

} // namespace cupel::app
