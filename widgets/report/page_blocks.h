// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of a report turned into boxes: how each kind of block looks on paper. Used by PageLayout only.
#pragma once

#include "widgets/report/page_layout.h"

#include <functional>

namespace cupel::widgets {

inline constexpr qreal underSign = pt(21); // where text begins below a heading with a severity sign

class BoxMaker {
public:
    BoxMaker(const PaperFonts& fonts, qreal width);

    using Out = std::function<void(Box)>;

    void startSection(std::string number);
    [[nodiscard]] Box title(const report::Document& document);
    [[nodiscard]] Box sectionHeading(const report::Section& section, const std::string& number);
    [[nodiscard]] Box contentsHeading();
    [[nodiscard]] Box contentsRow(const report::OutlineEntry& entry);
    void make(const report::Block& block, const Out& out); // everything but tables
    // Tables can be long: their rows are made one by one.
    [[nodiscard]] Box tableRow(const report::Table& block, const std::vector<std::string>& cells, bool isHead);
    // Texts that are known last; both in page coordinates.
    void pageNumber(const Box::PageNumber& number, int page, Page& out);
    void footer(const report::Document& document, int page, int pages, const QRectF& area, Page& out);
    [[nodiscard]] std::vector<char32_t> missing() const;

private:
    struct Style {
        QFont font;
        qreal line = 0;
        Token color = Token::TextPrimary;
    };
    [[nodiscard]] Style text(qreal points, bool strong = false, Token color = Token::TextPrimary) const;
    [[nodiscard]] Style code(qreal points, Token color = Token::TextPrimary) const;
    void put(Box& box, QPointF at, const GlyphLine& line, Token color) const;
    qreal putText(Box& box, QPointF at, qreal width, std::string_view utf8, const Style& style, int maxLines = 1000);
    void putLine(Box& box, const QRectF& area, std::string_view utf8, const Style& style, Qt::Alignment align,
        bool middle = false);

    void heading(const report::Heading& block, const Out& out);
    void paragraph(const report::Paragraph& block, const Out& out);
    void codeLines(const report::Code& block, const Out& out);
    [[nodiscard]] Box verdict(const report::Verdict& block);
    [[nodiscard]] Box counts(const report::Counts& block);
    void keyValues(const report::KeyValues& block, const Out& out);
    void list(const report::List& block, const Out& out);
    [[nodiscard]] Box drawing(const report::Drawing& block);

    PaperFonts m_fonts;
    qreal m_width;
    Drawable m_drawText;
    Drawable m_drawCode;
    std::string m_number; // of the section
    int m_inside = 0;
    bool m_afterHeading = false;
    bool m_afterRows = false;
};

} // namespace cupel::widgets
