// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in sentences for people: sizes in the unit they are counted in, and words that agree with a count. One way
// for the window, the reports and the command line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel {

struct SizeWords {
    double number = 0;
    int decimals = 0; // to show
    std::string_view unit; // "B", "KiB": steps of 1024
};
[[nodiscard]] SizeWords sizeWords(std::uint64_t bytes);
[[nodiscard]] std::string humanBytes(std::uint64_t bytes); // "23.4 KiB"

// "1 byte follows", "2 bytes follow"
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one, std::string_view many);
// Each "{one|many}" of a sentence by the count it goes with.
[[nodiscard]] std::string agreeing(std::string_view sentence, bool one);

} // namespace cupel
