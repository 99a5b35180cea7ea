// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a very long template when what renders to nothing or to blanks goes out of it: comments and runs of
// blanks. So what stands behind megabytes of them is judged like any other.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cupel::rules::model {

struct ShortTemplate {
    std::string text;
    bool lossy = false; // words of the conversation went as well
    // Where a run of its text stood: its offset here, and there.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;

    [[nodiscard]] ByteRange toWhole(ByteRange range) const;
};

// Longer than `most` only where its tags are.
[[nodiscard]] ShortTemplate shortened(ByteView whole, std::size_t most);

} // namespace cupel::rules::model
