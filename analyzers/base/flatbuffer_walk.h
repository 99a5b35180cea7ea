// SPDX-License-Identifier: GPL-3.0-or-later
// Which bytes of a FlatBuffer its tables lead to, by a schema written as rows, so that what nothing leads to can be
// told. Follows each table once; no recursion.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cupel {

enum class FlatHolds : std::uint8_t {
    List, // of numbers or structs of `width` bytes
    Text,
    Texts,
    One, // a table
    Many, // tables
    Sized, // a table with one list, of numbers as wide as a number in the field before says: 1 and 3 bytes, 2, 4
    Far, // place and size of bytes behind the tables, in this field and the next
};

// Numbers are not listed: they stand in the table itself.
struct FlatField {
    std::uint8_t table; // kind of the table
    std::uint8_t index;
    FlatHolds holds;
    std::uint8_t width = 0; // of the elements of a list
    std::uint8_t inner = 0; // kind of the tables it leads to
};

struct FlatKind {
    std::uint8_t fields; // that the schema has. What is beyond belongs to a newer one
    std::uint8_t widest = 8; // bytes of a number or struct in it
};

struct FlatSchema {
    std::span<const FlatField> fields;
    std::span<const FlatKind> kinds;
    std::uint64_t head = 4; // bytes in front: the way to the first table, and what the file is
    bool guesses = false; // fields that are not listed may lead to lists: what looks like one is no gap
};

struct FlatLayout {
    std::vector<ByteRange> gaps; // in order; empty where `known` is false
    bool known = true; // false: a limit was met, or tables lead out of the bytes
    bool newer = false; // a table has fields that the schema does not: a gap may belong to one of them
    std::optional<std::uint64_t> fault; // an offset that leads out of the bytes, the first
};
[[nodiscard]] FlatLayout flatLayout(ByteView bytes, const FlatSchema& schema, std::uint8_t root, Budget& budget);

} // namespace cupel
