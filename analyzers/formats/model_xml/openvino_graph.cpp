// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of an OpenVINO model and the edges between them; numbers of layers are their names.
#include "analyzers/base/budget.h"
#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/model_xml/xml_scan.h"

namespace cupel::formats::model_xml {

namespace {

ByteView attribute(ByteView text, const XmlEvent& event, std::string_view name)
{
    for (const auto& one : event.attributes) {
        if (slice(text, one.name) == name) {
            return slice(text, one.value);
        }
    }
    return {};
}

GraphNode layer(ByteView text, const XmlEvent& event)
{
    GraphNode node;
    node.op = GraphBuilder::text(attribute(text, event, "type"));
    node.kind = node.op == "Parameter" ? GraphNode::Kind::Input
        : node.op == "Result"          ? GraphNode::Kind::Output
        : node.op == "Const"           ? GraphNode::Kind::Constant
                                       : GraphNode::Kind::Operator;
    node.name = GraphBuilder::text(attribute(text, event, "name"));
    const auto set = attribute(text, event, "version");
    if (!set.empty() && !set.starts_with("opset")) {
        node.domain = GraphBuilder::text(set);
    }
    if (const auto last = node.name.rfind('/'); last != std::string::npos) {
        node.scope = node.name.substr(0, last);
    }
    node.bytes = event.bytes;
    return node;
}

} // namespace

void readGraph(ByteView text, GraphBuilder& builder, Budget& budget)
{
    struct Body {
        GraphBuilder::Space space;
        std::uint32_t layer;
    };
    std::vector<Body> open; // <layers> may hold layers with a body of their own
    XmlScan scan(text, 0);
    for (XmlEvent event; scan.next(event);) {
        if (!budget.spend(event.bytes.size())) {
            builder.stop();
            return;
        }
        const auto name = slice(text, event.name);
        if (event.kind == XmlEvent::Kind::Close && (name == "net" || name == "body") && !open.empty()) {
            open.pop_back();
        } else if (event.kind != XmlEvent::Kind::Open) {
            continue;
        } else if ((name == "net" || name == "body") && !event.empty && open.size() < 64) {
            open.push_back({builder.addSpace(), GraphBuilder::none});
        } else if (open.empty()) {
            continue;
        } else if (name == "layer") {
            open.back().layer = builder.add(layer(text, event));
            builder.makes(open.back().space, attribute(text, event, "id"), open.back().layer);
        } else if (name == "data" && open.back().layer != GraphBuilder::none) {
            for (const auto& one : event.attributes) {
                builder.attribute(
                    builder.node(open.back().layer), slice(text, one.name), GraphBuilder::text(slice(text, one.value)));
            }
        } else if (name == "edge") {
            // The layer it leads to is made already: <edges> follows <layers>.
            builder.takesByName(
                open.back().space, attribute(text, event, "from-layer"), attribute(text, event, "to-layer"));
        }
    }
}

} // namespace cupel::formats::model_xml
