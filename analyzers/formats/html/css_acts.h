// SPDX-License-Identifier: GPL-3.0-or-later
// What a style sheet or a style attribute loads, runs, covers or hides. CSS escapes and comments are undone first.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct CssAct {
    enum class Kind : std::uint8_t {
        Load, // url() or image-set() of something on another host
        Import, // @import of another host
        Script, // expression(), behavior, -moz-binding, javascript: in url()
        Overlay, // fixed to the window and large or on top: covers what is below
        Hide, // text nobody sees; of style attributes only
    };
    Kind kind = Kind::Load;
    ByteRange bytes; // in the text
    std::string host;
    std::string what; // the property or function
    bool hidden = false; // written with escapes or comments in its name
};

// `attribute`: the declarations of one element, else a sheet. At most `limit` acts.
[[nodiscard]] std::vector<CssAct> readCss(std::string_view css, bool attribute, std::size_t limit = 200);

} // namespace cupel::formats
