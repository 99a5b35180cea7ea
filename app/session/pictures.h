// SPDX-License-Identifier: GPL-3.0-or-later
// Decodes pictures on one thread of its own and keeps the last ones, within a bound. What was asked for last is decoded
// first: it is what is on the screen. UI thread; the session owns it, its tick drains it.
#pragma once

#include "analyzers/base/mailbox.h"
#include "widgets/models/picture.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace cupel::app {

class Session;

class Pictures : public widgets::PictureSource {
    Q_OBJECT
public:
    static constexpr qint64 mostBytes = 128 << 20; // of pixels that are kept
    static constexpr std::size_t mostWaiting = 256; // requests; older ones are dropped, and asked for again if seen

    explicit Pictures(Session& session, QObject* parent = nullptr);
    ~Pictures() override;
    [[nodiscard]] const widgets::Picture* find(const widgets::PictureRequest& request) override;
    [[nodiscard]] qint64 heldBytes() const { return m_held; }

private:
    struct Wanted {
        QByteArray key;
        widgets::PictureRequest request;
    };
    struct Made {
        QByteArray key;
        widgets::Picture picture;
    };
    struct Kept {
        widgets::Picture picture;
        quint64 used = 0; // when, by m_clock
    };
    void run(const std::stop_token& stop);
    [[nodiscard]] bool poll();
    void keep(Made made);
    void dropOldest();

    Session& m_session;
    QHash<QByteArray, Kept> m_kept;
    QSet<QByteArray> m_asked; // waiting or being decoded
    quint64 m_clock = 0;
    qint64 m_held = 0;
    bool m_polled = false;

    Mailbox<Made> m_made;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Wanted> m_waiting; // the newest first
    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace cupel::app
