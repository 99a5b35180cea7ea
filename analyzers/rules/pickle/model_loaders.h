// SPDX-License-Identifier: GPL-3.0-or-later
// What the loaders of skops and of Keras do: those that are asked for types and layers, not for a pickle.
#pragma once

#include "analyzers/rules/pickle/loaders.h"

namespace cupel::rules::pickle {

// Of schema.json of an archive of skops.
[[nodiscard]] std::vector<LoaderAnswer> skopsAnswers(const Artifact& artifact, const Facts& facts);
// Of a configuration of Keras, wherever it stands, and of weights. None: it is neither.
[[nodiscard]] std::vector<LoaderAnswer> kerasAnswers(const Artifact& artifact, const Facts& facts);

} // namespace cupel::rules::pickle
