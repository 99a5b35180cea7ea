// SPDX-License-Identifier: GPL-3.0-or-later
// What was decided is found again whichever part of the files is opened: a file, the folder around it, one below.
#include "shell_bench.h"
#include "triage_bench.h"

#include "app/session/triage.h"
#include "widgets/findings/triage_form.h"

#include <QtCore/QTemporaryDir>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::review::DecisionState;
using cupel::test::Workbench;
using cupel::widgets::FindingRef;

class TriageFoldersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aFileAndTheFolderAroundIt();
    void aFolderBelow();

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

QTEST_MAIN(TriageFoldersTest)
#include "tst_triage_folders.moc"
