// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes behind an end in which nothing can hide: nothing but zeros, or nothing but blanks and ends of lines. Whatever
// the format, they are told as what they are. Pure, any thread.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel {

enum class Padding : std::uint8_t { None, Zeros, Blanks };

[[nodiscard]] Padding paddingOf(ByteView bytes);

// A sentence with "{byte ...|bytes ...}" in it, about zeros or blanks.
[[nodiscard]] std::string aboutPadding(std::string_view sentence, Padding padding);

} // namespace cupel
