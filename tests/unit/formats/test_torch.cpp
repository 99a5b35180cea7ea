// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of PyTorch: tensors by name with their place, storages that are not what the pickle says, code of
// TorchScript.
#include "tests/unit/formats/looked.h"

using namespace cupel;
using test::dataFile;
using test::Looked;

namespace {

// A member judged beside its neighbours.
Looked member(const Looked& archive, std::string_view name)
{
    const auto* child = archive.child(name);
    return child ? Looked(*child) : Looked(std::string());
}

std::string text(std::string_view value)
{
    return std::string("X") + static_cast<char>(value.size()) + std::string(3, '\0') + std::string(value);
}

// What torch.save writes for a tensor of four floats.
std::string tensor(std::string_view key)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text(key)
        + text("cpu") + "K\4tQK" + std::string(1, '\0') + "(K\4t(K\1t\x89" + "ccollections\nOrderedDict\n)RtR";
}

const ModelTensor* named(const Looked& looked, std::string_view name)
{
    if (!looked.analysis.facts.model) {
        return nullptr;
    }
    const auto& tensors = looked.analysis.facts.model->tensors;
    const auto found =
        std::find_if(tensors.begin(), tensors.end(), [name](const ModelTensor& one) { return one.name == name; });
    return found == tensors.end() ? nullptr : &*found;
}

} // namespace

CUPEL_TEST(tensors_of_a_checkpoint)
{
    const Looked archive(dataFile("zip/torch.pt"));
    REQUIRE(archive.analysis.facts.model);
    CHECK_EQ(archive.analysis.facts.model->kind, "PyTorch checkpoint");
    const auto pickle = member(archive, "model/data.pkl");
    CHECK(pickle.analysis.findings.empty());
    REQUIRE(pickle.analysis.facts.model);
    CHECK_EQ(pickle.analysis.facts.model->tensorCount, 3);
    CHECK_EQ(pickle.analysis.facts.model->parameterCount, 12);
    const auto* bias = named(pickle, "state_dict.layer.bias");
    REQUIRE(bias);
    CHECK_EQ(bias->dtype, "F32");
    CHECK(bias->shape == std::vector<std::uint64_t>{2});
    CHECK_EQ(bias->storedIn, "data/0");
    CHECK(bias->bytes == (ByteRange{24, 32}));
    const auto* scale = named(pickle, "state_dict.scale");
    REQUIRE(scale);
    CHECK_EQ(scale->dtype, "F16");
    CHECK_EQ(scale->storedIn, "data/1");
    // Storages have no form of their own, and are understood through the pickle.
    CHECK(member(archive, "model/data/0").complete());
}

CUPEL_TEST(words_between_numbers_are_searched)
{
    auto bytes = dataFile("zip/torch.pt");
    const auto at = bytes.find("model/data/0") + 12; // 32 bytes of a stored member
    bytes.replace(at, 32, std::string(3, '\1') + "words of more than 16 b" + std::string(6, '\2'));
    const Looked archive(bytes);
    const auto* child = archive.child("model/data/0");
    REQUIRE(child);
    const Looked storage(*child);
    REQUIRE(storage.analysis.facts.regions.size() == 1);
    CHECK(storage.analysis.facts.regions[0].bytes == (ByteRange{3, 26}));
    CHECK(member(Looked(dataFile("zip/torch.pt")), "model/data/0").analysis.facts.regions.empty());
}

CUPEL_TEST(storages_that_lie)
{
    const auto slack = member(Looked(dataFile("zip/torch-slack.pt")), "model/data.pkl");
    CHECK(slack.hasFinding("CUP-TORCH-HIDDEN"));
    CHECK(slack.hasFinding("CUP-TORCH-STORAGE"));
    const Looked outside(dataFile("pickle/torch_outside.pkl"), "data.pkl");
    CHECK(outside.hasFinding("CUP-TORCH-TENSOR"));
    CHECK(!outside.hasFinding("CUP-TORCH-STORAGE")); // nobody knows what lies beside it
    auto missing = dataFile("zip/torch.pt");
    for (auto at = missing.find("model/data/1"); at != std::string::npos; at = missing.find("model/data/1", at)) {
        missing.replace(at, 12, "model/data/9");
    }
    const auto looked = member(Looked(missing), "model/data.pkl");
    CHECK(looked.hasFinding("CUP-TORCH-STORAGE") && looked.hasFinding("CUP-TORCH-HIDDEN"));
    // The inputs of a trace are kept without their numbers; no other pickle may do so.
    const auto traced = test::readFile(CUPEL_SOURCE_DIR "/tests/data/frameworks/torch-2.9.1/traced.pt").value_or("");
    const auto inputs = member(Looked(traced), "traced/traced_inputs.pkl");
    CHECK(inputs.complete() && inputs.analysis.findings.empty());
    auto renamed = traced;
    for (auto at = renamed.find("traced_inputs"); at != std::string::npos; at = renamed.find("traced_inputs", at)) {
        renamed.replace(at, 13, "another_thing");
    }
    CHECK(member(Looked(renamed), "traced/another_thing.pkl").hasFinding("CUP-TORCH-STORAGE"));
    auto noKey = "\x80\x02}" + text("a") + tensor("0") + "s.";
    noKey.replace(noKey.find("FloatStorage"), 12, "FloatStrange");
    CHECK(Looked(noKey, "a.pkl").hasFinding("CUP-TORCH-STORAGE"));
}

CUPEL_TEST(old_checkpoints_have_their_storages_behind)
{
    const Looked old(dataFile("pickle/torch_old.pth"));
    CHECK(old.complete() && old.analysis.findings.empty());
    const auto* weight = named(old, "state_dict.layer.weight");
    REQUIRE(weight);
    CHECK_EQ(weight->bytes.size(), 24);
    CHECK(weight->storedIn.empty());
    const auto* scale = named(old, "state_dict.scale");
    REQUIRE(scale);
    CHECK_EQ(scale->bytes.end, old.analysis.size);
    const Looked cut(dataFile("pickle/torch_old_cut.pth"));
    CHECK(cut.hasFinding("CUP-TORCH-STORAGE") && !cut.complete());
    const Looked more(dataFile("pickle/torch_old.pth") + "cos\nsystem\n(S'id'\ntR.");
    CHECK(more.hasFinding("CUP-PKL-PROCESS"));
    auto count = dataFile("pickle/torch_old.pth");
    count[count.size() - 16] = 3; // elements of the last storage
    CHECK(Looked(count).hasFinding("CUP-TORCH-STORAGE"));
}

// Members of the tar archives before that: raw bytes stand behind each object.
CUPEL_TEST(raw_bytes_between_the_objects_of_a_tar)
{
    const auto look = [](std::string_view name, std::string bytes) {
        Artifact artifact;
        artifact.path = "m.tar!" + std::string(name);
        artifact.parent = "m.tar";
        artifact.depth = 1;
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        return Looked(std::move(artifact));
    };
    const std::string count("\x80\x02K\x01.", 5);
    const std::string end("\x80\x02].", 4);
    const auto storage = "\x80\x02(K\x05" + text("cpu") + "ctorch\nFloatStorage\nt.";
    const auto raw = std::string("\2\0\0\0\0\0\0\0", 8) + std::string(8, '\x80');
    CHECK(look("storages", count + storage + raw + end).complete());
    CHECK(!look("other", count + storage + raw + end).complete());
    const auto size = std::string("\1\0\0\0\0\0\0\0", 8) + std::string(24, '\x80');
    const auto one = std::string("\x80\x02(K\x05K\x06") + "ctorch\nFloatTensor\nt.";
    CHECK(look("tensors", count + one + size + end).complete());
    CHECK(look("storages", count + storage + raw + "cos\nsystem\n(S'id'\ntR.").hasFinding("CUP-PKL-PROCESS"));
}

CUPEL_TEST(more_tensors_than_the_heap_keeps)
{
    std::string pickle = "\x80\x02}" + text("net") + "ccollections\nOrderedDict\n)R(";
    constexpr int count = 3'000;
    for (int i = 0; i < count; ++i) {
        pickle += text("w" + std::to_string(i)) + tensor(std::to_string(i));
    }
    const Looked looked(pickle + "us.", "data.pkl");
    REQUIRE(looked.analysis.facts.model);
    CHECK_EQ(looked.analysis.facts.model->tensorCount, count);
    CHECK(named(looked, "net.w0") && named(looked, "net.w299") && named(looked, "net.w2999"));
}

CUPEL_TEST(names_of_modules_and_lists)
{
    // An object with a state, as whole models are saved.
    const Looked looked("\x80\x02"
                        "cmine\nNet\n)\x81}"
            + text("_modules") + "}" + text("conv") + "cmine\nConv\n)\x81}" + text("_parameters") + "}" + text("weight")
            + tensor("0") + "ssbssb.",
        "data.pkl");
    CHECK(named(looked, "conv.weight") != nullptr);
    const Looked lists(
        "\x80\x02}" + text("a") + "]" + tensor("0") + "a(" + text("pair") + tensor("1") + "tas.", "data.pkl");
    CHECK(named(lists, "a.0") != nullptr);
    CHECK(named(lists, "a.pair") != nullptr);
}

CUPEL_TEST(code_of_torchscript)
{
    const Looked archive(dataFile("zip/torchscript.pt"));
    CHECK_EQ(archive.analysis.facts.model ? archive.analysis.facts.model->kind : "", "TorchScript model");
    CHECK(member(archive, "net/code/__torch__.py").hasFinding("CUP-TORCHSCRIPT-FILES"));
    auto harmless = dataFile("zip/torchscript.pt");
    const auto at = harmless.find("torch.save(x, ");
    harmless.replace(at, 14, "print(\"save\", ");
    CHECK(!member(Looked(harmless), "net/code/__torch__.py").hasFinding("CUP-TORCHSCRIPT-FILES"));
    harmless.replace(at, 14, "ops.my.own(12,");
    CHECK(member(Looked(harmless), "net/code/__torch__.py").hasFinding("CUP-TORCHSCRIPT-LIBRARY"));
}

CUPEL_TEST(own_classes_of_torchscript_are_no_strangers)
{
    const auto net = dataFile("zip/torchscript.pt");
    CHECK(!member(Looked(net), "net/data.pkl").hasFinding("CUP-PKL-UNKNOWN-CALL"));
    auto elsewhere = net; // the same pickle without that code
    for (auto at = elsewhere.find("code/__torch__.py"); at != std::string::npos;
        at = elsewhere.find("code/__torch__.py")) {
        elsewhere[at + 13] = 'x';
    }
    CHECK(member(Looked(elsewhere), "net/data.pkl").hasFinding("CUP-PKL-UNKNOWN-CALL"));
}

CUPEL_TEST(code_of_packages)
{
    const Looked archive(dataFile("zip/package.pt"), "package.pt");
    CHECK_EQ(archive.analysis.facts.model ? archive.analysis.facts.model->kind : "", "PyTorch package");
    const auto worst = [&archive](std::string_view name) {
        auto out = std::string("nothing");
        const auto looked = member(archive, name); // kept while its findings are read
        for (const auto& finding : looked.analysis.findings) {
            out = finding.rule == "CUP-TORCHPACKAGE-CODE" ? std::string(toString(finding.severity)) : out;
        }
        return out;
    };
    CHECK_EQ(worst("p/evil.py"), "high"); // at the level of the module
    CHECK_EQ(worst("p/later.py"), "medium"); // in a function
    CHECK_EQ(worst("p/net.py"), "nothing");
    // The same source where nobody imports it.
    CHECK(!Looked("import os\nos.system('id')\n", "evil.py").hasFinding("CUP-TORCHPACKAGE-CODE"));
}

CUPEL_TEST(headers_of_executorch)
{
    CHECK_EQ(std::string(Looked(dataFile("executorch/head.pte"), "a.pte").analysis.facts.format), "executorch");
    CHECK(Looked(dataFile("executorch/head.pte"), "a.pte").analysis.findings.empty());
    CHECK(!Looked(dataFile("executorch/head.pte"), "a.pte").complete());
    CHECK(Looked(dataFile("executorch/lies.pte"), "a.pte").hasFinding("CUP-EXECUTORCH-HEADER"));
}
