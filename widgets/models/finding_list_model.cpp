// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/finding_list_model.h"

#include "widgets/common/severity.h"
#include "widgets/models/decision_words.h"
#include "widgets/models/finding_groups.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FindingListModel)
};

// The same finding keeps its key when its file is scanned again; `seen` tells apart those that look the same.
std::string findingKey(const Finding& finding, std::unordered_map<std::string, int>& seen)
{
    std::string key = finding.location.artifact + '\n' + finding.rule + '\n' + finding.fingerprint;
    const int nth = seen[key]++;
    return nth == 0 ? key : key + '\n' + std::to_string(nth);
}

} // namespace

FindingListModel::FindingListModel(ReviewState* state, QObject* parent)
    : TreeModel(parent)
    , m_state(state)
{
    connect(state, &ReviewState::visibleChanged, this, [this] { scheduleSync(); });
    sync();
}

void FindingListModel::sync()
{
    if (!m_state) {
        return;
    }
    m_grouping = m_state->grouping();
    m_severalFiles = m_state->workspace().analyses.size() > 1;
    std::vector<Item> items;
    std::unordered_map<std::string, int> seen;
    for (const FindingRef& ref : m_state->visible()) {
        const Finding& finding = *m_state->finding(ref);
        const Analysis* source = m_state->analysis(ref.artifact).get();
        Item row{findingKey(finding, seen), {}, {}};
        row.value.ref = ref;
        row.value.worst = finding.severity;
        row.value.standing = m_state->decisionState(ref);
        if (row.value.standing != review::DecisionState::None) {
            row.value.reason = static_cast<int>(m_state->decision(ref)->reason);
        }
        row.value.source = source;
        if (m_grouping == Grouping::None) {
            items.push_back(std::move(row));
            continue;
        }
        GroupKey group = groupOf(finding, m_grouping);
        if (items.empty() || items.back().key != group.id) {
            items.push_back({std::move(group.id), {}, {}});
            items.back().value.group = true;
            items.back().value.ref = ref;
            items.back().value.worst = finding.severity;
        }
        FindingRow& head = items.back().value;
        ++head.count;
        head.settled += row.value.standing == review::DecisionState::Active ? 1 : 0;
        head.worst = std::max(head.worst, finding.severity);
        items.back().children.push_back(std::move(row));
    }
    assign(std::move(items));
}

QModelIndex FindingListModel::indexOf(const FindingRef& ref) const
{
    return findIndex([&ref](const FindingRow& row) { return !row.group && row.ref == ref; });
}

QVariant FindingListModel::valueData(const FindingRow& row, int column, int role) const
{
    const Finding* finding = m_state ? m_state->finding(row.ref) : nullptr;
    if (finding == nullptr || column != 0) {
        return {}; // between a change of the state and the next sync
    }
    switch (role) {
    case GroupRole:
        return row.group;
    case SeverityRole:
        return static_cast<int>(row.group ? row.worst : finding->severity);
    case CountRole:
        return static_cast<int>(row.count);
    case OpenRole:
        return static_cast<int>(row.count - row.settled);
    case SettledRole:
        return row.group ? row.count == row.settled : row.standing == review::DecisionState::Active;
    case DecisionRole:
        return decisionText(row);
    case CurrentRole:
        return !row.group && m_state->current() == row.ref;
    case RuleRole: // the group's name says it already
        return m_grouping == Grouping::Rule ? QString() : shownText(finding->rule);
    default:
        return row.group ? groupData(row, *finding, role) : findingData(row, *finding, role);
    }
}

QString FindingListModel::decisionText(const FindingRow& row) const
{
    const review::Decision* decision = row.group ? nullptr : m_state->decision(row.ref);
    return decision ? decisionMark(m_state->decisionState(row.ref), *decision) : QString();
}

QVariant FindingListModel::groupData(const FindingRow& row, const Finding& finding, int role) const
{
    const auto name = [&]() -> QString {
        switch (m_grouping) {
        case Grouping::File:
            return shownPath(m_state->workspace(), finding.location.artifact);
        case Grouping::Rule:
            return shownText(finding.rule);
        default:
            return groupOf(finding, m_grouping).name;
        }
    };
    const auto note = [&]() -> QString {
        return m_grouping == Grouping::Cell && m_severalFiles ? shownFileName(finding.location.artifact) : QString();
    };
    switch (role) {
    case Qt::DisplayRole:
        return name();
    case NoteRole:
        return note();
    case KeyRole:
        return QString::fromStdString(groupOf(finding, m_grouping).id);
    case Qt::ToolTipRole:
        return m_grouping == Grouping::File ? shownText(finding.location.artifact) : QVariant();
    case Qt::AccessibleTextRole: {
        const QString where = note().isEmpty() ? name() : name() + QStringLiteral(", ") + note();
        return (row.count == 1 ? Words::tr("%1, one finding")
                               : Words::tr("%1, %n findings", nullptr, static_cast<int>(row.count)))
            .arg(where);
    }
    default:
        return {};
    }
}

QString FindingListModel::place(const Finding& finding) const
{
    const QString human = shownText(finding.location.human);
    if (!m_severalFiles || m_grouping == Grouping::File || m_grouping == Grouping::Cell) {
        return human;
    }
    const QString file = shownFileName(finding.location.artifact);
    return human.isEmpty() ? file : human + QStringLiteral(" · ") + file;
}

QVariant FindingListModel::findingData(const FindingRow& row, const Finding& finding, int role) const
{
    const QString title = shownText(finding.title);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case PlaceRole:
        return place(finding);
    case Qt::ToolTipRole:
        return Words::tr("%1\n%2, %3\n%4, %5")
            .arg(title, word(finding.severity), word(finding.confidence), shownText(finding.rule),
                shownText(finding.location.human.empty() ? finding.location.artifact
                                                         : finding.location.artifact + ", " + finding.location.human));
    case Qt::AccessibleTextRole:
        return Words::tr("%1: %2. %3, %4", "severity, title, rule, place")
                   .arg(word(finding.severity), title, shownText(finding.rule), place(finding))
            + (decisionText(row).isEmpty() ? QString() : QStringLiteral(". ") + decisionText(row));
    case Qt::AccessibleDescriptionRole:
        return shownText(finding.message);
    default:
        return {};
    }
}

} // namespace cupel::widgets
