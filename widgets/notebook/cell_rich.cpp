// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the cell builder that shows markdown and read HTML.
#include "widgets/notebook/cell_builder.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/notice_block.h"
#include "widgets/notebook/page_pictures.h"
#include "widgets/notebook/rich_block.h"
#include "widgets/notebook/table_block.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

using Kind = formats::HtmlBlock::Kind;

constexpr std::size_t shownRows = 60; // of a table before the rest is folded
constexpr std::size_t shownCells = 2'000; // as above
constexpr std::size_t longTable = 3'000; // cells
constexpr std::size_t longParagraph = 4'000; // bytes
constexpr std::size_t partCost = 20'000; // bytes of flowing text shown at once
constexpr qreal richLeft = 14;
constexpr std::size_t longText = 80; // bytes in a cell that no column could show
constexpr std::size_t longRow = 120; // bytes in a row; with more than this and
constexpr std::size_t wideCell = 24; // that many in each cell no page could show its columns

bool isProse(const formats::HtmlBlock& block)
{
    return block.kind != Kind::Preformatted && block.kind != Kind::Table && block.kind != Kind::Picture;
}

// Pages use small tables without a head to place text side by side: as a table it would be cut.
bool isLayoutTable(const formats::HtmlTable& table)
{
    return table.headRows == 0 && table.rows.size() <= 3
        && std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
               std::size_t all = 0;
               for (const auto& cell : row) {
                   if (cell.text.text.size() > longText) {
                       return true;
                   }
                   all += cell.text.text.size();
               }
               return all > std::max(longRow, row.size() * wideCell);
           });
}

bool isBlank(const formats::HtmlTable& table)
{
    return std::all_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
        return std::all_of(row.begin(), row.end(), [](const auto& cell) { return cell.text.text.empty(); });
    });
}

std::vector<formats::HtmlBlock> textsOf(const formats::HtmlTable& table)
{
    std::vector<formats::HtmlBlock> texts;
    for (const auto& row : table.rows) {
        for (const auto& cell : row) {
            if (!cell.text.text.empty()) {
                texts.emplace_back().text = cell.text;
            }
        }
    }
    return texts;
}

// The bytes of the page that a block comes from, about.
ByteRange sourceOf(const formats::HtmlBlock& block)
{
    if (block.kind == Kind::Table) {
        return block.table.rows.empty() || block.table.rows.back().empty()
            ? ByteRange{}
            : ByteRange{block.table.rows.front().front().source.start, block.table.rows.back().back().source.end};
    }
    return block.text.text.empty() || block.text.map.empty()
        ? ByteRange{}
        : ByteRange{block.text.map.toRaw(0),
              block.text.map.toRaw(ByteRange{block.text.text.size() - 1, block.text.text.size()}).end};
}

// A table of many pages becomes several, each with the head.
void cutTable(formats::HtmlBlock& block, std::vector<formats::HtmlBlock>& result)
{
    auto& rows = block.table.rows;
    const auto columns = std::max<std::size_t>(1, rows.front().size());
    const auto head = std::min<std::size_t>(block.table.headRows, 3);
    const auto step = std::max<std::size_t>(10, longTable / columns);
    for (std::size_t first = 0; first < rows.size(); first += step) {
        auto& piece = result.emplace_back();
        piece.kind = Kind::Table;
        piece.table.headRows = static_cast<std::uint32_t>(first == 0 ? block.table.headRows : head);
        if (first > 0) {
            for (std::size_t row = 0; row < head; ++row) {
                auto& cells = piece.table.rows.emplace_back(rows[row]);
                for (auto& cell : cells) {
                    cell.source = {rows[first].front().source.start, rows[first].front().source.start}; // no findings
                }
            }
        }
        for (auto row = first; row < std::min(first + step, rows.size()); ++row) {
            if (row >= head) {
                piece.table.rows.push_back(std::move(rows[row]));
            } else {
                piece.table.rows.push_back(rows[row]);
            }
        }
    }
    result.back().table.droppedRows = block.table.droppedRows;
}

// Paragraphs of many pages become several.
std::vector<formats::HtmlBlock> cutLongTexts(std::vector<formats::HtmlBlock> blocks)
{
    std::vector<formats::HtmlBlock> result;
    result.reserve(blocks.size());
    for (auto& block : blocks) {
        if (block.kind == Kind::Table && !block.table.rows.empty()
            && block.table.rows.size() * block.table.rows.front().size() > longTable) {
            cutTable(block, result);
            continue;
        }
        if (!isProse(block) || block.text.text.size() <= longParagraph + longParagraph / 4) {
            result.push_back(std::move(block));
            continue;
        }
        const auto& whole = block.text;
        for (std::size_t at = 0; at < whole.text.size();) {
            auto end = std::min(at + longParagraph, whole.text.size());
            const auto space = end < whole.text.size() ? whole.text.rfind(' ', end) : std::string::npos;
            end = space != std::string::npos && space > at + longParagraph / 2 ? space + 1 : end;
            while (end < whole.text.size() && (static_cast<unsigned char>(whole.text[end]) & 0xC0) == 0x80) {
                ++end;
            }
            auto& piece = result.emplace_back();
            piece.kind = at == 0 ? block.kind : Kind::Paragraph;
            piece.level = at == 0 ? block.level : 0;
            piece.ordinal = at == 0 ? block.ordinal : 0;
            piece.text.text = whole.text.substr(at, end - at);
            auto expected = whole.map.toRaw(at) + 1; // anything but where the first byte stands
            for (auto text = at; text < end; ++text) {
                if (const auto raw = whole.map.toRaw(text); raw != expected) {
                    piece.text.map.addLinear(text - at, raw);
                    expected = raw;
                }
                ++expected;
            }
            for (const auto& span : whole.spans) {
                if (span.start < end && span.end > at) {
                    auto part = span;
                    part.start = static_cast<std::uint32_t>(std::max<std::size_t>(span.start, at) - at);
                    part.end = static_cast<std::uint32_t>(std::min<std::size_t>(span.end, end) - at);
                    piece.text.spans.push_back(part);
                }
            }
            at = end;
        }
    }
    return result;
}

std::size_t costOf(const formats::HtmlBlock& block)
{
    if (block.kind == Kind::Table) {
        const auto columns = block.table.rows.empty() ? 0 : block.table.rows.front().size();
        return 200 + 6 * columns * block.table.rows.size();
    }
    return 50 + (block.kind == Kind::Preformatted ? block.text.text.size() / 8 : block.text.text.size());
}

// Where the parts begin; at least one.
std::vector<std::size_t> partsOf(const std::vector<formats::HtmlBlock>& blocks)
{
    std::vector<std::size_t> starts{0};
    std::size_t cost = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto next = costOf(blocks[i]);
        if (i > starts.back() && cost + next > partCost) {
            starts.push_back(i);
            cost = 0;
        }
        cost += next;
    }
    return starts;
}

} // namespace

void CellBuilder::markdown(int region, std::uint32_t headingLevel)
{
    const auto notice = [this](const QString& icon, const QString& words, const QString& link, Action action) {
        PlacedBlock placed;
        placed.block = std::make_unique<NoticeBlock>(Notice{icon, words, link, action, false}, richLeft);
        placed.gap = 6;
        m_cell->add(std::move(placed));
    };
    if (m_request.view.asSource.count(region) > 0) {
        notice(QStringLiteral("code"), CellText::tr("Text cell as written."), CellText::tr("Show as text"),
            {Action::Kind::ShowRendered, 0, region});
        appendCode(readPage(region), region, Language::Other, true);
        return;
    }
    if (m_request.document->region(region).bytes.size() > markdownBytes) {
        notice(QStringLiteral("code"), CellText::tr("This text is very long and is shown as it is written."), {}, {});
        appendCode(readPage(region), region, Language::Other, true);
        return;
    }
    const auto text = read(region);
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
    appendRich(std::move(document), text, marks, region, 0);
}

// Long pages are shown in parts: laying out flowing text is what costs most.
void CellBuilder::appendRich(formats::HtmlDocument document, const RegionText& source,
    const std::vector<SourceMark>& marks, int region, qreal gap)
{
    const auto blocks = cutLongTexts(std::move(document.blocks));
    const auto starts = partsOf(blocks);
    const auto chosen = m_request.view.pages.find(region);
    PageText part;
    part.page = chosen == m_request.view.pages.end() ? partOf(blocks, starts, marks) : chosen->second;
    part.page = std::min(part.page, starts.size() - 1);
    part.count = starts.size();
    part.more = part.page + 1 < starts.size();
    const auto end = part.more ? starts[part.page + 1] : blocks.size();
    PagePictures pictures(m_request, region, source);
    appendRichPart(blocks, starts[part.page], end, marks, region, gap, pictures);
    appendPager(part, region, richLeft);
}

// Where the open finding stands.
std::size_t CellBuilder::partOf(const std::vector<formats::HtmlBlock>& blocks, const std::vector<std::size_t>& starts,
    const std::vector<SourceMark>& marks) const
{
    const auto mark =
        std::find_if(marks.begin(), marks.end(), [this](const auto& entry) { return m_request.open == entry.finding; });
    if (mark == marks.end() || starts.size() == 1) {
        return 0;
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (sourceOf(blocks[i]).end > mark->range.start) {
            return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), i) - starts.begin()) - 1;
        }
    }
    return 0;
}

void CellBuilder::appendRichPart(const std::vector<formats::HtmlBlock>& blocks, std::size_t first, std::size_t end,
    const std::vector<SourceMark>& marks, int region, qreal gap, PagePictures& pictures)
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
    // With what was found in its tag: that is what the reader looks for below the line.
    const auto placePicture = [&](std::size_t tag, const QString& name) {
        for (const auto& mark : marks) {
            if (mark.range.overlaps(pictures.tagAt(tag))) {
                take(mark.finding);
            }
        }
        place(pictures.make(tag, name), richLeft);
    };
    std::vector<Paragraph> prose;
    const auto flush = [&] {
        if (!prose.empty()) {
            place(std::make_unique<RichBlock>(std::exchange(prose, {})), richLeft);
        }
    };
    for (auto i = first; i < end; ++i) {
        const auto& block = blocks[i];
        if (isProse(block)) {
            prose.push_back(paragraphOf(block, marks, take));
            if (!taken.empty()) {
                flush();
            }
        } else if (block.kind == Kind::Table && isLayoutTable(block.table)) {
            for (const auto& text : textsOf(block.table)) {
                prose.push_back(paragraphOf(text, marks, take));
            }
            flush();
        } else if (flush(); block.kind == Kind::Table && isBlank(block.table)) {
            // Badges in a row: they are told below.
        } else if (block.kind == Kind::Table) {
            appendTable(block.table, marks, take, region, place);
        } else if (block.kind == Kind::Picture) {
            placePicture(block.text.map.toRaw(0), ShownText(block.text.text).string());
        } else {
            appendPreformatted(block.text, marks, region);
        }
    }
    flush();
    const auto rest = end == blocks.size() ? pictures.inTables() : std::vector<std::size_t>();
    for (const auto tag : rest) {
        placePicture(tag, pictures.nameAt(tag));
    }
}

void CellBuilder::appendTable(const formats::HtmlTable& table, const std::vector<SourceMark>& marks,
    const TakeMark& take, int region, const std::function<void(std::unique_ptr<Block>, qreal)>& place)
{
    if (isBlank(table)) {
        return; // badges in a row: they are told below it
    }
    const auto rows = table.rows.size();
    const auto columns = std::max<std::size_t>(1, rows > 0 ? table.rows.front().size() : 0);
    const auto head = std::clamp<std::size_t>(shownCells / columns, 10, shownRows);
    const bool folded = !isExpanded(region) && rows > head + head / 4;
    // Rows with findings stay.
    auto data = tableOf(table, marks, take, folded ? head : rows);
    data.wraps = m_request.document->region(region).kind == RegionKind::Markdown;
    const auto hidden = rows - data.rows.size() + table.droppedRows;
    place(std::make_unique<TableBlock>(std::move(data)), 0);
    if (hidden == 0) {
        return;
    }
    if (folded) {
        const auto words =
            hidden == 1 ? CellText::tr("1 more row") : CellText::tr("%n more rows", nullptr, static_cast<int>(hidden));
        appendFold({0, 0, words, region}, {false, false, richLeft, 0, region, false});
    } else {
        PlacedBlock placed;
        placed.block = std::make_unique<NoticeBlock>(
            Notice{{},
                hidden == 1 ? CellText::tr("1 more row is not shown here. All of it was checked.")
                            : CellText::tr("%n more rows are not shown here. All of it was checked.", nullptr,
                                  static_cast<int>(hidden)),
                CellText::tr("Show source"), {Action::Kind::ShowSource, 0, region}, false},
            richLeft);
        m_cell->add(std::move(placed));
    }
}

void CellBuilder::appendPreformatted(const formats::HtmlText& text, const std::vector<SourceMark>& marks, int region)
{
    const ShownText shown(text.text);
    auto data = std::make_shared<TextData>(splitLines(shown.string()));
    std::vector<Mark> found;
    if (!text.text.empty() && !text.map.empty()) {
        const auto first = text.map.toRaw(0);
        const auto last = text.map.toRaw(ByteRange{text.text.size() - 1, text.text.size()}).end;
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
