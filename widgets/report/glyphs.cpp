// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/glyphs.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainterPath>
#include <QtGui/QRawFont>
#include <QtGui/QTextLayout>
#include <QtGui/QTextOption>

#include <algorithm>

namespace cupel::widgets {

namespace {

QTextOption optionOf()
{
    QTextOption option;
    option.setUseDesignMetrics(true);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    return option;
}

GlyphLine taken(const QTextLine& line, const QString& text, qreal lineHeight, const std::vector<ByteRange>& marks)
{
    GlyphLine out;
    out.width = line.naturalTextWidth();
    out.height = lineHeight;
    out.text = text.mid(line.textStart(), line.textLength()).trimmed();
    // Centre the font's own line in the wanted one; glyph positions are relative to the layout, so take the line's
    // away.
    const QPointF shift(-line.x(), (lineHeight - line.ascent() - line.descent()) / 2 - line.y());
    for (QGlyphRun& run : line.glyphRuns()) {
        QList<QPointF> positions = run.positions();
        for (QPointF& position : positions) {
            position += shift;
        }
        run.setPositions(positions);
        out.runs.append(run);
    }
    const auto first = static_cast<std::uint64_t>(line.textStart());
    const auto last = first + static_cast<std::uint64_t>(line.textLength());
    for (const ByteRange mark : marks) {
        if (mark.overlaps({first, last})) {
            const qreal left = line.cursorToX(static_cast<int>(std::max(mark.start, first)));
            const qreal right = line.cursorToX(static_cast<int>(std::min(mark.end, last)));
            const qreal base = (lineHeight + line.ascent() - line.descent()) / 2;
            out.marks.emplace_back(left, base + lineHeight * 0.12, right - left, lineHeight * 0.1);
        }
    }
    return out;
}

// Where a name that does not fit into its line is parted instead of at `end`, where there is no room for more of it:
// behind a / or _, or in front of its suffix, never inside that. `end` when nothing of it is near.
int partingOf(const QString& text, int start, int end)
{
    const auto isBlank = [&text](int at) { return text.at(at).isSpace(); };
    if (end <= start || end >= text.size() || isBlank(end - 1) || isBlank(end)) {
        return end;
    }
    constexpr int longestSuffix = 12;
    int wordStart = end;
    while (wordStart > start && !isBlank(wordStart - 1)) {
        --wordStart;
    }
    int suffix = end; // the dot whose suffix would be parted: only letters and digits up to the word's end
    while (suffix > wordStart && end - suffix < longestSuffix && text.at(suffix - 1).isLetterOrNumber()) {
        --suffix;
    }
    int stop = end;
    while (stop < text.size() && stop - end < longestSuffix && text.at(stop).isLetterOrNumber()) {
        ++stop;
    }
    const auto ends = [&](int at) {
        return at == text.size() || isBlank(at) || QStringLiteral(",;:)").contains(text.at(at));
    };
    const bool inSuffix = suffix > wordStart + 1 && text.at(suffix - 1) == u'.' && ends(stop);
    const int last = inSuffix ? suffix - 1 : end;
    for (int at = last; at > wordStart + (last - wordStart) / 2; --at) {
        if (text.at(at - 1) == u'/' || text.at(at - 1) == u'_' || text.at(at - 1) == u'\\') {
            return at;
        }
    }
    return last;
}

// A glyph without an outline (a colour bitmap, for example) cannot be printed.
bool drawsOutline(const QGlyphRun& run)
{
    const QRawFont font = run.rawFont();
    const QList<quint32> indexes = run.glyphIndexes();
    return std::all_of(indexes.begin(), indexes.end(),
        [&](quint32 index) { return index != 0 && !font.pathForGlyph(index).isEmpty(); });
}

} // namespace

Drawable::Drawable(QFont font)
    : m_font(std::move(font))
{
}

bool Drawable::hasGlyph(char32_t character)
{
    if (character < 0x7F || QChar::isSpace(character)) {
        return true;
    }
    const auto known = m_known.constFind(character);
    if (known != m_known.constEnd()) {
        return *known;
    }
    QTextLayout layout(QString::fromUcs4(&character, 1), m_font);
    layout.setTextOption(optionOf());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> runs = line.isValid() ? line.glyphRuns() : QList<QGlyphRun>();
    const bool mark = QChar::category(character) == QChar::Mark_NonSpacing;
    const bool found = mark || (!runs.isEmpty() && std::all_of(runs.begin(), runs.end(), drawsOutline));
    m_known.insert(character, found);
    if (!found) {
        m_missing.push_back(character);
    }
    return found;
}

QString Drawable::text(std::string_view utf8)
{
    const QString all = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    const bool plain = std::all_of(all.begin(), all.end(), [](QChar c) { return c.unicode() < 0x7F; });
    if (plain) {
        return all;
    }
    QString out;
    out.reserve(all.size());
    for (const uint character : all.toUcs4()) {
        const auto point = static_cast<char32_t>(character);
        if (hasGlyph(point)) {
            out += QString::fromUcs4(&point, 1);
        } else {
            out += QStringLiteral("<U+%1>").arg(character, 4, 16, QLatin1Char('0')).toUpper();
        }
    }
    return out;
}

std::vector<GlyphLine> layOut(const QString& text, const QFont& font, qreal width, qreal lineHeight, int maxLines,
    const std::vector<ByteRange>& marks)
{
    std::vector<GlyphLine> out;
    QTextLayout layout(text, font);
    layout.setTextOption(optionOf());
    layout.beginLayout();
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        const int end = line.textStart() + line.textLength();
        if (const int parting = partingOf(text, line.textStart(), end); parting < end) {
            constexpr qreal hair = 0.01;
            line.setLineWidth(line.cursorToX(parting) - line.cursorToX(line.textStart()) + hair);
        }
        const bool more = line.textStart() + line.textLength() < text.size();
        if (more && static_cast<int>(out.size()) + 1 == maxLines) {
            const QString rest = text.mid(line.textStart(), line.textLength()) + QChar(0x2026);
            layout.endLayout();
            out.push_back(layOutLine(rest, font, width, lineHeight));
            return out;
        }
        out.push_back(taken(line, text, lineHeight, marks));
    }
    layout.endLayout();
    // The glyph runs were taken while the layout was open: they are values and outlive it.
    return out;
}

GlyphLine layOutLine(const QString& text, const QFont& font, qreal width, qreal lineHeight, bool middle)
{
    const QFontMetricsF metrics(font);
    QString shown = text;
    if (metrics.horizontalAdvance(text) > width) {
        shown =
            metrics.elidedText(text, middle ? Qt::ElideMiddle : Qt::ElideRight, width - metrics.averageCharWidth() / 2);
    }
    QTextLayout layout(shown, font);
    QTextOption option = optionOf();
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    return line.isValid() ? taken(line, shown, lineHeight, {}) : GlyphLine{{}, 0, lineHeight, {}, {}};
}

} // namespace cupel::widgets
