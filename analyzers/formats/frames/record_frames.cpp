// SPDX-License-Identifier: GPL-3.0-or-later
// Frames printed one row after the other, a value a line: Spark's show(vertical=True).
#include "analyzers/formats/frames/frame.h"

#include <algorithm>

namespace cupel::formats {

namespace {

bool isMark(std::string_view line)
{
    return line.starts_with("-RECORD ");
}

} // namespace

std::size_t readRecordFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    if (!isMark(slice(in.text, in.lines[first]))) {
        return 0;
    }
    Frame frame;
    auto next = first;
    std::size_t column = 0;
    bool open = true; // the first record tells the names
    for (; next < in.lines.size() && frame.rows * (frame.columns.size() + 1) < limits.cells; ++next) {
        const auto line = slice(in.text, in.lines[next]);
        if (isMark(line)) {
            if (next > first && column != frame.columns.size()) {
                break; // the record before was cut short
            }
            open = next == first;
            column = 0;
            ++frame.rows;
            continue;
        }
        const auto bar = line.find(" | ");
        if (bar == std::string_view::npos || line.size() > limits.lineBytes
            || (open ? frame.columns.size() >= limits.columns : column >= frame.columns.size())) {
            break;
        }
        const auto start = in.lines[next].start;
        if (open) {
            auto name = frameCell(in.text, start, start + bar);
            frame.columns.push_back({std::move(name.text), name.source, {}});
        }
        frame.columns[column++].cells.push_back(frameCell(in.text, start + bar + 3, in.lines[next].end));
    }
    frame.rows -= column == frame.columns.size() ? 0 : 1; // the last record is not whole
    if (frame.columns.empty() || frame.rows == 0) {
        return 0;
    }
    for (auto& each : frame.columns) {
        each.cells.resize(frame.rows);
    }
    frame.truncated = frame.rows * (frame.columns.size() + 1) >= limits.cells && next < in.lines.size();
    frame.source = {in.lines[first].start, in.lines[next - 1].end};
    out = std::move(frame);
    return next - first;
}

} // namespace cupel::formats
