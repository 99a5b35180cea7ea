// SPDX-License-Identifier: GPL-3.0-or-later
// Values wrapped in base64, hex, percent signs, HTML entities or zlib: found in a text and undone one layer at a time.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::secrets {

struct Unwrapped {
    std::string text; // decoded; text, or a compressed stream undone
    ByteRange source; // the bytes of the text that encode it
    std::string_view how; // "base64", "hex", "percent", "zlib"
};

// Gives the wrapped pieces that decode to readable text, one after the other: few bytes can write many megabytes.
// Images, fonts and digests are left alone.
void unwrapEach(ByteView text, Budget& budget, const std::function<void(Unwrapped)>& give);
// The same, all at once.
[[nodiscard]] std::vector<Unwrapped> unwrap(ByteView text, Budget& budget);

} // namespace cupel::rules::secrets
