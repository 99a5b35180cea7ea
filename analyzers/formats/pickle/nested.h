// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles inside the constants of a pickle: as they are, in Latin-1 text, base64 or hex. Each becomes a member with a
// judgement of its own.
#pragma once

#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel {
class Budget;
}

namespace cupel::formats::pickle {

struct NestedPickle {
    ByteRange place; // in the file
    std::string_view form; // "bytes", "text", "base64", "hex"
    std::string bytes; // decoded
};
// Those in one literal, the first few.
[[nodiscard]] std::vector<NestedPickle> nestedIn(ByteView bytes, const Op& op, bool text);

} // namespace cupel::formats::pickle
