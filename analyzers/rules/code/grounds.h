// SPDX-License-Identifier: GPL-3.0-or-later
// What a finding in code hangs on besides its own line: the rest of its statement, and the statements that give the
// names in it their values, and the names in those. Who decided about `load(path)` decided about the path as well.
// By names alone, so that it costs little: a name of another scope counts too, which asks once more than needed.
#pragma once

#include "analyzers/formats/code_cells.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::rules::code {

struct Ground {
    std::uint32_t cell = 0; // index into CodeCells::cells()
    ByteRange bytes; // in its text
};

// Lives as long as the syntax trees of its cells.
class Grounds {
public:
    // Looks at the cells of [begin, end), which are parsed.
    Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end);
    // In no order; the place itself is not among them unless its statement goes on. Empty: no tree is there.
    [[nodiscard]] std::vector<Ground> of(std::uint32_t cell, ByteRange bytes) const;

private:
    struct Giver { // a statement that gives a name something
        std::uint32_t cell = 0;
        std::uint32_t node = 0; // what is read for further names
        ByteRange bytes;
    };
    void read(std::uint32_t cell);
    void give(std::uint32_t target, const Giver& giver);
    // Names below a node, but not in blocks below it.
    void namesIn(std::uint32_t cell, std::uint32_t node, std::vector<std::string_view>& out) const;
    [[nodiscard]] const std::vector<Giver>* giversOf(std::string_view name) const;

    const formats::CodeCells& m_cells;
    std::unordered_map<std::string_view, std::vector<Giver>> m_givers; // in the order of the file
    std::size_t m_count = 0;
};

} // namespace cupel::rules::code
