// SPDX-License-Identifier: GPL-3.0-or-later
// Values wrapped in base64, hex, percent signs, HTML entities or zlib: found in a text and undone one layer at a time.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::secrets {

struct Unwrapped {
    std::string text; // decoded; text, or a compressed stream undone
    ByteRange source; // the bytes of the text that encode it
    std::string_view how; // "base64", "hex", "percent", "zlib"
};

// How a text stands in a longer one that is given in pieces.
struct Seams {
    bool continues = false; // begins anywhere in what the piece before it held
    bool goesOn = false; // ends where the next piece goes on
    std::uint64_t repeated = 0; // bytes at its end that the next piece holds too
};

// Gives the wrapped pieces that decode to readable text, one after the other: few bytes can write many megabytes.
// Images, fonts and digests are left alone.
// Returns where something was left out: too many or too large, or a stream that goes on in the next piece; empty:
// nothing was.
std::optional<std::uint64_t> unwrapEach(
    ByteView text, Budget& budget, const std::function<void(Unwrapped)>& give, const Seams& seams = {});
// Whether anything in the text is wrapped.
[[nodiscard]] bool hasWrapped(ByteView text, Budget& budget);
// The same, all at once.
[[nodiscard]] std::vector<Unwrapped> unwrap(ByteView text, Budget& budget);

} // namespace cupel::rules::secrets
