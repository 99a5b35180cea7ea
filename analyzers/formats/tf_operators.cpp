// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tf_operators.h"

#include <algorithm>
#include <iterator>

namespace cupel::formats {

namespace {

using namespace std::string_view_literals;

struct Row {
    std::string_view name;
    TfOperator what;
};
#include "tf_operators.inc"

} // namespace

TfOperator classify(std::string_view name)
{
    const auto exact = std::lower_bound(std::begin(exactRows), std::end(exactRows), name,
        [](const Row& row, std::string_view wanted) { return row.name < wanted; });
    if (exact != std::end(exactRows) && exact->name == name) {
        return exact->what;
    }
    for (const auto& row : familyRows) {
        if (name.starts_with(row.name)) {
            return row.what;
        }
    }
    return TfOperator::Unknown;
}

} // namespace cupel::formats
