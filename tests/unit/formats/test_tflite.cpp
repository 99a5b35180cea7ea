// SPDX-License-Identifier: GPL-3.0-or-later
// TensorFlow Lite models that tests/data/formats/make_graph_seeds.py builds byte by byte, whole and damaged.
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::Looked;

namespace {

std::string seed(const std::string& name)
{
    return test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/tflite/" + name).value_or("");
}

Looked look(const std::string& name)
{
    return Looked(seed(name), "any.bin");
}

} // namespace

CUPEL_TEST(a_plain_model_is_clean_and_told)
{
    const auto plain = look("plain.tflite");
    CHECK_EQ(plain.format(), "tflite");
    CHECK(plain.isClean());
    CHECK_EQ(plain.model().kind, "TensorFlow Lite, version 3");
    REQUIRE(plain.model().operators.size() == 1);
    CHECK_EQ(plain.model().operators[0].name, "RELU");
    REQUIRE(plain.model().tensors.size() == 1);
    CHECK_EQ(plain.model().tensors[0].name, "w");
    CHECK_EQ(plain.model().tensors[0].dtype, "F32");
    CHECK_EQ(plain.model().tensors[0].bytes.size(), 16);
}

// Its buffer is the first one, which has no bytes: nothing of it may be made up.
CUPEL_TEST(what_goes_in_has_no_data)
{
    const auto inputs = look("inputs.tflite");
    CHECK(inputs.isClean());
    REQUIRE(inputs.model().tensors.size() == 2);
    CHECK(inputs.model().tensors[0].hasData && !inputs.model().tensors[1].hasData);
    CHECK_EQ(inputs.model().tensorCount, 2U);
    CHECK_EQ(inputs.model().parameterCount, 4U);
}

CUPEL_TEST(operators_of_libraries)
{
    CHECK(look("custom.tflite").hasFinding("CUP-TFLITE-CUSTOM-OP"));
    CHECK(look("custom.tflite").hasFinding("CUP-TFLITE-LIBRARY-OP"));
    const auto flex = look("flex.tflite");
    CHECK(flex.hasFinding("CUP-TF-FILES"));
    CHECK(flex.hasFinding("CUP-TF-CODE"));
    CHECK(flex.hasFinding("CUP-TF-UNKNOWN-OP"));
    CHECK(!flex.hasFinding("CUP-TFLITE-LIBRARY-OP"));
}

CUPEL_TEST(numbers_and_offsets_lead_somewhere)
{
    for (const auto* name :
        {"sizes.tflite", "negative.tflite", "numbers.tflite", "far-buffer.tflite", "cut.tflite", "root.tflite"}) {
        CHECK(look(name).hasFinding("CUP-TFLITE-BROKEN"));
    }
    CHECK(!look("cut.tflite").isComplete());
    CHECK(!look("root.tflite").isComplete());
    const auto whole = seed("plain.tflite");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xAA);
        CHECK(Looked(damaged, "x").format() != "");
    }
}

CUPEL_TEST(files_behind_the_model_are_members)
{
    const auto files = look("files.tflite");
    CHECK(files.hasFinding("CUP-TFLITE-FILES"));
    REQUIRE(files.children.size() == 1);
    CHECK_EQ(std::string(files.children[0].readAs), "zip");
}
