// SPDX-License-Identifier: GPL-3.0-or-later
// The object a stream makes, as rows of an outline. Bounded: breadth, depth and number of rows.
#pragma once

#include "analyzers/formats/pickle/show.h"

namespace cupel::formats::pickle {

void addTree(const Values& values, Value object, PickleFacts& facts);

} // namespace cupel::formats::pickle
