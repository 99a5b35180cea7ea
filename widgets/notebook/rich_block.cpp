// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/rich_block.h"

#include "widgets/common/theme.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr qreal indent = 24;
constexpr qreal longestLine = 860; // wider text is hard to read

RunStyle styleOf(const Paragraph& paragraph)
{
    if (paragraph.kind != Paragraph::Kind::Heading) {
        return {font(TextRole::Base), qreal(lineHeight(TextRole::Base))};
    }
    const auto role = paragraph.level <= 1 ? TextRole::H2 : paragraph.level == 2 ? TextRole::H3 : TextRole::Base;
    return {font(role, true), qreal(lineHeight(role))};
}

qreal gapBefore(const Paragraph& paragraph)
{
    return paragraph.kind == Paragraph::Kind::Heading ? 10 : paragraph.kind == Paragraph::Kind::Item ? 2 : 6;
}

} // namespace

RichBlock::RichBlock(std::vector<Paragraph> paragraphs)
    : m_paragraphs(std::move(paragraphs))
{
}

qreal RichBlock::layout(qreal width)
{
    clearRuns();
    m_signs.clear();
    m_width = width;
    qreal top = 0;
    for (std::size_t i = 0; i < m_paragraphs.size(); ++i) {
        top += i == 0 ? 0 : gapBefore(m_paragraphs[i]);
        top += place(m_paragraphs[i], top);
    }
    return top;
}

qreal RichBlock::place(const Paragraph& paragraph, qreal top)
{
    if (paragraph.kind == Paragraph::Kind::Rule) {
        m_signs.push_back({QRectF(0, top + 6, m_width, 1), paragraph.kind, {}});
        return 13;
    }
    auto style = styleOf(paragraph);
    const auto left = paragraph.kind == Paragraph::Kind::Item || paragraph.kind == Paragraph::Kind::Quote
        ? indent * paragraph.level
        : 0;
    style.width = std::min(m_width - left, longestLine * textZoom());
    const auto& run = addRun(paragraph.text, style, {left, top}, paragraph.spans, paragraph.marks);
    if (paragraph.kind == Paragraph::Kind::Item) {
        const auto label = paragraph.ordinal > 0 ? QString::number(paragraph.ordinal) + u'.' : QStringLiteral("\u2022");
        m_signs.push_back({QRectF(left - indent, top, indent - 6, style.rowHeight), paragraph.kind, label});
    } else if (paragraph.kind == Paragraph::Kind::Quote) {
        m_signs.push_back({QRectF(left - indent + 4, top, 3, run.height()), paragraph.kind, {}});
    }
    return run.height();
}

void RichBlock::paint(QPainter& painter, const PaintState& state)
{
    for (const auto& sign : m_signs) {
        if (sign.kind == Paragraph::Kind::Item) {
            painter.setFont(font(TextRole::Base));
            painter.setPen(color(Token::TextMuted));
            painter.drawText(sign.rect.adjusted(-20, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter, sign.label);
        } else {
            painter.fillRect(sign.rect, color(Token::Hairline));
        }
    }
    paintRuns(painter, state);
}

} // namespace cupel::widgets
