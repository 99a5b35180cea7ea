// SPDX-License-Identifier: GPL-3.0-or-later
// Lineage mode with real keys: what is around one node, and the way to what a search finds.
#include "lineage_bench.h"

#include "app/shell/actions.h"
#include "widgets/common/buttons.h"
#include "widgets/common/theme.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/lineage/lineage_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::churn;
using cupel::test::click;
using cupel::test::part;
using cupel::test::stateOf;
using cupel::test::unit;
using cupel::test::Workbench;

class LineageWaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneNodeShowsWhatIsAroundIt();
    void enterShowsTheNextHit();
    void waysAndChosenNodesAreReadFromAfar();
    void allFormsAreExported_data();
    void allFormsAreExported();

private:
    [[nodiscard]] bool show(Workbench& bench, const LineageMaker& make) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void LineageWaysTest::initTestCase()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("churn")));
    QFile file(path("churn/a.py"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x = 1\n") == 6);
}

bool LineageWaysTest::show(Workbench& bench, const LineageMaker& make) const
{
    return test::showLineage(bench, path("churn"), make);
}

// All that it depends on and all that it affects, by one key; nothing else stays lit.
void LineageWaysTest::oneNodeShowsWhatIsAroundIt()
{
    Workbench bench(path("home-a"));
    QVERIFY(show(bench, churn));
    auto* view = part<LineageView>(bench);
    auto* canvas = part<GraphCanvas>(bench);
    click(bench, "build features");
    QTest::keyClick(&bench.window, Qt::Key_T, Qt::ControlModifier);
    QVERIFY(canvas->path().empty());
    for (const char* lit : {"build features", "raw_users.csv", "load customers", "customers.pq", "join CRM", "export",
             "train.pq", "scale", "scaler.pkl", "fit", "churn_clf.pkl"}) {
        QVERIFY2(canvas->shown()[unit(bench, lit)], lit);
    }
    QCOMPARE(std::count(canvas->shown().begin(), canvas->shown().end(), true), 11);
    QCOMPARE(std::count(canvas->along().begin(), canvas->along().end(), true), 10);
    QVERIFY(view->pathChip()->isVisible());
    const auto& rows = part<LineageNavigator>(bench)->steps()->rows();
    QCOMPARE(rows.size(), 12U); // two headings
    QCOMPARE(rows[0].title, QStringLiteral("Depends on 5"));
    QCOMPARE(rows[1].title, QStringLiteral("customers.pq"));
    QCOMPARE(rows[6].title, QStringLiteral("Affects 5"));
    QVERIFY(stateOf(bench).pathMarkdown().contains(QStringLiteral("- Affects: train.pq")));
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Escape);
    QVERIFY(!stateOf(bench).traced() && canvas->along().empty());
}

// A hit in a folded file in a folded folder is brought into view; Enter again goes to the next one, and round.
void LineageWaysTest::enterShowsTheNextHit()
{
    Workbench bench(path("home-b"));
    QVERIFY(show(bench, [](const std::vector<std::string>&, Budget&) { return test::madeMany(50, 4, 10).graph; }));
    auto* canvas = part<GraphCanvas>(bench);
    auto* navigator = part<LineageNavigator>(bench);
    navigator->search()->setText(QStringLiteral("kind:cell file:part7/step2.ipynb"));
    QCOMPARE(unit(bench, "step 0"), lineage::none);
    const auto standsAt = [&](const char* id) {
        return QTest::qWaitFor(
            [&] {
                const auto& nodes = stateOf(bench).reading()->fold.nodes;
                const auto node = stateOf(bench).current();
                return node < nodes.size() && nodes[node].key == std::string("node:") + id
                    && canvas->visibleArea().contains(canvas->scene()->nodes()[node].box.center());
            },
            10'000);
    };
    navigator->search()->setFocus();
    QTest::keyClick(navigator->search(), Qt::Key_Return);
    QVERIFY(standsAt("c30.0"));
    canvas->centerOn({0, 0});
    QTest::keyClick(navigator->search(), Qt::Key_Return);
    QVERIFY(standsAt("c30.1"));
    QTest::keyClick(&bench.window, Qt::Key_F3, Qt::ShiftModifier);
    QVERIFY(standsAt("c30.0"));
    QTest::keyClick(navigator->search(), Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(standsAt("c30.9"));
    // One of many things that look alike.
    navigator->search()->setText(QStringLiteral("part31/step1/out4.pq"));
    QTest::keyClick(&bench.window, Qt::Key_F3);
    QVERIFY(standsAt("d:part31/step1/out4.pq"));
}

// From afar a way is drawn with its numbers, and the name of the chosen node is read on its fill.
void LineageWaysTest::waysAndChosenNodesAreReadFromAfar()
{
    Workbench bench(path("home-c"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    const auto count = [canvas](const QRectF& area, const QColor& wanted) {
        constexpr int near = 24; // letters are smoothed
        const QImage image = canvas->viewport()->grab(area.toRect()).toImage();
        int out = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor one = image.pixelColor(x, y);
                out += std::abs(one.red() - wanted.red()) < near && std::abs(one.green() - wanted.green()) < near
                        && std::abs(one.blue() - wanted.blue()) < near
                    ? 1
                    : 0;
            }
        }
        return out;
    };
    for (const auto& theme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        bench.settings.set(QStringLiteral("appearance/theme"), theme);
        const auto to = unit(bench, "load customers");
        stateOf(bench).select({unit(bench, "raw_users.csv"), to});
        canvas->setZoom(0.45);
        QVERIFY(canvas->zoom() < GraphCanvas::fullDetail);
        canvas->centerOn(canvas->scene()->nodes()[to].box.center());
        const QRectF name = canvas->toViewport(canvas->scene()->nodes()[to].box).adjusted(4, 4, -4, -4);
        QVERIFY(count(name, color(Token::TextOnAccent)) > 5);
        QCOMPARE(count(name, color(Token::TextPrimary)), 0);
        part<LineageView>(bench)->trace();
        QCOMPARE(canvas->path().size(), 1U);
        const auto& edge = canvas->scene()->edges()[canvas->path().front()];
        const QPointF middle = (canvas->scene()->corners(edge)[0] + canvas->scene()->corners(edge)[1]) / 2;
        const QRectF disc(canvas->toViewport({middle, QSizeF(0, 0)}).topLeft() - QPointF(8, 8), QSizeF(16, 16));
        QVERIFY(count(disc, color(Token::Accent)) > 60); // a line alone is no more than 32
        stateOf(bench).clearPath();
    }
}

void LineageWaysTest::allFormsAreExported_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* filter, const char* file, const char* word) {
        QTest::newRow(file) << QString::fromLatin1(filter) << QString::fromLatin1(file) << QByteArray(word);
    };
    row("SVG picture (*.svg)", "a.svg", "<svg");
    row("Lineage with all it knows (*.json)", "a.json", "\"execution\"");
    row("OpenLineage events (*.json)", "b.json", "\"eventTime\"");
    row("PROV-JSON of the W3C (*.json)", "c.json", "\"wasGeneratedBy\"");
    row("GraphML (*.graphml)", "a.graphml", "<graphml");
    row("Graphviz graph (*.dot)", "a.dot", "digraph");
    row("Mermaid chart (*.mmd)", "a.mmd", "flowchart");
    row("Table of edges (*.csv)", "a.csv", "raw_users.csv");
    row("SVG picture (*.svg)", "named.dot", "digraph"); // the name counts
}

// The dialog offers what `cupel lineage -f` writes, and the same writers make it.
void LineageWaysTest::allFormsAreExported()
{
    QFETCH(QString, filter);
    QFETCH(QString, file);
    QFETCH(QByteArray, word);
    Workbench bench(path("home-d"));
    QVERIFY(show(bench, [](const std::vector<std::string>& paths, Budget& budget) {
        auto graph = churn(paths, budget);
        for (auto& source : graph.sources) { // jobs read them
            source.place.file = 0;
        }
        return graph;
    }));
    bench.window.actions().at(u"lineage.export")->trigger();
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->nameFilters().contains(filter));
    dialog->selectNameFilter(filter);
    const QString wanted = m_folder.filePath(file);
    dialog->selectFile(wanted);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(wanted), 10'000);
    QFile written(wanted);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY2(bytes.contains(word), bytes.left(400).constData());
    QVERIFY(bytes.contains("raw_users.csv"));
}

QTEST_MAIN(LineageWaysTest)
#include "tst_lineage_ways.moc"
