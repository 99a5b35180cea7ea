// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/diff_model.h"

#include "widgets/models/shown_text.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

using LineKind = fixes::PreviewRow::Kind;

void addLine(std::vector<DiffRow>& rows, std::size_t hunk, const fixes::PreviewRow& line, bool oneColumn)
{
    if (line.kind == LineKind::Folded) {
        rows.push_back({DiffRow::Kind::Folded, hunk, line, false, false});
    } else if (oneColumn && line.kind == LineKind::Changed) {
        rows.push_back({DiffRow::Kind::Line, hunk, line, true, false});
        rows.push_back({DiffRow::Kind::Line, hunk, line, false, true});
    } else {
        rows.push_back({DiffRow::Kind::Line, hunk, line, false, false});
    }
}

} // namespace

DiffModel::DiffModel(FixState* state, QObject* parent)
    : TableModel(parent)
    , m_state(state)
{
    connect(state, &FixState::outcomeChanged, this, &DiffModel::rebuild);
    rebuild();
}

void DiffModel::setInline(bool oneColumn)
{
    if (std::exchange(m_inline, oneColumn) != oneColumn) {
        rebuild();
    }
}

void DiffModel::setFolded(bool folded)
{
    if (std::exchange(m_folded, folded) != folded) {
        rebuild();
    }
}

void DiffModel::rebuild()
{
    std::vector<DiffRow> rows;
    const auto& outcome = m_state->outcome();
    for (std::size_t i = 0; outcome && i < outcome->hunks.size(); ++i) {
        rows.push_back({DiffRow::Kind::Head, i, {}, false, false});
        const auto& lines = outcome->hunks[i].rows;
        // One line of what is around is enough to find one's way.
        const auto nearChange = [&lines](std::size_t at) {
            const auto changed = [](const fixes::PreviewRow& row) {
                return row.kind != LineKind::Same && row.kind != LineKind::Folded;
            };
            return (at > 0 && changed(lines[at - 1])) || (at + 1 < lines.size() && changed(lines[at + 1]));
        };
        std::uint32_t hidden = 0;
        const auto flush = [&] {
            if (hidden > 0) {
                fixes::PreviewRow fold;
                fold.kind = LineKind::Folded;
                fold.folded = std::exchange(hidden, 0);
                addLine(rows, i, fold, m_inline);
            }
        };
        for (std::size_t k = 0; k < lines.size(); ++k) {
            if (m_folded && lines[k].kind == LineKind::Same && !nearChange(k)) {
                ++hidden;
            } else if (lines[k].kind == LineKind::Folded) {
                hidden += lines[k].folded;
            } else {
                flush();
                addLine(rows, i, lines[k], m_inline);
            }
        }
        flush();
    }
    setRows(std::move(rows));
}

int DiffModel::rowOfEdit(std::size_t edit) const
{
    const auto& outcome = m_state->outcome();
    for (std::size_t i = 0; outcome && i < rows().size(); ++i) {
        if (rows()[i].kind == DiffRow::Kind::Head) {
            const auto& edits = outcome->hunks[rows()[i].hunk].edits;
            if (std::find(edits.begin(), edits.end(), edit) != edits.end()) {
                return static_cast<int>(i);
            }
        }
    }
    return -1;
}

int DiffModel::nextHead(int row, int direction) const
{
    for (int at = row + direction; at >= 0 && at < static_cast<int>(rows().size()); at += direction) {
        if (rows()[static_cast<std::size_t>(at)].kind == DiffRow::Kind::Head) {
            return at;
        }
    }
    return -1;
}

QString DiffModel::spoken(const DiffRow& row) const
{
    const auto& hunk = m_state->outcome()->hunks[row.hunk];
    if (row.kind == DiffRow::Kind::Head) {
        return tr("%1, %n edit(s)", nullptr, static_cast<int>(hunk.edits.size()))
            .arg(QString::fromStdString(hunk.place));
    }
    if (row.kind == DiffRow::Kind::Folded) {
        return tr("%n unchanged line(s)", nullptr, static_cast<int>(row.line.folded));
    }
    const auto before = shownText(row.line.before.text);
    const auto after = shownText(row.line.after.text);
    if (row.line.kind == LineKind::Same) {
        return tr("line %1, unchanged: %2").arg(row.line.before.number).arg(before);
    }
    if (row.leftOnly || row.line.kind == LineKind::Removed) {
        return tr("line %1, removed: %2").arg(row.line.before.number).arg(before);
    }
    if (row.rightOnly || row.line.kind == LineKind::Added) {
        return tr("line %1, added: %2").arg(row.line.after.number).arg(after);
    }
    return tr("line %1, before: %2; after: %3").arg(row.line.before.number).arg(before, after);
}

QVariant DiffModel::cell(const DiffRow& row, int, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return m_state->outcome() ? spoken(row) : QString();
    case HunkRole:
        return static_cast<qulonglong>(row.hunk);
    case CheckedRole: {
        if (!m_state->outcome()) {
            return Qt::Unchecked;
        }
        const auto& edits = m_state->outcome()->hunks[row.hunk].edits;
        return std::all_of(edits.begin(), edits.end(), [this](std::size_t edit) { return m_state->isOn(edit); })
            ? Qt::Checked
            : Qt::PartiallyChecked;
    }
    default:
        return {};
    }
}

} // namespace cupel::widgets
