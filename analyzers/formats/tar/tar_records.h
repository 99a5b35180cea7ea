// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in front of a member and speaks of it: extended headers of POSIX (pax) and long names of GNU.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cupel::formats::tar {

// Of the next member; what is not set stands in its header.
struct Overrides {
    std::optional<std::string> name;
    std::optional<std::string> link;
    std::optional<std::uint64_t> size;
    ByteRange namePlace;
    bool sparse = false; // holes are left out of the data
    bool damaged = false; // a record that no reader takes
};

// Records "LENGTH KEY=VALUE\n" one after another; `at` is where `records` stands in the file.
void readPax(ByteView records, std::uint64_t at, Overrides& out);
// The data of a GNU long name or link: up to the first NUL.
[[nodiscard]] ByteView longText(ByteView data);

} // namespace cupel::formats::tar
