// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/coverage.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/rules/rule_set.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <algorithm>

namespace cupel::app {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Coverage", text);
}

void addCells(const Analysis& analysis, ReviewCoverage& out)
{
    const formats::NotebookFacts* facts = formats::notebookFacts(analysis.facts);
    if (!facts) {
        return;
    }
    // In a notebook read in part, only what has a region was seen by the rules.
    const bool complete = analysis.facts.status == ReadStatus::Complete;
    for (const formats::Cell& cell : facts->cells) {
        ++out.cells;
        out.cellsChecked += complete || cell.source >= 0 ? 1 : 0;
        for (const formats::Output& output : cell.outputs) {
            ++out.outputs;
            out.outputsChecked += complete || !output.regions.empty() ? 1 : 0;
        }
    }
}

} // namespace

ReviewCoverage measureCoverage(const Workspace& workspace, const widgets::ReviewState& state)
{
    ReviewCoverage out;
    for (const auto& [path, analysis] : workspace.analyses) {
        ++out.files;
        out.members += analysis->artifact.parent.empty() ? 0 : 1;
        out.filesComplete += analysis->facts.status == ReadStatus::Complete ? 1 : 0;
        out.rules = std::max(out.rules, analysis->rulesRun);
        const auto* standings = state.standings(path);
        for (std::size_t i = 0; i < analysis->findings.size(); ++i) {
            if (standings && (*standings)[i].state == review::DecisionState::Active) {
                ++out.settled;
            } else {
                ++out.bySeverity[static_cast<std::size_t>(analysis->findings[i].severity)];
            }
        }
        addCells(*analysis, out);
    }
    if (out.files > 0 && out.rules == 0) {
        out.rules = rules::catalogueSize(); // every rule looks at every file
    }
    return out;
}

QString coverageText(const ReviewCoverage& coverage)
{
    const auto ratio = [](std::uint64_t part, std::uint64_t whole) {
        const QLocale locale;
        return locale.toString(static_cast<qulonglong>(part)) + u'/' + locale.toString(static_cast<qulonglong>(whole));
    };
    QStringList parts;
    if (coverage.files > 1 || coverage.cells == 0) {
        // One way to count for the sum, the button beside it and its list: what was read to its end, of all there is.
        parts += (coverage.members > 0 ? translated("%1 files and members") : translated("%1 files"))
                     .arg(ratio(coverage.filesComplete, coverage.files));
    }
    if (coverage.cells > 0) {
        parts += translated("%1 cells").arg(ratio(coverage.cellsChecked, coverage.cells));
        parts += translated("%1 outputs").arg(ratio(coverage.outputsChecked, coverage.outputs));
    }
    const QString all = parts.join(QStringLiteral(", "));
    return coverage.lost > 0 ? translated("%1 checked; %2 not on disk any more")
                                   .arg(all, QLocale().toString(static_cast<qulonglong>(coverage.lost)))
                             : translated("%1 checked").arg(all);
}

} // namespace cupel::app
