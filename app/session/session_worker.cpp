// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session_worker.h"

#include "app/session/session.h"

namespace cupel::app {

SessionTicks::SessionTicks(Session& session, std::function<bool()> look)
    : m_session(session)
    , m_look(std::move(look))
    , m_looking(std::make_shared<bool>(false))
{
}

void SessionTicks::start()
{
    if (std::exchange(*m_looking, true)) {
        return;
    }
    m_session.watch([this, alive = std::weak_ptr(m_looking)] {
        const std::shared_ptr<bool> looking = alive.lock();
        if (!looking) {
            return false;
        }
        *looking = m_look();
        return *looking;
    });
}

} // namespace cupel::app
