// SPDX-License-Identifier: GPL-3.0-or-later
// One thread that works on the latest request only: a new request replaces the waiting one and asks the running one to
// stop. request() and take() belong to one thread; results of overtaken requests are dropped.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace cupel::app {

template <typename Request, typename Result> class Worker {
public:
    using Run = std::function<Result(const Request&, const std::stop_token&)>;

    explicit Worker(Run run)
        : m_run(std::move(run))
        , m_thread([this](const std::stop_token& stop) { loop(stop); })
    {
    }
    ~Worker()
    {
        const std::lock_guard lock(m_mutex);
        m_current.request_stop();
        m_thread.request_stop();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void request(Request request)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_current.request_stop();
            m_waiting = std::move(request);
            m_result.reset();
            m_busy = true;
        }
        m_changed.notify_one();
    }
    // Nothing comes of what was asked for.
    void cancel()
    {
        const std::lock_guard lock(m_mutex);
        m_current.request_stop();
        m_waiting.reset();
        m_result.reset();
        m_busy = false;
    }
    [[nodiscard]] std::optional<Result> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_result, std::nullopt);
    }
    [[nodiscard]] bool busy() const
    {
        const std::lock_guard lock(m_mutex);
        return m_busy || m_result;
    }

private:
    void loop(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return m_waiting.has_value(); })) {
            const Request request = std::move(*std::exchange(m_waiting, std::nullopt));
            m_current = std::stop_source();
            const std::stop_token token = m_current.get_token();
            lock.unlock();
            std::optional<Result> result = m_run(request, token);
            lock.lock();
            if (!m_waiting && !token.stop_requested()) {
                m_result = std::move(result);
            }
            m_busy = m_waiting.has_value();
        }
    }

    Run m_run;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<Request> m_waiting;
    std::optional<Result> m_result;
    std::stop_source m_current;
    bool m_busy = false;
    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace cupel::app
