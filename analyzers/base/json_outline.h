// SPDX-License-Identifier: GPL-3.0-or-later
// Located JSON for hostile files: one pass over the bytes gives the tree of values with their byte ranges. Broken JSON
// is repaired on the way (unquoted lines, missing commas, truncated ends) and each repair is counted with its offset.
// Deep or dull parts (lists of strings, anything below `detailDepth`) are one node with a range: memory stays small.
// RFC 8259; duplicate keys are all kept.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel {

enum class JsonType : std::uint8_t { Object, Array, String, Number, Literal };

struct JsonNode {
    JsonType type = JsonType::Literal;
    bool stringList = false; // an array that holds strings only (or nothing)
    bool opaque = false; // a container whose children were not recorded
    ByteRange key; // inside the quotes; empty for array elements and the top
    ByteRange value; // strings with their quotes
    std::uint32_t firstChild = 0; // index, 0: none
    std::uint32_t nextSibling = 0; // index, 0: none
    std::uint32_t parent = 0;
};

struct JsonTrouble {
    enum class Kind : std::uint8_t {
        Empty, // no value at all
        UnexpectedText, // something that is not JSON stands between values
        MissingSeparator, // comma or colon
        TrailingComma,
        UnterminatedString,
        ControlCharacter, // a raw line break inside a string
        BadEscape,
        MismatchedBracket,
        Truncated, // the file ends inside a value
        TrailingText, // after the top value
        TooDeep,
        NotANumber, // NaN, Infinity: Python writes them, JSON does not have them
    };
    Kind kind = Kind::Empty;
    std::uint64_t offset = 0; // of the first one
    std::uint32_t count = 0;
};

class JsonOutline {
public:
    struct Options {
        std::uint64_t start = 0; // offset to begin at (after a byte order mark)
        std::uint32_t detailDepth = 9; // nodes are recorded down to here
        std::uint32_t maxDepth = 1'024; // deeper text is skipped by counting brackets
        std::uint32_t maxNodes = 1'000'000;
    };
    // Ranges are offsets in `text`, which must stay alive for the other calls.
    static JsonOutline parse(ByteView text, Budget& budget, const Options& options);
    static JsonOutline parse(ByteView text, Budget& budget) { return parse(text, budget, Options{}); }

    [[nodiscard]] const std::vector<JsonNode>& nodes() const { return m_nodes; } // [0] is the top value when !empty()
    [[nodiscard]] bool empty() const { return m_nodes.empty(); }
    [[nodiscard]] const std::vector<JsonTrouble>& troubles() const
    {
        return m_troubles;
    } // one per kind, by first offset
    [[nodiscard]] bool valid() const { return m_troubles.empty(); }
    [[nodiscard]] std::uint64_t understood() const { return m_understood; } // bytes that were JSON
    // Text between values that is not JSON (bare lines, conflict markers); to be looked at as it stands.
    [[nodiscard]] const std::vector<ByteRange>& strayText() const { return m_stray; }
    [[nodiscard]] bool stoppedEarly() const { return m_stoppedEarly; } // budget or node cap
    [[nodiscard]] std::uint64_t stoppedAt() const { return m_stoppedAt; } // where reading ended

    // Last member named `key` of the object at `node` (parsers agree on last wins); nullopt when there is none.
    [[nodiscard]] std::optional<std::uint32_t> member(ByteView text, std::uint32_t node, std::string_view key) const;
    // Integer value of a number node within int64, nullopt otherwise.
    [[nodiscard]] std::optional<std::int64_t> integer(ByteView text, std::uint32_t node) const;
    // Decoded text of a string node, at most `maxBytes` of it; empty for other types.
    [[nodiscard]] std::string string(ByteView text, std::uint32_t node, std::size_t maxBytes = 4'096) const;

private:
    friend class JsonOutlineBuilder;
    std::vector<JsonNode> m_nodes;
    std::vector<JsonTrouble> m_troubles;
    std::vector<ByteRange> m_stray;
    std::uint64_t m_understood = 0;
    bool m_stoppedEarly = false;
    std::uint64_t m_stoppedAt = 0;
};

// Offset of the first byte at or after `at` that ends or interrupts a JSON string: a quote, a backslash or a control
// character below 0x20. text.size() when there is none.
[[nodiscard]] std::uint64_t findStringStop(ByteView text, std::uint64_t at);

} // namespace cupel
