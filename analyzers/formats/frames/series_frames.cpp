// SPDX-License-Identifier: GPL-3.0-or-later
// A Series of pandas: a label and a value a line, and below them what the column is called: "Name: first_name, dtype:
// object".
#include "analyzers/formats/frames/frame.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::string_view mark = "Name: ";
constexpr std::string_view typeMark = ", dtype: ";

// "...": rows were left out here.
bool isGap(std::string_view line)
{
    const auto first = line.find_first_not_of(" \t");
    return first != std::string_view::npos && line.substr(first).starts_with("..");
}

// Where the value of a row begins, behind the last gap of two blanks; 0: the line is no row.
std::size_t valueOf(std::string_view line)
{
    const auto end = line.find_last_not_of(" \t\r");
    const auto gap = end == std::string_view::npos ? end : line.rfind("  ", end);
    const auto first = line.find_first_not_of(" \t");
    return gap == std::string_view::npos || gap <= first ? 0 : gap + 2;
}

} // namespace

bool endsSeries(std::string_view line)
{
    return line.starts_with(mark) && line.find(typeMark) != std::string_view::npos;
}

bool readSeriesFrame(
    const FrameLines& in, std::size_t last, std::size_t notBefore, const FrameLimits& limits, Frame& out)
{
    const auto line = slice(in.text, in.lines[last]);
    if (!endsSeries(line) || line.size() > limits.lineBytes) {
        return false;
    }
    auto first = last;
    while (first > notBefore && (last - first) * 2 < limits.cells) {
        const auto row = slice(in.text, in.lines[first - 1]);
        if (row.size() > limits.lineBytes || (valueOf(row) == 0 && !isGap(row))) {
            break;
        }
        --first;
    }
    if (first == last) {
        return false;
    }
    const auto nameStart = in.lines[last].start + mark.size();
    const auto comma = std::min(line.find(", Length: "), line.find(typeMark)); // of a long one
    auto name = frameCell(in.text, nameStart, in.lines[last].start + comma);
    // Counts of values have the values as labels: both are columns of that name.
    out.columns.assign(2, {name.text, name.source, {}});
    for (auto i = first; i < last; ++i) {
        const auto row = in.lines[i];
        if (isGap(slice(in.text, row))) {
            continue;
        }
        const auto value = row.start + valueOf(slice(in.text, row));
        auto label = frameCell(in.text, row.start, value);
        out.columns[0].cells.push_back(frameCell(in.text, value, row.end));
        out.columns[1].cells.push_back(std::move(label));
    }
    out.rows = out.columns[0].cells.size();
    const auto isNumber = [](const FrameCell& cell) {
        return cell.text.find_first_not_of("0123456789.-+e") == std::string::npos;
    };
    if (std::all_of(out.columns[1].cells.begin(), out.columns[1].cells.end(), isNumber)) {
        out.columns.pop_back();
    }
    out.source = {in.lines[first].start, in.lines[last].end};
    out.truncated = first > notBefore && (last - first) * 2 >= limits.cells;
    return out.rows > 0;
}

} // namespace cupel::formats
