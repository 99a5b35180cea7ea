// SPDX-License-Identifier: GPL-3.0-or-later
// What pure operations on texts give in Jinja: filters, methods, operators. All bounded.
#pragma once

#include "analyzers/code/jinja_fold.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

inline constexpr std::string_view jinjaUnknown = "\uFFFD";

// As one text: exact ones, numbers, or what is not known.
[[nodiscard]] std::vector<std::string> jinjaTexts(const JinjaValue& value);
[[nodiscard]] JinjaValue concatenated(const JinjaValue& left, const JinjaValue& right);
[[nodiscard]] JinjaValue joined(const std::vector<std::string>& items, const std::string& between);
// A filter or method of texts: "lower", "replace", "reverse" ... False: it is none, `value` stays.
bool applyTextOperation(std::string_view name, const std::vector<const JinjaValue*>& arguments, JinjaValue& value);
// `%` and |format with %s, str.format with {}.
[[nodiscard]] JinjaValue formatted(
    const JinjaValue& value, const std::vector<const JinjaValue*>& arguments, bool braces);
[[nodiscard]] JinjaValue sliced(const JinjaValue& value, std::optional<std::int64_t> from,
    std::optional<std::int64_t> to, std::optional<std::int64_t> step);
[[nodiscard]] JinjaValue repeatedText(const JinjaValue& value, std::int64_t times);
[[nodiscard]] std::string shownText(std::string_view text); // in quotes, cut
void addAlternatives(JinjaValue& value, const JinjaValue& more);

} // namespace cupel::code
