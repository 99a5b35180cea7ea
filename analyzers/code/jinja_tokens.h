// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja text cut into tokens as Jinja 3 does with its usual signs: data, `{{ }}`, `{% %}`, comments and raw blocks. Any
// bytes give tokens; what is no token is one of its own.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct JinjaToken {
    enum class Kind : std::uint8_t {
        Data,
        OutputBegin,
        OutputEnd,
        BlockBegin,
        BlockEnd,
        Name,
        Text,
        Number,
        Sign,
        Wrong
    };
    Kind kind = Kind::Data;
    ByteRange range; // strings with their quotes
};

struct JinjaTokens {
    std::vector<JinjaToken> list;
    bool complete = true; // false: more tokens than the limit, or a tag that never ends
    std::uint64_t end = 0; // where cutting ended
};
[[nodiscard]] JinjaTokens tokenizeJinja(ByteView text, std::size_t mostTokens);

// The value of a string token: escapes undone as Python does. `\N{...}` that is not known becomes U+FFFD.
[[nodiscard]] std::string jinjaText(ByteView quoted);

} // namespace cupel::code
