// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/disassembly.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/pickle/literal.h"

#include <algorithm>

namespace cupel::formats {

namespace {

using pickle::Argument;
using pickle::Op;

constexpr std::size_t longestShown = 120;

ShownText argumentOf(ByteView bytes, const Op& op)
{
    ShownText out;
    const auto add = [&](ByteRange range) {
        const auto start = static_cast<std::uint32_t>(out.text.size());
        out.text += toDisplay(slice(bytes, range).substr(0, longestShown), longestShown);
        out.text += range.size() > longestShown ? "\u2026" : "";
        out.quotes.push_back({range, start, static_cast<std::uint32_t>(out.text.size())});
    };
    switch (pickle::opcodeInfo(op.code).argument) {
    case Argument::Unknown:
    case Argument::None:
        break;
    case Argument::Unsigned1:
    case Argument::Unsigned2:
    case Argument::Unsigned4:
    case Argument::Unsigned8:
        out.text = std::to_string(op.number);
        break;
    case Argument::Int4:
        out.text = std::to_string(static_cast<std::int64_t>(op.number));
        break;
    case Argument::Float8:
        out.text = pickle::floatText(op);
        break;
    case Argument::Line:
        add(op.text);
        break;
    case Argument::TwoLines:
        add(op.text);
        out.text += ' ';
        add(op.second);
        break;
    case Argument::Counted1:
    case Argument::CountedSigned4:
    case Argument::Counted4:
    case Argument::Counted8:
        if (op.code == pickle::Code::Long1 || op.code == pickle::Code::Long4) {
            out.text = pickle::bigNumberText(bytes, op.at);
        } else {
            add(op.text);
        }
        break;
    }
    return out;
}

// Where the next opcode stands behind one that ends at `at`: behind the raw bytes of an array, if some follow.
std::uint64_t behindRaw(const PickleFacts& facts, std::uint64_t at)
{
    const auto& raw = facts.raw;
    const auto found = std::lower_bound(
        raw.begin(), raw.end(), at, [](const ByteRange& one, std::uint64_t wanted) { return one.start < wanted; });
    return found != raw.end() && found->start == at ? found->end : at;
}

// Reads the opcodes of one stream from `at` on, as the machine read them; those of the streams inside it stand where
// they are. False: `take` wants no more, or what is no opcode cannot be told any more.
template <typename Take>
bool walk(ByteView bytes, const PickleFacts& facts, const PickleStream& stream, std::uint64_t at, const Take& take)
{
    Op op;
    const bool aside = stream.framedReading || stream.inside;
    while (!aside && at < bytes.size()) {
        if (pickle::readOp(bytes, at, op) != pickle::ReadResult::Ok || (!stream.stopped && at >= stream.problemAt)) {
            break;
        }
        if (!take(op)) {
            return false;
        }
        if (op.code == pickle::Code::Stop && op.end >= stream.bytes.end) {
            break;
        }
        at = op.end;
        if (op.code == pickle::Code::Build) {
            if (facts.rawCut && at > facts.raw.back().end) {
                return false;
            }
            at = behindRaw(facts, at);
        }
    }
    return true;
}

PickleOpcode shown(ByteView bytes, const Op& op)
{
    return {op.at, op.end, pickle::opcodeInfo(op.code).name, argumentOf(bytes, op)};
}

} // namespace

void disassemble(ByteView bytes, const PickleFacts& facts, const std::function<bool(const PickleOpcode&)>& take)
{
    for (const auto& stream : facts.streams) {
        if (!walk(bytes, facts, stream, stream.bytes.start, [&](const Op& op) { return take(shown(bytes, op)); })) {
            return;
        }
    }
}

OpcodeIndex indexOpcodes(ByteView bytes, const PickleFacts& facts, Budget& budget)
{
    OpcodeIndex out;
    for (std::uint32_t i = 0; i < facts.streams.size(); ++i) {
        const auto take = [&](const Op& op) {
            if (out.rows % OpcodeIndex::stride == 0) {
                out.marks.push_back({op.at, i});
            }
            ++out.rows;
            return budget.spend(op.end - op.at);
        };
        if (!walk(bytes, facts, facts.streams[i], facts.streams[i].bytes.start, take)) {
            out.complete = false;
            break;
        }
    }
    return out;
}

std::vector<PickleOpcode> opcodesAt(
    ByteView bytes, const PickleFacts& facts, const OpcodeIndex& index, std::uint64_t first, std::size_t count)
{
    std::vector<PickleOpcode> out;
    const auto mark = first / OpcodeIndex::stride;
    if (mark >= index.marks.size()) {
        return out;
    }
    auto skip = first % OpcodeIndex::stride;
    auto at = index.marks[mark].at;
    for (auto stream = index.marks[mark].stream; stream < facts.streams.size() && out.size() < count; ++stream) {
        walk(bytes, facts, facts.streams[stream], at, [&](const Op& op) {
            if (skip > 0) {
                --skip;
                return true;
            }
            out.push_back(shown(bytes, op));
            return out.size() < count;
        });
        at = stream + 1 < facts.streams.size() ? facts.streams[stream + 1].bytes.start : 0;
    }
    return out;
}

std::uint64_t opcodeRow(ByteView bytes, const PickleFacts& facts, const OpcodeIndex& index, std::uint64_t offset)
{
    const auto after = std::upper_bound(index.marks.begin(), index.marks.end(), offset,
        [](std::uint64_t at, const OpcodeIndex::Mark& mark) { return at < mark.at; });
    if (after == index.marks.begin()) {
        return 0;
    }
    auto row = static_cast<std::uint64_t>(after - index.marks.begin() - 1) * OpcodeIndex::stride;
    const auto near = opcodesAt(bytes, facts, index, row, OpcodeIndex::stride);
    const auto behind = std::upper_bound(
        near.begin(), near.end(), offset, [](std::uint64_t at, const PickleOpcode& opcode) { return at < opcode.at; });
    return row + static_cast<std::uint64_t>(behind == near.begin() ? 0 : behind - near.begin() - 1);
}

} // namespace cupel::formats
