// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that to_latex(), xtable and notebooks of R write: tabular and longtable, also as the repr of a string, where
// each backslash is two and a line break is \n.
#include "analyzers/formats/frames/frame.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::array<std::string_view, 5> tables{"longtable", "tabular", "tabular*", "tabularx", "tabulary"};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct LatexRow {
    std::vector<FrameCell> cells;
    bool spans = false; // a cell over several columns: a title, or "Continued on next page"
};

// One pass from behind "\begin{tabular}" to the end of the table.
class LatexReader {
public:
    // `width`: bytes of a backslash.
    LatexReader(std::string_view text, std::size_t at, std::size_t width, char quote, const FrameLimits& limits)
        : m_text(text)
        , m_at(at)
        , m_width(width)
        , m_quote(quote)
        , m_limits(limits)
    {
    }

    void run()
    {
        skipGroups(); // widths, place and columns
        while (m_at < m_text.size() && !m_ended) {
            step();
        }
        if (m_used || !m_row.cells.empty()) {
            endRow();
        }
    }
    [[nodiscard]] std::vector<LatexRow>& rows() { return m_rows; }
    [[nodiscard]] std::size_t end() const { return m_at; }
    [[nodiscard]] bool truncated() const { return m_truncated; }

private:
    [[nodiscard]] bool isBackslash(std::size_t at) const
    {
        return m_text.substr(at, m_width) == std::string_view("\\\\").substr(0, m_width);
    }

    void step()
    {
        const char c = m_text[m_at];
        if (isBackslash(m_at)) {
            command();
        } else if (c == '&') {
            ++m_at;
            endCell();
        } else if (c == '\\' && m_text.substr(m_at, 2) == "\\n") {
            m_at += 2; // in the repr of a string
            blank();
        } else if (m_width == 2 && c == m_quote) {
            m_ended = true;
        } else if (c == '{' || c == '}') {
            ++m_at;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++m_at;
            blank();
        } else {
            put(1);
        }
    }

    void blank() { m_blank = m_used; }

    // The next `size` bytes are text.
    void put(std::size_t size, std::size_t sign = 0)
    {
        if (m_blank) {
            m_cell.text.push_back(' ');
        }
        m_blank = false;
        m_cell.source.start = m_used ? m_cell.source.start : m_at;
        m_used = true;
        m_cell.text.append(m_text.substr(m_at + sign, size - sign));
        m_at += size;
        m_cell.source.end = m_at;
    }

    void command()
    {
        const auto name = m_at + m_width;
        if (name >= m_text.size() || isBackslash(name)) { // "\\", the end of a row
            m_at = std::min(m_text.size(), name + m_width);
            if (m_at < m_text.size() && m_text[m_at] == '[') {
                skipGroups();
            }
            endRow();
            return;
        }
        if (!isLetter(m_text[name])) { // "\_"
            put(m_width + 1, m_width);
            return;
        }
        auto end = name;
        while (end < m_text.size() && isLetter(m_text[end])) {
            ++end;
        }
        const auto word = m_text.substr(name, end - name);
        if (word == "end" || word == "begin") {
            m_ended = true;
            return;
        }
        m_at = end;
        if (word == "multicolumn" || word == "multirow") {
            m_row.spans = m_row.spans || (word == "multicolumn" && !m_text.substr(m_at).starts_with("{1}"));
            skipGroup();
            skipGroup();
        } else if (std::binary_search(drawn.begin(), drawn.end(), word)) {
            skipGroups();
            m_used = false; // what stands before a rule is no cell: "\caption{...}"
            m_cell = {};
        }
    }

    // "{...}", "[...]" or "(...)" at this place, with what is nested in it.
    bool skipGroup()
    {
        constexpr std::size_t longest = 2'000;
        const char open = m_at < m_text.size() ? m_text[m_at] : '\0';
        const char close = open == '{' ? '}' : open == '[' ? ']' : open == '(' ? ')' : '\0';
        std::size_t depth = 0;
        for (auto at = m_at; close != '\0' && at < m_text.size() && at - m_at < longest; ++at) {
            depth += m_text[at] == open ? 1U : 0U;
            depth -= m_text[at] == close ? 1U : 0U;
            if (depth == 0) {
                m_at = at + 1;
                return true;
            }
        }
        m_ended = m_ended || close != '\0'; // no table, and nothing is looked at twice
        return false;
    }
    void skipGroups()
    {
        while (skipGroup()) { }
    }

    void endCell()
    {
        if (m_row.cells.size() < m_limits.columns) {
            m_cell.source = m_used ? m_cell.source : ByteRange{m_at, m_at};
            m_row.cells.push_back(std::move(m_cell));
        } else {
            m_row.spans = true;
        }
        m_cell = {};
        m_used = false;
        m_blank = false;
    }

    void endRow()
    {
        endCell();
        m_cells += m_row.cells.size();
        m_truncated = m_cells > m_limits.cells;
        if (!m_truncated && !m_row.spans) {
            m_rows.push_back(std::move(m_row));
        }
        m_row = {};
    }

    static constexpr std::array<std::string_view, 17> drawn{"addlinespace", "bottomrule", "caption", "centering",
        "cline", "cmidrule", "endfirsthead", "endfoot", "endhead", "endlastfoot", "hline", "label", "midrule",
        "rowcolor", "specialrule", "toprule", "vspace"};

    std::string_view m_text;
    std::size_t m_at;
    std::size_t m_width;
    char m_quote; // of the string that holds it all
    const FrameLimits& m_limits;
    std::vector<LatexRow> m_rows;
    LatexRow m_row;
    FrameCell m_cell;
    std::size_t m_cells = 0;
    bool m_used = false; // the cell has text
    bool m_blank = false; // behind the text of the cell
    bool m_ended = false;
    bool m_truncated = false;
};

// "<chr>", which a notebook of R writes below the names.
bool isTypeRow(const LatexRow& row)
{
    return std::all_of(row.cells.begin(), row.cells.end(), [](const FrameCell& cell) {
        return cell.text.empty() || (cell.text.front() == '<' && cell.text.back() == '>');
    });
}

bool haveSameTexts(const LatexRow& a, const LatexRow& b)
{
    return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
        [](const FrameCell& x, const FrameCell& y) { return x.text == y.text; });
}

bool fill(std::vector<LatexRow>& rows, std::string_view text, Frame& out)
{
    const auto width = rows.empty() ? 0 : rows.back().cells.size();
    const auto head = std::find_if(rows.begin(), rows.end(),
        [width](const LatexRow& row) { return row.cells.size() == width && !isTypeRow(row); });
    if (width == 0 || head == rows.end()) {
        return false;
    }
    for (auto& cell : head->cells) {
        out.columns.push_back({cell.text, cell.source, {}});
    }
    for (auto row = head + 1; row != rows.end(); ++row) {
        if (row->cells.size() != width || isTypeRow(*row) || haveSameTexts(*row, *head)) {
            continue; // long tables repeat their names on each page
        }
        for (std::size_t i = 0; i < width; ++i) {
            const auto source = row->cells[i].source;
            out.columns[i].cells.push_back({std::string(slice(text, source)), source}); // as it is written
        }
        ++out.rows;
    }
    return out.rows > 0;
}

} // namespace

std::size_t readLatexFrame(const FrameLines& in, std::size_t first, const FrameLimits& limits, Frame& out)
{
    const auto line = slice(in.text, in.lines[first]);
    const auto at = line.find_first_not_of(" \t'\"");
    const auto word = at == std::string_view::npos ? at : line.find_first_not_of('\\', at);
    if (word == std::string_view::npos || word == at || word - at > 2 || !line.substr(word).starts_with("begin{")) {
        return 0;
    }
    const auto close = line.find('}', word);
    const auto name = line.substr(word + 6, std::min<std::size_t>(close, line.size()) - word - 6);
    if (close == std::string_view::npos || !std::binary_search(tables.begin(), tables.end(), name)) {
        return 0;
    }
    LatexReader reader(in.text, in.lines[first].start + close + 1, word - at, at > 0 ? line[at - 1] : '\0', limits);
    reader.run();
    Frame frame;
    if (!fill(reader.rows(), in.text, frame)) {
        return 0;
    }
    auto next = first + 1;
    while (next < in.lines.size() && in.lines[next].start <= reader.end()) {
        ++next;
    }
    frame.source = {in.lines[first].start, std::max(in.lines[first].start, reader.end())};
    frame.truncated = reader.truncated();
    out = std::move(frame);
    return next - first;
}

} // namespace cupel::formats
