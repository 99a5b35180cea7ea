// SPDX-License-Identifier: GPL-3.0-or-later
// A place in an artifact: exact bytes in the file on disk, plus how a person finds it.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel {

enum class Part : std::uint8_t { None, Source, Output, Metadata, Attachment };
[[nodiscard]] std::string_view toString(Part part); // "" for None

struct Location {
    std::string artifact; // logical path: "a.ipynb", "zoo.zip!weights/a.pkl"
    ByteRange bytes; // in the file on disk, end exclusive
    std::uint32_t line = 0; // 1-based, in the file; 0 when the artifact has no lines
    std::uint32_t column = 0; // 1-based, in Unicode code points
    std::optional<std::uint32_t> cell; // 0-based among all cells
    std::optional<std::uint32_t> codeCell; // 0-based among code cells
    std::optional<std::uint32_t> cellLine; // 1-based in the cell's source or in the output's text
    std::optional<std::uint32_t> output; // 0-based output of the cell
    Part part = Part::None;
    std::string human; // "cell 7, line 3"
    std::uint32_t endLine = 0; // of the first byte behind the range; 0 when the artifact has no lines
    std::uint32_t endColumn = 0;
};

} // namespace cupel
