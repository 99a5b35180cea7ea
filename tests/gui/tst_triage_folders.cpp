// SPDX-License-Identifier: GPL-3.0-or-later
// What was decided is found again whichever part of the files is opened: a file, the folder around it, one below.
#include "shell_bench.h"
#include "triage_bench.h"

#include "app/session/fixing.h"
#include "app/session/triage.h"
#include "widgets/findings/triage_form.h"
#include "widgets/fixes/written_band.h"

#include <QtCore/QTemporaryDir>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::review::DecisionState;
using cupel::test::Workbench;
using cupel::widgets::FindingRef;

namespace {

// Ages and sexes, whose values no digest tells, and an address that Share takes out before they are shown.
QByteArray people()
{
    return R"x({"cells":[{"cell_type":"code","execution_count":1,"id":"a1","metadata":{},"source":["show(frame)"],"outputs":[
{"output_type":"stream","name":"stdout","text":["written by robert.lindqvist@unibe.org\n"]},
{"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/html":["<table><thead><tr><th></th><th>age</th>",
"<th>sex</th><th>diagnosis</th><th>zip</th></tr></thead><tbody><tr><th>0</th><td>34</td><td>female</td><td>asthma</td><td>10115</td></tr>",
"<tr><th>1</th><td>51</td><td>male</td><td>asthma</td><td>10115</td></tr><tr><th>2</th><td>29</td><td>female</td><td>gout</td><td>20095</td></tr>",
"</tbody></table>"]}}]}],"metadata":{},"nbformat":4,"nbformat_minor":5})x";
}

} // namespace

class TriageFoldersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aFileAndTheFolderAroundIt();
    void aFolderBelow();
    void whatIsDecidedGoesAlongWithACopy();
    void whatIsKeptAboutTheCopyStays();

private:
    // Decides about every finding of people() whose values no digest tells, and shows the file in Share. How many.
    int decideAndShare(Workbench& bench, bool decide = true) const;
    [[nodiscard]] static bool shown(Workbench& bench);
    [[nodiscard]] bool open(Workbench& bench, const QString& path) const;
    // Findings of the file that somebody decided about; one more is decided then, if `decide`.
    int decided(const QString& path, bool decide = true) const;
    [[nodiscard]] QString project() const { return m_folder->filePath(QStringLiteral("project")); }
    [[nodiscard]] QString file() const { return project() + QStringLiteral("/a.ipynb"); }
    [[nodiscard]] QString decisionsFile() const { return project() + QStringLiteral("/.cupel/decisions.jsonl"); }
    [[nodiscard]] auto lines() const { return static_cast<int>(test::read(decisionsFile()).count('\n')); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TriageFoldersTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    test::write(file(), test::notebook());
}

bool TriageFoldersTest::open(Workbench& bench, const QString& path) const
{
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    return bench.waitForScan() && QTest::qWaitFor([&bench] { return bench.session.triage().ready(); });
}

int TriageFoldersTest::decided(const QString& path, bool decide) const
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    if (!open(bench, path)) {
        return -1;
    }
    const auto& review = bench.session.review();
    const auto& all = review.visible();
    const auto is = [&review](DecisionState state) {
        return [&review, state](const FindingRef& ref) { return review.decisionState(ref) == state; };
    };
    const auto count = std::count_if(all.begin(), all.end(), is(DecisionState::Active));
    const auto fresh = std::find_if(all.begin(), all.end(), is(DecisionState::None));
    if (decide && fresh != all.end()) {
        const auto before = test::read(decisionsFile()).count('\n');
        const auto refusal = bench.session.triage().decide(
            {*fresh}, {review::Reason::AcceptedRisk, QStringLiteral("only in the lab"), QStringLiteral("Ada"), {}});
        const bool written = refusal.why.isEmpty()
            && QTest::qWaitFor([&] { return test::read(decisionsFile()).count('\n') == before + 1; }, 5'000);
        return written ? static_cast<int>(count) : -1;
    }
    return static_cast<int>(count);
}

void TriageFoldersTest::aFileAndTheFolderAroundIt()
{
    QCOMPARE(decided(file()), 0);
    QCOMPARE(decided(m_folder->path()), 1); // kept below what is open, and written there
    QCOMPARE(decided(project()), 2);
    QCOMPARE(decided(file(), false), 3);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral(".cupel"))));
}

void TriageFoldersTest::aFolderBelow()
{
    const QString below = project() + QStringLiteral("/deeper/b.ipynb");
    test::write(below, test::notebook());
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench, project()));
    const auto& all = bench.session.review().visible();
    const auto inner = std::find_if(
        all.begin(), all.end(), [&below](const FindingRef& ref) { return ref.artifact == below.toStdString(); });
    QVERIFY(inner != all.end());
    QVERIFY(bench.session.triage()
            .decide({*inner}, {review::Reason::WontFix, QStringLiteral("later"), QStringLiteral("Ada"), {}})
            .why.isEmpty());
    QTRY_COMPARE(test::read(decisionsFile()).count('\n'), 1);
    QCOMPARE(decided(project() + QStringLiteral("/deeper")), 1); // kept around what is open
    QCOMPARE(decided(below, false), 2);
    QVERIFY(!QFileInfo::exists(project() + QStringLiteral("/deeper/.cupel")));
}

bool TriageFoldersTest::shown(Workbench& bench)
{
    const auto& fixes = bench.session.fixing().state();
    return QTest::qWaitFor([&fixes] { return fixes.outcome() && !fixes.working(); }, 20'000);
}

int TriageFoldersTest::decideAndShare(Workbench& bench, bool decide) const
{
    auto& review = bench.session.review();
    std::vector<FindingRef> untold;
    for (const auto& ref : review.visible()) {
        if (ref.artifact == file().toStdString() && review.finding(ref)->values == "-") {
            untold.push_back(ref);
        }
    }
    const widgets::TriageAnswer answer{
        review::Reason::AcceptedRisk, QStringLiteral("made up"), QStringLiteral("Ada"), {}};
    if (untold.empty() || (decide && !bench.session.triage().decide(untold, answer).why.isEmpty())) {
        return -1;
    }
    review.setCurrent(untold.front());
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    return shown(bench) ? static_cast<int>(untold.size()) : -1;
}

void TriageFoldersTest::whatIsDecidedGoesAlongWithACopy()
{
    test::write(file(), people());
    const QString inside = project() + QStringLiteral("/copies/a.public.ipynb");
    const QString outside = m_folder->filePath(QStringLiteral("elsewhere/a.public.ipynb"));
    test::write(inside, {});
    test::write(outside, {});
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench, project()));
    const int all = decideAndShare(bench);
    QVERIFY(all >= 3);
    auto& fixes = bench.session.fixing().state();
    const auto ready = [&bench] { return shown(bench); };
    const auto& after = *fixes.outcome()->after;
    const auto counted = std::count_if(after.findings.begin(), after.findings.end(),
        [&fixes](const Finding& finding) { return fixes.decisions()->settles(finding); });
    QCOMPARE(static_cast<int>(counted), all);

    // Beside it they count as they do in "After"; undo takes that back.
    QCOMPARE(bench.session.fixing().writeCopy(inside), QString());
    QCOMPARE(bench.session.fixing().takenAlong().elsewhere, 0);
    QCOMPARE(bench.session.fixing().takenAlong().taken, all);
    QVERIFY(!test::read(inside).contains("lindqvist"));
    QTRY_COMPARE(test::read(decisionsFile()).count('\n'), 2 * all);
    QTRY_COMPARE_WITH_TIMEOUT(decided(inside, false), all, 20'000); // who said yes to them is written by a worker
    QCOMPARE(decided(file(), false), all);
    bench.session.undo().undo();
    QTRY_COMPARE(test::read(decisionsFile()).count('\n'), all);

    // Where nobody reads them the copy is asked about, and that is said.
    QVERIFY(QTest::qWaitFor(ready, 20'000));
    QCOMPARE(bench.session.fixing().writeCopy(outside), QString());
    QCOMPARE(bench.session.fixing().takenAlong().elsewhere, all);
    QCOMPARE(decided(outside, false), 0);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("elsewhere/.cupel"))));
    widgets::WrittenBand band;
    band.setFile({outside, file(), true, true, 0, 0, 0, {0, 2, 0}, {}});
    QVERIFY(band.text().contains(QStringLiteral("asked about again")));
    band.setFile({inside, file(), true, true, 0, 0, 0, {1, 0, 0, 2}, {}}); // all that hold, whatever makes them
    QVERIFY(band.text().contains(QStringLiteral("hold for the copy as well: 3.")));
}

// What was taken away by hand, what has ended and what others wrote is no place to write on.
void TriageFoldersTest::whatIsKeptAboutTheCopyStays()
{
    test::write(file(), people());
    const QString copy = project() + QStringLiteral("/copies/a.public.ipynb");
    test::write(copy, {});
    int all = 0;
    {
        Workbench bench(m_folder->filePath(QStringLiteral("data")));
        QVERIFY(open(bench, project()));
        all = decideAndShare(bench);
        QVERIFY(all >= 3);
        QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
        QTRY_COMPARE(lines(), 2 * all);
        QVERIFY(open(bench, project()));
        auto& review = bench.session.review();
        const auto one = std::find_if(review.visible().begin(), review.visible().end(), [&](const FindingRef& ref) {
            return ref.artifact == copy.toStdString() && review.decisionState(ref) == DecisionState::Active;
        });
        QVERIFY(one != review.visible().end());
        QCOMPARE(bench.session.triage().remove({*one}), QString());
        QTRY_COMPARE(lines(), 2 * all - 1);
        QCOMPARE(decideAndShare(bench, false), all);
        QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
        QCOMPARE(bench.session.fixing().takenAlong().taken, 0);
        QCOMPARE(bench.session.fixing().takenAlong().otherwise, 1);
        QCOMPARE(bench.session.fixing().takenAlong().held, all - 1);
        bench.session.undo().undo(); // of taking it away
        QTRY_COMPARE(lines(), 2 * all);
        QVERIFY(shown(bench));
        QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
        QCOMPARE(bench.session.fixing().takenAlong().otherwise, 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(decided(file(), false), all, 20'000); // who said yes to them is written by a worker
    review::Decisions changed = test::parsed(test::read(decisionsFile()));
    const auto ofCopy = std::find_if(changed.all().begin(), changed.all().end(),
        [](const auto& entry) { return entry.second->artifact == "copies/a.public.ipynb"; });
    QVERIFY(ofCopy != changed.all().end());
    review::Decision ended = *ofCopy->second;
    ended.expires = "2020-01-01";
    changed.set(ended);
    const QByteArray kept = QByteArray::fromStdString(changed.write());
    test::write(decisionsFile(), kept);
    for (const bool used : {false, true}) { // nobody said yes to it; it counts, and has ended
        Workbench bench(m_folder->filePath(QStringLiteral("data")));
        QVERIFY(open(bench, project()));
        QCOMPARE(bench.session.triage().foreign().count, 1);
        if (used) {
            bench.session.triage().useForeign();
        }
        QCOMPARE(decideAndShare(bench, false), all);
        QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
        QCOMPARE(bench.session.fixing().takenAlong().taken, 0);
        QCOMPARE(bench.session.fixing().takenAlong().otherwise, 1);
        QCOMPARE(test::read(decisionsFile()), kept);
    }
    widgets::WrittenBand band;
    band.setFile({copy, file(), true, true, 0, 0, 0, {3, 0, 1}, {}});
    QVERIFY(band.text().contains(QStringLiteral("hold for the copy as well: 3.")));
    QVERIFY(band.text().contains(QStringLiteral("what is kept about the copy itself")));
}

QTEST_MAIN(TriageFoldersTest)
#include "tst_triage_folders.moc"
