// SPDX-License-Identifier: GPL-3.0-or-later
// Short checksums that credential formats and containers carry.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cupel {

[[nodiscard]] std::uint32_t crc32(ByteView bytes, std::uint32_t before = 0); // ISO 3309, as zlib; goes on
// RFC 3720, goes on from `before`; and the form in which LevelDB and TensorFlow write it down.
[[nodiscard]] std::uint32_t crc32c(ByteView bytes, std::uint32_t before = 0);
[[nodiscard]] std::uint32_t maskedCrc32c(std::uint32_t crc);
[[nodiscard]] std::uint16_t crc16Xmodem(ByteView bytes); // polynomial 0x1021, start 0: NATS keys
[[nodiscard]] std::uint32_t crc24OpenPgp(ByteView bytes); // RFC 4880 section 6.1
// `digits` of base 62 (0-9A-Za-z), left padded with '0'.
[[nodiscard]] std::string toBase62(std::uint64_t value, std::size_t digits);
// Payload of base58check (4 bytes of double SHA-256 at the end), nullopt when the checksum is wrong.
[[nodiscard]] std::optional<std::string> decodeBase58Check(ByteView text);
// BIP-173 checksum over human part and data; any case, not mixed.
[[nodiscard]] bool isBech32(ByteView text);

} // namespace cupel
