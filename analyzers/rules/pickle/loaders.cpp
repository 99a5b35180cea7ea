// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/loaders.h"

#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/rules/pickle/doings.h"
#include "analyzers/rules/pickle/model_loaders.h"
#include "analyzers/rules/pickle/names.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

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

// Of the names that stand as such in what is loaded.
template <typename Wanted> const PickleGlobal* firstGlobal(const PickleFacts& facts, const Wanted& wanted)
{
    const auto end = loadedEnd(facts);
    const auto found = std::find_if(facts.globals.begin(), facts.globals.end(), [&](const PickleGlobal& global) {
        return global.how != PickleGlobal::How::Attribute && global.bytes.start < end && wanted(global);
    });
    return found == facts.globals.end() ? nullptr : &*found;
}

void name(LoaderAnswer& answer, const PickleGlobal& global, std::string_view after)
{
    answer.why = (global.resolved ? global.path() : std::string("a name decided while loading")) + std::string(after);
    answer.sources = global.sources.empty() ? std::vector{global.bytes} : global.sources;
}

// What the findings are made of, as far as a loader has to do with it.
struct Doings {
    std::optional<Hit> runs; // the worst of what is loaded
    std::optional<Hit> imports; // a name nobody vouches for, and nothing of it is called
    std::optional<Hit> behind; // the worst of what stands behind all that is loaded
};

Doings doingsOf(ByteView bytes, const PickleFacts& facts)
{
    Doings out;
    const auto end = loadedEnd(facts);
    eachDoing(facts, bytes.empty() ? std::numeric_limits<std::uint64_t>::max() : bytes.size(), [&](Hit hit) {
        const bool loaded = hit.bytes.start < end;
        auto& place = hit.severity < Severity::Medium ? out.imports : loaded ? out.runs : out.behind;
        if ((loaded || hit.severity >= Severity::Medium) && (!place || place->severity < hit.severity)) {
            place = std::move(hit);
        }
    });
    return out;
}

std::string nameOf(const Hit& hit)
{
    const auto name = hit.arguments.find("name");
    return name == hit.arguments.end() || name->second.empty() ? "something made while loading" : name->second;
}

void say(LoaderAnswer& answer, const std::string& words, const Hit& hit)
{
    answer.why += words;
    answer.sources.push_back(hit.bytes);
    for (const auto& [place, text] : hit.quotes) {
        answer.sources.push_back(place);
    }
    for (const auto& extra : hit.evidence) { // where its name stands
        answer.sources.push_back(extra.bytes);
    }
}

// A file whose first stream ends well may be loaded again from there.
bool isFurther(const PickleFacts& facts, const Hit& hit)
{
    return !facts.streams.empty() && std::none_of(facts.streams.begin(), facts.streams.end(), [&](const auto& stream) {
        return stream.bytes.start == 0 && hit.bytes.start < stream.bytes.end;
    });
}

const formats::PickleStream* brokenStream(const PickleFacts& facts)
{
    const auto end = loadedEnd(facts);
    const auto found = std::find_if(facts.streams.begin(), facts.streams.end(),
        [&](const auto& stream) { return !stream.stopped && !stream.framedReading && stream.bytes.start < end; });
    return found == facts.streams.end() ? nullptr : &*found;
}

constexpr std::string_view broken = "the stream cannot be read to its end";

LoaderAnswer plain(ByteView bytes, const PickleFacts& facts)
{
    LoaderAnswer answer{"pickle.load, joblib.load, torch.load(weights_only=False)", Kind::Reads, {}, {}, {}};
    const auto doings = doingsOf(bytes, facts);
    if (doings.runs) {
        answer.kind = Kind::Runs;
        const bool further = isFurther(facts, *doings.runs);
        say(answer,
            nameOf(*doings.runs) + " among what "
                + (further ? "a further load asks for, at byte " + std::to_string(doings.runs->bytes.start)
                           : std::string("it asks for")),
            *doings.runs);
        return answer;
    }
    if (facts.streams.empty() || brokenStream(facts)) {
        answer.kind = Kind::Refuses;
        answer.why = broken;
    } else if (doings.imports) {
        say(answer, "it calls known constructors only, and imports what is not known: " + nameOf(*doings.imports),
            *doings.imports);
    } else {
        answer.why = "it asks for known constructors only";
    }
    if (doings.behind) {
        say(answer,
            "; behind that, at byte " + std::to_string(doings.behind->bytes.start) + ", " + nameOf(*doings.behind)
                + " waits for who begins there",
            *doings.behind);
    }
    return answer;
}

// The first opcode of a stream that torch's reader does not know; nullptr: it knows all of them.
const formats::pickle::OpcodeInfo* strangeOpcode(ByteView bytes, const formats::PickleStream& stream)
{
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

const formats::pickle::OpcodeInfo* strangeOpcode(ByteView bytes, const PickleFacts& facts)
{
    const auto end = loadedEnd(facts);
    for (const auto& stream : facts.streams) {
        const auto* found = stream.bytes.start < end ? strangeOpcode(bytes, stream) : nullptr;
        if (found) {
            return found;
        }
    }
    return nullptr;
}

LoaderAnswer weightsOnly(ByteView bytes, const PickleFacts& facts)
{
    LoaderAnswer answer{"torch.load(weights_only=True), the default since 2.6", Kind::Reads, {}, {},
        {"CVE-2025-32434: before torch 2.6 a specially made file of the old tar form runs code all the same",
            "CVE-2026-24747: before torch 2.10 a made-up tensor writes outside of its memory"}};
    const auto* global =
        firstGlobal(facts, [](const PickleGlobal& one) { return !one.resolved || !isWeightsOnly(one.path()); });
    if (facts.streams.empty() || brokenStream(facts)) {
        answer.kind = Kind::Refuses;
        answer.why = broken;
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
    } else if (facts.streams.empty() || brokenStream(facts)) {
        answer.kind = Kind::Refuses;
        answer.why = broken;
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
    return {plain(bytes, facts), weightsOnly(bytes, facts), arraysOnly(), plainData(facts)};
}

std::vector<LoaderAnswer> loaderAnswers(const Artifact& artifact, const Facts& facts)
{
    if (artifact.view().empty()) {
        return {}; // some answers depend on bytes, which nobody can look at any more
    }
    if (const auto* pickle = formats::pickleFacts(facts)) {
        return loaderAnswers(artifact.view(), *pickle);
    }
    return !facts.model           ? std::vector<LoaderAnswer>()
        : facts.format == "skops" ? skopsAnswers(artifact, facts)
                                  : kerasAnswers(artifact, facts);
}

} // namespace cupel::rules::pickle
