// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of `cupel threats`, schema cupel.threats/1. Every key is always there: null or [] where there is nothing.
#include "analyzers/report/threats/threat_writers.h"

#include "analyzers/threats/attack_paths.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/coverage.h"

#include <set>

namespace cupel::report {

namespace {

using namespace threats;

std::string_view toString(Origin origin)
{
    switch (origin) {
    case Origin::Imported:
        return "import";
    case Origin::Scanned:
        return "scan";
    case Origin::Answered:
        return "answer";
    case Origin::Drawn:
        return "user";
    }
    return {};
}

class Writer {
public:
    Writer(const ThreatModel& model, const TextSink& sink, const Overlaid* team)
        : m_model(model)
        , m_team(team)
        , m_json(sink, JsonStream::Layout::Indented)
    {
    }

    void all()
    {
        m_json.beginObject();
        m_json.field("schema", "cupel.threats/1");
        m_json.objectField("model");
        m_json.field("title", m_model.title);
        text("description", m_model.description);
        text("owner", m_model.owner);
        text("reviewer", m_model.reviewer);
        m_json.field("contributors", m_model.contributors);
        m_json.endObject();
        objects("diagrams", m_model.diagrams, [this](const Diagram& diagram) {
            m_json.field("id", diagram.id);
            m_json.field("title", diagram.title);
            text("method", diagram.method);
        });
        objects("elements", m_model.elements, [this](const Element& element) { this->element(element); });
        objects("flows", m_model.flows, [this](const Flow& flow) { this->flow(flow); });
        objects("zones", m_model.zones, [this](const Zone& zone) { this->zone(zone); });
        objects("threats", m_model.threats, [this](const Threat& threat) { this->threat(threat); });
        objects("controls", m_model.controls, [this](const Control& control) {
            m_json.field("id", control.id);
            m_json.field("title", control.title);
            text("description", control.description);
            m_json.field("reduction", control.reduction);
            text("status", control.status);
        });
        objects("folded", m_model.folded, [this](const FoldedThreat& threat) {
            m_json.field("rule", threat.rule);
            text("element", threat.target);
            m_json.field("title", threat.title);
            m_json.field("why", threat.why);
        });
        paths();
        coverage();
        m_json.field("assumptions", m_model.assumptions);
        m_json.endObject();
        m_json.newline();
    }

private:
    template <typename Items, typename Fields> void objects(std::string_view name, const Items& items, Fields fields)
    {
        m_json.arrayField(name);
        for (const auto& item : items) {
            m_json.beginObject();
            fields(item);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void paths()
    {
        Budget budget;
        const ModelIndex index(m_model);
        const auto found = attackPaths(index, {}, budget);
        m_json.objectField("paths");
        m_json.field("complete", found.complete);
        objects("list", found.paths, [this](const AttackPath& path) {
            m_json.field("elements", path.elements);
            m_json.field("flows", path.flows);
        });
        m_json.endObject();
    }

    void coverage()
    {
        objects("coverage", coverageOf(m_model), [this](const Lens& lens) {
            m_json.field("id", lens.id);
            m_json.field("title", lens.title);
            objects("items", lens.items, [this](const CoverageItem& item) {
                m_json.field("id", item.id);
                m_json.field("title", item.title);
                m_json.field("state", threats::toString(item.state));
                m_json.field("threats", item.threats);
                if (!item.basis.empty()) {
                    m_json.field("basis", item.basis);
                }
            });
        });
    }

    void text(std::string_view name, std::string_view value)
    {
        value.empty() ? m_json.nullField(name) : m_json.field(name, value);
    }

    void number(std::string_view name, int value) // 0: not said
    {
        value == 0 ? m_json.nullField(name) : m_json.field(name, value);
    }

    void attributes(const threats::DiagramPart& part)
    {
        m_json.objectField("attributes");
        std::set<std::string_view> written; // a file may say a name twice
        for (const Attribute& attribute : part.attributes) {
            if (written.insert(attribute.key).second) {
                m_json.objectField(attribute.key);
                m_json.field("value", attribute.value);
                m_json.field("source", toString(attribute.origin));
                m_json.field("evidence", attribute.evidence);
                m_json.endObject();
            }
        }
        m_json.endObject();
    }

    void common(const threats::DiagramPart& part)
    {
        text("description", part.description);
        m_json.field("outOfScope", part.outOfScope);
        text("scopeReason", part.scopeReason);
        part.diagram < m_model.diagrams.size() ? m_json.field("diagram", m_model.diagrams[part.diagram].id)
                                               : m_json.nullField("diagram");
        attributes(part);
    }

    void box(const std::optional<Box>& box)
    {
        if (!box) {
            m_json.nullField("box");
            return;
        }
        m_json.objectField("box");
        for (const auto& [name, value] :
            {std::pair{"x", box->x}, {"y", box->y}, {"width", box->width}, {"height", box->height}}) {
            m_json.key(name);
            m_json.real(value);
        }
        m_json.endObject();
    }

    void points(std::string_view name, const std::vector<Point>& points)
    {
        objects(name, points, [this](const Point& point) {
            m_json.key("x");
            m_json.real(point.x);
            m_json.key("y");
            m_json.real(point.y);
        });
    }

    void element(const Element& element)
    {
        m_json.field("id", element.id);
        m_json.field("kind", element.kind);
        m_json.field("name", element.name);
        text("zone", element.zone);
        text("parent", element.parent);
        text("artifact", element.artifact);
        common(element);
        box(element.box);
    }

    void flow(const Flow& flow)
    {
        m_json.field("id", flow.id);
        m_json.field("name", flow.name);
        text("source", flow.source);
        text("target", flow.target);
        m_json.field("bidirectional", flow.bidirectional);
        common(flow);
        points("bends", flow.bends);
    }

    void zone(const Zone& zone)
    {
        m_json.field("id", zone.id);
        m_json.field("name", zone.name);
        text("parent", zone.parent);
        zone.trust ? m_json.field("trust", *zone.trust) : m_json.nullField("trust");
        common(zone);
        box(zone.box);
        points("curve", zone.curve);
    }

    void threat(const Threat& threat)
    {
        m_json.field("id", threat.id);
        text("rule", threat.rule);
        text("element", threat.target);
        m_json.field("alsoAt", threat.alsoAt);
        m_json.field("title", threat.title);
        text("description", threat.description);
        text("mitigation", threat.mitigation);
        std::vector<std::string> letters;
        for (const char letter : threat.stride) {
            letters.emplace_back(1, letter);
        }
        m_json.field("stride", letters);
        text("category", threat.category);
        text("severity", threat.severity ? cupel::toString(*threat.severity) : std::string_view{});
        number("likelihood", threat.likelihood);
        number("impact", threat.impact);
        m_json.field("applicability", threats::toString(threat.applicability));
        m_json.objectField("evidence");
        m_json.field("state", threats::toString(threat.evidence));
        m_json.field("findings", threat.findings);
        m_json.field("checked", threat.checked);
        m_json.field("checks", threat.checks);
        text("contested", contestWords(threat));
        m_json.endObject();
        const auto reason = [this](const Reason& one) {
            text("part", one.part);
            m_json.field("key", one.key);
            m_json.field("value", one.value);
        };
        objects("why", threat.why, reason);
        if (!threat.against.empty()) {
            objects("against", threat.against, reason);
        }
        m_json.field("assumed", threat.assumed);
        m_json.objectField("decision");
        m_json.field("state", threats::toString(threat.decision));
        text("reason", threat.reason);
        text("author", threat.author);
        text("until", threat.until);
        const bool flagged = m_team && m_team->flags.contains(threat.id);
        text("flag", flagged ? threats::toString(m_team->flags.at(threat.id)) : std::string_view{});
        m_json.endObject();
        text("assignee", threat.assignee);
        m_json.field("references", threat.references);
        m_json.field("controls", threat.controls);
    }

    const ThreatModel& m_model;
    const Overlaid* m_team;
    JsonStream m_json;
};

} // namespace

void writeThreatsJson(const ThreatModel& model, const TextSink& sink, const Overlaid* team)
{
    Writer(model, sink, team).all();
}

} // namespace cupel::report
