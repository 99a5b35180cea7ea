// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensor_difference.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cupel::formats {

void SideValues::add(double value)
{
    ++count;
    if (std::isnan(value)) {
        ++notNumbers;
        return;
    }
    if (std::isinf(value)) {
        ++infinite;
        return;
    }
    const auto before = finite() - 1;
    least = before == 0 ? value : std::min(least, value);
    most = before == 0 ? value : std::max(most, value);
    mean += (value - mean) / static_cast<double>(before + 1);
}

DifferenceCounter::DifferenceCounter(ElementForm before, ElementForm after, bool paired)
    : m_before(before.dtype, before.order)
    , m_after(after.dtype, after.order)
    , m_sameForm(before == after)
{
    m_out.before.known = static_cast<bool>(m_before);
    m_out.after.known = static_cast<bool>(m_after);
    m_out.paired = paired && m_before && m_after;
}

void DifferenceCounter::add(ByteView before, ByteView after)
{
    const auto left = m_before ? before.size() / m_before.width() : 0;
    const auto right = m_after ? after.size() / m_after.width() : 0;
    if (!m_out.paired || left != right) {
        for (std::size_t i = 0; i < left; ++i) {
            m_out.before.add(m_before(before.data() + i * m_before.width()));
        }
        for (std::size_t i = 0; i < right; ++i) {
            m_out.after.add(m_after(after.data() + i * m_after.width()));
        }
        m_out.paired = m_out.paired && left == right;
        return;
    }
    for (std::size_t i = 0; i < left; ++i) {
        const auto* a = before.data() + i * m_before.width();
        const auto* b = after.data() + i * m_after.width();
        const double old = m_before(a);
        const double now = m_after(b);
        m_out.before.add(old);
        m_out.after.add(now);
        const bool both = std::isnan(old) && std::isnan(now);
        const bool differs = m_sameForm ? std::memcmp(a, b, m_before.width()) != 0 : !both && old != now;
        m_out.changed += differs ? 1 : 0;
        m_out.toNotNumber += std::isnan(now) && !std::isnan(old) ? 1 : 0;
        m_out.toInfinite += std::isinf(now) && !std::isinf(old) ? 1 : 0;
        m_out.toFinite += std::isfinite(now) && !std::isfinite(old) ? 1 : 0;
        if (differs && std::isfinite(old) && std::isfinite(now)) {
            ++m_out.measured;
            m_out.largest = std::max(m_out.largest, std::fabs(now - old));
        }
    }
}

} // namespace cupel::formats
