// SPDX-License-Identifier: GPL-3.0-or-later
// The window's figures, one "name value unit" per line: time to a usable window, opening a notebook of 1 MB and of 500
// cells, an edit of it on disk, scrolling 2,000 cells, the longest turn of the event loop on the way and while 5,000
// findings are decided, and cancel.
// Prints, never judges: bench.py knows the goals.
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "tests/gui/shell_bench.h"
#include "widgets/common/style.h"
#include "widgets/models/review_state.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace cupel;
using cupel::test::LoopProbe;
using cupel::test::Workbench;

namespace {

void print(const char* name, double value, const char* unit)
{
    std::printf("%s %.1f %s\n", name, value, unit);
    std::fflush(stdout);
}

double milliseconds(const QElapsedTimer& clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

// Cells with a finding in every twentieth, until there are `cells` of them and the file has `bytes`.
QString writeNotebook(const QString& path, int cells, qint64 bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write("{\"cells\":[");
    for (int i = 0; i < cells || file.pos() < bytes; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray secret =
            i % 20 == 0 ? "db = \\\"postgresql://svc:Zq8rT2vLw9xB" + number + "@db.corp.net/x\\\"\\n" : QByteArray();
        file.write((i ? ",\n" : "\n") + QByteArray("{\"cell_type\":\"code\",\"execution_count\":") + number
            + ",\"metadata\":{},\"source\":[\"" + secret + "for row in frame_" + number
            + ".itertuples():\\n\",\"    print(row.index, row.value)\\n\"],\"outputs\":[{\"output_type\":"
              "\"stream\",\"name\":\"stdout\",\"text\":[\"epoch "
            + number + " loss 0.123\\n\",\"done\\n\"]}]}");
    }
    file.write("\n],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}");
    return path;
}

void open(Workbench& bench, const QString& path)
{
    bench.window.open({app::OpenTarget{path, {}, {}, {}}});
}

// From the request to the first findings on screen.
double openUntilPainted(Workbench& bench, const QString& path)
{
    bench.session.review().clear();
    QElapsedTimer clock;
    clock.start();
    open(bench, path);
    (void)QTest::qWaitFor([&bench] { return bench.session.review().total() > 0; }, 60'000);
    bench.window.grab();
    const double shown = milliseconds(clock);
    (void)bench.waitForScan();
    return shown;
}

// As notebooks are: a dozen lines a cell, a screenful of output, a finding now and then.
QByteArray grownNotebook(int cells, const QByteArray& edited)
{
    QByteArray out = "{\"cells\":[";
    for (int i = 0; i < cells; ++i) {
        const QByteArray n = QByteArray::number(i);
        QByteArray source = "import pandas as pd\\nfrom sklearn.linear_model import LogisticRegression\\n";
        for (int line = 0; line < 8; ++line) {
            source += "frame_" + n + "['column_" + QByteArray::number(line) + "'] = frame_" + n
                + ".groupby('key')['value_" + n + "'].transform(lambda v: v.fillna(v.mean()))\\n";
        }
        source += i % 20 == 0 ? "db = 'postgresql://svc:Zq8rT2vLw9xB" + n + "@db.corp.net/x'\\n" : "";
        source += i == cells / 2 ? edited : QByteArray();
        QByteArray text;
        for (int line = 0; line < 12; ++line) {
            text += QByteArray::number(line) + "    customer_" + n + "    0." + QByteArray::number(line * 7919 + i)
                + "    west\\n";
        }
        out += (i ? ",\n" : "\n") + QByteArray("{\"cell_type\":\"code\",\"id\":\"c") + n + "\",\"execution_count\":" + n
            + ",\"metadata\":{},\"source\":\"" + source
            + "\",\"outputs\":[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"" + text + "\"}]}";
    }
    return out + "\n],\"metadata\":{\"language_info\":{\"name\":\"python\"}},\"nbformat\":4,\"nbformat_minor\":5}";
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(bytes);
    }
}

// One cell of an open notebook is edited on disk: from the end of the writing to the new finding on the screen.
void rescan(Workbench& bench, const QString& path)
{
    const auto edit = [](int round) {
        return "key = 'postgresql://svc:Yw3kP8nTq5vM" + QByteArray::number(round) + "@db.corp.net/x'\\n";
    };
    QTest::qWait(800); // the watching has begun
    std::vector<double> shown;
    for (int round = 100; round < 105; ++round) {
        const auto before = bench.session.review().analysis(path.toStdString());
        put(path, grownNotebook(500, edit(round)));
        QElapsedTimer clock;
        clock.start();
        (void)QTest::qWaitFor([&] { return bench.session.review().analysis(path.toStdString()) != before; }, 10'000);
        bench.window.grab();
        shown.push_back(milliseconds(clock));
        QTest::qWait(200);
    }
    std::sort(shown.begin(), shown.end());
    print("save_500_cells", shown[shown.size() / 2], "ms");
}

void scroll(Workbench& bench)
{
    QAbstractScrollArea* canvas = nullptr;
    for (auto* area : bench.window.findChildren<QAbstractScrollArea*>()) {
        if (area->isVisible()
            && (!canvas || area->verticalScrollBar()->maximum() > canvas->verticalScrollBar()->maximum())) {
            canvas = area;
        }
    }
    if (!canvas) {
        return;
    }
    std::vector<double> frames;
    QElapsedTimer clock;
    for (int step = 0; step < 600; ++step) {
        clock.start();
        canvas->verticalScrollBar()->setValue(canvas->verticalScrollBar()->value() + 90);
        canvas->viewport()->repaint();
        frames.push_back(milliseconds(clock));
        QCoreApplication::processEvents();
    }
    std::sort(frames.begin(), frames.end());
    print("scroll_median", frames[frames.size() / 2], "ms");
    print("scroll_p99", frames[frames.size() * 99 / 100], "ms");
}

// The longest turn while 5,000 findings are decided, and taken back.
void decideMany(Workbench& bench, const QString& folder)
{
    QDir().mkpath(folder);
    for (int i = 0; i < 5; ++i) { // a rule says at most a thousand things about one file
        QByteArray lines;
        for (int line = 0; line < 1'000; ++line) {
            const QByteArray number = QByteArray::number(i * 1'000 + line);
            lines += (line ? "," : "") + QByteArray("\"x") + number + " = eval(input('" + number + "'))\\n\"";
        }
        put(folder + QStringLiteral("/n%1.ipynb").arg(i),
            "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":1,\"metadata\":{},\"outputs\":[],\"source\":["
                + lines + "]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}");
    }
    open(bench, folder);
    (void)bench.waitForScan();
    LoopProbe probe;
    const widgets::TriageAnswer answer{
        review::Reason::TestData, QStringLiteral("made up"), QStringLiteral("Ada"), QString()};
    (void)bench.session.triage().decide(bench.session.review().visible(), answer);
    QTest::qWait(100);
    bench.session.undo().undo();
    QTest::qWait(500);
    print("decide_5000", probe.worstMilliseconds(), "ms");
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication app(argc, argv);
    widgets::installStyle(app);
    QTemporaryDir folder;
    Workbench bench(folder.filePath(QStringLiteral("data")));
    (void)QTest::qWaitForWindowExposed(&bench.window);
    bench.window.grab();
    print("start", milliseconds(sinceStart), "ms");

    QTest::qWait(200);
    LoopProbe probe;
    print("open_1mb",
        openUntilPainted(bench, writeNotebook(folder.filePath(QStringLiteral("one.ipynb")), 0, 1'000'000)), "ms");
    print("open_2000_cells",
        openUntilPainted(bench, writeNotebook(folder.filePath(QStringLiteral("two.ipynb")), 2'000, 0)), "ms");
    const QString grown = folder.filePath(QStringLiteral("grown.ipynb"));
    put(grown, grownNotebook(500, {}));
    print("open_500_cells", openUntilPainted(bench, grown), "ms");
    rescan(bench, grown);
    open(bench, folder.filePath(QStringLiteral("two.ipynb")));
    (void)bench.waitForScan();
    QTest::qWait(200);
    scroll(bench);
    print("longest_turn", probe.worstMilliseconds(), "ms");

    decideMany(bench, folder.filePath(QStringLiteral("decided")));
    const QString many = folder.filePath(QStringLiteral("many"));
    QDir().mkpath(many);
    for (int i = 0; i < 60; ++i) {
        writeNotebook(many + QStringLiteral("/n%1.ipynb").arg(i), 8'000, 0);
    }
    open(bench, many);
    QTest::qWait(60);
    if (bench.session.busy()) {
        QElapsedTimer clock;
        clock.start();
        bench.session.cancel();
        (void)bench.waitForScan();
        print("cancel", milliseconds(clock), "ms");
    }
    return 0;
}
