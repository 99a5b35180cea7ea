// SPDX-License-Identifier: GPL-3.0-or-later
// What the name of a column says about its values, in the languages of the rows, however it is spelled: "First Name",
// customer_firstName, "E-MAIL 2".
#pragma once

#include "analyzers/rules/pii/pii_row.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::pii {

// Lower case words with single blanks between them.
[[nodiscard]] std::string normaliseHeader(std::string_view name);

struct HeaderMatch {
    std::size_t row = 0; // index into rows()
    bool whole = false; // the header says nothing else
};
// The rows that a normalised header speaks of; those that it names exactly come first.
[[nodiscard]] std::vector<HeaderMatch> rowsOfHeader(std::string_view normalised);

// The textbook data set whose columns these are; null: none. `columns` are normalised.
[[nodiscard]] const KnownDataSet* knownDataSet(const std::vector<std::string>& columns);
[[nodiscard]] bool isOfDataSet(const KnownDataSet& set, std::string_view column);

} // namespace cupel::rules::pii
