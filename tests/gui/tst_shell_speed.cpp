// SPDX-License-Identifier: GPL-3.0-or-later
// The window never stands still: a scripted session on the sample and on a large notebook, probed for turns of the
// event loop longer than 50 ms; and how long a scan takes to stop (the goal is 200 ms) is printed.
#include "made_notebooks.h"
#include "shell_bench.h"

#include "app/shell/actions.h"
#include "app/shell/single_instance.h"
#include "widgets/common/style.h"
#include "widgets/editor/source_view.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QApplication>

#include <thread>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::Turns;
using cupel::test::Workbench;

namespace {

QString makeNotebook(const QString& path, int cells)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write("{\"cells\":[");
    for (int i = 0; i < cells; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray secret =
            i % 20 == 0 ? QByteArray("password = \\\"hunter2-" + number + "-Zx91Qp\\\"\\n") : QByteArray();
        file.write((i ? ",\n" : "\n") + QByteArray("{\"cell_type\":\"code\",\"execution_count\":") + number
            + ",\"metadata\":{},\"source\":[\"" + secret + "for row in frame_" + number
            + ".itertuples():\\n\",\"    print(row.index, "
              "row.value)\\n\"],\"outputs\":[{\"output_type\":\"stream\",\"name\":"
              "\"stdout\",\"text\":[\"epoch "
            + number + " loss 0.123\\n\",\"done\\n\"]}]}");
    }
    file.write("\n],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}");
    return path;
}

void script(Workbench& bench)
{
    const auto press = [&bench](const char16_t* id) {
        bench.window.actions().at(id)->trigger();
        QTest::qWait(30);
    };
    for (int i = 0; i < 6; ++i) {
        press(u"finding.next");
    }
    press(u"review.group");
    press(u"review.group");
    press(u"go.palette");
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("epoch"), Qt::NoModifier, 15);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    bench.session.review().setQuery(QStringLiteral("sev>=medium"));
    QTest::qWait(30);
    press(u"edit.clearFilter");
    press(u"view.theme");
    press(u"view.drawer");
    press(u"cell.next");
    press(u"go.report");
    QTest::qWait(300);
    press(u"go.home");
    press(u"go.review");
    press(u"review.scan");
}

std::vector<widgets::Action> foldsOf(const widgets::CellLayout& cell)
{
    std::vector<widgets::Action> found;
    for (const auto& placed : cell.blocks()) {
        for (const auto& hot : placed.block->hots()) {
            if (hot.action.kind == widgets::Action::Kind::Expand && found.size() < 8) {
                found.push_back(hot.action);
            }
        }
    }
    return found;
}

void walkPage(Workbench& bench, Turns& turns)
{
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    canvas->setFocus();
    const auto press = [&](const char* step, int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(canvas, static_cast<Qt::Key>(key), modifiers);
        QTest::qWait(30);
        if (step) {
            turns.take(step);
        }
    };
    press("end", Qt::Key_End);
    press("home", Qt::Key_Home);
    for (int i = 0; i < 6; ++i) {
        press(nullptr, Qt::Key_PageDown);
    }
    turns.take("pages");
    press("all", Qt::Key_A, Qt::ControlModifier);
    press("copy", Qt::Key_C, Qt::ControlModifier);
    press("next", Qt::Key_N);
    press("hide", Qt::Key_O);
    press("show", Qt::Key_O);
    for (int item = 0; item < std::min(canvas->itemCount(), 2); ++item) { // every fold, every next part
        for (int round = 0; round < 3; ++round) {
            for (const auto& action : foldsOf(canvas->cell(item))) {
                canvas->perform(action, item);
                QTest::qWait(20);
            }
        }
    }
    turns.take("unfold");
    press("end", Qt::Key_End);
    press("all", Qt::Key_A, Qt::ControlModifier);
    press("copy", Qt::Key_C, Qt::ControlModifier);
    press("home", Qt::Key_Home);
    press("edit", Qt::Key_Return);
    if (canvas->editor() && canvas->editor()->isVisible()) {
        QTest::keyClick(canvas->editor()->focusProxy(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(canvas->window()->focusWidget(), QStringLiteral("other"));
        QTest::qWait(20);
        turns.take("find");
        QTest::keyClick(canvas->window()->focusWidget(), Qt::Key_Escape);
        QTest::keyClick(canvas->editor()->focusProxy(), Qt::Key_Escape);
    }
    bench.window.actions().at(u"go.palette")->trigger();
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("inside"), Qt::NoModifier, 15);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    turns.take("palette");
    bench.session.review().setQuery(QStringLiteral("sev>=medium"));
    QTest::qWait(30);
    bench.session.review().setQuery({});
    QTest::qWait(30);
    turns.take("filter");
}

void changeLook(Workbench& bench, Turns& turns)
{
    for (const QSize size : {QSize(900, 700), QSize(1600, 1000), QSize(1440, 900)}) {
        bench.window.resize(size);
        QTest::qWait(40);
    }
    turns.take("resize");
    const auto look = [&](const char* step, const char16_t* id, int times) {
        for (int i = 0; i < times; ++i) {
            bench.window.actions().at(id)->trigger();
            QTest::qWait(40);
        }
        turns.take(step);
    };
    look("smaller", u"view.zoomOut", 8); // down to 0.5
    look("larger", u"view.zoomIn", 20); // up to 3.0
    look("normal", u"view.zoomReset", 1);
    look("theme", u"view.theme", 2);
}

} // namespace

class ShellSpeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverStandsStill_data();
    void neverStandsStill();
    void hostileNotebooks_data();
    void hostileNotebooks();
    void stopsAtOnce();
    void handsOver();
};

void ShellSpeedTest::neverStandsStill_data()
{
    QTest::addColumn<int>("cells");
    QTest::newRow("sample") << 0;
    QTest::newRow("2,000 cells") << 2'000;
}

void ShellSpeedTest::neverStandsStill()
{
    QFETCH(int, cells);
    QTemporaryDir folder;
    const QString path = cells > 0 ? makeNotebook(folder.filePath(QStringLiteral("large.ipynb")), cells)
                                   : QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn");
    Workbench bench(folder.filePath(QStringLiteral("data")));
    QVERIFY(QTest::qWaitForWindowExposed(&bench.window));
    QTest::qWait(100);
    LoopProbe probe;
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::qWait(100);
    qInfo("opening: longest turn %.1f ms", probe.worstMilliseconds());
    QVERIFY2(probe.worstMilliseconds() < 50, "the window stood still while opening");
    probe.restart();
    script(bench);
    QVERIFY(bench.waitForScan());
    qInfo("script: longest turn %.1f ms", probe.worstMilliseconds());
    QVERIFY2(probe.worstMilliseconds() < 50, "the window stood still during the script");
}

void ShellSpeedTest::hostileNotebooks_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& name : cupel::test::hostileNames()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void ShellSpeedTest::hostileNotebooks()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("hostile.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(cupel::test::hostileNotebook(name.toStdString())));
    file.close();
    Workbench bench(folder.filePath(QStringLiteral("data")));
    QVERIFY(QTest::qWaitForWindowExposed(&bench.window));
    QTest::qWait(100);
    LoopProbe probe;
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.actions().at(u"go.review")->trigger();
    QTest::qWait(150);
    Turns turns(probe);
    turns.take("open");
    walkPage(bench, turns);
    changeLook(bench, turns);
    qInfo("%s", qPrintable(turns.report()));
    // 50 ms are the promise of what users get; the daily build computes about twice as long.
#ifdef NDEBUG
    constexpr double longest = 50;
#else
    constexpr double longest = 100;
#endif
    QVERIFY2(turns.worst() < longest, qPrintable(turns.report()));
}

void ShellSpeedTest::stopsAtOnce()
{
    QTemporaryDir folder;
    const QString many = folder.filePath(QStringLiteral("many"));
    QVERIFY(QDir().mkpath(many));
    for (int i = 0; i < 40; ++i) {
        QVERIFY(!makeNotebook(many + QStringLiteral("/n%1.ipynb").arg(i), 3'000).isEmpty());
    }
    Workbench bench(folder.filePath(QStringLiteral("data")));
    bench.window.open({OpenTarget{many, {}, {}, {}}});
    QTest::qWait(80);
    if (!bench.session.busy()) {
        QSKIP("the machine is too fast for this test");
    }
    QElapsedTimer clock;
    clock.start();
    bench.session.cancel();
    QVERIFY(bench.waitForScan());
    qInfo("stopped after %lld ms", clock.elapsed());
    QVERIFY(bench.session.stoppedEarly());
    QVERIFY(bench.session.partial()); // what was found stays, and is called partial
}

void ShellSpeedTest::handsOver()
{
    QTemporaryDir folder;
    const Paths paths = portablePaths(folder.path());
    {
        SingleInstance nobody(paths);
        QVERIFY(!nobody.handOver({}));
    }
    // What a crash leaves behind: a socket's name nobody listens on.
    QVERIFY(QDir().mkpath(paths.runtime));
    SingleInstance first(paths);
    QVERIFY(first.listen());
    QStringList got;
    connect(&first, &SingleInstance::received, this, [&got](const Handover& handover) { got = handover.arguments; });
    bool took = false;
    std::thread second([&paths, &took] {
        SingleInstance other(paths);
        took = other.handOver({{QStringLiteral("a.ipynb:3")}, QStringLiteral("/"), false});
    });
    QTRY_COMPARE(got, QStringList{QStringLiteral("a.ipynb:3")});
    second.join();
    QVERIFY(took);
    SingleInstance third(paths);
    QVERIFY(!third.listen()); // the first still has it
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    ShellSpeedTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_shell_speed.moc"
