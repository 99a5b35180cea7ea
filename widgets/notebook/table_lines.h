// SPDX-License-Identifier: GPL-3.0-or-later
// The line under the head of a table in Markdown: where Jupyter reads a column of one hyphen ("-:|--"), md4c wants
// three signs. It gets them, and every place leads back to what was written.
#pragma once

#include "analyzers/formats/html/html_blocks.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::widgets {

class TableLines {
public:
    explicit TableLines(std::string_view markdown);
    [[nodiscard]] const std::string& text() const { return m_text; } // with the hyphens that were missing

    // Of a place in text(): where it stands in the Markdown, that of an added hyphen behind the one it goes on from.
    [[nodiscard]] std::uint64_t written(std::uint64_t at) const;
    // Adds text() from `from` to `to` without the added hyphens.
    void put(formats::HtmlText& out, std::uint64_t from, std::uint64_t to) const;

private:
    struct Added {
        std::uint64_t at; // in text()
        std::uint64_t count;
        std::uint64_t before; // that were added in front of it
    };
    void addLine(std::string_view line);
    [[nodiscard]] std::vector<Added>::const_iterator endingBehind(std::uint64_t at) const;

    std::string m_text;
    std::vector<Added> m_added; // by place
};

} // namespace cupel::widgets
