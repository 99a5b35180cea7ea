// SPDX-License-Identifier: GPL-3.0-or-later
// base64, base32, base58, hex, percent and zlib, all bounded and tolerant of what a hostile file writes.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cupel {

// Standard and URL alphabets, padding optional, white space skipped. nullopt when another character is met or the
// length cannot be base64.
[[nodiscard]] std::optional<std::string> decodeBase64(ByteView text);
[[nodiscard]] std::optional<std::string> decodeBase32(ByteView text); // RFC 4648, padding optional, upper case
[[nodiscard]] std::optional<std::string> decodeBase58(ByteView text, std::size_t maxChars = 256); // Bitcoin alphabet
[[nodiscard]] std::optional<std::string> decodeHex(ByteView text);
// The number that `digits` hex digits (at most 8) at `at` write; -1 when they are not all there.
[[nodiscard]] std::int64_t readHex(ByteView text, std::size_t at, std::size_t digits);
[[nodiscard]] std::string decodePercent(ByteView text); // %XX; anything else stays
// zlib, gzip or raw deflate when `bytes` has such a header; at most `maxBytes` come out. nullopt: not compressed.
[[nodiscard]] std::optional<std::string> inflate(ByteView bytes, std::size_t maxBytes, Budget& budget);
// Deflate without any header, as zip members have it. nullopt: nothing comes out.
[[nodiscard]] std::optional<std::string> inflateRaw(ByteView bytes, std::size_t maxBytes, Budget& budget);

} // namespace cupel
