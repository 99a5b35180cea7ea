// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the cell builder that shows markdown and read HTML.
#include "widgets/notebook/cell_builder.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notice_block.h"
#include "widgets/notebook/rich_block.h"
#include "widgets/notebook/table_block.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

using Kind = formats::HtmlBlock::Kind;

constexpr std::size_t shownRows = 60; // of a table before the rest is folded
constexpr qreal richLeft = 14;
constexpr std::size_t longText = 80; // bytes in a cell that no column could show

bool isProse(const formats::HtmlBlock& block)
{
    return block.kind != Kind::Preformatted && block.kind != Kind::Table && block.kind != Kind::Picture;
}

// Pages use small tables without a head to place text side by side: as a table it would be cut.
bool isLayoutTable(const formats::HtmlTable& table)
{
    return table.headRows == 0 && table.rows.size() <= 3
        && std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
               return std::any_of(
                   row.begin(), row.end(), [](const auto& cell) { return cell.text.text.size() > longText; });
           });
}

} // namespace

void CellBuilder::markdown(int region, std::uint32_t headingLevel)
{
    auto text = read(region);
    const auto notice = [this](const QString& icon, const QString& words, const QString& link, Action action) {
        PlacedBlock placed;
        placed.block = std::make_unique<NoticeBlock>(Notice{icon, words, link, action, false}, richLeft);
        placed.gap = 6;
        m_cell->add(std::move(placed));
    };
    if (m_request.view.asSource.count(region) > 0) {
        notice(QStringLiteral("code"), CellText::tr("Text cell as written."), CellText::tr("Show as text"),
            {Action::Kind::ShowRendered, 0, region});
        appendCode(std::move(text), region, Language::Other, true);
        return;
    }
    std::vector<SourceMark> marks;
    for (const auto& placed : findingsIn(region, text)) {
        marks.push_back({placed.range, placed.finding, finding(placed.finding).severity});
    }
    auto document = readMarkdown(text.utf8);
    if (headingLevel > 0 && !document.blocks.empty() && document.blocks.front().kind == Kind::Paragraph) {
        document.blocks.front().kind = Kind::Heading; // nbformat 3
        document.blocks.front().level = static_cast<int>(headingLevel);
    }
    if (document.active) {
        notice(QStringLiteral("ban"), CellText::tr("This text holds script or other active HTML. It is not run."),
            CellText::tr("Show source"), {Action::Kind::ShowSource, 0, region});
    }
    appendRich(std::move(document), marks, region, 0);
}

void CellBuilder::appendRich(
    formats::HtmlDocument document, const std::vector<SourceMark>& marks, int region, qreal gap)
{
    std::vector<std::size_t> taken; // findings of the block being made: their strips go under it
    const auto take = [&taken](std::size_t finding) {
        if (std::find(taken.begin(), taken.end(), finding) == taken.end()) {
            taken.push_back(finding);
        }
    };
    const auto place = [&](std::unique_ptr<Block> block, qreal left) {
        PlacedBlock placed;
        placed.block = std::move(block);
        placed.left = left;
        placed.gap = m_cell->blocks().empty() ? 0 : std::max(gap, 6.0);
        placed.region = region;
        m_cell->add(std::move(placed));
        for (const auto finding : taken) {
            appendStrip(finding, false);
        }
        taken.clear();
    };
    std::vector<Paragraph> prose;
    const auto flush = [&] {
        if (!prose.empty()) {
            place(std::make_unique<RichBlock>(std::exchange(prose, {})), richLeft);
        }
    };
    for (const auto& block : document.blocks) {
        if (isProse(block)) {
            prose.push_back(paragraphOf(block, marks, take));
            if (!taken.empty()) {
                flush();
            }
            continue;
        }
        if (block.kind == Kind::Table && isLayoutTable(block.table)) {
            for (const auto& row : block.table.rows) {
                for (const auto& cell : row) {
                    if (!cell.text.text.empty()) {
                        formats::HtmlBlock text;
                        text.text = cell.text;
                        prose.push_back(paragraphOf(text, marks, take));
                    }
                }
            }
            flush();
            continue;
        }
        flush();
        if (block.kind == Kind::Table) {
            appendTable(tableOf(block.table, marks, take), region, block.table.droppedRows, place);
        } else if (block.kind == Kind::Picture) {
            const auto name = ShownText(block.text.text).string();
            const auto text = name.isEmpty() ? CellText::tr("Picture of the page, not loaded.")
                                             : CellText::tr("Picture, not loaded: %1").arg(name);
            place(std::make_unique<NoticeBlock>(Notice{QStringLiteral("image"), text, {}, {}, false}), richLeft);
        } else {
            appendPreformatted(block.text, marks, region);
        }
    }
    flush();
}

void CellBuilder::appendTable(
    TableData table, int region, std::uint32_t dropped, const std::function<void(std::unique_ptr<Block>, qreal)>& place)
{
    const auto rows = table.rows.size();
    std::size_t hidden = dropped;
    if (!isExpanded(region) && rows > shownRows + shownRows / 4) {
        // Rows with findings stay.
        std::vector<std::vector<TableCell>> kept;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto marked = std::any_of(
                table.rows[row].begin(), table.rows[row].end(), [](const auto& cell) { return !cell.marks.empty(); });
            if (row < shownRows || marked) {
                kept.push_back(std::move(table.rows[row]));
            }
        }
        hidden += rows - kept.size();
        table.rows = std::move(kept);
    }
    place(std::make_unique<TableBlock>(std::move(table)), 0);
    if (hidden > 0) {
        appendFold({0, 0,
                       hidden == 1 ? CellText::tr("1 more row")
                                   : CellText::tr("%n more rows", nullptr, static_cast<int>(hidden)),
                       region},
            {false, false, richLeft, 0, region, false});
    }
}

void CellBuilder::appendPreformatted(const formats::HtmlText& text, const std::vector<SourceMark>& marks, int region)
{
    const ShownText shown(text.text);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    std::vector<Mark> found;
    if (!text.text.empty() && !text.map.empty()) {
        const auto first = text.map.toRaw(0);
        const auto last = text.map.toRaw(text.text.size() - 1) + 1;
        for (const auto& mark : marks) {
            if (mark.range.start < last && mark.range.end > first) {
                const auto start = shown.unit(text.map.toText(mark.range.start, text.text.size()));
                found.push_back(
                    {start, std::max(start + 1, shown.unit(text.map.toText(mark.range.end, text.text.size()))),
                        mark.finding, mark.severity});
            }
        }
    }
    data->setMarks(std::move(found));
    TextOptions options;
    options.left = richLeft;
    options.gap = 6;
    options.region = -1; // its own gap also between two of one region
    auto folds = isExpanded(region) ? std::vector<Fold>{} : foldsFor(*data, 200, region);
    appendLines(std::move(data), std::move(folds), options);
}

} // namespace cupel::widgets
