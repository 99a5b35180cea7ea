// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/assess.h"

#include "analyzers/model/people.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/rules/model_index.h"

#include <algorithm>
#include <iterator>
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
std::string placeOf(const Finding& finding, const std::string& human)
{
    return finding.location.artifact + (human.empty() ? "" : ", " + human) + ": " + finding.rule;
}

// What a rule is asked with, at every part alike.
struct Asking {
    Asking(const ThreatRule& of, const ModelIndex& model, const EvidenceTable& table)
        : rule(of)
        , question(of.condition, model)
        , checks(static_cast<int>(of.confirm.size()))
        , checked(static_cast<int>(std::count_if(of.confirm.begin(), of.confirm.end(),
              [&table](const std::string& type) { return table.isScanned(type); })))
        , refutable(std::any_of(of.refute.begin(), of.refute.end(),
              [&table](const std::string& type) { return !table.absentFor(type).empty(); }))
    {
    }

    const ThreatRule& rule;
    Question question;
    int checks = 0;
    int checked = 0;
    bool refutable = false;
};

// A threat before it is known whether it is shown: most are folded, and nobody reads why those hold.
struct Candidate {
    const ThreatRule* rule = nullptr;
    const DiagramPart* self = nullptr;
    const DiagramPart* owner = nullptr;
    bool assumed = false;
    EvidenceState evidence = EvidenceState::Unknown;
    int likelihood = 0;
    int checked = 0;
    int checks = 0;
    // That confirm it, each with its place in words.
    std::vector<std::pair<const Finding*, const std::string*>> findings;
    bool own = false; // one of them is in the files of the part itself

    // Contested or not.
    [[nodiscard]] bool confirmed() const
    {
        return evidence == EvidenceState::Confirmed || evidence == EvidenceState::Contested;
    }
    [[nodiscard]] std::string_view target() const { return self ? std::string_view(self->id) : std::string_view(); }
};

class Assessor {
public:
    Assessor(ThreatModel& model, const Evidence& evidence, const EvidenceTable& table)
        : m_model(model)
        , m_evidence(evidence)
        , m_table(table)
        , m_index(model, typesByPart())
    {
        for (const auto& element : m_model.elements) {
            m_elements.insert(element.id);
        }
    }

    void ask(const ThreatRule& rule)
    {
        Asking asking(rule, m_index, m_table);
        switch (rule.scope) {
        case ThreatRule::Scope::Element:
            for (const auto& element : m_model.elements) {
                if (looksAt(rule, element)) {
                    consider(asking, &element, nullptr);
                }
            }
            break;
        case ThreatRule::Scope::Interaction:
            interactions(asking);
            break;
        case ThreatRule::Scope::Flow:
            for (const auto& flow : m_model.flows) {
                consider(asking, &flow, nullptr);
            }
            break;
        case ThreatRule::Scope::Model:
            whole(asking);
            break;
        }
    }

    void finish(const AssessOptions& options)
    {
        std::stable_sort(m_found.begin(), m_found.end(), [](const Candidate& one, const Candidate& other) {
            const auto rank = [](const Candidate& threat) {
                return std::tuple(!threat.confirmed(), threat.assumed, -threat.likelihood * threat.rule->impact);
            };
            return rank(one) < rank(other);
        });
        const auto isKept = [&options](const Candidate& found) {
            return !options.decided.empty() && options.decided.contains(idOf(found));
        };
        std::map<std::string_view, std::size_t> open;
        std::size_t proposals = 0;
        for (const Candidate& found : m_found) {
            const bool confirmed = found.confirmed();
            std::size_t& openHere = open[found.target()];
            const char* why = isKept(found)                ? ""
                : found.evidence == EvidenceState::Refuted ? "refuted"
                : confirmed                                ? ""
                : openHere >= options.openPerElement
                    || proposals >= options.openPerElement * std::max<std::size_t>(m_model.elements.size(), 1)
                ? (found.assumed ? "assumed" : "less important")
                : "";
            if (*why != '\0') {
                fold(found, why);
                continue;
            }
            openHere += confirmed ? 0 : 1;
            proposals += confirmed ? 0 : 1;
            m_model.threats.push_back(threatOf(found));
        }
    }

    // What people said something about and no rule raises now.
    void keep(const std::set<std::string>& decided, const std::vector<ThreatRule>& rules)
    {
        std::map<std::string_view, const ThreatRule*> byId;
        for (const ThreatRule& rule : rules) {
            byId.emplace(rule.id, &rule);
        }
        std::map<std::string_view, const DiagramPart*> parts;
        const auto take = [&parts](const auto& list) {
            for (const auto& part : list) {
                parts.emplace(part.id, &part);
            }
        };
        take(m_model.elements);
        take(m_model.flows);
        take(m_model.zones);
        std::set<std::string_view> people;
        for (const Threat& threat : m_model.threats) {
            people.insert(threat.id);
        }
        std::vector<Threat> kept;
        for (const std::string& id : decided) {
            if (m_ids.contains(id) || people.contains(id)) {
                continue;
            }
            const std::string_view whole = id;
            const auto sign = whole.find('@');
            const auto rule = byId.find(whole.substr(0, sign));
            const auto part = sign == id.npos ? parts.end() : parts.find(whole.substr(sign + 1));
            kept.push_back(keptThreat(
                rule == byId.end() ? nullptr : rule->second, part == parts.end() ? nullptr : part->second, id));
        }
        std::move(kept.begin(), kept.end(), std::back_inserter(m_model.threats));
    }

private:
    Threat keptThreat(const ThreatRule* rule, const DiagramPart* part, const std::string& id)
    {
        Threat out;
        if (rule) {
            Candidate found;
            found.rule = rule;
            found.self = part;
            if (part) {
                findEvidence(Asking(*rule, m_index, m_table), found);
            }
            rate(found);
            out = threatOf(found);
            out.evidence = found.evidence == EvidenceState::Unknown ? EvidenceState::Stale : found.evidence;
        } else { // of a pack that is not there
            out.rule = id.substr(0, id.find('@'));
            out.title = out.rule;
            out.target = part ? part->id : std::string();
            out.evidence = EvidenceState::Stale;
        }
        out.id = id;
        return out;
    }

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

    void interactions(Asking& asking)
    {
        for (const auto& element : m_model.elements) {
            if (element.kind != asking.rule.kind) {
                continue;
            }
            std::set<const Flow*> seen;
            for (const auto* list : {&m_index.into(element), &m_index.outOf(element)}) {
                for (const Flow* flow : *list) {
                    if (seen.insert(flow).second) {
                        consider(asking, flow, &element);
                    }
                }
            }
        }
    }

    void whole(Asking& asking)
    {
        const std::string& kind = asking.rule.kind;
        const bool known = kind == "system" || kind == "secret-store"
            || std::any_of(m_model.elements.begin(), m_model.elements.end(),
                [&](const Element& element) { return element.kind == kind; });
        if (known) {
            consider(asking, nullptr, nullptr);
        }
    }

    void consider(Asking& asking, const DiagramPart* self, const DiagramPart* owner)
    {
        const ThreatRule& rule = asking.rule;
        const Truth truth = asking.question.truth(self, owner);
        if (truth < Truth::Assumed && rule.scope != ThreatRule::Scope::Element) {
            return;
        }
        Candidate found;
        found.rule = &rule;
        found.self = self;
        found.owner = owner;
        findEvidence(asking, found);
        if (found.evidence == EvidenceState::Refuted && truth >= Truth::Assumed) {
            lookWhereItComesFrom(asking, found);
        }
        const bool confirmed = found.confirmed();
        if (truth < Truth::Assumed && !(confirmed && found.own)) {
            return; // a finding of the kind in its files is reason enough, whatever is known besides
        }
        if (!m_ids.insert(idOf(found)).second) {
            return;
        }
        found.assumed = truth == Truth::Assumed && !confirmed;
        rate(found);
        m_found.push_back(std::move(found));
    }

    void fold(const Candidate& found, const char* why)
    {
        const ThreatRule& rule = *found.rule;
        m_model.folded.push_back({rule.id, std::string(found.target()), rule.title, why});
        if (const auto [ties, fresh] = m_model.foldedTies.try_emplace(rule.id, rule.references); fresh) {
            ties->second.insert(ties->second.end(), rule.controls.begin(), rule.controls.end());
        }
    }

    static std::string idOf(const Candidate& found)
    {
        std::string out = found.rule->id;
        if (const auto target = found.target(); !target.empty()) {
            out += '@';
            out += target;
        }
        return out;
    }

    // With the reasons, which are asked for only now.
    [[nodiscard]] Threat threatOf(const Candidate& found) const
    {
        const ThreatRule& rule = *found.rule;
        Threat threat;
        threat.id = idOf(found);
        threat.rule = rule.id;
        threat.target = found.target();
        threat.title = rule.title;
        threat.description = rule.happens;
        threat.mitigation = rule.fix;
        threat.stride = rule.stride;
        threat.why = rule.condition.holds(m_index, found.self, found.owner).reasons;
        threat.assumed = found.assumed;
        threat.evidence = found.evidence;
        if (found.evidence == EvidenceState::Contested && found.self) {
            threat.against = saysOtherwise(rule, m_table, *found.self);
        }
        threat.references = rule.references;
        threat.controls = rule.controls;
        threat.likelihood = found.likelihood;
        threat.impact = rule.impact;
        threat.severity = severityOfRisk(threat.likelihood, threat.impact);
        threat.checks = found.checks;
        threat.checked = found.checked;
        for (const auto& [finding, human] : found.findings) {
            threat.findings.push_back(finding->fingerprint);
            threat.places.push_back(placeOf(*finding, *human));
        }
        return threat;
    }

    // The parts whose findings speak for a threat at `self`: the element, or the flow and its ends.
    void findEvidence(const Asking& asking, Candidate& found) const
    {
        found.checks = asking.checks;
        found.checked = asking.checked;
        const Flow* flow = found.self ? m_index.asFlow(*found.self) : nullptr;
        bool whole = found.self != nullptr;
        Severity worst = Severity::Info;
        if (flow) {
            hear(asking.rule, flow->id, false, found, worst);
            whole = hear(asking.rule, flow->source, true, found, worst) && whole;
            whole = hear(asking.rule, flow->target, true, found, worst) && whole;
        } else if (found.self) {
            whole = hear(asking.rule, found.self->id, false, found, worst);
        }
        if (!found.findings.empty()) {
            confirm(found, worst);
            if (found.self && !saysOtherwise(asking.rule, m_table, *found.self).empty()) {
                found.evidence = EvidenceState::Contested;
            }
            return;
        }
        // Silence refutes when everything that would confirm was looked for, in files that were read whole.
        if (whole && asking.refutable && asking.checked > 0 && asking.checked == asking.checks) {
            found.evidence = EvidenceState::Refuted;
        }
    }

    static void confirm(Candidate& found, Severity worst)
    {
        found.evidence = EvidenceState::Confirmed;
        found.likelihood = worst >= Severity::High ? 5 : worst == Severity::Medium ? 4 : 3;
    }

    // What holds because of other parts (personal data further up) is not refuted by silence at its own: those are
    // heard as well, and must have been read whole.
    void lookWhereItComesFrom(const Asking& asking, Candidate& found) const
    {
        bool whole = true;
        Severity worst = Severity::Info;
        std::set<std::string_view> heard;
        const auto reasons = asking.rule.condition.holds(m_index, found.self, found.owner).reasons;
        for (const Reason& reason : reasons) {
            const bool own = reason.part.empty() || reason.part == found.target() || !m_elements.contains(reason.part);
            if (!own && heard.insert(reason.part).second) {
                whole = hear(asking.rule, reason.part, true, found, worst) && whole;
            }
        }
        if (!found.findings.empty()) {
            confirm(found, worst);
        } else if (!whole) {
            found.evidence = EvidenceState::Unknown;
        }
    }

    // What the findings of a part say of a threat; true: its files were read whole. As an end of a flow it does not
    // tell what is known of flows: that is told by those.
    bool hear(const ThreatRule& rule, const std::string& part, bool end, Candidate& found, Severity& worst) const
    {
        const auto there = m_evidence.findings.find(part);
        constexpr std::size_t most = 50;
        for (const Finding* finding : there == m_evidence.findings.end() ? m_none : there->second) {
            const auto& types = m_typesOf.at({finding->rule, finding->location.output.has_value()});
            if ((finding->family == Family::Pii && !tellsOfPeople(*finding))
                || (end && m_evidence.onFlows.contains(finding))) {
                continue;
            }
            const bool confirms = std::any_of(rule.confirm.begin(), rule.confirm.end(),
                [&](const std::string& type) { return types.contains(type); });
            if (!confirms || hasHeard(found, finding)) {
                continue;
            }
            const auto tie = m_evidence.tied.find({part, finding});
            const bool tied = tie != m_evidence.tied.end();
            worst = std::max(worst, finding->severity);
            found.own = found.own || !tied;
            if (found.findings.size() < most) {
                found.findings.emplace_back(finding, tied ? &tie->second : &finding->location.human);
            }
        }
        return m_evidence.readWhole.contains(part);
    }

    // At a flow and at one of its ends.
    static bool hasHeard(const Candidate& found, const Finding* finding)
    {
        return std::any_of(
            found.findings.begin(), found.findings.end(), [finding](const auto& one) { return one.first == finding; });
    }

    void rate(Candidate& found) const
    {
        const Element* element = found.self ? m_index.asElement(*found.self) : nullptr;
        const Flow* flow = found.self ? m_index.asFlow(*found.self) : nullptr;
        const Zone* zone = element ? m_index.zoneOf(*element) : nullptr;
        const bool outside = (zone && zone->trust.value_or(100) == 0) || (flow && !m_index.crossedBy(*flow).empty());
        // What was found to be so is as likely as the finding is grave.
        const int proved = found.likelihood;
        constexpr int mostAssumed = 3; // what holds only because something is not known is not the worst of all
        found.likelihood = std::clamp(found.rule->likelihood + (outside ? 1 : 0), 1, found.assumed ? mostAssumed : 5);
        if (found.confirmed()) {
            found.likelihood = proved;
        } else if (found.evidence == EvidenceState::Refuted) {
            found.likelihood = std::min(found.likelihood, 2);
        }
    }

    ThreatModel& m_model;
    const Evidence& m_evidence;
    const EvidenceTable& m_table;
    std::map<std::pair<std::string, bool>, std::set<std::string>> m_typesOf; // by rule of the scan, in an output
    ModelIndex m_index;
    std::vector<Candidate> m_found;
    std::set<std::string> m_ids;
    std::set<std::string_view> m_elements;
    const std::vector<const Finding*> m_none;
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
    model.foldedTies.clear();
    Assessor assessor(model, evidence, table);
    for (const ThreatRule& rule : rules) {
        assessor.ask(rule);
    }
    assessor.finish(options);
    assessor.keep(options.decided, rules);
}

} // namespace cupel::threats
