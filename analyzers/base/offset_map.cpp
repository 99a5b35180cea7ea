// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/offset_map.h"

#include <algorithm>

namespace cupel {

const OffsetMap::Segment* OffsetMap::find(std::uint64_t text) const
{
    const auto after = std::upper_bound(
        m_segments.begin(), m_segments.end(), text, [](auto offset, const Segment& s) { return offset < s.text; });
    return after == m_segments.begin() ? nullptr : &*std::prev(after);
}

void OffsetMap::append(const OffsetMap& other, std::uint64_t from, std::uint64_t shift)
{
    if (const auto* first = other.find(from)) {
        auto segment = *first;
        if (!first->inBlock(from)) {
            segment = {0, first->linearAt(from), 0, 0};
        } else if (first->blockText > 0) {
            segment.blockText = first->blockText - (from - first->text);
        }
        segment.text = from + shift;
        m_segments.push_back(segment);
    }
    for (auto segment : other.m_segments) {
        if (segment.text > from) {
            segment.text += shift;
            m_segments.push_back(segment);
        }
    }
}

std::uint64_t OffsetMap::toRaw(std::uint64_t text) const
{
    const auto* segment = find(text);
    if (!segment) {
        return text;
    }
    return segment->inBlock(text) ? segment->raw : segment->linearAt(text);
}

ByteRange OffsetMap::toRaw(ByteRange text) const
{
    const auto start = toRaw(text.start);
    if (text.empty()) {
        return {start, start};
    }
    const auto last = text.end - 1;
    const auto* segment = find(last);
    if (!segment) {
        return {start, last + 1};
    }
    const auto end = segment->inBlock(last) ? segment->raw + segment->rawLength : segment->linearAt(last) + 1;
    return {start, std::max(start, end)};
}

std::uint64_t OffsetMap::toText(std::uint64_t raw, std::uint64_t textSize) const
{
    // Segments are in raw order too: text is always derived front to back.
    const auto after = std::upper_bound(
        m_segments.begin(), m_segments.end(), raw, [](auto offset, const Segment& s) { return offset < s.raw; });
    if (after == m_segments.begin()) {
        return m_segments.empty() ? std::min(raw, textSize) : m_segments.front().text;
    }
    const auto& segment = *std::prev(after);
    const auto next = after == m_segments.end() ? textSize : after->text;
    const auto blockEnd = segment.raw + segment.rawLength;
    if (raw < blockEnd) {
        return segment.text;
    }
    return segment.isBlock() ? next : std::min(segment.text + segment.blockText + (raw - blockEnd), next);
}

} // namespace cupel
