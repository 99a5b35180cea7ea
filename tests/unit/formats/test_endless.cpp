// SPDX-License-Identifier: GPL-3.0-or-later
// Small files whose parts name each other again and again (tests/data/endless, which says how they are made): reading
// one takes as long as it is large, whatever it says. Followed as it stands, each takes minutes.
#include "analyzers/formats/proto_fields.h"
#include "tests/unit/check.h"
#include "tests/unit/formats/looked.h"
#include "tests/unit/model_bytes.h"

#include <ctime>
#include <numeric>

using namespace cupel;
using test::Looked;

namespace {

struct Endless {
    std::string_view file;
    std::string_view says; // a diagnostic or, behind "!", a flaw; empty: nothing is left out
};
constexpr Endless all[] = {
    {"names.onnx", ""},
    {"keys.json", "too-many-alike"},
    {"inputs.tflite", "too-many-indices"},
    {"zeros.tflite", ""},
    {"texts.tflite", "texts-overlap"},
    {"variables.index", "tf-bundle"},
    {"heaps.h5", ""},
    {"messages.h5", "hdf5-incomplete"},
    {"parts.7z", ""},
    {"links.tar", "!tar-link-leaves"},
    {"entity.pmml", "!xml-bomb"},
    {"trees.ubj", ""},
};

std::string unpacked(std::string_view name)
{
    const auto packed =
        test::readFile(std::string(CUPEL_SOURCE_DIR "/tests/data/endless/") + std::string(name) + ".gz").value_or("");
    const Looked outer(packed, "a.gz");
    return outer.children.empty() ? std::string() : std::string(outer.children.front().view());
}

bool says(const Facts& facts, std::string_view what)
{
    return std::any_of(facts.diagnostics.begin(), facts.diagnostics.end(),
               [what](const Diagnostic& one) { return one.code == what; })
        || (facts.model && what.starts_with('!')
            && std::any_of(facts.model->flaws.begin(), facts.model->flaws.end(),
                [what](const ModelFlaw& one) { return one.code == what.substr(1); }));
}

} // namespace

CUPEL_TEST(no_small_file_is_read_for_ever)
{
    constexpr double most = 30; // seconds of the processor, with sanitizers and others beside
    for (const auto& one : all) {
        auto bytes = unpacked(one.file);
        CHECK(!bytes.empty());
        const auto size = bytes.size();
        const auto before = std::clock();
        const Looked looked(std::move(bytes), std::string(one.file));
        const auto seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        const bool quick = seconds < most;
        test::report(quick, __FILE__, __LINE__, std::string(one.file) + " takes " + std::to_string(seconds) + " s");
        const bool told = one.says.empty() || says(looked.analysis.facts, one.says);
        test::report(told, __FILE__, __LINE__, std::string(one.file) + " is told");
        const auto& regions = looked.analysis.facts.regions;
        const auto texts = std::accumulate(regions.begin(), regions.end(), std::uint64_t{0},
            [](std::uint64_t sum, const Region& region) { return sum + region.bytes.size(); });
        test::report(texts <= 16 * size + (2 << 20), __FILE__, __LINE__, std::string(one.file) + " has few texts");
    }
}

// A name that is said of all members that follow is not kept as often as there are members.
CUPEL_TEST(long_names_of_members_are_kept_once)
{
    const Looked looked(unpacked("links.tar"), "links.tar");
    CHECK_EQ(looked.children.size(), 4'000U);
    const auto names = std::accumulate(looked.children.begin(), looked.children.end(), std::uint64_t{0},
        [](std::uint64_t sum, const Artifact& one) { return sum + one.path.size(); });
    CHECK(names < (70U << 20));
}

CUPEL_TEST(trees_in_trees_are_no_trees_of_the_model)
{
    const Looked looked(unpacked("trees.ubj"), "trees.ubj");
    REQUIRE(looked.analysis.facts.model);
    const auto& fields = looked.analysis.facts.model->metadata;
    CHECK_EQ(std::count_if(
                 fields.begin(), fields.end(), [](const ModelField& one) { return one.key.starts_with("trees."); }),
        1);
}

// Streams without content cost time as well.
CUPEL_TEST(empty_streams_meet_the_deadline)
{
    const std::string empty("\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0", 20);
    std::string bytes;
    for (int i = 0; i < 10'000; ++i) {
        bytes += empty;
    }
    Artifact artifact;
    artifact.path = "a.gz";
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    Budget budget({}, {}, Budget::Clock::now());
    CHECK(says(engine::analyze(std::move(artifact), {}, budget).facts, "stopped"));
}

// Fields that belong to nothing are searched for until the time is up.
CUPEL_TEST(unknown_fields_meet_the_deadline)
{
    std::string bytes;
    for (int i = 0; i < 100'000; ++i) {
        bytes += "\x7b\x7c"; // a group in field 15
    }
    bytes += '\x7f'; // and what breaks off
    const auto none = [](const ProtoField&) { return false; };
    Budget patient;
    CHECK(!formats::behindLastField(bytes, patient, none).empty());
    Budget late({}, {}, Budget::Clock::now());
    CHECK(formats::behindLastField(bytes, late, none).empty());
    std::size_t taken = 0;
    Budget alsoLate({}, {}, Budget::Clock::now());
    formats::eachUnknownField(bytes, {0, bytes.size() - 1}, 1, alsoLate, [&taken](const ProtoField&) { ++taken; });
    CHECK(taken < 10'000);
}
