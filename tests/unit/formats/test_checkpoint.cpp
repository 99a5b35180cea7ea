// SPDX-License-Identifier: GPL-3.0-or-later
// Files of checkpoints that say nothing of themselves: what stands around them on the disk explains them, or does not.
#include "analyzers/engine/checkpoint_databases.h"
#include "analyzers/engine/companions.h"
#include "analyzers/engine/scan.h"
#include "analyzers/formats/zarr/zarr_layout.h"
#include "tests/unit/check.h"
#include "tests/unit/made_folder.h"
#include "tests/unit/model_bytes.h"

#include <filesystem>
#include <fstream>

using namespace cupel;
using namespace std::string_literals;
using namespace std::string_view_literals;
namespace fs = std::filesystem;

namespace {

const std::string made = CUPEL_SOURCE_DIR "/tests/data/frameworks/orbax-0.12.8/";

struct Looked {
    Analysis analysis;
    std::vector<Artifact> children;

    explicit Looked(const std::string& path)
    {
        Artifact artifact;
        artifact.path = path;
        artifact.bytes = std::make_shared<const std::string>(test::readFile(path).value_or(""));
        Budget budget;
        artifact.companions = engine::companionsOf(path, artifact.view(), budget);
        analysis = engine::analyze(std::move(artifact), {}, budget, &children);
    }
    [[nodiscard]] std::string told() const
    {
        std::string out(analysis.facts.format);
        for (const auto& one : analysis.facts.diagnostics) {
            out += ' ' + one.code;
        }
        return out;
    }
};

void write(const fs::path& path, const std::string& bytes)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string description(
    const std::string& compressor, const std::string& type = "<f4", const std::string& filters = "null")
{
    return R"({"chunks": [2, 2], "compressor": )" + compressor + R"(, "dtype": ")" + type + R"(", "filters": )"
        + filters + R"(, "shape": [2, 2], "zarr_format": 2})";
}

std::string chunk(const std::string& about, const std::string& bytes)
{
    const test::MadeFolder folder;
    write(folder.path() / "w" / ".zarray", about);
    write(folder.path() / "w" / "0.0", bytes);
    return Looked((folder.path() / "w" / "0.0").string()).told();
}

// The largest data file below a folder.
fs::path largest(const fs::path& folder)
{
    fs::path out;
    for (const auto& one : fs::recursive_directory_iterator(folder)) {
        if (one.is_regular_file() && one.path().parent_path().filename() == "d"
            && (out.empty() || one.file_size() > fs::file_size(out))) {
            out = one.path();
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(values_are_those_that_nodes_of_other_files_name)
{
    for (const auto* name : {"database", "database3", "plain"}) {
        const auto file = largest(made + name);
        CHECK_EQ(Looked(file.string()).told(), "ocdbt");
        // Without the manifest nobody knows what it is, unless its own nodes say so.
        const test::MadeFolder folder;
        write(folder.path() / "d" / file.filename(), test::readFile(file.string()).value_or(""));
        CHECK_EQ(Looked((folder.path() / "d" / file.filename()).string()).told(),
            name == "database3"sv ? "ocdbt ocdbt-values" : "ocdbt");
    }
}

CUPEL_TEST(bytes_that_no_node_names_are_told)
{
    const test::MadeFolder folder;
    fs::copy(made + "database", folder.path() / "c", fs::copy_options::recursive);
    const auto file = largest(folder.path() / "c");
    const auto whole = test::readFile(file.string()).value_or("");
    write(file, whole + std::string(5'000, '\x01') + "\x90");
    CHECK_EQ(Looked(file.string()).told(), "ocdbt ocdbt-values");
    // A pickle where numbers should be is one for who loads the file.
    const auto call =
        "\x80\x04\x95\x1d\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x02id\x94\x85\x94R."s;
    write(file, call + whole.substr(call.size()));
    const Looked hostile(file.string());
    CHECK(hostile.analysis.facts.format == "pickle" || !hostile.children.empty());
}

// A folder may hold thousands of data files beside one large manifest.
CUPEL_TEST(databases_are_read_once_for_all_files)
{
    const test::MadeFolder folder;
    fs::copy(made + "database3", folder.path() / "c", fs::copy_options::recursive);
    const auto file = largest(folder.path() / "c").string();
    engine::CheckpointDatabases databases;
    Budget budget;
    const auto first = engine::companionsOf(file, {}, budget, &databases);
    for (const auto& one : fs::recursive_directory_iterator(folder.path())) {
        if (one.path().filename() == engine::CheckpointDatabases::manifestName) {
            fs::resize_file(one.path(), 0);
        }
    }
    const auto again = engine::companionsOf(file, {}, budget, &databases);
    REQUIRE(first && again);
    CHECK(first->members.size() > 1);
    CHECK_EQ(first->members.size(), again->members.size());
    CHECK(!engine::companionsOf(file, {}, budget));
}

// What explains a file may be larger than it, and there may be many files.
CUPEL_TEST(what_explains_a_file_is_let_go_of)
{
    const auto workspace = engine::scanAll({made + "folders"}, {});
    CHECK(workspace.analyses.size() > 10);
    for (const auto& [path, analysis] : workspace.analyses) {
        CHECK(!analysis->artifact.companions);
    }
}

CUPEL_TEST(chunks_are_what_their_array_says)
{
    CHECK_EQ(chunk(description("null"), std::string(16, '\1')), "zarr");
    CHECK_EQ(chunk(description("null"), std::string(17, '\1')), "zarr zarr-chunk");
    CHECK_EQ(chunk(description("null"), std::string(3, '\1')), "zarr zarr-chunk");
    CHECK_EQ(chunk(description("null", "bfloat16"), std::string(8, '\1')), "zarr");
    CHECK_EQ(chunk(description(R"({"id": "blosc"})"), std::string(16, '\1')), "zarr zarr-codec");
    CHECK_EQ(chunk(description("null", "|O"), std::string(16, '\1')), "zarr zarr-type");
    CHECK_EQ(chunk("{}", std::string(16, '\1')), "zarr zarr-type");
    CHECK_EQ(chunk(description(R"({"id": "zstd"})"), std::string(16, '\1')), "zarr zarr-chunk");
    for (const auto* file : {"folders/embed/0.0", "folders/step/0", "folders3/embed/c/0/0", "folders3/step/c"}) {
        CHECK_EQ(Looked(made + file).told(), "zarr");
    }
}

CUPEL_TEST(arrays_of_objects_are_judged_as_what_they_hold)
{
    const test::MadeFolder folder;
    write(folder.path() / ".zarray", description("null", "|O", R"([{"id": "pickle"}])"));
    write(folder.path() / "0", "cos\nsystem\n(S'echo'\ntR.");
    const Looked objects((folder.path() / "0").string());
    CHECK(objects.analysis.facts.format == "pickle" || !objects.children.empty());
}

CUPEL_TEST(descriptions_of_arrays_are_read)
{
    Budget budget;
    using formats::zarr::layoutOf;
    CHECK(!layoutOf("[1]", budget));
    CHECK(!layoutOf(R"({"shape": [2]})", budget));
    const auto scalar = layoutOf(R"({"chunks": [], "compressor": null, "dtype": "<i4"})", budget);
    REQUIRE(scalar.has_value());
    CHECK_EQ(scalar->bytes, 4U);
    const auto shards = layoutOf(test::readFile(made + "folders3/embed/zarr.json").value_or(""), budget);
    REQUIRE(shards.has_value());
    CHECK_EQ(shards->chunks, 1U);
    CHECK_EQ(shards->packing, "zstd");
    CHECK(shards->strange.empty() && shards->indexChecksum);
    // Extents that no memory holds.
    CHECK_EQ(layoutOf(R"({"chunks": [4294967296, 4294967296], "dtype": "<f8"})", budget)->bytes, 0U);
    CHECK(formats::zarr::isChunkName("0.12") && formats::zarr::isChunkName("c") && !formats::zarr::isChunkName("cat"));
}
