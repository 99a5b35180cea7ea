// SPDX-License-Identifier: GPL-3.0-or-later
// Reads notebook HTML into what is safe to show: paragraphs, headings, list items, preformatted text and tables.
// Nothing is loaded, run or styled; what was left out is said. Text hidden by styles is shown like any other.
#pragma once

#include "analyzers/base/offset_map.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct HtmlSpan {
    std::uint32_t start = 0; // bytes of the text
    std::uint32_t end = 0;
    bool strong = false;
    bool italic = false;
    bool code = false;
    bool strike = false;
    bool link = false;
};

struct HtmlText {
    std::string text; // UTF-8 as written, entities undone, white space folded
    OffsetMap map; // offset in text -> offset in the HTML
    std::vector<HtmlSpan> spans; // sorted, disjoint
};

struct HtmlCell {
    HtmlText text;
    ByteRange source; // in the HTML
    bool header = false;
};

struct HtmlTable {
    std::vector<std::vector<HtmlCell>> rows; // all as long as the longest
    std::uint32_t headRows = 0; // leading rows that are head
    std::uint32_t droppedRows = 0; // beyond the limits
};

struct HtmlBlock {
    enum class Kind : std::uint8_t { Paragraph, Heading, Item, Quote, Preformatted, Table, Rule, Picture };
    Kind kind = Kind::Paragraph;
    int level = 0; // heading 1 to 6, nesting of an item or quote from 1
    int ordinal = 0; // of an item in a numbered list; 0: bullet
    HtmlText text; // for a picture: its alternative text
    HtmlTable table;
};

struct HtmlDocument {
    std::vector<HtmlBlock> blocks;
    bool active = false; // script, event handlers, frames, objects, forms: not run
    bool remote = false; // something that a browser would have loaded
    bool truncated = false; // beyond the limits
};

struct HtmlLimits {
    std::size_t blocks = 2'000;
    std::size_t cells = 20'000;
    std::size_t columns = 200;
    std::size_t textBytes = 1 << 20;
    bool forReaders = false; // the words of an SVG stand behind it, boxes that a page shows in one line are one line
    bool picturesInTables = false; // a cell says which picture it holds: for readers, not for who judges its text
};

// Starts at byte `from`, for HTML inside another text; offsets stay those of the whole.
[[nodiscard]] HtmlDocument readHtml(std::string_view html, const HtmlLimits& limits = {}, std::size_t from = 0);

} // namespace cupel::formats
