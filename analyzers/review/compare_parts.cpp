// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_parts.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/review/model_listing.h"

#include <algorithm>
#include <utility>

namespace cupel::review {

namespace {

using fixes::PreviewRow;

constexpr std::size_t mostOutputText = 256 << 10; // of one cell and side

std::string sourceOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    if (!notebook || *cell >= notebook->cells.size()) {
        return {};
    }
    const int region = notebook->cells[*cell].source;
    return region >= 0 && static_cast<std::size_t>(region) < analysis->facts.regions.size()
        ? fixes::shownRegion(*analysis, analysis->facts.regions[static_cast<std::size_t>(region)])
        : std::string();
}

std::string outputsOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    if (!notebook || *cell >= notebook->cells.size()) {
        return {};
    }
    std::string out;
    for (const auto& output : notebook->cells[*cell].outputs) {
        for (const auto index : output.regions) {
            const auto& region = analysis->facts.regions[index];
            if (out.size() >= mostOutputText) {
                return out + "…\n";
            }
            out += region.kind == RegionKind::Image
                ? "[image, " + std::to_string(region.bytes.size()) + " bytes as written]"
                : fixes::shownRegion(*analysis, region).substr(0, mostOutputText);
            out += out.empty() || out.back() == '\n' ? "" : "\n";
        }
    }
    return out;
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
            list.push_back(fresh ? CellPair{std::nullopt, i, false, false} : CellPair{i, std::nullopt, false, false});
        }
        return list;
    }

    [[nodiscard]] std::vector<std::size_t> findingsAt(const CellPair& pair, bool outputs)
    {
        std::vector<std::size_t> list;
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            const auto& change = m_change.findings[i];
            const auto& location = change.analysis->findings[change.index].location;
            const auto& cell = change.kind == FindingChange::Kind::Gone ? pair.before : pair.after;
            const bool inOutput = location.part == Part::Output;
            if (cell && location.cell && *location.cell == *cell && inOutput == outputs) {
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
        ComparedPart source{pair.before, pair.after, false, {}, findingsAt(pair, false)};
        source.rows = fixes::compareTexts(
            sourceOf(m_change.before.get(), pair.before), sourceOf(m_change.after.get(), pair.after));
        m_parts.push_back(std::move(source));
        ComparedPart outputs{pair.before, pair.after, true, {}, findingsAt(pair, true)};
        const bool oneSided = !pair.before || !pair.after;
        if (pair.outputsChanged || oneSided || !outputs.findings.empty()) {
            const auto before = outputsOf(m_change.before.get(), pair.before);
            const auto after = outputsOf(m_change.after.get(), pair.after);
            if (!before.empty() || !after.empty()) {
                outputs.rows = fixes::compareTexts(before, after);
                m_parts.push_back(std::move(outputs));
            } else {
                m_parts.back().findings.insert(
                    m_parts.back().findings.end(), outputs.findings.begin(), outputs.findings.end());
            }
        }
    }

    std::string wholeText(const AnalysisPtr& analysis)
    {
        auto out = analysis ? modelListing(*analysis, mostOutputText * 4, m_budget) : std::string();
        if (!out.empty()) {
            return out;
        }
        for (std::size_t i = 0; analysis && i < analysis->facts.regions.size(); ++i) {
            const auto& region = analysis->facts.regions[i];
            if (region.kind != RegionKind::Image && out.size() < mostOutputText * 4) {
                out += fixes::shownRegion(*analysis, region);
                out += out.empty() || out.back() == '\n' ? "" : "\n";
            }
        }
        return out;
    }

    void addTexts()
    {
        ComparedPart part;
        part.rows = fixes::compareTexts(wholeText(m_change.before), wholeText(m_change.after));
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            part.findings.push_back(i);
            m_placed.push_back(i);
        }
        m_parts.push_back(std::move(part));
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
        if (!rest.findings.empty()) {
            m_parts.push_back(std::move(rest));
        }
    }

    const FileChange& m_change;
    Budget& m_budget;
    std::vector<ComparedPart> m_parts;
    std::vector<std::size_t> m_placed;
};

} // namespace

bool ComparedPart::changed() const
{
    return std::any_of(rows.begin(), rows.end(), [](const PreviewRow& row) {
        return row.kind != PreviewRow::Kind::Same && row.kind != PreviewRow::Kind::Folded;
    });
}

std::vector<ComparedPart> compareParts(const FileChange& change, Budget& budget)
{
    return Builder(change, budget).run();
}

} // namespace cupel::review
