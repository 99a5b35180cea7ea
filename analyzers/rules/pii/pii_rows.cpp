// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/pii_row.h"

#include <algorithm>

namespace cupel::rules::pii {

namespace {
#include "pii_rows.inc"
} // namespace

std::span<const PiiRow> rows()
{
    return generatedRows;
}
const PiiRow* findRow(std::string_view id)
{
    const auto all = rows();
    const auto hit = std::lower_bound(
        all.begin(), all.end(), id, [](const PiiRow& row, std::string_view wanted) { return row.id < wanted; });
    return hit != all.end() && hit->id == id ? &*hit : nullptr;
}
const char* ContextTexts::text()
{
    return generatedPool;
}
std::span<const ContextWord> contextWords()
{
    return generatedWords;
}
std::span<const std::uint16_t> contextRows()
{
    return generatedWordRows;
}
std::size_t longestContextWord()
{
    return generatedLongestWord;
}
std::span<const KnownDataSet> knownDataSets()
{
    return generatedDataSets;
}

} // namespace cupel::rules::pii
