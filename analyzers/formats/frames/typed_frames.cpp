// SPDX-License-Identifier: GPL-3.0-or-later
// Frames that print the type of each column: tibbles and data.table of R with a row of types below the header, and
// glimpse() and str(), which print one column a line.
#include "analyzers/formats/frames/frame.h"

#include <algorithm>
#include <iterator>

namespace cupel::formats {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view lineOf(const FrameLines& in, std::size_t index)
{
    return index < in.lines.size() ? slice(in.text, in.lines[index]) : std::string_view();
}

// Columns of the screen, in code points, to bytes of the line.
std::vector<std::size_t> pointsOf(std::string_view line)
{
    std::vector<std::size_t> starts;
    starts.reserve(line.size() + 1);
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) {
            starts.push_back(i);
        }
    }
    starts.push_back(line.size());
    return starts;
}

struct TypedColumn {
    bool left = false; // its values begin where its type does; else they end where it ends
    std::size_t start = 0;
    std::size_t end = 0; // the far end of name and type
};

// "  <chr>   <dbl> <date>"; empty: something else stands there.
std::vector<TypedColumn> typesOf(std::string_view line, std::size_t most)
{
    constexpr std::size_t longestType = 24;
    std::vector<TypedColumn> columns;
    std::size_t at = 0;
    while (at < line.size()) {
        if (line[at] == ' ' || line[at] == '\r') {
            ++at;
            continue;
        }
        const auto close = line[at] == '<' ? line.substr(at, longestType).find('>') : std::string_view::npos;
        if (close == std::string_view::npos || close < 2 || columns.size() >= most) {
            return {};
        }
        columns.push_back({false, at, at + close + 1});
        at += close + 1;
    }
    return line.starts_with(' ') ? columns : std::vector<TypedColumn>();
}

// What a tibble writes at the left of its column.
bool isText(std::string_view type)
{
    constexpr std::string_view types[] = {"<chr>", "<fct>", "<ord>", "<lgl>", "<date>", "<dttm>", "<list>", "<glue>"};
    return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

// Compares each type with the name above it: those of texts begin together, those of numbers end together.
void align(std::string_view header, std::string_view types, std::vector<TypedColumn>& columns)
{
    const auto points = pointsOf(header);
    const auto width = points.size() - 1;
    const auto blank = [&](std::size_t i) { return i >= width || header[points[i]] == ' '; };
    for (auto& column : columns) {
        const bool begins = !blank(column.start) && (column.start == 0 || blank(column.start - 1));
        const bool ends = column.end > 0 && !blank(column.end - 1) && blank(column.end);
        if (begins) {
            column.left = !ends || isText(types.substr(column.start, column.end - column.start));
        } else if (!ends) {
            // The name is longer than the type on the side that is not aligned.
            column.left = !blank(column.start) && !blank(column.end - 1) && column.start > 0 && blank(column.start - 1);
        }
    }
}

// Cuts header and rows alike.
std::vector<FrameCell> cut(const FrameLines& in, ByteRange line, const std::vector<TypedColumn>& columns)
{
    const auto text = slice(in.text, line);
    const auto points = pointsOf(text);
    const auto width = points.size() - 1;
    const auto byte = [&](std::size_t point) { return line.start + points[std::min(point, width)]; };
    const auto blank = [&](std::size_t i) { return i >= width || text[points[i]] == ' '; };
    std::vector<FrameCell> cells;
    std::size_t from = 0;
    const auto& first = columns.front();
    auto stop = first.left ? first.start : std::min(first.end, width);
    while (!first.left && stop > 0 && !blank(stop - 1)) {
        --stop;
    }
    cells.push_back(frameCell(in.text, byte(0), byte(stop)));
    from = stop;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto end = width;
        if (!columns[i].left) {
            end = i + 1 < columns.size() ? columns[i].end : width;
        } else if (i + 1 < columns.size()) {
            end = columns[i + 1].left ? columns[i + 1].start : std::min(columns[i + 1].end, width);
            while (!columns[i + 1].left && end > from && !blank(end - 1)) {
                --end;
            }
        }
        end = std::max(std::min(end, width), from);
        cells.push_back(frameCell(in.text, byte(from), byte(end)));
        from = end;
    }
    return cells;
}

// "1 Alice", " 12 Bob", "1: Alice"
bool isRow(std::string_view line)
{
    const auto start = std::min(line.find_first_not_of(' '), line.size());
    auto end = start;
    while (end < line.size() && isDigit(line[end])) {
        ++end;
    }
    end += end < line.size() && line[end] == ':' ? 1 : 0;
    return end > start && end < line.size() && line[end] == ' ';
}

bool addRow(Frame& frame, std::vector<FrameCell>&& cells)
{
    for (std::size_t i = 0; i < frame.columns.size(); ++i) {
        frame.columns[i].cells.push_back(std::move(cells[i]));
    }
    ++frame.rows;
    return true;
}

std::size_t readTypeRow(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    const auto types = lineOf(in, first + 1);
    if (types.find('<') == std::string_view::npos || types.size() > limits.lineBytes) {
        return 0;
    }
    auto columns = typesOf(types, limits.columns);
    if (columns.empty()) {
        return 0;
    }
    align(lineOf(in, first), types, columns);
    Frame frame;
    for (auto& cell : cut(in, in.lines[first], columns)) {
        frame.columns.push_back({std::move(cell.text), cell.source, {}});
    }
    auto next = first + 2;
    for (; next < in.lines.size() && frame.rows * frame.columns.size() < limits.cells; ++next) {
        const auto line = lineOf(in, next);
        if (line.size() > limits.lineBytes || !isRow(line)) {
            break;
        }
        addRow(frame, cut(in, in.lines[next], columns));
    }
    if (frame.rows == 0) {
        return 0;
    }
    frame.source = {in.lines[first].start, in.lines[next - 1].end};
    out = std::move(frame);
    return next - first;
}

// The values behind the type: "a", "b", or 1, 2, or 1 2.
std::vector<FrameCell> valuesOf(const FrameLines& in, std::size_t start, std::size_t end, std::size_t most)
{
    std::vector<FrameCell> cells;
    while (start < end && cells.size() < most) {
        const char c = in.text[start];
        if (c == ' ' || c == ',' || c == '\r') {
            ++start;
            continue;
        }
        auto stop = start + 1;
        if (c == '"' || c == '\'') {
            stop = std::min<std::size_t>(in.text.find(c, stop), end);
            cells.push_back({std::string(in.text.substr(start + 1, stop - start - 1)), {start + 1, stop}});
            start = stop + 1;
            continue;
        }
        while (stop < end && in.text[stop] != ',' && in.text[stop] != ' ' && in.text[stop] != '\r') {
            ++stop;
        }
        cells.push_back(frameCell(in.text, start, stop));
        start = stop;
    }
    // "..." and the sign for it say that there is more.
    while (!cells.empty() && (cells.back().text == "..." || cells.back().text == "\u2026")) {
        cells.pop_back();
    }
    return cells;
}

// "$ name <chr> ..." of glimpse(), " $ name: chr ..." of str().
bool readListed(const FrameLines& in, ByteRange line, std::size_t most, FrameColumn& out)
{
    const auto text = slice(in.text, line);
    const auto sign = std::min(text.find_first_not_of(' '), text.size());
    if (sign + 2 >= text.size() || text[sign] != '$' || text[sign + 1] != ' ') {
        return false;
    }
    constexpr std::size_t longestName = 80;
    const auto name = sign + 2;
    const auto window = text.substr(name, longestName);
    const auto open = window.find(" <");
    const auto colon = window.find(':');
    std::size_t nameEnd = 0;
    std::size_t values = 0;
    if (open != std::string_view::npos) {
        nameEnd = name + open;
        values = text.find("> ", nameEnd);
    } else if (colon != std::string_view::npos) {
        nameEnd = name + colon;
        values = text.find(' ', std::min(text.find_first_not_of(": ", nameEnd), text.size()));
    }
    if (nameEnd == 0 || values == std::string_view::npos) {
        return false;
    }
    auto cell = frameCell(in.text, line.start + name, line.start + nameEnd);
    out.name = std::move(cell.text);
    out.source = cell.source;
    out.cells = valuesOf(in, line.start + values + 1, line.end, most);
    return !out.name.empty() && !out.cells.empty();
}

std::size_t readColumnLines(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    constexpr std::size_t mostValues = 100;
    Frame frame;
    auto next = first;
    for (; next < in.lines.size() && frame.columns.size() < limits.columns; ++next) {
        FrameColumn column;
        if (in.lines[next].size() > limits.lineBytes || !readListed(in, in.lines[next], mostValues, column)) {
            break;
        }
        frame.rows = frame.columns.empty() ? column.cells.size() : std::min(frame.rows, column.cells.size());
        frame.columns.push_back(std::move(column));
    }
    if (frame.columns.size() < 2) {
        return 0;
    }
    for (auto& column : frame.columns) {
        column.cells.resize(frame.rows); // the lines are cut at the edge of the screen
    }
    frame.source = {in.lines[first].start, in.lines[next - 1].end};
    out = std::move(frame);
    return next - first;
}

} // namespace

std::size_t readTypedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    const auto line = lineOf(in, first);
    if (line.size() > limits.lineBytes || line.size() < 3) {
        return 0;
    }
    if (line[0] == '$' || line.starts_with(" $ ")) {
        return readColumnLines(in, first, limits, out);
    }
    return line[0] == ' ' ? readTypeRow(in, first, limits, out) : 0;
}

} // namespace cupel::formats
