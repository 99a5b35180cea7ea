// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_parts.h"

#include "analyzers/fixes/line_rows.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/review/compare_metadata.h"
#include "analyzers/review/model_listing.h"
#include "analyzers/review/shown_forms.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace cupel::review {

namespace {

using fixes::PreviewRow;

constexpr std::size_t mostListing = 1 << 20; // of a model, of what stands outside of cells
constexpr std::size_t mostRows = 20'000; // lines that differ, of one of them
constexpr std::size_t mostUnchanged = 200'000; // lines of all parts; behind them few stand around each change

using Forms = std::vector<std::uint32_t>; // regions: an output has one for each of its forms

std::vector<Forms> outputsOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    std::vector<Forms> out;
    if (notebook && *cell < notebook->cells.size()) {
        for (const auto& output : notebook->cells[*cell].outputs) {
            out.emplace_back(output.regions.begin(), output.regions.end());
        }
    }
    return out;
}

Shown sourceOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    const int region = notebook && *cell < notebook->cells.size() ? notebook->cells[*cell].source : -1;
    return region >= 0 && static_cast<std::size_t>(region) < analysis->facts.regions.size()
        ? shownForm(*analysis, static_cast<std::uint32_t>(region))
        : Shown();
}

class Builder {
public:
    Builder(const FileChange& change, Budget& budget)
        : m_change(change)
        , m_budget(budget)
    {
    }

    std::vector<ComparedPart> run()
    {
        const bool cells = !m_change.cells.empty() || isNotebook(m_change.before) || isNotebook(m_change.after);
        if (cells) {
            for (const auto& pair : pairs()) {
                addCell(pair);
            }
        } else {
            addTexts();
        }
        addRest();
        return std::move(m_parts);
    }

private:
    static bool isNotebook(const AnalysisPtr& analysis)
    {
        return analysis && formats::notebookFacts(analysis->facts) != nullptr;
    }

    // All unchanged lines are there for who unfolds, as long as there is room for them.
    [[nodiscard]] std::size_t around() const { return m_unchanged > 0 ? fixes::allLines : fixes::fewAround; }

    [[nodiscard]] bool hasRoom() const { return m_unchanged > 0 && m_equalText > 0; }

    void keep(ComparedPart part)
    {
        const auto same = std::count_if(part.rows.begin(), part.rows.end(),
            [](const PreviewRow& row) { return row.kind == PreviewRow::Kind::Same; });
        m_unchanged -= std::min(m_unchanged, static_cast<std::size_t>(same));
        m_parts.push_back(std::move(part));
    }

    // Also of a file that only one version has.
    [[nodiscard]] std::vector<CellPair> pairs() const
    {
        if (!m_change.cells.empty() || (m_change.before && m_change.after)) {
            return m_change.cells;
        }
        const bool fresh = m_change.after != nullptr;
        const auto* notebook = formats::notebookFacts((fresh ? m_change.after : m_change.before)->facts);
        std::vector<CellPair> list;
        for (std::size_t i = 0; notebook && i < notebook->cells.size(); ++i) {
            list.push_back(fresh ? CellPair{std::nullopt, i} : CellPair{i, std::nullopt});
        }
        return list;
    }

    // `metadata`: what the metadata of the cell holds; else its source, or the outputs that are given.
    [[nodiscard]] std::vector<std::size_t> findingsAt(
        const CellPair& pair, std::optional<std::size_t> old, std::optional<std::size_t> now, bool metadata = false)
    {
        const bool outputs = old || now;
        std::vector<std::size_t> list;
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            const auto& change = m_change.findings[i];
            const auto& location = change.analysis->findings[change.index].location;
            const bool gone = change.kind == FindingChange::Kind::Gone;
            const auto& cell = gone ? pair.before : pair.after;
            const auto& output = gone ? old : now;
            const bool inOutput = location.part == Part::Output;
            const bool there = outputs ? output && location.output.value_or(0) == *output
                                       : !pair.metadataChanged || metadata == (location.part == Part::Metadata);
            if (cell && location.cell && *location.cell == *cell && inOutput == outputs && there) {
                list.push_back(i);
                m_placed.push_back(i);
            }
        }
        return list;
    }

    void addCell(const CellPair& pair)
    {
        if (m_budget.stopped()) {
            return;
        }
        ComparedPart source{pair.before, pair.after, false, {}, findingsAt(pair, {}, {}), {}};
        const Shown before = sourceOf(m_change.before.get(), pair.before);
        const Shown after = sourceOf(m_change.after.get(), pair.after);
        source.rows = rowsOf(before, after, around());
        source.moved = pair.moved;
        source.altered = pair.sourceChanged && !source.changed();
        const auto at = m_parts.size();
        keep(std::move(source));
        const bool told = pair.outputsChanged || !pair.before || !pair.after || hasOutputFindings(pair);
        if (told || hasRoom()) {
            addOutputs(pair);
        }
        const bool seen = std::any_of(m_parts.begin() + static_cast<std::ptrdiff_t>(at), m_parts.end(),
            [](const ComparedPart& part) { return part.changed(); });
        m_parts[at].altered = m_parts[at].altered || (pair.outputsChanged && !seen);
        if (pair.metadataChanged && pair.before && pair.after) {
            addMetadata(pair);
        }
    }

    // Of the cell and of its outputs.
    void addMetadata(const CellPair& pair)
    {
        ComparedPart part{pair.before, pair.after, false, {}, findingsAt(pair, {}, {}, true), {}};
        part.metadata = true;
        part.rows = fixes::lineRows(
            metadataOf(m_change.before.get(), pair.before), metadataOf(m_change.after.get(), pair.after), around());
        part.altered = !part.changed(); // masked alike
        keep(std::move(part));
    }

    static std::string metadataOf(const Analysis* analysis, std::optional<std::size_t> cell)
    {
        const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
        std::string out;
        const auto add = [&](std::int32_t index) {
            if (index >= 0 && static_cast<std::size_t>(index) < analysis->facts.regions.size()
                && out.size() < mostListing) {
                out += fixes::shownRegion(*analysis, analysis->facts.regions[static_cast<std::size_t>(index)]) + '\n';
            }
        };
        if (notebook && *cell < notebook->cells.size()) {
            if (notebook->cells[*cell].metadata < 0) {
                out += "{}\n"; // what an empty record was left out of
            }
            add(notebook->cells[*cell].metadata);
            for (const auto& output : notebook->cells[*cell].outputs) {
                add(output.metadata);
            }
        }
        return out;
    }

    [[nodiscard]] bool hasOutputFindings(const CellPair& pair) const
    {
        return std::any_of(m_change.findings.begin(), m_change.findings.end(), [&pair](const FindingChange& change) {
            const auto& location = change.analysis->findings[change.index].location;
            const auto& cell = change.kind == FindingChange::Kind::Gone ? pair.before : pair.after;
            return location.part == Part::Output && cell && location.cell && *location.cell == *cell;
        });
    }

    // Those at the start and at the end that are equal belong together, those between by their number.
    void addOutputs(const CellPair& pair)
    {
        const auto before = formsOf(m_change.before.get(), pair.before);
        const auto after = formsOf(m_change.after.get(), pair.after);
        const auto shorter = std::min(before.size(), after.size());
        std::size_t tail = 0;
        while (tail < shorter && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
            ++tail;
        }
        const auto middle = std::max(before.size(), after.size()) - tail;
        for (std::size_t i = 0; i < middle + tail && !m_budget.stopped(); ++i) {
            const auto at = [&](std::size_t size) {
                return i < middle ? (i < size - tail ? std::optional(i) : std::nullopt)
                                  : std::optional(size - tail + (i - middle));
            };
            addOutput(pair, before, at(before.size()), after, at(after.size()));
        }
    }

    void addOutput(const CellPair& pair, const std::vector<OutputForms>& before, std::optional<std::size_t> old,
        const std::vector<OutputForms>& after, std::optional<std::size_t> now)
    {
        ComparedPart part{pair.before, pair.after, true, {}, findingsAt(pair, old, now), now ? now : old};
        part.fresh = !old;
        part.gone = !now;
        const OutputForms none;
        const OutputForms& a = old ? before[*old] : none;
        const OutputForms& b = now ? after[*now] : none;
        for (const auto& [left, right] : alignForms(a, b)) {
            const Shown was = left ? *left : Shown();
            const Shown is = right ? *right : Shown();
            auto rows = rowsOf(was, is, around());
            if (!fixes::hasLineNumbers(left ? was.form : is.form)) {
                fixes::leaveNumbersOut(rows);
            }
            if (!left || !right) {
                keepOneSide(rows, left != nullptr);
            }
            std::move(rows.begin(), rows.end(), std::back_inserter(part.rows));
        }
        if (part.changed() || !part.findings.empty() || !pair.before || !pair.after) {
            keep(std::move(part));
        } else if (!part.rows.empty() && hasRoom()) { // equal: for who unfolds
            for (const auto& one : b) {
                m_equalText -= std::min<std::uint64_t>(m_equalText, one.text.size());
            }
            keep(std::move(part));
        }
    }

    [[nodiscard]] std::vector<OutputForms> formsOf(const Analysis* analysis, std::optional<std::size_t> cell) const
    {
        std::vector<OutputForms> out;
        for (const Forms& regions : outputsOf(analysis, cell)) {
            OutputForms& forms = out.emplace_back();
            for (const auto region : regions) {
                if (!m_budget.stopped()) {
                    forms.push_back(shownForm(*analysis, region));
                }
            }
        }
        return out;
    }

    std::string wholeText(const AnalysisPtr& analysis)
    {
        auto out = analysis ? modelListing(*analysis, mostListing, m_budget) : std::string();
        if (!out.empty()) {
            return out;
        }
        for (std::size_t i = 0; analysis && i < analysis->facts.regions.size(); ++i) {
            const auto& region = analysis->facts.regions[i];
            if (region.kind != RegionKind::Image && out.size() < mostShownText) {
                out += fixes::shownRegion(*analysis, region, mostShownText);
                out += out.empty() || out.back() == '\n' ? "" : "\n";
            }
        }
        return out;
    }

    void addTexts()
    {
        ComparedPart part;
        part.rows = fixes::lineRows(wholeText(m_change.before), wholeText(m_change.after), around(), mostRows);
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            part.findings.push_back(i);
            m_placed.push_back(i);
        }
        keep(std::move(part));
    }

    // What belongs to no cell: metadata, the form of the file.
    void addRest()
    {
        std::sort(m_placed.begin(), m_placed.end());
        ComparedPart rest;
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            if (!std::binary_search(m_placed.begin(), m_placed.end(), i)) {
                rest.findings.push_back(i);
            }
        }
        addOutside(rest);
        if (!rest.findings.empty() || rest.changed()) {
            keep(std::move(rest));
        }
    }

    void addOutside(ComparedPart& rest)
    {
        std::string before;
        std::string after;
        const auto add = [](std::string& text, const std::string& entry) {
            if (!entry.empty() && text.size() < mostListing) {
                text += entry + '\n';
            }
        };
        const auto entries = compareOutside(m_change, m_budget);
        if (std::any_of(entries.begin(), entries.end(), [](const OutsideEntry& entry) { return entry.changed; })) {
            for (const auto& entry : entries) {
                add(before, entry.before);
                add(after, entry.after);
            }
            rest.rows = fixes::lineRows(before, after, around());
            if (!rest.changed()) { // the difference lies in what is too long to be listed
                rest.rows.emplace_back().kind = PreviewRow::Kind::Cut;
            }
        }
    }

    const FileChange& m_change;
    Budget& m_budget;
    std::vector<ComparedPart> m_parts;
    std::vector<std::size_t> m_placed;
    std::size_t m_unchanged = mostUnchanged;
    std::uint64_t m_equalText = 32 << 20; // bytes of outputs that are equal
};

} // namespace

bool ComparedPart::changed() const
{
    return std::any_of(rows.begin(), rows.end(), [](const PreviewRow& row) {
        return row.kind != PreviewRow::Kind::Same && row.kind != PreviewRow::Kind::Folded;
    });
}

bool ComparedPart::tellsOfCell() const
{
    return !outputs && (moved || altered || before.has_value() != after.has_value());
}

std::vector<ComparedPart> compareParts(const FileChange& change, Budget& budget)
{
    return Builder(change, budget).run();
}

} // namespace cupel::review
