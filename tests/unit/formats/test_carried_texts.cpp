// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles in texts of models: in every format that has texts, in every way to write one, and what only looks like it.
#include "tests/unit/formats/looked.h"

#include <string>

using namespace cupel;
using test::Looked;

namespace {

using namespace std::string_literals;

// os.system('echo hi'), protocols 4 and 0.
const std::string base64 = "gASMBXBvc2l4jAZzeXN0ZW2TjAdlY2hvIGhphVIu";
const std::string oldBase64 = "Y29zCnN5c3RlbQooUydlY2hvIGhpJwp0Ui4=";
const std::string hex = "80048c05706f736978";
const std::string wholeHex = "80048c05706f7369788c0673797374656d938c076563686f20686985522e";

std::string number(std::uint64_t value, unsigned width)
{
    std::string out;
    for (unsigned i = 0; i < width; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

std::string safetensors(const std::string& text)
{
    const auto header = R"({"__metadata__":{"note":")" + text + R"("}})";
    return number(header.size(), 8) + header;
}

std::string gguf(const std::string& text)
{
    const std::string key = "general.description";
    return "GGUF" + number(3, 4) + number(0, 8) + number(1, 8) + number(key.size(), 8) + key + number(8, 4)
        + number(text.size(), 8) + text;
}

std::string field(unsigned number, const std::string& bytes)
{
    std::string out(1, static_cast<char>(number << 3 | 2));
    auto size = bytes.size();
    for (; size > 127; size >>= 7) {
        out += static_cast<char>(size | 128);
    }
    return out + static_cast<char>(size) + bytes;
}

std::string onnx(const std::string& text)
{
    const auto node = field(1, "x") + field(2, "y") + field(4, "Relu");
    return "\x08\x08"s + field(7, field(1, node) + field(2, "g")) + field(14, field(1, "note") + field(2, text));
}

std::string keras(const std::string& text)
{
    return R"({"module":"keras","class_name":"Sequential","config":{"name":"a","layers":[{"module":"keras.layers",)"
           R"("class_name":"Dense","config":{"name":")"
        + text + R"("}}]},"build_config":{}})";
}

bool isTold(const std::string& file, const std::string& name)
{
    const Looked looked(file, name);
    return looked.hasFinding("CUP-MODEL-CARRIED-PICKLE") && looked.children.size() == 1
        && Looked(looked.children[0]).hasFinding("CUP-PKL-PROCESS");
}

} // namespace

CUPEL_TEST(pickles_in_texts_of_every_format)
{
    for (const auto& text : {base64, oldBase64, wholeHex, "data:application/octet-stream;base64," + base64}) {
        CHECK(isTold(safetensors(text), "a.safetensors"));
        CHECK(isTold(gguf(text), "a.gguf"));
        CHECK(isTold(onnx(text), "a.onnx"));
        CHECK(isTold(keras(text), "config.json"));
    }
}

CUPEL_TEST(pickles_in_texts_however_they_are_written)
{
    // With line breaks, in the alphabet of addresses, behind other words, and behind what looks like one again and
    // again.
    CHECK(isTold(safetensors(base64.substr(0, 20) + "\\n" + base64.substr(20)), "a.safetensors"));
    CHECK(isTold(safetensors("model = " + base64), "a.safetensors"));
    std::string decoys;
    for (int i = 0; i < 2'000; ++i) {
        decoys += "gAIxxxxxxxxxxxxxxxxxxxxxxxxx ";
    }
    CHECK(isTold(safetensors(decoys + base64), "a.safetensors"));
    // As it is, with the escapes of JSON.
    CHECK(isTold(safetensors("cos\\nsystem\\n(S'echo hi'\\ntR."), "a.safetensors"));
    CHECK(isTold(
        safetensors("\\u0080\\u0004\\u008c\\u0005posix\\u008c\\u0006system\\u0093\\u008c\\u0007echo hi\\u0085R."),
        "a.safetensors"));
    CHECK(isTold(gguf("cos\nsystem\n(S'echo hi'\ntR."), "a.gguf"));
    // Packed, in base64, hex and base64 backwards; in base85.
    for (const std::string text : {"eNpLzi/mKq4sLknN5dIIVk9NzshXyMhU5yoJ0gMAeEMIVg==",
             "78da4bce2fe62aae2c2e49cde5d208564f4dcec857c8c854e72a09d2030078430856",
             "==gVIMEeAMg0Joy5UhMyXhszN9kVIId5NnkLs4qKm/izLpNe", R"(fCP*JZ*z<Wb9r-gWo?s;2W4YuZy;!Cg;Fj)"}) {
        CHECK(isTold(gguf(text), "a.gguf"));
    }
}

// Words that begin as one, and blanks between them, hide none that stands behind; a long one is taken whole.
CUPEL_TEST(decoys_hide_no_pickle)
{
    std::string decoys;
    for (int i = 0; i < 300; ++i) {
        decoys += "gAIpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkp." + std::string(4'000, ' ');
    }
    CHECK(isTold(gguf(decoys + base64), "a.gguf"));
    CHECK(!Looked(gguf(decoys), "a.gguf").hasFinding("CUP-MODEL-CARRIED-PICKLE"));
    // Protocol 2, 9,000 empty tuples that are taken off again, then the call; wrapped as programs wrap it.
    std::string letters = "gAIp";
    for (int i = 0; i < 2'250; ++i) {
        letters += i % 9 == 0 ? "MCkwKTAp\n" : "MCkwKTAp";
    }
    CHECK(isTold(gguf(letters + "KTBjb3MKc3lzdGVtCihTJ2VjaG8gaGknCnRSLg=="), "a.gguf"));
}

CUPEL_TEST(texts_that_are_no_pickle)
{
    for (const std::string& text : {"a description of the model, 12 layers"s, hex, std::string(64, 'a'),
             "gAIAAAAAAAAAAAAAAAAAAAAAAAAA"s, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="s,
             "https://example.org/gAAAAABiX-0123456789abcdefghijklmnopqrstuvwxyz"s,
             "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"s, "configuration_of_convolutional_networks"s}) {
        CHECK(!Looked(safetensors(text), "a.safetensors").hasFinding("CUP-MODEL-CARRIED-PICKLE"));
        CHECK(!Looked(gguf(text), "a.gguf").hasFinding("CUP-MODEL-CARRIED-PICKLE"));
        CHECK(!Looked(onnx(text), "a.onnx").hasFinding("CUP-MODEL-CARRIED-PICKLE"));
    }
}

// What stands behind the end is told once, as that.
CUPEL_TEST(bytes_behind_the_end_are_no_texts)
{
    const Looked looked(
        gguf("a") + std::string(40, '\0') + "\x80\4\x8c\5posix\x8c\6system\x93\x8c\7echo hi\x85R."s, "a.gguf");
    CHECK_EQ(looked.children.size(), 1);
    CHECK_EQ(std::count_if(looked.analysis.findings.begin(), looked.analysis.findings.end(),
                 [](const Finding& finding) { return finding.rule == "CUP-MODEL-CARRIED-PICKLE"; }),
        1);
}
