// SPDX-License-Identifier: GPL-3.0-or-later
// Frames printed as literals: Spark's Row(name='..', age=..), lists of dicts, one JSON object a line.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/frames/frame.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cupel::formats {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

// One record: its members with their places. Reads forward only, no further than `most` bytes.
class RecordReader {
public:
    struct Member {
        FrameCell name;
        FrameCell value;
    };

    RecordReader(std::string_view text, std::size_t start, std::size_t most, std::size_t columns)
        : m_text(text.substr(0, std::min(text.size(), start + most)))
        , m_columns(columns)
        , m_at(start)
    {
    }

    // False: no record stands here, as far as `position()`.
    bool read(std::vector<Member>& members)
    {
        members.clear();
        m_row = m_text.substr(m_at).starts_with("Row(");
        m_at += m_row ? 4 : 1;
        const char close = m_row ? ')' : '}';
        for (;;) {
            Member member;
            if (members.size() >= m_columns || !name(member.name) || !value(member.value)) {
                return false;
            }
            members.push_back(std::move(member));
            blanks();
            if (m_at >= m_text.size()) {
                return false;
            }
            const char c = m_text[m_at++];
            if (c == close) {
                return true;
            }
            if (c != ',') {
                return false;
            }
        }
    }
    [[nodiscard]] std::size_t position() const { return m_at; }
    [[nodiscard]] bool isRow() const { return m_row; }

private:
    void blanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at])) {
            ++m_at;
        }
    }

    // Behind the quote that ends the string which begins at m_at; no line breaks inside. The place is its inside.
    bool quoted(ByteRange& inside)
    {
        const char quote = m_text[m_at++];
        inside.start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != quote) {
            if (m_text[m_at] == '\n') {
                return false;
            }
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        }
        if (m_at >= m_text.size()) {
            m_at = m_text.size();
            return false;
        }
        inside.end = m_at++;
        return true;
    }

    bool name(FrameCell& out)
    {
        constexpr std::size_t longest = 60;
        blanks();
        ByteRange place{m_at, m_at};
        if (!m_row) {
            if (m_at >= m_text.size() || (m_text[m_at] != '\'' && m_text[m_at] != '"') || !quoted(place)) {
                return false;
            }
        } else {
            while (m_at < m_text.size() && isNameByte(m_text[m_at])) {
                ++m_at;
            }
            place.end = m_at;
        }
        blanks();
        if (place.empty() || place.size() > longest || m_at >= m_text.size() || m_text[m_at] != (m_row ? '=' : ':')) {
            return false;
        }
        ++m_at;
        out = frameCell(m_text, place.start, place.end);
        return true;
    }

    // A string, whose inside is the cell, or anything else up to the comma or bracket that ends it.
    bool value(FrameCell& out)
    {
        blanks();
        const auto start = m_at;
        if (m_at + 1 < m_text.size() && (m_text[m_at] == 'u' || m_text[m_at] == 'b')
            && (m_text[m_at + 1] == '\'' || m_text[m_at + 1] == '"')) {
            ++m_at;
        }
        if (m_at < m_text.size() && (m_text[m_at] == '\'' || m_text[m_at] == '"')) {
            ByteRange inside;
            if (!quoted(inside)) {
                return false;
            }
            out = frameCell(m_text, inside.start, inside.end);
            return true;
        }
        std::size_t depth = 0;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\'' || c == '"') {
                ByteRange inside;
                if (!quoted(inside)) {
                    return false;
                }
                continue;
            }
            if (depth == 0 && (c == ',' || c == ')' || c == '}' || c == ']')) {
                out = frameCell(m_text, start, m_at);
                return !out.source.empty();
            }
            depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
            depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
            ++m_at;
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_columns;
    std::size_t m_at;
    bool m_row = false;
};

bool beginsRecord(std::string_view text, std::size_t at)
{
    const auto rest = text.substr(at, 4);
    return rest == "Row(" || rest.starts_with("{'") || rest.starts_with("{\"");
}

// Where a record begins in a line, if anywhere.
std::optional<std::size_t> startIn(std::string_view text, ByteRange line, std::size_t most)
{
    const auto looked = text.substr(0, std::min<std::size_t>(line.end, line.start + most));
    const auto mayBegin = [](ByteBlock block) { return isOneOf<'R', '{'>(block); };
    for (auto at = nextByte(looked, line.start, mayBegin); at < looked.size();
        at = nextByte(looked, at + 1, mayBegin)) {
        const bool inWord = at > line.start && isNameByte(text[at - 1]);
        if (!inWord && beginsRecord(text, at)) {
            return at;
        }
    }
    return {};
}

// Puts a record below the others; one that lacks a column has an empty cell there.
void add(Frame& frame, std::vector<RecordReader::Member>& members, std::size_t start, const FrameLimits& limits)
{
    const FrameCell none{{}, {start, start}};
    for (auto& member : members) {
        auto column = std::find_if(frame.columns.begin(), frame.columns.end(),
            [&member](const FrameColumn& each) { return each.name == member.name.text; });
        if (column == frame.columns.end()) {
            if (frame.columns.size() >= limits.columns
                || (frame.rows + 1) * (frame.columns.size() + 1) > limits.cells) {
                continue;
            }
            frame.columns.push_back({member.name.text, member.name.source, {}});
            column = std::prev(frame.columns.end());
            const FrameCell above{{}, {frame.source.start, frame.source.start}};
            column->cells.assign(frame.rows, above);
        }
        if (column->cells.size() == frame.rows) { // the first of two equal keys
            column->cells.push_back(std::move(member.value));
        }
    }
    ++frame.rows;
    for (auto& column : frame.columns) {
        column.cells.resize(frame.rows, none);
    }
}

} // namespace

std::size_t readLiteralFrame(
    const FrameLines& in, std::size_t first, const FrameLimits& limits, std::size_t& notBefore, Frame& out)
{
    constexpr std::size_t fewest = 2; // dicts: one alone is a setting or a result
    const auto start = startIn(in.text, in.lines[first], limits.lineBytes);
    if (!start || *start < notBefore) {
        return 0;
    }
    Frame frame;
    frame.source = {*start, *start};
    std::vector<RecordReader::Member> members;
    bool rows = false;
    auto at = *start;
    while (frame.rows * (frame.columns.size() + 1) < limits.cells) {
        RecordReader reader(in.text, at, 4 * limits.lineBytes, limits.columns);
        if (!reader.read(members) || (frame.rows > 0 && reader.isRow() != rows)) {
            notBefore = std::max(notBefore, reader.position());
            break;
        }
        rows = reader.isRow();
        add(frame, members, at, limits);
        frame.source.end = reader.position();
        at = reader.position();
        while (at < in.text.size() && (isBlank(in.text[at]) || in.text[at] == ',')) {
            ++at;
        }
        if (at >= in.text.size() || !beginsRecord(in.text, at)) {
            break;
        }
    }
    if (frame.rows < (rows ? 1 : fewest)) {
        return 0;
    }
    const auto last = std::partition_point(in.lines.begin() + static_cast<std::ptrdiff_t>(first), in.lines.end(),
        [&frame](const ByteRange& line) { return line.end < frame.source.end; });
    frame.truncated = frame.rows * (frame.columns.size() + 1) >= limits.cells;
    out = std::move(frame);
    return static_cast<std::size_t>(last - in.lines.begin()) + 1 - first;
}

} // namespace cupel::formats
