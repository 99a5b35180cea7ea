// SPDX-License-Identifier: GPL-3.0-or-later
// What a number proves about itself: check digits, structure, plausible dates. One line each in validators.def, one
// small pure function each in checks/*.cpp; all take the value without separators, letters in upper case.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cupel::rules::pii {

enum class Proof : std::uint8_t {
    Checksum, // one wrong character makes it fail, or nearly always
    Structure, // prefixes, ranges, dates: says no to most that is something else
};

struct Validator {
    std::string_view name;
    bool (*holds)(std::string_view value);
    Proof proof;
};

[[nodiscard]] std::span<const Validator> validators();
[[nodiscard]] const Validator* findValidator(std::string_view name); // null: unknown

} // namespace cupel::rules::pii
