// SPDX-License-Identifier: GPL-3.0-or-later
// The pickle machine: CPython's rules for stack, marks, memo and frames; names and calls; bounds.
#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/disassembly.h"
#include "analyzers/formats/registry.h"
#include "tests/unit/check.h"
#include "tests/unit/made_joblib.h"
#include "tests/unit/pickle_assembler.h"

#include <algorithm>

using namespace cupel;
using formats::PickleFacts;

namespace {

struct Read {
    Artifact artifact;
    Facts facts;
    const PickleFacts* own = nullptr;

    explicit Read(std::string bytes)
    {
        artifact.path = "a.pkl";
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        Budget budget;
        const auto all = formats::all();
        std::find_if(all.begin(), all.end(), [](const auto& format) {
            return format.name == "pickle";
        })->parse(artifact, budget, facts);
        own = formats::pickleFacts(facts);
    }
    [[nodiscard]] std::string program() const
    {
        std::string out;
        for (const auto& line : own->program) {
            out += line.text.text + '\n';
        }
        return out;
    }
    [[nodiscard]] std::string globals() const
    {
        std::string out;
        for (const auto& global : own->globals) {
            out += global.path() + ' ';
        }
        return out;
    }
};

Read read(const std::string& source)
{
    std::string problem;
    auto bytes = test::Assembler().assemble(source, problem);
    CHECK_EQ(problem, "");
    return Read(std::move(bytes));
}

std::string recognised(const std::string& bytes, std::string_view name)
{
    return std::string(formats::recognise(bytes, name).name);
}

} // namespace

CUPEL_TEST(the_program_is_readable)
{
    const auto pickle = read("GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n");
    CHECK_EQ(pickle.program(), "import os\n_0 = os.system('id')\nresult = _0\n");
    CHECK(pickle.facts.status == ReadStatus::Complete);
    CHECK_EQ(pickle.facts.coverage.understood, pickle.facts.coverage.total);
}

CUPEL_TEST(classes_of_python_2_move)
{
    const auto pickle = read("PROTO 2\nGLOBAL __builtin__ xrange\nGLOBAL copy_reg _reconstructor\nTUPLE2\nSTOP\n");
    CHECK_EQ(pickle.globals(), "builtins.range copyreg._reconstructor ");
    CHECK_EQ(pickle.own->globals[0].written, "__builtin__.xrange");
    CHECK_EQ(read("PROTO 3\nGLOBAL __builtin__ xrange\nSTOP\n").globals(), "__builtin__.xrange ");
}

CUPEL_TEST(marks_are_cpythons)
{
    // POP takes a mark that is on top.
    CHECK(read("NONE\nMARK\nPOP\nSTOP\n").own->streams[0].stopped);
    CHECK_EQ(read("MARK\nSTOP\n").own->streams[0].problem, "there is a mark in the way");
    CHECK_EQ(read("APPENDS\nSTOP\n").own->streams[0].problem, "a mark is missing");
    CHECK_EQ(read("NONE\nMARK\nNONE\nNONE\nSETITEM\nSTOP\n").own->streams[0].problem, "there is a mark in the way");
    // Nothing to append: nothing is needed below.
    CHECK(read("EMPTY_LIST\nMARK\nAPPENDS\nSTOP\n").own->streams[0].stopped);
}

CUPEL_TEST(the_memo_is_cpythons)
{
    CHECK_EQ(read("NONE\nBINGET 0\nSTOP\n").own->streams[0].problem, "the memo has no such entry");
    // MEMOIZE writes entry number 1, for one is there.
    const auto pickle = read("PROTO 4\nNONE\nBINPUT 5\nSHORT_BINUNICODE 'x'\nMEMOIZE\nBINGET 1\nTUPLE3\nSTOP\n");
    CHECK_EQ(pickle.program(), "result = (None, 'x', 'x')\n");
    CHECK_EQ(read("NONE\nPUT -1\nSTOP\n").own->streams[0].problem, "an index of the memo is no number");
    CHECK(read("NONE\nPUT 4294967296\nGET 4294967296\nSTOP\n").own->streams[0].stopped);
}

CUPEL_TEST(literals_mean_what_python_reads)
{
    CHECK_EQ(read("MARK\nINT 01\nINT 00\nINT 1\nINT -017\nLONG 5L\nLONG 0x10\nTUPLE\nSTOP\n").program(),
        "result = (True, False, 1, -15, 5, 16)\n");
    CHECK_EQ(read("MARK\nLONG1 '\\xff'\nLONG1 ''\nLONG1 '\\x00\\x80\\x00'\nBININT -2\nTUPLE\nSTOP\n").program(),
        "result = (-1, 0, 32768, -2)\n");
    CHECK_EQ(read("LONG1 '\\x6c\\xfc\\x9c\\x46\\xf9\\x20\\x6a\\xa8\\x50\\x19'\nSTOP\n").program(),
        "result = 119547037146038801333356\n");
    CHECK_EQ(read("UNICODE \\u006fs\nSTOP\n").program(), "result = 'os'\n");
    CHECK_EQ(read("STRING '\\x6fs\\n'\nSTOP\n").program(), "result = 'os\\n'\n");
    CHECK_EQ(read("STRING os\nSTOP\n").own->streams[0].problem, "a string has no quotes");
    CHECK_EQ(read("INT x\nSTOP\n").own->streams[0].problem, "a line is not a number");
    CHECK_EQ(read("FLOAT 1.5\nSTOP\n").program(), "result = 1.5\n");
    CHECK_EQ(read("FLOAT 2\nSTOP\n").program(), "result = 2.0\n");
    // Numbers here are the eight bytes, read backwards.
    CHECK_EQ(read("MARK\nBINFLOAT 64\nBINFLOAT 0\nBINFLOAT 128\nBINFLOAT 62527\nTUPLE\nSTOP\n").program(),
        "result = (2.0, 0.0, -0.0, 1.25)\n");
    CHECK_EQ(read("MARK\nBINFLOAT 7010368\nBINFLOAT 36275325889626435\nBINFLOAT 45118\nBINFLOAT "
                  "61567\nTUPLE\nSTOP\n")
                 .program(),
        "result = (100000.0, 1e+16, 9.5367431640625e-07, inf)\n");
}

// C ends a text at a zero byte, and CPython reads numbers of lines with C: a machine that stops here sees no call
// behind.
CUPEL_TEST(numbersEndAtAZeroByte)
{
    using namespace std::string_view_literals;
    const auto goesOn = [](std::string_view lines) {
        const Read pickle(std::string(lines) + "0cos\nsystem\n(S'id'\ntR.");
        return pickle.globals() == "os.system " && pickle.own->streams[0].stopped;
    };
    const std::string blanks = "I" + std::string(70, ' ') + "012\n";
    const std::string zeros = "F" + std::string(1'100, '0') + "1\n";
    const std::string endless = "I" + std::string(70'000, '0') + "1\n";
    for (const auto line : {"I\0\n"sv, "I7\0x\n"sv, "L5\0L\n"sv, "L5\0x\n"sv, "F1.5\0x\n"sv, "Np7\0x\n0g7\0y\n"sv,
             std::string_view(blanks), std::string_view(zeros), std::string_view(endless)}) {
        if (!CHECK(goesOn(line))) {
            CHECK_EQ(line.substr(0, 20), "");
        }
    }
    CHECK(!goesOn("L\0\n"sv));
    CHECK(!goesOn("F\0\n"sv));
}

CUPEL_TEST(names_are_folded)
{
    const auto joined = read("PROTO 4\nSHORT_BINUNICODE 'builtins'\nSHORT_BINUNICODE 'str.join'\nSTACK_GLOBAL\n"
                             "SHORT_BINUNICODE ''\nMARK\nSHORT_BINUNICODE 'o'\nSHORT_BINUNICODE 's'\nTUPLE\nTUPLE2\n"
                             "REDUCE\nSHORT_BINUNICODE 'system'\nSTACK_GLOBAL\nSTOP\n");
    CHECK_EQ(joined.globals(), "builtins.str.join os.system ");
    CHECK(joined.own->globals[1].how == formats::PickleGlobal::How::Computed);
    const auto caller = read("GLOBAL operator methodcaller\nMARK\nSTRING 'system'\nSTRING 'id'\nTUPLE\nREDUCE\nMARK\n"
                             "GLOBAL importlib import_module\nMARK\nSTRING 'os'\nTUPLE\nREDUCE\nTUPLE\nREDUCE\nSTOP\n");
    CHECK(caller.program().find("os.system('id')") != std::string::npos);
    const auto decoded = read("GLOBAL base64 b64decode\nMARK\nSTRING 'b3M='\nTUPLE\nREDUCE\nSTOP\n");
    CHECK_EQ(decoded.program(), "import base64\n_0 = base64.b64decode('b3M=')\nresult = b'os'\n");
}

CUPEL_TEST(a_last_line_without_end_loses_a_byte)
{
    // As in CPython, and INST calls at once.
    const Read pickle("(S'id'\nios\nsystemX");
    CHECK_EQ(pickle.globals(), "os.system ");
    CHECK_EQ(pickle.own->callCount, 1);
    CHECK(!pickle.own->streams[0].stopped);
}

CUPEL_TEST(both_readings_of_a_frame)
{
    // Read on: a text. Dropped at the end of the frame: os.system behind it.
    std::string bytes("\x80\x04\x95\x02\0\0\0\0\0\0\0\x8c\x1a", 13);
    const std::string hidden("cos\nsystem\nX\x02\0\0\0id\x85R.....", 25);
    bytes += hidden.substr(0, 25) + "x.";
    const Read pickle(bytes);
    CHECK(!pickle.own->streams.empty());
    CHECK(std::any_of(pickle.own->oddities.begin(), pickle.own->oddities.end(), [](const auto& odd) {
        return odd.code == "frame-straddle";
    }) || pickle.own->streams.size() == 1);
}

CUPEL_TEST(arrays_of_joblib_stand_between_opcodes)
{
    const std::string wrapper =
        "PROTO 3\nGLOBAL joblib.numpy_pickle NumpyArrayWrapper\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nMARK\n"
        "BINUNICODE 'shape'\nBININT1 2\nTUPLE1\nBINUNICODE 'dtype'\nGLOBAL numpy dtype\nBINUNICODE 'f8'\nBININT1 0\n"
        "BININT1 1\nTUPLE3\nREDUCE\nSETITEMS\nBUILD\n";
    const auto pickle = read(wrapper + "RAW 0102030405060708090a0b0c0d0e0f10\nSTOP\n");
    REQUIRE(pickle.own->streamCount == 1);
    CHECK(pickle.own->streams[0].stopped);
    CHECK(pickle.facts.status == ReadStatus::Complete);
    const auto hidden =
        read(wrapper + "RAW 0102030405060708090a0b0c0d0e0f10\nGLOBAL os system\nSTRING 'x'\nTUPLE1\nREDUCE\nSTOP\n");
    CHECK(hidden.globals().find("os.system") != std::string::npos);
}

// The second array begins like BUILD, STOP: raw bytes are no opcodes, wherever the listing begins.
CUPEL_TEST(arrays_of_joblib_are_tensors)
{
    test::JoblibArray plain;
    plain.hex = "0000803f00000040";
    test::JoblibArray columns;
    columns.shape = "MARK\nBININT1 2\nBININT1 3\nTUPLE\n";
    columns.dtype = "i2";
    columns.layout = "F";
    columns.hex = "622e01000200030004000500";
    columns.padding = "02ffff";
    test::JoblibArray turned;
    turned.dtype = "f8";
    turned.order = ">";
    turned.hex = "3ff00000000000004000000000000000";
    const auto pickle = read("PROTO 3\nEMPTY_DICT\nMARK\nBINUNICODE 'a'\n" + joblibArray(plain) + "BINUNICODE 'in'\n"
        + "EMPTY_DICT\nMARK\nBINUNICODE 'b'\n" + joblibArray(columns) + "SETITEMS\nBINUNICODE 'c'\n"
        + joblibArray(turned) + "SETITEMS\nSTOP\n");
    REQUIRE(pickle.facts.model && pickle.facts.model->tensors.size() == 3);
    CHECK_EQ(pickle.facts.model->kind, "joblib");
    CHECK(pickle.facts.status == ReadStatus::Complete && pickle.own->oddities.empty());
    const auto& tensors = pickle.facts.model->tensors;
    const auto bytesOf = [&pickle](const ModelTensor& one) { return slice(pickle.artifact.view(), one.bytes); };
    CHECK_EQ(tensors[0].name + ' ' + tensors[0].dtype, "a F32");
    CHECK_EQ(bytesOf(tensors[0]), ByteView("\0\0\x80\x3f\0\0\0\x40", 8));
    CHECK_EQ(tensors[1].name + ' ' + tensors[1].dtype, "in.b I16");
    CHECK(tensors[1].exactName);
    CHECK((tensors[1].shape == std::vector<std::uint64_t>{2, 3}));
    CHECK((tensors[1].strides == std::vector<std::uint64_t>{1, 2}));
    CHECK_EQ(bytesOf(tensors[1]).substr(0, 4), ByteView("b.\1\0", 4));
    CHECK_EQ(tensors[2].dtype, ">f8");
    REQUIRE(pickle.own->raw.size() == 3);
    CHECK_EQ(pickle.own->raw[1].size(), 3U + 12U); // with what joblib fills in before it
    CHECK_EQ(pickle.own->raw[1].end, tensors[1].bytes.end);

    Budget budget;
    const auto index = formats::indexOpcodes(pickle.artifact.view(), *pickle.own, budget);
    CHECK(index.complete);
    CHECK_EQ(index.rows, pickle.own->opcodeCount);
    std::uint64_t last = 0;
    formats::disassemble(pickle.artifact.view(), *pickle.own, [&](const formats::PickleOpcode& opcode) {
        last = opcode.end;
        for (const auto& raw : pickle.own->raw) {
            CHECK(opcode.end <= raw.start || opcode.at >= raw.end);
        }
        return true;
    });
    CHECK_EQ(last, pickle.artifact.view().size());
}

// An array of objects is a stream of its own inside the other: its opcodes stand where they are, each once.
CUPEL_TEST(objects_of_joblib_stand_inside)
{
    test::JoblibArray objects;
    objects.dtype = "O8";
    objects.order = "|";
    objects.hex = "80035d284b014b02652e"; // [1, 2]
    const auto pickle = read("PROTO 3\nEMPTY_DICT\nMARK\nBINUNICODE 'a'\n" + joblibArray(objects) + "SETITEMS\nSTOP\n");
    REQUIRE(pickle.own->streams.size() == 2);
    CHECK(pickle.own->streams[0].inside && !pickle.own->streams[1].inside);
    Budget budget;
    const auto index = formats::indexOpcodes(pickle.artifact.view(), *pickle.own, budget);
    CHECK_EQ(index.rows, pickle.own->opcodeCount);
    std::uint64_t last = 0;
    formats::disassemble(pickle.artifact.view(), *pickle.own, [&](const formats::PickleOpcode& opcode) {
        CHECK(opcode.at == last);
        last = opcode.end;
        return true;
    });
    CHECK_EQ(last, pickle.artifact.view().size());
}

CUPEL_TEST(what_hides_around_arrays_of_joblib_is_told)
{
    const auto odd = [](const Read& pickle) {
        std::string out;
        for (const auto& one : pickle.own->oddities) {
            out += std::string(one.code) + ' ' + one.detail + ';';
        }
        return out;
    };
    test::JoblibArray array;
    array.hex = "0000803f00000040";
    array.padding = "03ffffff";
    const auto filled = [&] { return read("PROTO 3\n" + joblibArray(array) + "STOP\n"); };
    CHECK_EQ(odd(filled()), "");
    array.padding = "03ff6869";
    CHECK_EQ(odd(filled()), "array-padding 3;");
    // A program for Linux where the numbers should be.
    array.padding.clear();
    array.shape = "MARK\nBININT1 16\nTUPLE\n";
    array.hex = "7f454c46020101000000000000000000" + std::string(96, '0');
    const auto carried = filled();
    REQUIRE(carried.facts.model && carried.facts.model->flaws.size() == 1);
    CHECK_EQ(carried.facts.model->flaws[0].code, "carried-program");
}

CUPEL_TEST(memory_is_bounded)
{
    // More values than the stack keeps, more marks, more containers than the heap holds: the end is exact again.
    const Read deep(std::string(5'000'000, 'N') + std::string(2'000'000, '(') + "cos\nsystem\n(S'x'\ntR.");
    CHECK(deep.globals().find("os.system") != std::string::npos);
    CHECK_EQ(deep.own->callCount, 1);
    std::string many("\x80\x04", 2);
    for (int i = 0; i < 400'000; ++i) {
        many += "]\x94";
    }
    const Read containers(many + "cos\nsystem\n(S'x'\ntR.");
    CHECK_EQ(containers.own->callCount, 1);
    CHECK(containers.own->streams[0].stopped);
    CHECK(containers.own->calls[0].argumentsKnown);
}

CUPEL_TEST(later_calls_are_not_lost_in_a_crowd)
{
    std::string crowd;
    for (int i = 0; i < 60'000; ++i) {
        crowd += "ccollections\nOrderedDict\n)R0";
    }
    const Read pickle(crowd + "cos\nsystem\n(S'x'\ntR.");
    CHECK_EQ(pickle.own->callCount, 60'001);
    CHECK_EQ(pickle.own->calls.size(), 2);
    CHECK_EQ(pickle.own->calls[0].count, 60'000);
    CHECK(pickle.program().find("os.system('x')") != std::string::npos);
}

CUPEL_TEST(content_tells_the_format)
{
    CHECK_EQ(recognised(std::string("\x80\x04N.", 4), "weights.bin"), "pickle");
    CHECK_EQ(recognised("cos\nsystem\n(S'x'\ntR.", "notes.txt"), "pickle");
    CHECK_EQ(recognised("Nothing. Just words.", "notes.txt"), "text");
    CHECK_EQ(recognised("N.", "notes.txt"), "text");
    CHECK_EQ(recognised("Just words", "model.pkl"), "pickle");
    CHECK_EQ(recognised(std::string("PK\3\4") + std::string(40, '\0'), "model.pkl"), "zip");
}

CUPEL_TEST(opcodes_are_listed)
{
    const auto pickle = read("GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n");
    std::string text;
    formats::disassemble(pickle.artifact.view(), *pickle.own, [&text](const formats::PickleOpcode& opcode) {
        text += std::to_string(opcode.at) + ' ' + std::string(opcode.name) + ' ' + opcode.argument.text + '\n';
        return true;
    });
    CHECK_EQ(text, "0 GLOBAL os system\n11 MARK \n12 STRING 'id'\n18 TUPLE \n19 REDUCE \n20 STOP \n");
}

// One that does something is listed although thousands that do nothing come first.
CUPEL_TEST(streams_with_news_are_listed)
{
    std::string source;
    for (int i = 0; i < 5'000; ++i) {
        source += "NONE\nSTOP\n";
    }
    const auto pickle = read(source + "GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n");
    CHECK_EQ(pickle.own->streamCount, 5'001U);
    CHECK(pickle.own->streams.size() < 5'000);
    CHECK_EQ(pickle.own->streams.back().bytes.start, 10'000U);
}

// Rows read anywhere are those of the list, over the marks of the index and from stream to stream.
CUPEL_TEST(opcodes_are_read_anywhere)
{
    std::string source;
    for (int stream = 0; stream < 3; ++stream) {
        source += "MARK\n";
        for (int i = 0; i < 200 + 300 * stream; ++i) {
            source += "INT " + std::to_string(i) + "\n";
        }
        source += "TUPLE\nSTOP\n";
    }
    const auto pickle = read(source);
    std::vector<formats::PickleOpcode> all;
    formats::disassemble(pickle.artifact.view(), *pickle.own, [&all](const formats::PickleOpcode& opcode) {
        all.push_back(opcode);
        return true;
    });
    Budget budget;
    const auto index = formats::indexOpcodes(pickle.artifact.view(), *pickle.own, budget);
    CHECK_EQ(index.rows, all.size());
    CHECK_EQ(index.marks.size(), (all.size() + 255) / 256);
    for (std::size_t row = 0; row < all.size(); ++row) {
        const auto found = formats::opcodesAt(pickle.artifact.view(), *pickle.own, index, row, 2);
        CHECK_EQ(found.size(), row + 1 < all.size() ? 2U : 1U);
        CHECK_EQ(found[0].at, all[row].at);
        CHECK_EQ(formats::opcodeRow(pickle.artifact.view(), *pickle.own, index, all[row].at), row);
        CHECK_EQ(formats::opcodeRow(pickle.artifact.view(), *pickle.own, index, all[row].end - 1), row);
    }
    CHECK(formats::opcodesAt(pickle.artifact.view(), *pickle.own, index, all.size(), 2).empty());
}
