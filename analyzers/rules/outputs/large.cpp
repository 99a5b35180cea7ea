// SPDX-License-Identifier: GPL-3.0-or-later
// Outputs that are too large to be looked at by anybody: what stands far down in them is shared unseen.
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

constexpr std::uint64_t large = 100'000; // bytes of the file
constexpr std::size_t fewestRows = 20; // HTML with fewer is not large by its rows

std::size_t rowsOf(std::string_view html)
{
    std::size_t rows = 0;
    for (auto at = html.find("<tr"); at != std::string_view::npos && rows < fewestRows; at = html.find("<tr", at + 3)) {
        ++rows;
    }
    return rows;
}

} // namespace

void scanLarge(const DecodedText& text, Findings& out)
{
    const auto& region = text.region;
    const bool written = region.form == TextForm::JsonString || region.form == TextForm::JsonStringList;
    const auto kind = region.kind;
    const bool plain = kind == RegionKind::Stream || kind == RegionKind::Text;
    if (region.part != Part::Output || !written || region.bytes.size() < large || text.piece.firstLine != 1
        || (!plain && (kind != RegionKind::Html || rowsOf(text.text()) < fewestRows))) {
        return;
    }
    Seen seen;
    seen.rule = "CUP-OUT-LARGE";
    seen.severity = Severity::Info;
    seen.confidence = Confidence::Certain;
    seen.what = std::to_string(region.bytes.size() / 1'000) + " kB of " + (plain ? "text" : "HTML");
    seen.fix = "shrink-output";
    text.place(seen, {0, std::min<std::uint64_t>({text.text().size(), 80, text.text().find('\n')})});
    out.add(std::move(seen));
}

} // namespace cupel::rules::outputs
