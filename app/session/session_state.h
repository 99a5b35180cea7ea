// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back after a restart: files, mode, filter, selection, window. Places and names only, no content.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace cupel::app {

struct SessionState {
    static constexpr qint64 maxBytes = 4 << 20;

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
    bool tourSeen = false;
    bool cleanExit = false;

    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] static SessionState fromJson(const QByteArray& bytes); // defaults for anything odd
};

} // namespace cupel::app
