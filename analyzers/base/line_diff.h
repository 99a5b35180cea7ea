// SPDX-License-Identifier: GPL-3.0-or-later
// The shortest way from one list of lines to another (Myers 1986), within a budget of steps: when two texts have too
// little in common, the middle is given as replaced as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel {

struct DiffRun {
    enum class Kind : std::uint8_t { Same, Removed, Added };
    Kind kind = Kind::Same;
    std::size_t before = 0; // first line in the old list
    std::size_t after = 0; // first line in the new list
    std::size_t count = 0;
};

// In order; neighbours differ in kind. `steps`: the most differences looked for.
[[nodiscard]] std::vector<DiffRun> diffLines(
    const std::vector<std::string_view>& before, const std::vector<std::string_view>& after, std::size_t steps = 500);

// At '\n'; the last line only when it is not empty, or the only one.
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view text);

} // namespace cupel
