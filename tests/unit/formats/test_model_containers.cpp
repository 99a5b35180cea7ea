// SPDX-License-Identifier: GPL-3.0-or-later
// What models come in: zips as the union of what loaders see, compressed files, arrays of objects.
#include "analyzers/base/checksums.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/formats/registry.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;

namespace {

constexpr std::string_view harmful = "cos\nsystem\n(S'id'\ntR.";
constexpr std::string_view harmless = "(lp0\nI1\naI2\na.";

std::string number(std::uint64_t value, unsigned width)
{
    std::string out;
    for (unsigned i = 0; i < width; ++i) {
        out += static_cast<char>(value >> (8 * i));
    }
    return out;
}

// One stored member, as any archiver writes it; flags and what the directory says can be lies.
std::string zipOf(std::string_view name, std::string_view content, std::uint32_t flags = 0, std::int64_t told = -1,
    std::string_view nameInDirectory = {})
{
    const auto shown = nameInDirectory.empty() ? name : nameInDirectory;
    const auto size = static_cast<std::uint64_t>(told < 0 ? static_cast<std::int64_t>(content.size()) : told);
    const auto fields = [&](std::uint64_t bytes, std::size_t nameSize) {
        return number(20, 2) + number(flags, 2) + number(0, 2) + number(0, 4) + number(crc32(content), 4)
            + number(bytes, 4) + number(bytes, 4) + number(nameSize, 2) + number(0, 2);
    };
    const auto local = "PK\3\4" + fields(content.size(), name.size()) + std::string(name) + std::string(content);
    const auto entry = "PK\1\2" + number(20, 2) + fields(size, shown.size()) + number(0, 2) + number(0, 2)
        + number(0, 2) + number(0, 4) + number(0, 4) + std::string(shown);
    return local + entry + "PK\5\6" + number(0, 4) + number(1, 2) + number(1, 2) + number(entry.size(), 4)
        + number(local.size(), 4) + number(0, 2);
}

struct Looked {
    Analysis analysis;
    std::vector<Artifact> children;

    explicit Looked(std::string bytes, std::string path = "model.pt")
    {
        Artifact artifact;
        artifact.path = std::move(path);
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        Budget budget;
        analysis = engine::analyze(std::move(artifact), {}, budget, &children);
    }
    [[nodiscard]] bool hasChild(std::string_view content) const
    {
        return std::any_of(
            children.begin(), children.end(), [&](const Artifact& child) { return child.view() == content; });
    }
    [[nodiscard]] bool hasFinding(std::string_view rule) const
    {
        return std::any_of(analysis.findings.begin(), analysis.findings.end(),
            [&](const Finding& finding) { return finding.rule == rule; });
    }
};

} // namespace

CUPEL_TEST(an_honest_zip_hides_nothing)
{
    const Looked zip(zipOf("a/data.pkl", harmless));
    CHECK_EQ(zip.children.size(), 1);
    CHECK(zip.analysis.findings.empty());
    CHECK(zip.analysis.facts.status == ReadStatus::Complete);
    // A stored zip in a zip is the member's business.
    const Looked outer(zipOf("inner.zip", zipOf("b", harmful)));
    CHECK_EQ(outer.children.size(), 1);
}

CUPEL_TEST(every_copy_of_a_zip_is_seen)
{
    for (const auto& [first, second] : {std::pair(harmless, harmful), std::pair(harmful, harmless)}) {
        const Looked zip(zipOf("a/data.pkl", first) + zipOf("a/data.pkl", second));
        CHECK(zip.hasChild(harmful));
        CHECK(zip.hasFinding("CUP-ZIP-HIDDEN"));
    }
}

CUPEL_TEST(lies_of_the_directory_do_not_help)
{
    CHECK(Looked(zipOf("a/data.pkl", harmful, 1)).hasChild(harmful)); // locked, but it is not
    CHECK(Looked(zipOf("a/data.pkl", harmful, 0, 4)).hasChild(harmful)); // shorter than it is
    auto cut = zipOf("a/data.pkl", harmful);
    cut.resize(cut.size() - 30); // no end record
    CHECK(Looked(cut).hasChild(harmful));
    CHECK(Looked("\x89PNG\r\n\x1a\n" + std::string(40, 'x') + zipOf("a", harmful)).hasChild(harmful));
}

CUPEL_TEST(names_that_leave_the_folder)
{
    for (const std::string_view name : {"/etc/passwd", "../a", "a/../../b", "C:\\a", "a\\..\\b"}) {
        CHECK(Looked(zipOf(name, harmless)).hasFinding("CUP-ZIP-SLIP"));
    }
    CHECK(!Looked(zipOf("a..b/c", harmless)).hasFinding("CUP-ZIP-SLIP"));
}

CUPEL_TEST(compressed_files_are_opened)
{
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/formats/compressed/";
    std::size_t count = 0;
    for (const auto* name : {"a.gz", "a.bz2", "a.xz", "a.lzma", "a.zlib", "zf", "cut.gz"}) {
        const auto bytes = test::readFile(folder + name);
        REQUIRE(bytes);
        CHECK_EQ(std::string(formats::recognise(*bytes, name).name), "compressed");
        const Looked file(*bytes, name);
        REQUIRE(file.children.size() == 1);
        CHECK_EQ(std::string(formats::recognise(file.children[0].view(), "").name), "pickle");
        CHECK((file.analysis.facts.status == ReadStatus::Complete) == (std::string_view(name) != "cut.gz"));
        count += file.children[0].view().size();
    }
    CHECK(count > 300);
    CHECK(Looked("7z\xbc\xaf\x27\x1c" + std::string(40, '\0'), "model.pt").hasFinding("CUP-ARC-DISGUISED"));
    CHECK(Looked("7z\xbc\xaf\x27\x1c" + std::string(40, '\0'), "a.7z").hasFinding("CUP-ARC-UNOPENED"));
}

CUPEL_TEST(arrays_of_objects_hold_pickles)
{
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/formats/npy/";
    const auto look = [&](const char* name) { return Looked(test::readFile(folder + name).value_or(""), name); };
    CHECK_EQ(look("floats.npy").children.size(), 0);
    CHECK(look("floats.npy").analysis.facts.status == ReadStatus::Complete);
    CHECK_EQ(look("objects.npy").children.size(), 1);
    CHECK_EQ(look("fields.npy").children.size(), 1);
    CHECK(look("short.npy").hasFinding("CUP-NPY-HEADER"));
    const auto floats = test::readFile(folder + "floats.npy").value_or("");
    const auto objects = test::readFile(folder + "objects.npy").value_or("");
    CHECK_EQ(Looked(floats + objects, "a.npy").children.size(), 1);
    CHECK(Looked(floats + "rest", "a.npy").hasFinding("CUP-NPY-TRAILING"));
    auto wrong = floats;
    wrong.replace(wrong.find("'<f8'"), 5, "exit()");
    CHECK(Looked(wrong, "a.npy").hasFinding("CUP-NPY-HEADER"));
}
