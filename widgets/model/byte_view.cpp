// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/byte_view.h"

#include "analyzers/base/redact.h"
#include "widgets/common/paint.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QHelpEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr QChar dot(0x00B7);

QString hexByte(unsigned char byte)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    return QString(QChar::fromLatin1(digits[byte >> 4])) + QChar::fromLatin1(digits[byte & 15]);
}

QChar letter(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F ? QChar::fromLatin1(static_cast<char>(byte)) : dot;
}

} // namespace

ByteList::ByteList(ModelState& state, QWidget* parent)
    : LineList(parent)
    , m_state(state)
{
    setAccessibleName(tr("Bytes"));
    connect(&state, &ModelState::readingChanged, this, [this] {
        rowsChanged();
        follow();
    });
    connect(&state, &ModelState::otherShown, this, &ByteList::toStart);
    connect(&state, &ModelState::selectionChanged, this, &ByteList::follow);
    connect(this, &LineList::rowChosen, this, [this](std::uint64_t row) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        const auto size = m_state.reading()->analysis->artifact.view().size();
        Q_EMIT m_state.chosen({row * perRow(), std::min<std::uint64_t>((row + 1) * perRow(), size)});
    });
}

std::uint64_t ByteList::rowCount() const
{
    const auto& reading = m_state.reading();
    return reading ? (reading->analysis->artifact.view().size() + perRow() - 1) / perRow() : 0;
}

std::uint64_t ByteList::perRow() const
{
    const int digit = QFontMetrics(widgets::font(textRole())).horizontalAdvance(u'0');
    return viewport()->width() >= digit * (10 + 48 + 2 + 16) + 24 ? 16 : 8;
}

void ByteList::resizeEvent(QResizeEvent* event)
{
    LineList::resizeEvent(event);
    if (std::exchange(m_perRow, perRow()) != perRow()) {
        follow(); // rows hold other bytes now
    }
}

QSize ByteList::minimumSizeHint() const
{
    return {120, 2 * rowHeight()};
}

void ByteList::follow()
{
    if (!m_choosing && m_state.reading() && !m_state.selection().empty()) {
        showRow(m_state.selection().start / perRow());
    }
    viewport()->update();
}

bool ByteList::hidden(std::uint64_t at) const
{
    return touches(m_state.reading()->analysis->sensitive, {at, at + 1});
}

QString ByteList::lineText(std::uint64_t row) const
{
    const auto bytes = slice(m_state.reading()->analysis->artifact.view(), {row * perRow(), (row + 1) * perRow()});
    QString hex;
    QString letters;
    for (std::uint64_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        const bool masked = hidden(row * perRow() + i);
        hex += (masked ? QStringLiteral("\u2022\u2022") : hexByte(byte)) + u' ';
        letters += masked ? QChar(0x2022) : letter(byte);
    }
    return offsetText(row * perRow()) + QStringLiteral("  ") + hex + u' ' + letters;
}

void ByteList::paintLine(QPainter& painter, const QRect& box, std::uint64_t row)
{
    const auto& reading = *m_state.reading();
    const auto bytes = slice(reading.analysis->artifact.view(), {row * perRow(), (row + 1) * perRow()});
    const int digit = painter.fontMetrics().horizontalAdvance(u'0');
    const int hexStep = digit * 3;
    const int hexLeft = box.left() + 16 + digit * 10;
    const int textLeft = hexLeft + hexStep * static_cast<int>(perRow()) + digit * 2;
    painter.setPen(color(Token::TextMuted));
    painter.drawText(QRect(box.left() + 16, box.top(), digit * 10, box.height()), Qt::AlignVCenter | Qt::AlignLeft,
        QStringLiteral("%1").arg(row * perRow(), 8, 16, QLatin1Char('0')).toUpper());
    for (std::uint64_t i = 0; i < bytes.size(); ++i) {
        const auto at = row * perRow() + i;
        const QRect hex(hexLeft + static_cast<int>(i) * hexStep, box.top(), hexStep, box.height());
        const QRect text(textLeft + static_cast<int>(i) * digit, box.top(), digit, box.height());
        const auto* mark = reading.markAt({at, at + 1});
        const bool selected = m_state.selection().contains(at);
        if (selected || mark) {
            const QColor fill = color(selected ? Token::Selection : Token::ErrorBand);
            painter.fillRect(hex.adjusted(-digit / 2, 0, -digit / 2, 0), fill);
            painter.fillRect(text, fill);
        }
        const bool masked = hidden(at);
        const auto byte = static_cast<unsigned char>(bytes[i]);
        painter.setPen(color(selected ? Token::TextPrimary : byte == 0 ? Token::TextMuted : Token::TextSecondary));
        painter.drawText(
            hex, Qt::AlignVCenter | Qt::AlignLeft, masked ? QStringLiteral("\u2022\u2022") : hexByte(byte));
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, QString(masked ? QChar(0x2022) : letter(byte)));
    }
}

// The strip

namespace {

constexpr int stripHeight = 12;
constexpr int stripTop = 4; // the mark of the place stands out above and below
constexpr qreal narrowest = 12;
constexpr int keySize = 10;
constexpr int keyIndent = 16;

Token tokenOf(ModelSpan::Kind kind)
{
    switch (kind) {
    case ModelSpan::Kind::Program:
        return Token::Accent;
    case ModelSpan::Kind::Data:
        return Token::Link; // that of a selection is nearly the ground in dark themes
    case ModelSpan::Kind::Structure:
        return Token::ControlBorder;
    case ModelSpan::Kind::Leftover:
        return Token::High;
    case ModelSpan::Kind::Unread:
        return Token::Medium;
    }
    return Token::ControlBorder;
}

QString wordOf(ModelSpan::Kind kind)
{
    switch (kind) {
    case ModelSpan::Kind::Program:
        return CoverageStrip::tr("program");
    case ModelSpan::Kind::Data:
        return CoverageStrip::tr("tensors");
    case ModelSpan::Kind::Structure:
        return CoverageStrip::tr("structure");
    case ModelSpan::Kind::Leftover:
        return CoverageStrip::tr("belongs to nothing");
    case ModelSpan::Kind::Unread:
        return CoverageStrip::tr("not understood");
    }
    return {};
}

bool isHatched(ModelSpan::Kind kind)
{
    return kind == ModelSpan::Kind::Unread || kind == ModelSpan::Kind::Leftover;
}

// Fine diagonal lines: what nobody understood. Crossed: what is understood to belong to nothing.
void paintHatch(QPainter& painter, const QRectF& box, ModelSpan::Kind kind)
{
    painter.save();
    painter.setClipRect(box);
    painter.setPen(QPen(color(tokenOf(kind)), 2));
    for (qreal x = box.left() - box.height(); x < box.right(); x += 6) {
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
        if (kind == ModelSpan::Kind::Leftover) {
            painter.drawLine(QPointF(x, box.top()), QPointF(x + box.height(), box.bottom()));
        }
    }
    painter.restore();
}

} // namespace

CoverageStrip::CoverageStrip(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("What the bytes of the file are"));
    connect(&state, &ModelState::readingChanged, this, &CoverageStrip::describe);
    connect(&state, &ModelState::selectionChanged, this, qOverload<>(&QWidget::update));
    describe();
}

QSize CoverageStrip::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

QSize CoverageStrip::sizeHint() const
{
    const auto all = keys();
    const int legend = all.empty() ? stripHeight + 2 * stripTop : all.back().place.y();
    return {400, legend + lineHeight(TextRole::Small)};
}

void CoverageStrip::describe()
{
    setAccessibleDescription(legend());
    updateGeometry(); // the legend may need another line
    update();
}

std::vector<CoverageStrip::Key> CoverageStrip::keys() const
{
    std::vector<Key> out;
    const auto& reading = m_state.reading();
    if (!reading) {
        return out;
    }
    std::array<std::uint64_t, ModelSpan::kinds> sums{};
    for (const auto& span : reading->spans) {
        sums[static_cast<std::size_t>(span.kind)] += span.bytes.size();
    }
    const QFontMetrics metrics(widgets::font(TextRole::Small));
    QPoint at(0, stripHeight + 2 * stripTop);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i] == 0) {
            continue;
        }
        const auto kind = static_cast<ModelSpan::Kind>(i);
        const QString words = tr("%1 %2").arg(wordOf(kind), shownSize(sums[i]));
        const int wide = keyIndent + metrics.horizontalAdvance(words);
        if (at.x() > 0 && at.x() + wide > width()) {
            at = QPoint(0, at.y() + lineHeight(TextRole::Small));
        }
        out.push_back({kind, words, at});
        at.rx() += wide + keyIndent;
    }
    return out;
}

QString CoverageStrip::legend() const
{
    QStringList parts;
    for (const auto& key : keys()) {
        parts += key.words;
    }
    return parts.join(QStringLiteral(", "));
}

// At least some pixels for each, so that small ones stay visible; the legend tells true sizes. Of very many only the
// largest are drawn, what belongs to nothing before all others.
std::vector<CoverageStrip::Segment> CoverageStrip::segments() const
{
    const auto& reading = m_state.reading();
    std::vector<Segment> out;
    if (!reading || reading->analysis->size == 0) {
        return out;
    }
    const QRectF strip(0, 0, width(), stripHeight);
    const auto most = static_cast<std::size_t>(std::max(1.0, strip.width() / (2 * narrowest)));
    std::vector<const ModelSpan*> spans;
    for (const auto& span : reading->spans) {
        spans.push_back(&span);
    }
    if (spans.size() > most) {
        std::nth_element(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(most), spans.end(),
            [](const auto* a, const auto* b) {
                const bool first = a->kind == ModelSpan::Kind::Leftover;
                const bool second = b->kind == ModelSpan::Kind::Leftover;
                return first != second ? first : a->bytes.size() > b->bytes.size();
            });
        spans.resize(most);
        std::sort(
            spans.begin(), spans.end(), [](const auto* a, const auto* b) { return a->bytes.start < b->bytes.start; });
    }
    std::uint64_t total = 0;
    for (const auto* span : spans) {
        total += span->bytes.size();
    }
    const qreal share = strip.width() - narrowest * static_cast<qreal>(spans.size());
    qreal x = 0;
    for (const auto* span : spans) {
        const qreal wide = narrowest + share * static_cast<qreal>(span->bytes.size()) / static_cast<qreal>(total);
        out.push_back({span, QRectF(x, stripTop, wide, stripHeight)});
        x += wide;
    }
    return out;
}

void CoverageStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    std::optional<QRectF> mark;
    for (const auto& segment : segments()) {
        const auto kind = segment.span->kind;
        if (isHatched(kind)) {
            painter.fillRect(segment.box, color(Token::Surface));
            paintHatch(painter, segment.box, kind);
        } else {
            painter.fillRect(segment.box, color(tokenOf(kind)));
        }
        // In a span that is too small to be drawn the place is behind the one before it.
        const auto at = m_state.selection().start;
        if (!m_state.selection().empty() && segment.span->bytes.start <= at) {
            const auto part = static_cast<qreal>(std::min(at, segment.span->bytes.end) - segment.span->bytes.start)
                / static_cast<qreal>(std::max<std::uint64_t>(1, segment.span->bytes.size()));
            const qreal x = segment.box.left() + part * (segment.box.width() - 3);
            mark = QRectF(x, 0, 3, stripHeight + 2 * stripTop);
        }
    }
    if (mark) { // with an edge of the ground: in themes of high contrast the bar has the colour of text
        painter.fillRect(mark->adjusted(-2, 0, 2, 0), color(Token::Surface));
        painter.fillRect(*mark, color(Token::TextPrimary));
    }
    painter.setFont(widgets::font(TextRole::Small));
    const int line = lineHeight(TextRole::Small);
    for (const auto& key : keys()) {
        const QRectF sign(key.place.x(), key.place.y() + (line - keySize) / 2.0, keySize, keySize);
        if (isHatched(key.kind)) {
            paintHatch(painter, sign, key.kind);
        } else {
            paintBox(painter, sign, 2, color(tokenOf(key.kind)));
        }
        painter.setPen(color(Token::TextMuted));
        painter.drawText(QRect(key.place.x() + keyIndent, key.place.y(), width() - key.place.x() - keyIndent, line),
            Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(key.words, Qt::ElideRight, width() - key.place.x() - keyIndent));
    }
}

void CoverageStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (std::exchange(m_height, sizeHint().height()) != m_height) {
        updateGeometry(); // its legend has other lines
    }
}

bool CoverageStrip::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event); // the type says so
        for (const auto& segment : segments()) {
            if (segment.box.contains(help->pos())) {
                QToolTip::showText(help->globalPos(),
                    tr("%1, %2 to %3, %4")
                        .arg(wordOf(segment.span->kind), offsetText(segment.span->bytes.start),
                            offsetText(segment.span->bytes.end), shownSize(segment.span->bytes.size())),
                    this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
    return QWidget::event(event);
}

void CoverageStrip::mousePressEvent(QMouseEvent* event)
{
    for (const auto& segment : segments()) {
        if (segment.box.contains(event->position())) {
            Q_EMIT m_state.chosen({segment.span->bytes.start, segment.span->bytes.start + 1});
        }
    }
}

} // namespace cupel::widgets
