// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints written by hand become safetensors files whose bytes are compared one by one; what cannot be exact is
// refused with its reason.
#include "analyzers/convert/safetensors_file.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/free_room.h"
#include "tests/unit/check.h"
#include "tests/unit/convert/strip_bytes.h"
#include "tests/unit/made_joblib.h"
#include "tests/unit/pickle_assembler.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstring>
#include <numeric>

using namespace cupel;
using namespace std::string_literals;

namespace {

AnalysisPtr analyse(const std::string& path, std::string bytes)
{
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

// One entry of the dictionary: a tensor of a storage.
std::string entry(const std::string& name, const std::string& offset, const std::string& shape,
    const std::string& strides, const std::string& type = "FloatStorage", const std::string& key = "0")
{
    const auto numbers = [](const std::string& list) {
        std::string out = "MARK\n";
        std::istringstream words(list);
        for (std::string word; words >> word;) {
            out += "BININT1 " + word + "\n";
        }
        return out + "TUPLE\n";
    };
    return "BINUNICODE '" + name
        + "'\nGLOBAL torch._utils _rebuild_tensor_v2\nMARK\nMARK\nBINUNICODE 'storage'\nGLOBAL torch " + type
        + "\nBINUNICODE '" + key + "'\nBINUNICODE 'cpu'\nBININT1 12\nTUPLE\nBINPERSID\nBININT1 " + offset + "\n"
        + numbers(shape) + numbers(strides)
        + "NEWFALSE\nGLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nTUPLE\nREDUCE\nSETITEM\n";
}

std::vector<AnalysisPtr> checkpoint(const std::string& entries, std::string storage)
{
    std::string problem;
    const auto bytes = test::Assembler().assemble("PROTO 2\nEMPTY_DICT\n" + entries + "STOP\n", problem);
    CHECK_EQ(problem, "");
    return {analyse("m.pt!m/data.pkl", bytes), analyse("m.pt!m/data/0", std::move(storage))};
}

std::string numbers(std::size_t count)
{
    std::string out(count, '\0');
    std::iota(out.begin(), out.end(), '\1');
    return out;
}

struct Written {
    nlohmann::json head;
    std::string data;
    std::vector<std::string> notes;
};

Written written(const std::vector<AnalysisPtr>& analyses)
{
    Written out;
    const auto plan = convert::planConversion(analyses);
    if (!CHECK(plan.ok())) {
        std::printf("  %s\n", plan.error().detail.c_str());
        return out;
    }
    std::string file;
    Budget budget;
    CHECK(convert::writeSafetensors(plan.value(), budget, [&file](std::string_view piece) {
        file += piece;
        return true;
    }));
    std::uint64_t length = 0;
    for (unsigned i = 0; i < 8; ++i) {
        length |= std::uint64_t{static_cast<unsigned char>(file[i])} << (8 * i);
    }
    CHECK_EQ(length % 8, 0U);
    out.head = nlohmann::json::parse(file.substr(8, length));
    out.data = file.substr(8 + length);
    out.notes = plan.value().notes;
    return out;
}

std::string dataOf(const Written& file, const std::string& name)
{
    const auto& at = file.head.at(name).at("data_offsets");
    return file.data.substr(at[0].get<std::size_t>(), at[1].get<std::size_t>() - at[0].get<std::size_t>());
}

std::string refusal(const std::vector<AnalysisPtr>& analyses)
{
    const auto plan = convert::planConversion(analyses);
    CHECK(!plan.ok());
    return plan.ok() ? "" : plan.error().detail;
}

// A file and all its members.
std::vector<AnalysisPtr> unpacked(const std::string& bytes)
{
    std::vector<AnalysisPtr> out;
    for (const auto& [path, analysis] : test::scanOf("m.pt", bytes).analyses) {
        out.push_back(analysis);
    }
    return out;
}

} // namespace

CUPEL_TEST(tensors_keep_their_bytes)
{
    const auto storage = numbers(48);
    const auto file = written(
        checkpoint(entry("w", "0", "2 3", "3 1") + entry("b", "6", "2", "1") + entry("s", "8", "", ""), storage));
    CHECK_EQ(dataOf(file, "w"), storage.substr(0, 24));
    CHECK_EQ(dataOf(file, "b"), storage.substr(24, 8));
    CHECK_EQ(dataOf(file, "s"), storage.substr(32, 4)); // a scalar
    CHECK_EQ(file.head.at("w").at("dtype").get<std::string>(), "F32");
    CHECK_EQ(file.head.at("w").at("shape").dump(), "[2,3]");
    CHECK_EQ(file.data.size(), 36U);
}

CUPEL_TEST(strided_views_are_written_row_by_row)
{
    const auto storage = numbers(48);
    // The transpose of 2 x 3, and every second element of a row that is used four times.
    const auto file = written(checkpoint(entry("t", "0", "3 2", "1 3") + entry("e", "1", "2 2", "0 2"), storage));
    const auto at = [&storage](std::size_t element) { return storage.substr(4 * element, 4); };
    CHECK_EQ(dataOf(file, "t"), at(0) + at(3) + at(1) + at(4) + at(2) + at(5));
    CHECK_EQ(dataOf(file, "e"), at(1) + at(3) + at(1) + at(3));
}

CUPEL_TEST(tied_tensors_are_told)
{
    const auto file = written(checkpoint(entry("a", "0", "12", "1") + entry("b", "0", "12", "1"), numbers(48)));
    CHECK_EQ(dataOf(file, "a"), dataOf(file, "b"));
    CHECK_EQ(file.notes.size(), 2U);
}

CUPEL_TEST(what_cannot_be_exact_is_refused)
{
    const auto good = entry("w", "0", "2 3", "3 1");
    CHECK_EQ(refusal(checkpoint(good + good, numbers(48))), "tensor \u201cw\u201d: its name stands twice");
    CHECK_EQ(refusal(checkpoint(good, numbers(20))), "tensor \u201cw\u201d: its bytes are not all in the file");
    auto missing = checkpoint(good, numbers(48));
    missing.pop_back();
    CHECK_EQ(refusal(missing), "tensor \u201cw\u201d: its bytes are not in the file");
    CHECK_EQ(refusal(checkpoint(entry("w", "0", "2", "1", "QInt8Storage"), numbers(48))),
        "tensor \u201cw\u201d: safetensors has no type for QI8");
    CHECK(refusal(checkpoint("GLOBAL torch._utils _rebuild_sparse_tensor\nPOP\n" + good, numbers(48)))
            .starts_with("it holds tensors that are more than numbers in a row"));
    auto big = checkpoint(good, numbers(48));
    big.push_back(analyse("m.pt!m/byteorder", "big"));
    CHECK_EQ(refusal(big), "its numbers are big-endian");
    auto undigested = std::make_shared<Analysis>(*big.back()); // as `cupel convert` reads it
    undigested->artifact.sha256 = {};
    big.back() = undigested;
    CHECK_EQ(refusal(big), "its numbers are big-endian");
    CHECK_EQ(refusal({analyse("a.txt", "just words")}), "it holds no tensors that are known");
    auto two = checkpoint(good, numbers(48));
    two.push_back(analyse("m.pt!other/more.pkl", std::string(two.front()->artifact.view())));
    CHECK_EQ(refusal(two), "more than one pickle holds tensors: \u201cdata.pkl\u201d and \u201cmore.pkl\u201d");
    CHECK_EQ(convert::conversionTrouble(two), "more than one pickle holds tensors"); // reports name things their way
    // A view that reaches beyond its storage.
    CHECK(refusal(checkpoint(entry("w", "8", "2 3", "3 1"), numbers(48))).starts_with("tensor \u201cw\u201d: "));
}

// A few bytes can name more numbers than any disk has.
CUPEL_TEST(what_would_fill_the_disk_is_refused)
{
    const auto one = checkpoint(entry("e", "0", "255 255 255 255", "0 0 0 0"), numbers(48));
    constexpr std::string_view why =
        "its tensors would be written with 16913002500 bytes, and what they are read from has 48";
    CHECK_EQ(refusal(one), why);
    CHECK_EQ(convert::conversionTrouble(one), why);
    std::string many;
    for (unsigned i = 0; i < 5; ++i) {
        many += entry("e" + std::to_string(i), "0", "250 250 250", "0 0 0");
    }
    CHECK(refusal(checkpoint(many, numbers(48))).starts_with("its tensors would be written with 312500000 bytes"));
    // Repeated numbers that do no harm.
    CHECK(convert::planConversion(checkpoint(entry("e", "0", "250 250 250", "0 0 0"), numbers(48))).ok());
    CHECK(convert::planConversion(checkpoint(many, std::string(80'000'000, 'x'))).ok());
    CHECK_EQ(engine::lacksRoom("new.safetensors", 1), "");
    CHECK(engine::lacksRoom("new.safetensors", ~std::uint64_t{0}).starts_with("it would have 18446744073709551615 "));
    CHECK_EQ(engine::lacksRoom("/dev/null", ~std::uint64_t{0}), "");
}

// Loaders refuse such archives, or read different members of them.
CUPEL_TEST(archives_that_loaders_differ_about)
{
    const auto original = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt").value_or("");
    REQUIRE(!original.empty());
    CHECK(convert::planConversion(unpacked(original)).ok());
    auto flipped = original;
    auto renamed = original; // the numbers of one tensor under the name of another's
    for (auto at = original.find("model/data/1"); at != std::string::npos; at = original.find("model/data/1", at + 1)) {
        renamed[at + 11] = '0';
        constexpr std::size_t sum = 30; // from the checksum in the directory to the name
        flipped[at - sum] ^= original.compare(at - 46, 4, "PK\1\2") == 0 ? 1 : 0;
    }
    for (const auto& [bytes, why] : {std::pair{flipped, "a member of its archive has a wrong checksum"},
             std::pair{renamed, "two members of its archive have one name"}}) {
        CHECK_EQ(refusal(unpacked(bytes)), why);
        CHECK_EQ(convert::conversionTrouble(unpacked(bytes)), why);
    }
    // The same of a container that does not say it by itself.
    auto members = checkpoint(entry("w", "0", "2", "1"), numbers(48));
    members.push_back(analyse("m.pt!m/data/0 (2)", numbers(48)));
    CHECK_EQ(refusal(members), "tensor \u201cw\u201d: its bytes stand twice in the file");
    members.back() = analyse("m.pt!m/data.pkl (2)", "N.");
    CHECK_EQ(refusal(members), "two members of its archive have one name");
}

CUPEL_TEST(arrays_of_joblib)
{
    const auto file = [](const std::string& source) {
        std::string problem;
        auto bytes = test::Assembler().assemble("PROTO 3\nEMPTY_DICT\nMARK\n" + source + "SETITEMS\nSTOP\n", problem);
        CHECK_EQ(problem, "");
        return std::vector{analyse("m.joblib", std::move(bytes))};
    };
    test::JoblibArray columns;
    columns.shape = "MARK\nBININT1 2\nBININT1 3\nTUPLE\n";
    columns.dtype = "i2";
    columns.layout = "F";
    columns.hex = "010002000300040005000600";
    columns.padding = "01ff";
    test::JoblibArray rows;
    rows.hex = "0000803f00000040";
    const auto out = written(file("BINUNICODE 'w'\n" + joblibArray(columns) + "BINUNICODE 'b'\n" + joblibArray(rows)));
    CHECK_EQ(dataOf(out, "w"), std::string("\1\0\3\0\5\0\2\0\4\0\6\0", 12));
    CHECK_EQ(out.head.at("w").at("dtype").get<std::string>(), "I16");
    CHECK_EQ(dataOf(out, "b"), std::string("\0\0\x80\x3f\0\0\0\x40", 8));
    CHECK_EQ(out.notes.size(), 2U);

    rows.order = ">";
    CHECK(refusal(file("BINUNICODE 'b'\n" + joblibArray(rows))).ends_with("safetensors has no type for >f4"));
    rows.order = "<";
    rows.dtype = "U1"; // two texts of one character
    CHECK(refusal(file("BINUNICODE 'b'\n" + joblibArray(rows))).ends_with("safetensors has no type for <U1"));
    rows.dtype = "f4";
    // The parts of a sparse matrix are not the matrix.
    CHECK(refusal(file("BINUNICODE 's'\nGLOBAL scipy.sparse._csr csr_matrix\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\n"
                       "BINUNICODE 'data'\n"
                      + joblibArray(rows) + "SETITEM\nBUILD\n"))
            .starts_with("it holds tensors that are more than numbers in a row"));
}

CUPEL_TEST(arrays_of_numpy)
{
    std::string header = "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }";
    header.resize(117, ' ');
    header += '\n';
    const std::string bytes = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + numbers(12);
    const auto file = written({analyse("z.npz!weights.npy", bytes)});
    const auto data = numbers(12);
    const auto at = [&data](std::size_t element) { return data.substr(2 * element, 2); };
    CHECK_EQ(dataOf(file, "weights"), at(0) + at(2) + at(4) + at(1) + at(3) + at(5));
    CHECK_EQ(file.head.at("weights").at("dtype").get<std::string>(), "I16");
    REQUIRE(file.notes.size() == 1); // columns first: the order is another one
    CHECK_EQ(
        file.notes[0], "1 tensor does not stand row by row in the old file: the same numbers, written row by row.");
    // Which array it is, and of which type.
    std::string times = "{'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,), }";
    times.resize(117, ' ');
    const auto other = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + times + '\n' + numbers(8);
    CHECK_EQ(refusal({analyse("z.npz!weights.npy", bytes), analyse("z.npz!times.npy", other)}),
        "array \u201ctimes\u201d: safetensors has no type for <M8[s]");
}

CUPEL_TEST(arrays_that_numpy_pickled)
{
    const auto file = [](const std::string& source) {
        std::string problem;
        auto bytes = test::Assembler().assemble("PROTO 4\nEMPTY_DICT\nMARK\n" + source + "SETITEMS\nSTOP\n", problem);
        CHECK_EQ(problem, "");
        return std::vector{analyse("m.pkl", std::move(bytes))};
    };
    const std::string dtype = "GLOBAL numpy dtype\nBINUNICODE 'i2'\nNEWFALSE\nNEWTRUE\nTUPLE3\nREDUCE\nMARK\n"
                              "BININT1 3\nBINUNICODE '<'\nNONE\nNONE\nNONE\nBININT -1\nBININT -1\nBININT1 0\n"
                              "TUPLE\nBUILD\n";
    const std::string shape = "MARK\nBININT1 2\nBININT1 3\nTUPLE\n";
    const std::string numbers = R"('\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00\x06\x00')";
    const auto built = [&](const std::string& columns, const std::string& content) {
        return "GLOBAL numpy._core.multiarray _reconstruct\nGLOBAL numpy ndarray\nBININT1 0\nTUPLE1\n"
               "SHORT_BINBYTES 'b'\nTUPLE3\nREDUCE\nMARK\nBININT1 1\n"
            + shape + dtype + columns + "\nSHORT_BINBYTES " + content + "\nTUPLE\nBUILD\n";
    };
    const auto out = written(file("BINUNICODE 'w'\n" + built("NEWFALSE", numbers) + "BINUNICODE 'f'\n"
        + built("NEWTRUE", numbers) + "BINUNICODE 'v'\nGLOBAL numpy._core.numeric _frombuffer\nMARK\nSHORT_BINBYTES "
        + numbers + "\n" + dtype + shape + "BINUNICODE 'C'\nTUPLE\nREDUCE\n"));
    const std::string rows("\1\0\2\0\3\0\4\0\5\0\6\0", 12);
    CHECK_EQ(dataOf(out, "w"), rows);
    CHECK_EQ(dataOf(out, "v"), rows);
    CHECK_EQ(dataOf(out, "f"), std::string("\1\0\3\0\5\0\2\0\4\0\6\0", 12));
    CHECK_EQ(out.head.at("w").at("dtype").get<std::string>(), "I16");
    CHECK_EQ(out.head.at("w").at("shape").dump(), "[2,3]");
    // Fewer bytes than the shape says: no array of numbers.
    CHECK_EQ(
        refusal(file("BINUNICODE 'w'\n" + built("NEWFALSE", "'\\x01\\x00'"))), "it holds no tensors that are known");
    CHECK_EQ(refusal(file("BINUNICODE '__metadata__'\n" + built("NEWFALSE", numbers))),
        "tensor \u201c__metadata__\u201d: safetensors keeps that name for itself");
}

// Protocols before 3 have no bytes: numbers are a text there, of which each character is a byte.
CUPEL_TEST(arrays_that_older_protocols_write_as_texts)
{
    const auto whole = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/pickle/numpy_protocol2.pkl").value_or("");
    const auto out = written({analyse("m.pkl", whole)});
    CHECK_EQ(dataOf(out, "h"), "\xc8\x64\x00\xff"s);
    CHECK_EQ(dataOf(out, "a"), "\1\2\3"s);
    CHECK_EQ(dataOf(out, "f"), "\x00\x00\x64\x00\xc8\x00\x2c\x01\x90\x01\xf4\x01"s); // it stands column by column
    std::string doubles;
    for (const double value : {0.0, 1.0, 2.0, 3.0, 4.0, 5.0}) {
        std::array<char, sizeof value> bytes{};
        std::memcpy(bytes.data(), &value, sizeof value);
        doubles.append(bytes.data(), bytes.size());
    }
    CHECK_EQ(dataOf(out, "w"), doubles);
    CHECK_EQ(out.head.at("w").at("shape").dump(), "[2,3]");
    // Another codec gives other bytes.
    auto other = whole;
    other.replace(other.find("latin1"), 6, "cp1252");
    CHECK_EQ(refusal({analyse("m.pkl", other)}), "it holds no tensors that are known");
}

CUPEL_TEST(a_sink_that_is_full_gets_nothing_more)
{
    const auto whole = test::readFile(CUPEL_SOURCE_DIR "/tests/data/formats/pickle/numpy_protocol2.pkl").value_or("");
    const auto plan = convert::planConversion({analyse("m.pkl", whole)});
    REQUIRE(plan.ok());
    int asked = 0;
    Budget budget;
    CHECK(!convert::writeSafetensors(plan.value(), budget, [&asked](std::string_view) { return ++asked < 2; }));
    CHECK_EQ(asked, 2);
}
