// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/pickle_facts.h"

#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/pickle/literal.h"

#include <cstring>

namespace cupel::formats {

std::string withoutSensitive(const ShownText& shown, const std::vector<ByteRange>& sensitive)
{
    std::string out;
    std::size_t at = 0;
    std::vector<ByteRange> hidden; // in the text
    for (const auto& quote : shown.quotes) {
        if (touches(sensitive, quote.source)) {
            hidden.push_back({quote.start, quote.end});
        }
    }
    mergeRanges(hidden);
    for (const auto range : hidden) {
        out.append(shown.text, at, range.start - at).append(maskDots);
        at = range.end;
    }
    return out.append(shown.text, at, std::string::npos);
}

std::string_view toString(PickleGlobal::How how)
{
    switch (how) {
    case PickleGlobal::How::Global:
        return "global";
    case PickleGlobal::How::StackGlobal:
        return "stack-global";
    case PickleGlobal::How::Inst:
        return "inst";
    case PickleGlobal::How::Computed:
        return "computed";
    case PickleGlobal::How::Attribute:
        return "attribute";
    }
    return "global";
}

const PickleFacts* pickleFacts(const Facts& facts)
{
    return dynamic_cast<const PickleFacts*>(facts.own.get());
}

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
    case Argument::Float8: {
        std::uint64_t big = 0;
        for (unsigned i = 0; i < 8; ++i) {
            big = (big << 8) | ((op.number >> (8 * i)) & 0xFF);
        }
        double value = 0;
        std::memcpy(&value, &big, sizeof value);
        out.text = std::to_string(value);
        break;
    }
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

} // namespace

void disassemble(ByteView bytes, const PickleFacts& facts, const std::function<bool(const PickleOpcode&)>& take)
{
    for (const auto& stream : facts.streams) {
        Op op;
        for (auto at = stream.bytes.start; !stream.framedReading && at < bytes.size(); at = op.end) {
            if (pickle::readOp(bytes, at, op) != pickle::ReadResult::Ok
                || (!stream.stopped && at >= stream.problemAt)) {
                break;
            }
            if (!take({op.at, op.end, pickle::opcodeInfo(op.code).name, argumentOf(bytes, op)})) {
                return;
            }
            if (op.code == pickle::Code::Stop) {
                break;
            }
        }
    }
}

} // namespace cupel::formats
