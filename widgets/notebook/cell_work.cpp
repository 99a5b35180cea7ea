// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a cell before it is built: what it costs, how high it may be, which part of it a finding stands in.
#include "widgets/common/theme.h"
#include "widgets/notebook/cell_builder.h"
#include "widgets/notebook/output_pages.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t shownOutputs = 50; // at once, see OutputPages

}

void turnTo(std::size_t index, const ReviewDocument& document, const Item& item, CellView& view)
{
    const auto placed = std::find_if(
        item.findings.begin(), item.findings.end(), [index](const auto& entry) { return entry.finding == index; });
    if (placed == item.findings.end() || placed->region < 0 || item.kind != Item::Kind::Cell) {
        return;
    }
    const auto& analysis = document.analysis();
    const auto at = analysis.facts.fromFile(analysis.findings[index].location.bytes).start;
    const auto& region = document.region(placed->region);
    const bool read = region.kind == RegionKind::Html
        || (region.kind == RegionKind::Markdown && region.bytes.size() <= markdownBytes);
    if (read && view.asSource.count(placed->region) == 0) {
        view.pages.erase(placed->region); // the builder shows the part with the open finding
    } else if (const auto page = document.pages(placed->region).indexOf(at);
        page > 0 || view.pages.count(placed->region) > 0) {
        view.pages[placed->region] = page;
    }
    const auto& cell = document.notebook()->cells[static_cast<std::size_t>(item.cell)];
    OutputPages(document, item).turnTo(cell, placed->region, view);
}

int buildWork(const ReviewDocument& document, const Item& item)
{
    const auto strips = static_cast<int>(std::min<std::size_t>(item.findings.size(), mostStrips)) * 300;
    if (item.kind == Item::Kind::Text) {
        return strips + OutputPages::workOf(document.region(item.region));
    }
    if (item.kind != Item::Kind::Cell) {
        return strips;
    }
    const auto& cell = document.notebook()->cells[static_cast<std::size_t>(item.cell)];
    const auto source = cell.source < 0 ? 0 : OutputPages::workOf(document.region(cell.source));
    return strips + source + OutputPages(document, item).workOfPage(cell);
}

qreal estimateCell(const ReviewDocument& document, const Item& item)
{
    constexpr double bytesPerLine = 36;
    const auto linesOf = [&](int region) {
        return region < 0 ? 0.0 : 1 + static_cast<double>(document.region(region).bytes.size()) / bytesPerLine;
    };
    const auto row = qreal(lineHeight(TextRole::Code));
    auto height = 16 + 44.0 * static_cast<double>(std::min<std::size_t>(item.findings.size(), mostStrips));
    if (item.kind == Item::Kind::Text) {
        const auto bytes = document.pages(item.region).at(item.page).bytes.size();
        return height + (1 + static_cast<double>(bytes) / bytesPerLine) * row;
    }
    if (item.kind != Item::Kind::Cell) {
        return height;
    }
    const auto& cell = document.notebook()->cells[static_cast<std::size_t>(item.cell)];
    height += std::min(linesOf(cell.source), 400.0) * row;
    std::size_t outputs = 0;
    for (const auto& output : cell.outputs) {
        if (++outputs > shownOutputs) {
            break;
        }
        double lines = 0;
        for (const auto region : output.regions) {
            const bool picture = document.region(static_cast<int>(region)).kind == RegionKind::Image;
            lines = std::max(lines, picture ? 16.0 : std::min(linesOf(static_cast<int>(region)), 40.0));
        }
        height += 8 + lines * row;
    }
    return height;
}

} // namespace cupel::widgets
