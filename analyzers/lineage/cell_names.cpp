// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/cell_names.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/lineage/cell_walker.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

constexpr std::size_t windowNodes = 200'000;
constexpr std::size_t maxCells = 20'000;

// "# In[12]:" and "# In[ ]:" at the start of a line.
bool readMark(std::string_view line, std::int64_t& count)
{
    if (!line.starts_with("# In[") && !line.starts_with("#In[")) {
        return false;
    }
    const auto open = line.find('[') + 1;
    const auto close = line.find(']', open);
    if (close == std::string_view::npos) {
        return false;
    }
    auto inside = line.substr(open, close - open);
    inside.remove_prefix(std::min(inside.find_first_not_of(' '), inside.size()));
    count = -1;
    std::int64_t value = -1;
    const auto read = std::from_chars(inside.data(), inside.data() + inside.size(), value);
    if (read.ec == std::errc() && read.ptr == inside.data() + inside.size() && value >= 0) {
        count = value;
        return true;
    }
    return inside.find_first_not_of(" *") == std::string_view::npos;
}

bool hasCode(std::string_view text, bool comments)
{
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        const auto first = line.find_first_not_of(" \t\r\f");
        if (first != std::string_view::npos && (comments || line[first] != '#')) {
            return true;
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return false;
}

// The cells of a script that nbconvert wrote.
std::vector<CellNames> convertedCells(std::string_view text)
{
    std::vector<CellNames> cells;
    for (std::size_t at = 0; at < text.size() && cells.size() < maxCells;) {
        const auto end = std::min(text.find('\n', at), text.size());
        std::int64_t count = -1;
        if (readMark(text.substr(at, end - at), count)) {
            CellNames cell;
            cell.count = count;
            cell.bytes = {cells.empty() ? 0 : at, text.size()};
            if (!cells.empty()) {
                cells.back().bytes.end = at;
            }
            cells.push_back(std::move(cell));
        }
        at = end + 1;
    }
    for (auto& cell : cells) {
        cell.holdsCode = hasCode(slice(text, cell.bytes), false);
        cell.python = true;
    }
    return cells;
}

bool runsElsewhere(const formats::CodeCell& cell)
{
    constexpr std::string_view names[] = {
        "writefile", "file", "python", "python2", "python3", "pypy", "pypy3", "html", "javascript"};
    return !cell.commands.empty() && cell.commands.front().kind == code::CommandKind::Cell
        && std::find(std::begin(names), std::end(names), cell.commands.front().name) != std::end(names);
}

class Reader {
public:
    Reader(const Facts& facts, formats::CodeCells& cells, Budget& budget, FileNames& out)
        : m_facts(facts)
        , m_cells(cells)
        , m_budget(budget)
        , m_out(out)
    {
    }

    void run()
    {
        makeCells();
        std::vector<std::vector<std::uint32_t>> of(m_cells.cells().size());
        for (std::uint32_t i = 0; i < m_out.cells.size(); ++i) {
            if (m_out.cells[i].source < of.size()) {
                of[m_out.cells[i].source].push_back(i);
            }
        }
        const auto size = m_cells.cells().size();
        for (std::size_t at = 0; at < size;) {
            const bool there = m_cells.cells()[at].parsed;
            const auto end = there ? at + 1 : std::max(m_cells.parse(at, windowNodes, m_budget), at + 1);
            for (auto i = at; i < end && i < size; ++i) {
                read(m_cells.cells()[i], of[i]);
            }
            if (!there) {
                m_cells.forget(at, end);
            }
            at = end;
            if (m_budget.stopped()) {
                m_out.partial = true;
                return;
            }
        }
    }

private:
    void makeCells()
    {
        const auto* notebook = formats::notebookFacts(m_facts);
        const auto& sources = m_cells.cells();
        if (!notebook || notebook->cells.empty()) {
            if (!sources.empty()) {
                m_out.cells = convertedCells(sources.front().text);
                m_out.converted = !m_out.cells.empty();
            }
            if (m_out.cells.empty() && !sources.empty()) {
                CellNames whole;
                whole.bytes = {0, sources.front().text.size()};
                whole.holdsCode = hasCode(sources.front().text, true);
                m_out.cells.push_back(std::move(whole));
            }
            return;
        }
        m_out.notebook = true;
        for (const auto& cell : notebook->cells) {
            if (cell.kind != formats::CellKind::Code || m_out.cells.size() >= maxCells) {
                continue;
            }
            CellNames made;
            made.source = noName;
            made.count = cell.executionCount.value_or(-1);
            made.shows = std::any_of(cell.outputs.begin(), cell.outputs.end(),
                [](const auto& output) { return output.type != "error" && output.type != "pyerr"; });
            m_out.cells.push_back(std::move(made));
        }
        for (std::uint32_t i = 0; i < sources.size(); ++i) {
            const auto codeCell = static_cast<std::size_t>(sources[i].codeCell);
            if (sources[i].codeCell >= 0 && codeCell < m_out.cells.size()) {
                m_out.cells[codeCell].source = i;
                m_out.cells[codeCell].bytes = {0, sources[i].text.size()};
                m_out.cells[codeCell].holdsCode = hasCode(sources[i].text, true);
                m_out.cells[codeCell].onlyRemarks = sources[i].commands.empty() && !hasCode(sources[i].text, false);
            }
        }
    }

    void read(const formats::CodeCell& source, const std::vector<std::uint32_t>& parts)
    {
        for (const auto part : parts) {
            auto& cell = m_out.cells[part];
            cell.python = source.python;
            cell.flawed = source.python && (!source.parsed || source.syntax.flawed || source.syntax.truncated);
            if (!source.parsed) {
                continue;
            }
            auto bytes = cell.bytes;
            if (runsElsewhere(source)) { // its body is no code of this notebook
                bytes.end = source.commands.front().bytes.end;
                cell.flawed = false;
            }
            CellWalker walker(m_out, source, m_budget);
            walker.walk(bytes, cell);
            m_out.partial = m_out.partial || walker.partial();
            const bool timed = !source.commands.empty() && source.commands.front().kind == code::CommandKind::Cell
                && source.commands.front().name == "timeit";
            for (auto& event : cell.events) {
                event.local = event.local || (timed && event.act == NameAct::Define);
            }
            for (const auto& command : source.commands) { // %timeit x = f(): a name of nobody else
                if (command.kind != code::CommandKind::Line || !command.pythonBody || command.name != "timeit") {
                    continue;
                }
                for (auto& event : cell.events) {
                    event.local = event.local || (event.act == NameAct::Define && command.bytes.contains(event.start));
                }
            }
        }
    }

    const Facts& m_facts;
    formats::CodeCells& m_cells;
    Budget& m_budget;
    FileNames& m_out;
};

} // namespace

NameId NameTable::of(std::string_view text)
{
    if (const auto known = m_ids.find(text); known != m_ids.end()) {
        return known->second;
    }
    const auto id = size();
    m_texts.emplace_back(text);
    m_ids.emplace(m_texts.back(), id);
    return id;
}

NameId NameTable::find(std::string_view text) const
{
    const auto known = m_ids.find(text);
    return known == m_ids.end() ? noName : known->second;
}

FileNames readNames(const Artifact& /*artifact*/, const Facts& facts, formats::CodeCells& cells, Budget& budget)
{
    FileNames out;
    Reader(facts, cells, budget, out).run();
    return out;
}

} // namespace cupel::lineage
