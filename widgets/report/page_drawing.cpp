// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing on paper: vectors and text as in the rest of the report, made smaller where the paper is narrower.
#include "widgets/report/page_blocks.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr qreal lineOfSize = 1.25; // height of a line, in sizes of its letters

Token tokenOf(report::Ink ink)
{
    using report::Ink;
    switch (ink) {
    case Ink::Third:
        return Token::Third;
    case Ink::Hairline:
        return Token::Hairline;
    case Ink::Border:
        return Token::ControlBorder;
    case Ink::Text:
        return Token::TextPrimary;
    case Ink::Second:
        return Token::TextSecondary;
    case Ink::Muted:
        return Token::TextMuted;
    case Ink::Accent:
        return Token::Accent;
    case Ink::Warn:
        return Token::WarnBand;
    case Ink::Error:
        return Token::ErrorBand;
    case Ink::Ground:
    case Ink::None:
        break;
    }
    return Token::Surface;
}

} // namespace

Box BoxMaker::drawing(const report::Drawing& block)
{
    Box box;
    box.before = pt(8);
    const double fit = std::min(
        {1.0, m_width / pt(std::max(block.width, 1.0)), report::Drawing::highest / std::max(block.height, 1.0)});
    const qreal scale = pt(fit);
    const qreal left = (m_width - block.width * scale) / 2;
    for (const report::DrawnPart& part : block.parts) {
        if (const auto* area = std::get_if<report::DrawnBox>(&part)) {
            const QRectF rect(left + area->x * scale, area->y * scale, area->width * scale, area->height * scale);
            if (area->fill != report::Ink::None) {
                box.ops.emplace_back(FillOp{rect, tokenOf(area->fill), area->radius * scale});
            }
            if (area->line != report::Ink::None) {
                box.ops.emplace_back(FrameOp{rect, tokenOf(area->line), area->radius * scale, area->dashed});
            }
        } else if (const auto* line = std::get_if<report::DrawnLine>(&part)) {
            LineOp op{{}, tokenOf(line->ink), line->width * scale, line->dashed, line->closed};
            for (const report::DrawnPoint& point : line->points) {
                op.points << QPointF(left + point.x * scale, point.y * scale);
            }
            box.ops.emplace_back(std::move(op));
        } else if (const auto* words = std::get_if<report::DrawnText>(&part)) {
            const Style style = text(words->size * fit, words->strong, tokenOf(words->ink));
            putLine(box,
                {left + words->x * scale, words->y * scale, words->width * scale, words->size * scale * lineOfSize},
                words->text, style, words->centred ? Qt::AlignHCenter : Qt::AlignLeft);
        } else if (const auto* sign = std::get_if<report::DrawnSign>(&part)) {
            box.ops.emplace_back(
                SignOp{QRectF(left + sign->x * scale, sign->y * scale, sign->size * scale, sign->size * scale),
                    sign->severity, true});
        }
    }
    box.height = block.height * scale + pt(4);
    box.height += putText(box, {0, box.height}, m_width, block.title, text(8, false, Token::TextMuted), 2);
    return box;
}

} // namespace cupel::widgets
