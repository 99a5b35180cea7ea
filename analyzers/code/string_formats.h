// SPDX-License-Identifier: GPL-3.0-or-later
// The two formatting languages of Python strings with constant arguments, for string folding: "%s" % (...) and
// "{}".format(...). A field whose argument is unknown stays as it is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct FormatArgument {
    std::string name; // of name=value; empty: by place
    std::optional<std::string> value; // unknown at reading time: nothing
};

// Both give nothing when no field was filled. Results are at most `cap` bytes.
[[nodiscard]] std::optional<std::string> fillPercent(
    std::string_view format, const std::vector<FormatArgument>& arguments, std::size_t cap);
[[nodiscard]] std::optional<std::string> fillBraces(
    std::string_view format, const std::vector<FormatArgument>& arguments, std::size_t cap);

// A Python integer literal of at most 21 bits: 115, 0x73, 0o163, 0b1110011.
[[nodiscard]] std::optional<char32_t> characterNumber(std::string_view literal);

} // namespace cupel::code
