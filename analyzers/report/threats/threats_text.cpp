// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model for people at a terminal, and as a table.
#include "analyzers/report/threats/threat_writers.h"

#include "analyzers/base/utf8.h"
#include "analyzers/report/threats/threat_review.h"
#include "analyzers/report/writers/csv.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/risk.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace cupel::report {

namespace {

using namespace threats;

std::string shown(std::string_view text)
{
    constexpr std::size_t longest = 120;
    return toDisplay(text, longest);
}

// Of a long path the folders in front are left out: the file, its cell and the rule say where it is.
std::string shownPlace(std::string_view place)
{
    constexpr std::size_t longest = 120;
    std::size_t from = 0;
    while (place.size() - from > longest) {
        const auto slash = place.find('/', from + 1);
        if (slash == place.npos) {
            break;
        }
        from = slash;
    }
    return from == 0 ? shown(place) : "\u2026" + shown(place.substr(from));
}

// The name of a part by its id; the id where it has none.
class Names {
public:
    explicit Names(const ThreatModel& model)
    {
        const auto take = [this](const threats::DiagramPart& part) {
            m_names.emplace(part.id, shown(part.name.empty() ? part.id : part.name));
        };
        std::for_each(model.elements.begin(), model.elements.end(), take);
        std::for_each(model.zones.begin(), model.zones.end(), take);
        for (const auto& flow : model.flows) { // "reads" says nothing without its ends
            m_names.emplace(flow.id,
                shown(flow.name) + (flow.name.empty() ? "" : ": ") + of(flow.source) + " -> " + of(flow.target));
        }
    }
    [[nodiscard]] std::string of(std::string_view id) const
    {
        const auto found = m_names.find(id);
        return found == m_names.end() ? shown(id) : found->second;
    }

private:
    std::map<std::string, std::string, std::less<>> m_names;
};

std::string severityWord(const Threat& threat)
{
    return threat.severity ? std::string(toString(*threat.severity)) : "not rated";
}

std::string placesOf(const Threat& threat)
{
    std::string out;
    for (const std::string& place : threat.places) {
        out += (out.empty() ? "" : "; ") + place;
    }
    return out;
}

// "control in place: Sign the model, since the audit, by Ada"
std::string controlWords(const ControlUse& use)
{
    const auto title = use.control.empty() ? std::string_view(use.title) : titleOf(use.control);
    std::string state(toString(use.status));
    std::replace(state.begin(), state.end(), '-', ' ');
    return "control " + state + ": " + shown(title.empty() ? std::string_view(use.control) : title)
        + (use.note.empty() ? "" : ", " + shown(use.note)) + (use.author.empty() ? "" : ", by " + shown(use.author));
}

} // namespace

void writeThreatsText(const ThreatModel& model, const TextStyle& style, const TextSink& sink, const Overlaid* team)
{
    const Paint paint(style.colour);
    const Names names(model);
    sink(paint.bold(model.title.empty() ? "Threat model" : shown(model.title)) + "\n");
    sink(counted(model.elements.size(), "element") + ", " + counted(model.flows.size(), "flow") + ", "
        + counted(model.zones.size(), "zone") + ", " + counted(model.threats.size(), "threat") + "\n");
    if (style.brief) {
        return;
    }
    std::string last;
    for (const auto& threat : model.threats) {
        std::string head = threat.severity ? paint.severity(*threat.severity) : "  not rated";
        head += "  " + shown(threat.title) + "\n";
        if (head != last) { // the same at several parts is said once
            sink("\n" + head);
            last = std::move(head);
        }
        const std::string where = threat.target.empty() ? "the whole system" : names.of(threat.target);
        sink("    " + where
            + paint.dim("  " + shown(decisionWords(threat, team ? *team : Overlaid())) + ", evidence "
                + std::string(toString(threat.evidence)))
            + "\n");
        constexpr std::size_t most = 3;
        for (std::size_t i = 0; i < std::min(most, threat.places.size()); ++i) {
            sink("      " + shownPlace(threat.places[i]) + "\n");
        }
        if (threat.places.size() > most) {
            sink(paint.dim("      and " + counted(threat.places.size() - most, "more finding") + "\n"));
        }
        if (const std::string contest = contestWords(threat); !contest.empty()) {
            sink("      " + paint.dim("contested: ") + shown(contest) + "\n");
        }
        if (!threat.reason.empty()) {
            sink("      " + paint.dim("decided by " + shown(threat.author) + ": ") + shown(threat.reason) + "\n");
        }
        if (!threat.assignee.empty()) {
            sink("      " + paint.dim("assigned to ") + shown(threat.assignee) + "\n");
        }
        for (const auto& use : team ? controlsOf(*team, threat.id) : std::vector<ControlUse>()) {
            sink("      " + controlWords(use) + "\n");
        }
    }
}

void writeThreatsCsv(const ThreatModel& model, const TextSink& sink, const Overlaid* team)
{
    const Names names(model);
    sink(csvRow({"severity", "title", "element", "stride", "category", "applicability", "evidence", "decision",
        "reason", "author", "until", "evidence at", "mitigation", "description", "rule", "id", "assignee", "flag"}));
    for (const auto& threat : model.threats) {
        sink(csvRow(
            {severityWord(threat), threat.title, threat.target.empty() ? "" : names.of(threat.target), threat.stride,
                threat.category, std::string(toString(threat.applicability)), std::string(toString(threat.evidence)),
                std::string(toString(threat.decision)), threat.reason, threat.author, threat.until, placesOf(threat),
                threat.mitigation, threat.description, threat.rule, threat.id, threat.assignee,
                team && team->flags.contains(threat.id) ? std::string(toString(team->flags.at(threat.id)))
                                                        : std::string()}));
    }
}

} // namespace cupel::report
