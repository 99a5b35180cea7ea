// SPDX-License-Identifier: GPL-3.0-or-later
// Graphs out of model files: who takes what from whom, in branches, functions and models within, and how they fold.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/graphs.h"
#include "analyzers/model/graph_fold.h"
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using cupel::test::field;
using cupel::test::number;

namespace {

struct Looked {
    Artifact artifact;
    Facts facts;

    Looked(std::string bytes, std::string path)
    {
        artifact.path = std::move(path);
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        const auto& format = formats::recognise(artifact.view(), artifact.fileName());
        facts.format = format.name;
        Budget budget;
        format.parse(artifact, budget, facts);
    }
};

ModelGraph graphOf(const Looked& looked)
{
    Budget budget;
    return formats::mayHaveGraph(looked.artifact, looked.facts)
        ? formats::readGraph(looked.artifact, looked.facts, budget)
        : ModelGraph();
}

// "a>b" for each edge, by the names of its nodes, else their operators.
std::string edges(const ModelGraph& graph)
{
    const auto name = [&](std::uint32_t node) {
        const auto& one = graph.nodes[node];
        return one.name.empty() ? one.op : one.name;
    };
    std::string out;
    for (const auto& edge : graph.edges) {
        out += (out.empty() ? "" : " ") + name(edge.from) + '>' + name(edge.to);
    }
    return out;
}

// An empty node: there is none of that name.
const GraphNode* named(const ModelGraph& graph, std::string_view name)
{
    static const GraphNode nobody;
    for (const auto& node : graph.nodes) {
        if (node.name == name) {
            return &node;
        }
    }
    return &nobody;
}

std::string onnxNode(const std::string& type, const std::string& name, const std::string& in, const std::string& out)
{
    return field(1, in) + field(2, out) + field(3, name) + field(4, type);
}

Looked tensorFlow(const std::string& graph)
{
    return {graph, "model.pb"};
}

std::string little(std::uint32_t value)
{
    std::string out;
    for (unsigned i = 0; i < 4; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

// A table of a flatbuffer with references to what stands at `fields`; 0: it has no such field.
std::string table(std::size_t at, const std::vector<std::size_t>& fields)
{
    const auto size = 4 + 2 * fields.size();
    std::string slots;
    std::string values;
    for (const auto field : fields) {
        slots += static_cast<char>(field == 0 ? 0 : 4 + values.size());
        slots += '\0';
        values += field == 0 ? "" : little(static_cast<std::uint32_t>(field - (at + size + 4 + values.size())));
    }
    std::string head{static_cast<char>(size), '\0', static_cast<char>(4 + values.size()), '\0'};
    return head + slots + little(static_cast<std::uint32_t>(size)) + values;
}

std::string tfNode(const std::string& name, const std::string& op, const std::vector<std::string>& inputs)
{
    std::string out = field(1, name) + field(2, op);
    for (const auto& input : inputs) {
        out += field(3, input);
    }
    return out;
}

} // namespace

CUPEL_TEST(onnx_nodes_and_edges)
{
    const std::string attribute = field(1, "axis") + number(3, 1) + number(20, 2);
    const std::string graph = field(1, onnxNode("Conv", "c", "x", "a"))
        + field(1, onnxNode("Relu", "r", "a", "b") + field(5, attribute)) + field(2, "g") + field(5, field(8, "w"))
        + field(11, field(1, "w")) + field(11, field(1, "x")) + field(12, field(1, "b"));
    const auto found = graphOf(Looked(number(1, 8) + field(7, graph) + field(8, number(2, 17)), "m.onnx"));
    CHECK_EQ(edges(found), "r>b x>c c>r");
    CHECK(found.complete());
    const auto* relu = named(found, "r");
    REQUIRE(relu->attributes.size() == 1 && !relu->inputs.empty());
    CHECK_EQ(relu->attributes[0].name, "axis");
    CHECK_EQ(relu->attributes[0].value, "1");
    CHECK_EQ(relu->inputs.front(), "a");
    CHECK(named(found, "x")->kind == GraphNode::Kind::Input);
    CHECK(named(found, "b")->kind == GraphNode::Kind::Output);
}

CUPEL_TEST(onnx_branches_see_the_graph_around_them)
{
    const std::string branch = field(1, onnxNode("Neg", "n", "a", "y")) + field(2, "then") + field(12, field(1, "y"));
    const std::string attribute = field(1, "then_branch") + field(6, branch) + number(20, 5);
    const std::string graph = field(1, onnxNode("Abs", "first", "x", "a"))
        + field(1, onnxNode("If", "choice", "a", "z") + field(5, attribute)) + field(2, "g") + field(11, field(1, "x"));
    const auto found = graphOf(Looked(number(1, 8) + field(7, graph) + field(8, number(2, 17)), "m.onnx"));
    const auto text = edges(found);
    CHECK(text.find("first>n") != std::string::npos);
    CHECK(text.find("first>choice") != std::string::npos);
    CHECK(text.find("n>y") != std::string::npos);
    CHECK_EQ(named(found, "n")->scope, "choice/then_branch");
}

CUPEL_TEST(tensorflow_names_with_numbers_and_orders)
{
    const std::string graph = field(1, tfNode("in", "Placeholder", {})) + field(1, tfNode("w", "Const", {}))
        + field(1, tfNode("layer/mul", "MatMul", {"in:0", "w"}))
        + field(1, tfNode("layer/out", "Identity", {"layer/mul", "^in"})) + field(4, number(1, 1'987));
    const auto found = graphOf(tensorFlow(graph));
    CHECK_EQ(edges(found), "in>layer/mul w>layer/mul layer/mul>layer/out in>layer/out");
    CHECK_EQ(named(found, "layer/mul")->scope, "layer");
    CHECK(named(found, "in")->kind == GraphNode::Kind::Input);
    CHECK(named(found, "w")->kind == GraphNode::Kind::Constant);
}

CUPEL_TEST(tensorflow_functions)
{
    const std::string signature = field(1, "body") + field(2, field(1, "arg")) + field(3, field(1, "res"));
    const std::string function = field(1, signature) + field(3, tfNode("twice", "AddV2", {"arg", "arg"}))
        + field(4, field(1, "res") + field(2, "twice:z:0"));
    const std::string graph =
        field(1, tfNode("call", "PartitionedCall", {})) + field(2, field(1, function)) + field(4, number(1, 1'987));
    const auto found = graphOf(tensorFlow(graph));
    CHECK(edges(found).find("twice>res") != std::string::npos);
    CHECK(edges(found).find("arg>twice") != std::string::npos);
    CHECK_EQ(named(found, "twice")->scope, "function body");
}

CUPEL_TEST(keras_three_and_two)
{
    const auto layer = [](const std::string& name, const std::string& inbound) {
        return R"({"class_name":"Dense","name":")" + name + R"(","config":{"name":")" + name
            + R"(","units":4},"inbound_nodes":)" + inbound + "}";
    };
    const auto config = [](const std::string& layers) {
        return R"({"class_name":"Functional","keras_version":"3.1.0","config":{"name":"m","layers":[)" + layers + "]}}";
    };
    const std::string history =
        R"([{"args":[{"class_name":"__keras_tensor__","config":{"shape":[null,4],"dtype":"float32","keras_history":["a",0,0]}}],"kwargs":{}}])";
    const auto three = graphOf(Looked(config(layer("a", "[]") + "," + layer("b", history)), "config.json"));
    CHECK_EQ(edges(three), "a>b");
    REQUIRE(!named(three, "b")->attributes.empty());
    CHECK_EQ(named(three, "b")->attributes.front().value, "4");
    const auto two = graphOf(Looked(config(layer("a", "[]") + "," + layer("b", R"([[["a", 0, 0, {}]]])") + ","
                                        + layer("c", R"([[["a",0,0,{}],["b",0,0,{}]]])")),
        "config.json"));
    CHECK_EQ(edges(two), "a>b a>c b>c");
}

CUPEL_TEST(keras_sequential_with_a_model_within)
{
    const std::string inner =
        R"({"class_name":"Sequential","config":{"name":"inner","layers":[{"class_name":"Dense","config":{"name":"i1"}},{"class_name":"Dense","config":{"name":"i2"}}]}})";
    const std::string config =
        R"({"class_name":"Sequential","keras_version":"3.1.0","config":{"name":"m","layers":[{"class_name":"Dense","config":{"name":"a"}},)"
        + inner + R"(,{"class_name":"Dense","config":{"name":"z"}}]}})";
    const auto found = graphOf(Looked(config, "config.json"));
    const auto text = edges(found);
    CHECK(text.find("a>i1") != std::string::npos);
    CHECK(text.find("i1>i2") != std::string::npos);
    CHECK(text.find("i2>z") != std::string::npos);
    CHECK_EQ(named(found, "i1")->scope, "inner");
}

CUPEL_TEST(torchscript_forward)
{
    const std::string source = "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  conv : Module\n"
                               "  def forward(self: Module,\n    x: Tensor) -> Tensor:\n    conv = self.conv\n"
                               "    _0 = getattr(self, \"1\")\n"
                               "    input = torch.relu((conv).forward(x, ))\n"
                               "    return torch.add((_0).forward(input, ), x)\n";
    const auto found = graphOf(Looked(source, "m.pt!m/code/__torch__.py"));
    std::string kinds;
    for (const auto& node : found.nodes) {
        kinds += node.op + ':' + node.name + ' ';
    }
    CHECK(kinds.find("forward:self.conv") != std::string::npos);
    CHECK(kinds.find("forward:1 ") != std::string::npos);
    CHECK(kinds.find("getattr") == std::string::npos);
    const auto text = edges(found);
    CHECK(text.find("x>self.conv") != std::string::npos);
    CHECK(text.find("self.conv>relu") != std::string::npos);
    CHECK(text.find("relu>1") != std::string::npos);
    CHECK(text.find("1>add") != std::string::npos);
    CHECK(text.find("x>add") != std::string::npos);
    CHECK(text.find("add>return") != std::string::npos);
}

CUPEL_TEST(openvino_layers)
{
    const std::string xml = "<?xml version=\"1.0\"?>\n<net name=\"n\" version=\"11\"><layers>"
                            "<layer id=\"0\" name=\"in\" type=\"Parameter\" version=\"opset1\"><data shape=\"1,3\" "
                            "element_type=\"f32\"/></layer>"
                            "<layer id=\"1\" name=\"a/relu\" type=\"ReLU\" version=\"opset1\"/>"
                            "<layer id=\"2\" name=\"out\" type=\"Result\" version=\"opset1\"/></layers>"
                            "<edges><edge from-layer=\"0\" from-port=\"0\" to-layer=\"1\" to-port=\"0\"/>"
                            "<edge from-layer=\"1\" from-port=\"1\" to-layer=\"2\" to-port=\"0\"/></edges></net>";
    const auto found = graphOf(Looked(xml, "m.xml"));
    CHECK_EQ(edges(found), "in>a/relu a/relu>out");
    REQUIRE(!named(found, "in")->attributes.empty());
    CHECK_EQ(named(found, "in")->attributes.front().value, "1,3");
}

CUPEL_TEST(other_files_have_none)
{
    CHECK(graphOf(Looked("\x80\x04}.", "a.pkl")).nodes.empty());
    CHECK(graphOf(Looked("import os\n", "a.py")).nodes.empty());
    CHECK(graphOf(Looked("", "a.onnx")).nodes.empty());
}

CUPEL_TEST(broken_files_give_what_they_have)
{
    std::string graph;
    for (int i = 0; i < 20; ++i) {
        graph +=
            field(1, onnxNode("Relu", "n" + std::to_string(i), "t" + std::to_string(i), "t" + std::to_string(i + 1)));
    }
    const std::string whole = number(1, 8) + field(7, graph) + field(8, number(2, 17));
    for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
        const Looked looked(whole.substr(0, cut), "m.onnx");
        Budget budget;
        const auto found = formats::readGraph(looked.artifact, looked.facts, budget);
        for (const auto& edge : found.edges) {
            CHECK(edge.from < found.nodes.size() && edge.to < found.nodes.size());
        }
    }
}

CUPEL_TEST(shared_tables_are_bounded)
{
    // One graph: 300 times the same operator with 100,000 inputs, all the same tensor.
    constexpr std::size_t model = 16; // references lead forward
    constexpr std::size_t graphs = 48;
    constexpr std::size_t graph = 64;
    constexpr std::size_t tensors = 96;
    constexpr std::size_t nodes = 104;
    constexpr std::size_t tensor = 1'312;
    constexpr std::size_t node = 1'344;
    constexpr std::size_t inputs = 1'360;
    std::string file(inputs, '\0');
    const auto tableAt = [&file](std::size_t at, const std::vector<std::size_t>& fields) {
        const auto bytes = table(at, fields);
        file.replace(at, bytes.size(), bytes);
        return at + 4 + 2 * fields.size(); // where references lead to
    };
    const auto list = [&file](std::size_t at, std::size_t count, std::size_t target) {
        std::string bytes = little(static_cast<std::uint32_t>(count));
        for (std::size_t i = 0; i < count; ++i) {
            bytes += little(static_cast<std::uint32_t>(target - (at + 4 + 4 * i)));
        }
        file.replace(at, bytes.size(), bytes);
    };
    list(nodes, 300, tableAt(node, {0, inputs}));
    list(tensors, 1, tableAt(tensor, {0, 0, 0, 0}));
    list(graphs, 1, tableAt(graph, {tensors, 0, 0, nodes}));
    file.replace(0, 8, little(static_cast<std::uint32_t>(tableAt(model, {0, 0, graphs}))) + "TFL3");
    file += little(100'000) + std::string(400'000, '\0');
    Looked looked("", "m.tflite");
    looked.artifact.bytes = std::make_shared<const std::string>(file);
    looked.facts.format = "tflite";
    const auto found = graphOf(looked);
    CHECK(found.stopped);
    CHECK(found.nodes.size() > 10);
}

CUPEL_TEST(what_a_builder_keeps_is_bounded)
{
    formats::GraphBuilder builder;
    const auto space = builder.addSpace();
    GraphNode node;
    for (int i = 0; i < 500; ++i) {
        node.scope = formats::GraphBuilder::joined(node.scope, "a_name\u00e9");
    }
    CHECK(node.scope.size() <= ModelGraph::longestScope && isUtf8(node.scope));
    node.scope += node.scope;
    const auto made = builder.add(node);
    CHECK(builder.node(made).scope.size() <= ModelGraph::longestScope);
    builder.makes(space, "a", made);
    for (std::size_t i = 0; i < 3 * ModelGraph::mostEdges; ++i) {
        builder.takes(space, "a", made);
    }
    Budget budget;
    const auto graph = builder.finish(budget);
    CHECK(graph.stopped);
    CHECK_EQ(graph.edges.size(), ModelGraph::mostEdges);
    CHECK_EQ(graph.edgeCount, 2 * ModelGraph::mostEdges);
}

CUPEL_TEST(texts_of_all_nodes_are_bounded)
{
    formats::GraphBuilder builder;
    for (int i = 0; i < 5; ++i) {
        GraphNode node;
        node.name.assign(std::size_t{80} << 20, 'n');
        builder.add(std::move(node));
    }
    Budget budget;
    const auto graph = builder.finish(budget);
    CHECK(graph.stopped);
    CHECK_EQ(graph.nodes.size(), 3U);
    CHECK_EQ(graph.nodeCount, 5U);
}

CUPEL_TEST(joining_can_be_stopped)
{
    formats::GraphBuilder builder;
    const auto space = builder.addSpace();
    const auto made = builder.add({});
    builder.makes(space, "a", made);
    for (int i = 0; i < 10'000; ++i) {
        builder.takes(space, "a", made);
    }
    std::stop_source source;
    source.request_stop();
    Budget budget(Limits{}, source.get_token());
    const auto graph = builder.finish(budget);
    CHECK(graph.stopped);
    CHECK(graph.edges.size() < 10'000);
}
