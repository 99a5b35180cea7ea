// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/diff_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/fixes/switch_mark.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

namespace {

using LineKind = fixes::PreviewRow::Kind;
constexpr int headHeight = 36;
constexpr int foldHeight = 28;
constexpr int numberWidth = 36;
constexpr int signWidth = 24;
constexpr int hatchPitch = 7;

int codeHeight()
{
    return std::max(22, lineHeight(TextRole::Code) + 2);
}

// Bytes of UTF-8 as a place in the text that is painted.
int column(const std::string& text, std::uint64_t bytes)
{
    return static_cast<int>(shownText(std::string_view(text).substr(0, bytes)).size());
}

constexpr int mostWraps = 16; // lines on screen that one long line takes

int columnsIn(int width)
{
    const int room = width - numberWidth - signWidth - 4;
    return std::max(8, static_cast<int>(room / QFontMetricsF(font(TextRole::Code)).horizontalAdvance(u'0')));
}

QString paintedText(const fixes::PreviewSide& side)
{
    return shownText(side.text) + cutWords(side);
}

// Changed lines wrap, so that all of their changes are seen; unchanged ones are cut off.
int wrapsOf(const fixes::PreviewSide& side, int columns, bool whole)
{
    const auto length = static_cast<int>(paintedText(side).size());
    const int lines = std::max(1, (length + columns - 1) / columns);
    return whole ? lines : std::min(lines, mostWraps);
}

} // namespace

DiffDelegate::DiffDelegate(const DiffSource& source, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_source(source)
{
}

QRect DiffDelegate::switchBox(const QRect& row)
{
    const int size = zoomed(16);
    return {row.left() + 12, row.top() + (row.height() - size) / 2, size, size};
}

int DiffDelegate::wraps(const DiffRow& row, int width) const
{
    if (row.kind != DiffRow::Kind::Line || (row.line.kind == LineKind::Same && !row.whole) || width <= 0) {
        return 1;
    }
    if (m_source.isInline()) {
        const bool old = row.leftOnly || row.line.kind == LineKind::Removed;
        return wrapsOf(
            old || row.line.kind == LineKind::Same ? row.line.before : row.line.after, columnsIn(width), row.whole);
    }
    const int columns = columnsIn(width / 2);
    return std::max(wrapsOf(row.line.before, columns, row.whole), wrapsOf(row.line.after, columns, row.whole));
}

QSize DiffDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const DiffRow* row = m_source.diffRow(index);
    if (row == nullptr) {
        return {};
    }
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    const int height = row->kind == DiffRow::Kind::Head ? std::max(headHeight, lineHeight(TextRole::Base) + 16)
        : row->kind == DiffRow::Kind::Note              ? std::max(headHeight, lineHeight(TextRole::Base) + 12)
        : row->kind == DiffRow::Kind::Folded            ? std::max(foldHeight, lineHeight(TextRole::Small) + 12)
                                                        : codeHeight() * wraps(*row, width);
    return {200, height};
}

void DiffDelegate::paintHead(QPainter& painter, const QRect& box, const DiffHead& head) const
{
    painter.fillRect(box, color(Token::Window));
    painter.setPen(color(Token::Hairline));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
    int left = box.left() + 12;
    if (head.hasSwitch) {
        const QRectF mark = switchBox(box);
        paintSwitch(painter, mark, head.state);
        left = static_cast<int>(mark.right()) + 8;
    }
    if (head.worst) {
        const int sign = zoomed(16);
        paintSeverity(painter, QRectF(left, box.top() + (box.height() - sign) / 2.0, sign, sign), *head.worst, false);
        left += sign + 8;
    }
    QRectF text(left, box.top(), std::max(0, box.right() - 12 - left), box.height());
    painter.setFont(font(TextRole::Base, true));
    painter.setPen(color(Token::TextPrimary));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, head.title);
    text.setLeft(text.left() + painter.fontMetrics().horizontalAdvance(head.title) + 8);
    painter.setFont(font(TextRole::Small));
    painter.setPen(color(Token::TextMuted));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(head.note, Qt::ElideRight, static_cast<int>(text.width())));
}

// A finding between the lines: what became of it as sign and word, how bad it is as shape.
void DiffDelegate::paintNote(QPainter& painter, const QRect& box, const DiffNote& note) const
{
    const QRectF inside = QRectF(box).adjusted(12, 2, -12, -2);
    paintBox(painter, inside.adjusted(0.5, 0.5, -0.5, -0.5), radius::control,
        color(note.fresh || note.changed ? Token::DiffRemoved
                : note.gone              ? Token::DiffAdded
                                         : Token::Third),
        color(note.current ? Token::Accent : Token::Hairline), note.current ? 2 : 1);
    qreal left = inside.left() + 8;
    const auto draw = [&](const QString& text, const QFont& used, Token token) {
        painter.setFont(used);
        painter.setPen(color(token));
        const qreal room = std::max(0.0, inside.right() - 8 - left);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(room));
        painter.drawText(QRectF(left, inside.top(), room, inside.height()),
            Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        left += painter.fontMetrics().horizontalAdvance(shown) + 8;
    };
    draw(note.fresh        ? QStringLiteral("+")
            : note.changed ? QStringLiteral("~")
            : note.gone    ? QStringLiteral("\u2212")
                           : QStringLiteral("="),
        font(TextRole::Code, true), Token::TextPrimary);
    const int sign = zoomed(16);
    paintSeverity(painter, QRectF(left, inside.center().y() - sign / 2.0, sign, sign), note.severity, false);
    left += sign + 8;
    draw(note.word, font(TextRole::Small, true), Token::TextPrimary);
    draw(note.text, font(TextRole::Base), Token::TextPrimary);
    draw(note.place, font(TextRole::Small), Token::TextSecondary);
}

void DiffDelegate::paintGap(QPainter& painter, const QRect& box) const
{
    painter.save();
    painter.setClipRect(box);
    painter.setPen(color(Token::Hairline));
    for (int x = box.left() - box.height(); x < box.right(); x += hatchPitch) {
        painter.drawLine(x, box.bottom(), x + box.height(), box.top());
    }
    painter.restore();
}

void DiffDelegate::paintSide(
    QPainter& painter, const QRect& box, const fixes::PreviewSide& side, Sign sign, bool whole) const
{
    if (sign != Sign::None) {
        painter.fillRect(box, color(sign == Sign::Removed ? Token::DiffRemoved : Token::DiffAdded));
    }
    painter.save();
    painter.setClipRect(box);
    painter.setFont(font(TextRole::CodeSmall));
    painter.setPen(color(Token::TextMuted));
    painter.drawText(QRect(box.left(), box.top(), numberWidth, codeHeight()), Qt::AlignVCenter | Qt::AlignRight,
        side.number > 0 ? QString::number(side.number) : QString()); // facts are no lines of a file
    painter.setFont(font(TextRole::Code, true));
    painter.setPen(color(Token::TextPrimary));
    if (sign != Sign::None) {
        painter.drawText(QRect(box.left() + numberWidth, box.top(), signWidth, codeHeight()), Qt::AlignCenter,
            sign == Sign::Removed ? QStringLiteral("\u2212") : QStringLiteral("+"));
    }
    paintText(painter, box.adjusted(numberWidth + signWidth, 0, 0, 0), side, sign, columnsIn(box.width()), whole);
    painter.restore();
}

// Only what differs is underlined; a mask or a placeholder that is new gets a box.
void DiffDelegate::paintText(
    QPainter& painter, const QRect& box, const fixes::PreviewSide& side, Sign sign, int columns, bool all) const
{
    const QString text = paintedText(side);
    const int length = static_cast<int>(text.size());
    const int lines = sign == Sign::None && !all ? 1 : wrapsOf(side, columns, all);
    const QFont plain = font(TextRole::Code);
    const QFont strong = font(TextRole::Code, true);
    const auto draw = [&](QRectF& at, const QString& piece, bool isMarked, bool whole) {
        painter.setFont(isMarked ? strong : plain);
        const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(piece);
        if (isMarked && whole && sign == Sign::Added && piece.startsWith(u'<') && piece.endsWith(u'>')) {
            paintBox(painter, QRectF(at.left() - 1, at.top() + 2, width + 2, at.height() - 4), radius::chip,
                color(Token::Selection));
        }
        painter.setPen(color(Token::TextPrimary));
        painter.drawText(at, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, piece);
        if (isMarked) {
            painter.fillRect(QRectF(at.left(), at.bottom() - 3, width, 2),
                color(sign == Sign::Removed ? Token::High : Token::Accent));
        }
        at.setLeft(at.left() + width);
    };
    for (int line = 0; line < lines; ++line) {
        const int top = box.top() + line * codeHeight();
        if (top + codeHeight() < m_seen.top() || top > m_seen.bottom()) {
            continue; // one line may take many screens
        }
        const int begin = line * columns;
        const bool cut = line + 1 == lines && length > begin + columns;
        const int end = std::min(length, begin + columns - (cut ? 1 : 0));
        QRectF at(box.left(), box.top() + line * codeHeight(), box.width(), codeHeight());
        int drawn = begin;
        for (const ByteRange& span : side.spans) {
            const int first = column(side.text, span.start);
            const int last = column(side.text, span.end);
            const int from = std::clamp(first, drawn, end);
            const int to = std::clamp(last, from, end);
            if (sign != Sign::None && to > from) {
                draw(at, text.mid(drawn, from - drawn), false, false);
                draw(at, text.mid(from, to - from), true, from == first && to == last);
                drawn = to;
            }
        }
        draw(at, text.mid(drawn, end - drawn) + (cut ? QString(QChar(0x2026)) : QString()), false, false);
    }
}

void DiffDelegate::paintLine(QPainter& painter, const QRect& box, const DiffRow& row) const
{
    const auto kind = row.line.kind;
    const bool changes = kind != LineKind::Same;
    if (m_source.isInline()) {
        const bool old = row.leftOnly || kind == LineKind::Removed;
        paintSide(painter, box, old || !changes ? row.line.before : row.line.after,
            !changes  ? Sign::None
                : old ? Sign::Removed
                      : Sign::Added,
            row.whole);
        return;
    }
    const int middle = box.left() + box.width() / 2;
    const QRect left(box.left(), box.top(), middle - box.left(), box.height());
    const QRect right(middle + 1, box.top(), box.right() - middle, box.height());
    kind == LineKind::Added
        ? paintGap(painter, left)
        : paintSide(painter, left, row.line.before, changes ? Sign::Removed : Sign::None, row.whole);
    kind == LineKind::Removed
        ? paintGap(painter, right)
        : paintSide(painter, right, row.line.after, changes ? Sign::Added : Sign::None, row.whole);
    painter.fillRect(middle, box.top(), 1, box.height(), color(Token::Hairline));
}

void DiffDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const DiffRow* row = m_source.diffRow(index);
    if (row == nullptr) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect& box = option.rect;
    const auto* seenIn = qobject_cast<const QAbstractItemView*>(option.widget);
    m_seen = seenIn != nullptr ? seenIn->viewport()->rect() : box;
    painter->fillRect(box, color(Token::Surface));
    switch (row->kind) {
    case DiffRow::Kind::Head:
        paintHead(*painter, box, m_source.head(*row));
        break;
    case DiffRow::Kind::Note:
        paintNote(*painter, box, m_source.note(*row));
        break;
    case DiffRow::Kind::Folded:
        painter->setFont(font(TextRole::Small));
        painter->setPen(color(Token::TextMuted));
        painter->drawText(box, Qt::AlignCenter, index.data().toString());
        break;
    case DiffRow::Kind::Line:
        paintLine(*painter, box, *row);
        break;
    }
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view != nullptr && view->hasFocus() && focusVisible() && view->currentIndex() == index) {
        paintFocusRing(*painter, QRectF(box).adjusted(1, 1, -1, -1), radius::chip);
    }
    painter->restore();
}

} // namespace cupel::widgets
