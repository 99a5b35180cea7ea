// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks that nbconvert wrote as a web page (classic and lab templates): cells and outputs by the classes of their
// boxes. The whole page stays in regions; what lies between the boxes is HTML of no cell.
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::exported_html {

namespace {

bool hasClass(std::string_view classes, std::string_view wanted)
{
    for (auto at = classes.find(wanted); at != std::string_view::npos; at = classes.find(wanted, at + 1)) {
        const auto end = at + wanted.size();
        const bool starts = at == 0 || classes[at - 1] == ' ' || classes[at - 1] == '\n';
        if (starts && (end == classes.size() || classes[end] == ' ' || classes[end] == '\n')) {
            return true;
        }
    }
    return false;
}

enum class Box : std::uint8_t { None, CodeCell, MarkdownCell, RawCell, Input, Prose, Output };

Box boxOf(std::string_view classes)
{
    static constexpr std::array<std::pair<std::string_view, Box>, 14> table{{{"jp-CodeCell", Box::CodeCell},
        {"code_cell", Box::CodeCell}, {"jp-MarkdownCell", Box::MarkdownCell}, {"text_cell", Box::MarkdownCell},
        {"jp-RawCell", Box::RawCell}, {"jp-InputArea-editor", Box::Input}, {"input_area", Box::Input},
        {"jp-Editor", Box::Input}, {"CodeMirror", Box::Input}, {"jp-RenderedMarkdown", Box::Prose},
        {"text_cell_render", Box::Prose}, {"jp-OutputArea-output", Box::Output}, {"output_subarea", Box::Output},
        {"jp-OutputArea-child", Box::None}}};
    for (const auto& [name, box] : table) {
        if (box != Box::None && hasClass(classes, name)) {
            return box;
        }
    }
    return Box::None;
}

class Reader {
public:
    Reader(ByteView text, std::uint64_t start, NotebookFacts& own, Facts& out, Budget& budget)
        : m_text(text)
        , m_tokens(text, start)
        , m_cells(own, out)
        , m_budget(budget)
        , m_last(start)
    {
    }

    void run()
    {
        for (auto token = m_tokens.next(); token.kind != HtmlToken::Kind::End; token = m_tokens.next()) {
            if (!m_budget.spend(token.bytes.size())) {
                break;
            }
            const bool box = sameName(token.name, "div") || sameName(token.name, "pre");
            if (token.kind == HtmlToken::Kind::Open) {
                if (sameName(token.name, "script") || sameName(token.name, "style")) {
                    m_tokens.skipRaw(token.name);
                } else if (box) {
                    open(token);
                }
            } else if (token.kind == HtmlToken::Kind::Close && box) {
                close(token);
            }
        }
        rest(m_text.size());
        m_cells.endCell(m_text.size());
    }

private:
    void open(const HtmlToken& token)
    {
        ++m_depth;
        if (m_taking != Box::None) {
            return;
        }
        switch (const auto box = boxOf(htmlAttribute(token.attributes, "class"))) {
        case Box::CodeCell:
        case Box::MarkdownCell:
        case Box::RawCell:
            rest(token.bytes.start);
            m_cells.endCell(token.bytes.start);
            m_cells.beginCell(box == Box::CodeCell ? CellKind::Code
                    : box == Box::RawCell          ? CellKind::Raw
                                                   : CellKind::Markdown,
                token.bytes.start);
            m_any = true;
            return;
        case Box::Input:
        case Box::Prose:
        case Box::Output:
            if (m_any) {
                rest(token.bytes.end);
                m_taking = box;
                m_takingDepth = m_depth;
                m_from = token.bytes.end;
                m_isText = hasClass(htmlAttribute(token.attributes, "class"), "output_text")
                    || hasClass(htmlAttribute(token.attributes, "class"), "output_stream")
                    || htmlAttribute(token.attributes, "data-mime-type").find("text/plain") != std::string_view::npos
                    || htmlAttribute(token.attributes, "data-mime-type").find("stdout") != std::string_view::npos;
            }
            return;
        case Box::None:
            return;
        }
    }

    void close(const HtmlToken& token)
    {
        if (m_taking != Box::None && m_depth == m_takingDepth) {
            give(token.bytes.start);
        }
        m_depth -= m_depth > 0 ? 1 : 0;
    }

    // What a box holds, from m_from to its closing tag.
    void give(std::uint64_t end)
    {
        const ByteRange inside{m_from, end};
        const auto box = m_taking;
        m_taking = Box::None;
        m_last = end;
        if (inside.empty()) {
            return;
        }
        if (box == Box::Output) {
            m_isText ? m_cells.addOutput("output", inside, RegionKind::Text, TextForm::Markup, "text/plain")
                     : m_cells.addOutput("output", inside, RegionKind::Html, TextForm::Plain, "text/html");
        } else {
            m_cells.setSource(inside, TextForm::Markup);
        }
    }

    // What lies between boxes: tags, styles, scripts.
    void rest(std::uint64_t end)
    {
        if (m_taking != Box::None) {
            give(end);
        }
        m_cells.addOther({m_last, std::max(m_last, end)}, RegionKind::Html, Part::None);
        m_last = std::max(m_last, end);
    }

    ByteView m_text;
    HtmlTokens m_tokens;
    CellBuilder m_cells;
    Budget& m_budget;
    std::uint64_t m_last; // everything before is in a region
    std::uint64_t m_from = 0;
    std::size_t m_depth = 0;
    std::size_t m_takingDepth = 0;
    Box m_taking = Box::None;
    bool m_isText = false;
    bool m_any = false;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    head.remove_prefix(std::min<std::size_t>(detectEncoding(head).markSize, head.size()));
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == ByteView::npos || head[first] != '<') {
        return 0;
    }
    const auto has = [head](std::string_view word) { return head.find(word) != ByteView::npos; };
    const bool lab = has("jp-Notebook") || has("jp-Cell") || has("jp-mod-");
    const bool classic = has("border-box-sizing")
        && (has("input_area") || has("text_cell") || has("nbconvert") || has("notebook-container"));
    return lab || classic || has("nbconvert") ? 78 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    own->language = "python";
    Reader(text, start, *own, out, budget).run();
    out.own = std::move(own);
}

} // namespace cupel::formats::exported_html
