// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/frames/frame.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

ByteRange trimmed(std::string_view text, std::size_t start, std::size_t end)
{
    end = std::min(end, text.size());
    start = std::min(start, end);
    while (start < end && (text[start] == ' ' || text[start] == '\t')) {
        ++start;
    }
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r')) {
        --end;
    }
    return {start, end};
}

// Splits one line at a separator outside quotes; false: not what a table would write.
bool splitLine(std::string_view text, ByteRange line, char separator, std::vector<ByteRange>& out, std::size_t most)
{
    out.clear();
    auto start = line.start;
    bool quoted = false;
    for (auto at = line.start; at <= line.end; ++at) {
        if (at < line.end && text[at] == '"') {
            quoted = !quoted;
        }
        if (at == line.end || (text[at] == separator && !quoted)) {
            auto cell = trimmed(text, start, at);
            if (cell.size() >= 2 && text[cell.start] == '"' && text[cell.end - 1] == '"') {
                cell = trimmed(text, cell.start + 1, cell.end - 1);
            }
            out.push_back(cell);
            start = at + 1;
            if (out.size() > most) {
                return false;
            }
        }
    }
    return !quoted;
}

bool isName(std::string_view cell)
{
    constexpr std::size_t longest = 60;
    const auto digits = std::count_if(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !cell.empty() && cell.size() <= longest && (cell[0] < '0' || cell[0] > '9') && cell[0] != '-'
        && digits * 2 <= static_cast<std::ptrdiff_t>(cell.size())
        && cell.find_first_of("(){}=;\\<>") == std::string_view::npos;
}

} // namespace

FrameCell frameCell(std::string_view text, std::size_t start, std::size_t end)
{
    const auto source = trimmed(text, start, end);
    return {std::string(slice(text, source)), source};
}

std::size_t readSeparatedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    static constexpr std::array separators{',', '\t', ';'};
    const auto line = slice(in.text, in.lines[first]);
    if (line.size() > limits.lineBytes || line.empty()) {
        return 0;
    }
    std::vector<ByteRange> header;
    std::vector<ByteRange> row;
    const auto text = [&in](ByteRange cell) { return slice(in.text, cell); };
    for (const char separator : separators) {
        if (line.find(separator) == std::string_view::npos
            || !splitLine(in.text, in.lines[first], separator, header, limits.columns) || header.size() < 2
            || !std::all_of(header.begin(), header.end(), [&](ByteRange cell) { return isName(text(cell)); })) {
            continue;
        }
        const auto isRow = [&](std::size_t index) {
            return index < in.lines.size() && in.lines[index].size() <= limits.lineBytes
                && splitLine(in.text, in.lines[index], separator, row, limits.columns) && row.size() == header.size();
        };
        if (header.size() >= limits.cells || !isRow(first + 1) || !isRow(first + 2)) {
            continue; // most lines with commas are no tables: nothing is copied before
        }
        Frame frame;
        for (const auto cell : header) {
            frame.columns.push_back({std::string(text(cell)), cell, {}});
        }
        auto next = first + 1;
        for (; frame.rows * header.size() < limits.cells && isRow(next); ++next) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                frame.columns[i].cells.push_back({std::string(text(row[i])), row[i]});
            }
            ++frame.rows;
        }
        frame.source = {in.lines[first].start, in.lines[next - 1].end};
        out = std::move(frame);
        return next - first;
    }
    return 0;
}

std::vector<Frame> readFrames(std::string_view text, const FrameLimits& limits)
{
    FrameLines in;
    in.text = text;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        in.lines.push_back({start, end});
        start = end + 1;
    }
    std::vector<Frame> frames;
    std::size_t literalsFrom = 0;
    for (std::size_t i = 0; i < in.lines.size() && frames.size() < limits.frames;) {
        Frame frame;
        auto taken = readRuledFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readTypedFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readRecordFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readLiteralFrame(in, i, limits, literalsFrom, frame);
        taken = taken > 0 ? taken : readAlignedFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readSeparatedFrame(in, i, limits, frame);
        if (taken > 0) {
            frames.push_back(std::move(frame));
        }
        i += std::max<std::size_t>(1, taken);
    }
    return frames;
}

} // namespace cupel::formats
