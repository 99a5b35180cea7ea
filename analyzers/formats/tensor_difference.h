// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of two versions of a tensor, element by element, as they arrive in windows: range and mean of each side,
// how many differ and by how much at most. Pure arithmetic; nothing is kept.
#pragma once

#include "analyzers/formats/tensor_values.h"

#include <cstdint>
#include <string_view>

namespace cupel::formats {

struct SideValues {
    bool known = false; // false: a type whose elements are not single numbers
    std::uint64_t count = 0;
    std::uint64_t notNumbers = 0; // NaN
    std::uint64_t infinite = 0;
    double least = 0; // of the finite ones, as below
    double most = 0;
    double mean = 0;
    [[nodiscard]] std::uint64_t finite() const { return count - notNumbers - infinite; }
    void add(double value);
};

struct TensorDifference {
    SideValues before;
    SideValues after;
    bool paired = false; // elements stand for each other: the same shape
    std::uint64_t changed = 0; // elements with other bits, or of another value where the types differ
    std::uint64_t measured = 0; // of those: finite on both sides
    double largest = 0; // absolute difference of two finite elements; says nothing where `changed` and none is measured
    std::uint64_t toNotNumber = 0; // NaN only now
    std::uint64_t toInfinite = 0; // infinite only now
    std::uint64_t toFinite = 0; // finite only now
};

struct ElementForm {
    std::string_view dtype; // as safetensors spells it
    ByteOrder order = ByteOrder::Little;
    bool operator==(const ElementForm&) const = default;
};

class DifferenceCounter {
public:
    // `paired`: the elements of both windows stand for each other.
    DifferenceCounter(ElementForm before, ElementForm after, bool paired);
    // As many elements on each side when they are paired.
    void add(ByteView before, ByteView after);
    [[nodiscard]] const TensorDifference& result() const { return m_out; }

private:
    TensorDifference m_out;
    ElementReader m_before;
    ElementReader m_after;
    bool m_sameForm;
};

} // namespace cupel::formats
