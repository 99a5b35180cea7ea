// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a comparison of models as people read them: counts, shares, shapes, and what a tensor is on both
// sides. The command line and the window take them from here, so that they say the same. No words, no language.
#pragma once

#include "analyzers/review/compare_models.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cupel::review {

struct Tally {
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t changed = 0;
    std::size_t renamed = 0;
    [[nodiscard]] std::size_t total() const { return added + removed + changed + renamed; }
    void count(ModelChange kind);
};

template <typename List> [[nodiscard]] Tally tallyOf(const List& list)
{
    Tally out;
    for (const auto& change : list) {
        out.count(change.kind);
    }
    return out;
}

[[nodiscard]] std::string figure(double value); // six digits
// Ten in a hundred are "10 %"; a single one of many is not "0 %".
[[nodiscard]] std::string shareFigure(std::uint64_t part, std::uint64_t whole);
[[nodiscard]] std::string shapeFigure(const std::vector<std::uint64_t>& shape); // "3 × 4"; empty for a scalar

struct TensorFigure { // one fact of a tensor on both sides; empty where it is not known
    enum class What : std::uint8_t { Type, Shape, Place, Elements, Least, Most, Mean, NotNumbers, Infinite, Digest };
    What what = What::Type;
    std::string before;
    std::string after;
};
// Only facts that one side has; counts of NaN and of infinities only where there are some.
[[nodiscard]] std::vector<TensorFigure> tensorFigures(const TensorChange& change);

// Lines of a template that went and came.
struct LineTally {
    std::size_t removed = 0;
    std::size_t added = 0;
};
[[nodiscard]] LineTally linesOf(const TemplateChange& change);

} // namespace cupel::review
