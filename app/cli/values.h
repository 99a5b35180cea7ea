// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers with units as people type them. Empty results: the text is none of these, or too large.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cupel::cli {

[[nodiscard]] std::optional<std::uint64_t> parseCount(std::string_view text);
// "90", "90s", "500ms", "5m", "1h".
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);
// "1048576", "500K", "500M", "2G" (powers of 1024, an optional B or iB after the letter).
[[nodiscard]] std::optional<std::uint64_t> parseSize(std::string_view text);

} // namespace cupel::cli
