// SPDX-License-Identifier: GPL-3.0-or-later
// A report cut into pages: plain drawing operations in paper units, with link targets. Preview and PDF paint them with
// the same function. Belongs to the thread that laid it out (fonts do).
#pragma once

#include "analyzers/report/writers/outline.h"
#include "widgets/report/glyphs.h"
#include "widgets/report/paper.h"

#include <QtCore/QPointF>
#include <QtGui/QPolygonF>

#include <map>
#include <string>
#include <variant>
#include <vector>

class QPainter;

namespace cupel::widgets {

struct GlyphsOp {
    QGlyphRun run;
    QPointF at;
    Token color = Token::TextPrimary;
};
struct FillOp {
    QRectF rect;
    Token fill = Token::Third;
    qreal radius = 0;
};
struct FrameOp {
    QRectF rect;
    Token line = Token::Hairline;
    qreal radius = 0;
    bool dashed = false;
};
struct SignOp {
    QRectF box;
    int severity = -1; // -1: the check mark
    bool letter = false;
};
struct LogoOp {
    QRectF box;
};
struct LineOp {
    QPolygonF points;
    Token ink = Token::TextSecondary;
    qreal width = 0;
    bool dashed = false;
    bool closed = false; // an area instead
};
using PageOp = std::variant<GlyphsOp, FillOp, FrameOp, SignOp, LogoOp, LineOp>;

struct PageLink {
    QRectF area;
    std::string anchor;
};

struct Page {
    std::vector<PageOp> ops;
    QString text; // what stands on the page in reading order, a line per text: for screen readers
    std::vector<PageLink> links;
};

struct PageTarget {
    int page = 0; // 0-based
    qreal y = 0; // paper units from the top
};

struct Pages {
    PaperSize paper = PaperSize::A4;
    std::vector<Page> pages;
    std::map<std::string, PageTarget, std::less<>> targets; // by anchor
    std::vector<report::OutlineEntry> outline;
    std::vector<char32_t> missing; // characters printed as their number
};

// Page `index`, painter in paper units with its origin at the page's top left corner. Light colours always: it is
// paper.
void paintPage(QPainter& painter, const Pages& pages, int index);

} // namespace cupel::widgets
