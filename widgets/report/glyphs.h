// SPDX-License-Identifier: GPL-3.0-or-later
// Text to lines of positioned glyphs, and the question whether a font on this machine can draw a character at all.
// Fonts belong to the thread that made them: use these values only on the thread of the layout.
#pragma once

#include "analyzers/base/bytes.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QRectF>
#include <QtCore/QString>
#include <QtGui/QFont>
#include <QtGui/QGlyphRun>

#include <string>
#include <string_view>
#include <vector>

namespace cupel::widgets {

struct GlyphLine {
    QList<QGlyphRun> runs; // relative to the top left corner of the line
    qreal width = 0;
    qreal height = 0;
    QString text; // what the runs show
    std::vector<QRectF> marks; // underlines, in the same coordinates
};

// Turns UTF-8 into text that can be drawn: a character without a glyph in any installed font becomes its number, so
// nothing vanishes from the paper unseen.
class Drawable {
public:
    explicit Drawable(QFont font);
    [[nodiscard]] QString text(std::string_view utf8);
    [[nodiscard]] const std::vector<char32_t>& missing() const { return m_missing; } // in order of appearance

private:
    [[nodiscard]] bool hasGlyph(char32_t character);
    QFont m_font;
    QHash<char32_t, bool> m_known;
    std::vector<char32_t> m_missing;
};

// Broken to `width`, at words where possible, names never inside their suffix; `lineHeight` is the distance of base
// lines. No more than `maxLines` lines: the last then ends in an ellipsis. `marks` are ranges of UTF-16 units to
// underline.
[[nodiscard]] std::vector<GlyphLine> layOut(const QString& text, const QFont& font, qreal width, qreal lineHeight,
    int maxLines = 1000, const std::vector<ByteRange>& marks = {});
// One line, elided to `width`; in the middle when `middle`.
[[nodiscard]] GlyphLine layOutLine(
    const QString& text, const QFont& font, qreal width, qreal lineHeight, bool middle = false);

} // namespace cupel::widgets
