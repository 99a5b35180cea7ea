// SPDX-License-Identifier: GPL-3.0-or-later
// Results from worker threads to one reader that drains them in batches (the UI tick, the CLI loop). Std primitives
// only, so that ThreadSanitizer sees every access.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace cupel {

template <typename T> class Mailbox {
public:
    void post(T item)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_items.push_back(std::move(item));
        }
        m_ready.notify_one();
    }
    // Whoever waits looks again: there may be nothing more to come.
    void wake()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_woken = true;
        }
        m_ready.notify_all();
    }
    // Everything posted so far, oldest first; never waits.
    [[nodiscard]] std::vector<T> drain()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_items, {});
    }
    // Like drain(), but waits up to `timeout` for the first item or wake().
    [[nodiscard]] std::vector<T> waitAndDrain(std::chrono::milliseconds timeout)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait_for(lock, timeout, [this] { return !m_items.empty() || m_woken; });
        m_woken = false;
        return std::exchange(m_items, {});
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::vector<T> m_items;
    bool m_woken = false;
};

} // namespace cupel
