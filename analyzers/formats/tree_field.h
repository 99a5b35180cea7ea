// SPDX-License-Identifier: GPL-3.0-or-later
// Trees of boosted models as fields of what the model declares: how large each is, and a digest of its bytes, so that
// two versions can be told apart tree by tree. XGBoost in its three forms and LightGBM share the words.
#pragma once

#include "analyzers/model/model_content.h"

#include <cstdint>
#include <optional>

namespace cupel::formats {

// "trees.3" is "7 nodes, SHA-256 beginning 0011223344556677"; no field beyond half of ModelContent::mostFields. `place`
// in `bytes`, which count as read: the caller spends for them. Without nodes only the digest.
void addTree(
    ModelContent& model, ByteView bytes, std::uint64_t number, std::optional<std::uint64_t> nodes, ByteRange place);

} // namespace cupel::formats
