// SPDX-License-Identifier: GPL-3.0-or-later
// Writes down in the files of decisions which pictures somebody has looked at, in the background. UI thread; the
// gallery owns it.
#pragma once

#include "analyzers/review/picture_marks.h"
#include "app/session/session_worker.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QString>

#include <map>

namespace cupel::app {

class Session;

class MarkKeeper {
    Q_DECLARE_TR_FUNCTIONS(MarkKeeper)
public:
    using Changes = std::map<QString, review::PictureMarkChanges>; // by folder

    explicit MarkKeeper(Session& session);
    ~MarkKeeper(); // what is not yet written is
    MarkKeeper(const MarkKeeper&) = delete;
    MarkKeeper& operator=(const MarkKeeper&) = delete;
    void change(Changes changes);

private:
    struct Written {
        Changes what;
        std::map<QString, QString> troubles; // by folder
    };
    static Written write(const Changes& changes);
    void take(const Written& written);

    Session& m_session;
    Changes m_pending; // until they are known to be written
    SessionWorker<Changes, Written> m_writer;
};

} // namespace cupel::app
