// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/diff_model.h"

#include "widgets/fixes/switch_mark.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

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
        rows.push_back({DiffRow::Kind::Head, i, {}, false, false, 0});
        addDiffLines(rows, i, outcome->hunks[i].rows, m_inline, m_folded);
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
        return QString::fromStdString(hunk.place) + QStringLiteral(", ") + countWords(hunk);
    }
    return spokenLine(row);
}

DiffHead DiffModel::head(const DiffRow& row) const
{
    const auto& outcome = m_state->outcome();
    if (!outcome || row.hunk >= outcome->hunks.size()) {
        return {};
    }
    const auto& hunk = outcome->hunks[row.hunk];
    DiffHead head{QString::fromStdString(hunk.place), countWords(hunk), true, Qt::Unchecked, Severity::Info};
    for (const auto edit : hunk.edits) {
        head.worst = std::max(*head.worst, outcome->before->findings[outcome->plan.edits[edit].finding].severity);
    }
    const auto on =
        std::count_if(hunk.edits.begin(), hunk.edits.end(), [this](std::size_t edit) { return m_state->isOn(edit); });
    head.state = stateOf(static_cast<std::size_t>(on), hunk.edits.size());
    return head;
}

QString DiffModel::countWords(const fixes::PreviewHunk& hunk) const
{
    const auto all = static_cast<int>(hunk.edits.size());
    const auto on = static_cast<int>(
        std::count_if(hunk.edits.begin(), hunk.edits.end(), [this](std::size_t edit) { return m_state->isOn(edit); }));
    // One edit may change several places: their numbers add up to more than there are edits.
    const auto& hunks = m_state->outcome()->hunks;
    const auto shared = std::count_if(hunk.edits.begin(), hunk.edits.end(), [&](std::size_t edit) {
        return std::count_if(hunks.begin(), hunks.end(), [edit](const fixes::PreviewHunk& one) {
            return std::find(one.edits.begin(), one.edits.end(), edit) != one.edits.end();
        }) > 1;
    });
    const QString also = shared == 0 ? QString()
        : shared == all              ? tr(", elsewhere too")
                                     : tr(", %n of them elsewhere too", nullptr, static_cast<int>(shared));
    if (const auto out = std::count_if(
            hunk.edits.begin(), hunk.edits.end(), [this](std::size_t edit) { return m_state->isRefused(edit); });
        out > 0) {
        return FixState::refusedWords(static_cast<std::size_t>(out));
    }
    return (on == all        ? tr("%n edit(s)", nullptr, all)
                   : on == 0 ? tr("%n edit(s) off: stays as it is", nullptr, all)
                             : tr("%1 of %2 edits on").arg(on).arg(all))
        + also;
}

QVariant DiffModel::cell(const DiffRow& row, int, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return m_state->outcome() ? spoken(row) : QString();
    case HunkRole:
        return static_cast<qulonglong>(row.hunk);
    default:
        return {};
    }
}

} // namespace cupel::widgets
