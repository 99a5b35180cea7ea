// SPDX-License-Identifier: GPL-3.0-or-later
// ONNX models written by hand: each flaw has its bytes, and the same without it is clean.
#include "analyzers/engine/scan.h"
#include "tests/unit/check.h"
#include "tests/unit/made_folder.h"
#include "tests/unit/proto_bytes.h"

#include <filesystem>
#include <fstream>

using namespace cupel;
using test::field;
using test::Looked;
using test::number;

namespace {

std::string node(std::string_view type, std::string_view domain = {}, std::string_view attribute = {})
{
    return field(1,
        field(1, "x") + field(2, "y") + field(4, type) + (domain.empty() ? "" : field(7, domain))
            + (attribute.empty() ? "" : field(5, attribute)));
}

std::string model(const std::string& graph, const std::string& more = {})
{
    return number(1, 9) + field(2, "hand") + field(8, number(2, 18)) + field(7, graph) + more;
}

std::string entry(std::string_view key, std::string_view value)
{
    return field(13, field(1, key) + field(2, value));
}

// Four floats that stand in another file.
std::string outside(const std::string& entries)
{
    return field(5, number(1, 4) + number(2, 1) + field(8, "w") + entries + number(14, 1));
}

Looked look(const std::string& bytes)
{
    return Looked(bytes, "model.bin"); // the name tells nothing
}

} // namespace

CUPEL_TEST(a_plain_model_is_clean_and_told)
{
    const auto weights =
        field(5, number(1, 2) + number(1, 3) + number(2, 1) + field(8, "w") + field(9, std::string(24, '\0')));
    const auto made =
        look(model(node("Relu") + node("Relu") + weights, field(14, field(1, "author") + field(2, "me"))));
    CHECK_EQ(made.format(), "onnx");
    CHECK(made.isClean());
    CHECK_EQ(made.model().producer, "hand");
    REQUIRE(made.model().tensors.size() == 1);
    CHECK_EQ(made.model().tensors[0].dtype, "F32");
    CHECK_EQ(made.model().tensors[0].bytes.size(), 24);
    CHECK_EQ(made.model().parameterCount, 6);
    REQUIRE(made.model().operators.size() == 1);
    CHECK_EQ(made.model().operators[0].count, 2);
    CHECK_EQ(made.model().metadata.back().value, "me");
}

CUPEL_TEST(operators_that_run_code_wherever_they_stand)
{
    const auto python = node("PyOp", "ai.onnx.contrib");
    const auto inBranch = node("If", {}, field(1, "then_branch") + field(6, python));
    const auto inFunction = field(25, field(1, "F") + field(10, "f") + field(7, python.substr(2)));
    CHECK(look(model(python)).hasFinding("CUP-ONNX-PYTHON"));
    CHECK(look(model(inBranch)).hasFinding("CUP-ONNX-PYTHON"));
    CHECK(look(model(node("F", "f"), inFunction)).hasFinding("CUP-ONNX-PYTHON"));
    CHECK(look(model(node("Relu"), field(20, field(2, python)))).hasFinding("CUP-ONNX-PYTHON"));
    CHECK(look(model(node("Thing", "acme"))).hasFinding("CUP-ONNX-CUSTOM-OP"));
    CHECK(!look(model(node("F", "f"), field(25, field(1, "F") + field(10, "f")))).hasFinding("CUP-ONNX-CUSTOM-OP"));
    CHECK(look(model(node("Gelu", "com.microsoft"))).isClean());
}

CUPEL_TEST(external_data_stays_in_the_folder)
{
    CHECK(look(model(outside(entry("location", "w.bin") + entry("offset", "4096") + entry("length", "16")))).isClean());
    for (const std::string_view path : {"/etc/passwd", "../w", "file:///w", "\\\\host\\w", "C:\\w"}) {
        CHECK(look(model(outside(entry("location", path)))).hasFinding("CUP-ONNX-EXTERNAL-PATH"));
    }
    // In an attribute, in a sparse tensor, before an innocent second location.
    const auto bad = outside(entry("location", "../w"));
    CHECK(look(model(node("Constant", {}, field(5, bad.substr(2))))).hasFinding("CUP-ONNX-EXTERNAL-PATH"));
    CHECK(look(model(field(15, field(1, bad.substr(2))))).hasFinding("CUP-ONNX-EXTERNAL-PATH"));
    const auto twice = look(model(outside(entry("location", "../w") + entry("location", "w"))));
    CHECK(twice.hasFinding("CUP-ONNX-EXTERNAL-PATH"));
    CHECK(twice.hasFinding("CUP-ONNX-EXTERNAL-KEY"));
    CHECK(look(model(outside(entry("location", "w") + entry("name", "x")))).hasFinding("CUP-ONNX-EXTERNAL-KEY"));
    for (const std::string_view value : {"-1", "9223372036854775807", "x", ""}) {
        CHECK(look(model(outside(entry("location", "w") + entry("offset", value))))
                .hasFinding("CUP-ONNX-EXTERNAL-RANGE"));
    }
    CHECK(look(model(outside(entry("location", "w") + entry("length", "3")))).hasFinding("CUP-ONNX-EXTERNAL-RANGE"));
    CHECK(look(model(outside(entry("location", "")))).hasFinding("CUP-ONNX-EXTERNAL-RANGE"));
    CHECK(look(model(outside(""))).hasFinding("CUP-ONNX-EXTERNAL-RANGE"));
}

CUPEL_TEST(tensors_fit_their_data)
{
    const auto tensor = [](std::uint64_t extent, std::uint64_t type, const std::string& data) {
        return look(model(field(5, number(1, extent) + number(2, type) + data)));
    };
    CHECK(tensor(2, 1, field(9, std::string(8, 'x'))).isClean());
    CHECK(tensor(3, 22, field(9, "ab")).isClean()); // three of four bits
    CHECK(tensor(2, 1, field(9, std::string(7, 'x'))).hasFinding("CUP-ONNX-TENSOR-SIZE"));
    CHECK(tensor(2, 1, field(4, std::string(4, 'x'))).hasFinding("CUP-ONNX-TENSOR-SIZE"));
    CHECK(tensor(2, 1'000, field(9, "x")).hasFinding("CUP-ONNX-TENSOR-SIZE"));
    CHECK(tensor(~std::uint64_t{0}, 1, field(9, "x")).hasFinding("CUP-ONNX-TENSOR-SIZE"));
    CHECK(tensor(std::uint64_t{1} << 62, 11, field(9, "x")).hasFinding("CUP-ONNX-TENSOR-SIZE"));
}

CUPEL_TEST(broken_models_are_never_clean)
{
    auto deep = node("Relu");
    for (int i = 0; i < 60; ++i) {
        deep = node("If", {}, field(6, deep));
    }
    CHECK(look(model(deep)).hasFinding("CUP-ONNX-TOO-DEEP"));
    const auto whole = model(node("Relu"), field(14, field(1, "author") + field(2, "somebody")));
    for (std::size_t cut = 30; cut < whole.size(); ++cut) {
        const auto cutOff = look(whole.substr(0, cut));
        // A message that ends between two fields is whole.
        CHECK(
            !cutOff.isComplete() || cut == whole.size() - field(14, field(1, "author") + field(2, "somebody")).size());
    }
    CHECK(look(whole + "\x28" + std::string(10, '\xff') + "\x01").hasFinding("CUP-ONNX-BROKEN"));
    CHECK(test::Looked("\x08" + std::string(11, '\xff') + "\x01" + whole, "a.onnx").hasFinding("CUP-ONNX-BROKEN"));
    CHECK(look(whole + field(7, node("Add"))).hasFinding("CUP-ONNX-MERGED"));
    CHECK(look(whole + field(99, "x")).hasFinding("CUP-ONNX-UNKNOWN-FIELD"));
}

CUPEL_TEST(other_messages_are_no_onnx)
{
    CHECK(look(field(1, field(1, "a") + field(2, "Const"))).format() != "onnx");
    CHECK(look(number(1, 1) + field(2, "x")).format() != "onnx");
    CHECK(look("plain text, no model").format() == "text");
}

// The numbers of a model in a file beside it are what the model says.
CUPEL_TEST(numbers_beside_a_model_are_understood)
{
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/frameworks/onnx-1.23.2/";
    const auto model = test::readFile(folder + "external.onnx").value_or("");
    const auto numbers = test::readFile(folder + "external.bin").value_or("");
    REQUIRE(!model.empty() && numbers.size() == 64);
    const test::MadeFolder made;
    const auto scanned = [&made, &model](const std::string& content, const std::string& other = "external.onnx") {
        std::ofstream(made.path() / other, std::ios::binary) << model;
        std::ofstream(made.path() / "external.bin", std::ios::binary) << content;
        auto all = engine::scanAll({made.path().string()}, {});
        std::filesystem::remove(made.path() / other);
        return all;
    };
    const auto path = (made.path() / "external.bin").string();
    const auto whole = scanned(numbers);
    CHECK_EQ(whole.analyses.at(path)->facts.status, ReadStatus::Complete);
    CHECK(whole.analyses.at(path)->findings.empty());
    CHECK_EQ(scanned(numbers, "model.onnx").analyses.at(path)->facts.status, ReadStatus::Complete);
    CHECK_EQ(scanned(numbers, "other.onnx").analyses.at(path)->facts.status, ReadStatus::Partial);
    // What no tensor has is nobody's; what a tensor begins like is told.
    CHECK_EQ(scanned(numbers + "more").analyses.at(path)->facts.status, ReadStatus::Partial);
    auto pickle = numbers;
    pickle.replace(0, 21, std::string_view("\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x01x\x85R.", 21));
    const auto carried = scanned(pickle);
    CHECK(std::any_of(carried.analyses.begin(), carried.analyses.end(), [](const auto& one) {
        const auto& findings = one.second->findings;
        return std::any_of(
            findings.begin(), findings.end(), [](const Finding& finding) { return finding.rule == "CUP-PKL-PROCESS"; });
    }));
}
