// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/palette_model.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

QString groupName(PaletteKind kind)
{
    switch (kind) {
    case PaletteKind::Action:
        return PaletteModel::tr("Commands");
    case PaletteKind::File:
        return PaletteModel::tr("Files");
    case PaletteKind::Finding:
        return PaletteModel::tr("Findings");
    case PaletteKind::Cell:
        return PaletteModel::tr("Cells");
    case PaletteKind::Rule:
        return PaletteModel::tr("Rules");
    case PaletteKind::Help:
        return PaletteModel::tr("Help");
    case PaletteKind::Line:
        return PaletteModel::tr("Go to");
    }
    return {};
}

// Draws one line of text, the letters at `strong` in bold and accent; returns its width.
qreal drawMatched(
    QPainter& painter, const QRectF& box, const QString& text, const QFont& font, const std::vector<int>& strong)
{
    QTextLayout layout(text, font);
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat format;
    format.setForeground(widgets::color(Token::Accent));
    format.setFontWeight(QFont::DemiBold);
    for (const int at : strong) {
        if (at < text.size()) {
            formats.append({at, 1, format});
        }
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(1e6);
    layout.endLayout();
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    layout.draw(&painter, QPointF(box.left(), box.center().y() - line.height() / 2));
    painter.restore();
    return std::min(line.naturalTextWidth(), box.width());
}

qreal drawKeys(QPainter& painter, const QRectF& box, const QString& keys)
{
    qreal right = box.right();
    QStringList parts = keys.split(u'+', Qt::SkipEmptyParts);
    if (keys.endsWith(u'+')) {
        parts += QStringLiteral("+");
    }
    for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
        const QSize size = widgets::keyCapSize(*it);
        right -= size.width();
        widgets::paintKeyCap(painter, QRectF(QPointF(right, box.center().y() - size.height() / 2.0), size), *it);
        right -= 4;
    }
    return box.right() - right;
}

void paintHead(QPainter& painter, const QRectF& box, const PaletteModel::Row& row)
{
    painter.setFont(widgets::font(TextRole::Small, true));
    painter.setPen(widgets::color(Token::TextSecondary));
    const QRectF text = box.adjusted(16, 0, -16, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, row.text);
    const qreal width = painter.fontMetrics().horizontalAdvance(row.text);
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(widgets::color(Token::TextMuted));
    painter.drawText(text.adjusted(width + 6, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, QString::number(row.count));
}

void paintHit(
    QPainter& painter, const QRectF& box, const PaletteEntry& entry, const std::vector<int>& letters, bool selected)
{
    const QRectF sign(box.left() + 16, box.center().y() - 8, 16, 16);
    if (entry.severity >= 0) {
        widgets::paintSeverity(painter, sign, static_cast<Severity>(entry.severity), false);
    } else {
        widgets::paintIcon(painter, sign, entry.icon, selected ? Token::Accent : Token::TextSecondary);
    }
    QRectF text = box.adjusted(44, 0, -16, 0);
    if (!entry.keys.isEmpty()) {
        text.setRight(text.right() - drawKeys(painter, text, entry.keys) - 8);
    }
    painter.setPen(widgets::color(Token::TextPrimary));
    const QFont font = widgets::font(entry.mono ? TextRole::Code : TextRole::Base);
    text.setLeft(text.left() + drawMatched(painter, text, entry.title, font, letters) + 12);
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(widgets::color(selected ? Token::TextSecondary : Token::TextMuted));
    if (text.width() > 24) {
        const QString note =
            painter.fontMetrics().elidedText(entry.note, Qt::ElideMiddle, static_cast<int>(text.width()));
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, note);
    }
}

} // namespace

PaletteModel::PaletteModel(const PaletteIndex& index, QObject* parent)
    : QAbstractListModel(parent)
    , m_index(index)
{
}

void PaletteModel::setHits(std::vector<PaletteHit> hits)
{
    beginResetModel();
    m_rows.clear();
    std::size_t head = 0;
    for (PaletteHit& hit : hits) {
        const PaletteKind kind = m_index.entries()[hit.entry].kind;
        const bool first = m_rows.empty() || m_index.entries()[m_rows.back().hit.entry].kind != kind;
        if (first) {
            head = m_rows.size();
            m_rows.push_back({true, groupName(kind), 0, {}});
        }
        ++m_rows[head].count;
        m_rows.push_back({false, {}, 0, std::move(hit)});
    }
    endResetModel();
}

const PaletteModel::Row* PaletteModel::row(const QModelIndex& index) const
{
    const bool inside = index.isValid() && index.row() < rowCount();
    return inside ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
}

const PaletteEntry* PaletteModel::entry(const QModelIndex& index) const
{
    const Row* found = row(index);
    return found && !found->head ? &m_index.entries()[found->hit.entry] : nullptr;
}

int PaletteModel::firstHit() const
{
    return m_rows.size() > 1 ? 1 : -1;
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    const Row* found = row(index);
    if (!found) {
        return {};
    }
    const PaletteEntry* hit = entry(index);
    if (role == Qt::DisplayRole) {
        return hit ? hit->title : found->text;
    }
    if (role == Qt::AccessibleTextRole) {
        QStringList parts{hit ? hit->title : found->text};
        if (hit && hit->severity >= 0) {
            parts += widgets::word(static_cast<Severity>(hit->severity));
        }
        if (hit) {
            parts += hit->note;
            parts += hit->keys;
        }
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    return entry(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto& model = static_cast<const PaletteModel&>(*index.model());
    const PaletteModel::Row* row = model.row(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (row->head) {
        paintHead(*painter, option.rect, *row);
    } else {
        const bool selected = option.state & QStyle::State_Selected;
        const QRectF box = QRectF(option.rect).adjusted(8, 0, -8, 0);
        widgets::paintRow(*painter, box, selected, option.state & QStyle::State_MouseOver, false);
        paintHit(*painter, option.rect, *model.entry(index), row->hit.letters, selected);
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto& model = static_cast<const PaletteModel&>(*index.model());
    const int line = widgets::lineHeight(TextRole::Base);
    return {
        option.rect.width(), model.row(index)->head ? std::max(headHeight, line + 8) : std::max(rowHeight, line + 16)};
}

} // namespace cupel::app
