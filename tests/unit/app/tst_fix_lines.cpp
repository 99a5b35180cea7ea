// SPDX-License-Identifier: GPL-3.0-or-later
// How many lines Share says will change is what a comparison of the two files counts.
#include "analyzers/base/line_diff.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/fixes/plan.h"
#include "app/session/fixing.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>

#include <memory>
#include <string>

using namespace cupel;
using namespace cupel::app;

namespace {

AnalysisPtr analysisOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    Artifact artifact;
    artifact.path = path.toStdString();
    artifact.bytes = std::make_shared<const std::string>(file.readAll().toStdString());
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

// With every edit there is.
widgets::FixOutcomePtr allOf(const AnalysisPtr& analysis)
{
    FixRequest request;
    request.analysis = analysis;
    request.profile = *review::builtInProfile("public");
    request.options.keepBytes = true;
    fixes::Pseudonyms names;
    Budget budget;
    const auto plan = fixes::makePlan(analysis, names, budget);
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        request.choices[widgets::FixState::keyOf(plan, i)] = true;
    }
    return workOutFix(request, {});
}

// Lines of the old file that are not in the new one.
std::size_t linesGone(const widgets::FixOutcome& outcome)
{
    std::size_t count = 0;
    const auto before = outcome.before->artifact.view();
    const auto after = outcome.after->artifact.view();
    for (const auto& run : diffLines(splitLines(before), splitLines(after), 100'000)) {
        count += run.kind == DiffRun::Kind::Removed ? run.count : 0;
    }
    return count;
}

} // namespace

class FixLinesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theyAreThoseOfAComparison()
    {
        int changed = 0;
        for (const char* folder :
            {"/tests/golden/rules/outputs", "/tests/golden/rules/pii", "/resources/samples/churn/notebooks"}) {
            const QDir dir(QStringLiteral(CUPEL_SOURCE_DIR) + QLatin1String(folder));
            for (const auto& name : dir.entryList({QStringLiteral("*.ipynb")}, QDir::Files, QDir::Name)) {
                const auto analysis = analysisOf(dir.filePath(name));
                QVERIFY(analysis);
                const auto outcome = allOf(analysis);
                if (!outcome || !outcome->after) {
                    continue; // nothing to change
                }
                QVERIFY2(outcome->changedLines == linesGone(*outcome),
                    qPrintable(QStringLiteral("%1: %2 told, %3 gone")
                            .arg(name)
                            .arg(outcome->changedLines)
                            .arg(linesGone(*outcome))));
                changed += outcome->changedLines > 0 ? 1 : 0;
            }
        }
        QVERIFY(changed >= 20);
    }
};

QTEST_GUILESS_MAIN(FixLinesTest)
#include "tst_fix_lines.moc"
