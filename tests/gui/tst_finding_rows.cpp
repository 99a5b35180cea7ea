// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the findings list that come and go with a new scan: the current finding stays the one that is chosen.
#include "tests/models/made_analysis.h"
#include "widgets/common/style.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/findings/findings_view.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace cupel;
using namespace cupel::widgets;

namespace {

AnalysisPtr scanned(bool whole)
{
    using test::MadeFinding;
    const MadeFinding first{"CUP-ORD-HIDDEN-RUNS", Severity::High, Confidence::Certain, 1, "Runs are missing"};
    const MadeFinding second{"CUP-SEC-GITHUB-PAT", Severity::High, Confidence::Certain, 2, "A token"};
    const MadeFinding third{"CUP-SEC-KAGGLE", Severity::High, Confidence::Certain, 3, "A key"};
    auto made =
        whole ? test::makeAnalysis("a.ipynb", {first, second, third}) : test::makeAnalysis("a.ipynb", {second, third});
    auto out = std::make_shared<Analysis>(*made);
    for (auto& finding : out->findings) {
        finding.fingerprint = finding.rule; // wherever it stands
    }
    return out;
}

} // namespace

class FindingRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    void oneRowStaysChosenWhenOthersComeAndGo()
    {
        ReviewState state;
        FindingsView view(&state);
        view.show();
        state.insert({scanned(true)});
        QTest::qWait(10);
        auto& tree = *view.findChild<FindingTree*>();
        const auto chosen = [&] {
            QTest::qWait(10);
            const auto refs = tree.chosen();
            return refs.size() == 1 && state.current() && refs.front() == *state.current()
                ? QString::fromStdString(state.finding(refs.front())->rule)
                : QStringLiteral("%1 rows").arg(refs.size());
        };
        state.setCurrent(FindingRef{"a.ipynb", 2});
        QCOMPARE(chosen(), QStringLiteral("CUP-SEC-KAGGLE"));
        for (const bool whole : {false, true, false, true}) {
            state.insert({scanned(whole)});
            QCOMPARE(chosen(), QStringLiteral("CUP-SEC-KAGGLE"));
        }
    }
};

QTEST_MAIN(FindingRowsTest)
#include "tst_finding_rows.moc"
