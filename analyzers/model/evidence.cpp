// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/evidence.h"

#include <algorithm>
#include <charconv>

namespace cupel {

namespace {

std::string_view withoutCutSigns(std::string_view text)
{
    constexpr std::string_view sign = "\u2026";
    text.remove_prefix(text.starts_with(sign) ? sign.size() : 0);
    text.remove_suffix(text.ends_with(sign) ? sign.size() : 0);
    return text;
}

// The one begins inside the other: windows over one line that touch.
bool beginsInside(std::string_view inner, std::string_view outer)
{
    constexpr std::size_t enough = 24;
    return outer.find(inner.substr(0, enough)) != std::string_view::npos;
}

bool onOneLine(const Location& a, const Location& b)
{
    return a.artifact == b.artifact && a.cell == b.cell && a.output == b.output && a.line == b.line
        && a.cellLine == b.cellLine && a.part == b.part;
}

} // namespace

bool repeatsMatch(const Finding& finding, const Evidence& evidence)
{
    if (evidence.role != "context" || evidence.excerpt.empty()) {
        return false;
    }
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&evidence](const Evidence& one) {
        if (one.role != "match" || !onOneLine(one.location, evidence.location)) {
            return false;
        }
        const auto shown = withoutCutSigns(one.excerpt);
        const auto again = withoutCutSigns(evidence.excerpt);
        return !shown.empty() && (beginsInside(again, shown) || beginsInside(shown, again));
    });
}

PlaceCount countPlaces(const Finding& finding)
{
    PlaceCount out;
    for (const auto& one : finding.evidence) {
        const bool place = one.role == "place" || one.role == "also";
        out.listed += place && !one.location.artifact.empty() && !repeatsMatch(finding, one) ? 1U : 0U;
    }
    out.all = out.listed;
    const auto count = finding.arguments.find("count");
    if (count != finding.arguments.end()
        && (finding.rule.starts_with("CUP-OUT-") || finding.rule.starts_with("CUP-ORD-"))) {
        std::uint64_t told = 0;
        const auto& text = count->second;
        std::from_chars(text.data(), text.data() + text.size(), told);
        out.all = std::max(out.all, told);
    }
    return out;
}

} // namespace cupel
