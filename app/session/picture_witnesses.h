// SPDX-License-Identifier: GPL-3.0-or-later
// Who marked a picture as looked at, and on which day, kept in a file beside the state of the session: the report names
// them. UI thread.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QHash>
#include <QtCore/QString>

namespace cupel::app {

class Saver;

struct Witness {
    QString author;
    QString date; // ISO date
    friend bool operator==(const Witness& a, const Witness& b) = default;
};

class PictureWitnesses {
public:
    static constexpr qint64 maxBytes = 4 << 20;
    using ById = QHash<QByteArray, Witness>;
    static constexpr qsizetype mostKept = 10'000; // also of marks that undo may bring back

    PictureWitnesses(Saver& saver, QString file);
    // `marks`: all that are marked now; of others little is kept.
    void add(const QByteArrayList& ids, const Witness& witness, const QByteArrayList& marks);
    [[nodiscard]] const ById& all() const { return m_byId; }
    void replace(const ById& byId);
    [[nodiscard]] const Witness* find(const QByteArray& id) const; // null: nobody wrote it down

private:
    void save();

    Saver& m_saver;
    QString m_file;
    ById m_byId;
};

} // namespace cupel::app
