// SPDX-License-Identifier: GPL-3.0-or-later
// The host of an address as browsers compare it (WHATWG URL, section 3.5): percent code undone, letters and dots of
// other widths taken for those of ASCII, numbers of any base for the four of an address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats {

// `written`: without user and port. Nothing: browsers take it for no host and load nothing.
[[nodiscard]] std::optional<std::string> readHost(std::string_view written);

} // namespace cupel::formats
