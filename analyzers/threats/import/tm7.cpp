// SPDX-License-Identifier: GPL-3.0-or-later
// tm7 of the Microsoft Threat Modeling Tool: a DataContract of drawing surfaces and threat instances. The template that
// every file carries is passed over. Nothing is resolved: a file that declares entities is refused.
#include "analyzers/threats/import/reading.h"

#include "analyzers/base/json_text.h"
#include "analyzers/formats/model_xml/xml_scan.h"

#include <algorithm>
#include <charconv>

namespace cupel::threats {

namespace {

using formats::model_xml::XmlEvent;
using formats::model_xml::XmlScan;

struct Node {
    std::string_view name; // without its prefix
    std::string_view type; // of i:type, without its prefix
    std::string text; // directly inside, without blanks around
    std::uint64_t start = 0;
    std::uint32_t parent = 0;
    std::uint32_t firstChild = 0; // 0: none
    std::uint32_t nextSibling = 0;
    std::uint32_t lastChild = 0;
};

std::string_view local(std::string_view name)
{
    return name.substr(std::min(name.find(':') + 1, name.size())); // npos + 1 is 0
}

// "&amp;", "&#10;"; what is no entity stays.
std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto end = text[at] == '&' ? text.find(';', at) : std::string_view::npos;
        if (end == std::string_view::npos || end - at > 10) {
            out += text[at];
            continue;
        }
        const auto name = text.substr(at + 1, end - at - 1);
        unsigned value = name == "amp" ? '&'
            : name == "lt"             ? '<'
            : name == "gt"             ? '>'
            : name == "quot"           ? '"'
            : name == "apos"           ? '\''
                                       : 0;
        if (name.starts_with('#')) {
            const bool hex = name.starts_with("#x");
            const auto digits = name.substr(hex ? 2 : 1);
            std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
        }
        if (value == 0) {
            out += text[at];
            continue;
        }
        appendUtf8(out, static_cast<char32_t>(value));
        at = end;
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string_view{}
                                          : text.substr(from, text.find_last_not_of(" \t\r\n") + 1 - from);
}

// The elements of the file but for the template, as a flat tree; [0] stands above all.
class Tree {
public:
    Tree(ByteView text, Making& making)
    {
        XmlScan scan(text, 0);
        XmlEvent event;
        m_nodes.emplace_back();
        std::vector<std::uint32_t> open{0};
        std::size_t skipped = 0; // elements open inside the template
        while (scan.next(event) && making.budget.spend(1)) {
            const auto name = local(slice(text, event.name));
            if (event.kind == XmlEvent::Kind::Entity) {
                m_entities = true;
                return;
            }
            if (event.kind == XmlEvent::Kind::Open) {
                if (skipped > 0 || name == "KnowledgeBase") {
                    skipped += event.empty ? 0 : 1;
                } else if (m_nodes.size() >= mostNodes || open.size() >= deepest) {
                    making.lost(event.bytes.start, "the file is larger or deeper than any drawing");
                    return;
                } else {
                    const auto index = add(open.back(), name, event, text);
                    if (!event.empty) {
                        open.push_back(index);
                    }
                }
            } else if (event.kind == XmlEvent::Kind::Close) {
                if (skipped > 0) {
                    --skipped;
                } else if (open.size() > 1) {
                    open.pop_back();
                }
            } else if (event.kind == XmlEvent::Kind::Text && skipped == 0 && open.size() > 1) {
                m_nodes[open.back()].text += decoded(trimmed(slice(text, event.bytes)));
            }
        }
        if (scan.broken() || open.size() > 1) {
            making.lost(scan.at(), "the file ends inside an element");
        }
    }

    [[nodiscard]] bool declaresEntities() const { return m_entities; }
    [[nodiscard]] const Node& at(std::uint32_t node) const { return m_nodes[node]; }
    [[nodiscard]] std::uint32_t child(std::uint32_t node, std::string_view name) const // 0: none
    {
        auto child = m_nodes[node].firstChild;
        while (child != 0 && m_nodes[child].name != name) {
            child = m_nodes[child].nextSibling;
        }
        return node == 0 && name != "ThreatModel" ? 0 : child;
    }
    [[nodiscard]] std::string text(std::uint32_t node, std::string_view name) const
    {
        const auto found = node == 0 ? 0 : child(node, name);
        return found == 0 ? std::string() : m_nodes[found].text;
    }
    template <typename Take> void each(std::uint32_t node, Take take) const
    {
        for (auto child = node == 0 ? 0 : m_nodes[node].firstChild; child != 0; child = m_nodes[child].nextSibling) {
            take(child);
        }
    }

private:
    static constexpr std::size_t mostNodes = 1'000'000;
    static constexpr std::size_t deepest = 64;

    std::uint32_t add(std::uint32_t parent, std::string_view name, const XmlEvent& event, ByteView text)
    {
        const auto index = static_cast<std::uint32_t>(m_nodes.size());
        Node node;
        node.name = name;
        node.start = event.bytes.start;
        node.parent = parent;
        for (const auto& attribute : event.attributes) {
            if (slice(text, attribute.name) == "i:type") {
                node.type = local(slice(text, attribute.value));
            }
        }
        m_nodes.push_back(std::move(node));
        auto& above = m_nodes[parent];
        (above.firstChild == 0 ? above.firstChild : m_nodes[above.lastChild].nextSibling) = index;
        m_nodes[parent].lastChild = index;
        return index;
    }

    std::vector<Node> m_nodes;
    bool m_entities = false;
};

class Reader {
public:
    Reader(const Tree& tree, Making& making)
        : m_tree(tree)
        , m_making(making)
        , m_model(making.out.model)
    {
    }

    void read()
    {
        const auto top = m_tree.child(0, "ThreatModel");
        const auto meta = m_tree.child(top, "MetaInformation");
        m_model.title = m_tree.text(meta, "ThreatModelName");
        m_model.owner = m_tree.text(meta, "Owner");
        m_model.reviewer = m_tree.text(meta, "Reviewer");
        m_model.description = m_tree.text(meta, "HighLevelSystemDescription");
        if (const std::string names = m_tree.text(meta, "Contributors"); !names.empty()) {
            m_model.contributors.push_back(names);
        }
        if (const std::string assumed = m_tree.text(meta, "Assumptions"); !assumed.empty()) {
            m_model.assumptions.push_back(assumed);
        }
        if (const std::string outside = m_tree.text(meta, "ExternalDependencies"); !outside.empty()) {
            m_model.assumptions.push_back("Depends on: " + outside);
        }
        m_tree.each(m_tree.child(top, "DrawingSurfaceList"), [this](std::uint32_t one) { surface(one); });
        m_tree.each(
            m_tree.child(top, "ThreatInstances"), [this](std::uint32_t one) { threat(m_tree.child(one, "Value")); });
        placeInZones(m_model, m_making.budget);
        checkEnds(m_making);
    }

private:
    [[nodiscard]] double number(std::uint32_t node, std::string_view name) const
    {
        const std::string text = m_tree.text(node, name);
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return std::clamp(value, -1e7, 1e7);
    }

    void surface(std::uint32_t node)
    {
        m_model.diagrams.push_back({m_tree.text(node, "Guid"), m_tree.text(node, "Header"), "STRIDE"});
        for (const auto list : {"Borders", "Lines"}) {
            m_tree.each(m_tree.child(node, list), [this](std::uint32_t pair) {
                if (const auto value = m_tree.child(pair, "Value"); value != 0) {
                    part(value);
                }
            });
        }
    }

    void common(DiagramPart& part, std::uint32_t node)
    {
        const Node& at = m_tree.at(node);
        part.id = m_making.unique(m_tree.text(node, "Guid"), "stencil", at.start);
        part.diagram = static_cast<std::uint32_t>(m_model.diagrams.size() - 1);
        m_tree.each(m_tree.child(node, "Properties"), [&](std::uint32_t property) {
            const std::string name = m_tree.text(property, "DisplayName");
            const std::string value = m_tree.text(property, "Value");
            if (m_tree.at(property).type == "HeaderDisplayAttribute") {
                part.name = part.name.empty() ? name : part.name;
            } else if (name == "Name") {
                part.name = value.empty() ? part.name : value;
            } else if (name == "Out Of Scope") {
                part.outOfScope = value == "true";
            } else if (name == "Reason For Out Of Scope") {
                part.scopeReason = value;
            } else if (!value.empty() && part.attributes.size() < 256) {
                part.attributes.push_back({name, value, Origin::Imported, {}});
            }
        });
    }

    [[nodiscard]] Box boxOf(std::uint32_t node) const
    {
        return {number(node, "Left"), number(node, "Top"), number(node, "Width"), number(node, "Height")};
    }

    void part(std::uint32_t node)
    {
        const auto type = m_tree.at(node).type;
        if (type.starts_with("Stencil")) {
            Element element;
            common(element, node);
            element.kind = type == "StencilRectangle" ? "actor" : type == "StencilParallelLines" ? "store" : "process";
            element.box = boxOf(node);
            m_model.elements.push_back(std::move(element));
        } else if (type == "BorderBoundary") {
            Zone zone;
            common(zone, node);
            zone.box = boxOf(node);
            m_model.zones.push_back(std::move(zone));
        } else if (type == "LineBoundary") {
            Zone zone;
            common(zone, node);
            zone.curve = {point(node, "Source"), point(node, "Handle"), point(node, "Target")};
            m_model.zones.push_back(std::move(zone));
        } else if (type == "Connector") {
            flow(node);
        } else {
            m_making.lost(m_tree.at(node).start, "a part of a drawing of a kind that is not known");
        }
    }

    [[nodiscard]] Point point(std::uint32_t node, const std::string& name) const
    {
        return {number(node, name + 'X'), number(node, name + 'Y')};
    }

    void flow(std::uint32_t node)
    {
        static constexpr std::string_view nobody = "00000000-0000-0000-0000-000000000000";
        Flow flow;
        common(flow, node);
        flow.source = m_tree.text(node, "SourceGuid");
        flow.target = m_tree.text(node, "TargetGuid");
        flow.bends = {point(node, "Handle")};
        for (const auto& [id, open, name] :
            {std::tuple{&flow.source, &flow.start, "Source"}, {&flow.target, &flow.end, "Target"}}) {
            if (*id == nobody || id->empty()) {
                id->clear();
                *open = point(node, name);
            }
        }
        m_model.flows.push_back(std::move(flow));
    }

    void threat(std::uint32_t node)
    {
        if (node == 0) {
            return;
        }
        Threat threat;
        threat.id = m_making.unique("threat-" + m_tree.text(node, "Id"), "threat", m_tree.at(node).start);
        threat.rule = m_tree.text(node, "TypeId");
        threat.target = m_tree.text(node, "FlowGuid");
        threat.severity = severityOf(m_tree.text(node, "Priority"));
        setState(threat, m_tree.text(node, "State"));
        threat.reason = m_tree.text(node, "StateInformation");
        threat.author = m_tree.text(node, "ChangedBy");
        m_tree.each(m_tree.child(node, "Properties"), [&](std::uint32_t pair) {
            const std::string key = m_tree.text(pair, "Key");
            std::string value = m_tree.text(pair, "Value");
            if (key == "Title") {
                threat.title = std::move(value);
            } else if (key == "UserThreatCategory") {
                threat.category = std::move(value);
                threat.stride = strideOf(threat.category);
            } else if (key == "UserThreatDescription") {
                threat.description = std::move(value);
            } else if (key == "PossibleMitigations") {
                threat.mitigation = std::move(value);
            } else if (key == "Priority" && !threat.severity) {
                threat.severity = severityOf(value);
            }
        });
        m_model.threats.push_back(std::move(threat));
    }

    const Tree& m_tree;
    Making& m_making;
    ThreatModel& m_model;
};

} // namespace

void readTm7(ByteView text, Making& making)
{
    const Tree tree(text, making);
    if (tree.declaresEntities()) {
        making.lost(0, "the file declares entities, which no threat model needs");
        return;
    }
    Reader(tree, making).read();
}

} // namespace cupel::threats
