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

AnalysisPtr analysisOf(std::string path, std::string bytes)
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
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

// As Jupyter writes it: members that go stand between others, each in lines of its own.
constexpr const char* indented = R"({
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [
    {
     "data": {
      "text/html": [
       "<script>\n",
       "fetch('https://collect.example.net/x')\n",
       "</script>"
      ],
      "text/plain": [
       "<IPython.core.display.HTML object>"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": [
    "x"
   ]
  }
 ],
 "metadata": {
  "authors": [
   {
    "name": "Maria Huber"
   }
  ],
  "kernelspec": {
   "display_name": "Python 3",
   "language": "python",
   "name": "python3"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 4
}
)";

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
                QFile file(dir.filePath(name));
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto outcome = allOf(analysisOf(name.toStdString(), file.readAll().toStdString()));
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

    void linesThatStayAreNotCounted()
    {
        const auto outcome = allOf(analysisOf("a.ipynb", indented));
        QVERIFY(outcome && outcome->after);
        QVERIFY(outcome->changedLines > 0);
        QCOMPARE(outcome->changedLines, linesGone(*outcome));
    }
};

QTEST_GUILESS_MAIN(FixLinesTest)
#include "tst_fix_lines.moc"
