// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that one of the usual compressors has packed, at once: for what lies inside texts and constants. Files come out
// step by step (formats/compressed).
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats {

// "gzip" ...; empty: they begin like none.
[[nodiscard]] std::string_view packedAs(ByteView head);
// At most `most` bytes; of what is cut off or damaged, those in front of it. Charged to the budget as unpacked.
[[nodiscard]] std::string unpacked(ByteView bytes, std::size_t most, Budget& budget);
// All of one stream, of which only the beginning is kept: what a format has to measure may be of any size.
struct Measured {
    std::string beginning;
    std::uint64_t size = 0; // unpacked; no more is read once it is above `most`
    bool damaged = false; // or cut off, or not packed in this way
    bool bytesFollow = false;
};
[[nodiscard]] Measured measured(ByteView bytes, std::string_view packedAs, std::uint64_t most, Budget& budget);
// As zips pack members by one of the rarer methods (APPNOTE 4.4.5): bzip2, LZMA, xz, Zstandard. Nothing: it is none of
// them. Python's zipfile opens what it was built for, whatever libzip was.
[[nodiscard]] std::optional<std::string> unpackedMember(
    std::uint32_t method, ByteView packed, std::size_t most, Budget& budget);

} // namespace cupel::formats
