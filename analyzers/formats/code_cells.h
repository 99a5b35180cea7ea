// SPDX-License-Identifier: GPL-3.0-or-later
// The code of an artifact, decoded once for all who judge or follow it: every code cell of a notebook or script, its
// shell lines and magics, and on demand its syntax tree. A cell that is broken or too long loses only itself. Trees of
// much code are made window by window, so that memory does not grow with the file.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/offset_map.h"
#include "analyzers/code/commands.h"
#include "analyzers/code/flow.h"
#include "analyzers/code/syntax.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::formats {

struct CodeCell {
    std::int32_t region = -1; // index into Facts::regions
    std::int32_t cell = -1;
    std::int32_t codeCell = -1;
    std::string text; // decoded source
    OffsetMap map; // to the artifact's text
    std::vector<std::uint32_t> lineEnds; // offsets of the line breaks in the text
    std::vector<cupel::code::Command> commands; // in source order
    cupel::code::Syntax syntax; // between CodeCells::parse and forget
    bool python = true; // Python stands here, at least between commands
    bool parsed = false; // the tree is there
    bool broken = false; // too long, or parsing took too long

    [[nodiscard]] ByteRange toArtifact(ByteRange bytes) const { return map.toRaw(bytes); }
    [[nodiscard]] std::uint64_t lineOf(std::uint64_t offset) const; // 1-based
};

class CodeCells {
public:
    static constexpr std::size_t maxCell = 1 << 20;

    CodeCells(const Artifact& artifact, const Facts& facts, Budget& budget);
    [[nodiscard]] const std::vector<CodeCell>& cells() const { return m_cells; }
    [[nodiscard]] bool empty() const { return m_cells.empty(); }
    // Syntax trees of the cells from `begin` on, until they hold so many nodes. Returns the index behind the last.
    std::size_t parse(std::size_t begin, std::size_t nodes, Budget& budget);
    // Trees of [begin, end) go, but for small cells that import: what a name means later stays known.
    void forget(std::size_t begin, std::size_t end);
    // One for each cell; those without a tree and outside of [begin, end) are empty.
    [[nodiscard]] std::vector<cupel::code::FlowUnit> units(std::size_t begin, std::size_t end) const;
    // Cells of Python that were not or will not be judged because of a limit.
    [[nodiscard]] std::size_t unparsed() const;

private:
    std::vector<CodeCell> m_cells;
    std::size_t m_left = 0; // regions of code beyond the limits
    std::size_t m_kept = 0; // nodes of trees that stay
};

} // namespace cupel::formats
