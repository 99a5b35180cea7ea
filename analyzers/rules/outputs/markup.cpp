// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_tags.h"
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

void offerPictureRemoval(const DecodedText& text, Seen& seen, ByteRange whole)
{
    if (seen.rule == "CUP-OUT-BEACON" && seen.severity >= Severity::Low && text.carrier == Carrier::Markdown) {
        seen.fix = "remove-picture";
        seen.cut = {text.piece.map.toRaw(whole)};
    }
}

namespace {

// All of the tag of a picture that only counts its readers; empty: it is another piece, or too long a tag.
ByteRange pictureTag(std::string_view html, const formats::ActivePiece& piece)
{
    constexpr std::size_t longest = 4'096;
    if (piece.kind != formats::ActiveKind::Beacon) {
        return {};
    }
    const auto from = piece.bytes.start - std::min<std::size_t>(piece.bytes.start, longest);
    const auto open = html.substr(from, piece.bytes.start - from).rfind('<');
    const auto close = html.substr(0, piece.bytes.end + longest).find('>', piece.bytes.end);
    return open != std::string_view::npos && close != std::string_view::npos
            && formats::asciiLower(html.substr(from + open, 4)) == "<img"
        ? ByteRange{from + open, close + 1}
        : ByteRange{};
}

} // namespace

void scanMarkup(const DecodedText& text, std::string_view html, Findings& out)
{
    for (const auto& found : formats::findActive(html, text.input.budget)) {
        auto seen = judgePiece(found, text.carrier);
        if (seen.rule.empty()) {
            continue;
        }
        text.place(seen, found.bytes);
        if (!found.content.empty()) {
            seen.content = text.piece.map.toRaw(found.content);
        }
        if (text.region.part == Part::Output && seen.severity >= Severity::Low) {
            seen.fix = "drop-output";
        } else if (text.carrier == Carrier::Widget) {
            seen.fix = "remove-widget-state";
        } else if (const auto tag = pictureTag(html, found); !tag.empty()) {
            offerPictureRemoval(text, seen, tag);
        }
        out.add(std::move(seen));
    }
}

} // namespace cupel::rules::outputs
