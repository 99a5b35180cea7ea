// SPDX-License-Identifier: GPL-3.0-or-later
// Data frames in a text, in JSON and in scripts: in order, disjoint, within the limits; every cell is what stands at
// its place.
#include "analyzers/formats/frames/json_frames.h"
#include "tests/fuzz/fuzz.h"

#include <vector>

using namespace cupel;

namespace {

void mustHold(
    std::string_view text, const std::vector<formats::Frame>& frames, const formats::FrameLimits& limits, bool json)
{
    fuzz::must(frames.size() <= limits.frames, "frames are capped");
    std::uint64_t end = 0;
    for (const auto& frame : frames) {
        fuzz::must(frame.source.start >= end && frame.source.end <= text.size(), "frames are in order and inside");
        end = frame.source.end;
        fuzz::must(frame.columns.size() <= limits.columns + 2, "columns are capped");
        for (const auto& column : frame.columns) {
            fuzz::must(column.cells.size() == frame.rows, "columns have a cell for each row");
            fuzz::must(frame.rows * frame.columns.size() <= (json ? 2 : 1) * limits.cells + 2 * limits.columns,
                "cells are capped");
            for (const auto& cell : column.cells) {
                fuzz::must(cell.source.start >= frame.source.start && cell.source.end <= frame.source.end,
                    "a cell lies in its frame");
                fuzz::must(json || slice(text, cell.source) == cell.text, "a cell is what stands there");
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    formats::FrameLimits limits;
    limits.frames = 20;
    limits.columns = 20;
    limits.cells = 500;
    limits.lineBytes = 400;
    mustHold(text, formats::readFrames(text, limits), limits, false);
    Budget budget(fuzz::smallLimits());
    mustHold(text, formats::readJsonFrames(text, budget, limits), limits, true);
    mustHold(text, formats::readScriptFrames(text, true, budget, limits), limits, true);
    mustHold(text, formats::readScriptFrames(text, false, budget, limits), limits, true);
    return 0;
}
