// SPDX-License-Identifier: GPL-3.0-or-later
// A finding under its line: a strip of one row, or the open card with its message and buttons.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/notebook/run_block.h"

namespace cupel::widgets {

// What a strip and a card show of a finding; made from redacted fields only.
struct FindingFace {
    std::size_t index = 0; // in Analysis::findings
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Possible;
    QString title;
    QString message;
    QString rule;
    QString place; // when it is not the line above: "metadata", "attachment"
    QString position; // "1 of 9"
    QString decided; // "Accepted risk", "Expired"; empty: nobody decided
    bool settled = false; // nobody needs to act
    bool open = false;
};

class FindingBlock : public RunBlock {
public:
    explicit FindingBlock(FindingFace face);
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Finding; }
    [[nodiscard]] QString text() const override;
    [[nodiscard]] int positionAt(QPointF point) const override;
    [[nodiscard]] std::vector<Hot> hots() const override;
    [[nodiscard]] QString spoken() const override;
    [[nodiscard]] std::optional<std::size_t> findingAt(QPointF point) const override;
    [[nodiscard]] const FindingFace& face() const { return m_face; }

private:
    struct Button {
        QString label;
        QString key;
        Action action;
        QRectF rect;
    };
    void ensureStrip() const; // a strip's height is known: its texts wait until somebody looks
    void layoutStrip();
    qreal layoutCard();
    void paintStrip(QPainter& painter, const PaintState& state) const;
    void paintCard(QPainter& painter, const PaintState& state) const;
    void paintChip(QPainter& painter) const;
    void paintButton(QPainter& painter, const Button& button, bool framed, const PaintState& state) const;

    FindingFace m_face;
    qreal m_width = 0;
    qreal m_height = 0;
    QRectF m_chip;
    QRectF m_link;
    std::vector<Button> m_buttons;
    std::vector<Hot> m_hots;
    bool m_laidOut = false;
};

} // namespace cupel::widgets
