// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a team's file, looked at before it is parsed: it may come from anybody. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cupel::threats {

// What the lines of a file may hold together: a list of empty texts takes ten times its length in memory. Five hundred
// thousand lines, as people make them, have half of it.
struct LineBudget {
    std::size_t values = 4'000'000;
};
// Why it must not be parsed; null: it may.
[[nodiscard]] const char* troubleOf(std::string_view line, LineBudget& budget);

// The first text of a line that is JSON, with its quotes.
[[nodiscard]] std::string_view firstKeyOf(std::string_view line);

} // namespace cupel::threats
