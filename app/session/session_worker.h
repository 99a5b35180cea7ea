// SPDX-License-Identifier: GPL-3.0-or-later
// A worker whose results come at the session's ticks. The session is asked for ticks only while something is under way,
// and only once, however often something is requested meanwhile. Results of overtaken and of cancelled requests are
// dropped. UI thread.
//
// The session outlives it. It may go at any time but from within its own callbacks: no tick reaches it afterwards, and
// its thread has ended then. Its callbacks are its owner's, so it is a member; they may request and cancel.
#pragma once

#include "app/session/worker.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace cupel::app {

class Session;

// What needs no types of it: looks at every tick until `look` says that nothing is under way.
class SessionTicks {
public:
    SessionTicks(Session& session, std::function<bool()> look);
    SessionTicks(const SessionTicks&) = delete;
    SessionTicks& operator=(const SessionTicks&) = delete;
    void start(); // nothing, while it looks already

private:
    Session& m_session;
    std::function<bool()> m_look;
    std::shared_ptr<bool> m_looking; // the session's poll may outlive this
};

template <typename Request, typename Result> class SessionWorker {
public:
    using Run = typename Worker<Request, Result>::Run; // on the thread
    using Take = std::function<void(Result)>;
    using Wait = std::function<void()>; // at a tick that brings no result: to show how far it is

    SessionWorker(Session& session, Run run, Take take, Wait wait = {})
        : m_ticks(session, [this] { return look(); })
        , m_take(std::move(take))
        , m_wait(std::move(wait))
        , m_worker(std::move(run))
    {
    }

    void request(Request request)
    {
        m_worker.request(std::move(request));
        m_ticks.start();
    }
    void cancel() { m_worker.cancel(); }
    [[nodiscard]] bool busy() const { return m_worker.busy(); } // false once the result is given to `take`

private:
    bool look()
    {
        if (std::optional<Result> result = m_worker.take()) {
            m_take(std::move(*result));
        } else if (m_wait) {
            m_wait();
        }
        return m_worker.busy(); // asked last: `take` may have requested more
    }

    SessionTicks m_ticks;
    Take m_take;
    Wait m_wait;
    Worker<Request, Result> m_worker; // last: joins before the rest goes
};

} // namespace cupel::app
