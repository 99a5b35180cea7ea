// SPDX-License-Identifier: GPL-3.0-or-later
// Five thousand findings decided at once, taken back, hidden, and met again by somebody else: no step may hold the
// event loop for 50 ms.
#include "shell_bench.h"

#include "analyzers/review/decisions.h"
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "widgets/common/foreign_band.h"
#include "widgets/common/style.h"
#include "widgets/findings/findings_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::Turns;
using cupel::test::Workbench;

namespace {

#ifdef NDEBUG
constexpr double longest = 50;
#else
constexpr double longest = 100; // the daily build computes about twice as long
#endif

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Cells that run what somebody types, each line another one.
bool makeNotebook(const QString& path, int first, int lines, int linesOfCell)
{
    QByteArray cells;
    for (int line = 0; line < lines; ++line) {
        const QByteArray number = QByteArray::number(first + line);
        if (line % linesOfCell == 0) {
            cells += (line ? "]},\n" : "") + QByteArray("{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"c")
                + number + "\",\"metadata\":{},\"outputs\":[],\"source\":[";
        }
        cells += (line % linesOfCell ? "," : "") + QByteArray("\"x") + number + " = eval(input('" + number + "'))\\n\"";
    }
    QFile file(path);
    const QByteArray text = "{\"cells\":[" + cells + "]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}\n";
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool makeProject(const QString& folder, int files, int lines, int linesOfCell)
{
    bool made = QDir().mkpath(folder);
    for (int i = 0; i < files; ++i) {
        made = made
            && makeNotebook(
                folder + QStringLiteral("/n%1.ipynb").arg(i, 3, 10, QLatin1Char('0')), i * lines, lines, linesOfCell);
    }
    return made;
}

class Script {
public:
    explicit Script(Workbench& bench, LoopProbe& probe, const QString& project)
        : m_bench(bench)
        , m_opening(probe)
        , m_turns(probe)
        , m_file(project + QStringLiteral("/.cupel/decisions.jsonl"))
    {
    }
    bool open(const QString& project)
    {
        m_bench.window.open({OpenTarget{project, {}, {}, {}}});
        const bool ready =
            m_bench.waitForScan() && QTest::qWaitFor([this] { return m_bench.session.triage().ready(); });
        QTest::qWait(150);
        m_opening.take("open");
        return ready;
    }
    void key(const char* step, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_bench.window.focusWidget(), key, modifiers);
        QTest::qWait(60);
        m_turns.take(step);
    }
    void trigger(const char* step, const char16_t* id)
    {
        m_bench.window.actions().at(id)->trigger();
        QTest::qWait(60);
        m_turns.take(step);
    }
    void chooseAll()
    {
        m_bench.window.findChild<widgets::FindingsView*>()->takeFocus();
        key("all", Qt::Key_A, Qt::ControlModifier);
    }
    void decide()
    {
        key("form", Qt::Key_T);
        key("reason", Qt::Key_2);
        QTest::keyClicks(m_bench.window.focusWidget(), QStringLiteral("made up"), Qt::NoModifier, 15);
        m_turns.take("note");
        key("decide", Qt::Key_Return);
    }
    // After everything that was begun is done and stands on the disk.
    [[nodiscard]] bool written(qsizetype lines)
    {
        const bool done = QTest::qWaitFor([&] { return read(m_file).count('\n') == lines; }, 10'000)
            && QTest::qWaitFor([this] { return !m_bench.session.busy() && m_bench.saver.idle(); }, 10'000);
        QTest::qWait(60);
        m_turns.take("write");
        return done;
    }
    [[nodiscard]] const Turns& opening() const { return m_opening; }
    [[nodiscard]] const Turns& turns() const { return m_turns; }

private:
    Workbench& m_bench;
    Turns m_opening;
    Turns m_turns;
    QString m_file;
};

} // namespace

class TriageSpeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void thousandsAtOnce_data();
    void thousandsAtOnce();
    void thousandsOfOthers();

private:
    [[nodiscard]] QString project() const { return m_folder->filePath(QStringLiteral("project")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TriageSpeedTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TriageSpeedTest::thousandsAtOnce_data()
{
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("linesOfCell");
    QTest::addColumn<QString>("query");
    QTest::newRow("in five files") << 5 << 1'000 << 50
                                   << QString(); // a rule says at most a thousand things about one file
    QTest::newRow("in five files, decided ones hidden") << 5 << 1'000 << 50 << QStringLiteral("is:open");
    QTest::newRow("in five cells") << 5 << 1'000 << 1'000 << QString();
    QTest::newRow("in a hundred files") << 100 << 50 << 10 << QString();
}

void TriageSpeedTest::thousandsAtOnce()
{
    QFETCH(int, files);
    QFETCH(int, lines);
    QFETCH(int, linesOfCell);
    QFETCH(QString, query);
    QVERIFY(makeProject(project(), files, lines, linesOfCell));
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QTest::qWait(100);
    LoopProbe probe;
    Script script(bench, probe, project());
    QVERIFY(script.open(project()));
    auto& review = bench.session.review();
    const auto total = review.total();
    QVERIFY(total >= 5'000);
    review.setQuery(query);
    script.chooseAll();
    script.decide();
    QCOMPARE(review.settled(), total);
    QCOMPARE(review.visible().size(), query.isEmpty() ? total : std::size_t{0});
    const auto distinct = static_cast<qsizetype>(review.decisions()->folders.front().decisions.all().size());
    QVERIFY(distinct >= 5'000);
    QVERIFY(script.written(distinct));
    script.trigger("undo", u"edit.undo");
    QCOMPARE(review.settled(), std::size_t{0});
    QVERIFY(script.written(0));
    script.trigger("redo", u"edit.redo");
    QCOMPARE(review.settled(), total);
    QVERIFY(script.written(distinct));
    script.trigger("report", u"go.report");
    QTest::qWait(200);
    script.trigger("undo", u"edit.undo"); // the report is made again
    QVERIFY(script.written(0));
    script.trigger("redo", u"edit.redo");
    QVERIFY(script.written(distinct));
    script.trigger("review", u"go.review");
    script.trigger("hide", u"review.openOnly");
    script.trigger("show", u"review.openOnly");
    review.setQuery({});
    QTest::qWait(60);
    script.chooseAll();
    script.trigger("remove", u"finding.untriage");
    QCOMPARE(review.settled(), std::size_t{0});
    QVERIFY(script.written(0));
    qInfo("%s; %s", qPrintable(script.opening().report()), qPrintable(script.turns().report()));
    QVERIFY2(script.opening().worst() < longest, qPrintable(script.opening().report()));
    QVERIFY2(script.turns().worst() < longest, qPrintable(script.turns().report()));
}

void TriageSpeedTest::thousandsOfOthers()
{
    QVERIFY(makeProject(project(), 5, 1'000, 50));
    qsizetype lines = 0;
    std::size_t settled = 0;
    {
        Workbench bench(m_folder->filePath(QStringLiteral("theirs")));
        LoopProbe probe;
        Script script(bench, probe, project());
        QVERIFY(script.open(project()));
        script.chooseAll();
        script.decide();
        lines = static_cast<qsizetype>(bench.session.review().decisions()->folders.front().decisions.all().size());
        settled = bench.session.review().settled();
        QVERIFY(script.written(lines));
    }
    Workbench bench(m_folder->filePath(QStringLiteral("mine")));
    QTest::qWait(100);
    LoopProbe probe;
    Script script(bench, probe, project());
    QVERIFY(script.open(project()));
    auto& review = bench.session.review();
    auto& triage = bench.session.triage();
    QCOMPARE(review.settled(), std::size_t{0});
    QVERIFY(bench.window.findChild<widgets::ForeignBand*>()->isVisible());
    QCOMPARE(triage.foreign().count, static_cast<int>(lines));
    QCOMPARE(triage.foreign().settles, static_cast<int>(settled));
    Turns turns(probe);
    turns.take("look");
    const auto step = [&](const char* name, auto&& run) {
        run();
        QTest::qWait(60);
        QVERIFY(QTest::qWaitFor([&bench] { return bench.saver.idle(); }));
        turns.take(name);
    };
    step("ignore", [&] { triage.ignoreForeign(); });
    QCOMPARE(review.settled(), std::size_t{0});
    step("ask", [&] { triage.askAgain(); });
    step("use", [&] { triage.useForeign(); });
    QCOMPARE(review.settled(), settled);
    step("scan", [&] {
        bench.session.rescan();
        QVERIFY(bench.waitForScan());
    });
    QCOMPARE(review.settled(), settled);
    step("close", [&] { bench.session.close(); });
    bench.window.open({OpenTarget{project(), {}, {}, {}}});
    bench.session.close(); // while the file is being read
    QVERIFY(bench.waitForScan());
    QVERIFY(!triage.canAskAgain());
    qInfo("%s; %s", qPrintable(script.opening().report()), qPrintable(turns.report()));
    QVERIFY2(script.opening().worst() < longest, qPrintable(script.opening().report()));
    QVERIFY2(turns.worst() < longest, qPrintable(turns.report()));
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    TriageSpeedTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_triage_speed.moc"
