// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pages.h"

#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace cupel::widgets {

namespace {

QColor ink(Token token)
{
    return color(token, ThemeName::Light);
}

// A bead of metal over a cupel, the small bowl in which an assayer finds what something is worth.
void paintLogo(QPainter& painter, const QRectF& box)
{
    painter.save();
    painter.translate(box.topLeft());
    painter.scale(box.width() / 80, box.height() / 80);
    painter.translate(-24, -25);
    painter.setPen(Qt::NoPen);
    QPainterPath bowl; // the shape of the application icon
    bowl.moveTo(24, 58);
    bowl.lineTo(38, 58);
    bowl.arcTo(QRectF(38, 32, 52, 52), 180, 180);
    bowl.lineTo(104, 58);
    bowl.lineTo(93, 96);
    bowl.quadTo(91, 102, 84.4, 102);
    bowl.lineTo(43.6, 102);
    bowl.quadTo(37, 102, 35, 96);
    bowl.closeSubpath();
    painter.setBrush(ink(Token::TextPrimary));
    painter.drawPath(bowl);
    painter.setBrush(ink(Token::Accent));
    painter.drawEllipse(QPointF(64, 49), 20, 20);
    painter.restore();
}

struct OpPainter {
    QPainter& painter;

    void operator()(const GlyphsOp& op) const
    {
        painter.setPen(ink(op.color));
        painter.drawGlyphRun(op.at, op.run);
    }
    void operator()(const FillOp& op) const
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink(op.fill));
        if (op.radius > 0) {
            painter.drawRoundedRect(op.rect, op.radius, op.radius);
        } else {
            painter.drawRect(op.rect);
        }
    }
    void operator()(const FrameOp& op) const
    {
        painter.setPen(QPen(ink(op.line), pt(0.75)));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(op.rect, op.radius, op.radius);
    }
    void operator()(const SignOp& op) const
    {
        if (op.severity < 0) {
            paintOk(painter, op.box, ThemeName::Light);
        } else {
            paintSeverity(painter, op.box, static_cast<Severity>(op.severity), op.letter, ThemeName::Light);
        }
    }
    void operator()(const LogoOp& op) const { paintLogo(painter, op.box); }
};

} // namespace

void paintPage(QPainter& painter, const Pages& pages, int index)
{
    if (index < 0 || index >= static_cast<int>(pages.pages.size())) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const OpPainter paint{painter};
    for (const PageOp& op : pages.pages[static_cast<std::size_t>(index)].ops) {
        std::visit(paint, op);
    }
}

} // namespace cupel::widgets
