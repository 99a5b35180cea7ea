// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/edit_model.h"

#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cupel::widgets {

QString editTitle(const std::string& kind, const QString& finding)
{
    if (kind == "redact") {
        return EditModel::tr("Replace: %1").arg(finding);
    }
    if (kind == "redact-column" || kind == "replace-column") {
        return EditModel::tr("Replace a column: %1").arg(finding);
    }
    if (kind == "home-path") {
        return EditModel::tr("Replace the home folder");
    }
    if (kind == "drop-output") {
        return EditModel::tr("Remove from the output: %1").arg(finding);
    }
    if (kind == "shrink-output") {
        return EditModel::tr("Keep the first rows of the output only");
    }
    if (kind == "remove-metadata") {
        return EditModel::tr("Remove from metadata: %1").arg(finding);
    }
    if (kind == "remove-widget-state") {
        return EditModel::tr("Remove widget state");
    }
    if (kind == "remove-picture") {
        return EditModel::tr("Remove the picture: %1").arg(finding);
    }
    if (kind == "reveal-hidden") {
        return EditModel::tr("Remove hidden text: %1").arg(finding);
    }
    if (kind == "pin") {
        return EditModel::tr("Pin the version: %1").arg(finding);
    }
    if (kind == "strip-image-metadata") {
        return EditModel::tr("Clean the image: %1").arg(finding);
    }
    return EditModel::tr("Make safer: %1").arg(finding);
}

EditModel::EditModel(FixState* state, QObject* parent)
    : TableModel(parent)
    , m_state(state)
{
    connect(state, &FixState::outcomeChanged, this, &EditModel::rebuild);
    connect(state, &FixState::requested, this, [this] {
        if (!rows().empty()) {
            Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(rows().size()) - 1, 0));
        }
    });
    rebuild();
}

void EditModel::rebuild()
{
    std::vector<EditRow> list;
    if (const auto& outcome = m_state->outcome()) {
        std::map<std::tuple<std::string, std::string, std::string>, std::size_t> places;
        for (std::size_t i = 0; i < outcome->plan.edits.size(); ++i) {
            const auto& edit = outcome->plan.edits[i];
            const auto& finding = outcome->before->findings[edit.finding];
            // "cell 6, output 0" of "cell 6, output 0, line 3".
            auto place = finding.location.human.substr(0, finding.location.human.find(", line"));
            const auto [entry, isNew] = places.try_emplace({edit.kind, finding.rule, std::move(place)}, list.size());
            if (isNew) {
                list.push_back({{}, edit.finding});
            }
            list[entry->second].edits.push_back(i);
        }
        const auto worse = [&](const EditRow& a, const EditRow& b) {
            return outcome->before->findings[a.finding].severity > outcome->before->findings[b.finding].severity;
        };
        std::stable_sort(list.begin(), list.end(), worse);
    }
    const bool same = list.size() == rows().size()
        && std::equal(list.begin(), list.end(), rows().begin(),
            [](const EditRow& a, const EditRow& b) { return a.edits == b.edits; });
    if (!same) {
        setRows(std::move(list));
    } else if (!list.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(list.size()) - 1, 0));
    }
}

int EditModel::rowOfEdit(std::size_t edit) const
{
    const auto hit = std::find_if(rows().begin(), rows().end(),
        [edit](const EditRow& row) { return std::find(row.edits.begin(), row.edits.end(), edit) != row.edits.end(); });
    return hit == rows().end() ? -1 : static_cast<int>(hit - rows().begin());
}

Qt::ItemFlags EditModel::flags(const QModelIndex& index) const
{
    return TableModel::flags(index) | Qt::ItemIsUserCheckable;
}

bool EditModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const EditRow* row = at(index);
    if (row == nullptr || role != Qt::CheckStateRole) {
        return false;
    }
    const bool on = value.toInt() == Qt::Checked;
    const auto edits = row->edits; // the model is built anew below
    m_state->setOn(edits, on);
    return true;
}

QString EditModel::title(const EditRow& row) const
{
    const auto& outcome = *m_state->outcome();
    return editTitle(outcome.plan.edits[row.edits.front()].kind,
        QString::fromStdString(outcome.before->findings[row.finding].title));
}

std::size_t EditModel::refused(const EditRow& row) const
{
    return static_cast<std::size_t>(std::count_if(
        row.edits.begin(), row.edits.end(), [this](std::size_t edit) { return m_state->isRefused(edit); }));
}

QString EditModel::note(const EditRow& row) const
{
    if (refused(row) > 0) {
        return tr("Still there when judged again");
    }
    const auto& finding = m_state->outcome()->before->findings[row.finding];
    return QString::fromStdString(finding.rule + ", " + finding.location.human);
}

// Whether the profile is not met while the finding stays.
static bool isStopped(const FixOutcome& outcome, std::size_t finding)
{
    const auto& gates = outcome.verdictBefore.gates;
    return std::any_of(gates.begin(), gates.end(), [&](const review::GateResult& gate) {
        return std::any_of(gate.blocking.begin(), gate.blocking.end(),
            [finding](const review::FindingRef& ref) { return ref.index == finding; });
    });
}

QVariant EditModel::cell(const EditRow& row, int, int role) const
{
    const auto& outcome = m_state->outcome();
    if (!outcome || row.finding >= outcome->before->findings.size()) {
        return {};
    }
    const auto& finding = outcome->before->findings[row.finding];
    const auto isOn = [this](std::size_t edit) { return m_state->isOn(edit); };
    const auto on = std::count_if(row.edits.begin(), row.edits.end(), isOn);
    switch (role) {
    case Qt::DisplayRole:
        return title(row);
    case NoteRole:
        return note(row);
    case Qt::ToolTipRole:
        return plainToolTip(title(row) + u'\n' + QString::fromStdString(finding.rule + ", " + finding.location.human)
            + (refused(row) > 0 ? u'\n' + FixState::refusedWords(refused(row)) : QString()));
    case RefusedRole:
        return static_cast<int>(refused(row));
    case SeverityRole:
        return static_cast<int>(finding.severity);
    case CountRole:
        return static_cast<int>(row.edits.size());
    case OptionalRole:
        return !fixes::isOnByDefault(outcome->plan.edits[row.edits.front()]);
    case NeededRole:
        return isStopped(*outcome, row.finding);
    case Qt::CheckStateRole:
        return on == 0                                            ? Qt::Unchecked
            : on == static_cast<std::ptrdiff_t>(row.edits.size()) ? Qt::Checked
                                                                  : Qt::PartiallyChecked;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, %4, %n place(s)", nullptr, static_cast<int>(row.edits.size()))
                   .arg(title(row), word(finding.severity), QString::fromStdString(finding.location.human),
                       on > 0 ? tr("on") : tr("off"))
            + (cell(row, 0, NeededRole).toBool() ? tr(", needed") : QString())
            + (refused(row) > 0 ? QStringLiteral(", ") + FixState::refusedWords(refused(row)) : QString());
    default:
        return {};
    }
}

} // namespace cupel::widgets
