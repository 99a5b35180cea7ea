// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a TensorFlow Lite model its tables lead to, all of schema.fbs. Options of operators are more than a
// hundred kinds of tables: what looks like a list of theirs is one.
#pragma once

#include "analyzers/base/flatbuffer_walk.h"

namespace cupel::formats::tflite {

[[nodiscard]] FlatLayout layoutOf(ByteView file, Budget& budget);

} // namespace cupel::formats::tflite
