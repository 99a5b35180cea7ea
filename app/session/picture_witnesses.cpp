// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/picture_witnesses.h"

#include "app/settings/saver.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <algorithm>
#include <utility>

namespace cupel::app {

PictureWitnesses::PictureWitnesses(Saver& saver, QString file)
    : m_saver(saver)
    , m_file(std::move(file))
{
    QFile kept(m_file);
    if (!kept.open(QIODevice::ReadOnly)) {
        return;
    }
    const QJsonDocument document = kept.size() <= maxBytes ? QJsonDocument::fromJson(kept.readAll()) : QJsonDocument();
    if (!document.isObject()) { // not to be written over
        kept.close();
        const QString aside = m_file + QStringLiteral(".damaged");
        QFile::remove(aside);
        QFile::rename(m_file, aside);
        return;
    }
    const QJsonObject root = document.object();
    for (auto it = root.begin(); it != root.end(); ++it) {
        const QJsonArray row = it.value().toArray();
        if (row.size() == 2) {
            m_byId.insert(QByteArray::fromHex(it.key().toLatin1()), {row[1].toString(), row[0].toString()});
        }
    }
}

void PictureWitnesses::add(const QByteArrayList& ids, const Witness& witness, const QByteArrayList& marks)
{
    if (m_byId.size() + ids.size() > mostKept) {
        const QSet<QByteArray> marked(marks.begin(), marks.end());
        m_byId.removeIf([&marked](const auto& entry) { return !marked.contains(entry.key()); });
    }
    const QSet<QByteArray> kept(marks.begin(), marks.end());
    for (const QByteArray& id : ids) {
        if (kept.contains(id)) {
            m_byId.insert(id, witness);
        }
    }
    save();
}

void PictureWitnesses::replace(const ById& byId)
{
    if (m_byId != byId) {
        m_byId = byId;
        save();
    }
}

const Witness* PictureWitnesses::find(const QByteArray& id) const
{
    const auto at = m_byId.constFind(id);
    return at == m_byId.constEnd() ? nullptr : &*at;
}

void PictureWitnesses::save()
{
    m_saver.save(m_file, [byId = m_byId] {
        QByteArrayList ids = byId.keys();
        std::sort(ids.begin(), ids.end()); // an object takes what comes in order without moving the rest
        QJsonObject root;
        for (const QByteArray& id : ids) {
            const Witness& witness = *byId.constFind(id);
            root.insert(QString::fromLatin1(id.toHex()), QJsonArray{witness.date, witness.author});
        }
        return QJsonDocument(root).toJson(QJsonDocument::Indented);
    });
}

} // namespace cupel::app
