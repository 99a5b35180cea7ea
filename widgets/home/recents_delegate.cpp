// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/recents_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/home/recents_model.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QCursor>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int padding = 8;
constexpr int gap = 12;
constexpr int tile = 32;
constexpr int kindFrom = 1064; // row width below which the kind goes: a window of 1,200
constexpr int countsFrom = 640; // below, the counts go under the name

struct Columns {
    QRect tile;
    QRect name;
    QRect kind; // empty: no room
    QRect counts; // empty: under the name
    QRect state; // chip and Locate, right-aligned
    QRect age;
};

int ageWidth()
{
    const QFontMetrics metrics(font(TextRole::Small));
    return std::max(zoomed(80), metrics.horizontalAdvance(QStringLiteral("00 MMM 0000")) + 4);
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(Recents)
};

QString locateText()
{
    return Words::tr("Locate");
}

ChipLook unreachableChip()
{
    return {Words::tr("Not reachable"), QStringLiteral("info"), Token::TextSecondary};
}

QSize locateSize()
{
    const QFontMetrics metrics(font(TextRole::Small));
    return {metrics.horizontalAdvance(locateText()) + 18, lineHeight(TextRole::Base) + 8};
}

Columns columnsOf(const QRect& row, bool reachable)
{
    const QRect inner = row.adjusted(padding, 0, -padding, 0);
    Columns at;
    at.tile = QRect(inner.left(), row.center().y() - tile / 2 + 1, tile, tile);
    at.age = QRect(inner.right() - ageWidth() + 1, row.top(), ageWidth(), row.height());
    const int stateWidth = reachable ? 0 : chipSize(unreachableChip()).width() + gap + locateSize().width();
    at.state = QRect(at.age.left() - gap - stateWidth, row.top(), stateWidth, row.height());
    int x = at.tile.right() + 1 + gap;
    const int end = (stateWidth > 0 ? at.state.left() : at.age.left()) - gap;
    const auto take = [&](int width) {
        const QRect box(x, row.top(), std::max(0, std::min(width, end - x)), row.height());
        x += width + gap;
        return box;
    };
    const bool wide = row.width() >= zoomed(kindFrom);
    if (row.width() < zoomed(countsFrom)) {
        at.name = take(end - x);
        return at;
    }
    // By the room of a row without a button, so that the columns of all rows are in line.
    const int room = at.age.left() - gap - x;
    at.name = take(wide ? zoomed(280) : std::max(zoomed(280), room / 2));
    if (wide) {
        at.kind = take(zoomed(184));
    }
    at.counts = take(end - x);
    return at;
}

class RowPainter {
public:
    RowPainter(QPainter& painter, const QStyleOptionViewItem& option, const Recent& recent)
        : m_painter(painter)
        , m_option(option)
        , m_recent(recent)
        , m_selected(option.state & QStyle::State_Selected)
        , m_columns(columnsOf(option.rect, recent.reachable))
    {
    }

    void paint(const QRect& locate, const QDateTime& now)
    {
        paintTile();
        paintNames();
        if (!m_columns.kind.isEmpty()) {
            text(m_columns.kind, TextRole::Small, Token::TextSecondary, recentKind(m_recent));
        }
        if (!m_columns.counts.isEmpty()) {
            paintCounts(m_columns.counts);
        }
        if (!m_recent.reachable) {
            paintState(locate);
        }
        text(m_columns.age, TextRole::Small, Token::TextMuted, recentAge(m_recent, now), Qt::AlignRight);
    }

private:
    // On the selection, muted text would be too faint.
    [[nodiscard]] Token ink(Token token) const
    {
        return m_selected && token == Token::TextMuted ? Token::TextSecondary : token;
    }

    void text(const QRect& box, TextRole role, Token token, const QString& words, Qt::Alignment side = Qt::AlignLeft,
        bool strong = false, Qt::TextElideMode elide = Qt::ElideRight)
    {
        m_painter.setFont(font(role, strong));
        m_painter.setPen(color(ink(token)));
        const QString shown = m_painter.fontMetrics().elidedText(words, elide, box.width());
        m_painter.drawText(mirrored(box),
            static_cast<int>(QStyle::visualAlignment(m_option.direction, side)) | Qt::AlignVCenter | Qt::TextSingleLine,
            shown);
    }

    [[nodiscard]] QRect mirrored(const QRect& box) const
    {
        return QStyle::visualRect(m_option.direction, m_option.rect, box);
    }

    void paintTile()
    {
        const QRect box = mirrored(m_columns.tile);
        paintBox(m_painter, box, radius::control, color(m_selected ? Token::Surface : Token::Third));
        paintIcon(m_painter, QRectF(box).adjusted(8, 8, -8, -8), recentIcon(m_recent));
    }

    void paintNames()
    {
        const int first = lineHeight(TextRole::Base);
        const int second = lineHeight(TextRole::Small);
        const QRect& all = m_columns.name;
        const int top = all.center().y() - (first + second) / 2 + 1;
        const Token strong = m_recent.reachable ? Token::TextPrimary : Token::TextSecondary;
        text({all.left(), top, all.width(), first}, TextRole::Base, strong, recentName(m_recent), Qt::AlignLeft, true,
            Qt::ElideMiddle);
        const QRect under(all.left(), top + first, all.width(), second);
        if (m_columns.counts.isEmpty()) {
            paintCounts(under);
        } else {
            text(under, TextRole::Small, Token::TextSecondary, recentPlace(m_recent), Qt::AlignLeft, false,
                Qt::ElideMiddle);
        }
    }

    void paintCounts(const QRect& box)
    {
        constexpr int sign = 14;
        const qreal top = box.center().y() - sign / 2.0 + 1;
        int x = box.left();
        if (!hasFindings(m_recent)) {
            const QRectF mark = mirrored(QRect(x, static_cast<int>(top), sign, sign));
            if (nothingLeft(m_recent)) {
                paintOk(m_painter, mark, currentTheme());
            } else {
                const bool read = m_recent.scanned && m_recent.incomplete == 0 && m_recent.notJudged.isEmpty();
                paintIcon(m_painter, mark, read ? QStringLiteral("info") : QStringLiteral("triangle-alert"));
            }
            text(box.adjusted(sign + 5, 0, 0, 0), TextRole::Small, Token::TextSecondary, recentState(m_recent));
            return;
        }
        const QFontMetrics metrics(font(TextRole::Base));
        for (const Severity severity :
            {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
            const std::uint64_t count = m_recent.bySeverity[static_cast<std::size_t>(severity)];
            const QString number = QLocale().toString(static_cast<qulonglong>(count));
            const int width = metrics.horizontalAdvance(number) + 1;
            if (count == 0 || x + sign + 4 + width > box.right()) {
                continue;
            }
            paintSeverity(m_painter, mirrored(QRect(x, static_cast<int>(top), sign, sign)), severity, false);
            text({x + sign + 4, box.top(), width, box.height()}, TextRole::Base, Token::TextPrimary, number);
            x += sign + 4 + width + gap;
        }
    }

    void paintState(const QRect& locate)
    {
        const ChipLook chip = unreachableChip();
        const QSize size = chipSize(chip);
        const QRect box(
            m_columns.state.left(), m_columns.state.center().y() - size.height() / 2 + 1, size.width(), size.height());
        paintChip(m_painter, mirrored(box), chip);
        const auto* view = qobject_cast<const QAbstractItemView*>(m_option.widget);
        const bool hovered = view && m_option.state & QStyle::State_MouseOver
            && locate.contains(view->viewport()->mapFromGlobal(QCursor::pos()));
        paintBox(m_painter, locate, radius::control, color(hovered ? Token::Third : Token::Surface),
            color(Token::ControlBorder));
        m_painter.setFont(font(TextRole::Small));
        m_painter.setPen(color(Token::TextPrimary));
        m_painter.drawText(locate, Qt::AlignCenter, locateText());
    }

    QPainter& m_painter;
    const QStyleOptionViewItem& m_option;
    const Recent& m_recent;
    bool m_selected;
    Columns m_columns;
};

} // namespace

QRect RecentsDelegate::locateBox(const QRect& row, const QModelIndex& index)
{
    if (index.data(RecentsModel::recentRole).value<Recent>().reachable) {
        return {};
    }
    const QRect state = columnsOf(row, false).state;
    const QSize size = locateSize();
    return {state.right() - size.width() + 1, state.center().y() - size.height() / 2 + 1, size.width(), size.height()};
}

void RecentsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto recent = index.data(RecentsModel::recentRole).value<Recent>();
    painter->save();
    const bool ring = option.state & QStyle::State_HasFocus && focusVisible();
    const bool hovered = option.state & QStyle::State_MouseOver;
    paintRow(*painter, option.rect, option.state & QStyle::State_Selected, hovered, ring);
    const QRect locate = QStyle::visualRect(option.direction, option.rect, locateBox(option.rect, index));
    RowPainter(*painter, option, recent).paint(locate, QDateTime::currentDateTime());
    painter->restore();
}

QSize RecentsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.rect.width(), lineHeight(TextRole::Base) + lineHeight(TextRole::Small) + 16};
}

} // namespace cupel::widgets
