// SPDX-License-Identifier: GPL-3.0-or-later
// Tags inside a line of Markdown: which of them only shape text, and how. What could act, load or hide stays as it is
// written, so that readers see it. Pure.
#pragma once

#include "analyzers/base/bytes.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::widgets {

struct InlineTag {
    enum class Kind : std::uint8_t {
        Incomplete, // the text ends inside the tag
        Written, // shown as it stands
        Break,
        Picture,
        Shape, // changes how the text after it looks, or nothing
    };
    enum Style : std::uint8_t { Strong, Italic, Code, Strike, Link, Raised, Lowered, styles };
    Kind kind = Kind::Written;
    ByteRange bytes; // of the whole tag
    ByteRange address; // of a picture
    Style style = styles; // of a shape; `styles`: none
    bool close = false;
};

// The tag that starts at `text[at]`, which is '<'.
[[nodiscard]] InlineTag readInlineTag(std::string_view text, std::size_t at);

// How deep the text is inside tags of each style.
struct InlineStyles {
    std::array<int, InlineTag::styles> depth{};
    void take(const InlineTag& tag);
    [[nodiscard]] bool has(InlineTag::Style style) const { return depth[style] > 0; }
};

// A picture that the cell carries itself.
[[nodiscard]] bool isAttachment(std::string_view address);

// "2" raised: "²", sign by sign. Empty: one of them has no raised (or lowered) form.
[[nodiscard]] std::vector<std::string_view> shifted(std::string_view text, bool raised);

} // namespace cupel::widgets
