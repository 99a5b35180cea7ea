// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that turns text of a cell or an output into what is painted: escapes, JSON, colours, lines, frames.
#include "tests/fuzz/fuzz.h"
#include "widgets/editor/code_spans.h"
#include "widgets/notebook/ansi.h"
#include "widgets/notebook/json_text.h"
#include "widgets/notebook/region_display.h"
#include "widgets/notebook/text_data.h"
#include "widgets/notebook/traceback.h"

using namespace cupel;
using namespace cupel::widgets;

constexpr std::size_t places = 31; // of a text that are looked at

static void checkSpans(const std::vector<Span>& spans, qsizetype size)
{
    qsizetype end = 0;
    for (const auto& span : spans) {
        fuzz::must(span.start >= end && span.length >= 0 && span.start + span.length <= size,
            "spans are sorted, disjoint, inside");
        end = span.start + span.length;
    }
}

// Every byte leads into the source, in order.
static void checkMap(const OffsetMap& map, std::string_view source, std::string_view shown)
{
    std::uint64_t last = 0;
    for (std::uint64_t at = 0; at < shown.size(); at += 1 + shown.size() / places) {
        const auto raw = map.toRaw(at);
        fuzz::must(raw >= last && raw <= source.size(), "text leads back to its source, in order");
        last = raw;
    }
}

static void checkShown(std::string_view utf8)
{
    const ShownText shown(utf8);
    int last = 0;
    // Finding a place walks over what stands before it: few places.
    for (std::size_t byte = 0; byte <= utf8.size(); byte += 1 + utf8.size() / places) {
        const auto unit = shown.unit(byte);
        fuzz::must(unit >= last && unit <= shown.string().size(), "units grow with bytes");
        last = unit;
    }
    fuzz::must(shown.unit(utf8.size()) == shown.string().size(), "the last byte ends the text");
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

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    checkShown(text);
    const auto ansi = readAnsi(text);
    fuzz::must(ansi.utf8.size() <= size, "escapes only take away");
    checkSpans(ansi.spans, qsizetype(ansi.utf8.size()));
    checkMap(ansi.map, text, ansi.utf8);
    const auto pretty = prettyJson(text);
    fuzz::must(pretty.utf8.size() <= 4 * size + (256 << 10), "indentation is bounded");
    checkMap(pretty.map, text, pretty.utf8);
    return 0;
}
