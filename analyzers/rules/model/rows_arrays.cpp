// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy arrays.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> arraysRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"npy-header", "CUP-NPY-HEADER", S::Medium, C::Certain, "The header of an array cannot be used: {}."},
        FlawRow{"npy-trailing", "CUP-NPY-TRAILING", S::Medium, C::Certain,
            "{} {byte follows|bytes follow} the array and {belongs|belong} to none."},
    };
    return table;
}

} // namespace cupel::rules::model
