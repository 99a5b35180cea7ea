// SPDX-License-Identifier: GPL-3.0-or-later
// Data frames as programs print them, read back into columns: pandas and R (aligned, tibbles with their types), polars
// and Spark (ruled lines, records, rows as literals), lists of dicts, Markdown, LaTeX, CSV. Bounded: what is beyond the
// limits is left out, and no input makes the reader guess for long.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

struct FrameCell {
    std::string text; // trimmed
    ByteRange source; // in the text the frame was read from
};

struct FrameColumn {
    std::string name; // of the header, may be empty
    ByteRange source; // of the header
    std::vector<FrameCell> cells; // one per row
};

struct Frame {
    std::vector<FrameColumn> columns;
    ByteRange source; // all of it, header included
    std::size_t rows = 0;
    bool truncated = false; // rows beyond the limits
};

struct FrameLimits {
    std::size_t frames = 200; // in one text
    std::size_t columns = 200;
    std::size_t cells = 20'000; // of one frame
    std::size_t lineBytes = 4'000; // longer lines are no tables
};

// All frames of a text, front to back, disjoint.
[[nodiscard]] std::vector<Frame> readFrames(std::string_view text, const FrameLimits& limits = {});

// The parts of readFrames(): one frame that starts with line `first` of `lines`, and how many lines it takes (0: none).
struct FrameLines {
    std::string_view text;
    std::vector<ByteRange> lines; // without their line breaks
};
std::size_t readAlignedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);
std::size_t readRuledFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);
std::size_t readTypedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);
std::size_t readRecordFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);
// `notBefore`: where the last attempt that failed gave up; nothing in front of it is looked at twice.
std::size_t readLiteralFrame(
    const FrameLines& in, std::size_t first, const FrameLimits& limits, std::size_t& notBefore, Frame& out);
std::size_t readLatexFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);
std::size_t readSeparatedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out);

// A Series of pandas, whose name stands in its last line. Lines from `notBefore` on may be of it.
[[nodiscard]] bool endsSeries(std::string_view line);
bool readSeriesFrame(
    const FrameLines& in, std::size_t last, std::size_t notBefore, const FrameLimits& limits, Frame& out);

// A cell of the text between two offsets, without blanks around it.
[[nodiscard]] FrameCell frameCell(std::string_view text, std::size_t start, std::size_t end);

} // namespace cupel::formats
