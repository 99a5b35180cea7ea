// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/made_analysis.h"
#include "widgets/models/finding_groups.h"
#include "widgets/models/review_state.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::widgets;
using test::MadeFinding;

namespace {

std::vector<AnalysisPtr> twoFiles()
{
    return {
        test::makeAnalysis("b.ipynb",
            {{"CUP-B", Severity::Low, Confidence::Certain, 2}, {"CUP-A", Severity::Critical, Confidence::Likely, 3}}),
        test::makeAnalysis("a.ipynb",
            {{"CUP-A", Severity::High, Confidence::Possible, 1},
                {"CUP-C", Severity::Critical, Confidence::Certain, 1}})};
}

QStringList order(const ReviewState& state)
{
    QStringList list;
    for (const FindingRef& ref : state.visible()) {
        list << QString::fromStdString(ref.artifact.substr(0, 1) + std::to_string(ref.index));
    }
    return list;
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

class ReviewStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsOrderTheList()
    {
        ReviewState state;
        state.insert(twoFiles());
        QCOMPARE(state.total(), std::size_t{4});
        QCOMPARE(order(state), words("a1 b1 a0 b0"));
        state.setGrouping(Grouping::File);
        QCOMPARE(order(state), words("a0 a1 b0 b1"));
        state.setGrouping(Grouping::Rule);
        QCOMPARE(order(state), words("a0 b1 a1 b0"));
        state.setGrouping(Grouping::Cell);
        QCOMPARE(order(state), words("a0 a1 b0 b1"));
        state.setGrouping(Grouping::None);
        QCOMPARE(order(state), words("a0 a1 b0 b1"));
    }

    // Copies of a file hold the same findings: what is decided about one holds for all.
    void equalFindingsOfOtherFilesAreCounted()
    {
        const auto files = twoFiles();
        auto copy = std::make_shared<Analysis>(*files.front());
        copy->artifact.path = "copy.ipynb";
        ReviewState state;
        state.insert({files[0], files[1], copy});
        QCOMPARE(state.equalsOf({FindingRef{"b.ipynb", 0}, FindingRef{"b.ipynb", 1}}), std::size_t{2});
        QCOMPARE(state.equalsOf({FindingRef{"b.ipynb", 0}, FindingRef{"copy.ipynb", 0}}), std::size_t{0});
        QCOMPARE(state.equalsOf({FindingRef{"a.ipynb", 0}}), std::size_t{0});
        QCOMPARE(state.equalsOf({}), std::size_t{0});
    }

    void theOrderDoesNotDependOnArrival()
    {
        for (const Grouping grouping :
            {Grouping::Severity, Grouping::File, Grouping::Rule, Grouping::Cell, Grouping::None}) {
            const auto files = test::makeMany(200, 7);
            ReviewState forward;
            ReviewState backward;
            forward.setGrouping(grouping);
            backward.setGrouping(grouping);
            forward.insert(files);
            for (auto file = files.rbegin(); file != files.rend(); ++file) {
                backward.insert({*file});
            }
            QCOMPARE(order(forward), order(backward));
        }
    }

    void aQueryFilters()
    {
        ReviewState state;
        state.insert(twoFiles());
        QSignalSpy changed(&state, &ReviewState::visibleChanged);
        state.setQuery(QStringLiteral("sev>=high rule:A"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(order(state), words("b1 a0"));
        QVERIFY(state.isVisible({"b.ipynb", 1}));
        QVERIFY(!state.isVisible({"a.ipynb", 1}));
        QCOMPARE(state.queryEcho(), QStringLiteral("High or worse, rule contains “A”"));
        QCOMPARE(state.count(FindingQuery::parse(QStringLiteral("sev=critical"))), std::size_t{2});
    }

    void aBrokenQueryFiltersByWhatIsUnderstood()
    {
        ReviewState state;
        state.insert(twoFiles());
        state.setQuery(QStringLiteral("sev=low conf>=lkely"));
        QVERIFY(!state.queryValid());
        QVERIFY(!state.queryError().isEmpty());
        QCOMPARE(order(state), words("b0"));
    }

    void nextAndPreviousFollowTheFilterAndWrap()
    {
        ReviewState state;
        state.insert(twoFiles());
        QVERIFY(!state.next());
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 1}));
        QCOMPARE(state.currentArtifact(), std::string("a.ipynb"));
        QVERIFY(!state.next());
        QCOMPARE(*state.current(), (FindingRef{"b.ipynb", 1}));
        QCOMPARE(state.currentArtifact(), std::string("b.ipynb"));
        QVERIFY(!state.next());
        QVERIFY(!state.next());
        QVERIFY(state.next());
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 1}));
        QVERIFY(state.previous());
        QCOMPARE(*state.current(), (FindingRef{"b.ipynb", 0}));
        // Filtered away: what is shown of the same file is current at once.
        state.setCurrent(FindingRef{"a.ipynb", 0});
        state.setQuery(QStringLiteral("sev=critical"));
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 1}));
        QVERIFY(!state.next());
        QCOMPARE(*state.current(), (FindingRef{"b.ipynb", 1}));
        QVERIFY(!state.previous());
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 1}));
        state.setQuery(QStringLiteral("nothing-has-this"));
        QVERIFY(!state.next());
        QVERIFY(!state.current()); // nobody sees it: nobody explains it
        state.setQuery({});
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 1}));
    }

    void whatIsFilteredAwayIsNotCurrent()
    {
        ReviewState state;
        state.insert(twoFiles());
        state.setCurrent(FindingRef{"a.ipynb", 0});
        state.setQuery(QStringLiteral("sev=critical"));
        QVERIFY(state.current() && state.isVisible(*state.current()));
        QVERIFY(*state.current() != (FindingRef{"a.ipynb", 0}));
        state.setQuery({}); // nobody chose another one meanwhile
        QCOMPARE(*state.current(), (FindingRef{"a.ipynb", 0}));
        state.setQuery(QStringLiteral("sev=critical"));
        const auto chosen = state.visible().back();
        state.setCurrent(chosen);
        state.setQuery({});
        QCOMPARE(*state.current(), chosen);
        state.showArtifact("a.ipynb");
        QCOMPARE(state.current()->artifact, std::string("a.ipynb"));
        state.showArtifact("b.ipynb");
        QCOMPARE(state.current()->artifact, std::string("b.ipynb"));
    }

    void theCurrentFindingSurvivesANewScan()
    {
        ReviewState state;
        state.insert(twoFiles());
        state.setCurrent(FindingRef{"b.ipynb", 1});
        auto again = std::make_shared<Analysis>(*state.analysis("b.ipynb"));
        again->findings.erase(again->findings.begin());
        QSignalSpy changed(&state, &ReviewState::currentChanged);
        state.insert({again});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(*state.current(), (FindingRef{"b.ipynb", 0}));
        QCOMPARE(state.total(), std::size_t{3});
        again = std::make_shared<Analysis>(*again);
        again->findings.clear();
        state.insert({again});
        QVERIFY(!state.current());
        state.remove({"b.ipynb"});
        QCOMPARE(state.total(), std::size_t{2});
        state.clear();
        QVERIFY(state.visible().empty());
        QVERIFY(state.currentArtifact().empty());
    }

    void whatIsNotThereIsRefused()
    {
        ReviewState state;
        state.insert(twoFiles());
        state.setCurrent(FindingRef{"a.ipynb", 7});
        QVERIFY(!state.current());
        state.setCurrentArtifact("none.ipynb");
        QCOMPARE(state.currentArtifact(), std::string("a.ipynb"));
        QVERIFY(state.finding({"none.ipynb", 0}) == nullptr);
        state.insert({nullptr});
        QCOMPARE(state.total(), std::size_t{4});
    }

    void tenThousandFindings()
    {
        ReviewState state;
        QElapsedTimer timer;
        timer.start();
        for (const AnalysisPtr& file : test::makeMany(10'000, 10'000)) {
            state.insert({file});
        }
        qInfo("10,000 inserts: %lld ms", timer.restart());
        for (const Grouping grouping :
            {Grouping::File, Grouping::Rule, Grouping::Cell, Grouping::None, Grouping::Severity}) {
            timer.restart();
            state.setGrouping(grouping);
            QCOMPARE(state.visible().size(), std::size_t{10'000});
            qInfo("regroup: %lld ms", timer.elapsed());
        }
        timer.restart();
        state.setQuery(QStringLiteral("sev>=high conf>=likely service rule:SEC*"));
        QVERIFY(!state.visible().empty());
        qInfo("filter: %lld ms", timer.elapsed());
    }
};

QTEST_GUILESS_MAIN(ReviewStateTest)
#include "tst_review_state.moc"
