// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration that Keras makes a model from, wherever it stands: config.json, an attribute of an HDF5 file, a
// field of a SavedModel. Every object of it is judged, nested and repeated ones too.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/model_parts.h"

namespace cupel::formats {

// `json` is the place of the JSON text in the file.
void readKerasConfig(ByteRange json, ModelParts& parts, Budget& budget);

} // namespace cupel::formats
