// SPDX-License-Identifier: GPL-3.0-or-later
// The last twelve reviews: where, what kind, what was found, when. A path that is gone stays listed. UI thread.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QString>

#include <array>
#include <cstdint>
#include <vector>

namespace cupel::app {

struct Recent {
    QString path;
    bool folder = false;
    QString format; // "notebook"; empty for folders
    std::uint64_t artifacts = 0;
    std::uint64_t incomplete = 0; // artifacts that were read in part or not at all
    QString notJudged; // "code in Julia is not judged"; empty: all that was read was judged
    std::array<std::uint64_t, 5> bySeverity{}; // index: Severity; without those that were decided
    std::uint64_t settled = 0; // findings somebody decided about
    std::uint64_t cells = 0;
    std::uint64_t outputs = 0;
    bool scanned = false; // the counts are those of a finished scan
    qint64 opened = 0; // seconds since 1970
    bool reachable = true; // found out in the background, not saved
    friend bool operator==(const Recent&, const Recent&) = default;
};

class Recents : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t capacity = 12;

    explicit Recents(QObject* parent = nullptr);

    [[nodiscard]] const std::vector<Recent>& list() const { return m_list; } // newest first
    void put(Recent recent); // replaces the one with the same path and moves it to the front
    void insert(std::size_t at, Recent recent); // for undo
    void remove(const QString& path);
    void replace(std::vector<Recent> list);
    void setReachable(const QString& path, bool reachable);
    [[nodiscard]] std::size_t indexOf(const QString& path) const; // list().size(): not there

    [[nodiscard]] QByteArray toJson() const;
    void fromJson(const QByteArray& bytes); // anything odd in it is left out

Q_SIGNALS:
    void changed();

private:
    std::vector<Recent> m_list;
};

} // namespace cupel::app
