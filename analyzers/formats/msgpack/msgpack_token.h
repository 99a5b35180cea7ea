// SPDX-License-Identifier: GPL-3.0-or-later
// One value of MessagePack by its first bytes: what it is, how many follow, where its content lies.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>

namespace cupel::formats::msgpack {

enum class Kind : std::uint8_t { Scalar, Text, Binary, Array, Map, Extension };
enum class Read : std::uint8_t { Fine, CutOff, Unknown };

struct Token {
    Kind kind = Kind::Scalar;
    std::uint64_t count = 0; // bytes, elements or pairs
    std::uint64_t number = 0; // of an integer that is not negative
    bool isNumber = false;
    int extension = 0;
    ByteRange content; // of texts, bytes, extensions
    std::uint64_t end = 0; // of what is told here: behind the content, before elements
};
[[nodiscard]] Read readToken(ByteView bytes, std::uint64_t at, Token& out);

} // namespace cupel::formats::msgpack
