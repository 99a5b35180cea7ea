// SPDX-License-Identifier: GPL-3.0-or-later
// The window never stands still: a scripted session on the sample and on a large notebook, probed for turns of the
// event loop longer than 50 ms; and how long a scan takes to stop (the goal is 200 ms) is printed.
#include "shell_bench.h"

#include "app/shell/actions.h"
#include "app/shell/single_instance.h"
#include "widgets/common/style.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QApplication>

#include <thread>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
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

} // namespace

class ShellSpeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverStandsStill_data();
    void neverStandsStill();
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
