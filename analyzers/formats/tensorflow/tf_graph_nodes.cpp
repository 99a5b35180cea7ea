// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of TensorFlow's graphs: those of SavedModels and MetaGraphs, frozen ones, and of every function in their
// libraries. Inputs are names of nodes: "name", "name:1", in functions "name:output:0", and "^name" for an order.
#include "analyzers/base/budget.h"
#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <bit>
#include <map>

namespace cupel::formats::tensorflow {

namespace {

class GraphWalk {
public:
    GraphWalk(ByteView file, GraphBuilder& builder)
        : m_file(file)
        , m_builder(builder)
    {
    }

    void run(Message root, Budget& budget)
    {
        ProtoWalk walk(m_file, shapes, budget);
        walk.push(root, {0, m_file.size()});
        for (ProtoMessage message; walk.next(message);) {
            while (!m_open.empty() && m_open.back().depth >= message.depth) {
                m_open.pop_back();
            }
            if (message.kind == Graph) {
                m_open.push_back({message.depth, m_builder.addSpace(), {}, GraphBuilder::none});
            } else if (message.kind == Function) {
                function(message);
            } else if (message.kind == Node) {
                node(message);
            } else if (message.kind == AttrEntry && message.parent == Node) {
                attribute(message.bytes);
            }
        }
        if (walk.stopped()) {
            m_builder.stop();
        }
    }

private:
    struct Open {
        std::size_t depth;
        GraphBuilder::Space space;
        std::string scope;
        std::uint32_t node; // none: a graph or a function
    };

    [[nodiscard]] ByteView text(ByteRange message, std::uint32_t field) const
    {
        return slice(m_file, lastBytes(m_file, message, field));
    }

    void function(const ProtoMessage& message)
    {
        const auto signature = lastBytes(m_file, message.bytes, 1);
        Open open{message.depth, m_builder.addSpace(), "function " + GraphBuilder::text(text(signature, 1)),
            GraphBuilder::none};
        std::map<ByteView, std::uint32_t> outputs;
        ProtoReader reader(m_file, signature);
        for (ProtoField field; reader.next(field);) {
            if (field.wire != ProtoWire::Bytes || (field.number != 2 && field.number != 3)) {
                continue;
            }
            GraphNode end;
            end.kind = field.number == 2 ? GraphNode::Kind::Input : GraphNode::Kind::Output;
            const auto name = text(field.bytes, 1);
            end.name = GraphBuilder::text(name);
            end.scope = open.scope;
            end.bytes = field.bytes;
            const auto made = m_builder.add(std::move(end));
            if (field.number == 2) {
                m_builder.makes(open.space, name, made);
            } else {
                outputs.emplace(name, made);
            }
        }
        reader = ProtoReader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number == 4 && field.wire == ProtoWire::Bytes) { // what an output is
                if (const auto end = outputs.find(text(field.bytes, 1)); end != outputs.end()) {
                    take(open.space, text(field.bytes, 2), end->second);
                }
            }
        }
        m_open.push_back(std::move(open));
    }

    void take(GraphBuilder::Space space, ByteView input, std::uint32_t node)
    {
        auto name = input.substr(input.starts_with('^') ? 1 : 0);
        m_builder.takes(space, name.substr(0, name.find(':')), node, input);
    }

    void node(const ProtoMessage& message)
    {
        if (m_open.empty()) {
            return;
        }
        const auto space = m_open.back().space;
        const auto name = text(message.bytes, 1);
        GraphNode made;
        made.op = GraphBuilder::text(text(message.bytes, 2));
        if (made.op == "Placeholder") {
            made.kind = GraphNode::Kind::Input;
        } else if (made.op == "Const" || made.op.starts_with("VarHandle") || made.op.starts_with("Variable")) {
            made.kind = GraphNode::Kind::Constant;
        }
        made.name = GraphBuilder::text(name);
        made.scope = m_open.back().scope;
        if (const auto last = made.name.rfind('/'); last != std::string::npos) {
            made.scope = GraphBuilder::joined(made.scope, std::string_view(made.name).substr(0, last));
        }
        made.bytes = message.bytes;
        if (const auto device = text(message.bytes, 4); !device.empty()) {
            m_builder.attribute(made, "device", GraphBuilder::text(device));
        }
        ProtoReader reader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number == 3 && field.wire == ProtoWire::Bytes) {
                GraphBuilder::part(made.inputs, slice(m_file, field.bytes));
            }
        }
        const std::string scope = m_open.back().scope;
        const auto index = m_builder.add(std::move(made));
        m_builder.makes(space, name, index);
        reader = ProtoReader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number == 3 && field.wire == ProtoWire::Bytes) {
                take(space, slice(m_file, field.bytes), index);
            }
        }
        m_open.push_back({message.depth, space, scope, index});
    }

    void attribute(ByteRange entry)
    {
        if (m_open.empty() || m_open.back().node == GraphBuilder::none) {
            return;
        }
        const auto key = text(entry, 1);
        if (key.starts_with('_')) {
            return;
        }
        std::string value;
        ProtoReader reader(m_file, lastBytes(m_file, entry, 2));
        for (ProtoField field; reader.next(field) && value.size() < ModelGraph::longestText;) {
            value += (value.empty() ? "" : ", ") + word(field);
        }
        m_builder.attribute(m_builder.node(m_open.back().node), key, GraphBuilder::text(value));
    }

    [[nodiscard]] std::string word(const ProtoField& field) const
    {
        switch (field.number) {
        case 1:
            return list(field.bytes);
        case 2:
            return '"' + std::string(slice(m_file, field.bytes).substr(0, 120)) + '"';
        case 3:
            return std::to_string(static_cast<std::int64_t>(field.value));
        case 4:
            return std::to_string(std::bit_cast<float>(static_cast<std::uint32_t>(field.value)));
        case 5:
            return field.value != 0 ? "true" : "false";
        case 6:
            return "type " + std::to_string(field.value);
        case 7:
            return shape(field.bytes);
        case 8:
            return "tensor " + shape(lastBytes(m_file, field.bytes, 2));
        case 10:
            return "function " + std::string(text(field.bytes, 1));
        default:
            return {};
        }
    }

    [[nodiscard]] std::string list(ByteRange bytes) const
    {
        std::string out;
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field) && out.size() < ModelGraph::longestText;) {
            if (field.number == 3 && field.wire == ProtoWire::Bytes) { // packed
                auto at = field.bytes.start;
                std::uint64_t one = 0;
                while (out.size() < ModelGraph::longestText && nextPacked(m_file, at, field.bytes.end, one)) {
                    out += (out.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(one));
                }
            } else if (field.number != 1) {
                out += (out.empty() ? "" : ", ") + word(field);
            }
        }
        return '[' + out + ']';
    }

    [[nodiscard]] std::string shape(ByteRange bytes) const
    {
        std::string out;
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field) && out.size() < ModelGraph::longestText;) {
            if (field.number == 2 && field.wire == ProtoWire::Bytes) {
                out += (out.empty() ? "" : " \u00d7 ")
                    + std::to_string(static_cast<std::int64_t>(lastNumber(m_file, field.bytes, 1, 0)));
            } else if (field.number == 3 && field.value != 0) {
                return "any shape";
            }
        }
        return out.empty() ? "scalar" : out;
    }

    ByteView m_file;
    GraphBuilder& m_builder;
    std::vector<Open> m_open;
};

} // namespace

void readGraph(ByteView file, std::string_view fileName, GraphBuilder& builder, Budget& budget)
{
    const auto kind = kindOf(file.substr(0, std::size_t{64} << 10), file.size(), fileName);
    if (kind == Kind::SavedModel || kind == Kind::MetaGraph || kind == Kind::Graph) {
        GraphWalk(file, builder)
            .run(kind == Kind::SavedModel     ? SavedModel
                    : kind == Kind::MetaGraph ? MetaGraph
                                              : Graph,
                budget);
    }
}

} // namespace cupel::formats::tensorflow
