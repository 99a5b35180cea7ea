// SPDX-License-Identifier: GPL-3.0-or-later
// One entry of a safetensors header as it is written, and whether it can be what it says. Everything is checked in
// 128 bits before it is believed.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/json_outline.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::safetensors {

inline constexpr std::size_t mostEntries = 1'000'000;
inline constexpr std::size_t mostNodes = 4'000'000; // parts of one entry; of metadata a part is a text

struct Entry {
    std::string dtype;
    std::vector<std::uint64_t> shape;
    ByteRange offsets; // in the buffer behind the header
    std::string_view flaw; // code of what is wrong; empty: nothing
    std::string_view why; // for people
    bool moreFields = false;
};
[[nodiscard]] Entry readEntry(ByteView text, const JsonOutline& json, std::uint32_t node = 0);

// Bits of one element; 0: no such type.
[[nodiscard]] unsigned bitsOf(std::string_view dtype);

} // namespace cupel::formats::safetensors
