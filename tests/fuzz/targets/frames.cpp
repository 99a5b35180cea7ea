// SPDX-License-Identifier: GPL-3.0-or-later
// Data frames in a text: in order, disjoint, within the limits; every cell is what stands at its place.
#include "analyzers/formats/frames/frame.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    formats::FrameLimits limits;
    limits.frames = 20;
    limits.columns = 20;
    limits.cells = 500;
    limits.lineBytes = 400;
    const auto frames = formats::readFrames(text, limits);
    fuzz::must(frames.size() <= limits.frames, "frames are capped");
    std::uint64_t end = 0;
    for (const auto& frame : frames) {
        fuzz::must(frame.source.start >= end && frame.source.end <= text.size(), "frames are in order and inside");
        end = frame.source.end;
        fuzz::must(frame.columns.size() <= limits.columns + 2, "columns are capped");
        for (const auto& column : frame.columns) {
            fuzz::must(column.cells.size() == frame.rows, "columns have a cell for each row");
            fuzz::must(frame.rows * frame.columns.size() <= limits.cells + 2 * limits.columns, "cells are capped");
            for (const auto& cell : column.cells) {
                fuzz::must(cell.source.start >= frame.source.start && cell.source.end <= frame.source.end,
                    "a cell lies in its frame");
                fuzz::must(slice(text, cell.source) == cell.text, "a cell is what stands there");
            }
        }
    }
    return 0;
}
