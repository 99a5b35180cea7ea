// SPDX-License-Identifier: GPL-3.0-or-later
// Every threat with why it is there, the findings that are its evidence (place, redacted lines, digest of the file),
// what was decided and what to do.
#include "analyzers/base/hash.h"
#include "analyzers/report/sections/excerpts.h"
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/threats/knowledge/attribute_words.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>

namespace cupel::report::threat_list {

namespace {

using namespace threats;

constexpr std::size_t mostFindings = 8; // of one threat
constexpr std::size_t mostLines = 3; // of one finding
constexpr std::size_t mostReasons = 6;
constexpr std::size_t digestShown = 16; // hex digits: the list of examined files has all

class ListMaker {
public:
    ListMaker(const Input& input, const ThreatTexts& texts)
        : m_input(input)
        , m_texts(texts)
        , m_anchors(anchorsOf(ordered(input)))
    {
        const auto& wanted = input.options.sections;
        m_linked = wanted.empty() || std::find(wanted.begin(), wanted.end(), "findings") != wanted.end();
    }

    void add(const Threat& threat, Section& section) const
    {
        const int severity = threat.severity ? static_cast<int>(*threat.severity) : -1;
        const std::string kind = m_texts.names().kindOf(threat.target);
        const std::string where = m_texts.names().of(threat.target);
        section.blocks.emplace_back(Heading{2, m_texts.titleOf(threat), m_texts.anchorOf(threat),
            oneLine(threat.rule.empty() ? threat.category : threat.rule), severity, where});
        section.blocks.emplace_back(Paragraph{where + (kind.empty() ? "" : " (" + kind + ')')
                + ". Evidence: " + ThreatTexts::evidenceWords(threat) + ". Decision: " + m_texts.decisionWords(threat)
                + '.' + riskWords(threat),
            Paragraph::Tone::Muted});
        if (!threat.assignee.empty()) {
            say(section, "Assigned to: ", threat.assignee);
        }
        say(section, {}, threat.description);
        addReasons(threat, section);
        addEvidence(threat, section);
        say(section, "What to do: ", threat.mitigation);
        addNames(section, "Controls: ", threat.controls);
        addNames(section, "Refers to: ", threat.references);
        if (!threat.reason.empty()) {
            say(section,
                "Decided: ", threat.reason + (threat.author.empty() ? std::string() : " (" + threat.author + ')'));
        }
    }

private:
    static std::string riskWords(const Threat& threat)
    {
        return threat.likelihood > 0 && threat.impact > 0
            ? " Likelihood " + std::to_string(threat.likelihood) + ", impact " + std::to_string(threat.impact) + '.'
            : std::string();
    }
    static void say(Section& section, std::string_view label, std::string_view text)
    {
        if (!text.empty()) {
            section.blocks.emplace_back(Paragraph{std::string(label) + oneLine(text), Paragraph::Tone::Body});
        }
    }
    static void addNames(Section& section, std::string_view label, const std::vector<std::string>& ids)
    {
        std::vector<std::string> names;
        for (const std::string& id : ids) {
            const auto title = titleOf(id);
            names.push_back(oneLine(id) + (title.empty() ? "" : ' ' + std::string(title)));
        }
        if (!names.empty()) {
            section.blocks.emplace_back(Paragraph{std::string(label) + joined(names, "; "), Paragraph::Tone::Small});
        }
    }
    void addReasons(const Threat& threat, Section& section) const
    {
        std::vector<std::string> parts;
        for (std::size_t i = 0; i < threat.why.size() && i < mostReasons; ++i) {
            const Reason& why = threat.why[i];
            // A flow and a border that is crossed are parts themselves: their names are the reason.
            if (why.key == "flow" || why.key == "zone") {
                const char* what = why.key == "flow" ? "along " : "over the border of ";
                parts.push_back(what + m_texts.names().of(why.part));
                continue;
            }
            const std::string fact = oneLine(inWords(why));
            parts.push_back(why.part.empty() || why.part == threat.target
                    ? fact
                    : fact + " (" + m_texts.names().of(why.part) + ')');
        }
        if (!parts.empty()) {
            section.blocks.emplace_back(Paragraph{"Why: " + joined(parts, "; ") + '.', Paragraph::Tone::Body});
        }
    }
    [[nodiscard]] std::string digestOf(const Finding& finding) const
    {
        const auto found = m_input.workspace.analyses.find(finding.location.artifact);
        return found == m_input.workspace.analyses.end() || found->second->artifact.sha256 == Sha256{}
            ? std::string("not read whole")
            : toHex(found->second->artifact.sha256).substr(0, digestShown);
    }
    void addEvidence(const Threat& threat, Section& section) const
    {
        const auto findings = m_texts.evidenceOf(threat, mostFindings);
        if (findings.empty()) {
            return;
        }
        List list;
        Table digests{{"Evidence", "SHA-256 of the file"}, {}, {9, 4}, {false, true}};
        Code code;
        for (const Finding* finding : findings) {
            const auto anchor = m_anchors.find(finding);
            list.items.push_back(
                {static_cast<int>(finding->severity), oneLine(finding->title), placeOf(m_input, finding->location),
                    m_linked && anchor != m_anchors.end() ? anchor->second : std::string()});
            const std::vector<std::string> row{
                placeOf(m_input, finding->location) + ": " + finding->rule, digestOf(*finding)};
            if (std::find(digests.rows.begin(), digests.rows.end(), row) == digests.rows.end()) {
                digests.rows.push_back(row);
            }
            Code lines = excerptsOf(*finding, mostLines);
            code.severity = std::max(code.severity, lines.severity);
            for (CodeLine& line : lines.lines) {
                const bool known = std::any_of(code.lines.begin(), code.lines.end(),
                    [&line](const CodeLine& one) { return one.text == line.text && one.number == line.number; });
                if (!known) {
                    code.lines.push_back(std::move(line));
                }
            }
        }
        section.blocks.emplace_back(std::move(list));
        if (!code.lines.empty()) {
            section.blocks.emplace_back(std::move(code));
        }
        section.blocks.emplace_back(std::move(digests));
        if (threat.findings.size() > findings.size()) {
            section.blocks.emplace_back(Paragraph{"\u2026 and "
                    + counted(threat.findings.size() - findings.size(), "more finding", "more findings") + '.',
                Paragraph::Tone::Muted});
        }
    }

    const Input& m_input;
    const ThreatTexts& m_texts;
    Anchors m_anchors;
    bool m_linked = true; // the section with the findings is in the report
};

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.threats.empty()) {
        return section;
    }
    const ThreatTexts texts(input);
    const auto& order = texts.order();
    section.blocks.emplace_back(Paragraph{
        counted(order.size(), "threat", "threats") + ", open ones first, the worst first. Secrets are masked.",
        Paragraph::Tone::Muted});
    const ListMaker maker(input, texts);
    for (std::size_t i = 0; i < order.size() && i < printedThreats; ++i) {
        maker.add(*order[i], section);
    }
    if (order.size() > printedThreats) {
        section.blocks.emplace_back(
            Paragraph{counted(order.size() - printedThreats, "further threat is", "further threats are")
                    + " not printed here; cupel threats -f csv has all of them.",
                Paragraph::Tone::Body});
    }
    return section;
}

} // namespace cupel::report::threat_list
