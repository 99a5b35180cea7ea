// SPDX-License-Identifier: GPL-3.0-or-later
// One quiet row that says what is not shown here and why, with a link that changes it: folded lines, an output that
// would have to run, a picture that is too large.
#pragma once

#include "widgets/notebook/run_block.h"

namespace cupel::widgets {

struct Notice {
    QString icon; // name in resources/icons; empty: none
    QString text;
    QString link; // empty: nothing to do about it
    Action action;
    bool band = false; // on the warning colour
    QString secondLink = {};
    Action secondAction = {};
};

class NoticeBlock : public RunBlock {
public:
    explicit NoticeBlock(Notice notice, qreal left = 0);
    qreal layout(qreal width) override;
    void paint(QPainter& painter, const PaintState& state) override;
    [[nodiscard]] BlockRole role() const override { return BlockRole::Notice; }
    [[nodiscard]] std::vector<Hot> hots() const override;
    [[nodiscard]] QString spoken() const override { return m_notice.text; }

private:
    static void paintLink(QPainter& painter, const QRectF& rect, const QString& text, bool pointed);
    Notice m_notice;
    qreal m_left;
    qreal m_height = 28;
    qreal m_width = 0;
    QRectF m_link;
    QRectF m_secondLink;
};

} // namespace cupel::widgets
