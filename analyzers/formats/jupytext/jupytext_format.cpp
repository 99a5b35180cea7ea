// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that jupytext pairs with notebooks in its light format (.py, .R, .jl): a commented YAML header, "# +" and
// "# -" around cells, else paragraphs; paragraphs of comments are Markdown. Percent scripts belong to `python`.
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/jupytext_script.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::jupytext {

namespace {

bool isStart(std::string_view line)
{
    return line == "# +" || line.starts_with("# + ") || line == "#+" || line.starts_with("# +[")
        || line.starts_with("#+ ");
}

bool isEnd(std::string_view line)
{
    return line == "# -" || line == "#-";
}

class Splitter {
public:
    Splitter(ByteView text, CellBuilder& cells, Budget& budget)
        : m_text(text)
        , m_cells(cells)
        , m_budget(budget)
    {
    }

    void run(std::uint64_t at)
    {
        m_start = at;
        while (at < m_text.size()) {
            const auto from = at;
            const auto line = takeLine(m_text, at);
            at = std::min<std::uint64_t>(at, m_text.size());
            step(line, from, at);
            if (!m_budget.spend(line.size() + 1)) {
                break;
            }
        }
        finish(m_text.size());
    }

private:
    void step(std::string_view line, std::uint64_t from, std::uint64_t next)
    {
        if (isStart(line)) {
            finish(from);
            m_marked = true;
            m_markerEnd = next;
            return;
        }
        if (isEnd(line)) {
            finish(from);
            m_cells.addOther({from, next}, RegionKind::Metadata, Part::Metadata, "marker");
            m_start = next;
            return;
        }
        // A paragraph ends at an empty line that no indented line follows.
        const bool opens = m_blank && !line.empty() && line.front() != ' ' && line.front() != '\t';
        if (!m_marked && opens && from > m_start) {
            finish(from);
        }
        m_blank = isBlankLine(line);
    }

    void finish(std::uint64_t end)
    {
        const ByteRange bytes{m_start, end};
        const auto body = slice(m_text, {m_marked ? m_markerEnd : m_start, end});
        if (m_marked) {
            // The marker may name a type and hold metadata.
            const auto marker = slice(m_text, {m_start, m_markerEnd});
            const bool markdown = marker.find("[markdown]") != ByteView::npos || marker.find("[md]") != ByteView::npos;
            m_cells.beginCell(markdown ? CellKind::Markdown : CellKind::Code, m_start);
            m_cells.addOther({m_start, std::min(m_markerEnd, end)}, RegionKind::Metadata, Part::Metadata, "marker");
            const auto source = markdown ? JupytextSource{TextForm::Commented, {}} : jupytextSource(body, marker);
            m_cells.setSource({std::min(m_markerEnd, end), end}, source.form, source.language);
            m_cells.endCell(end);
        } else if (body.find_first_not_of(" \t\r\n") != ByteView::npos) {
            const auto source = jupytextSource(body, {});
            const bool magic = source.form == TextForm::Commented || !source.language.empty();
            const bool markdown = !magic && allStartWith(body, "#");
            m_cells.addCell(markdown ? CellKind::Markdown : CellKind::Code, bytes, bytes,
                markdown ? TextForm::Commented : source.form, source.language);
        } else {
            m_cells.addOther(bytes, RegionKind::Raw, Part::Source);
        }
        m_start = end;
        m_marked = false;
        m_blank = false;
    }

    ByteView m_text;
    CellBuilder& m_cells;
    Budget& m_budget;
    std::uint64_t m_start = 0;
    std::uint64_t m_markerEnd = 0;
    bool m_marked = false; // inside "# +"
    bool m_blank = false; // the line before was empty
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    head.remove_prefix(std::min<std::size_t>(detectEncoding(head).markSize, head.size()));
    const auto header = head.substr(0, jupytextHeaderEnd(head, 0));
    if (header.find("jupytext") == ByteView::npos && header.find("kernelspec") == ByteView::npos) {
        return 0;
    }
    const bool other =
        header.find("format_name: percent") != ByteView::npos || header.find("format_name: hydrogen") != ByteView::npos;
    return other || head.find("\n# %%") != ByteView::npos ? 0 : 80;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    CellBuilder cells(*own, out);
    const auto body = jupytextHeaderEnd(text, start);
    const auto header = slice(text, {start, body});
    cells.addOther({start, body}, RegionKind::Metadata, Part::Metadata, "header", TextForm::Commented);
    own->language = header.find("name: ir\n") != ByteView::npos || header.find("language: R") != ByteView::npos ? "R"
        : header.find("julia") != ByteView::npos ? "julia"
                                                 : "python";
    Splitter(text, cells, budget).run(body);
    out.own = std::move(own);
}

} // namespace cupel::formats::jupytext
