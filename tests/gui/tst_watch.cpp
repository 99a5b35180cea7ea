// SPDX-License-Identifier: GPL-3.0-or-later
// A window whose files change on disk: only they are scanned again, one notice says what came of it, and filter,
// selection, page and current cell stay where the user left them.
#include "shell_bench.h"

#include "app/session/fixing.h"
#include "app/session/triage.h"
#include "app/session/watching.h"
#include "widgets/common/labels.h"
#include "widgets/models/review_state.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::Workbench;

namespace {

QByteArray secretOf(int number)
{
    return "db_" + QByteArray::number(number) + " = \\\"postgresql://svc:Zq8rT2vLw9xB" + QByteArray::number(number)
        + "@db.corp.net/x\\\"\\n";
}

QByteArray cell(int number, bool secret)
{
    const auto id = QByteArray::number(number);
    const auto code =
        (secret ? secretOf(number) : QByteArray()) + "value_" + id + " = " + id + "\\nprint(value_" + id + ")";
    return "{\"cell_type\":\"code\",\"execution_count\":null,\"id\":\"cell-" + id
        + "\",\"metadata\":{},\"outputs\":[],\"source\":\"" + code + "\"}";
}

QByteArray notebook(const QList<QByteArray>& cells)
{
    return "{\"cells\":[\n" + cells.join(",\n")
        + "\n],\"metadata\":{\"language_info\":{\"name\":\"python\"}},\"nbformat\":4,\"nbformat_minor\":5}\n";
}

// Every tenth cell holds a secret.
QList<QByteArray> cells(int count)
{
    QList<QByteArray> out;
    for (int i = 0; i < count; ++i) {
        out += cell(i, i % 10 == 3);
    }
    return out;
}

// As editors save.
void replace(const QString& path, const QByteArray& bytes)
{
    QFile file(path + QStringLiteral("~"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    std::filesystem::rename(file.fileName().toStdString(), path.toStdString());
}

struct Watched {
    explicit Watched(const QString& data)
        : bench(data)
        , taken(&bench.session.watching(), &Watching::taken)
        , notices(&bench.session, &Session::notice)
    {
    }
    bool open(const QString& path)
    {
        QSignalSpy covered(&bench.session.watching(), &Watching::coverChanged);
        bench.window.open({OpenTarget{path, {}, {}, {}}});
        if (!bench.waitForScan() || !QTest::qWaitFor([&] { return !covered.isEmpty(); }, 10'000)) {
            return false;
        }
        QTest::qWait(700); // files of this very moment are looked at once more
        taken.clear();
        notices.clear();
        return true;
    }
    bool waitFor(int files)
    {
        return QTest::qWaitFor(
            [&] {
                int sum = 0;
                for (const auto& one : taken) {
                    sum += one.front().toInt();
                }
                return sum >= files;
            },
            20'000);
    }
    QString notice() const { return notices.isEmpty() ? QString() : notices.back().front().toString(); }

    Workbench bench;
    QSignalSpy taken;
    QSignalSpy notices;
};

} // namespace

class WatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aSavedFileIsScannedAgain();
    void aChangedFindingIsNeitherNewNorFixed();
    void whatStandsBesideAnEditIsAsCompareSays();
    void theReaderStaysWhereHeIs();
    void filesComeAndGo();
    void aFileThatWasOpenedAloneStays();
    void whatTheUserChoseIsKept();
    void aTouchIsNoNews();
    void itCanBeSwitchedOff();
    void withoutWatchesTheFocusLooks();
    void aFloodDoesNotStopTheWindow();

private:
    [[nodiscard]] QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_data;
};

void WatchTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_data = std::make_unique<QTemporaryDir>();
    replace(file("a.ipynb"), notebook(cells(60)));
    replace(file("b.ipynb"), notebook(cells(20)));
}

void WatchTest::aSavedFileIsScannedAgain()
{
    Watched window(m_data->path());
    QVERIFY(window.open(m_folder->path()));
    auto& review = window.bench.session.review();
    const auto before = review.total();
    const auto other = review.analysis(file("b.ipynb").toStdString());
    const auto prints = [&] {
        std::set<std::string> out;
        for (const auto& finding : review.analysis(file("a.ipynb").toStdString())->findings) {
            out.insert(finding.fingerprint);
        }
        return out;
    };
    const auto then = prints();
    auto changed = cells(60);
    changed[3] = cell(3, false);
    changed[5].replace("print(", "exec(input(");
    changed[5].replace(")\"}", "))\"}");
    replace(file("a.ipynb"), notebook(changed));
    QVERIFY(window.waitFor(1));
    const auto now = prints();
    const auto without = [](const auto& a, const auto& b) {
        return std::count_if(a.begin(), a.end(), [&b](const std::string& one) { return b.count(one) == 0; });
    };
    const auto fresh = without(now, then);
    const auto fixed = without(then, now);
    QVERIFY(fresh > 0 && fixed > 0);
    QCOMPARE(review.total(), before + std::size_t(fresh) - std::size_t(fixed));
    QCOMPARE(window.notices.size(), 1);
    QCOMPARE(
        window.notice(), QStringLiteral("a.ipynb changed on disk: %1 finding(s) new, %2 fixed").arg(fresh).arg(fixed));
    QCOMPARE(window.bench.session.log().entries().back().text, window.notice());
    QCOMPARE(review.analysis(file("b.ipynb").toStdString()), other); // only what changed
    QVERIFY(!window.bench.session.busy());
}

// As a comparison of both versions counts it; what somebody had decided about it does not hold any more.
void WatchTest::aChangedFindingIsNeitherNewNorFixed()
{
    Watched window(m_data->path());
    QVERIFY(window.open(m_folder->path()));
    auto& review = window.bench.session.review();
    const std::string path = file("a.ipynb").toStdString();
    const auto inCell = [&](std::uint32_t number) {
        const auto& findings = review.analysis(path)->findings;
        const auto found = std::find_if(findings.begin(), findings.end(),
            [number](const Finding& one) { return one.family == Family::Secret && one.location.cell == number; });
        return widgets::FindingRef{path, std::size_t(found - findings.begin())};
    };
    widgets::TriageAnswer answer;
    answer.reason = review::Reason::AcceptedRisk;
    answer.note = QStringLiteral("only in the lab");
    const auto refusal = window.bench.session.triage().decide({inCell(3)}, answer);
    QVERIFY2(!refusal.refused(), qPrintable(refusal.why));
    QTRY_VERIFY(review.decisionState(inCell(3)) == review::DecisionState::Active);
    auto changed = cells(60);
    changed[3].replace("Zq8rT2vLw9xB", "Wk3pN7sHd5yC");
    replace(file("a.ipynb"), notebook(changed));
    QVERIFY(window.waitFor(1));
    QCOMPARE(window.notice(), QStringLiteral("a.ipynb changed on disk: 1 finding(s) changed (1 open again)"));
    changed[13].replace("Zq8rT2vLw9xB", "Wk3pN7sHd5yC");
    changed[23] = cell(23, false);
    window.taken.clear();
    replace(file("a.ipynb"), notebook(changed));
    QVERIFY(window.waitFor(1));
    QCOMPARE(window.notice(), QStringLiteral("a.ipynb changed on disk: 1 finding(s) changed, 1 fixed"));
}

// What a value is known by changes with the words beside it: that it is the same one shows its cell.
void WatchTest::whatStandsBesideAnEditIsAsCompareSays()
{
    auto before = cells(5);
    auto after = before;
    before[4] =
        cell(4, false).replace("value_4 = 4", "contact_of_sales = \\\"martha.lindqvist@nordmail.se\\\"\\nvalue_4 = 4");
    after[4] =
        cell(4, false).replace("value_4 = 4", "reply_goes_to = \\\"martha.lindqvist@nordmail.se\\\"\\nvalue_4 = 4");
    replace(file("a.ipynb"), notebook(before));
    Watched window(m_data->path());
    QVERIFY(window.open(m_folder->path()));
    replace(file("a.ipynb"), notebook(after));
    QVERIFY(window.waitFor(1));
    QCOMPARE(window.notice(), QStringLiteral("a.ipynb changed on disk: the findings are the same"));
}

void WatchTest::theReaderStaysWhereHeIs()
{
    Watched window(m_data->path());
    QVERIFY(window.open(file("a.ipynb")));
    auto& review = window.bench.session.review();
    review.setQuery(QStringLiteral("sev>=medium"));
    review.setCurrent(review.visible()[3]);
    QTest::qWait(100);
    const auto cellOf = [&review] {
        const Finding* finding = review.finding(*review.current());
        const auto* book = formats::notebookFacts(review.analysis(review.current()->artifact)->facts);
        return QString::fromStdString(book->cells[*finding->location.cell].id) + u' '
            + QString::fromStdString(finding->rule);
    };
    const QString selected = cellOf();
    auto* canvas = window.bench.window.findChild<widgets::NotebookCanvas*>();
    QTest::keyClick(canvas, Qt::Key_Escape); // the card stays folded
    canvas->setCurrentItem(20, false);
    canvas->verticalScrollBar()->setValue(canvas->verticalScrollBar()->value() + 140);
    QTest::qWait(100);
    const auto cellAt = [canvas](QPointF point) {
        const int item = canvas->itemAt(point);
        return QString::fromStdString(canvas->document()
                ->notebook()
                ->cells[static_cast<std::size_t>(canvas->document()->items()[static_cast<std::size_t>(item)].cell)]
                .id);
    };
    const QString shown = cellAt(QPointF(60, 40));
    const qreal top = canvas->itemRect(canvas->itemAt(QPointF(60, 40))).top();
    QCOMPARE(canvas->document()->items()[20].cell, 20);

    auto changed = cells(60);
    changed.insert(0, cell(900, true)); // two cells above everything, one of them with a finding
    changed.insert(0, cell(901, false));
    replace(file("a.ipynb"), notebook(changed));
    QVERIFY(window.waitFor(1));
    QTest::qWait(100);
    QCOMPARE(cellAt(QPointF(60, 40)), shown);
    QVERIFY(std::abs(canvas->itemRect(canvas->itemAt(QPointF(60, 40))).top() - top) < 2);
    QCOMPARE(canvas->currentItem(), 22);
    QCOMPARE(review.query(), QStringLiteral("sev>=medium"));
    QVERIFY(review.current());
    QCOMPARE(cellOf(), selected);
}

void WatchTest::filesComeAndGo()
{
    Watched window(m_data->path());
    QVERIFY(window.open(m_folder->path()));
    auto& review = window.bench.session.review();
    const auto before = review.total();
    QVERIFY(QDir().mkpath(file("sub")));
    replace(file("sub/c.ipynb"), notebook({cell(1, true), cell(2, true)}));
    QVERIFY(window.waitFor(1));
    QCOMPARE(window.notice(), QStringLiteral("c.ipynb is new on disk: 2 finding(s)"));
    QCOMPARE(review.total(), before + 2);
    QVERIFY(review.analysis(file("sub/c.ipynb").toStdString()));
    QVERIFY(QFile::remove(file("sub/c.ipynb")));
    QVERIFY(window.waitFor(2));
    QCOMPARE(window.notice(), QStringLiteral("c.ipynb is gone from disk"));
    QCOMPARE(review.total(), before);
}

void WatchTest::aFileThatWasOpenedAloneStays()
{
    Watched window(m_data->path());
    QVERIFY(window.open(file("b.ipynb")));
    auto& review = window.bench.session.review();
    const auto before = review.total();
    QVERIFY(QFile::remove(file("b.ipynb")));
    QVERIFY(window.waitFor(1));
    QCOMPARE(review.total(), before);
    QVERIFY(window.notice().startsWith(QStringLiteral("b.ipynb is not on disk any more")));
    // The sentence goes after a while; what counts as checked stays true.
    QCOMPARE(window.bench.session.coverage().lost, 1U);
    QVERIFY(coverageText(window.bench.session.coverage()).contains(QStringLiteral("1 not on disk any more")));
    replace(file("b.ipynb"), notebook(cells(10)));
    QVERIFY(window.waitFor(2));
    QCOMPARE(window.bench.session.coverage().lost, 0U);
    QVERIFY(review.total() < before);
}

void WatchTest::whatTheUserChoseIsKept()
{
    Watched window(m_data->path());
    QVERIFY(window.open(file("b.ipynb")));
    auto& fixes = window.bench.session.fixing().state();
    window.bench.window.showMode(QStringLiteral("share"));
    QVERIFY(QTest::qWaitFor([&] { return fixes.outcome() != nullptr; }, 20'000));
    QVERIFY(fixes.isOn(0));
    fixes.setOn(0, false);
    QVERIFY(QTest::qWaitFor([&] { return !fixes.working(); }, 20'000));
    const auto choices = fixes.choices();
    auto changed = cells(20);
    changed += cell(77, false);
    replace(file("b.ipynb"), notebook(changed));
    QVERIFY(window.waitFor(1));
    QVERIFY(QTest::qWaitFor([&] { return !fixes.working(); }, 20'000));
    QCOMPARE(fixes.choices(), choices);
    QVERIFY(!fixes.isOn(0));
    QCOMPARE(window.bench.window.mode(), QStringLiteral("share"));
}

void WatchTest::aTouchIsNoNews()
{
    Watched window(m_data->path());
    QVERIFY(window.open(file("b.ipynb")));
    const auto before = window.bench.session.review().analysis(file("b.ipynb").toStdString());
    replace(file("b.ipynb"), notebook(cells(20)));
    QVERIFY(QTest::qWaitFor([&] { return !window.taken.isEmpty(); }, 10'000));
    QVERIFY(window.notices.isEmpty());
    QCOMPARE(window.bench.session.review().analysis(file("b.ipynb").toStdString()), before);
}

void WatchTest::itCanBeSwitchedOff()
{
    Watched window(m_data->path());
    QVERIFY(window.open(file("b.ipynb")));
    QVERIFY(window.bench.settings.set(keys::watchFiles, QStringLiteral("false")));
    const auto before = window.bench.session.review().total();
    replace(file("b.ipynb"), notebook(cells(10)));
    QTest::qWait(1'200);
    QCOMPARE(window.bench.session.review().total(), before);
    QVERIFY(window.bench.settings.set(keys::watchFiles, QStringLiteral("true"))); // and on: all that was missed
    QVERIFY(window.bench.waitForScan());
    QVERIFY(window.bench.session.review().total() < before);
}

void WatchTest::withoutWatchesTheFocusLooks()
{
    Watched window(m_data->path());
    window.bench.session.watching().limitWatches(0);
    QVERIFY(window.open(m_folder->path()));
    const auto& entries = window.bench.session.log().entries();
    QVERIFY(std::any_of(entries.begin(), entries.end(), [](const LogEntry& entry) {
        return entry.level == LogEntry::Level::Warning
            && entry.text.contains(QStringLiteral("1 of 1 folders cannot be watched"));
    }));
    replace(file("b.ipynb"), notebook(cells(10)));
    QTest::qWait(800);
    QVERIFY(window.taken.isEmpty());
    QWidget elsewhere;
    elsewhere.show();
    elsewhere.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&elsewhere));
    window.bench.window.activateWindow();
    QVERIFY(window.waitFor(1));
    QVERIFY(window.notice().startsWith(QStringLiteral("b.ipynb changed on disk: ")));
}

void WatchTest::aFloodDoesNotStopTheWindow()
{
    constexpr int many = 5'000;
    const auto put = [this](int from, const QByteArray& tail) {
        for (int i = 0; i < many; ++i) {
            const QString folder = file("many/%1").arg(i % 50);
            if (i < 50) {
                QDir().mkpath(folder);
            }
            QFile one(folder + QStringLiteral("/%1.py").arg(i));
            QVERIFY(one.open(QIODevice::WriteOnly));
            one.write("value = " + QByteArray::number(i + from) + "\n" + tail);
        }
    };
    put(0, "");
    Watched window(m_data->path());
    QVERIFY(window.open(m_folder->path()));
    QTest::qWait(300);
    put(1, "import os\nos.system(command)\n");
    QTest::qWait(1);
    LoopProbe probe;
    QVERIFY(window.waitFor(many));
    QVERIFY2(window.taken.size() < 10, qPrintable(QString::number(window.taken.size()))); // batches, not files
    QVERIFY(window.notice().contains(QStringLiteral("file(s) changed on disk: ")));
    QVERIFY(window.notices.size() < 10);
    QVERIFY(window.bench.session.log().entries().size() < 60); // not one line for each
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
}

QTEST_MAIN(WatchTest)
#include "tst_watch.moc"
