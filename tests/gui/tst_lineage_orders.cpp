// SPDX-License-Identifier: GPL-3.0-or-later
// Cells as they stand and as they ran: with the real engine, over a notebook that ran otherwise than it stands.
#include "lineage_bench.h"
#include "notebook_probe.h"

#include "analyzers/engine/lineage_folder.h"
#include "widgets/common/buttons.h"
#include "widgets/common/plain_table.h"
#include "widgets/lineage/lineage_bar.h"
#include "widgets/lineage/lineage_inspector.h"
#include "widgets/lineage/lineage_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::LoopProbe;
using cupel::test::part;
using cupel::test::stateOf;
using cupel::test::Workbench;
using How = LineageState::How;

class LineageOrdersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theRunsAreAnotherGraph();
    void wordsSayWhatDiffers();
    void onlyWhoAsksWaits();
    void stoppedOnTheWay();
    void nothingOldIsShownAsNew();
    void nothingIsReadTwiceWithoutNeed();
    void theWindowGoesOn();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

namespace {

QByteArray cell(const QByteArray& source, int count)
{
    return R"({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": )"
        + (count > 0 ? QByteArray::number(count) : QByteArray("null")) + R"(, "source": ")" + source + "\"}";
}

// "a.csv > df", by what stands for them in the graph.
std::set<std::string> flows(const LineageReading& reading)
{
    std::set<std::string> out;
    const auto& graph = *reading.source->graph;
    for (const auto& edge : graph.edges) {
        out.insert(graph.nodes[edge.from].id + " > " + graph.nodes[edge.to].id);
    }
    return out;
}

void choose(Workbench& bench, int order)
{
    QTest::mouseClick(part<LineageBar>(bench)->order()->findChildren<QAbstractButton*>()[order], Qt::LeftButton);
}

bool ready(Workbench& bench, bool recorded)
{
    return QTest::qWaitFor(
        [&] {
            const auto& state = stateOf(bench);
            return state.how() == How::Ready && state.recorded() == recorded
                && state.reading()->source == state.reading()->sources.of(recorded);
        },
        20'000);
}

lineage::LineageGraph written(const std::vector<std::string>& paths, Budget& budget)
{
    return engine::lineageOf(paths, {}, budget);
}

} // namespace

void LineageOrdersTest::initTestCase()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("runs")));
    QFile file(path("runs/train.ipynb"));
    const QByteArray cells = cell("import pandas as pd\\nfrom sklearn.linear_model import LinearRegression", 1) + ", "
        + cell("df = pd.read_csv('late.csv')", 4) + ", "
        + cell("model = LinearRegression()\\nmodel.fit(df[['x']], df['y'])", 3) + ", "
        + cell("df = pd.read_csv('early.csv')", 2) + ", "
        + cell("scratch = LinearRegression()\\nscratch.fit(df[['x']], df['z'])", 0);
    const QByteArray text = R"({"cells": [)" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

void LineageOrdersTest::theRunsAreAnotherGraph()
{
    Workbench bench(path("home-a"));
    QVERIFY(test::showLineage(bench, path("runs"), {}));
    QVERIFY(!stateOf(bench).recorded());
    QVERIFY(!stateOf(bench).reading()->sources.recorded); // nobody asked
    const auto first = flows(*stateOf(bench).reading());
    const auto models = [&] { return stateOf(bench).reading()->source->graph->trainings.size(); };
    QCOMPARE(models(), 2U);
    LoopProbe probe;
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    QVERIFY2(probe.worstMilliseconds() < 50, qPrintable(QString::number(probe.worstMilliseconds())));
    const auto second = flows(*stateOf(bench).reading());
    QVERIFY(first != second);
    QCOMPARE(models(), 1U); // the cell of the other one never ran
    const auto leads = [](const std::set<std::string>& all, const char* from) {
        return std::any_of(
            all.begin(), all.end(), [from](const auto& one) { return one.find(from) != std::string::npos; });
    };
    QVERIFY(leads(second, "early.csv"));
    choose(bench, 0);
    QVERIFY(ready(bench, false));
    QVERIFY(flows(*stateOf(bench).reading()) == first);
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    QVERIFY(flows(*stateOf(bench).reading()) == second);
}

// In the drawing, in the table and in words, not by colour alone.
void LineageOrdersTest::wordsSayWhatDiffers()
{
    Workbench bench(path("home-b"));
    QVERIFY(test::showLineage(bench, path("runs"), {}));
    stateOf(bench).setLevel(LineageWish::Level::Variable);
    QVERIFY(ready(bench, false));
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    const auto& recorded = *stateOf(bench).reading();
    const auto spoken = [&](const LineageReading& reading, const QString& words) {
        return std::count_if(reading.fold.edges.begin(), reading.fold.edges.end(),
            [&](const auto& edge) { return whatFlows(*reading.source, edge).endsWith(words); });
    };
    QVERIFY(spoken(recorded, QStringLiteral("only as recorded")) > 0);
    const auto marks = [](const LineageReading& reading, SceneMark mark) {
        const auto& edges = reading.scene->edges();
        return std::count_if(edges.begin(), edges.end(), [mark](const auto& edge) { return edge.mark == mark; });
    };
    QVERIFY(marks(recorded, SceneMark::Added) > 0);
    auto* view = part<LineageView>(bench);
    QVERIFY2(view->notice().contains(QStringLiteral("only as recorded")), qPrintable(view->notice()));
    const auto& rows = part<LineageInspector>(bench)->list()->rows();
    QVERIFY(std::any_of(rows.begin(), rows.end(),
        [](const auto& row) { return row.detail.contains(QStringLiteral("cell 4 has no run number")); }));
    test::keep(bench.window, QStringLiteral("lineage-recorded"));
    choose(bench, 0);
    QVERIFY(ready(bench, false));
    test::keep(bench.window, QStringLiteral("lineage-written"));
    const auto& written = *stateOf(bench).reading();
    QVERIFY(spoken(written, QStringLiteral("only as written")) > 0);
    QVERIFY(marks(written, SceneMark::Removed) > 0);
    // A cell that never ran says so, as a node and as a row.
    stateOf(bench).setLevel(LineageWish::Level::Cell);
    QVERIFY(ready(bench, false));
    const auto& table = *part<PlainTable>(bench)->model();
    bool never = false;
    for (int row = 0; row < table.rowCount(); ++row) {
        const QString kind = table.index(row, 1).data().toString();
        never = never
            || (kind.contains(QStringLiteral("no run recorded")) && kind.contains(QStringLiteral("only as written")));
    }
    QVERIFY(never);
}

void LineageOrdersTest::onlyWhoAsksWaits()
{
    Workbench bench(path("home-c"));
    std::atomic<int> asked = 0;
    const auto both = [&asked](const std::vector<std::string>& paths, Budget& budget) {
        ++asked;
        return engine::lineageInBothOrders(paths, {}, budget);
    };
    QVERIFY(test::showLineage(bench, path("runs"), written));
    bench.session.lineage().setMaker(written, both);
    QCOMPARE(asked.load(), 0);
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    choose(bench, 0);
    QVERIFY(ready(bench, false));
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    stateOf(bench).setLevel(LineageWish::Level::Variable);
    QVERIFY(ready(bench, true));
    QCOMPARE(asked.load(), 1);
}

// The drawing of before stays, and the choice goes back to it.
void LineageOrdersTest::stoppedOnTheWay()
{
    Workbench bench(path("home-d"));
    QVERIFY(test::showLineage(bench, path("runs"), written));
    const auto first = flows(*stateOf(bench).reading());
    bench.session.lineage().setMaker(written, [](const std::vector<std::string>&, Budget& budget) {
        while (!budget.stopped()) {
            QTest::qSleep(1);
        }
        return engine::LineageOrders();
    });
    choose(bench, 1);
    QTest::qWait(60);
    QCOMPARE(stateOf(bench).how(), How::Reading);
    QVERIFY(stateOf(bench).recorded());
    QVERIFY(flows(*stateOf(bench).reading()) == first);
    stateOf(bench).stop();
    QCOMPARE(stateOf(bench).how(), How::Ready);
    QVERIFY(!stateOf(bench).recorded());
    QCOMPARE(part<LineageBar>(bench)->order()->current(), 0);
    // Changing one's mind ends it as well.
    choose(bench, 1);
    QTest::qWait(60);
    choose(bench, 0);
    QVERIFY(ready(bench, false));
    QVERIFY(flows(*stateOf(bench).reading()) == first);
}

// Files changed, and while they are read again the other order is asked for, whose older graph is at hand.
void LineageOrdersTest::nothingOldIsShownAsNew()
{
    Workbench bench(path("home-f"));
    QVERIFY(test::showLineage(bench, path("runs"), {}));
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    QVERIFY(stateOf(bench).reading()->sources.of(false));
    auto calls = std::make_shared<std::atomic<int>>(0);
    bench.session.lineage().setMaker(
        [calls](const std::vector<std::string>& paths, Budget& budget) {
            ++*calls;
            return written(paths, budget);
        },
        [](const std::vector<std::string>&, Budget& budget) {
            while (!budget.stopped()) {
                QTest::qSleep(1);
            }
            return engine::LineageOrders();
        });
    bench.session.lineage().again();
    QTest::qWait(60);
    QCOMPARE(stateOf(bench).how(), How::Reading);
    const int before = *calls;
    choose(bench, 0);
    QVERIFY(ready(bench, false));
    QVERIFY(*calls > before); // not from the graphs that were there
}

void LineageOrdersTest::nothingIsReadTwiceWithoutNeed()
{
    Workbench bench(path("home-e"));
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("plain")));
    QFile file(path("plain/a.ipynb"));
    const QByteArray text = R"({"cells": [)" + cell("import pandas as pd", 1) + ", "
        + cell("df = pd.read_csv('a.csv')", 2) + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QVERIFY(test::showLineage(bench, path("plain"), written));
    bench.session.lineage().setMaker(written, [](const std::vector<std::string>&, Budget&) {
        qFatal("asked for the order of runs, which is that of the file");
        return engine::LineageOrders();
    });
    const auto before = stateOf(bench).reading()->source;
    choose(bench, 1);
    QVERIFY(ready(bench, true));
    QVERIFY(stateOf(bench).reading()->source == before);
    QVERIFY(!part<LineageView>(bench)->notice().contains(QStringLiteral("only as")));
}

// Hundreds of notebooks that ran otherwise: neither order takes a turn of 50 ms.
void LineageOrdersTest::theWindowGoesOn()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("many")));
    for (int i = 0; i < 200; ++i) {
        const QString target = m_folder.filePath(QStringLiteral("many/n%1.ipynb").arg(i));
        QVERIFY(QFile::copy(path("runs/train.ipynb"), target));
    }
    Workbench bench(path("home-f"));
    QVERIFY(test::showLineage(bench, path("many"), {}));
    stateOf(bench).setLevel(LineageWish::Level::Variable);
    QVERIFY(ready(bench, false));
    QTest::qWait(300); // what the first drawing left to do
    LoopProbe probe;
    test::Turns turns(probe);
    for (const int order : {1, 0, 1}) {
        choose(bench, order);
        QVERIFY(ready(bench, order == 1));
        QTest::qWait(300);
        turns.take(order == 1 ? "recorded" : "written");
    }
    for (const auto level : {LineageWish::Level::Cell, LineageWish::Level::Variable}) {
        stateOf(bench).setLevel(level);
        QVERIFY(ready(bench, true));
        QTest::qWait(300);
        turns.take("level");
    }
    qInfo("%s", qPrintable(turns.report()));
    QVERIFY2(turns.worst() < 50, qPrintable(turns.report()));
}

QTEST_MAIN(LineageOrdersTest)
#include "tst_lineage_orders.moc"
