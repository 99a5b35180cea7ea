// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/assess.h"

#include "analyzers/model/people.h"
#include "analyzers/threats/rules/model_index.h"

#include <algorithm>
#include <utility>

namespace cupel::threats {

namespace {

// Rules for notebooks are rules for code: scripts have the same faults.
bool looksAt(const ThreatRule& rule, const Element& element)
{
    if (rule.kind == element.kind || (rule.kind == "agent-tool" && element.kind == "mcp-server")) {
        return true; // what a server offers are tools
    }
    const bool script = element.artifact.ends_with(".py")
        && (element.kind == "data-prep" || element.kind == "training-job" || element.kind == "inference-endpoint"
            || element.kind == "llm-app" || element.kind == "agent" || element.kind == "agent-tool");
    return rule.kind == "notebook" && script;
}

// "train.py, line 12: CUP-CODE-PICKLE-LOAD"
std::string placeOf(const Finding& finding)
{
    const auto& where = finding.location;
    return where.artifact + (where.human.empty() ? "" : ", " + where.human) + ": " + finding.rule;
}

class Assessor {
public:
    Assessor(ThreatModel& model, const Evidence& evidence, const EvidenceTable& table)
        : m_model(model)
        , m_evidence(evidence)
        , m_table(table)
        , m_types(typesByPart())
        , m_index(model, m_types)
    {
    }

    void ask(const ThreatRule& rule)
    {
        switch (rule.scope) {
        case ThreatRule::Scope::Element:
            for (const auto& element : m_model.elements) {
                if (looksAt(rule, element)) {
                    consider(rule, &element, nullptr);
                }
            }
            break;
        case ThreatRule::Scope::Interaction:
            interactions(rule);
            break;
        case ThreatRule::Scope::Flow:
            for (const auto& flow : m_model.flows) {
                consider(rule, &flow, nullptr);
            }
            break;
        case ThreatRule::Scope::Model:
            whole(rule);
            break;
        }
    }

    void finish(const AssessOptions& options)
    {
        std::stable_sort(m_found.begin(), m_found.end(), [](const Threat& one, const Threat& other) {
            const auto rank = [](const Threat& threat) {
                return std::tuple(
                    threat.evidence != EvidenceState::Confirmed, threat.assumed, -threat.likelihood * threat.impact);
            };
            return rank(one) < rank(other);
        });
        std::map<std::string, std::size_t> open;
        std::size_t proposals = 0;
        for (Threat& threat : m_found) {
            const bool confirmed = threat.evidence == EvidenceState::Confirmed;
            const char* why = threat.evidence == EvidenceState::Refuted ? "refuted"
                : confirmed                                             ? ""
                : open[threat.target] >= options.openPerElement
                    || proposals >= options.openPerElement * std::max<std::size_t>(m_model.elements.size(), 1)
                ? (threat.assumed ? "assumed" : "less important")
                : "";
            if (*why != '\0') {
                m_model.folded.push_back({threat.rule, threat.target, threat.title, why});
                continue;
            }
            open[threat.target] += confirmed ? 0 : 1;
            proposals += confirmed ? 0 : 1;
            m_model.threats.push_back(std::move(threat));
        }
    }

private:
    ModelIndex::FindingTypes typesByPart()
    {
        ModelIndex::FindingTypes out;
        for (const auto& [part, findings] : m_evidence.findings) {
            for (const Finding* finding : findings) {
                const bool inOutput = finding->location.output.has_value();
                const auto [entry, fresh] = m_typesOf.try_emplace(std::pair(finding->rule, inOutput));
                if (fresh) {
                    entry->second = m_table.typesOf(finding->rule, inOutput);
                }
                out[part].insert(entry->second.begin(), entry->second.end());
            }
        }
        return out;
    }

    void interactions(const ThreatRule& rule)
    {
        for (const auto& element : m_model.elements) {
            if (element.kind != rule.kind) {
                continue;
            }
            std::set<const Flow*> seen;
            for (const auto* list : {&m_index.into(element), &m_index.outOf(element)}) {
                for (const Flow* flow : *list) {
                    if (seen.insert(flow).second) {
                        consider(rule, flow, &element);
                    }
                }
            }
        }
    }

    void whole(const ThreatRule& rule)
    {
        const bool known = rule.kind == "system" || rule.kind == "secret-store"
            || std::any_of(m_model.elements.begin(), m_model.elements.end(),
                [&](const Element& element) { return element.kind == rule.kind; });
        if (known) {
            consider(rule, nullptr, nullptr);
        }
    }

    // The parts whose findings speak for a threat at `self`: an element, or the ends of a flow.
    [[nodiscard]] std::vector<std::string> speakers(const DiagramPart* self) const
    {
        if (self && m_index.isFlow(*self)) {
            const auto* flow = static_cast<const Flow*>(self);
            return {flow->source, flow->target};
        }
        return self ? std::vector{self->id} : std::vector<std::string>();
    }

    void consider(const ThreatRule& rule, const DiagramPart* self, const DiagramPart* owner)
    {
        Verdict verdict = rule.condition.holds(m_index, self, owner);
        Threat threat;
        findEvidence(rule, speakers(self), threat);
        const bool confirmed = threat.evidence == EvidenceState::Confirmed;
        if (verdict.truth < Truth::Assumed && !(confirmed && rule.scope == ThreatRule::Scope::Element)) {
            return; // a finding of the kind is reason enough, whatever is known besides
        }
        const std::string target = self ? self->id : std::string();
        threat.id = rule.id + (target.empty() ? "" : '@' + target);
        if (!m_ids.insert(threat.id).second) {
            return;
        }
        threat.rule = rule.id;
        threat.target = target;
        threat.title = rule.title;
        threat.description = rule.happens;
        threat.mitigation = rule.fix;
        threat.stride = rule.stride;
        threat.why = std::move(verdict.reasons);
        threat.assumed = verdict.truth == Truth::Assumed && !confirmed;
        threat.references = rule.references;
        threat.controls = rule.controls;
        rate(rule, self, threat);
        m_found.push_back(std::move(threat));
    }

    void findEvidence(const ThreatRule& rule, const std::vector<std::string>& parts, Threat& threat) const
    {
        bool whole = !parts.empty();
        Severity worst = Severity::Info;
        for (const std::string& part : parts) {
            whole = whole && m_evidence.readWhole.contains(part);
            const auto found = m_evidence.findings.find(part);
            if (found == m_evidence.findings.end()) {
                continue;
            }
            for (const Finding* finding : found->second) {
                const auto& types = m_typesOf.at({finding->rule, finding->location.output.has_value()});
                if (finding->family == Family::Pii && !tellsOfPeople(*finding)) {
                    continue;
                }
                const bool confirms = std::any_of(rule.confirm.begin(), rule.confirm.end(),
                    [&](const std::string& type) { return types.contains(type); });
                constexpr std::size_t most = 50;
                if (confirms) {
                    worst = std::max(worst, finding->severity);
                }
                if (confirms && threat.findings.size() < most) {
                    threat.findings.push_back(finding->fingerprint);
                    threat.places.push_back(placeOf(*finding));
                }
            }
        }
        threat.checks = static_cast<int>(rule.confirm.size());
        threat.checked = static_cast<int>(std::count_if(rule.confirm.begin(), rule.confirm.end(),
            [this](const std::string& type) { return m_table.isScanned(type); }));
        if (!threat.findings.empty()) {
            threat.evidence = EvidenceState::Confirmed;
            threat.likelihood = worst >= Severity::High ? 5 : worst == Severity::Medium ? 4 : 3;
            return;
        }
        // Silence refutes when everything that would confirm was looked for, in files that were read whole.
        const bool refutable = std::any_of(rule.refute.begin(), rule.refute.end(),
            [this](const std::string& type) { return !m_table.absentFor(type).empty(); });
        if (whole && refutable && threat.checked > 0 && threat.checked == threat.checks) {
            threat.evidence = EvidenceState::Refuted;
        }
    }

    void rate(const ThreatRule& rule, const DiagramPart* self, Threat& threat) const
    {
        const Element* element = self ? m_index.element(self->id) : nullptr;
        const Zone* zone = element == self && element ? m_index.zoneOf(*element) : nullptr;
        const bool outside = (zone && zone->trust.value_or(100) == 0)
            || (self && m_index.isFlow(*self) && !m_index.crossedBy(*static_cast<const Flow*>(self)).empty());
        threat.impact = rule.impact;
        // What was found to be so is as likely as the finding is grave.
        const int proved = threat.likelihood;
        constexpr int mostAssumed = 3; // what holds only because something is not known is not the worst of all
        threat.likelihood = std::clamp(rule.likelihood + (outside ? 1 : 0), 1, threat.assumed ? mostAssumed : 5);
        if (threat.evidence == EvidenceState::Confirmed) {
            threat.likelihood = proved;
        } else if (threat.evidence == EvidenceState::Refuted) {
            threat.likelihood = std::min(threat.likelihood, 2);
        }
        threat.severity = severityOfRisk(threat.likelihood, threat.impact);
    }

    ThreatModel& m_model;
    const Evidence& m_evidence;
    const EvidenceTable& m_table;
    std::map<std::pair<std::string, bool>, std::set<std::string>> m_typesOf; // by rule of the scan, in an output
    ModelIndex::FindingTypes m_types;
    ModelIndex m_index;
    std::vector<Threat> m_found;
    std::set<std::string> m_ids;
};

} // namespace

Severity severityOfRisk(int likelihood, int impact)
{
    const int risk = likelihood * impact;
    return risk >= 20 ? Severity::Critical
        : risk >= 12  ? Severity::High
        : risk >= 6   ? Severity::Medium
        : risk >= 3   ? Severity::Low
                      : Severity::Info;
}

void assess(ThreatModel& model, const Evidence& evidence, const std::vector<ThreatRule>& rules,
    const EvidenceTable& table, const AssessOptions& options)
{
    std::erase_if(model.threats, [](const Threat& threat) { return !threat.rule.empty(); });
    model.folded.clear();
    Assessor assessor(model, evidence, table);
    for (const ThreatRule& rule : rules) {
        assessor.ask(rule);
    }
    assessor.finish(options);
}

} // namespace cupel::threats
