// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that turns text of a cell or an output into what is painted: escapes, JSON, markdown, colours, lines.
#include "tests/fuzz/fuzz.h"
#include "widgets/editor/code_spans.h"
#include "widgets/notebook/ansi.h"
#include "widgets/notebook/json_text.h"
#include "widgets/notebook/region_display.h"
#include "widgets/notebook/rich_text.h"
#include "widgets/notebook/text_data.h"
#include "widgets/notebook/traceback.h"

using namespace cupel;
using namespace cupel::widgets;

static void checkSpans(const std::vector<Span>& spans, qsizetype size)
{
    qsizetype end = 0;
    for (const auto& span : spans) {
        fuzz::must(span.start >= end && span.length >= 0 && span.start + span.length <= size,
            "spans are sorted, disjoint, inside");
        end = span.start + span.length;
    }
}

static void checkShown(std::string_view utf8)
{
    const ShownText shown(utf8);
    int last = 0;
    for (std::size_t byte = 0; byte <= utf8.size(); ++byte) {
        const auto unit = shown.unit(byte);
        fuzz::must(unit >= last && unit <= shown.string().size(), "units grow with bytes");
        last = unit;
    }
    fuzz::must(!shown.string().contains(QChar(0x202E)), "nothing turns the text around");
    const auto data = splitLines(shown.string());
    fuzz::must(!data.lines.empty(), "there is always a line");
    for (const auto& line : data.lines) {
        fuzz::must(line.start >= 0 && line.start + line.length <= data.text.size(), "lines lie in the text");
    }
    for (const auto& frames : libraryFrames(data)) {
        fuzz::must(frames.first < frames.end && frames.end <= int(data.lines.size()), "folds lie in the text");
    }
    for (const auto language : {Language::Python, Language::Json, Language::R, Language::Other}) {
        checkSpans(codeSpans(data.text, language), data.text.size());
    }
}

static void checkMarkdown(std::string_view text)
{
    const TakeMark ignore = [](std::size_t) { };
    const std::vector<SourceMark> marks{
        {{1, 3}, 0, Severity::Low}, {{text.size() / 2, text.size()}, 1, Severity::High}};
    for (const auto& block : readMarkdown(text).blocks) {
        if (!block.text.text.empty()) {
            fuzz::must(block.text.map.toRaw(block.text.text.size() - 1) <= text.size(), "text leads back");
        }
        const auto paragraph = paragraphOf(block, marks, ignore);
        for (const auto& mark : paragraph.marks) {
            fuzz::must(
                mark.start >= 0 && mark.start <= mark.end && mark.end <= paragraph.text.size(), "marks lie inside");
        }
        const auto table = tableOf(block.table, marks, ignore);
        for (const auto& row : table.rows) {
            fuzz::must(row.size() == table.rows.front().size(), "rows are equally long");
        }
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    checkShown(text);
    const auto ansi = readAnsi(text);
    fuzz::must(ansi.utf8.size() <= size, "escapes only take away");
    checkSpans(ansi.spans, qsizetype(ansi.utf8.size()));
    const auto pretty = prettyJson(text);
    fuzz::must(pretty.utf8.size() <= 4 * size + (256 << 10), "indentation is bounded");
    checkMarkdown(text);
    return 0;
}
