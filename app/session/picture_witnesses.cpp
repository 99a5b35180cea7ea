// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/picture_witnesses.h"

#include "app/settings/saver.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <utility>

namespace cupel::app {

PictureWitnesses::PictureWitnesses(Saver& saver, QString file)
    : m_saver(saver)
    , m_file(std::move(file))
{
    QFile kept(m_file);
    if (!kept.open(QIODevice::ReadOnly) || kept.size() > maxBytes) {
        return;
    }
    const QJsonObject root = QJsonDocument::fromJson(kept.readAll()).object();
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
    for (const QByteArray& id : ids) {
        m_byId.insert(id, witness);
    }
    save();
}

const Witness* PictureWitnesses::find(const QByteArray& id) const
{
    const auto at = m_byId.constFind(id);
    return at == m_byId.constEnd() ? nullptr : &*at;
}

void PictureWitnesses::save()
{
    QJsonObject root;
    for (auto it = m_byId.constBegin(); it != m_byId.constEnd(); ++it) {
        root.insert(QString::fromLatin1(it.key().toHex()), QJsonArray{it->date, it->author});
    }
    m_saver.save(m_file, QJsonDocument(root).toJson(QJsonDocument::Indented));
}

} // namespace cupel::app
