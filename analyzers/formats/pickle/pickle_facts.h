// SPDX-License-Identifier: GPL-3.0-or-later
// What loading a pickle would do, as far as it can be known without doing it: names, calls, changes, the program, the
// object. Lists are capped; one entry stands for all that are alike, so that nothing new is lost in a crowd.
#pragma once

#include "analyzers/model/facts.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cupel::formats {

// Text made for people out of pieces of the file. Whoever shows it masks the quotes whose source is sensitive.
struct ShownText {
    struct Quote {
        ByteRange source; // in the file
        std::uint32_t start = 0; // in `text`
        std::uint32_t end = 0;
    };
    std::string text; // printable ASCII and UTF-8, one line
    std::vector<Quote> quotes;
};
// With dots for every quote whose source touches one of `sensitive` (sorted, disjoint).
[[nodiscard]] std::string withoutSensitive(const ShownText& shown, const std::vector<ByteRange>& sensitive);

struct PickleGlobal {
    enum class How : std::uint8_t { Global, StackGlobal, Inst, Computed, Attribute };
    std::string module; // as Python 3 resolves it; at most 200 bytes, printable
    std::string name; // may be dotted; empty: the module itself
    std::string written; // "module.name" of the file where Python 3 renames it, else empty
    How how = How::Global;
    bool resolved = true; // false: the stream does not say which name
    bool brought = false; // a class of TorchScript whose code lies beside the pickle
    bool crowd = false; // the last of the list: all names behind too many others, which are not told apart
    bool walks = false; // the name is a chain of attributes
    bool foldable = false; // a function whose result may be known
    ByteRange bytes; // of the first use
    std::vector<ByteRange> sources; // literals that hold the name
    std::uint64_t count = 0;
    [[nodiscard]] std::string path() const { return name.empty() ? module : module + '.' + name; }
};
[[nodiscard]] std::string_view toString(PickleGlobal::How how);

struct PickleArgument {
    enum class Kind : std::uint8_t {
        Unknown,
        None,
        Bool,
        Number,
        Text,
        Bytes,
        Container,
        Global,
        Call,
        Persistent,
    };
    Kind kind = Kind::Unknown;
    bool built = false; // a text that was put together by calls
    std::int32_t global = -1; // index, of Global and of the callee of Call
    std::int64_t number = 0;
    std::string text; // beginning of a text, at most 80 bytes
};

// A call that loading makes. Objects of classes are calls too.
struct PickleCall {
    std::int32_t global = -1; // what is called; -1: no name
    std::string_view how; // "REDUCE", "NEWOBJ", "fold" (a call inside a call) ...
    ShownText callable;
    std::vector<ShownText> shown; // the arguments
    std::vector<PickleArgument> arguments; // the same for rules; at most 16
    std::vector<std::int32_t> handed; // names among the arguments, in containers too; not those inside other calls
    bool argumentsKnown = true;
    bool computed = false; // the callable is itself what a call gave back
    ByteRange bytes; // of the first such call
    std::uint64_t count = 0; // alike ones
    std::int64_t variable = -1; // `_3` of the program
};

// A text of an object's state on which its class acts when it is restored.
struct PickleStateText {
    std::int32_t global = -1; // the class
    std::string_view key; // "filename" ...
    std::string text; // at most 4 KiB
    ShownText shown; // the statement
    ByteRange bytes; // of BUILD
};

// Something that was not made by the stream is changed by it, or state is set that Python acts on.
struct PickleChange {
    enum class Kind : std::uint8_t { State, Item, Element };
    Kind kind = Kind::State;
    std::int32_t global = -1; // what is changed; -1: no name
    std::string special; // "__setstate__", "__class__" ...: the key that makes it special
    bool foreign = false; // the target was imported or is not known
    ShownText shown; // the statement
    ByteRange bytes;
    std::uint64_t count = 0;
};

struct PickleLine {
    ShownText text;
    std::uint64_t at = 0; // offset of the opcode that does it
};

struct PickleStream {
    ByteRange bytes;
    int protocol = 0;
    std::uint64_t opcodes = 0;
    bool stopped = false; // ended with STOP
    std::string_view problem; // why not, one plain clause
    std::uint64_t problemAt = 0;
    bool framedReading = false; // the reading that drops what is left of frames
    bool inside = false; // of another stream: an array of objects
};

// A place where the stream is not as any pickler writes it, or asks the loader for something.
struct PickleOddity {
    std::string_view code; // "frame-straddle", "extension", "expansion" ...
    ByteRange bytes; // of the first
    std::string detail; // a number or a name for the message
    std::uint64_t count = 0;
};

struct PickleTreeRow {
    std::uint32_t depth = 0;
    ShownText text;
    std::uint64_t at = 0;
};

struct PickleFacts : FormatFacts {
    static constexpr std::size_t mostRaw = 200'000;

    std::vector<PickleStream> streams; // the first ones
    std::vector<ByteRange> raw; // between opcodes, as joblib writes arrays, padding included; sorted
    bool rawCut = false; // there are more
    std::uint64_t streamCount = 0;
    std::uint64_t opcodeCount = 0;
    std::vector<PickleGlobal> globals;
    std::vector<PickleCall> calls;
    std::uint64_t callCount = 0;
    std::vector<PickleChange> changes;
    std::vector<PickleStateText> stateTexts; // at most 1,000
    std::vector<PickleOddity> oddities;
    std::vector<PickleLine> program;
    std::uint64_t programLines = 0; // there would be
    std::vector<PickleTreeRow> tree;
    bool treeCut = false;
    // Of the model's tensors by their index: the numbers stand as a text in UTF-8, of which each character is a byte.
    // Protocols before 3 cannot write bytes otherwise.
    std::map<std::size_t, ByteRange> textTensors;
    bool causesCut = false; // more different calls than are told apart
    std::vector<std::string> storages; // keys of persistent torch storages, at most 1,000
};

// Null: the artifact is no pickle.
[[nodiscard]] const PickleFacts* pickleFacts(const Facts& facts);

} // namespace cupel::formats
