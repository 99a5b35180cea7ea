// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of TensorFlow: a real index and its shard, and tables written by hand with one thing wrong each.
#include "analyzers/base/checksums.h"
#include "analyzers/formats/tensorflow/tf_bundle.h"
#include "analyzers/model/neighbours.h"
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

#include <algorithm>
#include <filesystem>
#include <set>

using namespace cupel;
using test::field;
using test::number;
using test::varint;

namespace {

const std::string folder = CUPEL_SOURCE_DIR "/tests/data/frameworks/tensorflow-2.21.0/exported/variables/";
const std::string shardFile = "variables.data-00000-of-00001";

std::string fixed32(std::uint32_t value)
{
    std::string out;
    for (unsigned i = 0; i < 4; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

// Bytes as small numbers have them: none of them is text.
std::string raw(std::string bytes)
{
    for (auto& c : bytes) {
        c = static_cast<char>(c & 0x0F);
    }
    return bytes;
}

std::string checksumField(std::string_view data)
{
    return varint(6 << 3 | 5) + fixed32(maskedCrc32c(crc32c(data)));
}

// Writes what it is told to, right or wrong.
struct Maker {
    std::string data;
    std::string block;
    std::string before; // key

    Maker() { add("", number(1, 1) + field(3, number(1, 1))); }
    Maker& add(const std::string& key, const std::string& value)
    {
        std::size_t shared = 0;
        while (shared < key.size() && shared < before.size() && key[shared] == before[shared]) {
            ++shared;
        }
        block += varint(shared) + varint(key.size() - shared) + varint(value.size()) + key.substr(shared) + value;
        before = key;
        return *this;
    }
    // Four bytes a number.
    Maker& tensor(const std::string& key, std::uint64_t count, const std::string& letters)
    {
        const auto bytes = raw(letters);
        add(key,
            number(1, 1) + field(2, field(2, number(1, count))) + number(4, data.size()) + number(5, bytes.size())
                + checksumField(bytes));
        data += bytes;
        return *this;
    }
    static std::string packed(const std::string& content)
    {
        const auto whole = content + fixed32(0) + fixed32(1) + '\0';
        return whole + fixed32(maskedCrc32c(crc32c(whole)));
    }
    [[nodiscard]] std::string index(const std::string& gap = {}) const
    {
        auto out = packed(block) + gap;
        const auto size = [](const std::string& whole) { return whole.size() - 5; };
        const auto first = packed(block);
        const auto meta = packed({});
        const auto list = packed(varint(0) + varint(1) + varint(varint(0).size() + varint(size(first)).size()) + "z"
            + varint(0) + varint(size(first)));
        const auto metaAt = out.size();
        out += meta;
        const auto listAt = out.size();
        out += list;
        auto footer = varint(metaAt) + varint(size(meta)) + varint(listAt) + varint(size(list));
        footer.resize(40, '\0');
        return out + footer + "\x57\xfb\x80\x8b\x24\x75\x47\xdb";
    }
};

Analysis look(
    std::string bytes, std::string path, std::string name = {}, SharedBytes beside = {}, std::uint64_t size = 0)
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    if (!name.empty()) {
        auto companions = std::make_shared<Neighbours>();
        companions->members.push_back({std::move(name), size, {}, std::move(beside)});
        artifact.companions = std::move(companions);
    }
    Budget budget;
    return engine::analyze(std::move(artifact), {}, budget);
}

Analysis lookAtIndex(const std::string& index, std::uint64_t shardSize)
{
    return look(index, "variables.index", shardFile, {}, shardSize);
}

Analysis lookAtShard(const std::string& data, const std::string& index)
{
    return look(data, shardFile, "variables.index", std::make_shared<const std::string>(index), index.size());
}

std::string said(const Analysis& one)
{
    std::string out;
    for (const auto& finding : one.findings) {
        out += (out.empty() ? "" : "; ") + finding.rule.substr(4) + ": " + finding.message;
    }
    return out;
}

} // namespace

CUPEL_TEST(checksums_are_those_of_the_standard)
{
    CHECK_EQ(crc32c("123456789"), 0xE3069283U);
    CHECK_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
    CHECK_EQ(crc32c("456789", crc32c("123")), 0xE3069283U);
    CHECK_EQ(maskedCrc32c(crc32c("foo")) != crc32c("foo"), true);
}

CUPEL_TEST(a_real_checkpoint_is_read_and_clean)
{
    const auto index = test::readFile(folder + "variables.index").value_or("");
    const auto data = test::readFile(folder + shardFile).value_or("");
    const auto first = lookAtIndex(index, data.size());
    CHECK_EQ(said(first), "");
    CHECK(first.facts.status == ReadStatus::Complete);
    const auto& model = *first.facts.model;
    CHECK_EQ(model.kind, "index of a TensorFlow checkpoint");
    REQUIRE(model.tensors.size() > 10);
    const auto weights = std::find_if(model.tensors.begin(), model.tensors.end(),
        [](const ModelTensor& one) { return one.name == "_all_variables/0/.ATTRIBUTES/VARIABLE_VALUE"; });
    REQUIRE(weights != model.tensors.end());
    CHECK_EQ(weights->dtype, "F32");
    CHECK(weights->shape == std::vector<std::uint64_t>({4, 3}));
    CHECK_EQ(weights->storedIn, shardFile);
    CHECK_EQ(weights->bytes.size(), 48U);
    REQUIRE(model.references.size() == 1);
    CHECK_EQ(model.references[0].target, shardFile);

    const auto second = lookAtShard(data, index);
    CHECK_EQ(said(second), "");
    CHECK(second.facts.status == ReadStatus::Complete);
    CHECK_EQ(second.facts.coverage.understood, data.size());
    CHECK_EQ(second.facts.model->tensorCount, model.tensorCount);
    CHECK(second.facts.model->leftover.empty());
}

CUPEL_TEST(what_no_tensor_has_is_told)
{
    const auto index = test::readFile(folder + "variables.index").value_or("");
    const auto data = test::readFile(folder + shardFile).value_or("");
    const auto longer = lookAtShard(data + std::string(100, 'x'), index);
    CHECK_EQ(said(longer), "MODEL-HIDDEN: 100 bytes follow the end of the model and belong to no part of it.");
    REQUIRE(longer.facts.model->leftover.size() == 1);
    CHECK(longer.facts.model->leftover[0] == ByteRange({data.size(), data.size() + 100}));
    CHECK_EQ(said(lookAtShard(data + std::string(100, '\0'), index)), "");

    Maker gap;
    gap.tensor("a", 2, "12345678");
    gap.data += raw("hidden!!");
    gap.tensor("b", 1, "abcd");
    CHECK_EQ(said(lookAtIndex(gap.index(), gap.data.size())), "");
    const auto between = lookAtShard(gap.data, gap.index());
    CHECK_EQ(said(between), "MODEL-HIDDEN: 8 bytes between the parts of the model belong to none.");
    REQUIRE(between.facts.model && between.facts.model->leftover.size() == 1);
    CHECK(between.facts.model->leftover[0] == ByteRange({8, 16}));
}

CUPEL_TEST(a_changed_number_is_told)
{
    const auto index = test::readFile(folder + "variables.index").value_or("");
    auto data = test::readFile(folder + shardFile).value_or("");
    for (std::size_t at = 0; at < data.size(); at += 7) { // of numbers and of texts
        auto changed = data;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        test::report(said(lookAtShard(changed, index)).find("TF-CHECKPOINT") != std::string::npos, "byte",
            static_cast<int>(at), "is not covered by a checksum");
    }
    Limits quick;
    quick.checksums = false;
    data[4] = static_cast<char>(data[4] ^ 1);
    Artifact artifact;
    artifact.path = shardFile;
    artifact.bytes = std::make_shared<const std::string>(data);
    auto beside = std::make_shared<Neighbours>();
    beside->members.push_back({"variables.index", index.size(), {}, std::make_shared<const std::string>(index)});
    artifact.companions = beside;
    Budget budget(quick);
    CHECK_EQ(said(engine::analyze(std::move(artifact), {}, budget)), "");
}

CUPEL_TEST(tensors_fit_into_their_shard)
{
    Maker maker;
    maker.tensor("a", 2, "12345678").tensor("b", 3, "abcdefghijkl");
    CHECK_EQ(said(lookAtShard(maker.data, maker.index())), "");
    const auto cut = lookAtShard(maker.data.substr(0, 12), maker.index());
    CHECK(said(cut).find("\"b\" ends behind the end of the shard") != std::string::npos);
    CHECK(cut.facts.status == ReadStatus::Partial);
    CHECK(said(lookAtIndex(maker.index(), 12)).find("ends behind the end of its shard") != std::string::npos);

    Maker shared;
    shared.tensor("a", 2, "12345678");
    shared.data.clear();
    shared.tensor("b", 2, "12345678");
    CHECK(said(lookAtIndex(shared.index(), 8)).find("shares bytes with another tensor") != std::string::npos);

    Maker sizes;
    sizes.tensor("a", 3, "12345678");
    CHECK(said(lookAtIndex(sizes.index(), 8)).find("has 8 bytes, which its shape does not have") != std::string::npos);

    Maker far;
    far.add("a", number(1, 1) + number(3, 7) + number(5, 4));
    CHECK(said(lookAtIndex(far.index(), 8)).find("shard 7 of 1") != std::string::npos);
}

CUPEL_TEST(a_table_hides_nothing)
{
    Maker maker;
    maker.tensor("a", 2, "12345678");
    const auto gap = lookAtIndex(maker.index("between the blocks"), 8);
    CHECK_EQ(said(gap), "MODEL-HIDDEN: 18 bytes between the parts of the model belong to none.");
    const auto behind = lookAtIndex(maker.index() + "behind", 8);
    CHECK_EQ(said(behind), "MODEL-HIDDEN: 6 bytes follow the end of the model and belong to no part of it.");
    auto broken = maker.index();
    broken[5] = static_cast<char>(broken[5] ^ 1);
    CHECK(said(lookAtIndex(broken, 8)).find("the checksum of a block is wrong") != std::string::npos);
    Maker order;
    order.tensor("b", 2, "12345678").tensor("a", 2, "12345678");
    CHECK(said(lookAtIndex(order.index(), 16)).find("its names are not in order") != std::string::npos);
    Maker more;
    more.add("a", number(1, 1) + number(5, 4) + field(9, "payload"));
    CHECK(said(lookAtIndex(more.index(), 4)).find("a field that no version has") != std::string::npos);
}

CUPEL_TEST(no_byte_of_an_index_breaks_its_reader)
{
    const auto whole = test::readFile(folder + "variables.index").value_or("");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0xAA);
        Budget budget;
        const auto bundle = formats::tensorflow::readBundle(changed, budget);
        CHECK(bundle.entries.size() < 100);
        const auto cut = formats::tensorflow::readBundle(std::string_view(whole).substr(0, at), budget);
        CHECK(!cut.whole && cut.entries.empty());
    }
}

// In a container a shard has no companion, but the index knows how large it is.
CUPEL_TEST(in_a_container_the_index_counts)
{
    Maker maker;
    maker.tensor("a", 2, "12345678");
    const auto inside = [&](std::uint64_t size) {
        Artifact artifact;
        artifact.path = "m.zip!m/variables/variables.index";
        artifact.parent = "m.zip";
        artifact.depth = 1;
        artifact.bytes = std::make_shared<const std::string>(maker.index());
        auto beside = std::make_shared<Neighbours>();
        beside->members.push_back({"m/variables/" + shardFile, size, {}});
        artifact.beside = beside;
        Budget budget;
        return engine::analyze(std::move(artifact), {}, budget);
    };
    CHECK_EQ(said(inside(8)), "");
    CHECK_EQ(said(inside(108)), "MODEL-HIDDEN: 100 bytes of a shard of the checkpoint belong to no tensor.");
}

CUPEL_TEST(without_its_index_nobody_knows_what_a_shard_holds)
{
    const auto alone = look(std::string(64, '\1'), shardFile);
    CHECK_EQ(said(alone), "");
    CHECK_EQ(alone.facts.coverage.understood, 0U);
}
