// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding in code hangs on besides its own line: the rest of its statement or command, the heads of the blocks
// around it (conditions, loops, classes), the statements and commands that give the names in all of these their values,
// and the names in those. Who decided about `load(path)` decided about the path as well, and about when it is loaded.
// Names are followed by Python's scopes, not by types: what a method of an unknown object does is not known.
#pragma once

#include "analyzers/rules/code/ground_names.h"

#include <tuple>

namespace cupel::rules::code {

struct Ground {
    std::uint32_t cell = 0; // index into CodeCells::cells()
    ByteRange bytes; // in its text
    friend auto operator<=>(const Ground& a, const Ground& b)
    {
        return std::tie(a.cell, a.bytes.start, a.bytes.end) <=> std::tie(b.cell, b.bytes.start, b.bytes.end);
    }
    friend bool operator==(const Ground& a, const Ground& b) = default;
};

struct Grounded {
    std::vector<Ground> grounds; // in the order of the file, each once
    bool whole = false; // more than can be followed: all of the file counts
};

// Lives as long as the syntax trees of its cells.
class Grounds {
public:
    // Looks at the cells of [begin, end), which are parsed.
    Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end);
    // Nothing: neither a statement nor a command stands there.
    [[nodiscard]] Grounded of(std::uint32_t cell, ByteRange bytes) const;

private:
    using Names = std::vector<UsedName>;
    // One giver with the names in it, `blocks`: also in the blocks below it; false: too much.
    bool take(const Giver& giver, bool blocks, Names& names, std::vector<Ground>& out) const;
    // The heads of the blocks around a statement.
    bool takeAround(std::uint32_t cell, std::uint32_t statement, Names& names, std::vector<Ground>& out) const;
    // All that the names were given that the start has; false: too much.
    bool follow(const Giver& start, ByteRange place, std::vector<Ground>& out) const;

    const formats::CodeCells& m_cells;
    GroundNames m_names;
    mutable std::size_t m_steps = 0; // over nodes, for all places
};

} // namespace cupel::rules::code
