// SPDX-License-Identifier: GPL-3.0-or-later
// What Keras' safe_mode and skops' list of trusted types make of a file. What is expected here was seen with Keras
// 3.15.1 and skops 0.16.0.
#include "analyzers/engine/analyze.h"
#include "analyzers/rules/pickle/loaders.h"
#include "tests/unit/check.h"

using namespace cupel;
using namespace std::string_literals;

namespace {

using Answers = std::vector<rules::pickle::LoaderAnswer>;

Answers answersAbout(std::string bytes, std::string name)
{
    Artifact artifact;
    artifact.path = std::move(name);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    Budget budget;
    ScanOptions options;
    options.keepBytes = true;
    const auto analysis = engine::analyze(std::move(artifact), options, budget, nullptr);
    return rules::pickle::loaderAnswers(analysis.artifact, analysis.facts);
}

std::string kindsOf(const Answers& answers)
{
    std::string out;
    for (const auto& one : answers) {
        out += (out.empty() ? "" : " ") + std::string(toString(one.kind));
    }
    return out;
}

bool hasRisk(const Answers& answers, std::string_view cve)
{
    for (const auto& one : answers) {
        for (const auto risk : one.risks) {
            if (risk.find(cve) != std::string_view::npos) {
                return true;
            }
        }
    }
    return false;
}

// A model of one layer.
Answers keras(const std::string& layer)
{
    return answersAbout(R"({"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [)" + layer
            + R"(]}, "registered_name": null})",
        "config.json");
}

std::string layer(const std::string& module, const std::string& name, const std::string& config)
{
    return R"({"module": ")" + module + R"(", "class_name": ")" + name + R"(", "config": )" + config + '}';
}

std::string function(const std::string& module, const std::string& name)
{
    return R"({"name": "l", "function": {"module": ")" + module + R"(", "class_name": "function", "config": ")" + name
        + R"("}})";
}

Answers skops(const std::string& content, const std::string& protocol = "2")
{
    return answersAbout(R"({"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "key_types": )"
                        R"({"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "content": []},)"
                        R"("content": {"x": )"
            + content + R"(}, "protocol": )" + protocol + R"(, "_skops_version": "0.16.0"})",
        "schema.json");
}

std::string node(const std::string& loader, const std::string& module, const std::string& name,
    const std::string& rest = "\"content\": null")
{
    return R"({"__class__": ")" + name + R"(", "__module__": ")" + module + R"(", "__loader__": ")" + loader + R"(", )"
        + rest + '}';
}

std::string untrusted(const Answers& answers)
{
    std::string out;
    for (const auto& [type, place] :
        answers.empty() ? decltype(Answers::value_type::untrusted)() : answers[0].untrusted) {
        out += (out.empty() ? "" : " ") + type;
        CHECK_EQ(place.empty(), false);
    }
    return out;
}

} // namespace

CUPEL_TEST(safe_mode_refuses_what_it_refuses)
{
    const std::string code = R"({"class_name": "__lambda__", "config": {"code": "4wEAAAAAAAAAAAAAAAIAAAADAAAA"}})";
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Dense", "{}"))), "reads reads");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", R"({"function": )" + code + '}'))), "refuses runs");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", function("keras.ops", "abs")))), "reads reads");
    // A name that nobody but the loading program can have: seen with Keras 3.15.1, TypeError in both modes.
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", function("builtins", "relu")))), "reads reads");
    const auto unknown = keras(layer("keras.layers", "Lambda", function("builtins", "scale")));
    CHECK_EQ(kindsOf(unknown), "refuses refuses");
    CHECK(unknown[0].why.find("register the function \"scale\"") != std::string::npos);
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", R"({"function": "scale"})"))), "refuses refuses");
    auto shaped = function("keras.ops", "abs"); // a function in another place of a layer whose own is a name
    shaped.insert(shaped.size() - 1, R"(, "output_shape": )" + code);
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", shaped))), "refuses runs");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "TorchModuleWrapper", R"({"module": "gAJ9cQAu"})"))), "refuses runs");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "TFSMLayer", R"({"filepath": "/m"})"))), "refuses runs");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "StringLookup", R"({"vocabulary": "/etc/hosts"})"))), "refuses reads");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "StringLookup", R"({"vocabulary": ["a"]})"))), "reads reads");
    // Neither mode takes a name out of a module that is no part of Keras.
    CHECK_EQ(kindsOf(keras(layer("os", "system", "{}"))), "refuses refuses");
    CHECK_EQ(kindsOf(keras(layer("mypkg", "Layer", "{}"))), "refuses refuses");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", function("os", "getcwd")))), "refuses refuses");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", function("keras.utils", "get_file")))), "refuses refuses");
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "TFOpLambda", R"({"function": "math.add"})"))), "refuses refuses");
    // A tool does not hide the SavedModel behind it.
    CHECK_EQ(kindsOf(keras(layer("keras.layers", "Lambda", function("keras.utils", "get_file")) + ", "
                 + layer("keras.layers", "TFSMLayer", R"({"filepath": "/m"})"))),
        "refuses runs");
}

CUPEL_TEST(holes_are_those_of_what_is_used)
{
    const auto dense = keras(layer("keras.layers", "Dense", "{}"));
    CHECK_EQ(hasRisk(dense, "CVE"), false);
    const auto fetched = keras(layer("keras.layers", "Lambda", function("keras.utils", "get_file")));
    CHECK_EQ(hasRisk(fetched, "CVE-2025-8747"), true);
    CHECK_EQ(hasRisk(fetched, "CVE-2025-12060"), true);
    CHECK_EQ(hasRisk(fetched, "CVE-2025-9906"), false);
    const auto off = keras(layer("keras.layers", "Lambda", function("keras.config", "enable_unsafe_deserialization")));
    CHECK_EQ(hasRisk(off, "CVE-2025-9906"), true);
    CHECK_EQ(hasRisk(keras(layer("os", "system", "{}")), "CVE-2025-1550"), true);
    CHECK_EQ(hasRisk(keras(layer("keras.layers", "TFSMLayer", "{}")), "CVE-2026-1462"), true);
    CHECK_EQ(answersAbout(R"({"keras_version": "3.15.1", "date_saved": "2026-11-30"})", "metadata.json").size(), 0U);
    CHECK_EQ(answersAbout("plain text", "a.txt").size(), 0U);
}

CUPEL_TEST(skops_trusts_what_is_on_its_lists)
{
    CHECK_EQ(kindsOf(skops(node("ObjectNode", "sklearn.linear_model._base", "LinearRegression"))), "reads reads");
    CHECK_EQ(kindsOf(skops(node("FunctionNode", "scipy.special._special_ufuncs", "expit"))), "reads reads");
    CHECK_EQ(kindsOf(skops(node("JsonNode", "os", "system"))), "reads reads");
    const auto tree = skops(node("TreeNode", "sklearn.tree._tree", "Tree"));
    CHECK_EQ(kindsOf(tree), "refuses reads");
    CHECK_EQ(untrusted(tree), "sklearn.tree._tree.Tree");
    // A type that one loader trusts is none that another does.
    const auto confused = skops(node("FunctionNode", "sklearn.linear_model._base", "LinearRegression"));
    CHECK_EQ(untrusted(confused), "sklearn.linear_model._base.LinearRegression");
    const auto runs = skops(node("FunctionNode", "os", "system"));
    REQUIRE(runs.size() == 2 && runs[0].untrusted.size() == 1);
    CHECK(runs[0].untrusted[0].second.size()
        > std::string_view("system").size() + 10); // of the module as well: masks ask for it
    CHECK_EQ(kindsOf(runs), "refuses runs");
    CHECK_EQ(untrusted(runs), "os.system");
    CHECK_EQ(runs[0].why, "it does not trust os.system");
    // Of the last of two equal names, as Python reads them.
    CHECK_EQ(untrusted(skops(R"({"__class__": "expit", "__class__": "system", "__module__": "posix",)"
                             R"( "__loader__": "FunctionNode"})")),
        "posix.system");
    // Up to protocol 0 a function stands inside.
    CHECK_EQ(untrusted(skops(node("FunctionNode", "builtins", "function",
                                 R"("content": {"module_path": "os", "function": "popen"})"),
                 "0")),
        "os.popen");
    for (const auto* zero : {"-0", "0.0", "false", "00"}) { // whatever Python takes for 0
        CHECK_EQ(untrusted(skops(node("FunctionNode", "scipy.special._special_ufuncs", "expit",
                                     R"("content": {"module_path": "os", "function": "popen"})"),
                     zero)),
            "os.popen");
    }
}

// As json.loads takes bytes: in UTF-16 and UTF-32, with a mark or without one, told by the first four bytes.
std::string wide(const std::u32string& text, unsigned size, bool big)
{
    std::string out;
    for (const char32_t c : text) {
        for (unsigned i = 0; i < size; ++i) {
            out += static_cast<char>(c >> 8 * (big ? size - 1 - i : i));
        }
    }
    return out;
}

CUPEL_TEST(json_is_read_in_wide_characters)
{
    const auto schema = UR"({"__class__": "system", "__module__": "os", "__loader__": "FunctionNode", "protocol": 2})"s;
    const auto layer = UR"({"module": "keras", "class_name": "Sequential", "config": {"layers": [)"
                       UR"({"module": "os", "class_name": "system", "config": {}}]}, "registered_name": null})"s;
    // What follows the first characters is no sign of the encoding.
    const auto foreign = UR"({"x": ")" + std::u32string(5'000, U'\u4e00') + UR"(", )" + schema.substr(1);
    for (const unsigned size : {2U, 4U}) {
        for (const bool big : {false, true}) {
            for (const auto* mark : {U"", U"\ufeff"}) {
                CHECK_EQ(untrusted(answersAbout(wide(mark + schema, size, big), "schema.json")), "os.system");
                CHECK_EQ(untrusted(answersAbout(wide(mark + foreign, size, big), "schema.json")), "os.system");
                CHECK_EQ(kindsOf(answersAbout(wide(mark + layer, size, big), "config.json")), "refuses refuses");
            }
        }
    }
    // Zeros alone make no text of numbers.
    CHECK_EQ(answersAbout(wide(U"[1", 4, false) + std::string(60, '\1'), "schema.json").size(), 0U);
}

// What would be refused may stand where skops never looks.
CUPEL_TEST(skops_promises_nothing_against_what_runs)
{
    const auto runs = node("FunctionNode", "os", "system");
    for (const auto& beside : {node("NoSuchNode", "a", "b"), std::string(R"({"__loader__": "DictNode"})"),
             node("OperatorFuncNode", "a", "b")}) {
        CHECK_EQ(kindsOf(skops(runs + R"(, "y": )" + beside)), "refuses runs");
    }
}

CUPEL_TEST(skops_refuses_what_no_list_helps)
{
    const std::string owner = R"("content": {"func": "fit", "obj": )"
        + node("ObjectNode", "sklearn.linear_model._base", "LinearRegression") + '}';
    const auto method = skops(node("MethodNode", "sklearn.linear_model._base", "LinearRegression", owner));
    CHECK_EQ(untrusted(method),
        "sklearn.linear_model._base.LinearRegression sklearn.linear_model._base.LinearRegression.fit");
    CHECK_EQ(kindsOf(skops(node("MethodNode", "os", "system", owner))), "refuses refuses");
    CHECK_EQ(kindsOf(skops(node("NoSuchNode", "os", "system"))), "refuses refuses");
    CHECK_EQ(kindsOf(skops(node("OperatorFuncNode", "os", "system"))), "refuses refuses");
    const auto bits = [](const std::string& name) {
        return skops(node("RandomGeneratorNode", "numpy.random._generator", "Generator",
            R"("content": {"bit_generator": {"content": {"bit_generator": {"content": "\")" + name + R"(\""}}}})"));
    };
    CHECK_EQ(untrusted(bits("PCG64")), "");
    CHECK_EQ(untrusted(bits("seed")), "numpy.random.seed");
    CHECK_EQ(kindsOf(skops(node("RandomGeneratorNode", "numpy.random._generator", "Generator", R"("content": {})"))),
        "refuses refuses");
}
