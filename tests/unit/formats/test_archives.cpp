// SPDX-License-Identifier: GPL-3.0-or-later
// Tar and 7z: all that any reader sees comes out, and what readers differ in is told. The files are made by
// tests/data/formats/make_archive_seeds.py.
#include "analyzers/formats/registry.h"
#include "tests/unit/formats/looked.h"

using namespace cupel;
using test::dataFile;
using test::Looked;

namespace {

constexpr std::string_view harmless = "(lp0\nI1\naI2\na.";

Looked tar(std::string_view name)
{
    return Looked(dataFile("tar/" + std::string(name)), "a.tar");
}

Looked seven(std::string_view name)
{
    return Looked(dataFile("sevenzip/" + std::string(name)), "a.7z");
}

// With the checksum of the first header put right.
std::string checked(std::string bytes)
{
    bytes.replace(148, 8, 8, ' ');
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < 512; ++i) {
        sum += static_cast<unsigned char>(bytes[i]);
    }
    for (std::size_t digit = 0; digit < 6; ++digit) {
        bytes[153 - digit] = static_cast<char>('0' + (sum >> (3 * digit) & 7));
    }
    return bytes;
}

} // namespace

CUPEL_TEST(every_form_of_tar_is_read)
{
    const auto plain = tar("plain.tar");
    CHECK_EQ(std::string(plain.analysis.facts.format), "tar");
    CHECK(plain.complete() && plain.analysis.findings.empty());
    REQUIRE(plain.children.size() == 2);
    CHECK_EQ(plain.children[0].path, "a.tar!a/data.txt");
    CHECK_EQ(plain.children[0].view(), "words\n");
    CHECK(plain.hasChild(harmless));
    CHECK_EQ(plain.analysis.facts.coverage.understood, plain.analysis.size);
    CHECK(tar("old.tar").hasChild("words\n"));
    CHECK(tar("base256.tar").hasChild("words"));
    CHECK(tar("long.tar").child(std::string(200, 'n') + "/m") != nullptr);
    CHECK(tar("posix.tar").child("d\u00e9/" + std::string(120, 'n')) != nullptr);
    for (const auto* name : {"old.tar", "base256.tar", "long.tar", "posix.tar"}) {
        CHECK(tar(name).complete() && tar(name).analysis.findings.empty());
    }
}

CUPEL_TEST(tars_that_leave_their_folder)
{
    const auto links = tar("links.tar");
    CHECK(links.hasFinding("CUP-TAR-SLIP"));
    CHECK(links.hasFinding("CUP-TAR-LINK"));
    CHECK(links.hasFinding("CUP-TAR-DEVICE"));
    CHECK(links.hasChild("1") && links.hasChild("2"));
    auto inside = dataFile("tar/plain.tar");
    inside[156] = '2'; // a link, to something beside it
    inside.replace(157, 4, "b.pk");
    CHECK(!Looked(checked(inside), "a.tar").hasFinding("CUP-TAR-LINK"));
    inside.replace(157, 4, "../x"); // of a/data.txt: still inside
    CHECK(!Looked(checked(inside), "a.tar").hasFinding("CUP-TAR-LINK"));
    inside.replace(157, 8, "../../x/");
    CHECK(Looked(checked(inside), "a.tar").hasFinding("CUP-TAR-LINK"));
    // One name for all that come: the link has it, and then what is written through the link.
    const auto member = [](char type, std::string_view target, std::string_view data) {
        std::string header(512, '\0');
        header[0] = 'x';
        header.replace(100, 8, std::string("0000644\0", 8));
        const char digits[] = {
            '0', '0', static_cast<char>('0' + data.size() / 8), static_cast<char>('0' + data.size() % 8)};
        header.replace(124, 12, "0000000" + std::string(digits, 4) + '\0');
        header[156] = type;
        header.replace(157, target.size(), target);
        header.replace(257, 8, std::string("ustar\00000", 8));
        std::string rest(data);
        rest.resize((data.size() + 511) / 512 * 512);
        return checked(header + rest);
    };
    const auto common = member('g', "", "10 path=a\n") + member('2', "sub", "") + member('0', "", "hello\n");
    CHECK(Looked(common + std::string(1024, '\0'), "a.tar").hasFinding("CUP-TAR-LINK"));
}

CUPEL_TEST(tars_that_readers_read_differently)
{
    const auto two = tar("two-sizes.tar");
    CHECK(two.hasFinding("CUP-TAR-READERS-DIFFER"));
    CHECK(two.child("hidden.pkl") != nullptr && two.hasChild(harmless));
    const auto twice = tar("twice.tar");
    CHECK(twice.hasFinding("CUP-TAR-HIDDEN"));
    CHECK(twice.hasChild("1") && twice.hasChild("2"));
    const Looked behind(dataFile("tar/plain.tar") + std::string(harmless), "a.tar");
    CHECK(behind.hasFinding("CUP-TAR-HIDDEN"));
    CHECK(!behind.complete());
    // A link with data that is a member to those who do not skip it.
    auto link = dataFile("tar/plain.tar");
    link[156] = '1';
    link.replace(157, 1, "x");
    const Looked special(checked(link), "a.tar");
    CHECK(special.hasFinding("CUP-TAR-READERS-DIFFER"));
    CHECK(special.hasChild("words\n") && special.hasChild(harmless));
}

CUPEL_TEST(broken_tars_are_read_as_far_as_they_go)
{
    CHECK(tar("cut.tar").hasFinding("CUP-TAR-BROKEN"));
    CHECK(tar("cut.tar").hasChild("words\n") && !tar("cut.tar").complete());
    const auto checksum = tar("checksum.tar");
    CHECK(checksum.hasFinding("CUP-TAR-BROKEN"));
    CHECK(std::any_of(checksum.children.begin(), checksum.children.end(),
        [](const Artifact& child) { return child.view().starts_with(harmless); }));
    CHECK(tar("sparse.tar").hasFinding("CUP-TAR-SPARSE"));
    auto huge = dataFile("tar/plain.tar");
    huge.replace(124, 12, "77777777777\0", 12);
    CHECK(Looked(checked(huge), "a.tar").hasFinding("CUP-TAR-BROKEN"));
    huge.replace(124, 12, std::string(12, '\xff'));
    CHECK(Looked(checked(huge), "a.tar").hasFinding("CUP-TAR-BROKEN"));
}

CUPEL_TEST(a_tar_in_a_compressed_file_is_found)
{
    // Deflate without packing: one stored block.
    const auto inner = dataFile("tar/plain.tar");
    const auto size = static_cast<std::uint16_t>(inner.size());
    const auto two = [](std::uint16_t value) {
        return std::string{static_cast<char>(value & 0xFF), static_cast<char>(value >> 8)};
    };
    const Looked file(std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + two(size)
            + two(static_cast<std::uint16_t>(~size)) + inner + std::string(8, '\0'),
        "a.tar.gz");
    REQUIRE(!file.children.empty());
    CHECK_EQ(std::string(formats::recognise(file.children[0].view(), "").name), "tar");
}

CUPEL_TEST(every_method_of_7z_is_unpacked)
{
    for (const auto* name :
        {"copy.7z", "lzma.7z", "lzma2.7z", "deflate.7z", "bzip2.7z", "bcj.7z", "packed-header.7z"}) {
        const auto archive = seven(name);
        CHECK_EQ(std::string(archive.analysis.facts.format), "sevenzip");
        CHECK(archive.complete() && archive.analysis.findings.empty());
        REQUIRE(archive.children.size() == 2);
        CHECK_EQ(archive.children[0].path, "a.7z!a/b.pkl");
        CHECK(archive.hasChild(harmless));
        CHECK_EQ(archive.children[1].view().size(), 240);
    }
    CHECK(seven("empty.7z").complete());
}

CUPEL_TEST(what_a_7z_hides_is_told)
{
    for (const auto* name : {"aes.7z", "locked-header.7z", "ppmd.7z"}) {
        CHECK(seven(name).hasFinding("CUP-SEVENZIP-UNOPENED") && !seven(name).complete());
    }
    CHECK(seven("up.7z").hasFinding("CUP-SEVENZIP-SLIP"));
    CHECK(seven("behind.7z").hasFinding("CUP-SEVENZIP-HIDDEN") && seven("behind.7z").hasChild("hidden"));
    CHECK(seven("cut.7z").hasFinding("CUP-SEVENZIP-BROKEN") && !seven("cut.7z").complete());
    auto flipped = dataFile("sevenzip/copy.7z");
    flipped[32 + 5] ^= 1; // in the first member
    CHECK(Looked(flipped, "a.7z").hasFinding("CUP-SEVENZIP-BROKEN"));
    CHECK_EQ(Looked(flipped, "a.7z").children.size(), 2);
    auto start = dataFile("sevenzip/copy.7z");
    start[8] ^= 1;
    CHECK(Looked(start, "a.7z").hasFinding("CUP-SEVENZIP-BROKEN"));
    CHECK(Looked(start, "a.7z").hasChild(harmless));
    CHECK(Looked(dataFile("sevenzip/copy.7z"), "model.pt").hasFinding("CUP-ARC-DISGUISED"));
}

CUPEL_TEST(headers_of_7z_make_no_room_for_what_is_not_there)
{
    const auto whole = dataFile("sevenzip/copy.7z");
    for (std::size_t at = 8; at < whole.size(); ++at) {
        for (const char with : {'\xff', '\x7f', '\0'}) {
            auto bytes = whole;
            bytes[at] = with;
            const Looked archive(bytes, "a.7z");
            CHECK(archive.children.size() <= 10);
        }
    }
}

CUPEL_TEST(manifests_of_served_models)
{
    const auto manifest = [](std::string text) {
        Artifact artifact;
        artifact.path = "m.mar!MAR-INF/MANIFEST.json";
        artifact.parent = "m.mar";
        artifact.depth = 1;
        artifact.bytes = std::make_shared<const std::string>("{\"model\":{" + std::move(text) + "}}");
        return Looked(std::move(artifact));
    };
    CHECK(manifest("\"handler\":\"image_classifier\",\"serializedFile\":\"a.pt\"").analysis.findings.empty());
    CHECK(manifest("\"handler\":\"own.py\"").hasFinding("CUP-MAR-HANDLER"));
    CHECK(manifest("\"handler\":\"image_classifier\",\"handler\":\"own.py\"").hasFinding("CUP-MAR-HANDLER"));
    CHECK(manifest("\"serializedFile\":\"../../a.pt\"").hasFinding("CUP-MAR-PATH"));
}

// What is not what was put there is not whole, wherever it is shown.
CUPEL_TEST(a_member_with_a_wrong_checksum_is_not_whole)
{
    const auto zip = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt").value_or("");
    const Looked whole(zip, "model.pt");
    REQUIRE(!whole.children.empty());
    const auto* before = whole.child("archive/data/0") ? whole.child("archive/data/0") : &whole.children.back();
    const auto at = zip.find(before->view());
    REQUIRE(at != std::string::npos && !before->view().empty());
    auto damaged = zip;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const Looked other(damaged, "model.pt");
    std::size_t partial = 0;
    for (auto child : other.children) {
        const bool same = child.path == before->path;
        const Looked inner(std::move(child));
        const auto& notes = inner.analysis.facts.diagnostics;
        const bool told = std::any_of(
            notes.begin(), notes.end(), [](const Diagnostic& one) { return one.code == "member-checksum"; });
        CHECK_EQ(told, same);
        partial += told && !inner.complete() ? 1 : 0;
    }
    CHECK_EQ(partial, 1U);
}

// Python opens them, whatever libzip was built for.
CUPEL_TEST(members_of_rarer_methods_are_unpacked)
{
    for (const std::string name : {"lzma", "lzma-endless", "zstd", "zstd-old", "xz"}) {
        const Looked zip(dataFile("zip/" + name + ".pt"), "model.pt");
        const auto* member = zip.child("m/data.pkl");
        if (!CHECK(member != nullptr)) {
            std::printf("  %s\n", name.c_str());
            continue;
        }
        CHECK_EQ(member->view(), "cos\nsystem\n(S'echo'\ntR.");
        CHECK(zip.complete());
    }
    auto wrong = dataFile("zip/lzma.pt");
    wrong[14] = static_cast<char>(wrong[14] ^ 1); // the checksum, in both places
    wrong[wrong.rfind("PK\1\2") + 16] = wrong[14];
    const Looked damaged(wrong, "model.pt");
    CHECK(damaged.child("m/data.pkl") != nullptr);
    CHECK(damaged.hasFinding("CUP-ZIP-CHECKSUM"));
    const Looked other(dataFile("zip/other.pt"), "model.pt"); // of no method that there is
    CHECK(other.children.empty());
    CHECK(!other.complete());
    CHECK(other.hasFinding("CUP-ZIP-ENTRY"));
}

// What a directory leads to is looked at, whatever crowd stands in front of it or in it.
CUPEL_TEST(a_crowd_of_members_hides_none_of_the_directory)
{
    const auto crowd = [](unsigned count) {
        std::string out;
        for (unsigned i = 0; i < count; ++i) {
            out += std::string("PK\3\4\x14\0\0\0\0\0", 10) + std::string(16, '\0') + std::string("\1\0\0\0a", 5);
        }
        return out;
    };
    Limits few;
    few.entries = 8;
    const auto zip = dataFile("zip/lzma.pt");
    const Looked before(crowd(20) + zip, "model.pt", few);
    CHECK(before.child("m/data.pkl") != nullptr);
    CHECK(!before.complete());
    const Looked empty(crowd(1'000) + zip, "model.pt"); // nothing is in them: they are counted
    CHECK(empty.child("m/data.pkl") != nullptr);
    CHECK(empty.children.size() < 200);
    CHECK(empty.hasFinding("CUP-ZIP-HIDDEN"));
    // The same crowd in its directory.
    const auto start = zip.find("PK\1\2");
    const auto end = zip.rfind("PK\5\6");
    const auto local = crowd(1);
    const std::string entry = std::string("PK\1\2\x14\0\x14\0\0\0\0\0", 12) + std::string(16, '\0')
        + std::string("\1\0", 2) + std::string(12, '\0');
    auto own = zip.substr(start, end - start);
    own[42] = static_cast<char>(local.size()); // its header stands behind the other
    std::string directory;
    for (unsigned i = 0; i < 20; ++i) {
        directory += entry + std::string(4, '\0') + 'a';
    }
    directory += own;
    const auto number = [](std::size_t value, unsigned width) {
        std::string out;
        for (unsigned i = 0; i < width; ++i) {
            out += static_cast<char>((value >> (8 * i)) & 0xFF);
        }
        return out;
    };
    const auto data = local + zip.substr(0, start);
    const Looked inside(data + directory + std::string("PK\5\6\0\0\0\0", 8) + number(21, 2) + number(21, 2)
            + number(directory.size(), 4) + number(data.size(), 4) + number(0, 2),
        "model.pt", few);
    CHECK(inside.child("m/data.pkl") != nullptr);
    CHECK(!inside.complete());
}
