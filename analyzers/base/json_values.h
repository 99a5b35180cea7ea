// SPDX-License-Identifier: GPL-3.0-or-later
// What an outline of JSON keeps as ranges only: keys with their escapes undone, the strings inside of any range, arrays
// of numbers. Nothing is believed: what is not exactly that is told.
#pragma once

#include "analyzers/base/json_outline.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cupel {

// The name of a member, at most `maxBytes` of it; empty for elements of arrays.
[[nodiscard]] std::string jsonKey(ByteView text, const JsonNode& node, std::size_t maxBytes = 4'096);
// What stands between the quotes of one JSON string.
[[nodiscard]] std::string jsonText(ByteView text, ByteRange inside, std::size_t maxBytes = 4'096);
// Every string in `range` (keys too), in order: the bytes between its quotes. False from `take` stops.
void eachJsonString(ByteView text, ByteRange range, const std::function<bool(ByteRange inside)>& take);
// The elements of an array that holds nothing but integers from 0 on, without signs, points or exponents. False: it
// does not, or has more than `most`.
[[nodiscard]] bool jsonCounts(ByteView text, ByteRange array, std::size_t most, std::vector<std::uint64_t>& out);

} // namespace cupel
