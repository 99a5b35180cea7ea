// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/pages.h"

#include "widgets/common/icons.h"
#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace cupel::widgets {

namespace {

QColor ink(Token token)
{
    return color(token, ThemeName::Light);
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
        painter.setPen(QPen(ink(op.line), pt(0.75), op.dashed ? Qt::DashLine : Qt::SolidLine));
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
    void operator()(const LogoOp& op) const { paintLogo(painter, op.box, ThemeName::Light); }
    void operator()(const LineOp& op) const
    {
        if (op.closed) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(ink(op.ink));
            painter.drawPolygon(op.points);
        } else {
            painter.setPen(QPen(ink(op.ink), op.width, op.dashed ? Qt::DashLine : Qt::SolidLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(op.points);
        }
    }
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
