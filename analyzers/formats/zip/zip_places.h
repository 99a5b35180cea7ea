// SPDX-License-Identifier: GPL-3.0-or-later
// Where the packed bytes of members stand in a zip, by its last directory: for those who show every byte of a file as
// what it is. Members that are not packed are parts of the file and say it themselves.
#pragma once

#include "analyzers/base/bytes.h"

#include <map>
#include <string_view>

namespace cupel::formats::zip {

// By name, which points into `bytes`; of names that stand twice the last. Empty: there is no directory.
[[nodiscard]] std::map<std::string_view, ByteRange> packedPlaces(ByteView bytes);

} // namespace cupel::formats::zip
