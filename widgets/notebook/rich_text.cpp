// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/rich_text.h"

#include "widgets/notebook/region_display.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

struct Converted {
    QString text;
    std::vector<Span> spans;
    std::vector<Mark> marks;
};

// Which part of `text` the range of the source writes; nothing when it lies outside.
std::optional<ByteRange> inside(const formats::HtmlText& text, ByteRange range)
{
    if (text.text.empty() || text.map.empty()) {
        return {};
    }
    const auto first = text.map.toRaw(0);
    const auto last = text.map.toRaw(ByteRange{text.text.size() - 1, text.text.size()}).end;
    if (range.start >= last || range.end <= first) {
        return {};
    }
    ByteRange found{text.map.toText(range.start, text.text.size()), text.map.toText(range.end, text.text.size())};
    while (found.end < text.text.size() && text.map.toRaw(found.end) < range.end) {
        ++found.end; // a unit of which the range holds a part is marked as a whole
    }
    return found.empty() ? ByteRange{found.start, found.start + 1} : found;
}

Converted convert(const formats::HtmlText& source, const std::vector<SourceMark>& marks, const TakeMark& taken)
{
    const ShownText shown(source.text);
    Converted result;
    result.text = shown.string();
    for (const auto& span : source.spans) {
        const auto start = shown.unit(span.start);
        result.spans.push_back({start, shown.unit(span.end) - start, span.link ? Ink::Link : Ink::Primary, span.strong,
            span.italic, span.strike, span.code});
    }
    for (const auto& mark : marks) {
        if (const auto range = inside(source, mark.range)) {
            result.marks.push_back({shown.unit(range->start), shown.unit(range->end), mark.finding, mark.severity});
            taken(mark.finding);
        }
    }
    return result;
}

} // namespace

Paragraph paragraphOf(const formats::HtmlBlock& block, const std::vector<SourceMark>& marks, const TakeMark& taken)
{
    auto converted = convert(block.text, marks, taken);
    Paragraph result;
    result.text = std::move(converted.text);
    result.spans = std::move(converted.spans);
    result.marks = std::move(converted.marks);
    result.level = block.level;
    result.ordinal = block.ordinal;
    switch (block.kind) {
    case formats::HtmlBlock::Kind::Heading:
        result.kind = Paragraph::Kind::Heading;
        break;
    case formats::HtmlBlock::Kind::Item:
        result.kind = Paragraph::Kind::Item;
        break;
    case formats::HtmlBlock::Kind::Quote:
        result.kind = Paragraph::Kind::Quote;
        break;
    case formats::HtmlBlock::Kind::Rule:
        result.kind = Paragraph::Kind::Rule;
        break;
    case formats::HtmlBlock::Kind::Paragraph:
    case formats::HtmlBlock::Kind::Preformatted:
    case formats::HtmlBlock::Kind::Table:
    case formats::HtmlBlock::Kind::Picture:
        break;
    }
    return result;
}

TableData tableOf(
    const formats::HtmlTable& table, const std::vector<SourceMark>& marks, const TakeMark& taken, std::size_t mostRows)
{
    TableData data;
    data.headRows = static_cast<int>(table.headRows);
    data.rows.reserve(std::min(table.rows.size(), mostRows));
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        // Only the marks near this row: tables and findings may both be many.
        const ByteRange source = row.empty() ? ByteRange{} : ByteRange{row.front().source.start, row.back().source.end};
        const auto end = std::lower_bound(
            marks.begin(), marks.end(), source.end, [](const auto& mark, auto at) { return mark.range.start < at; });
        const auto begin = std::lower_bound(
            marks.begin(), end, source.start, [](const auto& mark, auto at) { return mark.range.end <= at; });
        if (i >= mostRows && begin == end) {
            continue;
        }
        auto& cells = data.rows.emplace_back();
        cells.reserve(row.size());
        for (const auto& cell : row) {
            std::vector<SourceMark> here;
            std::copy_if(begin, end, std::back_inserter(here), [&](const auto& mark) {
                return !cell.text.text.empty() && mark.range.start < cell.source.end
                    && mark.range.end > cell.source.start;
            });
            auto converted = convert(cell.text, here, taken);
            converted.text.replace(u'\n', u' ');
            cells.push_back({std::move(converted.text), std::move(converted.marks), cell.header});
        }
    }
    return data;
}

} // namespace cupel::widgets
