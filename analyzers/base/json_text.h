// SPDX-License-Identifier: GPL-3.0-or-later
// Undoing the escapes of a JSON string (RFC 8259 section 7) into UTF-8.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/offset_map.h"

#include <cstdint>
#include <string>

namespace cupel {

struct Unescaped {
    std::uint64_t end = 0; // where decoding stopped
    bool stoppedAtQuote = false;
};

// Decodes text[at, end) and appends to `out`, with segments in `map` (offsets of `out` and of `text`). Stops before an
// unescaped quote when `stopAtQuote`, and when `out` has grown to `maxOut` bytes. Lone surrogates become U+FFFD;
// unknown escapes stay as written. Never fails.
Unescaped unescapeJson(ByteView text, std::uint64_t at, std::uint64_t end, bool stopAtQuote, std::string& out,
    OffsetMap& map, std::size_t maxOut);

void appendUtf8(std::string& out, char32_t codePoint); // U+FFFD for values that are not scalar

} // namespace cupel
