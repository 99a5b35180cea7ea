// SPDX-License-Identifier: GPL-3.0-or-later
// What people decided about findings, which findings each decision covers and whether it still holds, and what is left
// for somebody to decide.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cupel::report::decisions {

namespace {

using review::Decision;
using review::DecisionState;

constexpr std::size_t rowLimit = 500;
constexpr std::size_t openLimit = 20;
constexpr std::size_t placesNamed = 3;

std::string words(review::Reason reason)
{
    switch (reason) {
    case review::Reason::FalsePositive:
        return "false positive";
    case review::Reason::TestData:
        return "test data";
    case review::Reason::AcceptedRisk:
        return "accepted risk";
    case review::Reason::Mitigated:
        return "mitigated";
    case review::Reason::WontFix:
        return "will not be fixed";
    }
    return {};
}

Table decisionTable(std::string_view first)
{
    return {{std::string(first), "Reason", "By", "On", "Until", "Note"}, {}, {8, 4, 3, 4, 4, 6}, {}};
}

std::vector<std::string> row(std::string what, const Decision& decision)
{
    return {std::move(what), words(decision.reason), oneLine(decision.author), oneLine(decision.decided),
        decision.expires.empty() ? "no end" : oneLine(decision.expires), oneLine(decision.note)};
}

// The findings of one state under each decision, in the order of the file of decisions.
class Sorter {
public:
    explicit Sorter(const Input& input)
        : m_input(input)
    {
        for (const auto& [key, decision] : input.options.decisions.all()) {
            m_order.push_back(decision.get());
        }
        std::stable_sort(m_order.begin(), m_order.end(), [](const Decision* a, const Decision* b) {
            return std::tie(a->artifact, a->rule, a->fingerprint) < std::tie(b->artifact, b->rule, b->fingerprint);
        });
        for (const auto& [path, analysis] : input.workspace.analyses) {
            for (const Finding& finding : analysis->findings) {
                if (const auto* decision = input.options.decisions.find(finding)) {
                    const auto state = review::stateOf(*decision, finding, input.options.today);
                    m_covered[{state, decision}].push_back(&finding);
                    m_found.insert(decision);
                }
            }
        }
    }

    [[nodiscard]] Table table(DecisionState state) const
    {
        Table table = decisionTable("Finding");
        for (const Decision* decision : m_order) {
            const auto hit = m_covered.find({state, decision});
            if (hit != m_covered.end()) {
                table.rows.push_back(
                    row(oneLine(hit->second.front()->title) + ", " + placesOf(m_input, hit->second, placesNamed),
                        *decision));
                const bool other = std::any_of(hit->second.begin(), hit->second.end(),
                    [decision](const Finding* finding) { return review::isForAnotherFile(*decision, *finding); });
                if (other) { // nobody has decided about it where it stands
                    auto& note = table.rows.back().back();
                    note += (note.empty() ? "" : " ") + ("(decided for " + oneLine(decision->artifact) + ')');
                }
            }
        }
        return table;
    }

    [[nodiscard]] Table notFound() const
    {
        Table table = decisionTable("It was at");
        for (const Decision* decision : m_order) {
            if (!m_found.contains(decision) && wasLookedAt(decision->artifact)) {
                const bool both = !decision->artifact.empty() && !decision->place.empty();
                table.rows.push_back(row(oneLine(decision->artifact + (both ? ", " : "") + decision->place) + " ("
                        + oneLine(decision->rule) + ')',
                    *decision));
            }
        }
        return table;
    }

private:
    // Whether the file it is about is part of this review, which may have begun in another folder than the one it was
    // decided in. Of a file that nobody looked at nothing is known.
    [[nodiscard]] bool wasLookedAt(std::string_view artifact) const
    {
        const auto& analyses = m_input.workspace.analyses;
        return !artifact.empty() && std::any_of(analyses.begin(), analyses.end(), [&](const auto& entry) {
            return review::endsInPath(entry.first, artifact) || review::endsInPath(artifact, entry.first);
        });
    }

    const Input& m_input;
    std::vector<const Decision*> m_order;
    std::map<std::pair<DecisionState, const Decision*>, std::vector<const Finding*>> m_covered;
    std::set<const Decision*> m_found;
};

// Findings that were settled without a decision that is at hand: by a baseline, or by what the caller knew.
void addOthers(const Input& input, Section& section)
{
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<const Finding*>> groups;
    for (const Finding* finding : settled(input)) {
        const bool decided = input.options.decisions.stateOf(*finding, input.options.today) == DecisionState::Active;
        if (!decided) {
            groups[{finding->settled, finding->settledNote, finding->rule}].push_back(finding);
        }
    }
    if (groups.empty()) {
        return;
    }
    Table table{{"Finding", "Why", "Places"}, {}, {6, 5, 8}, {}};
    for (const auto& [key, findings] : groups) {
        const auto& [why, note, rule] = key;
        table.rows.push_back({oneLine(findings.front()->title),
            (why == "baseline" ? "known from a baseline" : oneLine(why)) + (note.empty() ? "" : ", " + oneLine(note)),
            placesOf(input, findings, placesNamed)});
    }
    section.blocks.emplace_back(Heading{2, "Known before", "known-before", {}, -1});
    addTable(section, std::move(table), rowLimit);
}

void addOpen(const Input& input, const std::vector<const Finding*>& open, Section& section)
{
    section.blocks.emplace_back(Heading{2, "What remains open", "remains-open", {}, -1});
    if (open.empty()) {
        const std::string pictures = waitingWords(input);
        section.blocks.emplace_back(Paragraph{!pictures.empty() ? "No finding, but " + pictures + '.'
                : settled(input).empty()                        ? "Nothing: there are no findings."
                                                                : "Nothing: every finding is answered for.",
            Paragraph::Tone::Body});
        return;
    }
    List list;
    for (std::size_t i = 0; i < open.size() && i < openLimit; ++i) {
        list.items.push_back({static_cast<int>(open[i]->severity), oneLine(open[i]->title),
            placeOf(input, open[i]->location), anchorOf(i)});
    }
    section.blocks.emplace_back(std::move(list));
    if (open.size() > openLimit) {
        section.blocks.emplace_back(
            Paragraph{counted(open.size() - openLimit, "further open finding is", "further open findings are")
                    + " in the section Findings.",
                Paragraph::Tone::Muted});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const auto open = ordered(input);
    const auto closed = settled(input);
    if (input.options.decisions.empty() && closed.empty() && input.options.known == 0) {
        return section;
    }
    std::string text = counted(open.size(), "finding is", "findings are") + " open, "
        + counted(closed.size(), "is", "are") + " answered for.";
    if (input.options.known > 0) {
        text += ' ' + counted(input.options.known, "finding", "findings")
            + " known before or decided about were left out of this report.";
    }
    if (!input.options.today.empty() && !input.options.decisions.empty()) {
        text += " Decisions are held against the day " + oneLine(input.options.today) + '.';
    }
    section.blocks.emplace_back(Paragraph{std::move(text), Paragraph::Tone::Body});
    const Sorter sorter(input);
    const auto add = [&section](std::string title, std::string anchor, Table table) {
        if (!table.rows.empty()) {
            section.blocks.emplace_back(Heading{2, std::move(title), std::move(anchor), {}, -1});
            addTable(section, std::move(table), rowLimit);
        }
    };
    add("Decisions that hold", "decisions-active", sorter.table(DecisionState::Active));
    add("Expired: to be decided again", "decisions-expired", sorter.table(DecisionState::Expired));
    add("Opened again: the line under them changed", "decisions-reopened", sorter.table(DecisionState::Reopened));
    add("About findings that are no longer there", "decisions-unmatched", sorter.notFound());
    addOthers(input, section);
    addOpen(input, open, section);
    return section;
}

} // namespace cupel::report::decisions
