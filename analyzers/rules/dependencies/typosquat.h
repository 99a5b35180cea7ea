// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a name imitates a popular one, and how: the technique is what people understand and can check.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cupel::rules::dependencies {

struct Imitation {
    std::string target; // the popular name
    std::string_view technique; // "omission", "repetition", "transposition", "substitution", "homoglyph", ...
    bool strong = false; // hardly an accident, or one slip of a finger
};

// `name` in normal form. Nothing for popular names, real near names and names that are too short to tell.
[[nodiscard]] std::optional<Imitation> imitates(std::string_view name);

// "a letter is left out" for "omission" ...; the words of the finding.
[[nodiscard]] std::string_view explain(std::string_view technique);

} // namespace cupel::rules::dependencies
