// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a FlatBuffer of CatBoost its tables lead to (model.fbs, features.fbs, ctr_data.fbs of CatBoost 1.2),
// so that what nothing leads to can be told. Follows each table once; no recursion.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cupel::formats::catboost {

enum class Root : std::uint8_t { Model, Statistics }; // TModelCore, TCtrValueTable

struct Layout {
    std::vector<ByteRange> gaps; // in order; empty where `known` is false
    bool known = true; // false: a limit was met, or tables lead out of the bytes
    bool newer = false; // a table has fields that the schema does not: a gap may belong to one of them
    std::optional<std::uint64_t> fault; // an offset that leads out of the bytes, the first
};
[[nodiscard]] Layout layoutOf(ByteView bytes, Root root, Budget& budget);

} // namespace cupel::formats::catboost
