// SPDX-License-Identifier: GPL-3.0-or-later
// Personal data in one text: places inside it, in order, apart from each other; validators answer anything; masks show
// nothing.
#include "analyzers/base/utf8.h"
#include "analyzers/rules/pii/frame_rules.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/text_scanner.h"
#include "analyzers/rules/pii/validator.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;
using namespace cupel::rules::pii;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto text = fuzz::viewOf(data, size).substr(1);
    (void)validators()[data[0] % validators().size()].holds(text.substr(0, 64));
    (void)judgeCell(text.substr(0, 100), data[0] % rows().size());
    (void)rowsOfHeader(normaliseHeader(text.substr(0, 100)));
    Budget budget(fuzz::smallLimits());
    bool complete = true;
    std::uint64_t end = 0;
    for (const auto& match : scanText(text, budget, complete)) {
        fuzz::must(match.row != nullptr, "a match has a class");
        fuzz::must(match.place.start >= end && match.place.start < match.place.end && match.place.end <= text.size(),
            "matches are in order, disjoint and inside");
        fuzz::must(match.contextPlace.end <= text.size(), "the word nearby is inside");
        end = match.place.end;
        const auto masked = maskByShape(slice(text, match.place));
        fuzz::must(isUtf8(masked) && masked.find_first_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string::npos,
            "a mask shows nothing");
    }
    fuzz::must(complete, "a short text is looked at completely");
    auto frames = framesOfHtml(text);
    frames = frames.empty() ? formats::readFrames(text) : std::move(frames);
    for (const auto& frame : frames) {
        for (const auto& column : judgeFrame(frame).columns) {
            fuzz::must(column.index < frame.columns.size(), "a column is one of the frame");
        }
    }
    return 0;
}
