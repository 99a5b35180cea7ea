// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the names of users out of paths into their home folders, in texts of a graph or a threat model: dots stand
// there, as a scan shows them.
#pragma once

#include <string>
#include <string_view>

namespace cupel::engine {

[[nodiscard]] std::string withoutHomes(std::string_view text);

} // namespace cupel::engine
