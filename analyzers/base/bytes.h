// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a file and half-open ranges in them. Offsets are always bytes from the start of the file on disk.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel {

using ByteView = std::string_view;

struct ByteRange {
    std::uint64_t start = 0;
    std::uint64_t end = 0; // exclusive

    [[nodiscard]] constexpr std::uint64_t size() const { return end > start ? end - start : 0; }
    [[nodiscard]] constexpr bool empty() const { return end <= start; }
    [[nodiscard]] constexpr bool contains(std::uint64_t offset) const { return offset >= start && offset < end; }
    [[nodiscard]] constexpr bool overlaps(ByteRange other) const { return start < other.end && other.start < end; }
    friend constexpr auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

// The part of `bytes` inside `range`, clipped: a range that came from a file never reads outside.
[[nodiscard]] constexpr ByteView slice(ByteView bytes, ByteRange range)
{
    if (range.start >= bytes.size() || range.empty()) {
        return {};
    }
    return bytes.substr(range.start, range.size());
}

} // namespace cupel
