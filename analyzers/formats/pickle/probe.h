// SPDX-License-Identifier: GPL-3.0-or-later
// Whether bytes could be a pickle: opcodes one after another with nothing but the height of the stack. Cheap and
// bounded; the machine has the last word.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats::pickle {

struct ProbeResult {
    std::uint64_t opcodes = 0; // that were in order
    std::uint64_t end = 0; // first byte not looked at, or behind STOP
    bool stopped = false; // reached STOP
    bool outOfBytes = false; // in order to the end of the bytes
    bool names = false; // GLOBAL, STACK_GLOBAL or INST
    bool calls = false;
};
[[nodiscard]] ProbeResult probe(ByteView bytes, std::uint64_t at, std::uint64_t mostOpcodes);

// Whether a pickle begins there: one that ends, is very long, or calls something. `needsName`: it has to name
// something.
[[nodiscard]] bool isPickle(ByteView bytes, bool needsName);

// The next place from `from` where a stream may begin: PROTO, and what follows is in order. npos: none.
inline constexpr std::uint64_t nowhere = ~std::uint64_t{0};
// Charged to the budget; none when that ends.
[[nodiscard]] std::uint64_t nextCandidate(ByteView bytes, std::uint64_t from, Budget& budget);

} // namespace cupel::formats::pickle
