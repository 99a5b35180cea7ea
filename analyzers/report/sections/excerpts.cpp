// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/sections/excerpts.h"

#include "analyzers/model/evidence.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cupel::report {

namespace {

// The masked value in a redacted excerpt: its dots with the few characters that were left in clear before and after.
std::vector<ByteRange> maskedIn(std::string_view text)
{
    constexpr std::string_view dot = "\u2022";
    const auto plain = [&](std::size_t i) {
        const char c = text[i];
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    };
    std::vector<ByteRange> out;
    for (std::size_t at = text.find(dot); at != std::string_view::npos; at = text.find(dot, at)) {
        std::size_t start = at;
        while (start > 0 && at - start < 12 && plain(start - 1)) {
            --start;
        }
        while (text.substr(at, dot.size()) == dot) {
            at += dot.size();
        }
        const std::size_t dots = at;
        while (at < text.size() && at - dots < 12 && plain(at)) {
            ++at;
        }
        out.push_back({start, at});
    }
    return out;
}

// "12" of one cell; "c3:12" and "c3 o0:12" (an output) where a list holds lines of several.
std::string lineLabel(const Location& place, bool several)
{
    // Inside a cell a line of the file tells nobody anything.
    const std::uint32_t line = place.cell ? place.cellLine.value_or(0) : place.line;
    const auto number = line > 0 ? std::to_string(line) : std::string();
    if (!several || !place.cell) {
        return number;
    }
    auto label = 'c' + std::to_string(*place.cell);
    if (place.output) {
        label += " o" + std::to_string(*place.output);
    }
    return number.empty() ? label : label + ':' + number;
}

} // namespace

Code excerptsOf(const Finding& finding, std::size_t most)
{
    std::vector<const Evidence*> shown;
    std::set<std::string> lines; // the same line at many places is one line
    for (const Evidence& evidence : finding.evidence) {
        if (!evidence.excerpt.empty() && evidence.role != "viewer" && !evidence.location.artifact.empty()
            && !repeatsMatch(finding, evidence) && lines.size() < most && lines.insert(evidence.excerpt).second) {
            shown.push_back(&evidence);
        }
    }
    const auto hasLine = [](const Evidence* one) { return one->location.line > 0; };
    if (std::all_of(shown.begin(), shown.end(), hasLine)) { // what programs do stands in the order they do it
        std::stable_sort(shown.begin(), shown.end(), [](const Evidence* a, const Evidence* b) {
            return std::tie(a->location.artifact, a->location.bytes.start)
                < std::tie(b->location.artifact, b->location.bytes.start);
        });
    }
    const auto cellOf = [](const Evidence* one) {
        return std::tie(one->location.artifact, one->location.cell, one->location.output);
    };
    const bool several = std::any_of(
        shown.begin(), shown.end(), [&](const Evidence* one) { return cellOf(one) != cellOf(shown.front()); });
    Code code;
    code.severity = static_cast<int>(finding.severity);
    for (const Evidence* one : shown) {
        const std::string text = oneLine(one->excerpt);
        code.lines.push_back({lineLabel(one->location, several), text, maskedIn(text)});
    }
    return code;
}

} // namespace cupel::report
