// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts HTML into tags and text, front to back, without building a tree: no input can make it recurse or allocate more
// than the input holds. Offsets are bytes in the input.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::formats {

struct HtmlToken {
    enum class Kind : std::uint8_t { Text, Open, Close, Comment, End };
    Kind kind = Kind::End;
    ByteRange bytes; // in the input
    std::string_view name; // of a tag, as written
    std::string_view attributes; // as written, without the tag's name and brackets
};

class HtmlTokens {
public:
    explicit HtmlTokens(std::string_view html, std::size_t from = 0)
        : m_html(html)
        , m_at(from)
    {
    }
    [[nodiscard]] HtmlToken next();
    // Skips to behind the end tag `name` (of script, style ...): nothing in between is markup.
    void skipRaw(std::string_view name);

private:
    [[nodiscard]] HtmlToken tag();
    [[nodiscard]] HtmlToken comment();
    std::string_view m_html;
    std::size_t m_at;
};

// Finds one attribute; its raw value (entities not undone), or null data when it is not there.
[[nodiscard]] std::string_view htmlAttribute(std::string_view attributes, std::string_view name);
// Whether any attribute's name starts with "on" or any value with "javascript:".
[[nodiscard]] bool hasActiveAttribute(std::string_view attributes);

[[nodiscard]] bool sameName(std::string_view a, std::string_view lower); // ASCII, ignoring case

// Reads an entity at text[at] == '&': its code point and length in bytes; length 0: not an entity, the sign itself.
struct HtmlEntity {
    char32_t point = 0;
    std::size_t length = 0;
};
[[nodiscard]] HtmlEntity readEntity(std::string_view text, std::size_t at);

} // namespace cupel::formats
