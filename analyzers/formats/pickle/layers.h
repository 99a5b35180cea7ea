// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles under layers of encodings: packed by a compressor, in base64, hex, base32, base85, written backwards, and any
// of these in one another. Only what begins (or ends, when it stands backwards) like one of them is undone.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cupel::formats::pickle {

struct Layered {
    std::string form; // "zlib in hex": what was undone, the innermost first
    std::string bytes; // of the pickle
};

// By a few bytes of its beginning and end. False: nothing is under it.
[[nodiscard]] bool mayBeLayered(ByteView content);
// `content`: the whole of a constant. Nothing where its layers lead to something else.
[[nodiscard]] std::optional<Layered> underLayers(ByteView content, Budget& budget);

// The next place from `at` on, before `end`, behind which a long word may be layered; `end`: none.
[[nodiscard]] std::uint64_t nextLayered(ByteView bytes, std::uint64_t at, std::uint64_t end);

} // namespace cupel::formats::pickle
