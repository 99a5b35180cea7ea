// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts that libraries and documents of data science load from all the time. Known is not safe: it says that the
// address is no surprise, so that the surprising ones stand out.
#pragma once

#include <string_view>

namespace cupel::rules::outputs {

[[nodiscard]] bool isLibraryHost(std::string_view lowerHost); // serves scripts and styles of published libraries
[[nodiscard]] bool isKnownHost(std::string_view lowerHost); // the same, documentation, video, code hosting
[[nodiscard]] bool isLocalHost(std::string_view lowerHost); // localhost and its kin

} // namespace cupel::rules::outputs
