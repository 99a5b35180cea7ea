// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/finding_block.h"

#include "widgets/common/icons.h"
#include "widgets/common/severity.h"
#include "widgets/common/theme.h"
#include "widgets/notebook/cell_text.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qreal stripHeight = 36;
constexpr qreal buttonHeight = 28;
constexpr qreal cardLeft = 42; // of title, message and buttons
constexpr qreal messageWidth = 700; // lines longer than this are hard to read

qreal advance(TextRole role, const QString& text, bool strong = false)
{
    return std::ceil(QFontMetricsF(font(role, strong)).horizontalAdvance(text));
}

qreal scaled(qreal px)
{
    return std::round(px * textZoom());
}

// The bar at the left follows the rounded corners.
void paintPanel(QPainter& painter, const QRectF& box, const QColor& fill, const QColor& bar, qreal barWidth)
{
    QPainterPath path;
    path.addRoundedRect(box, 6, 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, fill);
    painter.save();
    painter.setClipPath(path, Qt::IntersectClip);
    painter.fillRect(QRectF(box.left(), box.top(), barWidth, box.height()), bar);
    painter.restore();
}

} // namespace

FindingBlock::FindingBlock(FindingFace face)
    : m_face(std::move(face))
{
}

qreal FindingBlock::layout(qreal width)
{
    m_width = width;
    clearRuns();
    m_hots.clear();
    m_buttons.clear();
    m_laidOut = m_face.open;
    m_height = m_face.open ? layoutCard() : scaled(stripHeight);
    return m_height;
}

void FindingBlock::ensureStrip() const
{
    if (!m_laidOut) {
        const_cast<FindingBlock*>(this)->layoutStrip();
    }
}

QString FindingBlock::text() const
{
    ensureStrip();
    return RunBlock::text();
}

int FindingBlock::positionAt(QPointF point) const
{
    ensureStrip();
    return RunBlock::positionAt(point);
}

std::vector<Hot> FindingBlock::hots() const
{
    ensureStrip();
    return m_hots;
}

void FindingBlock::layoutStrip()
{
    m_laidOut = true;
    const auto height = m_height;
    const auto smallTop = (height - lineHeight(TextRole::Small)) / 2;
    const auto baseTop = (height - lineHeight(TextRole::Base)) / 2;
    const auto explain = CellText::tr("Explain");
    const auto linkWidth = advance(TextRole::Small, explain);
    m_link = QRectF(m_width - 12 - linkWidth, 4, linkWidth, height - 8);
    auto right = m_link.left() - 16;
    const auto severity = m_face.decided.isEmpty() ? word(m_face.severity) : m_face.decided;
    const auto ink = m_face.settled ? Ink::Muted : Ink::Primary;
    auto left = 38.0;
    addRun(severity, {font(TextRole::Small, true), qreal(lineHeight(TextRole::Small)), Ink::Primary, false, 240, u'\t'},
        {left, smallTop});
    left += advance(TextRole::Small, severity, true) + 8;
    const auto meta = m_face.place.isEmpty() ? m_face.rule : m_face.rule + QStringLiteral("  ") + m_face.place;
    const auto titleWidth = advance(TextRole::Base, m_face.title);
    const auto metaWidth = advance(TextRole::Small, meta);
    const bool showMeta = left + titleWidth + 8 + metaWidth <= right;
    addRun(m_face.title,
        {font(TextRole::Base), qreal(lineHeight(TextRole::Base)), ink, false, std::max(right - left, 20.0), u'\t'},
        {left, baseTop});
    if (showMeta) {
        addRun(meta,
            {font(TextRole::Small), qreal(lineHeight(TextRole::Small)), Ink::Muted, false, metaWidth + 1, u'\t'},
            {left + titleWidth + 8, smallTop});
    }
    m_hots.push_back({m_link.adjusted(-8, 0, 8, 0), {Action::Kind::Explain, m_face.index, 0}, explain});
    m_hots.push_back(
        {QRectF(0, 0, m_width, height), {Action::Kind::OpenFinding, m_face.index, 0}, CellText::tr("Open")});
}

qreal FindingBlock::layoutCard()
{
    const auto baseHeight = qreal(lineHeight(TextRole::Base));
    const auto right = m_width - 40;
    const auto counter = m_face.decided.isEmpty() ? m_face.position
        : m_face.position.isEmpty()               ? m_face.decided
                                                  : m_face.decided + QStringLiteral(" · ") + m_face.position;
    const auto counterWidth = advance(TextRole::Small, counter);
    const auto chipText = word(m_face.confidence);
    const auto chipWidth = advance(TextRole::Caption, chipText) + 12;
    const auto titleWidth =
        std::min(advance(TextRole::Base, m_face.title, true), right - counterWidth - chipWidth - 24 - cardLeft);
    addRun(m_face.title, {font(TextRole::Base, true), baseHeight, Ink::Primary, false, titleWidth + 1, u'\t'},
        {cardLeft, 9});
    m_chip = QRectF(cardLeft + titleWidth + 8, 9 + (baseHeight - scaled(20)) / 2, chipWidth, scaled(20));
    addRun(chipText, {font(TextRole::Caption), scaled(20), Ink::Primary, false, chipWidth, u'\t'},
        {m_chip.left() + 6, m_chip.top()});
    addRun(counter, {font(TextRole::Small), baseHeight, Ink::Muted, false, counterWidth + 1, u'\n'},
        {right - counterWidth, 9});
    auto top = 9 + baseHeight + 5;
    const auto width = std::min(m_width - cardLeft - 24, scaled(messageWidth));
    const auto& message = addRun(
        m_face.message, {font(TextRole::Small), scaled(18), Ink::Secondary, true, width, u'\n'}, {cardLeft, top});
    top += message.height() + 12;
    m_buttons.push_back({CellText::tr("Explain"), QStringLiteral("E"), {Action::Kind::Explain, m_face.index, 0}, {}});
    m_buttons.push_back(
        {CellText::tr("Triage…"), QStringLiteral("T"), {Action::Kind::TriageFinding, m_face.index, 0}, {}});
    m_buttons.push_back({CellText::tr("Copy"), QStringLiteral("C"), {Action::Kind::CopyFinding, m_face.index, 0}, {}});
    auto left = cardLeft;
    for (auto& button : m_buttons) {
        const auto buttonWidth =
            8 + advance(TextRole::Small, button.label) + 8 + advance(TextRole::Small, button.key) + 8;
        if (left > cardLeft && left + buttonWidth > m_width) { // large text: a row more
            left = cardLeft;
            top += scaled(buttonHeight) + 6;
        }
        button.rect = QRectF(left, top, buttonWidth, scaled(buttonHeight));
        left += buttonWidth + 8;
        m_hots.push_back({button.rect, button.action, button.label});
    }
    m_hots.push_back({QRectF(m_width - 34, 6, 28, baseHeight + 8), {Action::Kind::CloseFinding, m_face.index, 0},
        CellText::tr("Close")});
    return top + scaled(buttonHeight) + 10;
}

void FindingBlock::paint(QPainter& painter, const PaintState& state)
{
    ensureStrip();
    painter.save();
    if (m_face.open) {
        paintCard(painter, state);
    } else {
        paintStrip(painter, state);
    }
    painter.restore();
}

void FindingBlock::paintStrip(QPainter& painter, const PaintState& state) const
{
    const auto bar = m_face.settled ? Token::ControlBorder : token(m_face.severity);
    paintPanel(painter, QRectF(0, 0, m_width, m_height), color(Token::Third), color(bar), 3);
    const QRectF sign(13, (m_height - 16) / 2, 16, 16);
    if (m_face.settled) { // the shape says that somebody has looked at it, not how bad it would be
        paintIcon(painter, sign, QStringLiteral("circle-check"), Token::TextMuted);
    } else {
        paintSeverity(painter, sign, m_face.severity, false);
    }
    paintRuns(painter, state);
    const auto explain = Action{Action::Kind::Explain, m_face.index, 0};
    auto linkFont = font(TextRole::Small);
    linkFont.setUnderline(state.pointed == explain);
    painter.setFont(linkFont);
    painter.setPen(color(Token::Link));
    painter.drawText(m_link, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, CellText::tr("Explain"));
}

void FindingBlock::paintChip(QPainter& painter) const
{
    painter.setPen(QPen(color(Token::Hairline), 1));
    painter.setBrush(color(Token::Surface));
    painter.drawRoundedRect(m_chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void FindingBlock::paintButton(QPainter& painter, const Button& button, bool framed, const PaintState& state) const
{
    if (framed || state.pointed == button.action || state.pressed == button.action) {
        painter.setPen(framed ? QPen(color(Token::ControlBorder), 1) : QPen(Qt::NoPen));
        painter.setBrush(state.pressed == button.action ? color(Token::Selection)
                : state.pointed == button.action        ? color(Token::Third)
                                                        : color(Token::Surface));
        painter.drawRoundedRect(button.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    painter.setFont(font(TextRole::Small));
    painter.setPen(color(Token::TextPrimary));
    painter.drawText(button.rect.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, button.label);
    painter.setPen(color(state.pressed == button.action ? Token::TextSecondary : Token::TextMuted));
    painter.drawText(button.rect.adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight, button.key);
}

void FindingBlock::paintCard(QPainter& painter, const PaintState& state) const
{
    const QRectF box(0, 0, m_width, m_height);
    paintPanel(painter, box, color(Token::Surface), color(token(m_face.severity)), 4);
    painter.setPen(QPen(color(Token::Accent), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const auto baseHeight = lineHeight(TextRole::Base);
    paintSeverity(painter, QRectF(16, 9 + (baseHeight - 18) / 2.0, 18, 18), m_face.severity, true);
    paintChip(painter);
    const auto ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    painter.drawPixmap(QPointF(m_width - 28, 9 + (baseHeight - 16) / 2.0),
        iconPixmap(QStringLiteral("chevron-up"), 16, Token::TextSecondary, ratio));
    paintRuns(painter, state);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        paintButton(painter, m_buttons[i], i == 0, state);
    }
}

QString FindingBlock::spoken() const
{
    auto text = CellText::tr("%1, %2: %3").arg(word(m_face.severity), word(m_face.confidence), m_face.title);
    if (!m_face.decided.isEmpty()) {
        text += QStringLiteral(". ") + m_face.decided;
    }
    return m_face.open ? text + QStringLiteral(". ") + m_face.message : text;
}

std::optional<std::size_t> FindingBlock::findingAt(QPointF point) const
{
    return QRectF(0, 0, m_width, m_height).contains(point) ? std::optional(m_face.index) : std::nullopt;
}

} // namespace cupel::widgets
