// SPDX-License-Identifier: GPL-3.0-or-later
// Headings, paragraphs and list items of markdown or of read HTML, one under the other.
#pragma once

#include "widgets/notebook/run_block.h"

#include <vector>

namespace cupel::widgets {

struct Paragraph {
    enum class Kind : std::uint8_t { Body, Heading, Item, Quote, Rule };
    Kind kind = Kind::Body;
    int level = 0; // heading 1 to 6, nesting of an item or quote from 1
    int ordinal = 0; // of an item; 0: bullet
    QString text;
    std::vector<Span> spans;
    std::vector<Mark> marks;
};

class RichBlock : public RunBlock {
public:
    explicit RichBlock(std::vector<Paragraph> paragraphs);
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Text; }

private:
    struct Sign { // what stands before an item, beside a quote, or the rule itself
        QRectF rect;
        Paragraph::Kind kind;
        QString label;
    };
    qreal place(const Paragraph& paragraph, qreal top);
    std::vector<Paragraph> m_paragraphs;
    std::vector<Sign> m_signs;
    qreal m_width = 0;
};

} // namespace cupel::widgets
