// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/budget.h"

#include <algorithm>

namespace cupel {

bool Budget::inflate(std::uint64_t bytes)
{
    const auto total = m_inflated->fetch_add(bytes) + bytes;
    if (total > m_limits.inflatedBytes && m_stop == Stop::None) {
        m_stop = Stop::Inflation;
    }
    return spend(bytes);
}

void Budget::limitInflation(std::uint64_t fileSize)
{
    constexpr std::uint64_t always = 256 << 20;
    // No overflow: nothing above the limit is multiplied.
    const auto ratio = std::max<std::uint64_t>(1, m_limits.inflationRatio);
    if (fileSize < m_limits.inflatedBytes / ratio) {
        m_limits.inflatedBytes = std::min(m_limits.inflatedBytes, std::max(always, fileSize * ratio));
    }
}

bool Budget::nestedMember()
{
    return m_nested->fetch_add(1) < m_limits.nestedEntries;
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
    if (m_pulse) {
        m_pulse();
    }
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
