// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/byte_cover.h"

#include <algorithm>

namespace cupel {

void ByteCover::add(ByteRange range)
{
    if (range.empty() || !m_known) {
        return;
    }
    if (!m_ranges.empty() && m_ranges.back().end == range.start) {
        m_ranges.back().end = range.end; // the usual case: one behind the other
        m_joined = std::min(m_joined, m_ranges.size() - 1);
        return;
    }
    m_ranges.push_back(range);
    if (m_ranges.size() - m_joined > mostRanges) {
        join();
        m_known = m_ranges.size() <= mostRanges;
    }
}

void ByteCover::join()
{
    std::sort(m_ranges.begin(), m_ranges.end());
    std::size_t kept = 0;
    for (const auto range : m_ranges) {
        if (kept > 0 && range.start <= m_ranges[kept - 1].end) {
            m_ranges[kept - 1].end = std::max(m_ranges[kept - 1].end, range.end);
        } else {
            m_ranges[kept++] = range;
        }
    }
    m_ranges.resize(kept);
    m_joined = kept;
}

std::vector<ByteRange> ByteCover::gaps(ByteRange whole)
{
    join();
    std::vector<ByteRange> out;
    auto at = whole.start;
    for (const auto range : m_ranges) {
        if (range.start >= whole.end) {
            break;
        }
        if (range.start > at) {
            out.push_back({at, range.start});
        }
        at = std::max(at, range.end);
    }
    if (at < whole.end) {
        out.push_back({at, whole.end});
    }
    return out;
}

bool isFiller(ByteView bytes)
{
    constexpr std::size_t page = 4'096;
    return bytes.size() <= page && bytes.find_first_not_of('\0') == ByteView::npos;
}

} // namespace cupel
