// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/html.h"

#include "analyzers/base/markup.h"
#include "analyzers/report/text.h"
#include "analyzers/report/writers/drawing_svg.h"
#include "analyzers/report/writers/outline.h"

#include <algorithm>
#include <numeric>

namespace cupel::report {

std::string escapeHtml(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        if (const std::string_view entity = entityOf(c); !entity.empty()) {
            out += entity;
        } else {
            out += c;
        }
    }
    return out;
}

namespace {

// Text of a cell. A long name (a path, a key) may part behind its separators, so that it does not part inside a word;
// a <wbr> is nothing when it is copied.
std::string cellText(std::string_view text)
{
    constexpr std::size_t longName = 16;
    std::string out;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        std::string_view rest = word;
        while (word.size() > longName && !rest.empty()) {
            const std::size_t sign = rest.find_first_of("/\\_-.:=,;|@");
            if (sign == std::string_view::npos || sign + 1 == rest.size()) {
                break;
            }
            out += escapeHtml(rest.substr(0, sign + 1)) + "<wbr>";
            rest.remove_prefix(sign + 1);
        }
        out += escapeHtml(rest);
        text.remove_prefix(word.size());
        const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
        out.append(spaces, ' ');
        text.remove_prefix(spaces);
    }
    return out;
}

// The shape; `spoken` gives it a name where no word stands beside it.
std::string shape(int severity, bool spoken)
{
    const std::string name = severity < 0 ? "ok" : "s" + std::to_string(severity);
    const std::string label = severity < 0 ? "No findings" : severityWord(severity);
    const std::string role = spoken ? "role=\"img\" aria-label=\"" + label + '"' : "aria-hidden=\"true\"";
    return "<svg class=\"shape\" " + role + "><use href=\"#" + name + "\"/></svg>";
}

// Writes the blocks of one section; keeps heading levels without gaps.
class SectionWriter {
public:
    SectionWriter(std::string& out, std::string number)
        : m_out(out)
        , m_number(std::move(number))
    {
    }

    void operator()(const Heading& heading)
    {
        const int level = std::min(heading.level, m_level + 1);
        m_level = level;
        const std::string tag = 'h' + std::to_string(level + 1);
        m_out += '<' + tag + " id=\"" + escapeHtml(heading.anchor) + "\">";
        if (heading.severity >= 0) {
            m_out += shape(heading.severity, true);
        }
        if (heading.level == 2) {
            m_out += "<span class=\"number\">" + m_number + '.' + std::to_string(++m_inside) + "</span> ";
        }
        m_out += "<span>" + escapeHtml(heading.text) + "</span>";
        if (!heading.note.empty()) {
            m_out += " <span class=\"note\">" + escapeHtml(heading.note) + "</span>";
        }
        m_out += "</" + tag + ">\n";
    }

    void operator()(const Paragraph& paragraph)
    {
        static constexpr std::string_view classes[] = {"", " class=\"small\"", " class=\"small muted\""};
        m_out += "<p";
        m_out += classes[static_cast<std::size_t>(paragraph.tone)];
        m_out += '>' + escapeHtml(paragraph.text) + "</p>\n";
    }

    void operator()(const Code& code)
    {
        m_out += "<pre><code>";
        const bool numbered =
            std::any_of(code.lines.begin(), code.lines.end(), [](const CodeLine& l) { return !l.number.empty(); });
        for (const CodeLine& line : code.lines) {
            if (numbered) {
                m_out += "<span class=\"no\" aria-hidden=\"true\">" + escapeHtml(line.number) + "</span>";
            }
            addMarked(line);
            m_out += '\n';
        }
        m_out += "</code></pre>\n";
    }

    void operator()(const Verdict& verdict)
    {
        const bool error = verdict.severity >= static_cast<int>(Severity::High);
        const bool clear = verdict.severity < 0 && !verdict.incomplete;
        const std::string tone = error ? "error" : clear ? "clear" : "warn";
        m_out += "<div class=\"verdict " + tone + "\">";
        if (verdict.severity >= 0 || clear) {
            m_out += shape(verdict.severity, true);
        }
        m_out += "<div><strong>" + escapeHtml(verdict.title) + "</strong><p>" + escapeHtml(verdict.text)
            + "</p></div></div>\n";
    }

    void operator()(const Counts& counts)
    {
        m_out += "<ul class=\"counts\">\n";
        for (int severity = 4; severity >= 0; --severity) {
            m_out += "<li>" + shape(severity, false) + "<b>" + grouped(counts.bySeverity[severity]) + "</b>"
                + severityWord(severity) + "</li>\n";
        }
        m_out += "</ul>\n";
    }

    void operator()(const KeyValues& values)
    {
        m_out += values.columns == 1 ? "<dl style=\"grid-template-columns:1fr\">\n" : "<dl>\n";
        for (const auto& [key, value] : values.rows) {
            m_out += "<div><dt>" + escapeHtml(key) + "</dt><dd>" + escapeHtml(value) + "</dd></div>\n";
        }
        m_out += "</dl>\n";
    }

    void operator()(const Table& table)
    {
        m_out += "<div class=\"wide\"><table>\n";
        addColumns(table);
        m_out += "<thead><tr>";
        for (const std::string& cell : table.header) {
            m_out += "<th scope=\"col\">" + escapeHtml(cell) + "</th>";
        }
        m_out += "</tr></thead>\n<tbody>\n";
        for (const auto& row : table.rows) {
            m_out += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i) {
                m_out += i < table.mono.size() && table.mono[i] ? "<td class=\"mono\">" : "<td>";
                m_out += cellText(row[i]) + "</td>";
            }
            m_out += "</tr>\n";
        }
        m_out += "</tbody></table></div>\n";
    }

    void operator()(const List& list)
    {
        m_out += "<ul class=\"items\">\n";
        for (const ListItem& item : list.items) {
            m_out += "<li>";
            if (item.severity >= 0) {
                m_out += shape(item.severity, true);
            }
            const std::string text = escapeHtml(item.text);
            m_out += item.anchor.empty() ? "<span>" + text + "</span>"
                                         : "<a href=\"#" + escapeHtml(item.anchor) + "\">" + text + "</a>";
            if (!item.note.empty()) {
                m_out += "<span class=\"note\">" + escapeHtml(item.note) + "</span>";
            }
            m_out += "</li>\n";
        }
        m_out += "</ul>\n";
    }

    void operator()(const Drawing& drawing) { m_out += writeDrawing(drawing); }

private:
    void addColumns(const Table& table)
    {
        const int sum = std::accumulate(table.weights.begin(), table.weights.end(), 0);
        if (sum <= 0) {
            return;
        }
        m_out += "<colgroup>";
        for (const int weight : table.weights) {
            m_out += "<col style=\"width:" + std::to_string(100 * weight / sum) + "%\">";
        }
        m_out += "</colgroup>\n";
    }

    void addMarked(const CodeLine& line)
    {
        std::size_t done = 0;
        const std::string_view text = line.text;
        for (const ByteRange mark : line.marks) {
            if (mark.empty() || mark.start < done || mark.end > text.size()) {
                continue;
            }
            m_out +=
                escapeHtml(text.substr(done, mark.start - done)) + "<mark>" + escapeHtml(slice(text, mark)) + "</mark>";
            done = mark.end;
        }
        m_out += escapeHtml(text.substr(done));
    }

    std::string& m_out;
    std::string m_number;
    int m_inside = 0;
    int m_level = 1;
};

void addHead(const Document& document, std::string& out)
{
    out += "<!DOCTYPE html>\n<html lang=\"" + escapeHtml(document.language) + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    out += "<title>" + escapeHtml(fullTitle(document)) + "</title>\n<style>\n";
    out += htmlStyle();
    out += "</style>\n</head>\n<body>\n";
    out += htmlShapes();
    out += "<header>\n<p class=\"kind\">" + escapeHtml(document.title) + "</p>\n<h1>" + escapeHtml(document.subject)
        + "</h1>\n<p>" + escapeHtml(document.scope) + "</p>\n";
    if (!document.date.empty()) {
        out += "<p class=\"small muted\">" + escapeHtml(document.date) + "</p>\n";
    }
    out += "</header>\n";
}

void addContents(const Document& document, std::string& out)
{
    out += "<nav aria-label=\"Contents\">\n<details>\n<summary>Contents</summary>\n<ol>\n";
    bool inside = false;
    bool open = false;
    for (const OutlineEntry& entry : outlineOf(document)) {
        if (entry.level == 1) {
            out += std::string(inside ? "</ol>\n" : "") + (open ? "</li>\n" : "");
            inside = false;
            open = true;
        } else if (!inside) {
            out += "\n<ol>\n";
            inside = true;
        }
        out += "<li><a href=\"#" + escapeHtml(entry.anchor) + "\"><span class=\"number\">" + entry.number + "</span> "
            + escapeHtml(entry.text) + "</a>" + (entry.level == 1 ? "" : "</li>\n");
    }
    out += std::string(inside ? "</ol>\n" : "") + (open ? "</li>\n" : "") + "</ol>\n</details>\n</nav>\n";
}

} // namespace

std::string writeHtml(const Document& document)
{
    std::string out;
    addHead(document, out);
    addContents(document, out);
    out += "<main>\n";
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
        const Section& section = document.sections[i];
        const std::string number = std::to_string(i + 1);
        const std::string anchor = escapeHtml(sectionAnchor(section));
        out += "<section aria-labelledby=\"" + anchor + "\">\n<h2 id=\"" + anchor + "\"><span class=\"number\">"
            + number + "</span> " + escapeHtml(section.title) + "</h2>\n";
        SectionWriter writer(out, number);
        for (const Block& block : section.blocks) {
            std::visit(writer, block);
        }
        out += "</section>\n";
    }
    out += "</main>\n<footer>\n<p>" + escapeHtml(fullTitle(document)) + "</p>\n<p>Digest of what was examined: "
        + (document.digest.empty() ? std::string("not asked for") : "<code>" + escapeHtml(document.digest) + "</code>")
        + "</p>\n</footer>\n</body>\n</html>\n";
    return out;
}

} // namespace cupel::report
