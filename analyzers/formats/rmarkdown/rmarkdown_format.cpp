// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown with code that runs: R Markdown, Quarto, MyST and jupytext's Markdown. A fence with a language in braces
// (or, under a jupytext header, without) starts a code cell; the text between is Markdown.
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::rmarkdown {

namespace {

struct Fence {
    char sign = 0; // 0: no fence
    std::size_t length = 0;
    std::string_view info; // what stands behind it
};

Fence fenceOf(std::string_view line)
{
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos || indent > 3 || (line[indent] != '`' && line[indent] != '~')) {
        return {};
    }
    const auto end = std::min(line.find_first_not_of(line[indent], indent), line.size());
    if (end - indent < 3) {
        return {};
    }
    auto info = line.substr(end);
    info.remove_prefix(std::min(info.find_first_not_of(" \t"), info.size()));
    while (!info.empty() && (info.back() == ' ' || info.back() == '\t')) {
        info.remove_suffix(1);
    }
    return {line[indent], end - indent, info};
}

// "python" of "{python, echo=FALSE}", "{code-cell} ipython3"; of "python" too when `bare`.
std::string_view languageOf(std::string_view info, bool bare)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (info.starts_with("{code-cell}")) {
        info.remove_prefix(11);
        info.remove_prefix(std::min(info.find_first_not_of(' '), info.size()));
        return info.empty() ? std::string_view("python") : info.substr(0, info.find_first_not_of(letters));
    }
    if (info.starts_with('{')) {
        info.remove_prefix(1);
        const auto word = info.substr(0, info.find_first_not_of(letters));
        return word;
    }
    const auto word = info.substr(0, info.find_first_of(" \t{"));
    const bool runs =
        word == "python" || word == "python3" || word == "R" || word == "r" || word == "julia" || word == "bash";
    return bare && runs ? word : std::string_view{};
}

bool hasRunningFence(ByteView head, bool bare)
{
    for (std::uint64_t at = 0; at < head.size();) {
        const auto fence = fenceOf(takeLine(head, at));
        if (fence.sign != 0 && !languageOf(fence.info, bare).empty()) {
            return true;
        }
    }
    return false;
}

// Behind the "---" that ends a YAML header; `at` when there is none.
std::uint64_t headerEnd(ByteView text, std::uint64_t at)
{
    auto next = at;
    if (takeLine(text, next) != "---") {
        return at;
    }
    for (int lines = 0; lines < 2'000 && next < text.size(); ++lines) {
        const auto line = takeLine(text, next);
        if (line == "---" || line == "...") {
            return std::min<std::uint64_t>(next, text.size());
        }
    }
    return at;
}

bool isPaired(ByteView header)
{
    return header.find("jupytext") != ByteView::npos || header.find("kernelspec") != ByteView::npos
        || header.find("jupyter:") != ByteView::npos;
}

class Splitter {
public:
    Splitter(ByteView text, NotebookFacts& own, Facts& out, bool bare)
        : m_text(text)
        , m_own(own)
        , m_cells(own, out)
        , m_bare(bare)
    {
    }

    void run(std::uint64_t at, std::uint64_t header, Budget& budget)
    {
        m_cells.addOther({header, at}, RegionKind::Metadata, Part::Metadata, "header");
        m_start = at;
        while (at < m_text.size()) {
            const auto from = at;
            const auto line = takeLine(m_text, at);
            at = std::min<std::uint64_t>(at, m_text.size());
            step(line, from, at);
            if (!budget.spend(line.size() + 1)) {
                break;
            }
        }
        if (m_code) {
            code(m_text.size(), m_text.size());
        } else {
            prose(m_text.size());
        }
    }

private:
    void step(std::string_view line, std::uint64_t from, std::uint64_t next)
    {
        const auto fence = fenceOf(line);
        if (fence.sign == 0) {
            return;
        }
        if (m_open.sign != 0) {
            if (fence.sign == m_open.sign && fence.length >= m_open.length && fence.info.empty()) {
                m_open = {};
                if (m_code) {
                    code(from, next);
                }
            }
            return;
        }
        m_open = fence;
        const auto language = languageOf(fence.info, m_bare);
        if (!language.empty()) {
            prose(from);
            m_code = true;
            m_markerEnd = next;
            m_language = language == "r" ? "R" : language.starts_with("ipython") ? "python" : std::string(language);
            if (m_own.language.empty()) {
                m_own.language = m_language;
            }
        }
    }

    void prose(std::uint64_t end)
    {
        const ByteRange bytes{m_start, end};
        if (slice(m_text, bytes).find_first_not_of(" \t\r\n") != ByteView::npos) {
            m_cells.addCell(CellKind::Markdown, bytes, bytes);
        }
        m_start = end;
    }

    void code(std::uint64_t sourceEnd, std::uint64_t end)
    {
        m_cells.beginCell(CellKind::Code, m_start);
        m_cells.addOther({m_start, m_markerEnd}, RegionKind::Metadata, Part::Metadata, "options");
        const bool other = m_language != m_own.language;
        m_cells.setSource({m_markerEnd, sourceEnd}, TextForm::Plain, other ? m_language : std::string());
        m_cells.endCell(end);
        m_start = end;
        m_code = false;
    }

    ByteView m_text;
    NotebookFacts& m_own;
    CellBuilder m_cells;
    bool m_bare;
    Fence m_open;
    bool m_code = false;
    std::string m_language; // of the fence that is open
    std::uint64_t m_start = 0;
    std::uint64_t m_markerEnd = 0;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    head.remove_prefix(std::min<std::size_t>(detectEncoding(head).markSize, head.size()));
    if (head.find('\0') != ByteView::npos) {
        return 0;
    }
    const bool named = fileName.ends_with(".Rmd") || fileName.ends_with(".rmd") || fileName.ends_with(".qmd");
    const auto header = head.substr(0, headerEnd(head, 0));
    const bool paired = isPaired(header);
    if (named) {
        return 66;
    }
    const bool markdown = fileName.ends_with(".md") || fileName.ends_with(".markdown") || paired;
    return markdown && hasRunningFence(head, paired) ? 64 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    const auto body = headerEnd(text, start);
    Splitter(text, *own, out, isPaired(slice(text, {start, body}))).run(body, start, budget);
    out.own = std::move(own);
}

} // namespace cupel::formats::rmarkdown
