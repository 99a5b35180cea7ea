// SPDX-License-Identifier: GPL-3.0-or-later
// All shapes of all rows, ready to be asked: which may start with this character and a run of letters and digits of
// this length? Built once, on first use.
#pragma once

#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/pii/pii_row.h"
#include "analyzers/rules/pii/shape.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cupel::rules::pii {

// Which of the first sixteen characters are digits and letters, or have to be: one bit for each.
struct StartSigns {
    std::uint16_t digits = 0;
    std::uint16_t letters = 0;
    std::uint16_t either = 0; // digits or letters
    [[nodiscard]] bool has(const StartSigns& needed) const
    {
        return ((needed.digits & ~digits) | (needed.letters & ~letters) | (needed.either & ~either)) == 0;
    }
};

[[nodiscard]] inline StartSigns startSignsAt(ByteView text, std::size_t at)
{
    const auto block = blockAt(text, at);
    const auto digits = bitsOf(block - '0' < 10);
    const auto letters = bitsOf((block | 0x20) - 'a' < 26);
    return {static_cast<std::uint16_t>(digits), static_cast<std::uint16_t>(letters),
        static_cast<std::uint16_t>(digits | letters)};
}

struct IndexedShape {
    Shape shape;
    std::uint16_t row = 0; // index into rows()
    bool weak = false; // says nothing without context
};

// What decides about most shapes, close together in memory.
struct ShapeGate {
    std::uint16_t row = 0;
    char separator = '\0'; // what must follow the first run of letters and digits; none: '\0'
    char mark = '\0'; // a sign that must stand `markAt` bytes behind the start; none: '\0'
    std::uint8_t markAt = 0;
    StartSigns needed;
};

// Shapes that begin alike, by their index, and what may follow the first run of letters and digits in any of them.
struct ShapeGroup {
    std::span<const std::uint16_t> shapes;
    std::uint64_t followers = 0; // a bit for each character, by its low six bits
    [[nodiscard]] bool mayBeFollowedBy(char next) const { return ((followers >> (next & 63)) & 1) != 0; }
};

struct ShapeBucket {
    ShapeGroup strong;
    ShapeGroup weak;
};

class ShapeIndex {
public:
    [[nodiscard]] static const ShapeIndex& shared();
    [[nodiscard]] const IndexedShape& shape(std::uint16_t index) const { return m_shapes[index]; }
    [[nodiscard]] const ShapeGate& gate(std::uint16_t index) const { return m_gates[index]; }
    // `first` is the character at the start; `run` the letters and digits from there on, 0 for '(' and '+'.
    [[nodiscard]] ShapeBucket startingWith(char first, std::size_t run) const;
    [[nodiscard]] std::span<const std::uint16_t> ofRow(std::size_t row) const { return m_byRow[row]; }

private:
    ShapeIndex();
    static constexpr std::size_t longestRun = 63;
    static constexpr std::size_t firsts = 38; // digits, letters, '(' and '+'
    static constexpr std::size_t buckets = firsts * (longestRun + 1) * 2; // strong and weak ones in turn
    template <typename Visit> void eachBucket(std::uint16_t index, Visit visit) const;
    void fill();
    std::vector<IndexedShape> m_shapes;
    std::vector<ShapeGate> m_gates; // of the shapes
    std::vector<std::uint16_t> m_buckets; // one after the other, in order of shapes
    std::vector<std::uint32_t> m_ends; // of the buckets
    std::vector<std::uint64_t> m_followers; // of the buckets
    std::vector<std::vector<std::uint16_t>> m_byRow;
};

} // namespace cupel::rules::pii
