// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/line_diff.h"

#include <algorithm>

namespace cupel {

namespace {

using Lines = std::vector<std::string_view>;

void add(std::vector<DiffRun>& runs, DiffRun::Kind kind, std::size_t before, std::size_t after, std::size_t count)
{
    if (count == 0) {
        return;
    }
    if (!runs.empty() && runs.back().kind == kind) {
        runs.back().count += count;
    } else {
        runs.push_back({kind, before, after, count});
    }
}

struct Step {
    DiffRun::Kind kind;
    std::size_t before;
    std::size_t after;
};

// Myers' greedy search over the middle part; empty when it takes more than `most` differences.
std::vector<Step> shortestWay(
    const Lines& a, std::size_t a0, std::size_t a1, const Lines& b, std::size_t b0, std::size_t b1, std::size_t most)
{
    const auto n = static_cast<std::ptrdiff_t>(a1 - a0);
    const auto m = static_cast<std::ptrdiff_t>(b1 - b0);
    const auto limit = std::min<std::ptrdiff_t>(n + m, static_cast<std::ptrdiff_t>(most));
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * limit + 2), 0);
    const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& { return furthest[static_cast<std::size_t>(k + limit)]; };
    std::vector<std::vector<std::ptrdiff_t>> trace;
    std::ptrdiff_t d = 0;
    bool found = false;
    for (; d <= limit && !found; ++d) {
        trace.emplace_back(furthest.begin() + (limit - d), furthest.begin() + (limit + d + 1));
        for (auto k = -d; k <= d && !found; k += 2) {
            auto x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? (d == 0 ? 0 : at(k + 1)) : at(k - 1) + 1;
            while (x < n && x - k < m && x - k >= 0
                && a[a0 + static_cast<std::size_t>(x)] == b[b0 + static_cast<std::size_t>(x - k)]) {
                ++x;
            }
            at(k) = x;
            found = x >= n && x - k >= m;
        }
    }
    if (!found) {
        return {};
    }
    std::vector<Step> way;
    auto x = n;
    auto y = m;
    const auto keep = [&](DiffRun::Kind kind, std::ptrdiff_t before, std::ptrdiff_t after) {
        way.push_back({kind, a0 + static_cast<std::size_t>(before), b0 + static_cast<std::size_t>(after)});
    };
    for (--d; d > 0; --d) {
        const auto& row = trace[static_cast<std::size_t>(d)]; // furthest points before step d: k from -d to d
        const auto value = [&](std::ptrdiff_t k) { return row[static_cast<std::size_t>(k + d)]; };
        const auto k = x - y;
        const bool down = k == -d || (k != d && value(k - 1) < value(k + 1));
        const auto startX = down ? value(k + 1) : value(k - 1);
        const auto startY = startX - (down ? k + 1 : k - 1);
        for (; x > startX && y > startY; --x, --y) {
            keep(DiffRun::Kind::Same, x - 1, y - 1);
        }
        keep(down ? DiffRun::Kind::Added : DiffRun::Kind::Removed, startX, startY);
        x = startX;
        y = startY;
    }
    for (; x > 0 && y > 0; --x, --y) {
        keep(DiffRun::Kind::Same, x - 1, y - 1);
    }
    std::reverse(way.begin(), way.end());
    return way;
}

} // namespace

std::vector<DiffRun> diffLines(const Lines& before, const Lines& after, std::size_t steps)
{
    std::size_t head = 0;
    const auto shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<DiffRun> runs;
    add(runs, DiffRun::Kind::Same, 0, 0, head);
    const auto oldEnd = before.size() - tail;
    const auto newEnd = after.size() - tail;
    const bool bothChanged = head < oldEnd && head < newEnd;
    const auto way = bothChanged ? shortestWay(before, head, oldEnd, after, head, newEnd, steps) : std::vector<Step>{};
    if (way.empty()) {
        add(runs, DiffRun::Kind::Removed, head, head, oldEnd - head);
        add(runs, DiffRun::Kind::Added, oldEnd, head, newEnd - head);
    }
    for (const auto& step : way) {
        add(runs, step.kind, step.before, step.after, 1);
    }
    add(runs, DiffRun::Kind::Same, oldEnd, newEnd, tail);
    return runs;
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t at = 0;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', at)) {
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (at < text.size() || lines.empty()) {
        lines.push_back(text.substr(at));
    }
    return lines;
}

} // namespace cupel
