// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/budget.h"

namespace cupel {

bool Budget::inflate(std::uint64_t bytes)
{
    const auto total = m_inflated->fetch_add(bytes) + bytes;
    if (total > m_limits.inflatedBytes && m_stop == Stop::None) {
        m_stop = Stop::Inflation;
    }
    return spend(bytes);
}

Budget Budget::child() const
{
    Budget copy = *this;
    copy.m_sinceCheck = 0;
    return copy;
}

bool Budget::check()
{
    m_sinceCheck = 0;
    if (m_stop == Stop::None) {
        if (m_token.stop_requested()) {
            m_stop = Stop::Cancelled;
        } else if (m_deadline && Clock::now() >= *m_deadline) {
            m_stop = Stop::Deadline;
        }
    }
    return m_stop == Stop::None;
}

} // namespace cupel
