// SPDX-License-Identifier: GPL-3.0-or-later
// Cells and outputs of a Jupyter notebook (nbformat 1 to 4.5+), or of a percent-format script. Positions are in the
// artifact's text; text itself is decoded on demand from the regions.
#pragma once

#include "analyzers/model/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel::formats {

enum class CellKind : std::uint8_t { Code, Markdown, Raw, Heading, Unknown };

struct Output {
    std::string type; // "stream", "display_data", "execute_result", "error", ...
    std::optional<std::int64_t> executionCount;
    ByteRange bytes;
    std::vector<std::uint32_t> regions; // indices into Facts::regions; one per MIME type, stream text, or error part
    std::int32_t metadata = -1; // region index, -1: none
};

struct Cell {
    CellKind kind = CellKind::Unknown;
    std::string id; // may be empty
    std::optional<std::int64_t> executionCount;
    ByteRange bytes;
    std::int32_t codeCell = -1;
    std::int32_t source = -1; // index into Facts::regions, -1: no source
    std::vector<std::uint32_t> attachments; // region indices
    std::vector<ByteRange> attachmentNames; // keys as written in the JSON, inside the quotes
    std::int32_t metadata = -1; // region index, -1: none or empty
    std::vector<Output> outputs;
    bool sourceHidden = false; // by metadata
    bool outputsHidden = false;
    std::uint32_t headingLevel = 0;
};

struct NotebookFacts : FormatFacts {
    std::int64_t nbformat = 0; // 0: not said
    std::int64_t nbformatMinor = -1; // -1: not said
    std::string language; // "python"
    std::string kernel; // display name
    std::vector<Cell> cells;
    std::uint64_t outputCount = 0;
    bool salvaged = false; // the JSON is broken: cells are what could be recovered
};

// Null when the artifact is not notebook-like.
[[nodiscard]] const NotebookFacts* notebookFacts(const Facts& facts);

} // namespace cupel::formats
