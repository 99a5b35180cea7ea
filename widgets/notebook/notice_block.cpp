// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/notice_block.h"

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace cupel::widgets {

NoticeBlock::NoticeBlock(Notice notice, qreal left)
    : m_notice(std::move(notice))
    , m_left(left)
{
}

qreal NoticeBlock::layout(qreal width)
{
    clearRuns();
    m_width = width;
    const auto row = qreal(lineHeight(TextRole::Small));
    const auto pad = m_notice.band ? 8.0 : 4.0;
    const QFontMetricsF metrics(font(TextRole::Small));
    const auto linkWidth = m_notice.link.isEmpty() ? 0.0 : std::ceil(metrics.horizontalAdvance(m_notice.link));
    const auto secondWidth =
        m_notice.secondLink.isEmpty() ? 0.0 : std::ceil(metrics.horizontalAdvance(m_notice.secondLink)) + 16;
    const auto left = m_left + (m_notice.band ? 8 : 0) + (m_notice.icon.isEmpty() ? 0 : 22);
    const auto& run = addRun(m_notice.text,
        {font(TextRole::Small), row, m_notice.band ? Ink::Primary : Ink::Muted, true,
            width - left - linkWidth - secondWidth - 24, u'\n'},
        {left, pad});
    m_height = run.height() + 2 * pad;
    m_link = m_notice.link.isEmpty() ? QRectF() : QRectF(left + run.width + 12, 0, linkWidth, row + 2 * pad);
    m_secondLink = secondWidth > 0
        ? QRectF((m_link.isEmpty() ? left + run.width - 4 : m_link.right()) + 16, 0, secondWidth - 16, row + 2 * pad)
        : QRectF();
    return m_height;
}

void NoticeBlock::paintLink(QPainter& painter, const QRectF& rect, const QString& text, bool pointed)
{
    if (!rect.isEmpty()) {
        auto linkFont = font(TextRole::Small);
        linkFont.setUnderline(pointed);
        painter.setFont(linkFont);
        painter.setPen(color(Token::Link));
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    }
}

void NoticeBlock::paint(QPainter& painter, const PaintState& state)
{
    painter.save();
    if (m_notice.band) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::WarnBand));
        painter.drawRoundedRect(QRectF(m_left, 0, m_width - m_left, m_height), 6, 6);
    }
    if (!m_notice.icon.isEmpty()) {
        const auto ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
        const auto top = (m_notice.band ? 8 : 4) + (lineHeight(TextRole::Small) - 14) / 2.0;
        painter.drawPixmap(QPointF(m_left + (m_notice.band ? 8 : 0), top),
            iconPixmap(m_notice.icon, 14, m_notice.band ? Token::TextSecondary : Token::TextMuted, ratio));
    }
    paintRuns(painter, state);
    paintLink(painter, m_link, m_notice.link, state.pointed == m_notice.action);
    paintLink(painter, m_secondLink, m_notice.secondLink, state.pointed == m_notice.secondAction);
    painter.restore();
}

std::vector<Hot> NoticeBlock::hots() const
{
    std::vector<Hot> found;
    if (!m_link.isEmpty()) {
        found.push_back({m_link.adjusted(-6, 0, 6, 0), m_notice.action, m_notice.link});
    }
    if (!m_secondLink.isEmpty()) {
        found.push_back({m_secondLink.adjusted(-6, 0, 6, 0), m_notice.secondAction, m_notice.secondLink});
    }
    return found;
}

} // namespace cupel::widgets
