// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding in code hangs on besides its own line: the rest of its statement, and the statements that give the
// names in it their values, and the names in those. Who decided about `load(path)` decided about the path as well.
// By names alone, so that it costs little: a name of another scope counts too, which asks once more than needed.
#pragma once

#include "analyzers/formats/code_cells.h"

#include <cstdint>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

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
    // Nothing: no tree is there.
    [[nodiscard]] Grounded of(std::uint32_t cell, ByteRange bytes) const;

private:
    struct Giver { // a statement that gives a name something
        std::uint32_t cell = 0;
        std::uint32_t node = 0; // what is read for further names
        ByteRange bytes;
    };
    void readNames(std::uint32_t cell);
    void readCalls(std::uint32_t cell);
    void readImport(std::uint32_t cell, std::uint32_t node);
    void give(std::uint32_t target, const Giver& giver);
    void giveName(std::uint32_t node, const Giver& giver);
    // The statement with all that its names were given; false: too much.
    bool follow(std::uint32_t cell, std::uint32_t statement, ByteRange place, std::vector<Ground>& out) const;

    const formats::CodeCells& m_cells;
    std::unordered_map<std::string_view, std::vector<Giver>> m_givers; // in the order of the file
    std::unordered_map<std::string_view, std::vector<Giver>> m_calls; // of functions that are defined here
    std::size_t m_count = 0;
    mutable std::size_t m_steps = 0; // over nodes, for all places
};

} // namespace cupel::rules::code
