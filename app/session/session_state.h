// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back after a restart: files, mode, filter, selection, window. Places and names only, no content.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <vector>

namespace cupel::app {

struct SharedWith {
    QStringList roots; // of the review
    QString profile; // its name; empty: nobody in particular
    friend bool operator==(const SharedWith&, const SharedWith&) = default;
};

struct SessionState {
    static constexpr qint64 maxBytes = 4 << 20;
    static constexpr std::size_t mostShared = 50; // the oldest are forgotten

    QStringList roots;
    QString mode;
    QString query;
    QString grouping;
    QString artifact; // the one shown
    QString fingerprint; // of the current finding
    QByteArray geometry; // of the window
    QHash<QString, QByteArray> splitters; // by name
    bool navigator = true;
    bool inspector = true;
    bool drawer = false;
    int drawerPage = 0;
    QString systemTheme; // what the desktop last said, so that the first frame has the right colours
    QByteArrayList lookedAt; // images, by digest of their content
    std::vector<SharedWith> shared; // the profile that was chosen last for a review, the newest at the end
    bool tourSeen = false;
    bool cleanExit = false;

    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] static SessionState fromJson(const QByteArray& bytes); // defaults for anything odd
};

} // namespace cupel::app
