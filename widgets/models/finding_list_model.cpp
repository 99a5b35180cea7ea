// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/finding_list_model.h"

#include "widgets/common/severity.h"
#include "widgets/models/decision_words.h"
#include "widgets/models/finding_groups.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <utility>

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

// What is known about an artifact: its findings mostly stand together.
class Lookup {
public:
    explicit Lookup(const ReviewState& state)
        : m_state(state)
    {
    }
    void go(const std::string& artifact)
    {
        if (!m_artifact || *m_artifact != artifact) {
            source = m_state.analysis(artifact).get();
            m_standings = m_state.standings(artifact);
            m_artifact = &artifact;
        }
    }
    void tell(FindingRow& row) const
    {
        const bool within = m_standings && row.ref.index < m_standings->size();
        const auto known = within ? (*m_standings)[row.ref.index] : FindingDecision();
        row.standing = known.state;
        row.reason = known.decision ? static_cast<int>(known.decision->reason) : -1;
    }
    const Analysis* source = nullptr;

private:
    const ReviewState& m_state;
    const std::string* m_artifact = nullptr;
    const std::vector<FindingDecision>* m_standings = nullptr;
};

bool settles(const FindingRow& row)
{
    return row.standing == review::DecisionState::Active;
}

} // namespace

FindingListModel::FindingListModel(ReviewState* state, QObject* parent)
    : TreeModel(parent)
    , m_state(state)
{
    connect(state, &ReviewState::visibleChanged, this, [this] { scheduleSync(); });
    connect(state, &ReviewState::decisionsChanged, this, &FindingListModel::followDecisions);
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
    seen.reserve(m_state->visible().size());
    Lookup lookup(*m_state);
    for (const FindingRef& ref : m_state->visible()) {
        lookup.go(ref.artifact);
        const Finding& finding = lookup.source->findings[ref.index];
        Item row{findingKey(finding, seen), {}, {}};
        row.value.ref = ref;
        row.value.worst = finding.severity;
        lookup.tell(row.value);
        row.value.source = lookup.source;
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
        head.settled += settles(row.value) ? 1 : 0;
        head.worst = std::max(head.worst, finding.severity);
        items.back().children.push_back(std::move(row));
    }
    assign(std::move(items));
}

// Rows stay where they are: only what they tell changes.
void FindingListModel::followDecisions()
{
    if (!m_state || syncPending()) {
        return; // which takes it over with the rest
    }
    Lookup lookup(*m_state);
    changeValues([&lookup](FindingRow& row, FindingRow* group) {
        if (row.group) {
            return true; // counts its open ones
        }
        const bool settled = settles(row);
        const auto before = std::pair(row.standing, row.reason);
        lookup.go(row.ref.artifact);
        lookup.tell(row);
        if (group) {
            group->settled += settles(row) ? 1 : 0;
            group->settled -= settled ? 1 : 0;
        }
        return std::pair(row.standing, row.reason) != before;
    });
}

QModelIndex FindingListModel::indexOf(const FindingRef& ref) const
{
    return findIndex([&ref](const FindingRow& row) { return !row.group && row.ref == ref; });
}

// A view that unfolds everything need not open each finding to see that nothing is in it.
Qt::ItemFlags FindingListModel::valueFlags(const FindingRow& row) const
{
    const Qt::ItemFlags flags = TreeModel::valueFlags(row);
    return row.group ? flags : flags | Qt::ItemNeverHasChildren;
}

QVariant FindingListModel::valueData(const FindingRow& row, int column, int role) const
{
    if (role == GroupRole && column == 0) { // asked for the height of every row
        return row.group;
    }
    const Finding* finding = m_state ? m_state->finding(row.ref) : nullptr;
    if (finding == nullptr || column != 0) {
        return {}; // between a change of the state and the next sync
    }
    switch (role) {
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
        return m_grouping == Grouping::Cell && m_severalFiles
            ? shownPath(m_state->workspace(), finding.location.artifact)
            : QString();
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
    const QString file =
        m_state ? shownPath(m_state->workspace(), finding.location.artifact) : shownFileName(finding.location.artifact);
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
