// SPDX-License-Identifier: GPL-3.0-or-later
// Tables with lines around their cells: Spark's show(), polars, tabulate, Markdown.
#include "analyzers/formats/frames/frame.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::string_view boxBar = "\u2502"; // polars
constexpr std::string_view boxDots = "\u2506"; // polars, between columns

std::string_view lineOf(const FrameLines& in, std::size_t index)
{
    auto line = slice(in.text, in.lines[index]);
    while (!line.empty() && line.front() == ' ') {
        line.remove_prefix(1);
    }
    return line;
}

bool startsCells(std::string_view line)
{
    return line.starts_with('|') || line.starts_with(boxBar);
}

// "+---+", "|---|:--:|", or one of the box characters that draw lines.
bool isRule(std::string_view line)
{
    if (line.size() < 3) {
        return false;
    }
    if (line[0] == '+' || line[0] == '|') {
        return line.find("--") != std::string_view::npos || line.find("==") != std::string_view::npos
            ? line.find_first_not_of("+-=|: ") == std::string_view::npos
                || line.find_first_not_of("+-=|: \r") == std::string_view::npos
            : false;
    }
    return line.starts_with("\u250C") || line.starts_with("\u255E") || line.starts_with("\u2514")
        || line.starts_with("\u251C");
}

std::vector<FrameCell> cellsOf(const FrameLines& in, std::size_t index, std::size_t most)
{
    std::vector<FrameCell> cells;
    const auto line = in.lines[index];
    const auto barAt = [&](std::size_t at) -> std::size_t {
        if (in.text[at] == '|') {
            return 1;
        }
        const auto rest = in.text.substr(at, 3);
        return rest == boxBar || rest == boxDots ? 3 : 0;
    };
    std::size_t start = 0;
    bool open = false;
    for (auto at = line.start; at < line.end; ++at) {
        const auto bar = barAt(at);
        if (bar == 0) {
            continue;
        }
        if (open && cells.size() < most) {
            cells.push_back(frameCell(in.text, start, at));
        }
        open = true;
        start = at + bar;
        at = start - 1;
    }
    return cells;
}

// polars writes "---" and the type below each name.
bool isTypeRow(const std::vector<FrameCell>& cells)
{
    return std::all_of(cells.begin(), cells.end(), [](const FrameCell& cell) { return cell.text == "---"; });
}

} // namespace

std::size_t readRuledFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    constexpr std::size_t fewest = 3; // lines
    auto next = first;
    const auto line = lineOf(in, first);
    if (line.empty() || (line[0] != '+' && line[0] != '|' && static_cast<unsigned char>(line[0]) < 0xE0)
        || line.size() > limits.lineBytes) {
        return 0;
    }
    const bool box = isRule(line);
    next += box ? 1 : 0;
    if (next + 1 >= in.lines.size() || !startsCells(lineOf(in, next))) {
        return 0;
    }
    if (!box && !isRule(lineOf(in, next + 1))) {
        return 0; // Markdown has its rule below the header
    }
    Frame frame;
    for (auto& cell : cellsOf(in, next, limits.columns)) {
        frame.columns.push_back({std::move(cell.text), cell.source, {}});
    }
    ++next;
    if (frame.columns.empty()) {
        return 0;
    }
    bool types = false;
    for (; next < in.lines.size() && frame.rows * frame.columns.size() < limits.cells; ++next) {
        const auto text = lineOf(in, next);
        if (text.size() > limits.lineBytes) {
            break;
        }
        if (isRule(text)) {
            continue;
        }
        if (!startsCells(text)) {
            break;
        }
        auto cells = cellsOf(in, next, limits.columns);
        if (cells.size() != frame.columns.size()) {
            break;
        }
        if (types || isTypeRow(cells)) {
            types = !types; // this row, and the one with the types behind it
            continue;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            frame.columns[i].cells.push_back(std::move(cells[i]));
        }
        ++frame.rows;
    }
    if (next - first < fewest || frame.rows == 0) {
        return 0;
    }
    frame.truncated = frame.rows * frame.columns.size() >= limits.cells && next < in.lines.size();
    frame.source = {in.lines[first].start, in.lines[next - 1].end};
    out = std::move(frame);
    return next - first;
}

} // namespace cupel::formats
