// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of Keras are texts of a configuration: marshalled code in base64, or its bytes as characters (Keras 1).
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>
#include <string>

namespace cupel::formats {

// What Python makes of a JSON string that may be such a text, `quoted` with its quotes; nothing: it begins otherwise.
[[nodiscard]] std::optional<std::string> marshalledBytes(ByteView text, ByteRange quoted);

} // namespace cupel::formats
