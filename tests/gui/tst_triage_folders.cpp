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

private:
    [[nodiscard]] bool open(Workbench& bench, const QString& path) const;
    // Findings of the file that somebody decided about; one more is decided then, if `decide`.
    int decided(const QString& path, bool decide = true) const;
    [[nodiscard]] QString project() const { return m_folder->filePath(QStringLiteral("project")); }
    [[nodiscard]] QString file() const { return project() + QStringLiteral("/a.ipynb"); }
    [[nodiscard]] QString decisionsFile() const { return project() + QStringLiteral("/.cupel/decisions.jsonl"); }
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

void TriageFoldersTest::whatIsDecidedGoesAlongWithACopy()
{
    test::write(file(), people());
    const QString inside = project() + QStringLiteral("/copies/a.public.ipynb");
    const QString outside = m_folder->filePath(QStringLiteral("elsewhere/a.public.ipynb"));
    test::write(inside, {});
    test::write(outside, {});
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench, project()));
    auto& review = bench.session.review();
    std::vector<FindingRef> untold;
    for (const auto& ref : review.visible()) {
        if (ref.artifact == file().toStdString() && review.finding(ref)->values == "-") {
            untold.push_back(ref);
        }
    }
    QVERIFY(untold.size() >= 3);
    const auto all = static_cast<int>(untold.size());
    const widgets::TriageAnswer answer{
        review::Reason::AcceptedRisk, QStringLiteral("made up"), QStringLiteral("Ada"), {}};
    QVERIFY(bench.session.triage().decide(untold, answer).why.isEmpty());
    review.setCurrent(untold.front());
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    auto& fixes = bench.session.fixing().state();
    const auto ready = [&fixes] { return fixes.outcome() && !fixes.working(); };
    QVERIFY(QTest::qWaitFor(ready, 20'000));
    const auto& after = *fixes.outcome()->after;
    const auto counted = std::count_if(after.findings.begin(), after.findings.end(),
        [&fixes](const Finding& finding) { return fixes.decisions()->settles(finding); });
    QCOMPARE(static_cast<int>(counted), all);

    // Beside it they count as they do in "After"; undo takes that back.
    QCOMPARE(bench.session.fixing().writeCopy(inside), QString());
    QCOMPARE(bench.session.fixing().askedAgain(), 0);
    QVERIFY(!test::read(inside).contains("lindqvist"));
    QTRY_COMPARE(test::read(decisionsFile()).count('\n'), 2 * all);
    QTRY_COMPARE_WITH_TIMEOUT(decided(inside, false), all, 20'000); // who said yes to them is written by a worker
    QCOMPARE(decided(file(), false), all);
    bench.session.undo().undo();
    QTRY_COMPARE(test::read(decisionsFile()).count('\n'), all);

    // Where nobody reads them the copy is asked about, and that is said.
    QVERIFY(QTest::qWaitFor(ready, 20'000));
    QCOMPARE(bench.session.fixing().writeCopy(outside), QString());
    QCOMPARE(bench.session.fixing().askedAgain(), all);
    QCOMPARE(decided(outside, false), 0);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("elsewhere/.cupel"))));
    widgets::WrittenBand band;
    band.setFile({outside, file(), true, true, 0, 0, 0, 2, {}});
    QVERIFY(band.text().contains(QStringLiteral("asked about again")));
}

QTEST_MAIN(TriageFoldersTest)
#include "tst_triage_folders.moc"
