// SPDX-License-Identifier: GPL-3.0-or-later
// Code that Python wrote with `marshal`: which names it uses and which texts it holds, for CPython 2.7 and 3.0 to 3.14,
// without running anything. CPython, Python/marshal.c.
#pragma once

#include "analyzers/base/bytes.h"

#include <string>
#include <vector>

namespace cupel {

struct MarshalledCode {
    static constexpr std::size_t mostNames = 200;
    static constexpr std::size_t longestText = 200;

    bool complete = false; // read to its end
    std::size_t codeObjects = 0;
    std::vector<std::string> names; // what it looks up: functions, attributes, modules; each once
    std::vector<std::string> texts; // constants; each once, printable
};

// Nothing in it when `bytes` does not begin with a code object.
[[nodiscard]] MarshalledCode readMarshalledCode(ByteView bytes);

} // namespace cupel
