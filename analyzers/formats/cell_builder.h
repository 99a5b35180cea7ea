// SPDX-License-Identifier: GPL-3.0-or-later
// Puts cells, outputs and what lies between them into facts: for formats that write notebooks as something else than
// Jupyter's JSON. Keeps the numbers of cells and regions in step.
#pragma once

#include "analyzers/formats/notebook/notebook_facts.h"

#include <string_view>

namespace cupel::formats {

class CellBuilder {
public:
    CellBuilder(NotebookFacts& own, Facts& out)
        : m_own(own)
        , m_out(out)
    {
    }

    // Starts a cell. `source` lies in `bytes`; an empty one makes no region.
    void addCell(CellKind kind, ByteRange bytes, ByteRange source, TextForm form = TextForm::Plain,
        std::string_view language = {});
    // Starts a cell whose source comes later.
    void beginCell(CellKind kind, std::uint64_t start);
    // `language`: where it is another than the notebook's, see code_language.h.
    void setSource(ByteRange source, TextForm form, std::string_view language = {});
    void endCell(std::uint64_t end);
    // Another text of the cell begun last (or of none, before the first): a marker, a header, options.
    void addOther(
        ByteRange bytes, RegionKind kind, Part part, std::string_view name = {}, TextForm form = TextForm::Plain);
    // An output of the cell begun last.
    void addOutput(std::string_view type, ByteRange bytes, RegionKind kind, TextForm form, std::string_view name = {});

private:
    Region region(ByteRange bytes, RegionKind kind, Part part, TextForm form) const;

    NotebookFacts& m_own;
    Facts& m_out;
    std::int32_t m_codeCells = 0;
};

// The line at `at` without its line break; `at` moves behind it.
[[nodiscard]] std::string_view takeLine(ByteView text, std::uint64_t& at);
[[nodiscard]] bool isBlankLine(std::string_view line);
// Whether every line that says anything starts with `sign`.
[[nodiscard]] bool allStartWith(ByteView text, std::string_view sign);

} // namespace cupel::formats
