// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown and HTML as the same plain blocks: nothing is fetched; blocks of raw HTML inside markdown go through the
// sanitising reader, tags inside a line shape the text or, where they could act, are shown as they are written.
#pragma once

#include "analyzers/formats/html/html_blocks.h"
#include "widgets/notebook/rich_block.h"
#include "widgets/notebook/table_block.h"

#include <functional>
#include <string_view>
#include <vector>

namespace cupel::widgets {

// Offsets of the result are bytes in `markdown`.
[[nodiscard]] formats::HtmlDocument readMarkdown(std::string_view markdown);

// A finding's range in the text that was read.
struct SourceMark {
    ByteRange range;
    std::size_t finding = 0;
    Severity severity = Severity::Info;
};

// Each takes the marks it can show; `taken` is called for every one of them.
using TakeMark = std::function<void(std::size_t finding)>;
[[nodiscard]] Paragraph paragraphOf(
    const formats::HtmlBlock& block, const std::vector<SourceMark>& marks, const TakeMark& taken);
// The first rows, and those that findings stand in; marks in the order of the source.
[[nodiscard]] TableData tableOf(
    const formats::HtmlTable& table, const std::vector<SourceMark>& marks, const TakeMark& taken, std::size_t mostRows);

} // namespace cupel::widgets
