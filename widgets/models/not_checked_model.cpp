// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/not_checked_model.h"

#include "analyzers/model/notes.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NotCheckedModel)
};

// At the very beginning stands what is about all of a file: that says no place.
std::optional<std::uint64_t> placeOf(const Diagnostic& diagnostic)
{
    return diagnostic.offset > 0 ? std::optional(diagnostic.offset) : std::nullopt;
}

std::vector<NotCheckedRow> rowsOf(const std::string& path, const Analysis& analysis)
{
    std::vector<NotCheckedRow> rows;
    for (const Diagnostic& diagnostic : analysis.facts.diagnostics) {
        if (diagnostic.level == DiagnosticLevel::Incomplete) {
            rows.push_back({path, diagnostic.code, shownText(diagnostic.message), placeOf(diagnostic)});
        }
    }
    if (rows.empty() && analysis.facts.status == ReadStatus::Unreadable) {
        rows.push_back({path, "unreadable", Words::tr("The file could not be read."), {}});
    } else if (rows.empty() && analysis.facts.status == ReadStatus::Partial) {
        const Coverage& coverage = analysis.facts.coverage;
        const QLocale locale;
        rows.push_back({path, "partial",
            Words::tr("%1 of %2 bytes were understood.")
                .arg(locale.toString(static_cast<qulonglong>(coverage.understood)),
                    locale.toString(static_cast<qulonglong>(coverage.total))),
            {}});
    }
    for (const Diagnostic& diagnostic : analysis.facts.diagnostics) {
        if (isCodeGap(diagnostic)) {
            rows.push_back({path, diagnostic.code, shownText(diagnostic.message), placeOf(diagnostic)});
        }
    }
    if (analysis.droppedFindings > 0) {
        const int dropped = static_cast<int>(std::min<std::uint64_t>(analysis.droppedFindings, 1'000'000'000));
        rows.push_back({path, "findings-dropped",
            dropped == 1 ? Words::tr("One more finding of the same rule is not listed.")
                         : Words::tr("%n more findings of the same rules are not listed.", nullptr, dropped),
            {}});
    }
    return rows;
}

} // namespace

NotCheckedModel::NotCheckedModel(ReviewState* state, QObject* parent)
    : TreeModel(parent)
    , m_state(state)
{
    connect(state, &ReviewState::workspaceChanged, this, [this] { scheduleSync(); });
    sync();
}

void NotCheckedModel::sync()
{
    if (!m_state) {
        return;
    }
    const Workspace& workspace = m_state->workspace();
    std::vector<Item> items;
    if (workspace.timedOut) {
        items.push_back({"timed-out",
            {{}, "timed-out", Words::tr("The time limit was reached before all files were checked."), {}}, {}});
    } else if (workspace.cancelled) {
        items.push_back(
            {"cancelled", {{}, "cancelled", Words::tr("The scan was stopped before all files were checked."), {}}, {}});
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        int nth = 0;
        for (NotCheckedRow& row : rowsOf(path, *analysis)) {
            std::string key = path + '\n' + std::to_string(nth++);
            items.push_back({std::move(key), std::move(row), {}});
        }
    }
    assign(std::move(items));
}

bool NotCheckedModel::anyOffset() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (index(row, OffsetColumn).data(OffsetRole).isValid()) {
            return true;
        }
    }
    return false;
}

QVariant NotCheckedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case FileColumn:
        return Words::tr("File");
    case WhatColumn:
        return Words::tr("What was not checked");
    case OffsetColumn:
        return Words::tr("At byte");
    default:
        return {};
    }
}

QVariant NotCheckedModel::valueData(const NotCheckedRow& row, int column, int role) const
{
    const QString file =
        row.path.empty() || !m_state ? Words::tr("All files") : shownPath(m_state->workspace(), row.path);
    const QString offset = row.offset ? QLocale().toString(static_cast<qulonglong>(*row.offset)) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return column == FileColumn ? file : column == WhatColumn ? row.what : offset;
    case Qt::AccessibleTextRole:
        if (column == OffsetColumn) {
            return offset.isEmpty() ? Words::tr("no position") : Words::tr("at byte %1").arg(offset);
        }
        return column == FileColumn ? file : row.what;
    case Qt::ToolTipRole:
        return column == FileColumn ? shownText(row.path) : column == WhatColumn ? row.what : offset;
    case Qt::TextAlignmentRole:
        return column == OffsetColumn ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                                      : QVariant();
    case PathRole:
        return QString::fromStdString(row.path);
    case CodeRole:
        return QString::fromStdString(row.code);
    case OffsetRole:
        return row.offset ? QVariant(static_cast<qulonglong>(*row.offset)) : QVariant();
    default:
        return {};
    }
}

} // namespace cupel::widgets
