// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/picture_witnesses.h"

#include "app/settings/saver.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace cupel::app {

namespace {

// The latest that have room, whatever the names are made of.
QByteArray written(const PictureWitnesses::ById& byId)
{
    constexpr qint64 around = 100; // of an entry: its key, its indentation
    QByteArrayList ids = byId.keys();
    std::sort(ids.begin(), ids.end(), [&byId](const QByteArray& a, const QByteArray& b) {
        const auto& left = byId.constFind(a)->date;
        const auto& right = byId.constFind(b)->date;
        return left != right ? left > right : a < b;
    });
    qint64 bytes = around;
    qsizetype fit = 0;
    for (; fit < ids.size(); ++fit) {
        const Witness& witness = *byId.constFind(ids[fit]);
        bytes += around + 2 * ids[fit].size()
            + QJsonDocument(QJsonArray{witness.date, witness.author}).toJson(QJsonDocument::Compact).size();
        if (bytes > PictureWitnesses::maxBytes) {
            break;
        }
    }
    ids.resize(fit);
    std::sort(ids.begin(), ids.end()); // an object takes what comes in order without moving the rest
    QJsonObject root;
    for (const QByteArray& id : ids) {
        const Witness& witness = *byId.constFind(id);
        root.insert(QString::fromLatin1(id.toHex()), QJsonArray{witness.date, witness.author});
    }
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

} // namespace

PictureWitnesses::PictureWitnesses(Saver& saver, QString file)
    : m_saver(saver)
    , m_file(std::move(file))
{
    m_known = read();
}

bool PictureWitnesses::read()
{
    std::error_code error;
    if (std::filesystem::symlink_status(QFile::encodeName(m_file).toStdString(), error).type()
        == std::filesystem::file_type::not_found) {
        return true; // nobody has marked anything yet
    }
    QFile kept(m_file);
    if (!kept.open(QIODevice::ReadOnly)) {
        return false;
    }
    const bool fits = kept.size() <= maxBytes;
    const QByteArray bytes = fits ? kept.readAll() : QByteArray();
    if (fits && (kept.error() != QFileDevice::NoError || bytes.size() < kept.size())) {
        return false;
    }
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    kept.close();
    if (!document.isObject()) {
        return putAside(); // not to be written over
    }
    const QJsonObject root = document.object();
    for (auto it = root.begin(); it != root.end(); ++it) {
        const QJsonArray row = it.value().toArray();
        const QByteArray id = QByteArray::fromHex(it.key().toLatin1());
        if (row.size() == 2 && !m_byId.contains(id)) {
            m_byId.insert(id, {row[1].toString(), row[0].toString()});
        }
    }
    return true;
}

// Under the first name that is free: what was put aside before stays as well.
bool PictureWitnesses::putAside()
{
    constexpr int most = 1000;
    for (int i = 1; i <= most; ++i) {
        const QString aside = m_file + QStringLiteral(".damaged") + (i == 1 ? QString() : u'-' + QString::number(i));
        if (!QFileInfo::exists(aside) && !QFileInfo(aside).isSymLink()) {
            return QFile::rename(m_file, aside);
        }
    }
    return false;
}

PictureWitnesses::Changes PictureWitnesses::add(
    const QByteArrayList& ids, const Witness& witness, const QByteArrayList& marks)
{
    Changes changes;
    const QSet<QByteArray> marked(marks.begin(), marks.end());
    if (m_byId.size() + ids.size() > mostKept) {
        for (auto it = m_byId.cbegin(); it != m_byId.cend(); ++it) {
            if (!marked.contains(it.key())) {
                changes.push_back({it.key(), *it, std::nullopt});
            }
        }
    }
    for (const QByteArray& id : ids) {
        if (marked.contains(id)) {
            const Witness* before = find(id);
            changes.push_back({id, before ? std::optional(*before) : std::nullopt, witness});
        }
    }
    apply(changes, true);
    return changes;
}

void PictureWitnesses::apply(const Changes& changes, bool forward)
{
    bool changed = false;
    for (const Change& change : changes) {
        const auto& wanted = forward ? change.after : change.before;
        const Witness* now = find(change.id);
        if (wanted ? !now || *now != *wanted : now != nullptr) {
            changed = true;
            set(change.id, wanted);
        }
    }
    if (changed) {
        save();
    }
}

void PictureWitnesses::set(const QByteArray& id, const std::optional<Witness>& witness)
{
    if (witness) {
        m_byId.insert(id, *witness);
    } else {
        m_byId.remove(id);
    }
}

const Witness* PictureWitnesses::find(const QByteArray& id) const
{
    const auto at = m_byId.constFind(id);
    return at == m_byId.constEnd() ? nullptr : &*at;
}

void PictureWitnesses::save()
{
    m_known = m_known || read();
    if (m_known) {
        m_saver.save(m_file, [byId = m_byId] { return written(byId); });
    }
}

} // namespace cupel::app
