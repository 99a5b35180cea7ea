// SPDX-License-Identifier: GPL-3.0-or-later
// Rows on paper: pairs, tables and lists.
#include "widgets/report/page_blocks.h"

#include <algorithm>

namespace cupel::widgets {

namespace {
constexpr int cellLines = 40; // a cell of a table is cut after that: a row fits on a page
}

void BoxMaker::keyValues(const report::KeyValues& block, const Out& out)
{
    const std::size_t columns = static_cast<std::size_t>(std::clamp(block.columns, 1, 3));
    const qreal gap = pt(24);
    const qreal width = (m_width - gap * static_cast<qreal>(columns - 1)) / static_cast<qreal>(columns);
    for (std::size_t i = 0; i < block.rows.size(); i += columns) {
        Box box;
        box.before = i == 0 ? pt(5) : 0;
        box.height = pt(22);
        for (std::size_t j = 0; j < columns && i + j < block.rows.size(); ++j) {
            const auto& [key, value] = block.rows[i + j];
            const QRectF cell(static_cast<qreal>(j) * (width + gap), 0, width, box.height - pt(1));
            const Style strong = text(9, true);
            const GlyphLine right = layOutLine(m_drawText.text(value), strong.font, width * 0.62, cell.height());
            put(box, {cell.right() - right.width, 0}, right, strong.color);
            putLine(box, {cell.left(), 0, width - right.width - pt(8), cell.height()}, key,
                text(9, false, Token::TextSecondary), Qt::AlignLeft);
            box.ops.emplace_back(
                FillOp{QRectF(cell.left(), box.height - pt(0.75), width, pt(0.75)), Token::Hairline, 0});
        }
        out(std::move(box));
    }
}

Box BoxMaker::tableRow(const report::Table& block, const std::vector<std::string>& cells, bool isHead)
{
    Box box;
    m_afterHeading = false;
    m_afterRows = true;
    const qreal gap = pt(10);
    const std::size_t columns = std::max<std::size_t>(block.header.size(), 1);
    const auto weight = [&](std::size_t i) { return i < block.weights.size() ? std::max(block.weights[i], 1) : 1; };
    int sum = 0;
    for (std::size_t i = 0; i < columns; ++i) {
        sum += weight(i);
    }
    const qreal room = m_width - gap * static_cast<qreal>(columns - 1);
    qreal x = 0;
    qreal height = 0;
    for (std::size_t i = 0; i < columns && i < cells.size(); ++i) {
        const qreal width = room * weight(i) / sum;
        const bool mono = !isHead && i < block.mono.size() && block.mono[i];
        const Style style = mono ? code(6.75) : isHead ? text(8.5, true, Token::TextSecondary) : text(8.5);
        Drawable& draw = mono ? m_drawCode : m_drawText;
        qreal y = pt(4);
        for (const GlyphLine& line : layOut(draw.text(cells[i]), style.font, width, style.line, cellLines)) {
            put(box, {x, y}, line, style.color);
            y += line.height;
        }
        height = std::max(height, y);
        x += width + gap;
    }
    box.height = height + pt(4);
    box.ops.emplace_back(FillOp{
        QRectF(0, box.height - pt(0.75), m_width, pt(0.75)), isHead ? Token::ControlBorder : Token::Hairline, 0});
    return box;
}

void BoxMaker::list(const report::List& block, const Out& out)
{
    const qreal left = m_inside > 0 ? underSign : 0;
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        const report::ListItem& item = block.items[i];
        Box box;
        box.before = i == 0 ? pt(4) : 0;
        const bool linked = !item.anchor.empty();
        qreal right = m_width - (linked ? pt(46) : 0);
        qreal x = left;
        if (item.severity >= 0) {
            box.ops.emplace_back(SignOp{QRectF(x, pt(6), pt(10), pt(10)), item.severity, false});
            x += pt(18);
        }
        if (!item.note.empty()) {
            const Style muted = text(8.5, false, Token::TextMuted);
            const GlyphLine note = layOutLine(m_drawText.text(item.note), muted.font, m_width * 0.48, pt(21), true);
            put(box, {right - note.width, 0}, note, muted.color);
            right -= note.width + pt(10);
        }
        box.height = putText(box, {x, pt(4.5)}, right - x, item.text, text(9.25), 6) + pt(9);
        box.ops.emplace_back(FillOp{QRectF(left, box.height - pt(0.75), m_width - left, pt(0.75)), Token::Hairline, 0});
        if (linked) {
            box.numbers.push_back({QRectF(m_width - pt(44), 0, pt(44), pt(21)), item.anchor, true});
            box.links.push_back({QRectF(left, 0, m_width - left, box.height), item.anchor});
        }
        out(std::move(box));
    }
}

} // namespace cupel::widgets
