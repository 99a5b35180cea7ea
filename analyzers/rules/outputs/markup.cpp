// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>

namespace cupel::rules::outputs {

void DecodedText::place(Seen& seen, ByteRange range) const
{
    const auto size = piece.text.size();
    range.start = std::min<std::uint64_t>(range.start, size);
    range.end = std::clamp<std::uint64_t>(range.end, range.start, size);
    if (range.empty() && range.start > 0) {
        --range.start;
    }
    seen.bytes = piece.map.toRaw(range);
    seen.region = regionIndex;
    if (lineEnds.empty()) {
        for (auto at = piece.text.find('\n'); at != std::string::npos; at = piece.text.find('\n', at + 1)) {
            lineEnds.push_back(at);
        }
        lineEnds.push_back(size);
    }
    const auto before = std::lower_bound(lineEnds.begin(), lineEnds.end(), range.start);
    seen.line = piece.firstLine + static_cast<std::uint64_t>(before - lineEnds.begin());
}

void scanMarkup(const DecodedText& text, std::string_view html, Findings& out)
{
    for (const auto& found : formats::findActive(html, text.input.budget)) {
        auto seen = judgePiece(found, text.carrier);
        if (seen.rule.empty()) {
            continue;
        }
        text.place(seen, found.bytes);
        if (text.region.part == Part::Output && seen.severity >= Severity::Low) {
            seen.fix = "drop-output";
        } else if (text.carrier == Carrier::Widget) {
            seen.fix = "remove-widget-state";
        }
        out.add(std::move(seen));
    }
}

} // namespace cupel::rules::outputs
