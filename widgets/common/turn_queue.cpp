// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/turn_queue.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

TurnQueue& TurnQueue::instance()
{
    static QPointer<TurnQueue> queue;
    if (!queue) {
        queue = new TurnQueue(QCoreApplication::instance());
    }
    return *queue;
}

TurnQueue::TurnQueue(QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    m_timer.callOnTimeout(this, &TurnQueue::tick);
}

void TurnQueue::post(QObject* owner, std::function<void()> work)
{
    const auto known =
        std::find_if(m_jobs.begin(), m_jobs.end(), [owner](const Job& job) { return job.owner == owner; });
    if (known != m_jobs.end()) {
        known->work = std::move(work);
    } else {
        m_jobs.push_back({owner, std::move(work)});
    }
    m_timer.start();
}

void TurnQueue::spend(const std::function<void()>& work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    m_spent += clock.nsecsElapsed() / 1'000;
    m_timer.start();
}

void TurnQueue::tick()
{
    m_spent = 0;
    if (m_jobs.empty()) {
        m_clock.invalidate();
        return;
    }
    // A turn that had something else to do is not asked for more: the one in which something was posted, and those that
    // paint what changed.
    constexpr int mostSkipped = 4;
    const bool busy = !m_clock.isValid() || m_clock.nsecsElapsed() / 1'000 > turnWork / 2;
    if (busy && m_skipped < mostSkipped) {
        ++m_skipped;
        m_clock.start();
        m_timer.start();
        return;
    }
    m_skipped = 0;
    while (!m_jobs.empty() && !full()) {
        const auto job = std::move(m_jobs.front());
        m_jobs.erase(m_jobs.begin());
        if (job.owner) {
            spend(job.work);
        }
    }
    m_clock.start();
    m_timer.start(); // for the others, or to forget what this turn took
}

} // namespace cupel::widgets
