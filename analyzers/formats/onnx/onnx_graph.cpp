// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of an ONNX model, those of branches, loops and functions too. Weights are no nodes: they stand among the
// inputs of whoever takes them.
#include "analyzers/base/budget.h"
#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/onnx/onnx_schema.h"

#include <bit>
#include <set>

namespace cupel::formats::onnx {

namespace {

constexpr std::size_t mostNumbers = 12; // of a list that are shown

class GraphWalk {
public:
    GraphWalk(ByteView file, GraphBuilder& builder)
        : m_file(file)
        , m_builder(builder)
    {
    }

    void run(Budget& budget)
    {
        ProtoWalk walk(m_file, shapes, budget);
        walk.push(Model, {0, m_file.size()});
        for (ProtoMessage message; walk.next(message);) {
            while (!m_open.empty() && m_open.back().depth >= message.depth) {
                m_open.pop_back();
            }
            if (message.kind == Graph || message.kind == Function) {
                graph(message);
            } else if (message.kind == Node) {
                node(message);
            } else if (message.kind == Attribute) {
                attribute(message);
            }
        }
        if (walk.stopped()) {
            m_builder.stop();
        }
    }

private:
    // What the messages that follow, as long as they are deeper, belong to.
    struct Open {
        std::size_t depth;
        GraphBuilder::Space space;
        std::uint32_t node; // none: a graph
        std::string scope;
        std::string attribute; // of the node: the branch
    };

    [[nodiscard]] ByteView text(ByteRange message, std::uint32_t field) const
    {
        return slice(m_file, lastBytes(m_file, message, field));
    }

    void graph(const ProtoMessage& message)
    {
        const bool function = message.kind == Function;
        Open open{message.depth, m_builder.addSpace(m_open.empty() ? GraphBuilder::none : m_open.back().space),
            GraphBuilder::none, {}, {}};
        if (function) {
            open.scope = "function " + GraphBuilder::text(text(message.bytes, 1));
        } else if (!m_open.empty()) {
            open.scope = m_open.back().scope;
            const auto& owner = m_open.back();
            if (owner.node != GraphBuilder::none) {
                const auto& node = m_builder.node(owner.node);
                open.scope = GraphBuilder::joined(open.scope, node.name.empty() ? node.op : node.name);
                open.scope = GraphBuilder::joined(open.scope, owner.attribute);
            }
        }
        std::set<ByteView> weights; // files before IR version 4 name them as inputs too
        ProtoReader reader(m_file, message.bytes);
        for (ProtoField field; !function && reader.next(field);) {
            if (field.number == 5 && field.wire == ProtoWire::Bytes) {
                weights.insert(text(field.bytes, 8));
            }
        }
        reader = ProtoReader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            const bool input = field.number == (function ? 4U : 11U);
            const bool output = field.number == (function ? 5U : 12U);
            if (field.wire == ProtoWire::Bytes && (input || output)) {
                const auto name = function ? slice(m_file, field.bytes) : text(field.bytes, 1);
                if (input && weights.contains(name)) {
                    continue;
                }
                GraphNode end;
                end.kind = input ? GraphNode::Kind::Input : GraphNode::Kind::Output;
                end.name = GraphBuilder::text(name);
                end.scope = open.scope;
                end.bytes = field.bytes;
                const auto made = m_builder.add(std::move(end));
                if (input) {
                    m_builder.makes(open.space, name, made);
                } else {
                    m_builder.takes(open.space, name, made);
                }
            }
        }
        m_open.push_back(std::move(open));
    }

    void node(const ProtoMessage& message)
    {
        if (m_open.empty()) {
            return;
        }
        const auto space = m_open.back().space;
        GraphNode made;
        made.op = GraphBuilder::text(text(message.bytes, 4));
        made.domain = GraphBuilder::text(text(message.bytes, 7));
        made.name = GraphBuilder::text(text(message.bytes, 3));
        made.scope = m_open.back().scope;
        made.bytes = message.bytes;
        ProtoReader reader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.wire == ProtoWire::Bytes && (field.number == 1 || field.number == 2)) {
                GraphBuilder::part(field.number == 1 ? made.inputs : made.outputs, slice(m_file, field.bytes));
            }
        }
        const std::string scope = made.scope;
        const auto index = m_builder.add(std::move(made));
        reader = ProtoReader(m_file, message.bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.wire == ProtoWire::Bytes && field.number == 1) {
                m_builder.takes(space, slice(m_file, field.bytes), index);
            } else if (field.wire == ProtoWire::Bytes && field.number == 2) {
                m_builder.makes(space, slice(m_file, field.bytes), index);
            }
        }
        m_open.push_back({message.depth, space, index, scope, {}});
    }

    void attribute(const ProtoMessage& message)
    {
        if (m_open.empty() || m_open.back().node == GraphBuilder::none) {
            return;
        }
        auto& owner = m_open.back();
        owner.attribute = GraphBuilder::text(text(message.bytes, 1));
        std::string value;
        std::size_t listed = 0;
        ProtoReader reader(m_file, message.bytes);
        for (ProtoField field; reader.next(field) && value.size() < ModelGraph::longestText;) {
            add(field, value, listed);
        }
        m_builder.attribute(m_builder.node(owner.node), owner.attribute, GraphBuilder::text(value));
    }

    static std::string real(std::uint64_t bits)
    {
        return std::to_string(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }

    static void item(std::string& value, std::size_t& listed, const std::string& one)
    {
        if (listed < mostNumbers) {
            value += (value.empty() ? "" : ", ") + one;
        } else if (listed == mostNumbers) {
            value += ", \u2026";
        }
        ++listed;
    }

    void add(const ProtoField& field, std::string& value, std::size_t& listed) const
    {
        const auto whole = [](std::uint64_t number) { return std::to_string(static_cast<std::int64_t>(number)); };
        switch (field.number) {
        case 2:
            item(value, listed, real(field.value));
            break;
        case 3:
            item(value, listed, whole(field.value));
            break;
        case 4:
        case 9:
            item(value, listed, '"' + std::string(slice(m_file, field.bytes).substr(0, 120)) + '"');
            break;
        case 5:
            item(value, listed, "tensor " + std::string(text(field.bytes, 8)));
            break;
        case 6:
            item(value, listed, "graph " + std::string(text(field.bytes, 2)));
            break;
        case 7:
            numbers(field, value, listed, true);
            break;
        case 8:
            numbers(field, value, listed, false);
            break;
        default:
            break;
        }
    }

    // Lists are packed, or one field for each.
    void numbers(const ProtoField& field, std::string& value, std::size_t& listed, bool reals) const
    {
        if (field.wire != ProtoWire::Bytes) {
            item(value, listed, reals ? real(field.value) : std::to_string(static_cast<std::int64_t>(field.value)));
            return;
        }
        auto at = field.bytes.start;
        std::uint64_t one = 0;
        while (!reals && listed <= mostNumbers && nextPacked(m_file, at, field.bytes.end, one)) {
            item(value, listed, std::to_string(static_cast<std::int64_t>(one)));
        }
        while (reals && listed <= mostNumbers && at + 4 <= field.bytes.end && at + 4 <= m_file.size()) {
            std::uint32_t bits = 0;
            for (unsigned i = 0; i < 4; ++i) {
                bits |= std::uint32_t{static_cast<std::uint8_t>(m_file[at + i])} << (8 * i);
            }
            item(value, listed, real(bits));
            at += 4;
        }
    }

    ByteView m_file;
    GraphBuilder& m_builder;
    std::vector<Open> m_open;
};

} // namespace

void readGraph(ByteView file, GraphBuilder& builder, Budget& budget)
{
    GraphWalk(file, builder).run(budget);
}

} // namespace cupel::formats::onnx
