// SPDX-License-Identifier: GPL-3.0-or-later
// Work of views that can wait for the next turn of the event loop. A turn does the first piece of it, and others only
// while all of them together stay short: a change of the text size concerns every view at once, and between two turns
// keys and clicks are answered.
#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <functional>
#include <vector>

namespace cupel::widgets {

class TurnQueue : public QObject {
public:
    static TurnQueue& instance();

    // Once, in a coming turn; asked again before that, it stays once. Nothing is called after the owner is gone.
    void post(QObject* owner, std::function<void()> work);

    // For work that is done outside the queue and may turn out long.
    void spend(const std::function<void()>& work);
    [[nodiscard]] bool full() const { return m_spent >= turnWork; }

private:
    struct Job {
        QPointer<QObject> owner;
        std::function<void()> work;
    };
    static constexpr qint64 turnWork = 10'000; // microseconds

    explicit TurnQueue(QObject* parent);
    void tick();

    QTimer m_timer;
    QElapsedTimer m_clock; // since the last turn, while there is work
    int m_skipped = 0;
    qint64 m_spent = 0;
    std::vector<Job> m_jobs;
};

} // namespace cupel::widgets
