// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of Keras as text, and marshalled code, each written by hand.
#include "analyzers/base/encodings.h"
#include "analyzers/base/marshal_reader.h"
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::Looked;

namespace {

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += i + k > bytes.size() ? '=' : alphabet[group >> (18 - 6 * k) & 63];
        }
    }
    return out;
}

std::string number(std::uint32_t value)
{
    std::string out;
    for (unsigned i = 0; i < 4; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

std::string small(std::string_view text)
{
    return "\xda" + std::string(1, static_cast<char>(text.size())) + std::string(text);
}

std::string bytes(std::string_view content)
{
    return 's' + number(static_cast<std::uint32_t>(content.size())) + std::string(content);
}

std::string list(std::initializer_list<std::string> items)
{
    std::string out = "\xa9" + std::string(1, static_cast<char>(items.size()));
    for (const auto& item : items) {
        out += item;
    }
    return out;
}

enum class Python { Two, ThreeSeven, ThreeTen, ThreeEleven };

// A code object that loads one name, as the version marshals it.
std::string code(Python version, const std::string& name, const std::string& constant)
{
    const unsigned numbers = version == Python::Two ? 4 : version == Python::ThreeTen ? 6 : 5;
    std::string out = "\xe3";
    for (unsigned i = 0; i < numbers; ++i) {
        out += number(i + 1 == numbers ? 67 : 1);
    }
    out += bytes("d\0S\0") + list({"N", constant}) + list({name}) + list({small("x")});
    if (version == Python::ThreeEleven) {
        return out + bytes("\x80") + small("<s>") + small("f") + small("f") + number(1) + bytes("") + bytes("");
    }
    return out + list({}) + list({}) + small("<s>") + small("f") + number(1) + bytes("");
}

std::string keras(const std::string& layer)
{
    return R"({"module": "keras", "class_name": "Sequential", "config": {"layers": [)" + layer + "]}}";
}

std::string lambda(const std::string& written)
{
    return keras(
        R"({"module": "keras.layers", "class_name": "Lambda", "config": {"function": {"class_name": "__lambda__",)"
        R"( "config": {"code": ")"
        + written + R"("}}}})");
}

std::string layer(std::string_view module, std::string_view name, std::string_view config = "{}")
{
    return keras(R"({"module": ")" + std::string(module) + R"(", "class_name": ")" + std::string(name)
        + R"(", "config": )" + std::string(config) + "}");
}

Looked look(const std::string& bytes)
{
    return Looked(bytes, "any.json");
}

} // namespace

CUPEL_TEST(names_of_marshalled_code_of_every_version)
{
    for (const auto version : {Python::Two, Python::ThreeSeven, Python::ThreeTen, Python::ThreeEleven}) {
        const auto inner = code(version, small("system"), small("text"));
        const auto read = readMarshalledCode(code(version, small("os"), inner));
        CHECK(read.complete);
        CHECK_EQ(read.codeObjects, 2);
        REQUIRE(read.names.size() == 2);
        CHECK_EQ(read.names[0], "system");
        CHECK_EQ(read.names[1], "os");
        REQUIRE(read.texts.size() == 1);
        CHECK_EQ(read.texts[0], "text");
    }
    // A name that is a reference to a text that came before: the code object itself is number 0, the constants 1.
    const auto shared = readMarshalledCode(code(Python::ThreeEleven, "r" + number(2), small("popen")));
    REQUIRE(shared.names.size() == 1);
    CHECK_EQ(shared.names[0], "popen");
}

CUPEL_TEST(marshalled_code_that_lies)
{
    const auto whole = code(Python::ThreeEleven, small("os"), small("id"));
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        CHECK(!readMarshalledCode(std::string_view(whole).substr(0, cut)).complete);
    }
    CHECK_EQ(readMarshalledCode("c").codeObjects, 0);
    CHECK_EQ(readMarshalledCode("text").codeObjects, 0);
    auto deep = whole.substr(0, 21) + bytes("");
    for (int i = 0; i < 5'000; ++i) {
        deep += ")\1";
    }
    CHECK(!readMarshalledCode(deep).complete);
    CHECK(!readMarshalledCode(whole.substr(0, 21) + bytes("") + "(" + number(0xFFFFFFFF)).complete);
}

CUPEL_TEST(a_plain_architecture_is_clean)
{
    const auto plain = look(layer("keras.layers", "Dense", R"({"units": 2, "activation": "relu"})"));
    CHECK_EQ(plain.format(), "keras");
    CHECK(plain.isClean());
    CHECK(look(layer("keras.src.models.functional", "Functional")).isClean());
    CHECK(look(layer("tensorflow.python.keras.layers", "Dense")).isClean());
    CHECK(look(layer("builtins", "function", R"("relu")")).isClean());
    CHECK(look(layer("keras.layers", "StringLookup", R"({"vocabulary": ["a", "b"]})")).isClean());
    CHECK(look(layer("keras.layers", "StringLookup", R"({"vocabulary": null})")).isClean());
    CHECK(look(R"({"class_name": "dog", "legs": 4})").format() != "keras");
}

CUPEL_TEST(code_is_found_and_told)
{
    const auto harmful = look(lambda(base64(code(Python::ThreeEleven, small("eval"), small("x")))));
    REQUIRE(harmful.analysis.findings.size() == 1);
    CHECK_EQ(harmful.analysis.findings[0].rule, "CUP-KERAS-CODE");
    CHECK(harmful.analysis.findings[0].severity == Severity::Critical);
    CHECK(harmful.analysis.findings[0].message.find("eval") != std::string::npos);
    const auto mild = look(lambda(base64(code(Python::ThreeSeven, small("abs"), "N"))));
    REQUIRE(mild.analysis.findings.size() == 1);
    CHECK(mild.analysis.findings[0].severity == Severity::High);
    CHECK(look(lambda("not code")).hasFinding("CUP-KERAS-CODE"));
    // In a list of texts alone, and with the line breaks that old versions write.
    const auto written = base64(code(Python::ThreeTen, small("os"), "N"));
    CHECK(look(keras(R"({"class_name": "Any", "config": {"x": ["a", ")" + written + R"("]}})"))
            .hasFinding("CUP-KERAS-CODE"));
    CHECK(look(lambda(written.substr(0, 40) + "\\n" + written.substr(40))).hasFinding("CUP-KERAS-CODE"));
    // The class behind an escape, in a wrapper, behind a harmless one of the same key.
    CHECK(look(layer("keras.layers", "L\\u0061mbda", R"({"function": ["x", null]})")).hasFinding("CUP-KERAS-CODE"));
    CHECK(look(R"({"class_name": "Lambda", "class_name": "Model", "config": {}})").hasFinding("CUP-KERAS-CODE"));
    CHECK(
        look(R"({"class_name": "Lambda", "class_name": "Model", "config": {}})").hasFinding("CUP-KERAS-DUPLICATE-KEY"));
    CHECK(look(layer("", "Lambda", R"({"function": "lambda x: x"})")).hasFinding("CUP-KERAS-CODE"));
    const auto named = look(layer("", "Lambda", R"({"function": "scale", "function_type": "function"})"));
    CHECK(named.hasFinding("CUP-KERAS-LAMBDA-NAME"));
    CHECK(!named.hasFinding("CUP-KERAS-CODE"));
    CHECK(look(layer("", "Lambda", R"({"function": "system", "function_type": "function", "module": "os"})"))
            .hasFinding("CUP-KERAS-MODULE"));
}

CUPEL_TEST(modules_and_names_are_judged)
{
    CHECK(look(layer("os", "system")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("subprocess", "Popen")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("builtins", "exec")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("builtins", "function", R"("eval")")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("numpy", "function", R"("load")")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("acme.layers", "Thing")).hasFinding("CUP-KERAS-FOREIGN"));
    CHECK(!look(layer("acme.layers", "Thing")).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look(layer("keras_hub.layers", "Thing")).hasFinding("CUP-KERAS-COMPANION"));
    CHECK(look(layer("keras.utils", "get_file")).hasFinding("CUP-KERAS-LOADER"));
    CHECK(look(layer("keras.src.utils.file_utils", "anything")).hasFinding("CUP-KERAS-LOADER"));
    CHECK(look(layer("keras.config", "function", R"("enable_unsafe_deserialization")")).hasFinding("CUP-KERAS-LOADER"));
    CHECK(look(layer("keras.layers", "TFSMLayer", R"({"filepath": "x"})")).hasFinding("CUP-KERAS-LOADER"));
    CHECK(look(layer("", "TFOpLambda", R"({"function": "io.write_file"})")).hasFinding("CUP-KERAS-TF-FUNCTION"));
    CHECK(look(layer("", "TFOpLambda", R"({"function": "raw_ops.ReadFile"})")).hasFinding("CUP-KERAS-TF-FUNCTION"));
    CHECK(look(layer("", "TFOpLambda", R"({"function": "math.multiply"})")).isClean());
    CHECK(look(layer("keras.layers", "StringLookup", R"({"vocabulary": "http://x/y"})"))
            .hasFinding("CUP-KERAS-VOCABULARY"));
    const auto torch = look(layer("keras.layers", "TorchModuleWrapper",
        R"({"module": ")"
            + base64("\x80\x04"
                     "cos\nsystem\n(S'id'\ntR.")
            + R"("})"));
    CHECK(torch.hasFinding("CUP-KERAS-TORCH"));
    REQUIRE(torch.children.size() == 1);
    CHECK_EQ(std::string(formats::recognise(torch.children[0].view(), "x").name), "pickle");
}

CUPEL_TEST(other_spellings_of_the_text)
{
    std::string wide = "\xff\xfe";
    for (const char c : layer("os", "system")) {
        wide += c;
        wide += '\0';
    }
    CHECK(look(wide).hasFinding("CUP-KERAS-MODULE"));
    CHECK(look("\xef\xbb\xbf\n " + layer("os", "system")).hasFinding("CUP-KERAS-MODULE"));
    const auto cut = look(layer("os", "system", R"({"a": "b"})").substr(0, 130));
    CHECK(!cut.isClean());
    const Looked yaml(
        "class_name: Model\nconfig:\n  layers:\n  - {class_name: Lambda, config: {f: !!python/name:os.system }}\n",
        "m.yaml");
    CHECK_EQ(yaml.format(), "keras");
    CHECK(yaml.hasFinding("CUP-KERAS-YAML"));
    CHECK(yaml.hasFinding("CUP-KERAS-CODE"));
    const Looked tags("%TAG ! tag:yaml.org,2002:python/\n---\nclass_name: Model\nconfig: !name:os.system\n", "m.yaml");
    CHECK(tags.hasFinding("CUP-KERAS-YAML"));
}

CUPEL_TEST(archives_have_one_configuration)
{
    const auto seed = [](const std::string& name) {
        return Looked(test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/keras/" + name).value_or(""), "any.zip");
    };
    const Looked none(
        test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/keras/no-config.keras").value_or(""), "a.keras");
    CHECK(none.hasFinding("CUP-KERAS-ARCHIVE"));
    CHECK(seed("no-config.keras").hasFinding("CUP-KERAS-ARCHIVE")); // told by its members
    const Looked two(
        test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/keras/two-configs.keras").value_or(""), "a.keras");
    CHECK(two.hasFinding("CUP-KERAS-ARCHIVE"));
    CHECK_EQ(two.children.size(), 3);
}

// The layer and the function in it are one.
CUPEL_TEST(a_lambda_counts_once)
{
    const auto layer = [](std::string_view code) {
        return R"({"module": "keras.layers", "class_name": "Lambda", "config": {"name": "l", "function": {"class_name": "__lambda__", "config": {"code": ")"
            + std::string(code) + R"("}}}})";
    };
    const auto found = [](const std::string& layers) {
        const Looked looked(R"({"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [)"
                + layers + R"(]}, "keras_version": "3.0.0"})",
            "config.json");
        std::string out;
        for (const auto& finding : looked.analysis.findings) {
            out += finding.rule == "CUP-KERAS-CODE" ? finding.message : std::string();
        }
        return out;
    };
    CHECK_EQ(found(layer("not decodable")), "A layer \"Lambda\" carries code that could not be decoded (1 of them).");
    CHECK_EQ(found(layer("not decodable") + ", " + layer("neither")),
        "A layer \"Lambda\" carries code that could not be decoded (2 of them).");
}
