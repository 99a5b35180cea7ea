// SPDX-License-Identifier: GPL-3.0-or-later
// HDF5 files that tests/data/formats/make_graph_seeds.py builds byte by byte, whole and damaged.
#include "tests/unit/check.h"
#include "tests/unit/proto_bytes.h"

using namespace cupel;
using test::Looked;

namespace {

std::string seed(const std::string& name)
{
    return test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/hdf5/" + name).value_or("");
}

Looked look(const std::string& name)
{
    return Looked(seed(name), "any.bin");
}

} // namespace

CUPEL_TEST(groups_datasets_and_attributes)
{
    const auto plain = look("plain.h5");
    CHECK_EQ(plain.format(), "hdf5");
    CHECK(plain.isClean());
    CHECK_EQ(plain.model().producer, "Keras 2.15.0");
    REQUIRE(plain.model().tensors.size() == 1);
    const auto& weights = plain.model().tensors[0];
    CHECK_EQ(weights.name, "/model_weights/kernel:0");
    CHECK_EQ(weights.dtype, "F32");
    CHECK_EQ(weights.shape.size(), 2);
    CHECK_EQ(weights.bytes.size(), 16);
    REQUIRE(!plain.model().operators.empty());
    CHECK_EQ(plain.model().operators[0].name, "Sequential");
}

CUPEL_TEST(configurations_in_attributes)
{
    CHECK(look("lambda.h5").hasFinding("CUP-KERAS-CODE"));
    CHECK(look("training.h5").hasFinding("CUP-KERAS-MODULE"));
    const auto behind = look("user-block.h5");
    CHECK(behind.hasFinding("CUP-KERAS-MODULE"));
    CHECK(behind.hasFinding("CUP-HDF-HIDDEN"));
    const auto pickle = look("pickle.h5");
    CHECK(pickle.hasFinding("CUP-HDF-PICKLE"));
    CHECK_EQ(pickle.children.size(), 1);
}

// Two values may lead to one place of the heap: what the longer one says is read whatever the shorter one was.
CUPEL_TEST(a_short_value_hides_no_longer_one)
{
    const auto shared = look("shared.h5");
    CHECK(shared.hasFinding("CUP-KERAS-CODE"));
    CHECK(shared.hasFinding("CUP-HDF-PICKLE"));
}

// Numbers as they are, lists by their length; each by the object that has it.
CUPEL_TEST(attributes_are_metadata)
{
    const auto named = look("named.h5");
    CHECK(named.isClean());
    std::string all;
    for (const auto& one : named.model().metadata) {
        all += one.key + "=" + one.value + "; ";
    }
    CHECK_EQ(all,
        "title=first; rate=0.5; /training_of_the_second_run@epochs=-3; "
        "/training_of_the_second_run@shape=3 \u00d7 I32; ");
    // What is shown is searched.
    const auto& regions = named.analysis.facts.regions;
    CHECK(std::any_of(regions.begin(), regions.end(), [&](const Region& one) {
        return one.kind == RegionKind::Name && slice(seed("named.h5"), one.bytes) == "training_of_the_second_run";
    }));
}

CUPEL_TEST(nothing_leads_out_of_the_file)
{
    for (const auto* name : {"storage.h5", "link.h5", "virtual.h5"}) {
        const auto file = look(name);
        CHECK(file.hasFinding("CUP-HDF-OUTSIDE"));
        CHECK(!file.model().references.empty());
    }
    CHECK_EQ(look("storage.h5").model().references[0].target, "../../etc/passwd");
    CHECK_EQ(look("link.h5").model().references[0].target, "other.h5");
    CHECK_EQ(look("virtual.h5").model().references[0].target, "/etc/passwd");
    CHECK_EQ(look("link.h5").model().tensors.size(), 1); // the hard link beside it is followed
    CHECK(look("virtual.h5").hasFinding("CUP-HDF-RANGE"));
    CHECK(!look("virtual.h5").isComplete()); // attributes in a dense heap
}

CUPEL_TEST(damage_is_told)
{
    CHECK(!look("headless.h5").isComplete());
    const auto trailing = look("trailing.h5");
    CHECK(std::any_of(trailing.analysis.findings.begin(), trailing.analysis.findings.end(), [](const Finding& one) {
        return one.rule == "CUP-HDF-HIDDEN" && one.severity == Severity::Medium; // as behind any other model
    }));
    CHECK(Looked(seed("plain.h5") + std::string(64, '\0'), "x").isClean()); // filler
    const auto whole = seed("plain.h5");
    for (std::size_t cut = 8; cut < whole.size(); cut += 3) {
        CHECK(!Looked(whole.substr(0, cut), "x").isClean());
    }
    // Whatever byte is wrong, reading ends and stays inside.
    for (std::size_t at = 8; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        const Looked file(damaged, "x");
        CHECK(file.format() != "");
    }
}
