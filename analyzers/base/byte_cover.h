// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a file belong to something: ranges are added in any order, and what none of them covers is asked for
// afterwards. In memory that a file cannot drive up: ranges that touch are put together.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <vector>

namespace cupel {

class ByteCover {
public:
    static constexpr std::size_t mostRanges = 1'000'000; // apart from each other

    // Empty ones are nothing.
    void add(ByteRange range);
    // What of `whole` no range covers, in order.
    [[nodiscard]] std::vector<ByteRange> gaps(ByteRange whole);
    // False: there were too many ranges, and some were not kept. What gaps() gives then means nothing.
    [[nodiscard]] bool isKnown() const { return m_known; }

private:
    void join();

    std::vector<ByteRange> m_ranges;
    std::size_t m_joined = 0; // the first of them, sorted and apart
    bool m_known = true;
};

// What lies between things and belongs to none, when it is what a writer fills up with: nothing but zeros, and no more
// than a page of them.
[[nodiscard]] bool isFiller(ByteView bytes);

} // namespace cupel
