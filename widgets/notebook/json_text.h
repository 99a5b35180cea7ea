// SPDX-License-Identifier: GPL-3.0-or-later
// Lays JSON out in lines without understanding more than its tokens: broken JSON stays readable, no nesting recurses.
#pragma once

#include "analyzers/base/offset_map.h"

#include <string>
#include <string_view>

namespace cupel::widgets {

struct PrettyJson {
    std::string utf8;
    OffsetMap map; // offset in utf8 -> offset in the input
};

[[nodiscard]] PrettyJson prettyJson(std::string_view json);

} // namespace cupel::widgets
