// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/page_blocks.h"

#include "widgets/common/severity.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cupel::widgets {

namespace {

// Byte ranges of UTF-8 text as ranges of UTF-16 units. Only meaningful when no character had to be replaced.
std::vector<ByteRange> inUtf16(const std::string& text, const std::vector<ByteRange>& marks)
{
    std::vector<ByteRange> out;
    for (const ByteRange mark : marks) {
        if (mark.end <= text.size() && !mark.empty()) {
            const auto units = [&](std::uint64_t bytes) {
                return static_cast<std::uint64_t>(QString::fromUtf8(text.data(), static_cast<qsizetype>(bytes)).size());
            };
            out.push_back({units(mark.start), units(mark.end)});
        }
    }
    return out;
}

} // namespace

BoxMaker::BoxMaker(const PaperFonts& fonts, qreal width)
    : m_fonts(fonts)
    , m_width(width)
    , m_drawText(fonts.textFont(9.5))
    , m_drawCode(fonts.codeFont(8))
{
}

std::vector<char32_t> BoxMaker::missing() const
{
    std::vector<char32_t> all = m_drawText.missing();
    all.insert(all.end(), m_drawCode.missing().begin(), m_drawCode.missing().end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

BoxMaker::Style BoxMaker::text(qreal points, bool strong, Token color) const
{
    return {m_fonts.textFont(points, strong), pt(points) * 1.4, color};
}

BoxMaker::Style BoxMaker::code(qreal points, Token color) const
{
    return {m_fonts.codeFont(points), pt(points) * 1.5, color};
}

void BoxMaker::put(Box& box, QPointF at, const GlyphLine& line, Token color) const
{
    for (const QGlyphRun& run : line.runs) {
        box.ops.emplace_back(GlyphsOp{run, at, color});
    }
    if (!line.text.isEmpty()) {
        box.text += line.text + QLatin1Char('\n');
    }
}

qreal BoxMaker::putText(Box& box, QPointF at, qreal width, std::string_view utf8Text, const Style& style, int maxLines)
{
    qreal y = at.y();
    for (const GlyphLine& line : layOut(m_drawText.text(utf8Text), style.font, width, style.line, maxLines)) {
        put(box, {at.x(), y}, line, style.color);
        y += line.height;
    }
    return y - at.y();
}

void BoxMaker::putLine(
    Box& box, const QRectF& area, std::string_view utf8Text, const Style& style, Qt::Alignment align, bool middle)
{
    const GlyphLine line = layOutLine(m_drawText.text(utf8Text), style.font, area.width(), area.height(), middle);
    const qreal free = area.width() - line.width;
    const qreal x = align & Qt::AlignRight ? area.left() + free
        : align & Qt::AlignHCenter         ? area.left() + free / 2
                                           : area.left();
    put(box, {x, area.top()}, line, style.color);
}

void BoxMaker::startSection(std::string number)
{
    m_number = std::move(number);
    m_inside = 0;
    m_afterHeading = false;
}

void BoxMaker::make(const report::Block& block, const Out& out)
{
    const bool after = m_afterHeading;
    m_afterHeading = false;
    const bool rows = std::holds_alternative<report::KeyValues>(block) || std::holds_alternative<report::List>(block);
    if (const auto* h = std::get_if<report::Heading>(&block)) {
        heading(*h, out);
    } else if (const auto* p = std::get_if<report::Paragraph>(&block)) {
        m_afterHeading = after && p->tone == report::Paragraph::Tone::Muted; // keeps with what it introduces
        paragraph(*p, out);
    } else if (const auto* c = std::get_if<report::Code>(&block)) {
        codeLines(*c, out);
    } else if (const auto* v = std::get_if<report::Verdict>(&block)) {
        out(verdict(*v));
    } else if (const auto* n = std::get_if<report::Counts>(&block)) {
        out(counts(*n));
    } else if (const auto* k = std::get_if<report::KeyValues>(&block)) {
        keyValues(*k, out);
    } else if (const auto* l = std::get_if<report::List>(&block)) {
        list(*l, out);
    } else if (const auto* d = std::get_if<report::Drawing>(&block)) {
        out(drawing(*d));
    }
    m_afterRows = rows;
}

void BoxMaker::heading(const report::Heading& block, const Out& out)
{
    Box box;
    box.keepWithNext = box.leads = true;
    m_afterHeading = true;
    if (!block.anchor.empty()) {
        box.anchors.push_back(block.anchor);
    }
    const bool small = block.level > 2;
    const bool sign = block.severity >= 0;
    box.before = pt(small ? 16 : 15);
    qreal y = 0;
    if (sign) {
        const Token line = token(static_cast<Severity>(block.severity));
        box.ops.emplace_back(FillOp{QRectF(0, 0, m_width, pt(1.5)), line, 0});
        y = pt(9);
        box.ops.emplace_back(SignOp{QRectF(0, y - pt(0.5), pt(15), pt(15)), block.severity, true});
    }
    const qreal left = sign ? underSign : 0;
    const Style noteStyle = code(7, Token::TextMuted);
    const GlyphLine note = layOutLine(m_drawCode.text(block.note), noteStyle.font, m_width / 2, pt(15));
    put(box, {m_width - note.width, y}, note, noteStyle.color);
    std::string words = block.text;
    if (block.level == 2) {
        words = m_number + '.' + std::to_string(++m_inside) + "  " + words;
    }
    const qreal room = m_width - left - (note.width > 0 ? note.width + pt(10) : 0);
    y += putText(box, {left, y}, room, words, text(small ? 11 : 10.5, true), 3);
    box.height = y + pt(small ? 4 : 1);
    out(std::move(box));
}

void BoxMaker::paragraph(const report::Paragraph& block, const Out& out)
{
    using Tone = report::Paragraph::Tone;
    const Style style = block.tone == Tone::Body ? text(9.5)
        : block.tone == Tone::Small              ? text(8.75, false, Token::TextSecondary)
                                                 : text(8.5, false, Token::TextMuted);
    const qreal left = m_inside > 0 ? underSign : 0;
    const auto lines = layOut(m_drawText.text(block.text), style.font, m_width - left, style.line);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Box box;
        box.before = i == 0 ? pt(m_afterHeading ? 0 : m_afterRows ? 9 : 4) : 0;
        box.height = lines[i].height;
        // No lonely first or last line of a paragraph.
        box.keepWithNext = m_afterHeading || (lines.size() > 1 && (i == 0 || i + 2 == lines.size()));
        box.leads = m_afterHeading || (lines.size() > 1 && i == 0);
        put(box, {left, 0}, lines[i], style.color);
        out(std::move(box));
    }
}

void BoxMaker::codeLines(const report::Code& block, const Out& out)
{
    const Style style = code(8);
    const qreal left = m_inside > 0 ? underSign : 0;
    const bool numbered = std::any_of(
        block.lines.begin(), block.lines.end(), [](const report::CodeLine& l) { return !l.number.empty(); });
    qreal widest = 0;
    for (const report::CodeLine& line : block.lines) {
        widest = std::max(widest, layOutLine(m_drawCode.text(line.number), style.font, pt(80), style.line).width);
    }
    const qreal textLeft = left + pt(10) + (numbered ? std::max(pt(26), widest + pt(14)) : 0);
    const Token mark = block.severity < 0 ? Token::TextPrimary : token(static_cast<Severity>(block.severity));
    const qreal edge = pt(5);
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const report::CodeLine& line = block.lines[i];
        const auto lines = layOut(m_drawCode.text(line.text), style.font, m_width - textLeft - pt(8), style.line, 200,
            inUtf16(line.text, line.marks));
        for (std::size_t j = 0; j < lines.size(); ++j) {
            const bool first = i == 0 && j == 0;
            const bool last = i + 1 == block.lines.size() && j + 1 == lines.size();
            Box box;
            box.before = first ? pt(5) : 0;
            const qreal top = first ? edge : 0;
            box.height = top + style.line + (last ? edge : 0);
            box.keepWithNext = !last && block.lines.size() * lines.size() <= 12;
            box.ops.emplace_back(FillOp{QRectF(left, 0, m_width - left, box.height + (last ? 0 : 1)), Token::Third, 0});
            if (j == 0 && !line.number.empty()) {
                const GlyphLine number = layOutLine(m_drawCode.text(line.number), style.font, pt(80), style.line);
                put(box, {textLeft - pt(10) - number.width, top}, number, Token::TextMuted);
            }
            for (const QRectF& rect : lines[j].marks) {
                box.ops.emplace_back(FillOp{rect.translated(textLeft, top), mark, 0});
            }
            put(box, {textLeft, top}, lines[j], style.color);
            out(std::move(box));
        }
    }
}

Box BoxMaker::verdict(const report::Verdict& block)
{
    Box box;
    box.before = pt(14);
    const bool error = block.severity >= static_cast<int>(Severity::High);
    const bool clear = block.severity < 0 && !block.incomplete;
    constexpr qreal beside = 56; // points, of the sign
    const qreal left = pt(beside);
    Box inner;
    qreal y = pt(12);
    y += putText(inner, {left, y}, m_width - left - pt(14), block.title, text(12, true), 2);
    y += pt(2);
    y += putText(inner, {left, y}, m_width - left - pt(14), block.text, text(9.25), 12);
    box.height = y + pt(12);
    box.ops.emplace_back(FillOp{QRectF(0, 0, m_width, box.height),
        error       ? Token::ErrorBand
            : clear ? Token::DiffAdded
                    : Token::WarnBand,
        pt(4)});
    const int sign = block.severity >= 0 || clear ? block.severity : static_cast<int>(Severity::Info);
    box.ops.emplace_back(SignOp{QRectF(pt(16), pt(13), pt(28), pt(28)), sign, true});
    box.ops.insert(box.ops.end(), inner.ops.begin(), inner.ops.end());
    box.text = inner.text;
    return box;
}

Box BoxMaker::counts(const report::Counts& block)
{
    Box box;
    box.before = pt(14);
    box.height = pt(72);
    const qreal gap = pt(10);
    const qreal width = (m_width - 4 * gap) / 5;
    const QLocale english(QLocale::English);
    for (int i = 0; i < 5; ++i) {
        const int severity = 4 - i;
        const QRectF card(i * (width + gap), 0, width, box.height);
        box.ops.emplace_back(FrameOp{card, Token::Hairline, pt(4)});
        box.ops.emplace_back(SignOp{QRectF(card.left() + pt(11), pt(10), pt(16), pt(16)), severity, true});
        const QRectF inner = card.adjusted(pt(11), 0, -pt(6), 0);
        const std::string number = english.toString(static_cast<qulonglong>(block.bySeverity[severity])).toStdString();
        putLine(box, {inner.left(), pt(29), inner.width(), pt(22)}, number,
            text(number.size() > 7      ? 10
                    : number.size() > 5 ? 13
                                        : 16,
                true),
            Qt::AlignLeft);
        putLine(box, {inner.left(), pt(51), inner.width(), pt(13)}, report::severityWord(severity),
            text(8.5, false, Token::TextSecondary), Qt::AlignLeft);
    }
    return box;
}

} // namespace cupel::widgets
