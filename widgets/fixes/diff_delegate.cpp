// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/diff_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
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

int zoomed(int size)
{
    return std::max(size, qRound(size * textZoom()));
}

int codeHeight()
{
    return std::max(22, lineHeight(TextRole::Code) + 2);
}

// Bytes of UTF-8 as a place in the text that is painted.
int column(const std::string& text, std::uint64_t bytes)
{
    return static_cast<int>(shownText(std::string_view(text).substr(0, bytes)).size());
}

struct Cut {
    QString text;
    int from = 0; // of what changed
    int to = 0;
};

// A line that is too long for its side loses its beginning, so that what changed can be seen; an ellipsis says so.
Cut cutToFit(const QString& text, int from, int to, int columns)
{
    constexpr int before = 8; // columns kept before a change
    const int length = static_cast<int>(text.size());
    Cut cut{text, from, std::max(from, to)};
    if (length <= columns || columns < 2 * before) {
        return cut;
    }
    const int skip = std::clamp(cut.to + 1 - columns, 0, std::max(0, from - before));
    if (skip > 0) {
        cut.text = QChar(0x2026) + text.mid(skip + 1);
        cut.from -= skip;
        cut.to -= skip;
    }
    if (cut.text.size() > columns) {
        cut.text = cut.text.left(columns - 1) + QChar(0x2026);
        cut.to = std::min(cut.to, static_cast<int>(cut.text.size()));
    }
    return cut;
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

QSize DiffDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const DiffRow* row = m_source.diffRow(index);
    if (row == nullptr) {
        return {};
    }
    const int height = row->kind == DiffRow::Kind::Head ? std::max(headHeight, lineHeight(TextRole::Base) + 16)
        : row->kind == DiffRow::Kind::Note              ? std::max(headHeight, lineHeight(TextRole::Base) + 12)
        : row->kind == DiffRow::Kind::Folded            ? std::max(foldHeight, lineHeight(TextRole::Small) + 12)
                                                        : codeHeight();
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
        paintBox(painter, mark.adjusted(0.5, 0.5, -0.5, -0.5), radius::chip,
            color(head.checked ? Token::Accent : Token::Surface),
            color(head.checked ? Token::Accent : Token::ControlBorder));
        if (head.checked) {
            paintIcon(painter, mark.adjusted(2, 2, -2, -2), QStringLiteral("check"), Token::TextOnAccent);
        }
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
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, head.note);
}

// A finding between the lines: what became of it as sign and word, how bad it is as shape.
void DiffDelegate::paintNote(QPainter& painter, const QRect& box, const DiffNote& note) const
{
    const QRectF inside = QRectF(box).adjusted(12, 2, -12, -2);
    paintBox(painter, inside.adjusted(0.5, 0.5, -0.5, -0.5), radius::control,
        color(note.fresh    ? Token::DiffRemoved
                : note.gone ? Token::DiffAdded
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
    draw(note.fresh     ? QStringLiteral("+")
            : note.gone ? QStringLiteral("\u2212")
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

void DiffDelegate::paintSide(QPainter& painter, const QRect& box, const fixes::PreviewSide& side, Sign sign) const
{
    if (sign != Sign::None) {
        painter.fillRect(box, color(sign == Sign::Removed ? Token::DiffRemoved : Token::DiffAdded));
    }
    painter.save();
    painter.setClipRect(box);
    painter.setFont(font(TextRole::CodeSmall));
    painter.setPen(color(Token::TextMuted));
    painter.drawText(QRect(box.left(), box.top(), numberWidth, box.height()), Qt::AlignVCenter | Qt::AlignRight,
        QString::number(side.number));
    painter.setFont(font(TextRole::Code, true));
    painter.setPen(color(Token::TextPrimary));
    if (sign != Sign::None) {
        painter.drawText(QRect(box.left() + numberWidth, box.top(), signWidth, box.height()), Qt::AlignCenter,
            sign == Sign::Removed ? QStringLiteral("\u2212") : QStringLiteral("+"));
    }
    const QFont plain = font(TextRole::Code);
    const QFont strong = font(TextRole::Code, true);
    const int room = box.width() - numberWidth - signWidth - 4;
    const Cut cut = cutToFit(shownText(side.text), column(side.text, side.changed.start),
        column(side.text, side.changed.end), static_cast<int>(room / QFontMetricsF(plain).horizontalAdvance(u'0')));
    const QString& text = cut.text;
    const int from = cut.from;
    const int to = cut.to;
    const bool marked = sign != Sign::None && to > from && !(from == 0 && to == text.size() && side.changed.empty());
    QRectF at(box.left() + numberWidth + signWidth, box.top(), box.width(), box.height());
    const auto draw = [&](const QString& piece, bool isMarked) {
        painter.setFont(isMarked ? strong : plain);
        const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(piece);
        if (isMarked && piece.startsWith(u'<') && piece.endsWith(u'>')) {
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
    if (marked) {
        draw(text.left(from), false);
        draw(text.mid(from, to - from), true);
        draw(text.mid(to), false);
    } else {
        draw(text, false);
    }
    painter.restore();
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
                      : Sign::Added);
        return;
    }
    const int middle = box.left() + box.width() / 2;
    const QRect left(box.left(), box.top(), middle - box.left(), box.height());
    const QRect right(middle + 1, box.top(), box.right() - middle, box.height());
    kind == LineKind::Added ? paintGap(painter, left)
                            : paintSide(painter, left, row.line.before, changes ? Sign::Removed : Sign::None);
    kind == LineKind::Removed ? paintGap(painter, right)
                              : paintSide(painter, right, row.line.after, changes ? Sign::Added : Sign::None);
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
