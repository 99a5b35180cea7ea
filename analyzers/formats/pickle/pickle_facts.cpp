// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/pickle_facts.h"

#include "analyzers/base/redact.h"

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

} // namespace cupel::formats
