// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown cells, with the raw HTML inside them: every text leads back, marks and rows fit what they stand in.
#include "tests/fuzz/fuzz.h"
#include "widgets/notebook/rich_text.h"

using namespace cupel;
using namespace cupel::widgets;

static void checkText(const formats::HtmlText& text, std::size_t size)
{
    std::uint32_t end = 0;
    for (const auto& span : text.spans) {
        fuzz::must(span.start >= end && span.start <= span.end && span.end <= text.text.size(),
            "spans are sorted, disjoint, inside");
        end = span.end;
    }
    for (std::uint64_t at = 0; at < text.text.size(); at += 1 + text.text.size() / 64) {
        fuzz::must(text.map.toRaw(at) <= size, "text leads back");
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    const TakeMark ignore = [](std::size_t) { };
    const std::vector<SourceMark> marks{
        {{1, 3}, 0, Severity::Low}, {{text.size() / 2, text.size()}, 1, Severity::High}};
    for (const auto& block : readMarkdown(text).blocks) {
        checkText(block.text, size);
        const auto paragraph = paragraphOf(block, marks, ignore);
        for (const auto& mark : paragraph.marks) {
            fuzz::must(
                mark.start >= 0 && mark.start <= mark.end && mark.end <= paragraph.text.size(), "marks lie inside");
        }
        for (const auto& row : block.table.rows) {
            for (const auto& cell : row) {
                checkText(cell.text, size);
                fuzz::must(
                    cell.source.start <= cell.source.end && cell.source.end <= size, "a cell lies in the source");
            }
        }
        const auto table = tableOf(block.table, marks, ignore, 100);
        for (const auto& row : table.rows) {
            fuzz::must(row.size() == table.rows.front().size(), "rows are equally long");
        }
    }
    return 0;
}
