// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/compare_model.h"

#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

using Kind = review::FindingChange::Kind;

ChangeModel::ChangeModel(CompareState* state, QObject* parent)
    : TableModel(parent)
    , m_state(state)
{
    const auto fill = [this] { setRows(m_state->visible()); };
    connect(state, &CompareState::visibleChanged, this, fill);
    fill();
}

int ChangeModel::rowOf(const ChangeRef& ref) const
{
    const auto at = std::find(rows().begin(), rows().end(), ref);
    return at == rows().end() ? -1 : static_cast<int>(at - rows().begin());
}

QVariant ChangeModel::cell(const ChangeRef& row, int, int role) const
{
    if (!m_state->outcome()) {
        return {};
    }
    const Finding& finding = m_state->finding(row);
    const auto kind = m_state->change(row).kind;
    const QString title = shownText(finding.title);
    const auto note = [&] {
        const QString place = shownText(finding.location.human);
        return m_state->outcome()->files.size() < 2 ? place
            : place.isEmpty()                       ? shownFileName(finding.location.artifact)
                              : place + QStringLiteral(" · ") + shownFileName(finding.location.artifact);
    };
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case SeverityRole:
        return static_cast<int>(finding.severity);
    case KindRole:
        return static_cast<int>(kind);
    case NoteRole:
        return note();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1: %2, %3, %4", "new or fixed, severity, title, place")
            .arg(word(kind), word(finding.severity), title, note());
    default:
        return {};
    }
}

CompareModel::CompareModel(CompareState* state, QObject* parent)
    : TableModel(parent)
    , m_state(state)
{
    connect(state, &CompareState::fileChanged, this, &CompareModel::rebuild);
    rebuild();
}

void CompareModel::setInline(bool oneColumn)
{
    if (std::exchange(m_inline, oneColumn) != oneColumn) {
        rebuild();
    }
}

void CompareModel::setFolded(bool folded)
{
    if (std::exchange(m_folded, folded) != folded) {
        rebuild();
    }
}

bool CompareModel::isWorthShowing(const review::ComparedPart& part) const
{
    const auto& file = m_state->outcome()->files[m_state->file()->file];
    return part.changed() || part.tellsOfCell()
        || std::any_of(part.findings.begin(), part.findings.end(),
            [&file](std::size_t at) { return file.findings[at].kind != Kind::Same; });
}

void CompareModel::rebuild()
{
    std::vector<DiffRow> rows;
    const auto& file = m_state->file();
    for (std::size_t i = 0; file && i < file->parts.size(); ++i) {
        const auto& part = file->parts[i];
        if (m_folded && !isWorthShowing(part)) {
            continue;
        }
        rows.push_back({DiffRow::Kind::Head, i, {}, false, false, 0});
        for (const auto finding : part.findings) {
            rows.push_back({DiffRow::Kind::Note, i, {}, false, false, finding});
        }
        addDiffLines(rows, i, part.rows, m_inline, m_folded);
    }
    setRows(std::move(rows));
}

bool CompareModel::hasLines() const
{
    return std::any_of(
        rows().begin(), rows().end(), [](const DiffRow& row) { return row.kind != DiffRow::Kind::Head; });
}

bool CompareModel::hasFoldedLines() const
{
    const auto& file = m_state->file();
    return m_folded && file
        && std::any_of(file->parts.begin(), file->parts.end(),
            [](const review::ComparedPart& part) { return !part.rows.empty(); });
}

QString CompareModel::title(const review::ComparedPart& part) const
{
    if (!part.before && !part.after) {
        return m_state->file()->parts.size() == 1 ? tr("The whole file") : tr("Outside cells");
    }
    const auto number = [](std::size_t cell) { return shownCell(static_cast<std::uint32_t>(cell)); };
    const QString name = part.before && part.after && *part.before != *part.after
        ? tr("Cell %1, was %2").arg(number(*part.after)).arg(number(*part.before))
        : tr("Cell %1").arg(number(part.after ? *part.after : *part.before));
    if (part.metadata) {
        return tr("%1, metadata", "a cell and what is kept about it").arg(name);
    }
    return part.output ? tr("%1, output %2", "a cell and its output").arg(name).arg(*part.output) : name;
}

DiffHead CompareModel::head(const DiffRow& row) const
{
    const auto& file = m_state->file();
    if (!file || row.hunk >= file->parts.size()) {
        return {};
    }
    const auto& part = file->parts[row.hunk];
    DiffHead head;
    head.title = title(part);
    const bool cell = part.before || part.after;
    head.note = cell && (!part.before || part.fresh) ? tr("new")
        : cell && (!part.after || part.gone)         ? tr("removed")
        : part.changed() || part.altered             ? tr("changed")
        : part.moved                                 ? tr("moved")
                                                     : tr("unchanged");
    return head;
}

DiffNote CompareModel::note(const DiffRow& row) const
{
    const auto& file = m_state->file();
    if (!file) {
        return {};
    }
    const ChangeRef ref{file->file, row.finding};
    const auto& change = m_state->change(ref);
    const Finding& finding = m_state->finding(ref);
    // Masked alike, nothing of it looks different.
    const bool values = change.kind == Kind::Changed && finding.values != change.was->findings[change.wasIndex].values;
    const QString title = shownText(finding.title);
    return {finding.severity, word(change.kind), values ? tr("%1: other values or places").arg(title) : title,
        shownText(finding.location.human), change.kind == Kind::Fresh, change.kind == Kind::Gone,
        m_state->current() == ref, change.kind == Kind::Changed};
}

int CompareModel::rowOfFinding(std::size_t change) const
{
    const auto at = std::find_if(rows().begin(), rows().end(),
        [change](const DiffRow& row) { return row.kind == DiffRow::Kind::Note && row.finding == change; });
    return at == rows().end() ? -1 : static_cast<int>(at - rows().begin());
}

int CompareModel::nextChange(int row, int direction) const
{
    for (int at = row + direction; at >= 0 && at < static_cast<int>(rows().size()); at += direction) {
        const DiffRow& one = rows()[static_cast<std::size_t>(at)];
        if (one.kind == DiffRow::Kind::Head && isWorthShowing(m_state->file()->parts[one.hunk])) {
            return at;
        }
    }
    return -1;
}

QVariant CompareModel::cell(const DiffRow& row, int, int role) const
{
    if ((role != Qt::DisplayRole && role != Qt::AccessibleTextRole) || !m_state->file()) {
        return {};
    }
    if (row.kind == DiffRow::Kind::Head) {
        const DiffHead shown = head(row);
        return QString(shown.title + QStringLiteral(", ") + shown.note);
    }
    if (row.kind == DiffRow::Kind::Note) {
        const DiffNote shown = note(row);
        return tr("%1: %2, %3, %4", "new or fixed, severity, title, place")
            .arg(shown.word, word(shown.severity), shown.text, shown.place);
    }
    return spokenLine(row);
}

} // namespace cupel::widgets
