// SPDX-License-Identifier: GPL-3.0-or-later
// What people decided about threats, when and why; what a scan says against it; and how it came to be.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>

namespace cupel::report::threat_decisions {

namespace {

using namespace threats;

constexpr std::size_t mostRows = 1'000;
constexpr std::size_t mostEvents = 200;

void addFlags(const ThreatTexts& texts, Section& section)
{
    List list;
    for (const Threat* threat : texts.order()) {
        const auto flag = texts.review().overlaid.flags.find(threat->id);
        if (flag != texts.review().overlaid.flags.end()) {
            list.items.push_back({threat->severity ? static_cast<int>(*threat->severity) : -1, texts.titleOf(*threat),
                std::string(wordsOf(flag->second)), texts.anchorOf(*threat)});
        }
    }
    if (!list.items.empty()) {
        section.blocks.emplace_back(Heading{2, "To be looked at again", "threat-flags", {}, -1});
        section.blocks.emplace_back(std::move(list));
    }
}

// Who works on how much of it.
void addAssignees(const ThreatTexts& texts, Section& section)
{
    struct Load {
        std::size_t all = 0;
        std::size_t open = 0;
        std::size_t grave = 0;
    };
    std::map<std::string_view, Load> loads;
    for (const Threat* threat : texts.order()) {
        if (threat->assignee.empty()) {
            continue;
        }
        Load& load = loads[threat->assignee];
        ++load.all;
        if (isOpen(texts.review(), *threat)) {
            ++load.open;
            load.grave += threat->severity && *threat->severity >= Severity::High ? 1 : 0;
        }
    }
    if (loads.empty()) {
        return;
    }
    section.blocks.emplace_back(Heading{2, "Who works on them", "threat-assignees", {}, -1});
    Table table{{"Assigned to", "Threats", "Open", "Open, high or critical"}, {}, {6, 3, 3, 4}, {}};
    for (const auto& [name, load] : loads) {
        table.rows.push_back({oneLine(name), grouped(load.all), grouped(load.open), grouped(load.grave)});
    }
    addTable(section, std::move(table), mostRows);
}

// Ids say nothing to people: names instead of those of parts, also where they are gone.
class EventNames {
public:
    explicit EventNames(const ThreatTexts& texts)
        : m_texts(texts)
    {
        for (const Threat* threat : texts.order()) {
            m_titles.emplace(threat->id, texts.titleOf(*threat));
        }
        for (const auto& rule : builtInRules()) {
            m_rules.emplace(rule.id, rule.title);
        }
        for (const auto& folded : texts.model().folded) { // of packs as well
            m_rules.emplace(folded.rule, folded.title);
        }
    }

    // Of a part, of a threat ("rule@part"), or of what is neither.
    [[nodiscard]] std::string of(const std::string& id) const
    {
        const auto title = m_titles.find(id);
        if (title != m_titles.end()) {
            return title->second;
        }
        const auto sign = id.find('@');
        const auto rule = m_rules.find(std::string_view(id).substr(0, sign));
        if (rule == m_rules.end()) {
            return partOf(id);
        }
        return std::string(rule->second) + (sign == std::string::npos ? "" : " at " + partOf(id.substr(sign + 1)));
    }

    // "zone as scanned -> DMZ"
    [[nodiscard]] std::string inWords(const std::string& change) const
    {
        std::string out;
        for (std::size_t at = 0; at <= change.size();) {
            const auto end = std::min(change.find(' ', at), change.size());
            const std::string word = change.substr(at, end - at);
            const std::string control(titleOf(word));
            out += (at == 0 ? "" : " ") + (control.empty() ? nameOf(word, word) : control);
            at = end + 1;
        }
        return oneLine(out);
    }

private:
    [[nodiscard]] std::string partOf(const std::string& id) const { return oneLine(nameOf(id, id)); }

    [[nodiscard]] std::string nameOf(const std::string& id, const std::string& otherwise) const
    {
        if (id.empty()) {
            return otherwise;
        }
        const auto& team = m_texts.review().team;
        if (const std::string name = m_texts.names().of(id); name != oneLine(id)) {
            return name;
        }
        if (const auto edit = team.parts.find(id); edit != team.parts.end() && edit->second.name) {
            return *edit->second.name;
        }
        const auto seen = team.seen.find(id);
        return seen == team.seen.end() || seen->second.name.empty() ? otherwise : seen->second.name;
    }

    const ThreatTexts& m_texts;
    std::map<std::string_view, std::string> m_titles;
    std::map<std::string_view, std::string_view> m_rules;
};

// The newest of the history; older events stay in the file.
void addHistory(const ThreatTexts& texts, Section& section)
{
    const auto& events = texts.review().team.events;
    if (events.empty()) {
        return;
    }
    const EventNames names(texts);
    section.blocks.emplace_back(Heading{2, "History", "threat-history", {}, -1});
    Table table{{"On", "By", "About", "Change", "Note"}, {}, {4, 3, 6, 4, 5}, {}};
    const std::size_t first = events.size() - std::min(events.size(), mostEvents);
    for (std::size_t i = first; i < events.size(); ++i) {
        const Event& event = events[i];
        const bool moved = event.change.starts_with("moved "); // its note is an id
        table.rows.push_back({momentOf(event.at), oneLine(event.who), names.of(event.what), names.inWords(event.change),
            moved ? std::string() : oneLine(event.note)});
    }
    section.blocks.emplace_back(std::move(table));
    if (first > 0) {
        section.blocks.emplace_back(
            Paragraph{counted(first, "older event is", "older events are") + " not printed.", Paragraph::Tone::Muted});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.threats.empty()) {
        return section;
    }
    const ThreatTexts texts(input);
    const auto& team = texts.review().team;
    Table table{{"Threat", "At", "Decision", "By", "On", "Reason"}, {}, {6, 5, 4, 3, 3, 6}, {}};
    for (const Threat* threat : texts.order()) {
        if (!isDecided(*threat)) {
            continue;
        }
        const auto made = team.threats.find(threat->id);
        table.rows.push_back({texts.titleOf(*threat), texts.names().of(threat->target), texts.decisionWords(*threat),
            oneLine(threat->author), made == team.threats.end() ? std::string() : oneLine(made->second.decided),
            oneLine(threat->reason)});
    }
    const std::size_t open = texts.order().size() - table.rows.size();
    section.blocks.emplace_back(Paragraph{table.rows.empty() ? "Nobody has decided about a threat yet."
                                                             : counted(table.rows.size(), "threat is", "threats are")
                + " decided, nobody has decided about " + grouped(open) + '.',
        Paragraph::Tone::Body});
    if (!table.rows.empty()) {
        addTable(section, std::move(table), mostRows);
    }
    addAssignees(texts, section);
    addFlags(texts, section);
    addHistory(texts, section);
    return section;
}

} // namespace cupel::report::threat_decisions
