// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/redact.h"

#include <algorithm>
#include <cctype>

namespace cupel {

std::string mask(ByteView value)
{
    constexpr std::size_t longEnough = 16;
    constexpr std::size_t kept = 4;
    std::string out;
    if (value.size() > longEnough) {
        const auto head = value.substr(0, kept);
        const bool plain = std::all_of(head.begin(), head.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
        out = plain ? std::string(head) : std::string();
    }
    return out.append(maskDots);
}

void maskValue(std::string& text, ByteView value)
{
    constexpr std::size_t shortest = 4;
    constexpr std::size_t recognisable = 8; // of a value that is cut off
    constexpr std::string_view cutSign = "\u2026";
    if (value.size() < shortest) {
        return;
    }
    const ByteView head = value.substr(0, recognisable);
    for (auto at = text.find(head); at != std::string::npos; at = text.find(head, at)) {
        std::size_t size = head.size();
        while (size < value.size() && at + size < text.size() && text[at + size] == value[size]) {
            ++size;
        }
        const ByteView rest = ByteView(text).substr(at + size);
        if (size == value.size() || rest.empty() || rest == cutSign) {
            text.replace(at, size, maskDots);
            at += maskDots.size();
        } else {
            ++at;
        }
    }
}

void mergeRanges(std::vector<ByteRange>& ranges)
{
    std::sort(ranges.begin(), ranges.end());
    std::vector<ByteRange> merged;
    for (const auto& range : ranges) {
        if (!merged.empty() && range.start <= merged.back().end) {
            merged.back().end = std::max(merged.back().end, range.end);
        } else if (!range.empty()) {
            merged.push_back(range);
        }
    }
    ranges = std::move(merged);
}

bool touches(std::span<const ByteRange> ranges, ByteRange range)
{
    const auto after = std::upper_bound(
        ranges.begin(), ranges.end(), range.start, [](auto offset, const ByteRange& r) { return offset < r.end; });
    return after != ranges.end() && after->overlaps(range);
}

} // namespace cupel
