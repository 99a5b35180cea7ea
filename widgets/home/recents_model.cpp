// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/recents_model.h"

#include "widgets/common/labels.h"

#include <algorithm>

namespace cupel::widgets {

QVariant RecentsModel::cell(const Recent& row, int, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return recentName(row);
    case Qt::ToolTipRole:
        return plainToolTip(row.path);
    case Qt::AccessibleTextRole:
        return recentSentence(row, QDateTime::currentDateTime());
    case recentRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

void RecentsFilter::setText(const QString& text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RecentsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto recent = index.data(RecentsModel::recentRole).value<Recent>();
    const QString all = recentName(recent) + u' ' + recentPlace(recent) + u' ' + recentKind(recent);
    return std::all_of(m_words.begin(), m_words.end(),
        [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace cupel::widgets
