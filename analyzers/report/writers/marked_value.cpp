// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/marked_value.h"

#include "analyzers/base/redact.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace cupel::report {

namespace {

constexpr std::string_view dot = "\u2022";

bool isOnlyDots(std::string_view text)
{
    while (text.starts_with(dot)) {
        text.remove_prefix(dot.size());
    }
    return text.empty();
}

bool touches(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// Runs of dots. Those as long as the value is masked by its shape, else as long as maskDots, else longer ones, which
// are several values; shorter ones are names beside it.
std::vector<Marked> runsOf(const std::string& line, std::size_t shape)
{
    std::vector<Marked> all;
    for (auto at = line.find(dot); at != std::string::npos; at = line.find(dot, at)) {
        Marked run{at, at};
        while (line.compare(run.end, dot.size(), dot) == 0) {
            run.end += dot.size();
        }
        at = run.end;
        all.push_back(run);
    }
    const auto sized = [&all](auto fits) {
        std::vector<Marked> out;
        std::copy_if(all.begin(), all.end(), std::back_inserter(out),
            [&](const Marked& run) { return fits(run.end - run.start); });
        return out;
    };
    auto runs = sized([shape](std::size_t size) { return size == shape; });
    runs = runs.empty() ? sized([](std::size_t size) { return size == maskDots.size(); }) : runs;
    return runs.empty() ? sized([](std::size_t size) { return size > maskDots.size(); }) : runs;
}

// How many neighbours of the run are as far apart as those of the value in the file.
std::size_t fit(
    const std::vector<Marked>& runs, std::size_t run, std::span<const ByteRange> sensitive, std::size_t value)
{
    std::size_t count = 0;
    for (std::size_t i = run, k = value; i > 0 && k > 0; --i, --k) {
        if (runs[i].start - runs[i - 1].end != sensitive[k].start - sensitive[k - 1].end) {
            break;
        }
        ++count;
    }
    for (std::size_t i = run, k = value; i + 1 < runs.size() && k + 1 < sensitive.size(); ++i, ++k) {
        if (runs[i + 1].start - runs[i].end != sensitive[k + 1].start - sensitive[k].end) {
            break;
        }
        ++count;
    }
    return count;
}

Marked chosen(const std::vector<Marked>& runs, const Finding& item, std::span<const ByteRange> sensitive)
{
    const auto place = item.location.bytes;
    const auto value = std::partition_point(
        sensitive.begin(), sensitive.end(), [&place](const ByteRange& range) { return range.end <= place.start; });
    if (runs.size() == 1 || value == sensitive.end() || value->start >= place.end) {
        return runs.front();
    }
    const auto index = static_cast<std::size_t>(value - sensitive.begin());
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (const auto count = fit(runs, i, sensitive, index); count > most) {
            best = i;
            most = count;
        }
    }
    return runs[best];
}

} // namespace

Marked maskedIn(const std::string& line, const Finding& item, std::span<const ByteRange> sensitive)
{
    std::size_t shape = 0;
    for (const auto& [name, value] : item.arguments) {
        const std::string shown = printable(value);
        // "column": the header of a column whose cells are masked; "sample": a value masked by its shape. Dots alone
        // may be any value.
        const bool masked = name == "column" || name == "sample" || shown.find(maskDots) != std::string::npos;
        if (const auto at = masked && !isOnlyDots(shown) ? line.find(shown) : std::string::npos;
            at != std::string::npos) {
            return {at, at + shown.size()};
        }
        shape = masked && isOnlyDots(shown) ? shown.size() : shape;
    }
    const auto runs = runsOf(line, shape);
    if (runs.empty()) {
        return {};
    }
    auto marked = chosen(runs, item, sensitive);
    while (marked.start > 0 && touches(line[marked.start - 1])) {
        --marked.start;
    }
    while (marked.end < line.size() && touches(line[marked.end])) {
        ++marked.end;
    }
    return marked;
}

} // namespace cupel::report
