// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles inside the constants of a pickle: as they are, in Latin-1 text, base64 or hex, or under several layers. Each
// becomes a member with a judgement of its own.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel {
class Budget;
}

namespace cupel::formats::pickle {

struct NestedPickle {
    ByteRange place; // in the file
    std::string form; // "bytes", "text", "base64", "hex", "zlib in hex" ...
    std::string bytes; // decoded
};
// Those in one literal, the first few.
[[nodiscard]] std::vector<NestedPickle> nestedIn(ByteView bytes, const Op& op, bool text, Budget& budget);

// One in a text that is no constant of a pickle: metadata, settings. Begins where the text begins, but for base64 and
// raw bytes that name something, which are found anywhere. Its place stays empty.
[[nodiscard]] std::optional<NestedPickle> nestedInText(ByteView text, Budget& budget);

// False: nestedIn() finds nothing in the bytes that stand there. For those that are no text or were written as bytes.
[[nodiscard]] bool mayHoldNested(ByteView bytes, ByteRange content);

// Tells of most texts that they hold none: the first bytes of every form are sought in the bytes of all opcodes at
// once, not in one literal after the other.
class NestedSigns {
public:
    explicit NestedSigns(ByteView bytes)
        : m_bytes(bytes)
    {
    }
    // False: nestedIn() finds nothing in a text without escapes that stands there. Quickest in rising order.
    [[nodiscard]] bool mayStandIn(ByteRange text);
    // The same of all texts between `at` and there, but for those that begin with the digits of a pickle.
    [[nodiscard]] std::uint64_t quietUntil(std::uint64_t at);

private:
    void search(ByteRange text);
    ByteView m_bytes;
    std::uint64_t m_from = 0; // what was searched
    std::uint64_t m_until = 0;
    std::uint64_t m_next = 0; // the first sign in it, or its end
};

} // namespace cupel::formats::pickle
