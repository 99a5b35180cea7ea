// SPDX-License-Identifier: GPL-3.0-or-later
// Types of TensorFlow's tensors by their number in types.proto.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace cupel::formats::tensorflow {

struct TypeRow {
    std::uint64_t number = 0;
    std::string_view word;
    std::uint64_t bytes = 0; // of an element; 0: no fixed number
};
inline constexpr std::uint64_t stringType = 7;
inline constexpr TypeRow types[] = {{1, "F32", 4}, {2, "F64", 8}, {3, "I32", 4}, {4, "U8", 1}, {5, "I16", 2},
    {6, "I8", 1}, {stringType, "string", 0}, {8, "C64", 8}, {9, "I64", 8}, {10, "BOOL", 1}, {14, "BF16", 2},
    {17, "U16", 2}, {18, "C128", 16}, {19, "F16", 2}, {20, "resource", 0}, {21, "variant", 0}, {22, "U32", 4},
    {23, "U64", 8}};

[[nodiscard]] inline const TypeRow* typeOf(std::uint64_t number)
{
    const auto* row =
        std::find_if(std::begin(types), std::end(types), [number](const TypeRow& one) { return one.number == number; });
    return row == std::end(types) ? nullptr : row;
}
[[nodiscard]] inline std::string typeWord(std::uint64_t number)
{
    const auto* row = typeOf(number);
    return row ? std::string(row->word) : "type " + std::to_string(number);
}

} // namespace cupel::formats::tensorflow
