// SPDX-License-Identifier: GPL-3.0-or-later
// The strings of a TOML document with the table and key they stand under, in one pass and constant memory. Arrays and
// inline tables are followed; numbers and dates are skipped; broken text loses its line. Not a validator.
#pragma once

#include "analyzers/base/bytes.h"

#include <functional>
#include <string>
#include <string_view>

namespace cupel::code {

struct TomlString {
    std::string_view table; // "project.optional-dependencies"; "[[package]]" gives "package"
    bool newTable = false; // the first string since the table's header
    std::string_view key; // of the line
    std::string_view inner; // of an inline table inside: version = "1" in {version = "1"}
    std::string_view value; // as written between the quotes
    ByteRange bytes; // of the value, in the text
    std::uint32_t depth = 0; // arrays around it
};

// Lines may start with `prefix` ("#"), which is passed over.
void readTomlStrings(
    std::string_view text, std::string_view prefix, const std::function<void(const TomlString&)>& take);

} // namespace cupel::code
