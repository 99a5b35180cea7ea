// SPDX-License-Identifier: GPL-3.0-or-later
// Stripped copies: what was to go is gone, all else is there byte for byte, what cannot be exact is refused, and the
// proof sees a copy that is not what it should be.
#include "analyzers/base/checksums.h"
#include "analyzers/convert/strip.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/strip_copy.h"
#include "analyzers/model/model_questions.h"
#include "tests/unit/check.h"
#include "tests/unit/convert/strip_bytes.h"

#include <algorithm>
#include <filesystem>

using namespace cupel;
using namespace std::string_literals;
namespace fs = std::filesystem;
using convert::StripItem;
using convert::StripWish;
using test::hidden;
using test::little;
using test::metadata;
using test::scanOf;
using test::stripped;
using Kind = StripItem::Kind;

namespace {

std::string big(std::uint64_t value, unsigned width)
{
    auto out = little(value, width);
    std::reverse(out.begin(), out.end());
    return out;
}

std::string safetensors(const std::string& header, const std::string& data)
{
    return little(header.size(), 8) + header + data;
}

std::string text(const std::string& value, bool bigEndian = false)
{
    return (bigEndian ? big(value.size(), 8) : little(value.size(), 8)) + value;
}

// Two tensors of four bytes and of eight, aligned to 32.
std::string gguf(const std::vector<std::pair<std::string, std::string>>& values, const std::string& padding,
    const std::string& behind = "", bool bigEndian = false)
{
    const auto number = [bigEndian](std::uint64_t value, unsigned width) {
        return bigEndian ? big(value, width) : little(value, width);
    };
    auto out = "GGUF" + number(3, 4) + number(2, 8) + number(values.size(), 8);
    for (const auto& [key, value] : values) {
        out += text(key, bigEndian) + number(8, 4) + text(value, bigEndian);
    }
    out += text("a", bigEndian) + number(1, 4) + number(1, 8) + number(0, 4) + number(0, 8);
    out += text("b", bigEndian) + number(1, 4) + number(2, 8) + number(0, 4) + number(32, 8);
    out.resize((out.size() + 31) / 32 * 32, '\0');
    auto pad = padding;
    pad.resize(28, '\0');
    return out + "\0\0\x80\x3f"s + pad + std::string(8, '\x3f')
        + (behind.empty() ? "" : std::string(24, '\0') + behind);
}

struct ZipMember {
    std::string name;
    std::string data;
    std::string extra = {};
    std::string comment = {};
};

std::string archive(const std::vector<ZipMember>& members, const std::string& front = "", const std::string& gap = "",
    const std::string& comment = "")
{
    auto out = front;
    std::string directory;
    for (const auto& member : members) {
        const auto fields = little(crc32(member.data), 4) + little(member.data.size(), 4)
            + little(member.data.size(), 4) + little(member.name.size(), 2) + little(member.extra.size(), 2);
        directory += "PK\1\2"s + little(20, 2) + little(20, 2) + little(0, 4) + little(0x21, 4) + fields
            + little(member.comment.size(), 2) + little(0, 8) + little(out.size() - front.size(), 4) + member.name
            + member.extra + member.comment;
        out += "PK\3\4"s + little(20, 2) + little(0, 4) + little(0x21, 4) + fields + member.name + member.extra
            + member.data + gap;
    }
    const auto start = out.size() - front.size();
    return out + directory + "PK\5\6"s + little(0, 4) + little(members.size(), 2) + little(members.size(), 2)
        + little(directory.size(), 4) + little(start, 4) + little(comment.size(), 2) + comment;
}

} // namespace

CUPEL_TEST(theHeaderLosesWordsAndTheNumbersStay)
{
    const auto file = safetensors(
        R"({"__metadata__":{"format":"pt","author":"me \"x\"","n":"1"},"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
        "abcd");
    const auto out = stripped(file, metadata);
    CHECK_EQ(out.trouble, "");
    CHECK_EQ(out.items, "metadata author;metadata n;");
    REQUIRE(out.notes.size() == 1); // what stays although it was asked for, and why
    CHECK(out.notes[0].starts_with("The key \"format\" stays: libraries refuse"));
    const auto named = stripped(file, {false, true, false, {"format"}});
    CHECK(named.notes.empty() && named.bytes.find("format") == std::string::npos);
    CHECK(out.broken.empty());
    CHECK_EQ(out.tensors, 1U);
    const std::string head = R"({"__metadata__":{"format":"pt"},"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})";
    CHECK_EQ(out.bytes.substr(8), head + std::string((8 - head.size() % 8) % 8, ' ') + "abcd");
    CHECK_EQ((out.bytes.size() - 4) % 8, 0U);
    CHECK_EQ(out.bytes.substr(0, 8), little(out.bytes.size() - 12, 8));
    const auto key = stripped(file, {false, false, false, {"n"}});
    CHECK_EQ(key.items, "metadata n;");
    CHECK(key.bytes.find(R"("author":"me \"x\"")") != std::string::npos);
    CHECK(stripped(file, {false, false, false, {"gone"}}).trouble.find("no key") != std::string::npos);
    CHECK_EQ(stripped(file, hidden).items, "");
}

CUPEL_TEST(holesBetweenTensorsAreClosed)
{
    const auto out = stripped(safetensors(R"({"b":{"dtype":"U8","shape":[2],"data_offsets":[6,8]},)"
                                          R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
                                  "abcdXXefbehind"),
        hidden);
    CHECK_EQ(out.items, "between-tensors;behind-end;");
    CHECK(out.broken.empty());
    CHECK_EQ(out.tensors, 2U);
    CHECK(out.bytes.ends_with("abcdef"));
    CHECK(out.bytes.find(R"("data_offsets":[4,6])") < out.bytes.find(R"("data_offsets":[0,4])"));
}

// Readers skip blanks of the header: what they spell goes with them. Those that writers put there say nothing.
CUPEL_TEST(blanksOfAHeaderThatSpellSomethingGo)
{
    const std::string entry = R"("w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})";
    std::string spelled;
    for (const char c : "a message"s) {
        spelled += (c & 1) != 0 ? "\t " : " \t";
    }
    for (const auto& head : {"{" + entry + spelled, "{" + spelled + entry, "{" + std::string(40, ' ') + entry}) {
        const auto out = stripped(safetensors(head, "abcd"), hidden);
        CHECK_EQ(out.trouble, "");
        CHECK_EQ(out.items, "blanks;");
        CHECK(out.broken.empty());
        CHECK_EQ(out.tensors, 1U);
        CHECK(out.bytes.find('\t') == std::string::npos);
    }
    for (const auto& head : {"{" + entry + std::string(90, ' '), "{\n" + std::string(24, ' ') + entry,
             R"({ "__metadata__" : {"k": ")" + std::string(40, ' ') + "\\\"" + std::string(40, ' ') + R"("}, )"
                 + entry}) {
        CHECK_EQ(stripped(safetensors(head, "abcd"), hidden).items, "");
    }
}

CUPEL_TEST(whatIsNotExactIsRefused)
{
    const auto overlap = safetensors(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
                                     R"("b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})",
        "abcdef");
    CHECK(stripped(overlap, hidden).trouble.find("safetensors-overlap") != std::string::npos);
    const auto twice = safetensors(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                                   R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
        "a");
    CHECK(!stripped(twice, metadata).trouble.empty());
    CHECK(!stripped("x = 1\n", hidden, "a.py").trouble.empty());
    CHECK(!stripped("", hidden).trouble.empty());
}

CUPEL_TEST(pairsOfAGgufGoAndTheDataIsAligned)
{
    for (const bool other : {false, true}) {
        const auto file =
            gguf({{"general.architecture", "llama"}, {"general.author", "somebody"}, {"a.kept", "1"}}, "", "", other);
        const auto out = stripped(file, metadata);
        CHECK_EQ(out.trouble, "");
        CHECK_EQ(out.items, "metadata general.author;");
        CHECK(out.broken.empty());
        CHECK_EQ(out.tensors, 2U);
        CHECK_EQ(out.bytes, gguf({{"general.architecture", "llama"}, {"a.kept", "1"}}, "", "", other));
        CHECK_EQ(stripped(file, hidden).bytes, file);
        CHECK(stripped(file, {false, false, false, {"general.architecture"}}).trouble.find("no loader")
            != std::string::npos);
    }
}

CUPEL_TEST(paddingOfAGgufBecomesZeroAndItsEndTheEnd)
{
    const auto out = stripped(gguf({{"general.architecture", "llama"}}, "secret words", "more"), hidden);
    CHECK_EQ(out.items, "padding;behind-end;");
    CHECK(out.broken.empty());
    CHECK_EQ(out.bytes, gguf({{"general.architecture", "llama"}}, "") + std::string(24, '\0'));
}

CUPEL_TEST(aPoisonedTemplateGoesAndAPlainOneStays)
{
    const StripWish templates{false, false, true, {}};
    const auto poisoned =
        gguf({{"general.architecture", "llama"}, {"tokenizer.chat_template", "{{ x.__class__.__mro__ }}"}}, "");
    const auto out = stripped(poisoned, templates);
    CHECK_EQ(out.items, "template tokenizer.chat_template;");
    CHECK(out.broken.empty());
    CHECK_EQ(out.bytes, gguf({{"general.architecture", "llama"}}, ""));
    const auto plain = gguf({{"tokenizer.chat_template", "{% for m in messages %}{{ m }}{% endfor %}"}}, "");
    CHECK_EQ(stripped(plain, templates).items, "");
    CHECK_EQ(stripped(plain, templates).bytes, plain);
}

CUPEL_TEST(aZipKeepsItsMembersOnly)
{
    const auto extra = little(0x6375, 2) + little(65, 2) + std::string(65, 'x');
    const std::vector<ZipMember> members{{"a.txt", "first member", extra, "a comment"}, {"b.txt", "second"}};
    const auto out = stripped(archive(members, "#!/bin/sh\n", "gap bytes", "of all") + "behind", hidden, "m.zip");
    CHECK_EQ(out.trouble, "");
    CHECK(out.broken.empty());
    for (const auto* word : {"in-front;", "extra-fields;", "between-members;", "comments;", "behind-end;"}) {
        CHECK(out.items.find(word) != std::string::npos);
    }
    CHECK_EQ(out.bytes, archive({{"a.txt", "first member"}, {"b.txt", "second"}}));
    const auto clean = archive({{"a.txt", "first member"}, {"b.txt", "second"}});
    CHECK_EQ(stripped(clean, hidden, "m.zip").bytes, clean);
    CHECK_EQ(stripped(clean, hidden, "m.zip").items, "");
    // What says when and by whom is not hidden, and not written again when something is.
    const auto timed = archive({{"a.txt", "first member", "UT" + little(5, 2) + "\1abcd"}, {"b.txt", "second"}});
    CHECK_EQ(stripped(timed, hidden, "m.zip").items, "");
    CHECK_EQ(stripped(timed, hidden, "m.zip").bytes, timed);
    CHECK_EQ(stripped(timed + "behind", hidden, "m.zip").form, 18U);
    CHECK_EQ(stripped(timed + "behind", hidden, "m.zip").bytes, clean);
    auto lying = clean;
    lying.replace(lying.find("a.txt"), 5, "c.txt"); // of the header, not of the directory
    CHECK(!stripped(lying, hidden, "m.zip").trouble.empty());
}

CUPEL_TEST(alignedDataStaysAligned)
{
    const auto fill = 64 - (30 + 6 + 4) % 64;
    const std::string extra = little(0x4246, 2) + little(static_cast<std::uint64_t>(fill), 2)
        + std::string(static_cast<std::size_t>(fill), 'Z');
    const auto file = archive({{"m/data", std::string(64, 'x'), extra}}) + "behind";
    const auto out = stripped(file, hidden, "m.pt");
    CHECK_EQ(out.items, "behind-end;");
    CHECK(out.broken.empty());
    CHECK_EQ(out.bytes.find(std::string(64, 'x')), 64U);
}

CUPEL_TEST(nothingFollowsThePickle)
{
    const auto pickle = "\x80\x02}q\0X\1\0\0\0aK\1s."s;
    const auto out = stripped(pickle + "hidden words behind it", hidden, "m.pkl");
    CHECK_EQ(out.items, "behind-end;");
    CHECK(out.broken.empty());
    CHECK_EQ(out.bytes, pickle);
    CHECK_EQ(stripped(pickle, hidden, "m.pkl").items, "");
    std::string head = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }";
    head.resize(117, ' ');
    const auto array = "\x93NUMPY\1\0"s + little(118, 2) + head + "\nabc";
    const auto cut = stripped(array + "not an array", hidden, "m.npy");
    CHECK(cut.broken.empty());
    CHECK_EQ(cut.bytes, array);
    CHECK_EQ(cut.tensors, 1U);
}

// A checkpoint that was cut, or whose storages nobody finds: what follows may be all there is.
CUPEL_TEST(numbersThatAreNotFoundAreNotHidden)
{
    const auto text = [](const std::string& word) { return "X" + little(word.size(), 4) + word; };
    const auto pickle = "\x80\x02}"s + text("w") + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage")
        + "ctorch\nFloatStorage\n" + text("0") + text("cpu")
        + "K\x04tQK\0K\x04\x85K\x01\x85\x89"
          "ccollections\nOrderedDict\n)RtRs."s;
    CHECK_EQ(stripped(pickle, hidden, "m.pkl").trouble, "");
    CHECK(!stripped(pickle + std::string(20, '\xEE'), hidden, "m.pkl").trouble.empty());
}

CUPEL_TEST(theProofSeesWhatIsNotSo)
{
    const auto file =
        safetensors(R"({"__metadata__":{"note":"x"},"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", "abcd");
    const auto before = scanOf("m", file);
    Budget budget;
    const auto plan = convert::planStrip(before.analyses.at("m"), metadata, budget);
    REQUIRE(plan.ok());
    std::string copy;
    CHECK(convert::writeStripped(plan.value(), budget, [&copy](std::string_view piece) {
        copy += piece;
        return true;
    }));
    const auto brokenBy = [&](const std::string& bytes) {
        const auto proof = engine::proveStripped(plan.value(), before, scanOf("m", bytes), budget);
        return proof.broken.empty() ? std::string() : proof.broken.front();
    };
    CHECK_EQ(brokenBy(copy), "");
    auto other = copy;
    other.back() = 'X';
    CHECK(brokenBy(other).find("tensor w") != std::string::npos);
    CHECK(!brokenBy(copy.substr(0, copy.size() - 1)).empty());
    CHECK(!brokenBy(file).empty());
}

// Where nothing is hidden, nothing is written anew, filling or not.
CUPEL_TEST(whatHasNothingToLoseStaysAsItIs)
{
    const auto fill = "\x46\x42"s + little(12, 2) + std::string(12, 'Z');
    const auto file = archive({{"a/data.pkl", "N.", fill}, {"a/version", "3", fill}});
    const auto out = stripped(file, hidden);
    CHECK_EQ(out.trouble, "");
    CHECK_EQ(out.items, "");
    CHECK_EQ(out.bytes, file);
    CHECK_EQ(out.form, 0U);
}

// Members are copied byte for byte: what hides in one is not taken out, and that is said.
CUPEL_TEST(what_hides_inside_of_members_is_told)
{
    const auto bytes = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch-slack.pt").value_or("");
    const auto slack = stripped(bytes, hidden, "m.pt");
    CHECK_EQ(slack.items, "");
    REQUIRE(slack.kept.size() == 2); // a storage of no tensor, and one that is too long
    CHECK_EQ(slack.kept[1],
        "Members are copied byte for byte, so this stays (model/data.pkl): 1 storage has more bytes than its elements "
        "need: storage 0 has 8 bytes more.");
    CHECK(stripped(bytes, metadata, "m.pt").kept.empty());
    const auto plain = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt").value_or("");
    CHECK(stripped(plain, hidden, "m.pt").kept.empty());
}

namespace {

// Real files with bytes in every place that a copy leaves out.
std::vector<std::pair<std::string, std::string>> stuffed(const std::string& bytes)
{
    const std::string fill(70, 'h');
    std::vector<std::pair<std::string, std::string>> out{{"as it is", bytes}, {"behind", bytes + fill}};
    const auto end = bytes.rfind("PK\5\6");
    if (!bytes.starts_with("PK\3\4") || end == std::string::npos || end + 22 != bytes.size()) {
        return out;
    }
    out.emplace_back("in front", fill + bytes);
    const auto ended = [&](const std::string& comment) {
        return bytes.substr(0, end + 20) + little(comment.size(), 2) + comment;
    };
    out.emplace_back("a comment", ended(fill));
    out.emplace_back("a short comment", ended("ab"));
    out.emplace_back("a commit", ended(std::string(40, 'a')));
    out.emplace_back("bytes as a comment", ended(std::string(30, '\1')));
    return out;
}

} // namespace

// One idea of hidden bytes: whatever a copy would be without, a finding tells.
CUPEL_TEST(whatGoesAsHiddenIsTold)
{
    std::size_t asked = 0;
    std::size_t went = 0;
    for (const auto& entry : fs::recursive_directory_iterator(CUPEL_SOURCE_DIR "/tests/data/frameworks")) {
        const auto path = entry.path().string();
        const auto bytes = entry.is_regular_file() ? test::readFile(path).value_or("") : std::string();
        if (bytes.empty() || bytes.size() > (4U << 20)) {
            continue;
        }
        for (const auto& [what, file] : stuffed(bytes)) {
            const auto all = scanOf(path, file);
            const auto& root = all.analyses.at(path);
            Budget budget;
            const auto plan = convert::canStrip(root->facts.format) ? convert::planStrip(all, path, hidden, budget)
                                                                    : convert::planStrip(nullptr, hidden, budget);
            if (!plan) {
                continue;
            }
            ++asked;
            for (const auto& item : plan.value().items) {
                ++went;
                const auto& list = root->findings;
                const bool told = std::any_of(list.begin(), list.end(), [&](const Finding& finding) {
                    return isAboutHiddenBytes(finding) && finding.location.bytes.overlaps(item.place)
                        && hiddenSize(finding).bytes >= std::min<std::uint64_t>(item.bytes, 2);
                });
                test::report(told, (path + ", " + what).c_str(), 0, std::string(describe(item.kind)).c_str());
                const auto left = root->facts.model ? root->facts.model->leftover : std::vector<ByteRange>{item.place};
                test::report(std::any_of(left.begin(), left.end(),
                                 [&](const ByteRange& range) { return range.overlaps(item.place); })
                        || root->facts.coverage.understood <= item.place.start,
                    (path + ", " + what).c_str(), 0, "bytes that go are shown as structure");
            }
        }
    }
    CHECK(asked > 100 && went > 60);
}
