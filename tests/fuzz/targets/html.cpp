// SPDX-License-Identifier: GPL-3.0-or-later
// Notebook HTML: blocks within the limits, spans inside their text, every character leads back into the source.
#include "analyzers/formats/html/html_blocks.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

static void checkText(const formats::HtmlText& text, std::size_t size)
{
    std::uint32_t end = 0;
    for (const auto& span : text.spans) {
        fuzz::must(span.start >= end && span.start <= span.end && span.end <= text.text.size(),
            "spans are sorted, disjoint, inside");
        end = span.end;
    }
    if (!text.text.empty()) {
        fuzz::must(text.map.toRaw(ByteRange{0, text.text.size()}).end <= size, "text leads back into the source");
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    formats::HtmlLimits limits;
    limits.blocks = 200;
    limits.cells = 500;
    limits.columns = 20;
    limits.textBytes = 64 << 10;
    limits.forReaders = size % 2 == 1;
    const auto document = formats::readHtml(fuzz::viewOf(data, size), limits);
    fuzz::must(document.blocks.size() <= limits.blocks + 1, "blocks are capped");
    for (const auto& block : document.blocks) {
        checkText(block.text, size);
        for (const auto& row : block.table.rows) {
            fuzz::must(row.size() <= limits.columns, "columns are capped");
            for (const auto& cell : row) {
                checkText(cell.text, size);
                fuzz::must(
                    cell.source.start <= cell.source.end && cell.source.end <= size, "a cell lies in the source");
            }
        }
    }
    return 0;
}
