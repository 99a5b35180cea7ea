// SPDX-License-Identifier: GPL-3.0-or-later
// Who marked a picture as looked at, and on which day, kept in a file beside the state of the session: the report names
// them. UI thread.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QHash>
#include <QtCore/QString>

#include <optional>
#include <vector>

namespace cupel::app {

class Saver;

struct Witness {
    QString author;
    QString date; // ISO date
    friend bool operator==(const Witness& a, const Witness& b) = default;
};

class PictureWitnesses {
public:
    static constexpr qint64 maxBytes = 4 << 20; // of the file: the latest that have room in it
    using ById = QHash<QByteArray, Witness>;
    struct Change { // none: nobody
        QByteArray id;
        std::optional<Witness> before;
        std::optional<Witness> after;
    };
    using Changes = std::vector<Change>;
    static constexpr qsizetype mostKept = 10'000; // also of marks that undo may bring back

    PictureWitnesses(Saver& saver, QString file);
    // `marks`: all that are marked now; of others little is kept. Says what it changed.
    Changes add(const QByteArrayList& ids, const Witness& witness, const QByteArrayList& marks);
    [[nodiscard]] const ById& all() const { return m_byId; }
    void apply(const Changes& changes, bool forward); // or back
    [[nodiscard]] const Witness* find(const QByteArray& id) const; // null: nobody wrote it down

private:
    [[nodiscard]] bool read(); // adds what the file has; false: it is there, and what it has is not known
    [[nodiscard]] bool putAside();
    void set(const QByteArray& id, const std::optional<Witness>& witness);
    void save();

    Saver& m_saver;
    QString m_file;
    ById m_byId;
    bool m_known = true; // what is in the file: else it is not written over
};

} // namespace cupel::app
