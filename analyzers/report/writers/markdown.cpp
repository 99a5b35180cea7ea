// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/markdown.h"

#include "analyzers/base/markup.h"
#include "analyzers/report/text.h"
#include "analyzers/report/writers/outline.h"

#include <algorithm>

namespace cupel::report {

std::string escapeMarkdown(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    const bool bullet = !text.empty() && std::string_view("-+=~").find(text.front()) != std::string_view::npos;
    if (bullet) {
        out += '\\';
    }
    for (const char c : text) {
        if (c == '<' || c == '&') {
            out += entityOf(c);
        } else {
            if (std::string_view("\\`*_[]>#|!").find(c) != std::string_view::npos) {
                out += '\\';
            }
            out += c == '\n' ? ' ' : c;
        }
    }
    return out;
}

namespace {

// A fence longer than any run of backticks inside.
std::string fenceFor(const Code& code)
{
    std::size_t longest = 2;
    for (const CodeLine& line : code.lines) {
        std::size_t run = 0;
        for (const char c : line.text) {
            run = c == '`' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    return std::string(longest + 1, '`');
}

struct BlockWriter {
    std::string& out;
    std::string number;
    int inside = 0;
    int level = 1;

    void operator()(const Heading& heading)
    {
        level = std::min(heading.level, level + 1); // no gaps, as in the HTML
        out += std::string(static_cast<std::size_t>(level) + 1, '#') + ' ';
        if (heading.level == 2) {
            out += number + '.' + std::to_string(++inside) + ' ';
        }
        out += escapeMarkdown(heading.text);
        if (!heading.note.empty()) {
            out += " (`" + heading.note + "`)";
        }
        out += "\n\n";
    }
    void operator()(const Paragraph& paragraph)
    {
        const bool muted = paragraph.tone == Paragraph::Tone::Muted;
        out += (muted ? "*" : "") + escapeMarkdown(paragraph.text) + (muted ? "*" : "") + "\n\n";
    }
    void operator()(const Code& code)
    {
        const std::string fence = fenceFor(code);
        out += fence + "text\n";
        for (const CodeLine& line : code.lines) {
            out += (line.number.empty() ? std::string() : line.number + "  ") + line.text + '\n';
        }
        out += fence + "\n\n";
    }
    void operator()(const Verdict& verdict)
    {
        out += "> **" + escapeMarkdown(verdict.title) + "**";
        if (verdict.severity >= 0) {
            out += " (worst: " + severityWord(verdict.severity) + ')';
        }
        out += "\n>\n> " + escapeMarkdown(verdict.text) + "\n\n";
    }
    void operator()(const Counts& counts)
    {
        Table table;
        table.rows.emplace_back();
        for (int severity = 4; severity >= 0; --severity) {
            table.header.push_back(severityWord(severity));
            table.rows.back().push_back(grouped(counts.bySeverity[severity]));
        }
        (*this)(table);
    }
    void operator()(const KeyValues& values)
    {
        for (const auto& [key, value] : values.rows) {
            out += "- " + escapeMarkdown(key) + ": **" + escapeMarkdown(value) + "**\n";
        }
        out += '\n';
    }
    void operator()(const Table& table)
    {
        const auto row = [&](const std::vector<std::string>& cells) {
            out += '|';
            for (const std::string& cell : cells) {
                out += ' ' + escapeMarkdown(cell) + " |";
            }
            out += '\n';
        };
        row(table.header);
        out += "|";
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            out += " --- |";
        }
        out += "\n";
        for (const auto& cells : table.rows) {
            row(cells);
        }
        out += '\n';
    }
    void operator()(const Drawing& drawing) // the words of it
    {
        out += '*' + escapeMarkdown(drawing.title) + "*\n\n";
        for (const std::string& line : drawing.told) {
            out += "- " + escapeMarkdown(line) + '\n';
        }
        out += drawing.told.empty() ? "" : "\n";
    }
    void operator()(const List& list)
    {
        for (const ListItem& item : list.items) {
            out += "- ";
            if (const std::string word = severityWord(item.severity); !word.empty() && !item.text.starts_with(word)) {
                out += word + ": ";
            }
            out += escapeMarkdown(item.text);
            if (!item.note.empty()) {
                out += " (" + escapeMarkdown(item.note) + ')';
            }
            out += '\n';
        }
        out += '\n';
    }
};

} // namespace

std::string writeMarkdown(const Document& document)
{
    std::string out = "# " + escapeMarkdown(fullTitle(document)) + "\n\n" + escapeMarkdown(document.scope) + "\n\n";
    if (!document.date.empty()) {
        out += escapeMarkdown(document.date) + "\n\n";
    }
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
        const Section& section = document.sections[i];
        const std::string number = std::to_string(i + 1);
        out += "## " + number + ' ' + escapeMarkdown(section.title) + "\n\n";
        BlockWriter writer{out, number, 0, 1};
        for (const Block& block : section.blocks) {
            std::visit(writer, block);
        }
    }
    out += "---\n\nDigest of what was examined: "
        + (document.digest.empty() ? std::string("not asked for") : '`' + document.digest + '`') + '\n';
    return out;
}

} // namespace cupel::report
