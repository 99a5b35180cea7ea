// SPDX-License-Identifier: GPL-3.0-or-later
// Frames whose columns only stand below each other, as pandas and R print them: names and values end at one place.
#include "analyzers/formats/frames/frame.h"

#include <algorithm>

namespace cupel::formats {

namespace {

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

struct Stop {
    std::size_t start = 0; // of the name, in code points
    std::size_t end = 0;
};

// Names in a header line. Of pandas: at least two blanks between them, as names may hold single ones; of R one is
// enough.
std::vector<Stop> stopsOf(std::string_view line, std::size_t most, bool single)
{
    std::vector<Stop> stops;
    const auto points = pointsOf(line);
    const auto blank = [&](std::size_t i) {
        return i + 1 >= points.size() || line[points[i]] == ' ' || line[points[i]] == '\r';
    };
    for (std::size_t i = 0; i + 1 < points.size();) {
        if (blank(i)) {
            ++i;
            continue;
        }
        const auto start = i;
        while (i + 1 < points.size() && (!blank(i) || (!single && !blank(i + 1) && i + 1 < points.size()))) {
            ++i;
        }
        stops.push_back({start, i});
        if (stops.size() > most) {
            return {};
        }
    }
    // "  \" at the end: pandas goes on below.
    if (!stops.empty() && stops.back().end == stops.back().start + 1 && line[points[stops.back().start]] == '\\') {
        stops.pop_back();
    }
    return stops;
}

bool isEllipsis(std::string_view line)
{
    return line.find_first_not_of(" .\r") == std::string_view::npos && line.find("..") != std::string_view::npos;
}

// Cuts a row at the places where the header's names end; false: the row does not keep to them.
bool cutRow(
    const FrameLines& in, ByteRange line, const std::vector<Stop>& stops, bool single, std::vector<FrameCell>& cells)
{
    const auto text = slice(in.text, line);
    const auto points = pointsOf(text);
    const auto width = points.size() - 1;
    cells.clear();
    if (width > stops.back().end + 4 || width + 1 < stops.front().end) {
        return false;
    }
    const auto byte = [&](std::size_t point) { return line.start + points[std::min(point, width)]; };
    const auto blankAt = [&](std::size_t point) {
        return point >= width || text[points[point]] == ' ' || text[points[point]] == '\r';
    };
    std::size_t from = 0;
    // The index stands to the left of the first column; the last blank before its value divides the two.
    std::size_t split = std::min(stops.front().end, width);
    while (split > 0 && !(blankAt(split - 1) && (split < 2 || blankAt(split - 2)))) {
        --split;
    }
    // In R one blank is enough behind the number of the row.
    if (const auto digits = text.find_first_not_of("0123456789"); single && split == 0 && digits != 0) {
        split = std::min(digits, stops.front().end);
    }
    cells.push_back(frameCell(in.text, byte(0), byte(split)));
    from = split;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const bool last = i + 1 == stops.size();
        const auto end = last ? width : stops[i].end;
        if (!last && !blankAt(end)) {
            return false;
        }
        cells.push_back(frameCell(in.text, byte(from), byte(end)));
        from = end;
    }
    return true;
}

} // namespace

namespace {

// How the names and values of R stand below each other: numbers end together, in a notebook texts begin together.
enum class Edge { Start, End };

bool standTogether(
    const FrameLines& in, std::size_t first, const std::vector<Stop>& stops, Edge edge, const FrameLimits& limits)
{
    constexpr std::size_t looked = 6; // rows
    std::size_t rows = 0;
    for (auto next = first; next < in.lines.size() && rows < looked; ++next, ++rows) {
        const auto text = slice(in.text, in.lines[next]);
        if (text.empty() || text[0] == ' ' || text.size() > limits.lineBytes) {
            break;
        }
        const auto points = pointsOf(text);
        const auto width = points.size() - 1;
        const auto blank = [&](std::size_t i) {
            return i >= width || text[points[i]] == ' ' || text[points[i]] == '\r';
        };
        if (!std::all_of(stops.begin(), stops.end(), [&](const Stop& stop) {
                return edge == Edge::End ? blank(stop.end) && !blank(stop.end - 1)
                                         : stop.start > 0 && blank(stop.start - 1) && !blank(stop.start);
            })) {
            return false;
        }
    }
    return rows > 0;
}

// Names and values that begin together: each stop ends where the next one begins, and the last reaches far.
std::vector<Stop> fromStart(std::vector<Stop> stops, std::size_t widest)
{
    for (std::size_t i = 0; i < stops.size(); ++i) {
        stops[i].end = i + 1 < stops.size() ? stops[i + 1].start - 1 : widest;
    }
    return stops;
}

// Where the columns below a header stand, and how.
struct Ruler {
    std::vector<Stop> stops; // empty: they stand nowhere
    bool single = false; // one blank is enough between names
    bool left = false; // what belongs together begins together
};

Ruler rulerOf(const FrameLines& in, std::size_t first, const FrameLimits& limits)
{
    const auto header = slice(in.text, in.lines[first]);
    const char below = in.text[in.lines[first + 1].start];
    auto stops = stopsOf(header, limits.columns, false);
    auto more = stopsOf(header, limits.columns, true);
    if (more.size() > stops.size() && standTogether(in, first + 1, more, Edge::End, limits)) {
        return {std::move(more), true, false};
    }
    if (below >= '0' && below <= '9' && !more.empty() && !standTogether(in, first + 1, stops, Edge::End, limits)
        && standTogether(in, first + 1, more, Edge::Start, limits)) {
        return {fromStart(std::move(more), limits.lineBytes), false, true};
    }
    return {std::move(stops), false, false};
}

// Cuts a row at the places where the header's names begin; false: the row does not keep to them.
bool cutFromStart(const FrameLines& in, ByteRange line, const std::vector<Stop>& stops, std::vector<FrameCell>& cells)
{
    const auto text = slice(in.text, line);
    const auto points = pointsOf(text);
    const auto width = points.size() - 1;
    const auto blankAt = [&](std::size_t point) { return point >= width || text[points[point]] == ' '; };
    const auto byte = [&](std::size_t point) { return line.start + points[std::min(point, width)]; };
    cells.clear();
    cells.push_back(frameCell(in.text, byte(0), byte(stops.front().start)));
    for (const auto& stop : stops) {
        if (!blankAt(stop.start - 1)) {
            return false;
        }
        cells.push_back(frameCell(in.text, byte(stop.start), byte(stop.end)));
    }
    return true;
}

} // namespace

std::size_t readAlignedFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    const auto header = slice(in.text, in.lines[first]);
    // An unnamed index leaves its place empty.
    if (header.size() > limits.lineBytes || !header.starts_with("  ") || first + 1 >= in.lines.size()) {
        return 0;
    }
    const auto below = slice(in.text, in.lines[first + 1]);
    if (below.empty() || below[0] == ' ' || below.size() > limits.lineBytes) {
        return 0;
    }
    const auto [stops, single, left] = rulerOf(in, first, limits);
    if (stops.empty()) {
        return 0;
    }
    const auto points = pointsOf(header);
    Frame frame;
    frame.columns.push_back({{}, {in.lines[first].start, in.lines[first].start}, {}});
    for (const auto& stop : stops) {
        auto cell = frameCell(in.text, in.lines[first].start + points[stop.start],
            in.lines[first].start + points[std::min(stop.end, points.size() - 1)]);
        frame.columns.push_back({std::move(cell.text), cell.source, {}});
    }
    std::vector<FrameCell> cells;
    auto next = first + 1;
    for (; next < in.lines.size() && frame.rows * frame.columns.size() < limits.cells; ++next) {
        const auto line = slice(in.text, in.lines[next]);
        if (line.empty() || line == "\r" || line.size() > limits.lineBytes) {
            break;
        }
        if (isEllipsis(line)) {
            continue;
        }
        if (left ? !cutFromStart(in, in.lines[next], stops, cells)
                 : !cutRow(in, in.lines[next], stops, single, cells)) {
            break;
        }
        // pandas writes the name of the index below those of the columns.
        const bool names = next == first + 1 && !cells.front().text.empty()
            && std::all_of(cells.begin() + 1, cells.end(), [](const FrameCell& cell) { return cell.text.empty(); });
        if (names) {
            frame.columns.front().name = std::move(cells.front().text);
            frame.columns.front().source = cells.front().source;
            continue;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            frame.columns[i].cells.push_back(std::move(cells[i]));
        }
        ++frame.rows;
    }
    if (frame.rows == 0) {
        return 0;
    }
    frame.truncated = frame.rows * frame.columns.size() >= limits.cells && next < in.lines.size();
    frame.source = {in.lines[first].start, in.lines[next - 1].end};
    out = std::move(frame);
    return next - first;
}

} // namespace cupel::formats
