// SPDX-License-Identifier: GPL-3.0-or-later
// skops, CoreML and PaddlePaddle: files that tests/data/formats/make_app_seeds.py builds, whole and damaged.
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::Looked;

namespace {

std::string seed(const std::string& name)
{
    return test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/" + name).value_or("");
}

// Under a name that promises nothing.
Looked look(const std::string& name)
{
    return Looked(seed(name), "any.bin");
}

bool has(const Looked& looked, std::string_view rule, Severity severity)
{
    return std::any_of(looked.analysis.findings.begin(), looked.analysis.findings.end(),
        [&](const Finding& one) { return one.rule == rule && one.severity == severity; });
}

// No finding of another severity than the least ones.
bool isQuiet(const Looked& looked)
{
    return looked.isComplete()
        && std::all_of(looked.analysis.findings.begin(), looked.analysis.findings.end(),
            [](const Finding& one) { return one.severity < Severity::Medium; });
}

void breakEverywhere(const std::string& whole)
{
    REQUIRE(!whole.empty());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xAA);
        CHECK(Looked(damaged, "x").format() != "");
        CHECK(Looked(whole.substr(0, at), "x").format() != "");
    }
}

} // namespace

CUPEL_TEST(a_pipeline_of_skops_is_clean)
{
    const auto plain = look("skops/plain.json");
    CHECK_EQ(plain.format(), "skops");
    CHECK(plain.isClean());
    CHECK_EQ(plain.model().producer, "skops 0.13");
    CHECK(isQuiet(look("skops/own.json")));
    CHECK(has(look("skops/own.json"), "CUP-SKOPS-TYPE", Severity::Low));
}

CUPEL_TEST(loaders_of_skops_get_what_they_are_made_for)
{
    for (const auto* name : {"method", "dunder", "operator", "call"}) {
        CHECK(has(look("skops/" + std::string(name) + ".json"), "CUP-SKOPS-CONFUSED", Severity::Critical));
    }
    CHECK(!look("skops/object.json").hasFinding("CUP-SKOPS-CONFUSED"));
    CHECK(has(look("skops/getter.json"), "CUP-SKOPS-OPERATOR", Severity::Medium));
    CHECK(look("skops/loader.json").hasFinding("CUP-SKOPS-BROKEN"));
    CHECK(look("skops/nameless.json").hasFinding("CUP-SKOPS-BROKEN"));
    CHECK(!look("skops/cut.json").isComplete());
}

CUPEL_TEST(types_of_skops_are_judged_by_name)
{
    for (const auto* name : {"object", "function", "operator"}) {
        CHECK(has(look("skops/" + std::string(name) + ".json"), "CUP-SKOPS-TYPE", Severity::Critical));
    }
    CHECK(has(look("skops/foreign.json"), "CUP-SKOPS-TYPE", Severity::Medium));
    // Names written with escapes are the same names.
    auto escaped = seed("skops/object.json");
    const auto at = escaped.find("Popen");
    REQUIRE(at != std::string::npos);
    escaped.replace(at, 5, "\\u0050open");
    CHECK(has(Looked(escaped, "schema.json"), "CUP-SKOPS-TYPE", Severity::Critical));
}

CUPEL_TEST(other_json_is_no_skops)
{
    CHECK(Looked(R"({"__class__": "x", "content": []})", "a.json").format() != "skops");
    CHECK(Looked(R"({"content": {"__loader__": "x", "__module__": "y"}})", "a.json").format() != "skops");
}

CUPEL_TEST(a_network_of_coreml_is_clean_and_told)
{
    const auto plain = look("coreml/plain.mlmodel");
    CHECK_EQ(plain.format(), "coreml");
    CHECK(plain.isClean());
    CHECK_EQ(plain.model().kind, "CoreML, neural network");
    REQUIRE(plain.model().operators.size() == 2);
    CHECK_EQ(plain.model().operators[1].name, "activation");
    CHECK_EQ(plain.model().operators[1].count, 2);
    CHECK_EQ(plain.model().metadata.size(), 5); // version, three properties, one of the user
    CHECK(look("coreml/program.mlmodel").isClean());
    CHECK(look("coreml/linked.mlmodel").isClean());
    CHECK_EQ(look("coreml/program.mlmodel").model().references.size(), 1);
}

CUPEL_TEST(what_coreml_models_need_from_elsewhere)
{
    for (const auto* name : {"custom", "branch", "pipeline"}) {
        CHECK(has(look("coreml/" + std::string(name) + ".mlmodel"), "CUP-COREML-CUSTOM", Severity::Medium));
    }
    for (const auto* name : {"blob", "up", "search"}) {
        CHECK(has(look("coreml/" + std::string(name) + ".mlmodel"), "CUP-COREML-PATH", Severity::High));
    }
    const auto cut = Looked(seed("coreml/cut.mlmodel"), "cut.mlmodel");
    CHECK(cut.hasFinding("CUP-COREML-BROKEN"));
    CHECK(!cut.isComplete());
}

CUPEL_TEST(operators_of_paddle)
{
    const auto plain = look("paddle/plain.pdmodel");
    CHECK_EQ(plain.format(), "paddle");
    CHECK(plain.isClean());
    REQUIRE(plain.model().operators.size() == 3);
    CHECK_EQ(plain.model().operators[1].name, "relu");
    CHECK_EQ(plain.model().operators[1].count, 2);
    CHECK(has(look("paddle/python.pdmodel"), "CUP-PADDLE-PYTHON", Severity::High));
    CHECK(has(look("paddle/save.pdmodel"), "CUP-PADDLE-FILES", Severity::Medium));
    CHECK(!has(look("paddle/save.pdmodel"), "CUP-PADDLE-FILES", Severity::High));
    CHECK(has(look("paddle/away.pdmodel"), "CUP-PADDLE-FILES", Severity::High));
    CHECK(look("paddle/cut.pdmodel").hasFinding("CUP-PADDLE-BROKEN"));
}

CUPEL_TEST(damaged_files_end_somewhere)
{
    breakEverywhere(seed("coreml/blob.mlmodel"));
    breakEverywhere(seed("paddle/away.pdmodel"));
    breakEverywhere(seed("skops/method.json"));
}
