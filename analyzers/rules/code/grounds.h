// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding in code hangs on besides its own line: the rest of its statement or command, the heads of the blocks
// around it (conditions, loops, classes), the statements and commands that give the names in all of these their values
// with what stands around those, and the names in those. Who decided about `load(path)` decided about the path as well,
// and about when it is loaded. Names are followed by Python's scopes, not by types: what a method of an unknown object
// does, and objects that go by two names, are not known.
#pragma once

#include "analyzers/rules/code/ground_names.h"

#include <map>
#include <tuple>
#include <utility>

namespace cupel::rules::code {

struct Ground {
    std::uint32_t cell = 0; // index into CodeCells::cells()
    ByteRange bytes; // in its text
    std::uint64_t nesting = 0; // how statements stand in each other in it, of a function that was followed; else 0
    bool python = true; // only Python: a formatter may write it another way
    friend auto operator<=>(const Ground& a, const Ground& b)
    {
        return std::tie(a.cell, a.bytes.start, a.bytes.end, a.nesting)
            <=> std::tie(b.cell, b.bytes.start, b.bytes.end, b.nesting);
    }
    friend bool operator==(const Ground& a, const Ground& b)
    {
        return a.cell == b.cell && a.bytes == b.bytes && a.nesting == b.nesting;
    }
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
    // Nothing: neither a statement nor a command stands there. The same for all places of a statement.
    [[nodiscard]] const Grounded& of(std::uint32_t cell, ByteRange bytes);

private:
    struct Taken;
    bool take(const Giver& giver, bool blocks, Taken& taken);
    bool takeAround(std::uint32_t cell, std::uint32_t statement, Taken& taken);
    bool takeStatement(const Giver& giver, Taken& taken);
    bool follow(const Giver& start, Taken& taken);

    const formats::CodeCells& m_cells;
    GroundNames m_names;
    std::map<std::pair<std::uint32_t, std::uint64_t>, Grounded> m_known; // by cell and start of the statement
    std::size_t m_steps = 0; // over nodes, for all places
};

} // namespace cupel::rules::code
