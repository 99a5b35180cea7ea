// SPDX-License-Identifier: GPL-3.0-or-later
// What is not there cannot have been checked: empty models, and files that were cut off.
#include "tests/unit/formats/looked.h"
#include "tests/unit/model_bytes.h"

#include <filesystem>
#include <set>

using namespace cupel;
using test::Judged;

namespace {

// Read to the end, it and all that it holds.
bool complete(Artifact artifact)
{
    std::vector<Artifact> open;
    open.push_back(std::move(artifact));
    while (!open.empty()) {
        Artifact next = std::move(open.back());
        open.pop_back();
        Budget budget;
        std::vector<Artifact> children;
        if (engine::analyze(std::move(next), {}, budget, &children).facts.status != ReadStatus::Complete) {
            return false;
        }
        std::move(children.begin(), children.end(), std::back_inserter(open));
    }
    return true;
}

bool complete(std::string bytes, std::string path)
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    return complete(std::move(artifact));
}

std::string framework(std::string_view name)
{
    return test::readFile(std::string(CUPEL_SOURCE_DIR "/tests/data/frameworks/") + std::string(name)).value_or("");
}

} // namespace

CUPEL_TEST(an_empty_model_is_told)
{
    for (const std::string name : {"a.pt", "a.pth", "a.ckpt", "a.pkl", "a.joblib", "a.safetensors", "a.gguf", "a.onnx",
             "a.npy", "a.npz", "a.h5", "a.keras", "a.tflite", "a.pb", "a.ubj", "a.rds", "a.msgpack", "a.skops",
             "a.pdparams", "A.PT", "pytorch_model.bin", "m.zip!m/data.pkl"}) {
        const Judged one("", name);
        CHECK_EQ(one.all(), "MODEL-EMPTY:low");
        CHECK(!one.complete());
        CHECK(one.analysis.facts.scannable);
    }
}

CUPEL_TEST(what_may_be_empty_stays_quiet)
{
    for (const std::string name : {"__init__.py", "notes.txt", "a.yaml", ".gitkeep", "a.csv", "m.zip!m/data/0"}) {
        const Judged one("", name);
        CHECK_EQ(one.all(), "");
        CHECK(one.complete());
    }
}

// Half of a file, and nearly all of it.
CUPEL_TEST(a_cut_model_is_not_read_completely)
{
    for (const std::string name : {"gguf-0.19.0/llama.gguf", "gguf-0.19.0/big-endian.gguf",
             "safetensors-0.8.0/model.safetensors", "transformers-5.24.0/bert/model-00001-of-00002.safetensors",
             "keras-3.15.1/two.h5", "keras-3.15.1/two.keras", "lightgbm-4.7.0/model.txt",
             "lightgbm-4.7.0/classifier.pkl", "lightgbm-4.7.0/classifier-zlib.joblib", "numpy-2.4.6/floats.npy",
             "numpy-2.4.6/arrays.npz", "numpy-2.4.6/objects.npy", "onnx-1.23.2/network.onnx",
             "scikit-learn-1.9.1/tree.pkl", "scikit-learn-1.9.1/plain.joblib",
             "scikit-learn-1.9.1/compressed-lzma.joblib", "scikit-learn-1.9.1/pipeline-protocol0.pkl",
             "scikit-learn-1.9.1/tree.skops", "tensorflow-2.21.0/doubler.tflite", "torch-2.9.1/state.pt",
             "torch-2.9.1/state_legacy.pt", "torch-2.9.1/scripted.pt", "xgboost-3.0.5/model.ubj",
             "xgboost-3.0.5/model.json", "xgboost-3.0.5/model.deprecated"}) {
        const auto whole = framework(name);
        REQUIRE(whole.size() > 100);
        CHECK(complete(whole, name));
        for (const auto size : {whole.size() / 2, whole.size() * 93 / 100}) {
            if (!CHECK(!complete(whole.substr(0, size), name))) {
                CHECK_EQ(name, std::to_string(size));
            }
        }
    }
}

// The beginning of a tensor that was cut is no byte that belongs to nothing.
CUPEL_TEST(what_is_left_of_a_cut_tensor_belongs_to_it)
{
    for (const std::string name : {"gguf-0.19.0/llama.gguf", "gguf-0.19.0/big-endian.gguf"}) {
        const auto whole = framework(name);
        const Judged before(whole, "a.gguf");
        for (const auto& tensor : before.analysis.facts.model->tensors) {
            if (tensor.bytes.size() > 1) {
                const auto cut = tensor.bytes.start + tensor.bytes.size() / 2;
                const Judged after(whole.substr(0, cut), "a.gguf");
                CHECK(!after.complete());
                CHECK(after.analysis.facts.model->leftover.empty());
            }
        }
    }
}

// No structure is left to know it by; its name is what loaders go by.
CUPEL_TEST(a_saved_model_that_is_cut_is_broken)
{
    const auto whole = framework("tensorflow-2.21.0/exported/saved_model.pb");
    for (const std::size_t length : {whole.size() / 2, whole.size() - 1, std::size_t{300}, std::size_t{40}}) {
        const test::Looked cut(whole.substr(0, length), "saved_model.pb");
        CHECK_EQ(cut.analysis.facts.format, "tensorflow");
        CHECK(cut.hasFinding("CUP-TF-BROKEN"));
        CHECK(!cut.complete());
    }
}

CUPEL_TEST(a_pickle_without_an_end_is_not_read_completely)
{
    // Cut between two opcodes, where nothing of one is missing.
    for (const std::string bytes : {"\x80\x02]q", "\x80\x02]", "(lp0\nI1\na", "(lp0\nI1\naI2\n"}) {
        const Judged one(bytes + std::string(bytes.ends_with('q') ? "\0" : "", bytes.ends_with('q') ? 1 : 0), "a.pkl");
        CHECK(one.finding("CUP-PKL-BROKEN") != nullptr);
        CHECK(!one.complete());
    }
    CHECK(Judged("(lp0\nI1\naI2\na.", "a.pkl").complete());
}

CUPEL_TEST(a_tar_without_its_end_may_miss_members)
{
    const auto whole = test::dataFile("tar/posix.tar");
    REQUIRE(whole.size() >= 3'072);
    CHECK(complete(whole, "a.tar"));
    const auto end = whole.find_last_not_of('\0');
    const auto members = (end / 512 + 1) * 512;
    CHECK(!complete(whole.substr(0, members), "a.tar"));
    CHECK(complete(whole.substr(0, members + 512), "a.tar")); // one block of zeros is enough for readers
}
