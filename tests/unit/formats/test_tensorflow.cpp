// SPDX-License-Identifier: GPL-3.0-or-later
// TensorFlow's files written by hand: each flaw has its bytes, and the same without it is clean.
#include "analyzers/formats/tf_operators.h"
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::field;
using test::Looked;
using test::number;

namespace {

std::string attribute(std::string_view key, std::string_view value)
{
    return field(5, field(1, key) + field(2, value));
}

std::string node(std::string_view op, std::string_view attributes = {})
{
    return field(1, field(1, "n") + field(2, op) + std::string(attributes));
}

std::string saved(const std::string& graph, const std::string& more = {})
{
    return number(1, 1) + field(2, field(1, field(4, "serve") + field(5, "2.16.1")) + field(2, graph) + more);
}

std::string function(std::string_view name, const std::string& body)
{
    return field(2, field(1, field(1, field(1, name)) + "\x1a" + body.substr(1)));
}

Looked look(const std::string& bytes, std::string name = "model.bin")
{
    return Looked(bytes, std::move(name));
}

} // namespace

CUPEL_TEST(files_of_tensorflow_are_told_apart)
{
    const auto graph = node("Placeholder") + node("Relu");
    const auto model = look(saved(graph));
    CHECK_EQ(model.model().kind, "TensorFlow SavedModel");
    CHECK_EQ(model.model().producer, "TensorFlow 2.16.1");
    CHECK_EQ(model.model().operators.size(), 2);
    CHECK(model.isClean());
    CHECK_EQ(look(graph).model().kind, "TensorFlow graph");
    CHECK_EQ(look(field(1, field(5, "1.15")) + field(2, graph)).model().kind, "TensorFlow meta graph");
    CHECK_EQ(
        look(field(1, number(2, 0) + field(3, "root") + field(4, "_tf_keras_layer") + field(5, "{}"))).model().kind,
        "Keras metadata of a SavedModel");
    CHECK_EQ(look(std::string(64, '\1'), "variables.data-00000-of-00001").model().kind,
        "weights of a TensorFlow checkpoint");
    CHECK_EQ(look("cos\nsystem\n(S'id'\ntR.", "variables.data-00000-of-00001").format(), "pickle");
    CHECK_EQ(look(field(1, field(1, "a.proto") + field(2, "pkg") + field(4, field(1, "M")))).format(), "protobuf");
}

CUPEL_TEST(operators_are_graded)
{
    CHECK(look(saved(node("PyFunc"))).hasFinding("CUP-TF-CODE"));
    CHECK(look(saved(node("WriteFile"))).hasFinding("CUP-TF-FILES"));
    CHECK(look(saved(node("RpcCall"))).hasFinding("CUP-TF-NETWORK"));
    CHECK(look(saved(node("Abort"))).hasFinding("CUP-TF-SUSPICIOUS"));
    CHECK(look(saved(node("AcmeThing"))).hasFinding("CUP-TF-UNKNOWN-OP"));
    CHECK(look(saved(node("Addons>Gelu"))).hasFinding("CUP-TF-LIBRARY-OP"));
    for (const auto* known : {"SaveV2", "RestoreV2", "MergeV2Checkpoints", "Conv2D", "PartitionedCall", "_Arg"}) {
        CHECK(look(saved(node(known))).isClean());
    }
    CHECK(look(saved(node("InitializeTableFromTextFileV2"))).hasFinding("CUP-TF-SUSPICIOUS"));
    const auto vocabulary = look(saved(node("InitializeTableFromTextFileV2"), field(6, field(2, "words.txt"))));
    CHECK(vocabulary.hasFinding("CUP-TF-VOCABULARY"));
    CHECK(!vocabulary.hasFinding("CUP-TF-SUSPICIOUS"));
    CHECK(formats::classify("ReadFile") == formats::TfOperator::Files);
    CHECK(formats::classify("readfile") == formats::TfOperator::Unknown);
    CHECK(formats::classify("") == formats::TfOperator::Unknown);
}

// Of each graph and function, by what they can do.
CUPEL_TEST(operators_are_counted_by_graph)
{
    const auto graph = node("Relu") + node("Relu") + node("ReadFile") + node("inner");
    const auto two = look(saved(graph + function("inner", node("PyFunc"))), "saved_model.pb");
    std::string all;
    for (const auto& one : two.model().metadata) {
        all += one.key == "graph" || one.key.starts_with("function ") ? one.key + ": " + one.value + "; " : "";
    }
    CHECK_EQ(all,
        "graph: 4 operators: 1 opening files, 2 harmless, 1 calls of functions or unknown; "
        "function inner: 1 operator: 1 running code; ");
}

// Only so many are told one by one. The others are judged like them, and told together.
CUPEL_TEST(graphs_beyond_the_limit_are_told_together)
{
    std::string many;
    for (int i = 1; i < 2'100; ++i) {
        many += function("f" + std::to_string(i), node("Relu"));
    }
    const auto graph = node("f1") + node("f2099");
    const auto plain = look(saved(graph + many), "saved_model.pb");
    CHECK(plain.isClean());
    const auto& fields = plain.model().metadata;
    const auto first = std::find_if(fields.begin(), fields.end(), [](const auto& one) { return one.key == "graph"; });
    REQUIRE(first != fields.end());
    CHECK_EQ(first->value, "2 operators: 2 calls of functions or unknown"); // nothing of what is not listed
    CHECK_EQ(fields.back().key, "100 other graphs and functions");
    CHECK_EQ(fields.back().value, "100 operators: 100 harmless");
    const auto late = look(saved(graph + many + function("late", node("PyFunc"))), "saved_model.pb");
    CHECK(late.hasFinding("CUP-TF-CODE"));
    CHECK_EQ(late.model().metadata.back().value, "101 operators: 1 running code, 100 harmless");
}

// A crowd of calls of functions hides no operator that nobody knows.
CUPEL_TEST(unknown_operators_hide_in_no_crowd)
{
    std::string calls;
    for (int i = 0; i < 3'000; ++i) {
        calls += node("f");
    }
    const auto one = look(saved(calls + node("AcmeThing") + node("AcmeThing") + function("f", node("Relu"))));
    CHECK(one.hasFinding("CUP-TF-UNKNOWN-OP"));
    for (const auto& flaw : one.model().flaws) {
        CHECK_EQ(flaw.code, "tf-unknown-op");
        CHECK_EQ(flaw.count, 2U);
    }
    std::string names;
    for (int i = 0; i < 10'100; ++i) {
        names += node("g" + std::to_string(i)) + function("g" + std::to_string(i), node("Relu"));
    }
    CHECK(!look(saved(names)).isComplete()); // some may be no functions
}

CUPEL_TEST(graphs_hide_nowhere)
{
    const auto bad = node("ReadFile");
    CHECK(look(saved(function("f", bad))).hasFinding("CUP-TF-FILES"));
    CHECK(look(saved(node("f") + function("f", node("Relu")))).isClean()); // a call of a function
    // A second meta graph, and a graph that is written in two parts.
    CHECK(look(saved(node("Relu")) + field(2, field(2, bad))).hasFinding("CUP-TF-FILES"));
    CHECK(look(saved(node("Relu"), field(2, bad))).hasFinding("CUP-TF-FILES"));
    // In a text of an attribute, of a constant, of a list, and in a graph in such a text.
    const auto inText = attribute("graph", field(2, bad));
    const auto inConstant = attribute("value", field(8, number(1, 7) + field(8, bad)));
    const auto inList = attribute("list", field(1, field(2, "x") + field(2, bad)));
    for (const auto& place : {inText, inConstant, inList}) {
        const auto hidden = look(saved(node("Const", place)));
        CHECK(hidden.hasFinding("CUP-TF-NESTED-GRAPH"));
        CHECK(hidden.hasFinding("CUP-TF-FILES"));
    }
    CHECK(look(saved(node("Const", attribute("g", field(2, node("Const", inConstant)))))).hasFinding("CUP-TF-FILES"));
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += field(8, node("Relu"));
    }
    const auto side = look(saved(node("Const", attribute("value", field(8, many + field(8, bad))))));
    CHECK(side.hasFinding("CUP-TF-FILES")); // beside each other, not inside
    CHECK(!side.hasFinding("CUP-TF-TOO-DEEP"));
}

CUPEL_TEST(assets_texts_and_constants)
{
    for (const std::string_view path : {"../x", "/etc/x", "gs://bucket/x", "C:\\x"}) {
        CHECK(look(saved(node("Relu"), field(6, field(2, path)))).hasFinding("CUP-TF-ASSET-PATH"));
    }
    CHECK(look(saved(node("Relu"), field(6, field(2, "words.txt")))).isClean());
    CHECK(
        look(saved(node("PrintV2", attribute("output_stream", field(2, "file:///tmp/x"))))).hasFinding("CUP-TF-FILES"));
    const auto constant = [](std::string_view content) {
        const auto shape = field(2, field(2, number(1, 2)));
        return look(saved(node("Const", attribute("value", field(8, number(1, 1) + shape + field(4, content))))));
    };
    CHECK(constant("12345678").isClean());
    CHECK_EQ(constant("12345678").model().tensors[0].shape[0], 2);
    CHECK(constant("1234567").hasFinding("CUP-TF-TENSOR-SIZE"));
    const auto keras = R"({"class_name": "Lambda", "config": {"function": "lambda x: x"}})";
    CHECK(look(saved(node("Relu"), field(7, field(1, field(4, field(1, "_tf_keras_model") + field(3, keras))))))
            .hasFinding("CUP-KERAS-CODE"));
    CHECK(look(field(1, number(2, 0) + field(3, "r") + field(4, "_tf_keras_x") + field(5, keras)))
            .hasFinding("CUP-KERAS-CODE"));
}

CUPEL_TEST(broken_graphs_are_never_clean)
{
    const auto whole = saved(node("Placeholder") + node("Relu"), field(6, field(2, "a.txt")));
    for (std::size_t cut = 3; cut < whole.size(); ++cut) {
        CHECK(!look(whole.substr(0, cut)).isClean());
    }
    // Longer than the message around it.
    CHECK(!look(node("Relu") + node("Const", attribute("a", "\x0a\x7f"))).isClean());
    std::string deep = "x";
    for (int i = 0; i < 80; ++i) {
        deep = field(10, field(1, "f") + field(2, field(1, "k") + field(2, deep)));
    }
    CHECK(look(node("Relu") + node("Const", attribute("a", deep))).hasFinding("CUP-TF-TOO-DEEP"));
}
