// SPDX-License-Identifier: GPL-3.0-or-later
// What models come in: zips as the union of what loaders see, compressed files, arrays of objects.
#include "analyzers/base/checksums.h"
#include "analyzers/formats/registry.h"
#include "tests/unit/formats/looked.h"

using namespace cupel;
using test::Looked;

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

// No directory is no directory that hides something.
CUPEL_TEST(a_zip_that_is_cut_off_is_no_zip_that_hides)
{
    const auto message = [](const Looked& zip) {
        std::string out;
        for (const auto& finding : zip.analysis.findings) {
            out += finding.rule == "CUP-ZIP-CUT" ? finding.message : std::string();
        }
        return out;
    };
    const auto whole = zipOf("a/data.pkl", harmless);
    const auto behind = 30 + 10 + harmless.size();
    const auto cutAt = [&](std::uint64_t size) { return Looked(whole.substr(0, size)); };
    for (const auto size : {whole.size() - 1, whole.size() - 22, whole.size() - 30, behind + 4, behind + 1, behind}) {
        const auto zip = cutAt(size);
        CHECK(!zip.hasFinding("CUP-ZIP-HIDDEN") && !zip.hasFinding("CUP-ZIP-INCONSISTENT"));
        CHECK(zip.hasChild(harmless) && zip.analysis.facts.status == ReadStatus::Partial);
        CHECK(message(zip).find("it ends at byte " + std::to_string(size)) != std::string::npos);
        CHECK(message(zip).find("1 member stands whole, up to byte " + std::to_string(behind) + ", and was looked at")
            != std::string::npos);
        CHECK_EQ(message(zip).find("inside of its directory") != std::string::npos, size >= behind + 4);
    }
    CHECK_EQ(message(cutAt(behind - 3)),
        "The end of the zip is missing: it ends at byte " + std::to_string(behind - 3)
            + " inside of \"a/data.pkl\"; no member stands whole.");
    CHECK(message(cutAt(20)).find("no member stands") != std::string::npos);

    // Sizes behind the data, as PyTorch writes them.
    const auto data = std::string("PK\3\4") + number(0, 2) + number(8, 2) + number(0, 18) + number(1, 2) + number(0, 2)
        + 'n' + std::string(harmless);
    const auto note = "PK\7\10" + number(crc32(harmless), 4) + number(harmless.size(), 4) + number(harmless.size(), 4);
    const Looked noted(data + note + "PK\3");
    CHECK(message(noted).find("1 member stands whole, up to byte " + std::to_string(data.size() + 16))
        != std::string::npos);
    CHECK(message(Looked(data)).find("inside of \"n\"") != std::string::npos);

    // What stands behind a part of a zip that no zip has there is no cut.
    CHECK(message(Looked(whole)).empty() && message(Looked(whole + whole)).empty());
    CHECK(message(Looked(whole.substr(0, behind) + "other bytes")).empty());
    CHECK(Looked(whole.substr(0, behind) + "other bytes").hasFinding("CUP-ZIP-HIDDEN"));
    // The directory of a zip inside is not that of the file.
    const auto outer = zipOf("inner.zip", whole);
    CHECK(message(Looked(outer.substr(0, 39 + whole.size() - 1))).find("inside of \"inner.zip\"") != std::string::npos);
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
    CHECK(Looked("Rar!\x1a\x07" + std::string(40, '\0'), "a.rar").hasFinding("CUP-ARC-UNOPENED"));
}

// Readers of Zstandard and LZ4 pass over frames of user data; lz4 still reads what it wrote before it had frames.
CUPEL_TEST(frames_that_readers_skip_hide_nothing)
{
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/formats/compressed/";
    const std::string call = "cos\nsystem\n(S'echo'\ntR.";
    const auto bytesOf = [&](const char* name) { return test::readFile(folder + name).value_or(""); };
    for (const auto* name : {"skip.zst", "skip.lz4", "legacy.lz4", "legacy-twice.lz4"}) {
        CHECK_EQ(std::string(formats::recognise(bytesOf(name), name).name), "compressed");
        const Looked file(bytesOf(name), name);
        CHECK_EQ(file.children.size(), 1);
        CHECK(file.hasChild(call));
        CHECK(file.analysis.facts.status == ReadStatus::Complete);
    }
    const auto frame = bytesOf("skip.zst").substr(24);
    const std::string longFrame = "\x50\x2a\x4d\x18" + number(70'000, 4) + std::string(70'000, 'A');
    CHECK(Looked(longFrame + frame, "m.zst").hasChild(call));
    // What stands in such a frame is looked at all the same.
    const Looked carrying(bytesOf("skip-call.zst"), "skip-call.zst");
    CHECK(carrying.hasChild(call));
    CHECK_EQ(carrying.children.size(), 2);
    // One that is cut off is told, and one alone is no compressed file.
    const Looked cut(bytesOf("skip-cut.zst"), "skip-cut.zst");
    CHECK(cut.hasChild(call));
    CHECK(cut.analysis.facts.status == ReadStatus::Partial);
    std::string many; // each is asked for once, also where the last one is cut off
    for (int i = 0; i < 50'000; ++i) {
        many += "\x50\x2a\x4d\x18" + number(0, 4);
    }
    CHECK(Looked(many + frame + many + "\x50\x2a\x4d\x18" + number(1'000, 4), "m.zst").hasChild(call));
    CHECK(Looked(bytesOf("legacy-cut.lz4"), "legacy-cut.lz4").analysis.facts.status == ReadStatus::Partial);
    CHECK_EQ(std::string(formats::recognise(bytesOf("skip-only.zst"), "m.zst").name), "unknown");
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

CUPEL_TEST(what_a_zip_says_twice_is_compared)
{
    const auto zip = zipOf("a/data.pkl", harmful);
    const auto changed = [&zip](std::string_view what, std::size_t at, std::string_view with) {
        auto bytes = zip;
        bytes.replace(zip.find(what) + at, with.size(), with);
        return Looked(bytes);
    };
    const std::string local("PK\3\4");
    const std::string entry("PK\1\2");
    CHECK(Looked(zipOf("a/data.pkl", harmful, 0, -1, "b/text.txt")).hasFinding("CUP-ZIP-NAMES"));
    CHECK(changed(entry, 10, number(8, 2)).hasFinding("CUP-ZIP-ENTRY")); // the method
    CHECK(changed(entry, 10, number(8, 2)).hasChild(harmful));
    CHECK(changed(local, 14, number(7, 4)).hasFinding("CUP-ZIP-ENTRY")); // the checksum
    CHECK(changed(entry, 8, number(1, 2)).hasFinding("CUP-ZIP-FLAGS"));
    CHECK(changed(entry, 8, number(1, 2)).hasChild(harmful));
    CHECK(changed(entry, 42, number(9'999, 4)).hasFinding("CUP-ZIP-ENTRY")); // where the data is
    CHECK(changed(entry, 42, number(9'999, 4)).hasChild(harmful));
    auto both = zip;
    for (const auto& sign : {local, entry}) {
        both.replace(zip.find(sign) + (sign == local ? 14 : 16), 4, number(7, 4));
    }
    const Looked wrong(both);
    CHECK(wrong.hasFinding("CUP-ZIP-CHECKSUM"));
    // Read nevertheless: doubtful, and yet no byte of it is strange.
    CHECK(!wrong.complete());
    CHECK_EQ(wrong.analysis.facts.coverage.understood, both.size());
    for (const auto& finding : wrong.analysis.findings) {
        CHECK(finding.rule != "CUP-ZIP-CHECKSUM"
            || finding.message.starts_with("1 member has another checksum than the directory says: a/data.pkl. "));
    }
    CHECK(Looked(both).hasChild(harmful));
    CHECK(Looked(test::dataFile("zip/same-names.zip")).hasFinding("CUP-ZIP-DUPLICATE"));
    CHECK(Looked(test::dataFile("zip/overlap.zip")).hasFinding("CUP-ZIP-OVERLAP"));
}

CUPEL_TEST(bytes_outside_of_the_members_are_told)
{
    const auto zip = zipOf("a/data.pkl", harmless);
    CHECK(Looked("#!/bin/sh\n" + zip).hasFinding("CUP-ZIP-OUTSIDE"));
    CHECK(Looked(zip + "more").hasFinding("CUP-ZIP-OUTSIDE"));
    auto comment = zip;
    comment.replace(zip.size() - 2, 2, number(4, 2));
    const auto severityOf = [](const std::string& bytes) {
        const Looked looked(bytes);
        for (const auto& finding : looked.analysis.findings) {
            if (finding.rule == "CUP-ZIP-OUTSIDE") {
                return std::string(toString(finding.severity));
            }
        }
        return std::string();
    };
    CHECK_EQ(severityOf(comment + "note"), "low"); // text, which no loader reads
    CHECK_EQ(severityOf(comment + std::string("\1\2\3\4")), "medium");
    auto commit = zip;
    commit.replace(zip.size() - 2, 2, number(40, 2));
    CHECK_EQ(severityOf(commit + std::string(40, 'a')), "info"); // as git writes it
    CHECK(Looked(comment + std::string("\1\2\3\4")).hasFinding("CUP-ZIP-OUTSIDE"));
    CHECK(Looked(comment).hasFinding("CUP-ZIP-ENDS")); // it reaches beyond the end
    const auto end = zip.substr(zip.size() - 22);
    comment.replace(zip.size() - 2, 2, number(end.size(), 2));
    CHECK(Looked(comment + end).hasFinding("CUP-ZIP-ENDS")); // two of them
    CHECK(Looked(zip).analysis.findings.empty());
}

CUPEL_TEST(polyglots_are_read_in_every_way)
{
    const auto zip = zipOf("a/data.pkl", harmful);
    const Looked pickle(std::string("\x80\x02]q\0.", 6) + zip, "a.pkl");
    CHECK(pickle.hasFinding("CUP-ARC-POLYGLOT"));
    const auto* again = pickle.child("as-zip");
    REQUIRE(again);
    CHECK_EQ(std::string(again->readAs), "zip");
    CHECK(Looked(*again).hasChild(harmful));
    CHECK(Looked(*again).child("as-pickle") == nullptr); // one reading more, not one for each
    CHECK(Looked(zip).child("as-pickle") == nullptr);
    // A tar whose first name is a pickle.
    auto tar = test::dataFile("tar/plain.tar");
    const std::string name("cos\nsystem\n(S'id'\ntR.");
    tar.replace(0, name.size(), name);
    std::uint64_t sum = 0;
    tar.replace(148, 8, 8, ' ');
    for (std::size_t i = 0; i < 512; ++i) {
        sum += static_cast<unsigned char>(tar[i]);
    }
    for (std::size_t digit = 0; digit < 6; ++digit) {
        tar[153 - digit] = static_cast<char>('0' + (sum >> (3 * digit) & 7));
    }
    const Looked both(tar, "a.tar");
    CHECK_EQ(std::string(both.analysis.facts.format), "tar");
    CHECK(both.hasFinding("CUP-ARC-POLYGLOT-PICKLE"));
    CHECK(both.child("as-pickle") != nullptr);
}

CUPEL_TEST(names_that_promise_weights)
{
    const std::string elf = "\x7f"
                            "ELF\2\1\1"
        + std::string(80, '\0');
    CHECK(Looked(elf, "model.pt").hasFinding("CUP-MODEL-DISGUISED"));
    CHECK(Looked(elf, "weights.bin").hasFinding("CUP-MODEL-DISGUISED"));
    CHECK(!Looked(elf, "program").hasFinding("CUP-MODEL-DISGUISED"));
    CHECK(Looked("#!/bin/sh\nexit 0\n", "a.ckpt").hasFinding("CUP-MODEL-DISGUISED"));
    CHECK(Looked("<!DOCTYPE html><p>404</p>", "a.bin").hasFinding("CUP-MODEL-NOT-WEIGHTS"));
    CHECK(!Looked("<!DOCTYPE html><p>404</p>", "a.html").hasFinding("CUP-MODEL-NOT-WEIGHTS"));
    CHECK(!Looked("#!/bin/sh\nexit 0\n", "a.sh").hasFinding("CUP-MODEL-DISGUISED"));
}

// A suffix of another format is told, whoever renamed the file; what programs write is not.
CUPEL_TEST(names_of_another_format)
{
    const std::string gguf = "GGUF" + number(3, 4) + number(0, 8) + number(0, 8);
    const auto zip = zipOf("a/data.pkl", harmless);
    const std::string pickle("\x80\x02]q\x00(K\x01K\x02\x65.", 12);
    const auto severity = [](const Looked& looked) {
        for (const auto& finding : looked.analysis.findings) {
            if (finding.rule == "CUP-MODEL-WRONG-NAME") {
                return static_cast<int>(finding.severity);
            }
        }
        return -1;
    };
    CHECK_EQ(severity(Looked(gguf, "really_gguf.safetensors")), static_cast<int>(Severity::Low));
    for (const auto* name : {"model.onnx", "lambda.h5", "MODEL.SAFETENSORS", "a.gguf", "a.tflite"}) {
        CHECK_EQ(severity(Looked(zip, name)), static_cast<int>(Severity::Medium));
        CHECK_EQ(severity(Looked(pickle, name)), static_cast<int>(Severity::Medium));
    }
    for (const auto* name : {"model.pt", "a.npz", "a.keras", "a.bin", "a.pkl", "a.zip", "model"}) {
        CHECK_EQ(severity(Looked(zip, name)), -1);
    }
    // Names of what is no model at all.
    for (const auto* name : {"a.png", "A.PNG", "a.json", "a.ipynb", "a.csv", "a.txt", "a.ubj", "a.pb"}) {
        CHECK_EQ(
            severity(Looked(zip, name)), static_cast<int>(Severity::Medium) - (name == std::string("a.pb") ? 1 : 0));
        CHECK(severity(Looked(pickle, name)) >= static_cast<int>(Severity::Low));
    }
    CHECK(Looked(zipOf("docs/readme.txt", pickle), "a.zip").hasFinding("CUP-MODEL-WRONG-NAME"));
    CHECK_EQ(severity(Looked("(a text that could be a pickle.", "a.txt")), -1);
    // What a zip holds decides who loads it.
    const auto saved = test::dataFile("zip/torch.pt");
    const auto arrays = zipOf("x.npy", test::dataFile("npy/floats.npy"));
    for (const auto* name : {"a.npz", "a.keras"}) {
        CHECK_EQ(severity(Looked(saved, name)), static_cast<int>(Severity::Medium));
    }
    CHECK_EQ(severity(Looked(arrays, "a.pt")), static_cast<int>(Severity::Low));
    for (const auto* name : {"a.pt", "a.pth", "a.bin", "a.zip", "a"}) {
        CHECK_EQ(severity(Looked(saved, name)), -1);
    }
    CHECK_EQ(severity(Looked(arrays, "a.npz")), -1);
    CHECK_EQ(severity(Looked(gguf, "a.gguf")), -1);
    CHECK_EQ(severity(Looked(pickle, "a.pth")), -1);
    const Looked outer(zipOf("w/model.onnx", zip), "a.zip");
    CHECK(outer.hasFinding("CUP-MODEL-WRONG-NAME"));
    CHECK(!Looked(zipOf("w/model.pt", zip), "a.zip").hasFinding("CUP-MODEL-WRONG-NAME"));
}

// Whatever is known under the ending of whatever else is known.
CUPEL_TEST(contents_under_other_endings)
{
    const std::string pickle("\x80\x02]q\x00(K\x01K\x02\x65.", 12);
    const std::string text("cbuiltins\nset\n((lp0\nI1\natR.");
    const auto zip = zipOf("a/schema.json", "{}");
    const auto saved = test::dataFile("zip/torch.pt");
    const std::string gguf = "GGUF" + number(3, 4) + number(0, 8) + number(0, 8);
    const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    const auto onnx = test::dataFile("../frameworks/onnx-1.23.2/network.onnx");
    const auto severity = [](const std::string& bytes, const char* name) {
        const Looked looked(bytes, name);
        for (const auto& finding : looked.analysis.findings) {
            if (finding.rule == "CUP-MODEL-WRONG-NAME") {
                return static_cast<int>(finding.severity);
            }
        }
        return -1;
    };
    constexpr auto medium = static_cast<int>(Severity::Medium);
    constexpr auto low = static_cast<int>(Severity::Low);
    for (const auto* name : {"a.skops", "a.zip", "a.tar", "a.gz", "a.tgz", "a.7z", "a.xz", "a.msgpack", "a.pmml",
             "a.feather", "A.PARQUET", "a.png", "a.json", "a.csv", "a.yaml", "a.jinja", "a.md", "a.mlmodel", "a.ubj"}) {
        CHECK_EQ(severity(pickle, name), medium);
        CHECK_EQ(severity(text, name), medium);
    }
    CHECK_EQ(severity(pickle, "a.rds"), low); // R runs what is in it as well
    for (const auto* name : {"a.skops", "a.zip", "a.gz", "a.pt", "a.pkl", "a.png", "a.json", "a.rds", "a.npy"}) {
        CHECK_EQ(severity(gguf, name), low);
        CHECK_EQ(severity(onnx, name), low);
    }
    CHECK_EQ(severity(zip, "a.gz"), low);
    CHECK_EQ(severity(png, "a.pt"), low);
    CHECK_EQ(severity(png, "a.csv"), low);
    CHECK_EQ(severity(saved, "a.skops"), medium);
    // What programs really write.
    for (const auto* name : {"a.bin", "a.dat", "a.ckpt", "a.model", "a.weights", "a", "a.pk", "a.v2", "a.dill"}) {
        CHECK_EQ(severity(pickle, name), -1);
        CHECK_EQ(severity(text, name), -1);
    }
    CHECK_EQ(severity(std::string("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15), "best.pth.tar"), -1);
    CHECK_EQ(severity(saved, "checkpoint.tar"), -1);
    CHECK_EQ(severity(zip, "checkpoint.tar"), low);
    CHECK_EQ(severity(zip, "a.skops"), -1);
    CHECK_EQ(severity(png, "a.jpg"), -1);
    const std::string rest(40, '\0');
    CHECK_EQ(severity("%PDF-1.7\n" + rest, "a.pdf"), -1);
    CHECK_EQ(severity(std::string("RIFF\x24\1\0\0WAVEfmt ", 16) + rest, "a.wav"), -1);
    CHECK_EQ(severity("ID3\3" + rest, "a.mp3"), -1);
    CHECK_EQ(severity("fLaC" + rest, "a.flac"), -1);
    CHECK_EQ(severity("ID3 is an algorithm that grows a tree.", "a.md"), -1);
    CHECK_EQ(severity(test::dataFile("../frameworks/lightgbm-4.7.0/model.txt"), "a.md"), -1);
}

// Thousands of members of one kind are one thing to know.
CUPEL_TEST(members_that_promise_weights_are_told_once)
{
    std::string local;
    std::string entries;
    const auto add = [&](const std::string& name, const std::string& content) {
        const auto fields = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(crc32(content), 4)
            + number(content.size(), 4) + number(content.size(), 4) + number(name.size(), 2) + number(0, 2);
        entries += "PK\1\2" + number(20, 2) + fields + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
            + number(local.size(), 4) + name;
        local += "PK\3\4" + fields + name + content;
    };
    for (int i = 0; i < 40; ++i) {
        add("w/" + std::to_string(i) + ".bin", "these are no weights but words\n");
    }
    add("s.ckpt", "#!/bin/sh\nexit 0\n");
    const Looked zip(local + entries + "PK\5\6" + number(0, 4) + number(41, 2) + number(41, 2)
            + number(entries.size(), 4) + number(local.size(), 4) + number(0, 2),
        "a.zip");
    REQUIRE(zip.analysis.findings.size() == 2);
    CHECK(zip.hasFinding("CUP-MODEL-DISGUISED"));
    const auto text = std::find_if(zip.analysis.findings.begin(), zip.analysis.findings.end(),
        [](const Finding& finding) { return finding.rule == "CUP-MODEL-NOT-WEIGHTS"; });
    REQUIRE(text != zip.analysis.findings.end());
    CHECK_EQ(text->message,
        "40 members are named like weights and are something else: w/0.bin (plain text), w/1.bin (plain text), "
        "w/2.bin (plain text), \u2026.");
    for (const auto& child : zip.children) {
        CHECK(Looked(child).analysis.findings.empty());
    }
}
