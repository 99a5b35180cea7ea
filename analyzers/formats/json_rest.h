// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind the value of a JSON text: readers that stop at its end never see it.
#pragma once

#include "analyzers/base/json_outline.h"
#include "analyzers/model/facts.h"

#include <algorithm>

namespace cupel::formats {

// `end`: of the JSON, in the text. What is wrong with it is told by the format.
inline void keepJsonRest(const JsonOutline& json, std::uint64_t end, const Facts& facts, ModelContent& model)
{
    const auto& troubles = json.troubles();
    const auto rest = std::find_if(troubles.begin(), troubles.end(),
        [](const JsonTrouble& one) { return one.kind == JsonTrouble::Kind::TrailingText; });
    if (rest != troubles.end() && rest->offset < end) {
        model.keepLeftover(facts.toFile({rest->offset, end}));
    }
}

} // namespace cupel::formats
