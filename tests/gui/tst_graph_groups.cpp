// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of a graph with real keys: they open and fold, stay open, follow the order of work, and take their bytes; and
// a file without a graph.
#include "made_graphs.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/states.h"

#include <QtCore/QFile>
#include <QtCore/QLineF>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QLabel>

#include <algorithm>
#include <set>

using namespace cupel;
using namespace cupel::app;
using cupel::test::field;
using cupel::test::longModel;
using cupel::test::model;
using cupel::test::number;
using cupel::test::openGraph;
using cupel::test::operation;
using cupel::test::Workbench;

class GraphGroupsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void groupsOpenAndFold();
    void whatWasOpenedStays();
    void groupsMakeNoCircle();
    void noGraphSaysWhy();

private:
    void write(const char* name, const std::string& bytes) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void GraphGroupsTest::write(const char* name, const std::string& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
}

void GraphGroupsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    write("long.onnx", longModel(2'500));
    write("hollow.onnx",
        number(1, 8) + field(2, "made")
            + field(7,
                field(2, "made")
                    + field(5, number(1, 1) + number(2, 1) + field(8, "w") + field(9, std::string(4, '\0'))))
            + field(8, number(2, 17)));
    write("plain.pkl", "\x80\x04}.");
}

void GraphGroupsTest::groupsOpenAndFold()
{
    Workbench bench(path("home-e"));
    auto* page = openGraph(bench, path("long.onnx"));
    QVERIFY(page);
    auto* canvas = page->canvas();
    auto& state = bench.session.inspecting().state();
    const auto before = canvas->scene()->nodes().size();
    QVERIFY(before > 10 && before <= 120);
    QCOMPARE(state.graph()->source->graph.nodes.size(), 10'002U);
    std::uint32_t group = 0;
    while (canvas->scene()->nodes()[group].shape != widgets::NodeShape::Group) {
        ++group;
    }
    canvas->setFocus();
    canvas->setCurrent(group);
    canvas->reveal(group);
    const QPointF place = canvas->toViewport(canvas->scene()->nodes()[group].box).center();
    const auto first = state.graph()->folded.nodes[group].first;
    const auto drawn = [&] { return state.graphState() == widgets::ModelState::GraphState::Ready; };
    QTest::keyClick(canvas, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor(drawn, 10'000));
    QVERIFY(canvas->scene()->nodes().size() > before);
    const auto now = canvas->current();
    QCOMPARE(now, state.graph()->folded.of[first]);
    QVERIFY(QLineF(canvas->toViewport(canvas->scene()->nodes()[now].box).center(), place).length() < 3);
    QTest::keyClick(canvas, Qt::Key_Backspace);
    QVERIFY(QTest::qWaitFor(drawn, 10'000));
    QCOMPARE(canvas->scene()->nodes().size(), before);
}

void GraphGroupsTest::whatWasOpenedStays()
{
    Workbench bench(path("home-m"));
    QVERIFY(openGraph(bench, path("long.onnx")));
    auto& state = bench.session.inspecting().state();
    std::set<std::string> groups;
    for (const auto& node : state.graph()->folded.nodes) {
        groups.insert(node.group);
    }
    groups.erase(std::string());
    for (const auto& group : groups) {
        state.openGroup(group, true);
    }
    QVERIFY(QTest::qWaitFor([&] { return state.graphState() == widgets::ModelState::GraphState::Ready; }, 10'000));
    QVERIFY(state.graph()->options.opened == groups && groups.size() > 1);
    // While a scan goes on, what is shown is prepared again and again.
    const auto graph = state.graph();
    state.setReading(std::make_shared<widgets::ModelReading>(*state.reading()));
    QVERIFY(state.graph() == graph);
    auto other = std::make_shared<widgets::ModelReading>(*state.reading()); // of bytes that changed
    other->analysis = std::make_shared<Analysis>(*other->analysis);
    state.setReading(other);
    QVERIFY(state.graph() != graph);
}

// As squeezenet has them: no scopes, and the output is named before what makes it.
void GraphGroupsTest::groupsMakeNoCircle()
{
    std::string nodes;
    std::string before = "x";
    for (int i = 0; i < 105; ++i) {
        nodes += operation("Relu", {}, {before}, "t" + std::to_string(i));
        before = "t" + std::to_string(i);
    }
    write("runs.onnx", model(nodes, before));
    Workbench bench(path("home-n"));
    auto* page = openGraph(bench, path("runs.onnx"));
    QVERIFY(page);
    auto& state = bench.session.inspecting().state();
    auto* canvas = page->canvas();
    const auto& scene = *canvas->scene();
    QCOMPARE(scene.nodes().size(), 5U); // three groups between input and output
    for (const auto& edge : scene.edges()) {
        QVERIFY(scene.nodes()[edge.from].box.bottom() < scene.nodes()[edge.to].box.top());
    }
    QStringList titles;
    for (const auto& node : scene.nodes()) {
        titles += node.title;
    }
    QVERIFY2(titles.contains(QStringLiteral("Operations 1 to 35"))
            && titles.contains(QStringLiteral("Operations 71 to 105")),
        qPrintable(titles.join(u'\n')));
    QStringList labels;
    for (const auto* label : page->findChildren<QLabel*>()) {
        labels += label->text();
    }
    const QString said = labels.filter(QStringLiteral("105 operation")).join(u'\n'); // the file has 105 nodes
    QVERIFY2(said.contains(QStringLiteral(", 104 edge")), qPrintable(labels.join(u'\n')));
    // A group chosen by the keyboard takes the bytes of its operations.
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Home);
    QTest::keyClick(canvas, Qt::Key_Down);
    const auto bytesOf = [&](std::uint32_t shown) {
        ByteRange all;
        const auto& graph = *state.graph();
        for (std::size_t i = 0; i < graph.folded.of.size(); ++i) {
            const auto& one = graph.source->graph.nodes[i].bytes;
            if (graph.folded.of[i] == shown) {
                all = all.empty() ? one : ByteRange{std::min(all.start, one.start), std::max(all.end, one.end)};
            }
        }
        return all;
    };
    const auto first = canvas->current();
    QCOMPARE(scene.nodes()[first].title, QStringLiteral("Operations 1 to 35"));
    QVERIFY(!state.selection().empty() && state.selection() == bytesOf(first));
    QTest::keyClick(canvas, Qt::Key_Down);
    QVERIFY(canvas->current() != first && state.selection() == bytesOf(canvas->current()));
}

void GraphGroupsTest::noGraphSaysWhy()
{
    Workbench bench(path("home-j"));
    auto* page = openGraph(bench, path("hollow.onnx"));
    QVERIFY(page);
    QVERIFY(page->empty()->isVisible());
    QVERIFY((page->empty()->accessibleName() + page->empty()->accessibleDescription())
            .contains(QStringLiteral("No graph of operations was found in this file")));
    // A format that has none has no tab for it.
    bench.window.open({OpenTarget{path("plain.pkl"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_3, Qt::ControlModifier);
    auto& state = bench.session.inspecting().state();
    QVERIFY(QTest::qWaitFor(
        [&] { return state.reading() && state.reading()->analysis->artifact.path.ends_with("plain.pkl"); }, 10'000));
    const auto* tabs = bench.window.findChild<widgets::ModelView*>()->tabs();
    QVERIFY(tabs->count() > 0);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        QVERIFY(tabs->tabText(tab) != QStringLiteral("Graph"));
    }
    QVERIFY(state.graphState() == widgets::ModelState::GraphState::None); // nobody looked for one
}

QTEST_MAIN(GraphGroupsTest)
#include "tst_graph_groups.moc"
