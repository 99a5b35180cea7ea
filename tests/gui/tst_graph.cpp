// SPDX-License-Identifier: GPL-3.0-or-later
// The graph of a model with real keys and clicks: drawn when it is asked for, one selection in drawing, list, bytes and
// findings, groups that open and fold, a search, pictures, and a window that goes on with ten thousand operations.
#include "made_graphs.h"
#include "notebook_probe.h"
#include "shell_bench.h"

#include "app/session/inspecting.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/scene_export.h"
#include "widgets/common/buttons.h"
#include "widgets/common/states.h"
#include "widgets/common/style.h"
#include "widgets/model/graph_page.h"
#include "widgets/model/model_view.h"
#include "widgets/model/node_panel.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QXmlStreamReader>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>

using namespace cupel;
using namespace cupel::app;
using cupel::test::field;
using cupel::test::longModel;
using cupel::test::LoopProbe;
using cupel::test::model;
using cupel::test::openGraph;
using cupel::test::operation;
using cupel::test::Turns;
using cupel::test::Workbench;
using widgets::GraphScene;

namespace {

// x -> conv -> relu and own -> add
std::string smallModel()
{
    return model(operation("Conv", "first/conv", {"x", "w"}, "a") + operation("Relu", "first/relu", {"a"}, "b")
            + operation("Invented", "second/own", {"a"}, "c", "com.example")
            + operation("Add", "second/add", {"b", "c"}, "d"),
        "d");
}

} // namespace

class GraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aGraphIsDrawn();
    void oneSelectionEverywhere();
    void findingsAreSeen();
    void arrowsFollowEdges();
    void aSearchLeavesWhatItFinds();
    void zoomKeepsItsPlace();
    void everyNodeHasAWord();
    void picturesHoldEverything();
    void secretsStayMasked();
    void manyOperationsHoldNothingUp();
    void pictures();

private:
    void write(const char* name, const std::string& bytes) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void GraphTest::write(const char* name, const std::string& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
}

void GraphTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    if (!qEnvironmentVariableIsEmpty("CUPEL_SHOTS")) {
        widgets::installStyle(*qApp);
    }
    write("small.onnx", smallModel());
    write("long.onnx", longModel(2'500));
}

void GraphTest::aGraphIsDrawn()
{
    Workbench bench(path("home-a"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    const auto& scene = *page->canvas()->scene();
    QCOMPARE(scene.nodes().size(), 6U); // with its input and output
    QCOMPARE(scene.edges().size(), 6U);
    for (const auto& edge : scene.edges()) {
        QVERIFY(scene.nodes()[edge.from].box.bottom() < scene.nodes()[edge.to].box.top());
    }
    QVERIFY(page->canvas()->visibleArea().contains(QRectF(QPointF(), scene.size())));
    QCOMPARE(page->table()->model()->rowCount(), 6);
}

void GraphTest::oneSelectionEverywhere()
{
    Workbench bench(path("home-b"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    auto& state = bench.session.inspecting().state();
    std::uint32_t relu = 0;
    while (canvas->scene()->nodes()[relu].title != QStringLiteral("Relu")) {
        ++relu;
    }
    const QRectF box = canvas->toViewport(canvas->scene()->nodes()[relu].box);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, box.center().toPoint());
    QCOMPARE(canvas->current(), relu);
    const auto& node = state.graph()->source->graph.nodes[state.graph()->folded.nodes[relu].first];
    QVERIFY(state.selection() == node.bytes);
    QCOMPARE(page->panel()->rows()->index(0, 1).data().toString(), QStringLiteral("Relu"));
    QCOMPARE(page->table()->currentIndex().siblingAtColumn(1).data().toString(), QStringLiteral("first/relu"));

    for (int row = 0; row < page->table()->model()->rowCount(); ++row) {
        if (page->table()->model()->index(row, 0).data().toString() == QStringLiteral("Add")) {
            page->form()->setCurrent(1);
            page->table()->selectRow(row);
        }
    }
    QCOMPARE(canvas->scene()->nodes()[canvas->current()].title, QStringLiteral("Add"));
}

void GraphTest::findingsAreSeen()
{
    Workbench bench(path("home-c"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    std::uint32_t own = GraphScene::none;
    for (std::uint32_t i = 0; i < canvas->scene()->nodes().size(); ++i) {
        const auto& node = canvas->scene()->nodes()[i];
        QCOMPARE(node.sign.has_value(), node.title == QStringLiteral("Invented"));
        own = node.sign ? i : own;
    }
    QVERIFY(own != GraphScene::none);
    QVERIFY(canvas->scene()->nodes()[own].outside);
    auto& state = bench.session.inspecting().state();
    for (const auto& finding : state.reading()->analysis->findings) {
        if (finding.rule.find("CUSTOM") != std::string::npos) {
            canvas->setCurrent(GraphScene::none);
            state.select({});
            state.select(finding.location.bytes);
        }
    }
    QCOMPARE(canvas->current(), own);
}

void GraphTest::arrowsFollowEdges()
{
    Workbench bench(path("home-d"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Home);
    const auto title = [canvas] { return canvas->scene()->nodes()[canvas->current()].title; };
    QCOMPARE(title(), QStringLiteral("Input"));
    QTest::keyClick(canvas, Qt::Key_Down);
    QCOMPARE(title(), QStringLiteral("Conv"));
    QTest::keyClick(canvas, Qt::Key_Down);
    const QString left = title();
    QVERIFY(left == QStringLiteral("Relu") || left == QStringLiteral("Invented"));
    QTest::keyClick(canvas, Qt::Key_Left);
    QTest::keyClick(canvas, Qt::Key_Right);
    QTest::keyClick(canvas, Qt::Key_Down);
    QCOMPARE(title(), QStringLiteral("Add"));
    QTest::keyClick(canvas, Qt::Key_BracketLeft);
    const auto& shown = canvas->shown();
    QCOMPARE(std::count(shown.begin(), shown.end(), true), 5); // all but the output
    QTest::keyClick(canvas, Qt::Key_Escape);
    QVERIFY(canvas->shown().empty());
    QCOMPARE(title(), QStringLiteral("Add"));
    QTest::keyClick(canvas, Qt::Key_Escape);
    QVERIFY(canvas->selection().empty());
}

void GraphTest::aSearchLeavesWhatItFinds()
{
    Workbench bench(path("home-f"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Slash);
    QTest::keyClicks(page->filter(), QStringLiteral("SECOND"));
    const auto& shown = canvas->shown();
    QCOMPARE(std::count(shown.begin(), shown.end(), true), 2);
    QCOMPARE(page->table()->model()->rowCount(), 2);
    QTest::keyClick(page->filter(), Qt::Key_Return);
    QVERIFY(canvas->current() != GraphScene::none && canvas->shown()[canvas->current()]);
    page->filter()->clear();
    QVERIFY(canvas->shown().empty());
    QCOMPARE(page->table()->model()->rowCount(), 6);
}

void GraphTest::zoomKeepsItsPlace()
{
    Workbench bench(path("home-g"));
    auto* page = openGraph(bench, path("long.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    canvas->setZoom(1);
    const QPointF at(123, 77);
    const QPointF scene = canvas->toScene(at);
    canvas->zoomAt(at, 2.5);
    QVERIFY(QLineF(canvas->toScene(at), scene).length() < 1);
    canvas->zoomAt(at, 1);
    QVERIFY(QLineF(canvas->toScene(at), scene).length() < 2);
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_0);
    QVERIFY(canvas->visibleArea().contains(QRectF(QPointF(), canvas->scene()->size())));
    const bool map = canvas->minimapVisible();
    QTest::keyClick(canvas, Qt::Key_M);
    QCOMPARE(canvas->minimapVisible(), !map);
}

void GraphTest::everyNodeHasAWord()
{
    Workbench bench(path("home-h"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    auto* graph = QAccessible::queryAccessibleInterface(page->canvas());
    QVERIFY(graph && !graph->text(QAccessible::Name).isEmpty());
    QCOMPARE(graph->childCount(), 6);
    bool signedNode = false;
    for (int i = 0; i < graph->childCount(); ++i) {
        auto* node = graph->child(i);
        QVERIFY(!node->text(QAccessible::Name).isEmpty());
        QCOMPARE(node->role(), QAccessible::ListItem);
        QVERIFY(node->rect().isValid());
        QCOMPARE(graph->indexOfChild(node), i);
        signedNode = signedNode || node->text(QAccessible::Name).contains(QStringLiteral("finding:"));
    }
    QVERIFY(signedNode);
    graph->child(2)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(page->canvas()->current(), 2U);
}

void GraphTest::picturesHoldEverything()
{
    Workbench bench(path("home-i"));
    auto* page = openGraph(bench, path("small.onnx"));
    QVERIFY(page);
    const auto& scene = *page->canvas()->scene();
    const QByteArray svg = widgets::sceneToSvg(scene, QStringLiteral("<small>"), widgets::ThemeName::Light);
    QCOMPARE(widgets::sceneToSvg(scene, QStringLiteral("<small>"), widgets::ThemeName::Light), svg);
    QXmlStreamReader reader(svg);
    QString words;
    int lines = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        words += reader.text();
        lines += reader.isStartElement() && reader.name() == u"polyline" ? 1 : 0;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(lines, 6);
    for (const auto& node : scene.nodes()) {
        QVERIFY(words.contains(node.title));
    }
    const QImage image = widgets::sceneToImage(scene, widgets::ThemeName::Dark);
    QVERIFY(image.width() > scene.size().width());
    const QImage bounded = widgets::sceneToImage(scene, widgets::ThemeName::Dark, 10'000);
    QVERIFY(bounded.width() * bounded.height() <= 11'000);
}

// Groups are named by parts of names: a value with dots in it is taken apart.
void GraphTest::secretsStayMasked()
{
    const std::string payload = "eyJzdWIiOiJzdmMiLCJleHAiOjQxMDI0NDQ4MDB9";
    const std::string token = "eyJhbGciOiJIUzI1NiJ9." + payload + ".Zq3rT7yU1pA9sD5fG8hJ2kL4xC6vB0nM3wErQ7tY2uI";
    std::string nodes;
    for (int i = 0; i < 80; ++i) {
        nodes += operation("Relu", i < 70 ? token : "decoder.layer.op", {"x"}, "y" + std::to_string(i));
    }
    write("secret.onnx", model(nodes, "y9") + field(14, field(1, "token") + field(2, token)));
    Workbench bench(path("home-l"));
    auto* page = openGraph(bench, path("secret.onnx"));
    QVERIFY(page);
    QVERIFY(!bench.session.inspecting().state().reading()->analysis->sensitive.empty());
    QVERIFY(page->canvas()->scene()->nodes().size() < 80);
    QString all = QString::fromUtf8(widgets::sceneToSvg(*page->canvas()->scene(), {}, widgets::ThemeName::Light));
    for (int cell = 0; cell < 3 * page->table()->model()->rowCount(); ++cell) {
        all += page->table()->model()->index(cell / 3, cell % 3).data().toString() + u'\n';
    }
    QVERIFY(all.contains(QStringLiteral("decoder")));
    QVERIFY(!all.contains(QString::fromStdString(payload.substr(0, 12))));
    QVERIFY(!all.contains(QStringLiteral("Zq3rT7yU")));
}

void GraphTest::manyOperationsHoldNothingUp()
{
    Workbench bench(path("home-k"));
    LoopProbe probe;
    Turns turns(probe);
    auto* page = openGraph(bench, path("long.onnx"));
    QVERIFY(page);
    turns.take("open");
    auto* canvas = page->canvas();
    auto& state = bench.session.inspecting().state();
    const auto drawn = [&] { return state.graphState() == widgets::ModelState::GraphState::Ready; };
    // All groups at once: the drawing has every operation.
    FoldOptions all;
    all.most = 100'000;
    state.setGraph(widgets::ModelState::GraphState::Reading, state.graph());
    Q_EMIT state.graphRequested(all);
    QVERIFY(QTest::qWaitFor(drawn, 20'000));
    QTest::qWait(100);
    QCOMPARE(canvas->scene()->nodes().size(), 10'002U);
    turns.take("all");
    canvas->fit();
    QTest::qWait(60);
    turns.take("fit");
    for (const qreal zoom : {0.02, 0.1, 0.3, 0.49, 0.5, 1.0, 2.0}) {
        canvas->setZoom(zoom);
        QTest::qWait(20);
        canvas->verticalScrollBar()->setValue(canvas->verticalScrollBar()->value() + 300);
        QTest::qWait(20);
    }
    turns.take("zoom");
    page->filter()->setText(QStringLiteral("block_77"));
    QTest::qWait(60);
    page->filter()->clear();
    QTest::qWait(60);
    turns.take("search");
    canvas->setCurrent(5'000);
    canvas->reveal(5'000);
    canvas->showStream(GraphScene::Way::Up);
    QTest::qWait(60);
    turns.take("stream");
    qInfo("%s", qPrintable(turns.report()));
    QVERIFY2(turns.worst() < 100, qPrintable(turns.report()));
}

void GraphTest::pictures()
{
    if (qEnvironmentVariableIsEmpty("CUPEL_SHOTS")) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    QStringList files = qEnvironmentVariable("CUPEL_SHOT_MODELS").split(u':', Qt::SkipEmptyParts);
    files += path("small.onnx");
    files += path("long.onnx");
    int count = 0;
    for (const QString& file : files) {
        Workbench bench(path(qPrintable(QStringLiteral("home-s%1").arg(count))));
        auto* page = openGraph(bench, file);
        QVERIFY2(page, qPrintable(file));
        for (const auto* theme : {"light", "dark"}) {
            QVERIFY(bench.settings.set(u"appearance/theme", QString::fromLatin1(theme)));
            QTest::qWait(100);
            const auto name = [&](const char* what) {
                return QStringLiteral("graph-%1-%2-%3").arg(count).arg(QLatin1String(what), QLatin1String(theme));
            };
            page->canvas()->fit();
            test::keep(bench.window, name("fit"));
            page->canvas()->setCurrent(1);
            page->canvas()->setZoom(1);
            page->canvas()->reveal(1);
            test::keep(bench.window, name("node"));
        }
        ++count;
    }
}

QTEST_MAIN(GraphTest)
#include "tst_graph.moc"
