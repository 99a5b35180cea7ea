// SPDX-License-Identifier: GPL-3.0-or-later
// The run numbers of a notebook, read as evidence: one finding for each kind of disorder, with the cells. A notebook
// without any number was cleaned on purpose: nothing is wrong with it, but nothing is known of its order either.
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/model/notes.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::rules::order {

namespace {

using formats::Cell;

constexpr std::size_t mostCells = 400; // as evidence
constexpr std::size_t mostNumbers = 4; // of runs that a sentence names one by one

struct Run {
    const Cell* cell = nullptr;
    std::int64_t count = 0;
};

class OrderReader {
public:
    OrderReader(const RuleInput& input, const formats::NotebookFacts& notebook, FindingSink& sink)
        : m_input(input)
        , m_text(input.facts.text(input.artifact))
        , m_notebook(notebook)
        , m_sink(sink)
    {
    }

    void run()
    {
        for (const auto& cell : m_notebook.cells) {
            if (cell.kind != formats::CellKind::Code) {
                continue;
            }
            if (cell.executionCount) {
                m_runs.push_back({&cell, *cell.executionCount});
            } else if (hasCode(cell)) {
                (hasResult(cell) ? m_unnumbered : m_neverRun).push_back(&cell);
            }
        }
        stale();
        if (m_runs.empty()) {
            if (m_input.facts.format == "notebook" && (!m_neverRun.empty() || !m_unnumbered.empty())) {
                m_sink.note(codeNoRunNumbers, "No cell has a run number: in which order they ran is not known");
            }
            return;
        }
        outOfOrder();
        mixedSessions();
        rest();
    }

private:
    [[nodiscard]] bool hasCode(const Cell& cell) const
    {
        if (cell.source < 0) {
            return false;
        }
        const auto raw = slice(m_text, m_input.facts.regions[static_cast<std::size_t>(cell.source)].bytes);
        return raw.find_first_not_of(" \t\r\n\"[],") != ByteView::npos;
    }

    [[nodiscard]] static bool hasResult(const Cell& cell)
    {
        return std::any_of(cell.outputs.begin(), cell.outputs.end(), [](const formats::Output& output) {
            return output.type == "execute_result" || output.type == "display_data" || output.type == "pyout"
                || output.type == "stream";
        });
    }

    // The first line of a cell's source: what stays the same when the notebook is run again.
    void place(const Cell& cell, ByteRange& bytes, std::int32_t& region, std::uint64_t& line) const
    {
        bytes = {cell.bytes.start, cell.bytes.start + 1};
        if (cell.source < 0) {
            return;
        }
        const auto& source = m_input.facts.regions[static_cast<std::size_t>(cell.source)];
        formats::RegionReader reader(m_text, source, {256, 32});
        formats::TextPiece piece;
        if (!reader.next(piece) || piece.text.empty()) {
            return;
        }
        const auto first = std::min(piece.text.find_first_not_of("\r\n"), piece.text.size() - 1);
        const auto end = std::min({piece.text.find('\n', first), piece.text.size(), first + 80});
        bytes = piece.map.toRaw(ByteRange{first, std::max(end, first + 1)});
        region = cell.source;
        line = 1
            + static_cast<std::uint64_t>(
                std::count(piece.text.begin(), piece.text.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
    }

    static std::string number(std::int64_t count) { return "[" + std::to_string(count) + "]"; }
    static std::string cells(std::size_t count) { return std::to_string(count) + (count == 1 ? " cell" : " cells"); }

    void say(const char* rule, Severity severity, std::string message, const std::vector<const Cell*>& places,
        Confidence confidence = Confidence::Certain)
    {
        Hit hit;
        hit.rule = rule;
        hit.severity = severity;
        hit.confidence = confidence;
        hit.message = std::move(message);
        hit.arguments = {{"count", std::to_string(places.size())}};
        hit.values = textDigest({hit.arguments["count"]}, rule); // run numbers come and go with every run
        place(*places.front(), hit.bytes, hit.region, hit.regionLine);
        for (std::size_t i = 1; i < places.size() && i < mostCells; ++i) {
            Hit::Extra extra;
            extra.role = "place";
            place(*places[i], extra.bytes, extra.region, extra.regionLine);
            hit.evidence.push_back(std::move(extra));
        }
        m_sink.add(std::move(hit));
    }

    void outOfOrder()
    {
        std::vector<const Cell*> places;
        std::string first;
        std::int64_t latest = m_runs.front().count; // of the runs above
        for (const auto& run : m_runs) {
            if (run.count < latest) {
                first = first.empty() ? number(run.count) + " stands below " + number(latest) : first;
                places.push_back(run.cell);
            }
            latest = std::max(latest, run.count);
        }
        if (!places.empty()) {
            say("CUP-ORD-OUT-OF-ORDER", Severity::Low,
                cells(places.size()) + " of " + std::to_string(m_runs.size()) + " ran before a cell above: " + first
                    + ".",
                places);
        }
    }

    void mixedSessions()
    {
        std::map<std::int64_t, std::size_t> counts;
        for (const auto& run : m_runs) {
            ++counts[run.count];
        }
        std::vector<const Cell*> places;
        std::string first;
        for (const auto& run : m_runs) {
            if (counts[run.count] > 1) {
                first = first.empty() ? number(run.count) : first;
                places.push_back(run.cell);
            }
        }
        if (!places.empty()) {
            say("CUP-ORD-MIXED-SESSIONS", Severity::Low,
                cells(places.size()) + " share a run number, " + first + " first: they come from different sessions.",
                places);
        }
    }

    // Results keep the number of their run, also where the number of the cell was taken away.
    void stale()
    {
        std::vector<const Cell*> places;
        std::vector<std::string> pairs; // of cells that have a number
        std::set<std::int64_t> shown; // by those that have none
        std::size_t bare = 0;
        for (const auto& cell : m_notebook.cells) {
            if (cell.kind != formats::CellKind::Code) {
                continue;
            }
            const auto other = std::find_if(cell.outputs.begin(), cell.outputs.end(), [&cell](const auto& output) {
                return output.executionCount && output.executionCount != cell.executionCount;
            });
            if (other == cell.outputs.end()) {
                continue;
            }
            places.push_back(&cell);
            if (!cell.executionCount) { // it may be the code of that run
                ++bare;
                shown.insert(*other->executionCount);
            } else if (pairs.size() <= mostNumbers) {
                pairs.push_back((pairs.empty() ? "Cell " : "cell ") + number(*cell.executionCount)
                    + " shows the result of run " + number(*other->executionCount));
            }
        }
        if (places.empty()) {
            return;
        }
        std::string message = numberedWords(pairs, places.size() - bare);
        if (bare > 0) {
            message += (message.empty() ? "" : "; ") + cells(bare) + " without a run number "
                + (bare == 1 ? "shows" : "show") + (shown.size() == 1 ? " the result of run " : " the results of runs ")
                + runsOf(shown);
        }
        say("CUP-ORD-STALE-OUTPUT", Severity::Low, message + ".", places,
            bare < places.size() ? Confidence::Certain : Confidence::Likely);
    }

    // Each pair while they are few, else the first and how many more there are.
    static std::string numberedWords(const std::vector<std::string>& pairs, std::size_t count)
    {
        if (count > mostNumbers) {
            return pairs.front() + ", and " + std::to_string(count - 1) + " more cells that of another run than theirs";
        }
        std::string text;
        for (const auto& pair : pairs) {
            text += (text.empty() ? "" : ", ") + pair;
        }
        return text;
    }

    // "[20], [21] and [22]"; of many only between which they are.
    static std::string runsOf(const std::set<std::int64_t>& counts)
    {
        if (counts.size() > mostNumbers) {
            return "between " + number(*counts.begin()) + " and " + number(*counts.rbegin());
        }
        std::string text;
        for (const auto count : counts) {
            text += (text.empty() ? "" : count == *counts.rbegin() ? " and " : ", ") + number(count);
        }
        return text;
    }

    void rest()
    {
        const auto lastRun = m_runs.back().cell;
        // Cells below the last one that ran are work that goes on; those between are gaps.
        std::vector<const Cell*> gaps;
        std::copy_if(m_neverRun.begin(), m_neverRun.end(), std::back_inserter(gaps),
            [&](const Cell* cell) { return cell < lastRun; });
        const auto below = m_neverRun.size() - gaps.size();
        if (!gaps.empty() && m_runs.size() >= 2) {
            say("CUP-ORD-NEVER-RUN", Severity::Info,
                cells(gaps.size()) + " with code did not run, " + std::to_string(m_runs.size()) + " did"
                    + (below > 0 ? "; " + std::to_string(below) + (below == 1 ? " more stands" : " more stand")
                                + " below the last that ran."
                                 : "."),
                gaps);
        }
        if (!m_unnumbered.empty()) {
            say("CUP-ORD-OUTPUT-WITHOUT-RUN", Severity::Info,
                "Outputs without a run number under " + cells(m_unnumbered.size()) + "; others have one.",
                m_unnumbered);
        }
        hiddenRuns();
    }

    // Numbers are missing in most notebooks; it is worth a word when more runs are gone than left.
    void hiddenRuns()
    {
        std::set<std::int64_t> counts;
        for (const auto& run : m_runs) {
            counts.insert(run.count);
        }
        const auto first = *counts.begin();
        const auto last = *counts.rbegin();
        constexpr std::int64_t plausible = 100'000'000;
        if (first < 0 || last > plausible) {
            return;
        }
        const auto missing = last - static_cast<std::int64_t>(counts.size()) + (first == 0 ? 1 : 0);
        if (missing >= 5 && missing > static_cast<std::int64_t>(m_runs.size())) {
            // Cells may share a number, and some kernels count from 0: only numbers can be added up.
            const auto range = last + (first == 0 ? 1 : 0);
            const auto kept = std::to_string(counts.size());
            say("CUP-ORD-HIDDEN-RUNS", Severity::Info,
                "Runs are numbered " + number(first == 0 ? 0 : 1) + " to " + number(last) + ": of these "
                    + std::to_string(range) + ", " + kept + (counts.size() == 1 ? " is" : " are") + " in the file"
                    + (counts.size() == m_runs.size() ? std::string() : " (on " + cells(m_runs.size()) + ")") + " and "
                    + std::to_string(missing) + " left no trace.",
                {m_runs.front().cell});
        }
    }

    const RuleInput& m_input;
    ByteView m_text;
    const formats::NotebookFacts& m_notebook;
    FindingSink& m_sink;
    std::vector<Run> m_runs;
    std::vector<const Cell*> m_neverRun; // code without number and result
    std::vector<const Cell*> m_unnumbered; // results without number
};

} // namespace

void describe(RuleList& list)
{
    describeFromTexts("order", list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    if (const auto* notebook = formats::notebookFacts(input.facts)) {
        OrderReader(input, *notebook, sink).run();
    }
}

} // namespace cupel::rules::order
