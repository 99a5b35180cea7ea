// SPDX-License-Identifier: GPL-3.0-or-later
// Databases of checkpoints, as Orbax 0.12.8 writes them, and ones that are made by hand.
#include "analyzers/base/checksums.h"
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

namespace {

using namespace std::string_literals;

std::string seed(const std::string& name)
{
    return test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/ocdbt/" + name).value_or("");
}

std::string value(const ModelContent& model, std::string_view key)
{
    for (const auto& field : model.metadata) {
        if (field.key == key) {
            return field.value;
        }
    }
    return {};
}

std::string nodeOf(const std::string& magic, const std::string& body)
{
    auto out = "\x0c\xdb"s + magic + test::number(4 + 8 + 2 + body.size() + 4, 8) + "\0\0"s + body;
    return out + test::number(crc32c(out), 4);
}

std::string leaf(const std::string& body)
{
    return nodeOf("\x20\xde", "\0"s + body);
}

// A table with one file, and one entry whose value stands at a place of it.
std::string pointing(const std::string& path, char length, char at)
{
    return leaf("\1"s + static_cast<char>(path.size()) + "\0"s + path + "\1\1"s + "k" + length + "\1\0"s + at);
}

const std::string dataFile = "4a2c639738a7457cec60f01e6b41de4f";

} // namespace

CUPEL_TEST(databases_of_orbax_are_read_to_their_end)
{
    const Judged manifest(seed("manifest.ocdbt"), "manifest.ocdbt");
    CHECK_EQ(manifest.all(), "");
    CHECK(manifest.complete());
    CHECK_EQ(std::string(manifest.analysis.facts.format), "ocdbt");
    CHECK_EQ(value(manifest.model(), "database"), "ae578949707532e04edf3ddafcbb1a0a");
    CHECK_EQ(value(manifest.model(), "data files"), "1");
    CHECK_EQ(value(Judged(seed("process.ocdbt"), "manifest.ocdbt").model(), "generations"), "4");
    const Judged data(seed("59d20d98a19308afed49f0a51bcf486c"), "59d20d98a19308afed49f0a51bcf486c");
    CHECK_EQ(data.all(), "");
    CHECK(data.complete());
    CHECK_EQ(value(data.model(), "keys"), "6");
    CHECK_EQ(value(data.model(), "values in nodes"), "6");
    // Names and settings of arrays become texts that rules search.
    REQUIRE(data.children.size() == 2);
    CHECK(data.children[0].view().find("w/.zarray") != ByteView::npos);
    CHECK(data.children[1].view().find("\"dtype\":\"<f4\"") != ByteView::npos);
}

CUPEL_TEST(values_between_nodes_belong_to_who_names_them)
{
    const std::string numbers(40, '\x01');
    const Judged whole(numbers + pointing("d/" + dataFile, 40, 0), dataFile);
    CHECK_EQ(std::string(whole.analysis.facts.format), "ocdbt");
    CHECK(whole.complete());
    CHECK_EQ(value(whole.model(), "values in data files"), "1");
    const Judged part(numbers + pointing("d/" + dataFile, 30, 0), dataFile);
    CHECK(!part.complete());
    const Judged other(numbers + pointing("d/other", 40, 0), dataFile);
    CHECK(!other.complete());
    CHECK_EQ(other.all(), "");
    // A pickle among the numbers is one for whoever loads the file.
    const auto call = "cos\nsystem\n(S'echo'\ntR."s;
    const Judged pickle(numbers + call + pointing("d/" + dataFile, 23, 40), dataFile);
    REQUIRE(!pickle.children.empty());
    CHECK_EQ(std::string(pickle.children[0].view()), call);
    CHECK(Judged(call + pointing("d/" + dataFile, 23, 0), dataFile).finding("CUP-PKL-PROCESS") != nullptr);
    // Under another name nobody takes it for a data file.
    CHECK(Judged(numbers + pointing("d/" + dataFile, 40, 0), "weights").analysis.facts.format != "ocdbt");
}

CUPEL_TEST(contradictions_of_databases_are_told)
{
    auto damaged = seed("manifest.ocdbt");
    damaged[40] = static_cast<char>(damaged[40] ^ 1);
    CHECK(Judged(damaged, "manifest.ocdbt").finding("CUP-OCDBT-BROKEN") != nullptr);
    const Judged cut(seed("manifest.ocdbt").substr(0, 60), "manifest.ocdbt");
    CHECK_EQ(cut.all(), "OCDBT-BROKEN:medium");
    CHECK(!cut.complete());
    for (const auto* path : {"/etc/passwd", "../a", "d/../../a"}) {
        CHECK_EQ(Judged(pointing(path, 0, 0), "a").all(), "OCDBT-OUTSIDE:medium");
    }
    CHECK_EQ(Judged(pointing("d/a..b", 0, 0), "a").all(), "");
    // Counts make no room for what is not there.
    CHECK_EQ(Judged(leaf("\xff\xff\xff\xff\x7f"s), "a").all(), "OCDBT-BROKEN:medium");
    CHECK_EQ(Judged(leaf("\0\xff\xff\xff\xff\x7f"s), "a").all(), "OCDBT-BROKEN:medium");
    CHECK_EQ(Judged(leaf("\0\1\1k\1\1\5\0"s), "a").all(), "OCDBT-BROKEN:medium"); // a file that no table has
    // 82 bytes that say 40,000 times "the same 64 KB again".
    CHECK_EQ(Judged(seed("repeated-path"), "a").all(), "OCDBT-BROKEN:medium");
}

CUPEL_TEST(lists_of_arrays_are_texts_with_facts)
{
    const Judged list(R"J({"tree_metadata": {"('a', 'w')": {"key_metadata": [{"key": "a"}, {"key": "w"}],
        "value_metadata": {"value_type": "jax.Array", "write_shape": [2, 3]}}, "('n',)": {"key_metadata": [{"key": "n"}],
        "value_metadata": {"value_type": "scalar"}}}, "use_ocdbt": true})J",
        "_METADATA");
    CHECK_EQ(list.all(), "");
    CHECK_EQ(std::string(list.analysis.facts.format), "text");
    REQUIRE(list.model().tensors.size() == 2);
    CHECK_EQ(list.model().tensors[0].name, "a.w");
    CHECK_EQ(list.model().tensors[0].shape.size(), 2U);
    CHECK_EQ(value(list.model(), "use_ocdbt"), "true");
    CHECK(Judged("{\"tree_metadata\": 1}", "_METADATA").analysis.facts.model == nullptr);
    CHECK(Judged("{\"tree_metadata\": {}}", "other.json").analysis.facts.model == nullptr);
}

CUPEL_TEST(damage_of_databases_never_stops_the_reader)
{
    for (const auto& whole : {seed("manifest.ocdbt"), seed("59d20d98a19308afed49f0a51bcf486c"),
             pointing("d/" + dataFile, 40, 0), leaf("\0\2\1\2\1kab\1\1\0\0xy"s)}) {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            auto damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x81);
            CHECK(!Judged(damaged, dataFile).analysis.facts.format.empty());
            CHECK(!Judged(whole.substr(0, at), dataFile).analysis.facts.format.empty());
        }
    }
}
