// SPDX-License-Identifier: GPL-3.0-or-later
// Frees large values on its own thread: letting go of a thousand analyses must not cost the window a frame.
#pragma once

#include <any>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace cupel::app {

class Disposer {
public:
    Disposer()
        : m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }
    void dispose(std::any value)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_values.push_back(std::move(value));
        }
        m_changed.notify_one();
    }

private:
    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return !m_values.empty(); })) {
            std::vector<std::any> values = std::exchange(m_values, {});
            lock.unlock();
            values.clear();
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<std::any> m_values;
    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace cupel::app
