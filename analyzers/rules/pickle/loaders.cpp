// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/loaders.h"

#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/rules/pickle/names.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pickle {

namespace {

using formats::PickleFacts;
using formats::PickleGlobal;
using formats::pickle::Code;
using Kind = LoaderAnswer::Kind;

// The opcodes that torch's own reader knows (torch/_weights_only_unpickler.py, 2.6): those that pickles of protocol 2
// have.
constexpr std::array weightsOnlyCodes{Code::Global, Code::NewObj, Code::Reduce, Code::Build, Code::Append,
    Code::Appends, Code::SetItem, Code::SetItems, Code::Mark, Code::Tuple, Code::Tuple1, Code::Tuple2, Code::Tuple3,
    Code::None, Code::NewFalse, Code::NewTrue, Code::EmptyTuple, Code::EmptyList, Code::EmptyDict, Code::EmptySet,
    Code::BinInt, Code::BinInt1, Code::BinInt2, Code::BinFloat, Code::BinUnicode, Code::ShortBinString, Code::BinPersId,
    Code::BinGet, Code::LongBinGet, Code::BinPut, Code::LongBinPut, Code::Long1, Code::Proto, Code::Stop};

// Of the names that stand as such in the first stream.
template <typename Wanted> const PickleGlobal* firstGlobal(const PickleFacts& facts, const Wanted& wanted)
{
    const auto end = facts.streams.empty() ? 0 : facts.streams.front().bytes.end;
    const auto found = std::find_if(facts.globals.begin(), facts.globals.end(), [&](const PickleGlobal& global) {
        return global.how != PickleGlobal::How::Attribute && global.bytes.start < end && wanted(global);
    });
    return found == facts.globals.end() ? nullptr : &*found;
}

bool isUnvouched(const PickleGlobal& global)
{
    return judge(global).kind != Verdict::Kind::Benign;
}

void name(LoaderAnswer& answer, const PickleGlobal& global, std::string_view after)
{
    answer.why = (global.resolved ? global.path() : std::string("a name decided while loading")) + std::string(after);
    answer.sources = global.sources.empty() ? std::vector{global.bytes} : global.sources;
}

LoaderAnswer plain(const PickleFacts& facts)
{
    LoaderAnswer answer{"pickle.load, joblib.load, torch.load(weights_only=False)", Kind::Reads, {}, {}, {}};
    if (const auto* global = firstGlobal(facts, isUnvouched)) {
        answer.kind = Kind::Runs;
        name(answer, *global, " among what it asks for");
    } else if (!facts.streams.empty() && !facts.streams.front().stopped) {
        answer.kind = Kind::Refuses;
        answer.why = "the stream cannot be read to its end";
    } else {
        answer.why = "it asks for known constructors only";
    }
    return answer;
}

// The first opcode of the first stream that torch's reader does not know; nullptr: it knows all of them.
const formats::pickle::OpcodeInfo* strangeOpcode(ByteView bytes, const PickleFacts& facts)
{
    const auto& stream = facts.streams.front();
    formats::pickle::Op op;
    for (auto at = stream.bytes.start; at < stream.bytes.end; at = op.end) {
        if (formats::pickle::readOp(bytes, at, op) != formats::pickle::ReadResult::Ok) {
            break;
        }
        if (std::find(weightsOnlyCodes.begin(), weightsOnlyCodes.end(), op.code) == weightsOnlyCodes.end()) {
            return &formats::pickle::opcodeInfo(op.code);
        }
        if (op.code == Code::Stop) {
            break;
        }
    }
    return nullptr;
}

LoaderAnswer weightsOnly(ByteView bytes, const PickleFacts& facts)
{
    LoaderAnswer answer{"torch.load(weights_only=True), the default since 2.6", Kind::Reads, {}, {},
        {"CVE-2025-32434: before torch 2.6 code runs all the same",
            "CVE-2026-24747: before torch 2.10 a made-up tensor writes outside of its memory"}};
    const auto* global =
        firstGlobal(facts, [](const PickleGlobal& one) { return !one.resolved || !isWeightsOnly(one.path()); });
    if (facts.streams.empty() || !facts.streams.front().stopped) {
        answer.kind = Kind::Refuses;
        answer.why = "the stream cannot be read to its end";
    } else if (global) {
        answer.kind = Kind::Refuses;
        name(answer, *global, " is not on its list");
    } else if (const auto* opcode = strangeOpcode(bytes, facts)) {
        answer.kind = Kind::Refuses;
        answer.why = "it does not know the opcode " + std::string(opcode->name);
    } else {
        answer.why = "all names and opcodes are on its list";
    }
    return answer;
}

LoaderAnswer arraysOnly()
{
    return {"numpy.load(allow_pickle=False), the default since 1.16.3", Kind::Refuses, "it takes no pickles", {},
        {"CVE-2019-6446: before numpy 1.16.3 pickles were allowed"}};
}

LoaderAnswer plainData(const PickleFacts& facts)
{
    LoaderAnswer answer{"an Unpickler whose find_class allows nothing", Kind::Reads, "it asks for no names", {}, {}};
    if (const auto* global = firstGlobal(facts, [](const PickleGlobal&) { return true; })) {
        answer.kind = Kind::Refuses;
        name(answer, *global, " is asked for");
    }
    return answer;
}

} // namespace

std::string_view toString(LoaderAnswer::Kind kind)
{
    switch (kind) {
    case Kind::Runs:
        return "runs";
    case Kind::Reads:
        return "reads";
    case Kind::Refuses:
        return "refuses";
    }
    return "refuses";
}

std::vector<LoaderAnswer> loaderAnswers(ByteView bytes, const PickleFacts& facts)
{
    return {plain(facts), weightsOnly(bytes, facts), arraysOnly(), plainData(facts)};
}

} // namespace cupel::rules::pickle
