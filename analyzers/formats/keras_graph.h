// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of a Keras configuration, functional or sequential, with models inside of models.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/graph_builder.h"

namespace cupel::formats {

// `json` is the place of the JSON text in `text`.
void readKerasGraph(ByteView text, ByteRange json, GraphBuilder& builder, Budget& budget);

} // namespace cupel::formats
