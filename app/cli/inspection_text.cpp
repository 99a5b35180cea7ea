// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel inspect` for people.
#include "app/cli/inspection.h"
#include "app/cli/inspection_model.h"
#include "app/cli/inspection_pickle.h"

#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>

namespace cupel::cli {

namespace {

using report::counted;
using report::humanBytes;
using report::printable;

constexpr std::size_t longestText = 1 << 20;

// Of a form that nobody knows, and read all the same: a pickle beside it says what stands where.
std::string_view memberWord(const Analysis& member)
{
    const bool numbers = formatName(member) == "unknown" && member.facts.status == ReadStatus::Complete;
    return numbers ? std::string_view("tensor data") : formatName(member);
}

// Bytes can all be known for what they are and still not be judged to the end: then their number would say too much.
std::string readText(const Facts& facts)
{
    const auto& coverage = facts.coverage;
    const bool judged = facts.status == ReadStatus::Complete || coverage.understood < coverage.total;
    return std::string(toString(facts.status)) + ", "
        + (judged ? std::to_string(coverage.understood) + " of " + std::to_string(coverage.total) + " bytes understood"
                  : "all of its " + report::counted(coverage.total, "byte") + " read, not all of it understood");
}

class Writer {
public:
    Writer(const Inspection& inspection, bool colour, std::size_t width)
        : m_inspection(inspection)
        , m_analysis(*inspection.analysis)
        , m_redactor(m_analysis)
        , m_paint(colour)
        , m_width(width)
    {
    }
    std::string document();

private:
    void line(const std::string& text) { m_out += text + "\n"; }
    void row(std::string_view label, const std::string& value);
    void notebook(const formats::NotebookFacts& facts);
    void cell(const formats::Cell& cell, std::size_t index);
    void viewers();
    void pickles();
    void plans();
    void source(const Region& region);
    [[nodiscard]] std::string describe(const formats::Output& output) const;
    [[nodiscard]] const Region* regionAt(std::int64_t index) const;

    const Inspection& m_inspection;
    const Analysis& m_analysis;
    Redactor m_redactor;
    report::Paint m_paint;
    std::size_t m_width;
    std::string m_out;
};

void Writer::row(std::string_view label, const std::string& value)
{
    std::string left(label);
    left.resize(std::max<std::size_t>(left.size(), 10), ' ');
    line("  " + m_paint.dim(left) + "  " + value);
}

const Region* Writer::regionAt(std::int64_t index) const
{
    const auto& regions = m_analysis.facts.regions;
    return index >= 0 && static_cast<std::size_t>(index) < regions.size() ? &regions[static_cast<std::size_t>(index)]
                                                                          : nullptr;
}

std::string Writer::describe(const formats::Output& output) const
{
    std::string text = printable(m_redactor.name(output.type));
    std::string data;
    for (const auto index : output.regions) {
        if (const Region* region = regionAt(index)) {
            data += data.empty() ? ": " : ", ";
            data += printable(m_redactor.name(region->name.empty() ? toString(region->kind) : region->name)) + " "
                + humanBytes(region->bytes.size());
        }
    }
    return text + data;
}

void Writer::source(const Region& region)
{
    const std::string text = m_redactor.text(region, longestText);
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        line("      " + m_paint.dim("│ ") + printable(std::string_view(text).substr(start, end - start)));
        start = end + 1;
    }
    if (measure(m_analysis, region).bytes > longestText) {
        line("      " + m_paint.dim("│ ! the rest is not shown"));
    }
}

void Writer::cell(const formats::Cell& cell, std::size_t index)
{
    std::string head = "cell " + std::to_string(index) + "  " + std::string(kindName(cell.kind));
    if (cell.executionCount) {
        head += " [" + std::to_string(*cell.executionCount) + "]";
    }
    const Region* region = regionAt(cell.source);
    if (region) {
        head += ", " + counted(measure(m_analysis, *region).lines, "line");
    }
    if (!cell.id.empty()) {
        head += m_paint.dim("  " + printable(m_redactor.name(cell.id)));
    }
    if (cell.sourceHidden || cell.outputsHidden) {
        head += cell.sourceHidden && cell.outputsHidden ? "  hidden"
            : cell.sourceHidden                         ? "  source hidden"
                                                        : "  outputs hidden";
    }
    line("  " + head);
    if (region && m_inspection.source) {
        source(*region);
    }
    for (const auto& output : cell.outputs) {
        line("      → " + report::shortened(describe(output), m_width > 20 ? m_width - 8 : 0));
    }
    for (const auto index_ : cell.attachments) {
        if (const Region* attachment = regionAt(index_)) {
            line("      attachment " + printable(m_redactor.name(attachment->name)) + " "
                + humanBytes(attachment->bytes.size()));
        }
    }
}

void Writer::notebook(const formats::NotebookFacts& facts)
{
    if (facts.nbformat > 0) {
        row("nbformat",
            std::to_string(facts.nbformat)
                + (facts.nbformatMinor >= 0 ? "." + std::to_string(facts.nbformatMinor) : ""));
    }
    if (!facts.kernel.empty() || !facts.language.empty()) {
        row("kernel",
            printable(m_redactor.name(facts.kernel.empty() ? "unnamed" : facts.kernel))
                + (facts.language.empty() ? "" : ", " + printable(m_redactor.name(facts.language))));
    }
    row("cells", std::to_string(facts.cells.size()) + ", " + counted(facts.outputCount, "output"));
    if (facts.salvaged) {
        row("salvaged", "the JSON is broken: cells are what could be recovered");
    }
    line("");
    for (std::size_t i = 0; i < facts.cells.size(); ++i) {
        cell(facts.cells[i], i);
    }
}

// Every one of them, unless it is the only one and was shown.
void Writer::pickles()
{
    const auto& list = m_inspection.pickles;
    if (list.empty() || (list.size() == 1 && m_inspection.main)) {
        return;
    }
    row("pickles", std::to_string(m_inspection.pickleCount));
    for (const auto& one : list) {
        line("    " + printable(one.path.substr(m_analysis.artifact.path.size() + 1)) + "  "
            + m_paint.bold(std::string(one.verdict)) + ": " + printable(one.why));
    }
    if (list.size() < m_inspection.pickleCount) {
        line("    \u2026 " + std::to_string(m_inspection.pickleCount - list.size()) + " more");
    }
    line("");
}

// A line for each active thing, and under it what the programs do that do the same.
void Writer::viewers()
{
    const auto table = viewerTable(m_analysis);
    if (table.rows.empty()) {
        return;
    }
    line("");
    line("  " + m_paint.bold("What happens when it is shown"));
    for (const auto& row : table.rows) {
        const auto times = row.count == "1" ? std::string() : ", " + row.count + " times";
        line("  " + printable(row.what) + "  " + m_paint.dim(row.place + times + "  " + row.rule));
        std::vector<std::string> said;
        for (const auto& verdict : row.verdicts) {
            if (std::find(said.begin(), said.end(), verdict) != said.end()) {
                continue;
            }
            said.push_back(verdict);
            std::string names;
            for (std::size_t i = 0; i < row.verdicts.size() && i < table.viewers.size(); ++i) {
                names += row.verdicts[i] == verdict ? (names.empty() ? "" : "; ") + table.viewers[i] : "";
            }
            std::string left = verdict;
            left.resize(std::max<std::size_t>(left.size(), 32), ' ');
            line("      " + left + "  " + m_paint.dim(names));
        }
    }
}

// What loaders do that take no pickles: with the file, or with the members that they begin with.
void Writer::plans()
{
    const auto put = [this](std::string_view piece) { m_out += piece; };
    loadersText(planLoaders(m_analysis), "What loaders would do with it", m_paint, put);
    for (const auto& plan : m_inspection.plans) {
        const auto member = printable(plan.path.substr(m_analysis.artifact.path.size() + 1));
        loadersText(plan.loaders, "What loaders would do with " + member, m_paint, put);
    }
    if (m_inspection.planCount > m_inspection.plans.size()) {
        const auto more = m_inspection.planCount - m_inspection.plans.size();
        line("");
        line("  And " + counted(more, "more member") + " that a loader may begin with, none of them worse.");
    }
    if (!m_inspection.plans.empty()) {
        line("");
    }
}

std::string Writer::document()
{
    const auto& facts = m_analysis.facts;
    line(m_paint.bold(printable(m_analysis.artifact.path)));
    row("format", std::string(formatName(m_analysis)));
    row("size", humanBytes(m_analysis.size) + " (" + std::to_string(m_analysis.size) + " bytes)");
    row("sha256", toHex(m_analysis.artifact.sha256));
    row("read", readText(facts));
    if (m_inspection.signatureLooked) {
        row("signature",
            m_inspection.signature.empty()
                ? "none beside it"
                : printable(m_redactor.name(m_inspection.signature)) + " is beside it; it was not verified");
    }
    if (const auto* cells = formats::notebookFacts(facts)) {
        notebook(*cells);
        viewers();
    }
    const auto put = [this](std::string_view piece) { m_out += piece; };
    modelText(m_analysis, m_paint, put);
    pickleText(m_analysis, m_inspection.opcodes, m_paint, put);
    plans();
    if (const auto& main = m_inspection.main) {
        line("");
        row("loads", printable(main->artifact.path.substr(m_analysis.artifact.path.size() + 1)) + " first:");
        modelText(*main, m_paint, put);
        pickleText(*main, m_inspection.opcodes, m_paint, put);
        line("");
    }
    for (const auto& member : m_inspection.running) {
        line("");
        row("if loaded", printable(member->artifact.path.substr(m_analysis.artifact.path.size() + 1)) + ":");
        pickleText(*member, m_inspection.opcodes, m_paint, put);
        line("");
    }
    pickles();
    if (!m_inspection.members.empty()) {
        row("members", std::to_string(m_inspection.members.size()));
        for (const auto& member : m_inspection.members) {
            line("    " + printable(member->artifact.path.substr(m_analysis.artifact.path.size() + 1)) + "  "
                + m_paint.dim(std::string(memberWord(*member)) + ", " + humanBytes(member->size)));
        }
    }
    if (!facts.flaws.empty() || !facts.diagnostics.empty()) {
        line("");
    }
    for (const auto& flaw : facts.flaws) {
        line(
            "  flaw: " + flaw.code + (flaw.detail.empty() ? "" : " (" + printable(m_redactor.name(flaw.detail)) + ")"));
    }
    for (const auto& diagnostic : facts.diagnostics) {
        const bool note = diagnostic.level == DiagnosticLevel::Note;
        line(std::string(note ? "  note: " : "  ! not read: ") + printable(diagnostic.message));
    }
    line("");
    line("Nothing was run.");
    return std::move(m_out);
}

} // namespace

std::string inspectionText(const Inspection& inspection, bool colour, std::size_t width)
{
    return Writer(inspection, colour, width).document();
}

} // namespace cupel::cli
