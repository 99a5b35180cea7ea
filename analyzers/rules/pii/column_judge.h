// SPDX-License-Identifier: GPL-3.0-or-later
// What a column of a data frame holds: its header, the share of cells that validate, and how many differ.
#pragma once

#include "analyzers/formats/frames/frame.h"
#include "analyzers/rules/pii/pii_row.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace cupel::rules::pii {

inline constexpr std::size_t sampledCells = 200; // a column is judged by its first ones that hold something

struct ColumnVerdict {
    const PiiRow* row = nullptr;
    std::size_t filled = 0; // cells that hold anything
    std::size_t fitting = 0; // of these, what looks like the class
    std::size_t distinct = 0;
    bool byHeader = false;
    bool proved = false; // by structure
    bool checksum = false;
    Confidence confidence = Confidence::Possible;
};

// False: the cell is empty, says that something is missing or left out, or is the name of a row of totals.
[[nodiscard]] bool holdsValue(std::string_view cell);
// nullopt: nothing personal to be seen.
[[nodiscard]] std::optional<ColumnVerdict> judgeColumn(const formats::FrameColumn& column);
// Decimal degrees with four places or more, under a header such as lat or lng: 'a', 'o', or 0.
[[nodiscard]] char coordinateKind(const formats::FrameColumn& column);

} // namespace cupel::rules::pii
