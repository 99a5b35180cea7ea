// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/frames/frame.h"

#include "analyzers/base/byte_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

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

// Splits one line at a separator outside quotes; false: not what a table would write, or not what `accepts` its cells.
template <typename Accepts>
bool splitLine(std::string_view text, ByteRange line, char separator, std::vector<ByteRange>& out, std::size_t most,
    Accepts accepts)
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
            if (out.size() > most || !accepts(cell)) {
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
        const auto holdsSign = [&](std::size_t index) {
            return index < in.lines.size() && text(in.lines[index]).find(separator) != std::string_view::npos;
        };
        if (!holdsSign(first) || !holdsSign(first + 1) || !holdsSign(first + 2)
            || !splitLine(in.text, in.lines[first], separator, header, limits.columns,
                [&](ByteRange cell) {
                    // pandas writes nothing above the labels of rows: ",name,email".
                    return isName(text(cell)) || (cell.empty() && line.front() == separator && header.size() == 1);
                })
            || header.size() < 2) {
            continue;
        }
        const auto isRow = [&](std::size_t index) {
            return index < in.lines.size() && in.lines[index].size() <= limits.lineBytes
                && splitLine(
                    in.text, in.lines[index], separator, row, limits.columns, [](ByteRange) { return true; })
                && row.size() == header.size();
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
        frame.truncated = frame.rows * header.size() >= limits.cells && isRow(next);
        out = std::move(frame);
        return next - first;
    }
    return 0;
}

namespace {

// The lines of a text, and whether each of them holds a sign that stands inside the first line of some frames: one that
// separates cells, or the beginning of a record. Binary data has many lines, nearly all of which are told by that.
class MarkedLines {
public:
    explicit MarkedLines(std::string_view text)
    {
        m_lines.text = text;
        for (std::size_t at = 0; at < text.size(); at += sizeof(ByteBlock)) {
            const auto block = blockAt(text, at);
            const auto behind = blockAt(text, at + 1);
            const ByteMask quotes = isOneOf<'\'', '"'>(behind);
            auto marks =
                bitsOf(isOneOf<',', '\t', ';'>(block) | ((block == 'R') & (behind == 'o')) | ((block == '{') & quotes));
            for (auto breaks = bitsOf(block == '\n'); breaks != 0; breaks &= breaks - 1) {
                const auto in = static_cast<unsigned>(std::countr_zero(breaks));
                const auto before = marks & ((std::uint64_t(1) << in) - 1);
                m_marked = m_marked || before != 0;
                marks ^= before;
                endLine(at + in);
            }
            m_marked = m_marked || marks != 0;
        }
        endLine(text.size());
    }
    [[nodiscard]] const FrameLines& lines() const { return m_lines; }

    // False: no frame begins in this line, whatever follows.
    [[nodiscard]] bool mayBegin(std::size_t index) const
    {
        const auto line = m_lines.lines[index];
        if (m_marks[index]) {
            return true;
        }
        const char first = line.empty() ? '\0' : m_lines.text[line.start];
        return first == ' ' || first == '\\' || first == '+' || first == '|' || first == '$' || first == '-'
            || static_cast<unsigned char>(first) >= 0xE0
            || ((first == '\'' || first == '"') && slice(m_lines.text, line).substr(1).starts_with("\\\\begin{"));
    }

private:
    void endLine(std::size_t end)
    {
        m_lines.lines.push_back({m_start, end});
        m_marks.push_back(m_marked);
        m_start = end + 1;
        m_marked = false;
    }

    FrameLines m_lines;
    std::vector<bool> m_marks;
    std::size_t m_start = 0;
    bool m_marked = false;
};

} // namespace

std::vector<Frame> readFrames(std::string_view text, const FrameLimits& limits)
{
    const MarkedLines marked(text);
    const auto& in = marked.lines();
    std::vector<Frame> frames;
    std::size_t literalsFrom = 0;
    constexpr std::size_t gapBytes = 80;
    std::size_t free = 0; // behind the last frame
    for (std::size_t i = 0; i < in.lines.size() && frames.size() < limits.frames;) {
        if (!marked.mayBegin(i)
            || frameCell(text, in.lines[i].start, std::min<std::size_t>(in.lines[i].end, in.lines[i].start + gapBytes))
                    .text
                == "...") {
            ++i; // rows that were left out begin nothing
            continue;
        }
        Frame frame;
        if (endsSeries(slice(in.text, in.lines[i]))) {
            if (readSeriesFrame(in, i, free, limits, frame)) {
                frames.push_back(std::move(frame));
            }
            free = ++i;
            continue;
        }
        auto taken = readRuledFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readLatexFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readTypedFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readRecordFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readLiteralFrame(in, i, limits, literalsFrom, frame);
        taken = taken > 0 ? taken : readAlignedFrame(in, i, limits, frame);
        taken = taken > 0 ? taken : readSeparatedFrame(in, i, limits, frame);
        if (taken > 0) {
            frames.push_back(std::move(frame));
            free = i + taken;
        }
        i += std::max<std::size_t>(1, taken);
    }
    return frames;
}

} // namespace cupel::formats
