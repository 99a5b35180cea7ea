// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the blocks: title, contents, section headings, page numbers and the running footer.
#include "widgets/report/page_blocks.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QFontMetrics>

#include <iterator>

namespace cupel::widgets {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Report", text);
}

std::string utf8(const QString& text)
{
    return text.toStdString();
}

} // namespace

Box BoxMaker::title(const report::Document& document)
{
    Box box;
    box.ops.emplace_back(LogoOp{QRectF(0, 0, pt(17), pt(17))});
    putLine(box, {pt(24), 0, m_width / 2, pt(17)}, "Cupel", text(11, true), Qt::AlignLeft);
    putLine(box, {m_width / 2, 0, m_width / 2, pt(17)}, utf8(tr("Secrets are masked")),
        text(8.5, false, Token::TextMuted), Qt::AlignRight);
    qreal y = pt(56);
    y += putText(box, {0, y}, m_width, document.title, text(9, false, Token::TextMuted), 1);
    // Names of files have few places to break at: a long one is rather set smaller.
    qreal size = 22;
    for (const qreal smaller : {18.0, 15.0}) {
        const QFontMetricsF metrics(text(size, true).font);
        size = metrics.horizontalAdvance(QString::fromStdString(document.subject)) > m_width ? smaller : size;
    }
    y += putText(box, {0, y}, m_width, document.subject, text(size, true), 2);
    y += pt(2);
    y += putText(box, {0, y}, m_width, document.scope, text(10, false, Token::TextSecondary), 3);
    if (!document.date.empty()) {
        y += putText(box, {0, y}, m_width, document.date, text(9, false, Token::TextMuted), 1);
    }
    box.height = y + pt(6);
    return box;
}

Box BoxMaker::sectionHeading(const report::Section& section, const std::string& number)
{
    Box box;
    box.before = pt(34);
    box.anchors.push_back(report::sectionAnchor(section));
    const Style style = text(18, true);
    const GlyphLine digits = layOutLine(m_drawText.text(number), style.font, m_width, style.line);
    put(box, {0, 0}, digits, Token::TextPrimary);
    box.height =
        putText(box, {digits.width + pt(9), 0}, m_width - digits.width - pt(9), section.title, style, 2) + pt(4);
    box.keepWithNext = box.leads = true;
    return box;
}

Box BoxMaker::contentsHeading()
{
    Box box;
    box.before = pt(20);
    box.height = putText(box, {0, 0}, m_width, utf8(tr("Contents")), text(18, true), 1) + pt(8);
    box.keepWithNext = box.leads = true;
    return box;
}

Box BoxMaker::contentsRow(const report::OutlineEntry& entry)
{
    Box box;
    const bool section = entry.level == 1;
    const Style style = text(section ? 10 : 9, section, section ? Token::TextPrimary : Token::TextSecondary);
    const qreal left = section ? 0 : pt(20);
    const qreal numberWidth = section ? pt(20) : pt(34);
    box.before = section ? pt(7) : 0;
    box.height = section ? pt(17) : pt(14.5);
    putLine(box, {left, 0, numberWidth, box.height}, entry.number, style, Qt::AlignLeft);
    qreal x = left + numberWidth;
    if (entry.severity >= 0) {
        box.ops.emplace_back(SignOp{QRectF(x, (box.height - pt(9)) / 2, pt(9), pt(9)), entry.severity, false});
        x += pt(14);
    }
    // What is about which file stands at the end: what is too long is cut in its middle.
    putLine(box, {x, 0, m_width - x - pt(40), box.height}, entry.text, style, Qt::AlignLeft, true);
    box.numbers.push_back({QRectF(m_width - pt(36), 0, pt(36), box.height), entry.anchor, false});
    box.links.push_back({QRectF(left, 0, m_width - left, box.height), entry.anchor});
    return box;
}

void BoxMaker::pageNumber(const Box::PageNumber& number, int page, Page& out)
{
    Box box;
    const QString words = number.word ? tr("page %1").arg(page + 1) : QString::number(page + 1);
    putLine(box, number.area, utf8(words),
        text(number.word ? 8.5 : 9, false, number.word ? Token::Link : Token::TextSecondary), Qt::AlignRight);
    std::move(box.ops.begin(), box.ops.end(), std::back_inserter(out.ops));
    out.text += box.text;
}

void BoxMaker::footer(const report::Document& document, int page, int pages, const QRectF& area, Page& out)
{
    Box box;
    const Style small = text(7.5, false, Token::TextMuted);
    box.ops.emplace_back(FillOp{QRectF(area.left(), area.top() - pt(4), area.width(), pt(0.75)), Token::Hairline, 0});
    std::string left = report::fullTitle(document);
    if (!document.date.empty()) {
        left += ", " + document.date;
    }
    putLine(box, {area.left(), area.top(), area.width() * 0.5, area.height()}, left, small, Qt::AlignLeft, true);
    const std::string_view digest = document.digest;
    if (digest.size() >= 16) {
        const std::string prefix =
            utf8(tr("Digest")) + ' ' + std::string(digest.substr(0, 4)) + ' ' + std::string(digest.substr(4, 4));
        const Style mono = code(7.5, Token::TextMuted);
        const GlyphLine line = layOutLine(m_drawCode.text(prefix), mono.font, area.width() * 0.2, area.height());
        put(box, {area.center().x() + area.width() * 0.12 - line.width / 2, area.top()}, line, mono.color);
    }
    putLine(box, {area.left() + area.width() * 0.7, area.top(), area.width() * 0.3, area.height()},
        utf8(tr("Page %1 of %2").arg(page + 1).arg(pages)), small, Qt::AlignRight);
    std::move(box.ops.begin(), box.ops.end(), std::back_inserter(out.ops));
    out.text += box.text;
}

} // namespace cupel::widgets
