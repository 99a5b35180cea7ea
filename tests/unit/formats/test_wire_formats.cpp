// SPDX-License-Identifier: GPL-3.0-or-later
// R, MessagePack, UBJSON and LightGBM, byte by byte, whole and damaged.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

namespace {

using namespace std::string_literals;

std::string big(std::uint64_t value, unsigned width = 4)
{
    return test::number(value, width, true);
}

// R, big-endian, version 2 or 3.
constexpr std::uint32_t attributes = 1U << 9;
constexpr std::uint32_t tag = 1U << 10;

std::string rHead(unsigned version)
{
    auto out = "X\n" + big(version) + big(0x040301) + big(version == 3 ? 0x030500 : 0x020300);
    return version == 3 ? out + big(5) + "UTF-8" : out;
}

std::string chars(const std::string& text)
{
    return big(9 | (64U << 12)) + big(text.size()) + text;
}

std::string symbol(const std::string& name)
{
    return big(1) + chars(name);
}

const std::string nil = big(254);

// system("id")
std::string call()
{
    return big(6) + symbol("system") + big(2) + big(16) + big(1) + chars("id") + nil;
}

Judged r(const std::string& value, unsigned version = 2)
{
    return {rHead(version) + value, "a.bin"};
}

std::string frame()
{
    return big(19 | attributes) + big(2) + big(14) + big(1) + big(0x3FF0000000000000, 8) + big(16) + big(1)
        + chars("words here") + big(2 | tag) + symbol("names") + big(16) + big(2) + chars("number") + chars("label")
        + big(2 | tag) + symbol("row.names") + big(238) + big(2) + symbol("compact_intseq") + nil + big(14) + big(3)
        + std::string(24, '\0') + big(254) + big(2 | tag) + big((1U << 8) | 255) + nil + nil;
}

std::string text(const std::string& value)
{
    return static_cast<char>(0xA0 + value.size()) + value;
}

std::string array(const std::string& dtype, unsigned elements, const std::string& data, char extension = 1)
{
    const auto inside =
        "\x93\x91"s + static_cast<char>(elements) + text(dtype) + "\xC4"s + static_cast<char>(data.size()) + data;
    return "\xC7"s + static_cast<char>(inside.size()) + extension + inside;
}

Judged pack(const std::string& value)
{
    return {"\x82"s + text("params") + "\x81"s + text("kernel") + value + text("step") + "\x07"s, "a.bin"};
}

std::string name(const std::string& value)
{
    return "L" + big(value.size(), 8) + value;
}

Judged ubj(const std::string& value)
{
    return {"{" + name("learner") + "{" + name("x") + value + "}}", "a.bin"};
}

std::string trees(const std::string& sizes, const std::string& leaves, const std::string& left)
{
    return "tree\nversion=v4\nnum_class=1\nmax_feature_idx=1\nfeature_names=a b\ntree_sizes=" + sizes
        + "\n\nTree=0\nnum_leaves=" + leaves + "\nnum_cat=0\nleft_child=" + left
        + "\nright_child=-2\nleaf_value=0.1 0.2\n\nend of trees\n";
}

} // namespace

CUPEL_TEST(values_of_r_are_complete)
{
    for (const unsigned version : {2U, 3U}) {
        const auto file = r(frame(), version);
        CHECK_EQ(file.all(), "");
        CHECK(file.complete());
        CHECK_EQ(file.analysis.facts.format, "rds");
        CHECK_EQ(file.model().producer, "R 4.3.1");
    }
    const Judged set("RDX2\n" + rHead(2) + big(2 | tag) + symbol("a") + nil + nil, "a");
    CHECK_EQ(set.analysis.facts.format, "rds");
    CHECK(set.complete());
    const Judged words(
        "A\n3\n262913\n197888\n5\nUTF-8\n531\n2\n14\n2\n1.5\nNA\n16\n1\n262153\n4\na\\040\\303\\251\n1026\n1\n"
        "262153\n5\nnames\n16\n2\n262153\n1\na\n262153\n1\nb\n254\n",
        "a");
    CHECK_EQ(words.all(), "");
    CHECK(words.complete());
    CHECK_EQ(words.analysis.facts.format, "rds");
    const Judged native("B\n" + test::number(2, 4) + test::number(0x040301, 4) + test::number(0x020300, 4)
            + test::number(13, 4) + test::number(1, 4) + test::number(7, 4),
        "a");
    CHECK(native.complete());
    CHECK_EQ(native.analysis.facts.format, "rds");
}

CUPEL_TEST(environments_and_references_of_r)
{
    // An environment whose frame names itself.
    const auto file =
        r(big(4) + big(0) + big(253) + big(2 | tag) + symbol("self") + big((1U << 8) | 255) + nil + nil + nil);
    CHECK_EQ(file.all(), "");
    CHECK(file.complete());
    CHECK_EQ(r(big((9U << 8) | 255)).all(), "R-BROKEN:medium");
    CHECK_EQ(r(big(249) + big(0) + big(2) + chars("stats") + chars("4.3.1")).all(), "");
}

CUPEL_TEST(promises_of_r_run)
{
    CHECK(r(big(5 | tag) + big(253) + big(252) + call()).finding("CUP-R-PROMISE") != nullptr);
    CHECK(r(big(5) + big(252) + call()).finding("CUP-R-PROMISE") != nullptr);
    // Deep inside, and in words.
    CHECK(r(big(19) + big(1) + big(5) + big(252) + call()).finding("CUP-R-PROMISE") != nullptr);
    const Judged words("A\n2\n262913\n131840\n5\n252\n6\n1\n9\n1\nf\n254\n", "a");
    CHECK(words.finding("CUP-R-PROMISE") != nullptr);
    CHECK(words.complete());
    // It has run already: nothing happens again.
    CHECK_EQ(r(big(5) + nil + call()).all(), "R-CODE:medium");
    CHECK_EQ(r(call()).all(), "R-CODE:medium");
    CHECK_EQ(r(big(3 | tag) + big(253) + nil + nil).all(), "R-CODE:medium");
    CHECK_EQ(r(big(2 | tag | (1U << 27)) + symbol("a") + nil + nil).all(), "R-ACTIVE:medium");
}

CUPEL_TEST(bytecode_of_r_is_walked)
{
    const auto code = big(21) + big(1) + big(13) + big(2) + big(12) + big(1) + big(2) + big(6) + nil + big(0)
        + symbol("f") + big(0) + nil + big(16) + big(16) + big(0);
    // A call whose first is a symbol and whose rest is nothing, then a vector of texts.
    const auto file = r(code);
    CHECK_EQ(file.all(), "R-CODE:medium");
    CHECK(file.complete());
}

CUPEL_TEST(broken_values_of_r)
{
    for (const auto& value :
        {big(14) + big(0x7FFFFFFF), big(14) + big(0xFFFFFFFE), big(14) + big(0xFFFFFFFF) + big(9) + big(0), big(99),
            big(9) + big(0xFFFFFFF0), big(14) + big(2) + big(0, 8), nil + "more", std::string()}) {
        const auto file = r(value);
        CHECK_EQ(file.all(), "R-BROKEN:medium");
        CHECK(!file.complete());
    }
    CHECK_EQ(r(big(14) + big(0xFFFFFFFF) + big(0) + big(1) + big(0, 8)).all(), "");
    std::string deep;
    for (int i = 0; i < 20'000; ++i) {
        deep += big(19) + big(1);
    }
    CHECK(r(deep + nil).complete()); // the last of a list leaves nothing to come back to
    deep.clear();
    for (int i = 0; i < 20'000; ++i) {
        deep += big(19) + big(2);
    }
    CHECK_EQ(r(deep).all(), "R-BROKEN:medium");
}

CUPEL_TEST(arrays_of_flax)
{
    const auto plain = pack(array("float32", 2, std::string(8, '\0')));
    CHECK_EQ(plain.all(), "");
    CHECK(plain.complete());
    CHECK_EQ(plain.analysis.facts.format, "msgpack");
    CHECK_EQ(plain.model().kind, "Flax checkpoint");
    REQUIRE(plain.model().tensors.size() == 1);
    CHECK_EQ(plain.model().tensors[0].name, "params.kernel");
    CHECK_EQ(plain.model().tensors[0].dtype, "F32");
    CHECK_EQ(plain.model().parameterCount, 2);
    CHECK_EQ(pack(array("float32", 3, std::string(8, '\0'))).all(), "MSGPACK-BROKEN:medium");
    CHECK(pack(array("object", 1, std::string(8, '\0'))).finding("CUP-MSGPACK-OBJECT") != nullptr);
    const auto carried = pack(array("|O", 1, "\x80\x02"s + "cos\nsystem\nX\2\0\0\0id\x85R."s));
    CHECK(carried.finding("CUP-MSGPACK-OBJECT") != nullptr);
    REQUIRE(carried.children.size() == 1);
    CHECK_EQ(pack(array("float32", 1, "abcd", 77)).all(), "MSGPACK-EXTENSION:medium");
}

CUPEL_TEST(messages_that_cannot_be)
{
    CHECK_EQ(Judged("\x81"s + text("a") + "\xDD\x7F\xFF\xFF\xFF"s, "a.msgpack").all(), "MSGPACK-BROKEN:medium");
    CHECK_EQ(Judged("\x81"s + text("a") + std::string(600, '\x91') + "\1", "a.msgpack").all(), "MSGPACK-BROKEN:medium");
    CHECK_EQ(Judged("\x81"s + text("a") + "\xC1"s, "a.msgpack").all(), "MSGPACK-BROKEN:medium");
    CHECK_EQ(Judged("\x81"s + text("a") + "\1more"s, "a.msgpack").all(), "MSGPACK-BROKEN:medium");
    // Other files keep their format.
    CHECK(Judged("\x82\xA4hello there, this is no map", "a.txt").analysis.facts.format != "msgpack");
    CHECK(Judged("\x80\x02K\x01.", "a.pkl").analysis.facts.format == "pickle");
}

CUPEL_TEST(models_of_xgboost)
{
    const auto plain = ubj("[$l#L" + big(3, 8) + big(1) + big(0xFFFFFFFF) + big(0xFFFFFFFF));
    CHECK_EQ(plain.all(), "");
    CHECK(plain.complete());
    CHECK_EQ(plain.analysis.facts.format, "ubjson");
    CHECK_EQ(plain.model().kind, "XGBoost model");
    CHECK(ubj("[#i\2i\1Si\3abc").complete());
    CHECK(ubj("[Ti\1{}]").complete());
    for (const auto& value : {"[$N#L" + big(0x7FFFFFFFFFFFFFFF, 8), "[$d#L" + big(0x4000000000000001, 8) + "abc",
             "[#L" + big(0xFFFFFFFFFFFFFFFF, 8), "Si\xFF"s, "[#l" + big(0x7FFFFFFF), "[$d"s, "?"s,
             std::string(600, '[')}) {
        const auto file = ubj(value);
        CHECK_EQ(file.all(), "UBJSON-BROKEN:medium");
        CHECK(!file.complete());
    }
    const auto child = [](std::uint32_t to) {
        return Judged("{" + name("learner") + "{" + name("left_children") + "[$l#L" + big(2, 8) + big(to)
                + big(0xFFFFFFFF) + "}}",
            "a.bin");
    };
    CHECK_EQ(child(1).all(), "");
    CHECK_EQ(child(2).all(), "TREES-INDEX:medium");
    CHECK_EQ(child(0xFFFFFFFE).all(), "TREES-INDEX:medium");
    CHECK_EQ(std::string(Judged("{\"learner\": {}}", "a.json").analysis.facts.format) == "ubjson", false);
}

namespace {

std::string fieldOf(const Judged& file, std::string_view key)
{
    for (const auto& field : file.model().metadata) {
        if (field.key == key) {
            return field.value;
        }
    }
    return "none";
}

Judged seed(const std::string& name)
{
    return {test::readFile(std::string(CUPEL_SOURCE_DIR "/tests/data/formats/xgboost/") + name).value_or(""), name};
}

} // namespace

// As JSON, and in the binary form of before.
CUPEL_TEST(models_of_xgboost_are_named_as_such)
{
    for (const std::string name : {"plain.json", "plain.model"}) {
        const auto plain = seed(name);
        CHECK_EQ(plain.analysis.facts.format, "xgboost");
        CHECK(plain.model().kind.starts_with("XGBoost model"));
        CHECK_EQ(plain.all(), "");
        CHECK(plain.complete());
        CHECK_EQ(fieldOf(plain, "trees"), "1");
        CHECK_EQ(fieldOf(plain, "features"), "2");
        CHECK_EQ(fieldOf(plain, "booster"), "gbtree");
        CHECK_EQ(fieldOf(plain, "objective"), "reg:squarederror");
        CHECK_EQ(fieldOf(plain, "note"), "made by hand");
    }
    CHECK_EQ(fieldOf(seed("plain.json"), "version"), "3.0.5");
    CHECK_EQ(fieldOf(seed("plain.model"), "version"), "1.6");
    CHECK_EQ(seed("child.json").all(), "TREES-INDEX:medium");
    CHECK_EQ(seed("child.model").all(), "TREES-INDEX:medium");
    CHECK_EQ(seed("trees.json").all(), "XGBOOST-BROKEN:medium");
    const auto cut = seed("cut.model");
    CHECK_EQ(cut.all(), "XGBOOST-BROKEN:medium");
    CHECK(!cut.complete());
    const auto whole = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/xgboost/plain.json").value_or("");
    const Judged half(whole.substr(0, whole.size() / 2), "a.json");
    CHECK_EQ(half.all(), "XGBOOST-BROKEN:medium");
    CHECK(!half.complete());
    // Counts make no room for what is not there.
    auto lies = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/xgboost/plain.model").value_or("");
    const auto trees = lies.find("gbtree") + 6;
    lies.replace(trees, 4, "\xFF\xFF\xFF\x7F");
    CHECK_EQ(Judged(lies, "a.model").all(), "XGBOOST-BROKEN:medium");
    // Other JSON stays what it is, and so does a word that begins like the magic.
    CHECK(Judged("{\"learner\": {\"name\": \"ada\"}}", "a.json").analysis.facts.format != "xgboost");
    CHECK(Judged("binford tools", "a.txt").analysis.facts.format != "xgboost");
}

CUPEL_TEST(models_of_lightgbm)
{
    const Judged plain(trees("60", "2", "-1"), "model.txt");
    CHECK_EQ(plain.all(), "");
    CHECK(plain.complete());
    CHECK_EQ(plain.model().kind, "LightGBM model");
    for (const auto& text : {trees("60 60", "2", "-1"), trees("99999999999", "2", "-1"), trees("60", "1000000", "-1"),
             trees("60", "3", "-1"), trees("60", "2", "5"), trees("60", "2", "-3"), trees("60", "x", "-1")}) {
        CHECK(Judged(text, "model.txt").finding("CUP-LIGHTGBM-BROKEN") != nullptr);
    }
}

CUPEL_TEST(damage_never_stops_the_reader)
{
    for (const auto& whole : {rHead(3) + frame(), rHead(2) + big(5) + big(252) + call(),
             "\x82"s + text("params") + array("float32", 2, std::string(8, '\0')) + text("step") + "\x07"s,
             "{" + name("learner") + "{" + name("x") + "[$l#i\1" + big(1) + "}}", trees("60", "2", "-1"),
             test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/xgboost/plain.model").value_or(""),
             test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/xgboost/plain.json").value_or("")}) {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            auto damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0xAA);
            CHECK(!Judged(damaged, "x.msgpack").analysis.facts.format.empty());
            CHECK(!Judged(whole.substr(0, at), "x.rds").analysis.facts.format.empty());
        }
    }
}
