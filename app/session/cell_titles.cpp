// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/cell_titles.h"

#include "analyzers/formats/region_text.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <string_view>

namespace cupel::app {

namespace {

constexpr std::size_t titleRead = 512; // bytes
constexpr std::size_t longestRead = 256 << 10;
constexpr std::size_t titleBytes = 160;

// Every byte of the text that a sensitive range of the file writes becomes `*`.
void mask(const Analysis& analysis, formats::TextPiece& piece)
{
    const std::uint64_t size = piece.text.size();
    const ByteRange whole = analysis.facts.toFile(piece.map.toRaw(ByteRange{0, size}));
    // Sorted and disjoint: only those around the title are looked at.
    const auto first = std::lower_bound(analysis.sensitive.begin(), analysis.sensitive.end(), whole.start,
        [](const ByteRange& range, std::uint64_t start) { return range.end <= start; });
    for (auto it = first; it != analysis.sensitive.end() && it->start < whole.end; ++it) {
        const ByteRange& secret = *it;
        const ByteRange text = analysis.facts.fromFile(secret);
        const std::uint64_t from = piece.map.toText(text.start, size);
        const std::uint64_t to = std::max(from, piece.map.toText(text.end, size));
        for (std::uint64_t i = from; i < std::min(to, size); ++i) {
            piece.text[i] = '*';
        }
    }
}

std::string_view trimmed(std::string_view line)
{
    const auto first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
}

} // namespace

std::vector<CellLine> cellLines(const Analysis& analysis, const formats::Cell& cell, std::size_t most)
{
    if (cell.source < 0 || static_cast<std::size_t>(cell.source) >= analysis.facts.regions.size() || most == 0) {
        return {};
    }
    const Region& region = analysis.facts.regions[static_cast<std::size_t>(cell.source)];
    formats::TextPiece piece =
        formats::readRegion(analysis.facts.text(analysis.artifact), region, most == 1 ? titleRead : longestRead);
    mask(analysis, piece);
    std::vector<CellLine> lines;
    std::string_view rest = piece.text;
    for (unsigned number = 1; !rest.empty() && lines.size() < most; ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trimmed(rest.substr(0, end));
        if (!line.empty()) {
            lines.push_back({number, widgets::shownText(line.substr(0, titleBytes))});
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

QString cellTitle(const Analysis& analysis, const formats::Cell& cell)
{
    const auto lines = cellLines(analysis, cell, 1);
    return lines.empty() ? QString() : lines.front().text;
}

} // namespace cupel::app
