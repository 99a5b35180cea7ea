// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/made_analysis.h"
#include "widgets/models/artifact_model.h"
#include "widgets/models/finding_list_model.h"
#include "widgets/models/not_checked_model.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::widgets;

class FindingModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsFindingsInGroups()
    {
        ReviewState state;
        FindingListModel model(&state);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        state.insert({test::makeAnalysis("a.ipynb",
            {{"CUP-A", Severity::High, Confidence::Certain, 1, "First"},
                {"CUP-B", Severity::Low, Confidence::Certain, 2, "Second"}})});
        QTRY_COMPARE(model.rowCount(), 2);
        const QModelIndex high = model.index(0, 0);
        QCOMPARE(high.data().toString(), QStringLiteral("High"));
        QCOMPARE(high.data(FindingListModel::CountRole).toInt(), 1);
        const QModelIndex first = model.index(0, 0, high);
        QCOMPARE(first.data().toString(), QStringLiteral("First"));
        QCOMPARE(first.data(FindingListModel::PlaceRole).toString(), QStringLiteral("cell 1, line 1"));
        QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), QStringLiteral("High: First. CUP-A, cell 1, line 1"));
        QCOMPARE(model.indexOf({"a.ipynb", 0}), first);
    }

    void streamingKeepsRows()
    {
        ReviewState state;
        FindingListModel model(&state);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto files = test::makeMany(300, 30);
        state.insert({files.front()});
        model.sync();
        const FindingRef ref = state.visible().front();
        const QPersistentModelIndex kept = model.indexOf(ref);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        for (const AnalysisPtr& file : files) {
            state.insert({file});
            model.sync();
        }
        QCOMPARE(reset.size(), 0);
        QVERIFY(kept.isValid());
        QCOMPARE(model.indexOf(ref), QModelIndex(kept));
        std::size_t rows = 0;
        for (int group = 0; group < model.rowCount(); ++group) {
            rows += static_cast<std::size_t>(model.rowCount(model.index(group, 0)));
        }
        QCOMPARE(rows, state.total());
    }

    void manyChangesInOneTurnAreOneSync()
    {
        ReviewState state;
        FindingListModel model(&state);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy added(&model, &QAbstractItemModel::rowsInserted);
        for (const AnalysisPtr& file : test::makeMany(10'000, 10'000)) {
            state.insert({file});
        }
        QTRY_COMPARE(model.rowCount(), 5);
        QVERIFY(reset.size() + added.size() <= 1);
    }

    void regroupsTenThousandInTime()
    {
        ReviewState state;
        FindingListModel model(&state);
        state.insert(test::makeMany(10'000, 20));
        model.sync();
        for (const Grouping grouping :
            {Grouping::File, Grouping::Rule, Grouping::Cell, Grouping::None, Grouping::Severity}) {
            QElapsedTimer timer;
            timer.start();
            state.setGrouping(grouping);
            model.sync();
            qInfo("regroup with model: %lld ms", timer.elapsed());
        }
    }

    void anOldRowWhoseFindingIsGoneSaysNothing()
    {
        ReviewState state;
        FindingListModel model(&state);
        state.insert({test::makeAnalysis("a.ipynb", {{"CUP-A"}})});
        model.sync();
        const QModelIndex row = model.index(0, 0, model.index(0, 0));
        state.clear();
        QVERIFY(!row.data().isValid()); // before the model caught up
        model.sync();
        QCOMPARE(model.rowCount(), 0);
    }

    void decisionsMoveNoRow()
    {
        ReviewState state;
        FindingListModel model(&state);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        state.insert({test::makeAnalysis("a.ipynb", {{"CUP-A", Severity::High}, {"CUP-B", Severity::High}}),
            test::makeAnalysis("b.ipynb", {{"CUP-A", Severity::High}, {"CUP-C", Severity::Low}})});
        model.sync();
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto decide = [&state](std::initializer_list<const char*> fingerprints) {
            auto set = std::make_shared<review::DecisionSet>();
            set->folders.push_back({"", {}});
            for (const char* fingerprint : fingerprints) {
                review::Decision decision;
                decision.fingerprint = fingerprint;
                set->folders.back().decisions.set(decision);
            }
            state.setDecisions(std::move(set));
        };
        const QModelIndex high = model.index(0, 0);
        const QModelIndex second = model.index(1, 0, high); // CUP-B of a.ipynb
        decide({"CUP-B-200"});
        QVERIFY(second.data(FindingListModel::SettledRole).toBool());
        QCOMPARE(second.data(FindingListModel::DecisionRole).toString(), QStringLiteral("Accepted risk"));
        QCOMPARE(high.data(FindingListModel::OpenRole).toInt(), 2);
        decide({"CUP-A-100", "CUP-B-200"}); // the first is in both files
        QCOMPARE(high.data(FindingListModel::OpenRole).toInt(), 0);
        QVERIFY(high.data(FindingListModel::SettledRole).toBool());
        decide({});
        QVERIFY(!second.data(FindingListModel::SettledRole).toBool());
        QCOMPARE(high.data(FindingListModel::OpenRole).toInt(), 3);
        QVERIFY(changed.count() > 0);
        QCOMPARE(reset.count() + inserted.count(), 0);
        // What a later sync makes is the same.
        changed.clear();
        model.sync();
        QCOMPARE(changed.count(), 0);
    }

    void namesWhatWasNotChecked()
    {
        ReviewState state;
        NotCheckedModel model(&state);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto broken = std::make_shared<Analysis>();
        broken->artifact.path = "broken.ipynb";
        broken->facts.status = ReadStatus::Partial;
        broken->facts.diagnostics.push_back(
            {"json-truncated", "The file ends early.", 1048576, DiagnosticLevel::Incomplete});
        broken->facts.diagnostics.push_back({"note", "Only a note.", 0, DiagnosticLevel::Note});
        broken->droppedFindings = 3;
        state.insert({broken, test::makeAnalysis("whole.ipynb", {})});
        model.sync();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, NotCheckedModel::WhatColumn).data().toString(), QStringLiteral("The file ends early."));
        state.setOutcome(true, false);
        model.sync();
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.index(0, NotCheckedModel::WhatColumn).data(Qt::AccessibleTextRole).toString().isEmpty());
    }

    void listsFiles()
    {
        ReviewState state;
        ArtifactModel model(&state);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        state.setRoots({"work"});
        state.insert({test::makeAnalysis("work/a.ipynb", {{"CUP-A", Severity::High}, {"CUP-B", Severity::Low}}),
            test::makeAnalysis("work/zoo.zip!b.py", {})});
        model.sync();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("a.ipynb"));
        QCOMPARE(model.index(0, 0).data(ArtifactModel::WorstRole).toInt(), static_cast<int>(Severity::High));
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("a.ipynb, 1 high, 1 low"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("zoo.zip!b.py"));
        QCOMPARE(model.index(1, 0).data(ArtifactModel::WorstRole).toInt(), -1);
    }

    void namesFromFilesDoNotAct()
    {
        QCOMPARE(shownText("a\nb\tc"), QStringLiteral("a b c"));
        QCOMPARE(shownText("\xE2\x80\xAEgpj.exe"), QStringLiteral("\uFFFDgpj.exe"));
        QCOMPARE(shownText("\x1b[31m"), QStringLiteral("\uFFFD[31m"));
        QCOMPARE(shownText("\xff"), QStringLiteral("\uFFFD"));
        Workspace workspace;
        workspace.roots = {"/data/project/", "/data/one.zip"};
        QCOMPARE(shownPath(workspace, "/data/project/x/a.py"), QStringLiteral("x/a.py"));
        QCOMPARE(shownPath(workspace, "/data/one.zip!a.py"), QStringLiteral("one.zip!a.py"));
        QCOMPARE(shownPath(workspace, "/data/one.zip"), QStringLiteral("one.zip"));
        QCOMPARE(shownPath(workspace, "/other/a.py"), QStringLiteral("/other/a.py"));
    }
};

QTEST_GUILESS_MAIN(FindingModelsTest)
#include "tst_finding_models.moc"
