// SPDX-License-Identifier: GPL-3.0-or-later
// Tags and attributes as browsers read them (WHATWG HTML, section 13.2.5), for judging what markup would do: quotes,
// slashes, comments and ends of file follow the standard where the reader for display is lenient. One pass, no memory.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::formats {

struct HtmlAttribute {
    std::string_view name;
    std::string_view value; // as written, entities not undone
    ByteRange bytes; // name, sign and value
    ByteRange valueBytes;
};

struct HtmlTag {
    enum class Kind : std::uint8_t { Open, Close, Comment, Declaration };
    Kind kind = Kind::Open;
    std::string_view name; // of a tag; of a declaration its text: "!ENTITY ...", "?xml-stylesheet ..."
    ByteRange bytes; // the end is known when its attributes were read
};

class HtmlTagReader {
public:
    explicit HtmlTagReader(std::string_view html, std::size_t from = 0)
        : m_html(html)
        , m_at(from)
    {
    }
    // Moves behind the rest of the tag before and to the next one. False at the end.
    bool next(HtmlTag& tag);
    // The next attribute of the tag; false behind the last one.
    bool nextAttribute(HtmlAttribute& out);
    // Where reading stands: behind the tag once its attributes were read.
    [[nodiscard]] std::size_t position() const { return m_at; }
    void moveTo(std::size_t at);
    // The tag is not closed before the text ends: what follows it on the page closes it.
    [[nodiscard]] bool unterminated() const { return m_unterminated; }
    // Behind the content of a raw element (script, style, title ...) and before its end tag, from where reading stands.
    [[nodiscard]] std::size_t rawEnd(std::string_view lowerName) const;

private:
    void comment(HtmlTag& tag);
    std::string_view m_html;
    std::size_t m_at;
    bool m_inTag = false;
    bool m_unterminated = false;
};

[[nodiscard]] std::string asciiLower(std::string_view text);
// Undoes entities, at most `maxBytes` of the result. `changed`: whether there was one.
[[nodiscard]] std::string undoEntities(std::string_view raw, std::size_t maxBytes, bool* changed = nullptr);

} // namespace cupel::formats
