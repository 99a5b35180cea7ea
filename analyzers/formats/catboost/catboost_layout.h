// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a FlatBuffer of CatBoost its tables lead to (model.fbs, features.fbs, ctr_data.fbs of CatBoost 1.2).
#pragma once

#include "analyzers/base/flatbuffer_walk.h"

namespace cupel::formats::catboost {

enum class Root : std::uint8_t { Model, Statistics }; // TModelCore, TCtrValueTable

[[nodiscard]] FlatLayout layoutOf(ByteView bytes, Root root, Budget& budget);

} // namespace cupel::formats::catboost
