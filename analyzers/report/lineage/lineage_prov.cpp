// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as W3C PROV-JSON: cells and scripts are activities, services are agents, all else is an entity. It is
// what the code declares; `cupel:declared` says so, since nobody saw it run.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include <map>
#include <utility>

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;

enum class Being : std::uint8_t { Entity, Activity, Agent };

Being beingOf(const Node& node)
{
    return node.kind == NodeKind::Cell   ? Being::Activity
        : node.kind == NodeKind::Service ? Being::Agent
                                         : Being::Entity;
}

// A local name of PROV-N: what it may not hold is percent-encoded, byte by byte.
std::string identifier(const Node& node)
{
    std::string out = "ws:";
    for (const char c : node.id) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '/') {
            out += c;
        } else {
            out += '%';
            out += "0123456789ABCDEF"[byte >> 4U];
            out += "0123456789ABCDEF"[byte & 15U];
        }
    }
    return out;
}

// A relation between two nodes, in the words of PROV: the later one depends on the earlier one.
struct Relation {
    std::string_view name;
    std::string_view later;
    std::string_view earlier;
};
constexpr Relation relations[]{{"used", "prov:activity", "prov:entity"},
    {"wasGeneratedBy", "prov:entity", "prov:activity"}, {"wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity"},
    {"wasInformedBy", "prov:informed", "prov:informant"}, {"wasAttributedTo", "prov:entity", "prov:agent"},
    {"wasAssociatedWith", "prov:activity", "prov:agent"}, {"wasInfluencedBy", "prov:influencee", "prov:influencer"}};
enum RelationIndex : std::size_t {
    Used,
    Generated,
    Derived,
    Informed,
    Attributed,
    Associated,
    Influenced,
    relationCount
};

// What a model is judged with is used beside it; the model does not come from it.
bool onlyUses(const Edge& edge, const Node& to)
{
    return to.kind == NodeKind::Model
        && (edge.kind == EdgeKind::Tests || edge.kind == EdgeKind::Validates || edge.kind == EdgeKind::Predicts);
}

class Writer {
public:
    Writer(const LineageGraph& graph, const TextSink& sink)
        : m_graph(graph)
        , m_json(sink, JsonStream::Layout::Indented)
    {
    }
    void all();

private:
    void relate();
    void relate(const Edge& edge);
    void beings(std::string_view name, Being being);
    void attributes(const Node& node);
    void write(std::size_t relation);
    // Each pair once; the edge it comes from says why.
    void add(RelationIndex relation, std::uint32_t later, std::uint32_t earlier, const Edge* edge)
    {
        m_pairs[relation].try_emplace({later, earlier}, edge);
    }
    [[nodiscard]] std::uint32_t activityAt(const Edge& edge) const;

    const LineageGraph& m_graph;
    JsonStream m_json;
    std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> m_cells; // file and cell
    std::map<std::pair<std::uint32_t, std::uint32_t>, const Edge*> m_pairs[relationCount];
};

// The cell in which an edge stands; none: nobody knows.
std::uint32_t Writer::activityAt(const Edge& edge) const
{
    if (const auto found = m_cells.find({edge.place.file, edge.place.cell}); found != m_cells.end()) {
        return found->second;
    }
    for (const auto end : {edge.to, edge.from}) {
        const auto cell = m_graph.nodes[end].cell;
        if (cell < m_graph.nodes.size() && m_graph.nodes[cell].kind == NodeKind::Cell) {
            return cell;
        }
    }
    return none;
}

void Writer::relate(const Edge& edge)
{
    const Being from = beingOf(m_graph.nodes[edge.from]);
    const Being to = beingOf(m_graph.nodes[edge.to]);
    const auto activity = activityAt(edge);
    if (from == Being::Agent || to == Being::Agent) {
        const auto agent = from == Being::Agent ? edge.from : edge.to;
        const auto other = from == Being::Agent ? edge.to : edge.from;
        const Being otherBeing = beingOf(m_graph.nodes[other]);
        if (otherBeing == Being::Activity || (otherBeing == Being::Entity && activity != none)) {
            add(Associated, otherBeing == Being::Activity ? other : activity, agent, &edge);
        }
        if (from == Being::Agent && to == Being::Entity) {
            add(Attributed, edge.to, agent, &edge);
        }
    } else if (from == Being::Activity && to == Being::Activity) {
        add(Informed, edge.to, edge.from, &edge);
    } else if (from == Being::Activity) {
        add(Generated, edge.to, edge.from, &edge);
    } else if (to == Being::Activity) {
        add(Used, edge.to, edge.from, &edge);
    } else if (onlyUses(edge, m_graph.nodes[edge.to])) {
        if (activity != none) {
            add(Used, activity, edge.from, &edge);
            add(Used, activity, edge.to, &edge);
        }
    } else {
        add(edge.kind == EdgeKind::Influences ? Influenced : Derived, edge.to, edge.from, &edge);
        if (activity != none) {
            add(Used, activity, edge.from, &edge);
            add(Generated, edge.to, activity, &edge);
        }
    }
}

void Writer::relate()
{
    for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
        const Node& node = m_graph.nodes[i];
        if (node.kind == NodeKind::Cell) {
            m_cells.try_emplace({node.place.file, node.place.cell}, i);
        }
    }
    for (const Edge& edge : m_graph.edges) {
        if (isEdge(m_graph, edge)) {
            relate(edge);
        }
    }
    for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
        const Node& node = m_graph.nodes[i];
        if (beingOf(node) == Being::Entity && node.cell < m_graph.nodes.size()
            && m_graph.nodes[node.cell].kind == NodeKind::Cell) {
            add(Generated, i, node.cell, nullptr);
        }
    }
}

void Writer::attributes(const Node& node)
{
    m_json.field("prov:label", nameOf(node));
    m_json.field("prov:type", "cupel:" + std::string(toString(node.kind)));
    const auto field = [this](const char* name, std::string_view value) {
        if (!value.empty()) {
            m_json.field(name, value);
        }
    };
    field("cupel:locator", node.locator);
    field("cupel:api", node.api);
    field("cupel:role", node.role == Role::None ? "" : toString(node.role));
    if (const CodeFile* file = fileOf(m_graph, node.place)) {
        field("cupel:file", file->path);
        if (file->notebook && node.place.codeCell >= 0) {
            m_json.field("cupel:cell", std::int64_t{node.place.cell});
            m_json.field("cupel:codeCell", std::int64_t{node.place.codeCell});
        }
        if (node.place.line > 0) {
            m_json.field("cupel:line", node.place.line);
        }
    }
    if (node.kind == NodeKind::Cell) {
        m_json.field("cupel:declared", true);
    }
}

void Writer::beings(std::string_view name, Being being)
{
    m_json.objectField(name);
    for (const Node& node : m_graph.nodes) {
        if (beingOf(node) == being) {
            m_json.objectField(identifier(node));
            attributes(node);
            m_json.endObject();
        }
    }
    m_json.endObject();
}

void Writer::write(std::size_t relation)
{
    const Relation& words = relations[relation];
    m_json.objectField(words.name);
    std::size_t number = 0;
    for (const auto& [pair, edge] : m_pairs[relation]) {
        m_json.objectField("_:" + std::string(words.name) + std::to_string(++number));
        m_json.field(words.later, identifier(m_graph.nodes[pair.first]));
        m_json.field(words.earlier, identifier(m_graph.nodes[pair.second]));
        if (edge) {
            m_json.field("cupel:edge", toString(edge->kind));
            m_json.field("cupel:confidence", toString(edge->certainty));
            if (!edge->rule.empty()) {
                m_json.field("cupel:rule", edge->rule);
            }
        }
        m_json.endObject();
    }
    m_json.endObject();
}

void Writer::all()
{
    relate();
    m_json.beginObject();
    m_json.objectField("prefix");
    m_json.field("cupel", "urn:cupel:lineage:");
    m_json.field("ws", "urn:cupel:workspace:");
    m_json.endObject();
    beings("entity", Being::Entity);
    beings("activity", Being::Activity);
    beings("agent", Being::Agent);
    for (std::size_t relation = 0; relation < relationCount; ++relation) {
        write(relation);
    }
    m_json.endObject();
    m_json.newline();
}

} // namespace

void writeLineageProv(const LineageGraph& graph, const TextSink& sink)
{
    Writer(graph, sink).all();
}

} // namespace cupel::report
