// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/artifact_model.h"

#include "analyzers/model/notes.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <numeric>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ArtifactModel)
public:
    static QString status(const ArtifactRow& row)
    {
        switch (row.status) {
        case ReadStatus::Partial:
            return tr("partly read");
        case ReadStatus::Unreadable:
            return tr("not readable");
        case ReadStatus::Complete:
            break;
        }
        return row.judged ? QString() : tr("partly judged");
    }

    // "2 critical, 1 high": the worst first.
    static QString counts(const ArtifactRow& row)
    {
        QStringList parts;
        for (int i = static_cast<int>(Severity::Critical); i >= 0; --i) {
            const auto count = row.bySeverity[static_cast<std::size_t>(i)];
            if (count > 0) {
                parts << QStringLiteral("%1 %2").arg(count).arg(word(static_cast<Severity>(i)).toLower());
            }
        }
        return parts.isEmpty() ? tr("no findings") : parts.join(QStringLiteral(", "));
    }
};

int worst(const ArtifactRow& row)
{
    for (int i = static_cast<int>(Severity::Critical); i >= 0; --i) {
        if (row.bySeverity[static_cast<std::size_t>(i)] > 0) {
            return i;
        }
    }
    return -1;
}

} // namespace

std::size_t ArtifactRow::count() const
{
    return std::accumulate(bySeverity.begin(), bySeverity.end(), std::size_t{0});
}

ArtifactModel::ArtifactModel(ReviewState* state, QObject* parent)
    : TreeModel(parent)
    , m_state(state)
{
    connect(state, &ReviewState::workspaceChanged, this, [this] { scheduleSync(); });
    sync();
}

void ArtifactModel::sync()
{
    if (!m_state) {
        return;
    }
    std::vector<Item> items;
    for (const auto& [path, analysis] : m_state->workspace().analyses) {
        const auto& notes = analysis->facts.diagnostics;
        const bool judged = std::none_of(notes.begin(), notes.end(), isCodeGap);
        ArtifactRow row{path, analysis->facts.format, analysis->facts.status, {}, judged};
        for (const Finding& finding : analysis->findings) {
            ++row.bySeverity[static_cast<std::size_t>(finding.severity)];
        }
        items.push_back({path, std::move(row), {}});
    }
    assign(std::move(items));
}

QModelIndex ArtifactModel::indexOf(const std::string& path) const
{
    return findIndex([&path](const ArtifactRow& row) { return row.path == path; });
}

QVariant ArtifactModel::valueData(const ArtifactRow& row, int, int role) const
{
    const QString name = m_state ? shownPath(m_state->workspace(), row.path) : QString();
    const QString status = Words::status(row);
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        const QString counts =
            status.isEmpty() ? Words::counts(row) : status + QStringLiteral(", ") + Words::counts(row);
        return role == Qt::ToolTipRole ? shownText(row.path) + u'\n' + counts : counts;
    }
    case Qt::AccessibleTextRole:
        return status.isEmpty() ? name + QStringLiteral(", ") + Words::counts(row)
                                : name + QStringLiteral(", ") + status + QStringLiteral(", ") + Words::counts(row);
    case PathRole:
        return QString::fromStdString(row.path);
    case CountRole:
        return static_cast<int>(row.count());
    case WorstRole:
        return worst(row);
    case StatusRole:
        return static_cast<int>(row.status);
    case StatusTextRole:
        return status;
    default:
        return {};
    }
}

} // namespace cupel::widgets
