// SPDX-License-Identifier: GPL-3.0-or-later
// What the literals of a stream say: texts with their escapes undone, numbers out of lines.
#pragma once

#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/formats/pickle/value.h"

#include <cstddef>
#include <optional>
#include <string>

namespace cupel::formats::pickle {

// The text (UTF-8) or the bytes of a literal's opcode; at most `maxBytes` of it. Nothing: it breaks the rules.
[[nodiscard]] std::optional<std::string> decodeLiteral(ByteView bytes, const Op& op, std::size_t maxBytes);
// The same for a value that points at its literal (Tag::Text, Tag::Bytes).
[[nodiscard]] std::optional<std::string> literalOf(ByteView bytes, Value value, std::size_t maxBytes);
// Where its content stands; empty: it is no literal.
[[nodiscard]] ByteRange literalRange(ByteView bytes, Value value);

// INT and LONG lines, LONG1 and LONG4: a value, or nothing when CPython refuses them. Numbers too long for a value
// point at their opcode.
[[nodiscard]] std::optional<Value> numberOf(ByteView bytes, const Op& op);
// The digits of a number, for people: exact up to 128 bits.
[[nodiscard]] std::string bigNumberText(ByteView bytes, std::uint64_t at);
// BINFLOAT as Python writes it: "2.0", "1e-05", "nan".
[[nodiscard]] std::string floatText(const Op& op);
// FLOAT lines: whether Python reads them as a number.
[[nodiscard]] bool isFloatLine(ByteView line);
// A decimal memo index of GET and PUT, as PyLong_FromString reads it. Nothing: no number, negative or too large.
[[nodiscard]] std::optional<std::uint64_t> memoIndex(ByteView line);

} // namespace cupel::formats::pickle
