// SPDX-License-Identifier: GPL-3.0-or-later
// What a canvas kept as pixels must look like what a new one paints from nothing: after it was moved, while something
// is dragged, below the pointer, and when what is chosen, shown or written has changed.
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/label_place.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <functional>
#include <memory>

using namespace cupel;
using namespace cupel::widgets;

namespace {

// A grid with lines in all directions, of which some have words. Nothing is dashed: dashes begin where a line is cut.
GraphScenePtr made(std::uint32_t across, std::uint32_t down)
{
    std::vector<SceneNode> nodes;
    std::vector<SceneEdge> edges;
    std::vector<QPointF> points;
    for (std::uint32_t i = 0; i < across * down; ++i) {
        SceneNode node;
        node.box = QRectF(40 + (i % across) * 210.5, 60 + (i / across) * 96.25, 144, 44);
        node.shape = static_cast<NodeShape>(i % 4);
        node.pinned = i % 7 == 0;
        node.title = QStringLiteral("element number %1").arg(i);
        node.detail = i % 3 == 0 ? QStringLiteral("detail") : QString();
        node.sign = i % 6 == 0 ? std::optional(Severity::High) : std::nullopt;
        nodes.push_back(node);
    }
    for (std::uint32_t i = 0; i + across + 1 < across * down; ++i) {
        for (const std::uint32_t to : {i + 1, i + across}) {
            SceneEdge edge;
            edge.from = i;
            edge.to = to;
            edge.first = static_cast<std::uint32_t>(points.size());
            edge.corners = 3;
            const QPointF one = nodes[i].box.center();
            const QPointF two = nodes[to].box.center();
            points.insert(points.end(), {one, {two.x(), one.y()}, two});
            edge.label = i % 2 ? QStringLiteral("reads rows") : QString();
            edges.push_back(edge);
        }
    }
    std::vector<SceneFrame> frames(1);
    frames[0].box = QRectF(20, 20, 210.5 * 2 + 160, 96.25 * 2 + 60);
    frames[0].title = QStringLiteral("Zone");
    return std::make_shared<const GraphScene>(std::move(nodes), std::move(edges), std::move(points),
        QSizeF(across * 210.5 + 80, down * 96.25 + 120), std::move(frames));
}

std::unique_ptr<GraphCanvas> canvasOf(const GraphScenePtr& scene)
{
    auto canvas = std::make_unique<GraphCanvas>();
    canvas->setFocusPolicy(Qt::NoFocus); // rings tell of the keyboard, which only one of two has
    canvas->resize(700, 460);
    canvas->setEdgeLabels(true);
    canvas->setPlainShown(true);
    canvas->makeEditable();
    canvas->show();
    canvas->setScene(scene);
    return canvas;
}

// Pixels that are not the same.
int different(const QImage& one, const QImage& other)
{
    int out = one.size() == other.size() ? 0 : one.width() * one.height();
    for (int y = 0; out < one.width() * one.height() && y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            out += one.pixel(x, y) != other.pixel(x, y) ? 1 : 0;
        }
    }
    return out;
}

void move(GraphCanvas& canvas, const QPointF& to, Qt::MouseButtons buttons = Qt::NoButton)
{
    QMouseEvent event(QEvent::MouseMove, to, canvas.viewport()->mapToGlobal(to), Qt::NoButton, buttons, Qt::NoModifier);
    QApplication::sendEvent(canvas.viewport(), &event);
}

} // namespace

class ScenePictureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void keepsWhatANewOnePaints_data();
    void keepsWhatANewOnePaints();
    void paintsOnlyWhatIsNew();
    void paintsInTurns();
    void labelsKeepClearOfTitles();
};

void ScenePictureTest::keepsWhatANewOnePaints_data()
{
    QTest::addColumn<qreal>("zoom");
    QTest::addColumn<int>("across");
    QTest::newRow("in words") << 1.0 << 8;
    QTest::newRow("large") << 1.7 << 8;
    QTest::newRow("half") << 0.5 << 8;
    QTest::newRow("crowded") << 0.5 << 60;
    QTest::newRow("from afar") << 0.3 << 30;
}

void ScenePictureTest::keepsWhatANewOnePaints()
{
    QFETCH(qreal, zoom);
    QFETCH(int, across);
    const auto scene = made(static_cast<std::uint32_t>(across), 40);
    const auto used = canvasOf(scene);
    using Do = std::function<void(GraphCanvas&)>;
    std::vector<Do> state; // what a new canvas needs to be in the same state
    const auto check = [&](const char* what) {
        const auto fresh = canvasOf(scene);
        for (const auto& step : state) {
            step(*fresh);
        }
        fresh->setZoom(used->zoom());
        fresh->horizontalScrollBar()->setValue(used->horizontalScrollBar()->value());
        fresh->verticalScrollBar()->setValue(used->verticalScrollBar()->value());
        QImage kept = used->viewport()->grab().toImage();
        for (int turn = 0; turn < 1'000 && !used->isWhole(); ++turn) {
            kept = used->viewport()->grab().toImage();
        }
        const auto off = different(kept, fresh->viewport()->grab().toImage());
        QVERIFY2(off <= 60, what); // a line that was cut at a border may be shaded by a trace differently
        QCOMPARE(kept, used->viewport()->grab().toImage());
    };
    used->setZoom(zoom);
    check("zoomed");
    for (const QPoint by : {QPoint(37, 0), QPoint(0, 23), QPoint(-11, -5), QPoint(200, 160), QPoint(3, -3)}) {
        used->horizontalScrollBar()->setValue(used->horizontalScrollBar()->value() + by.x());
        used->verticalScrollBar()->setValue(used->verticalScrollBar()->value() + by.y());
        used->viewport()->grab();
        check("moved");
    }
    const auto act = [&](const char* what, const Do& step) {
        state.push_back(step);
        step(*used);
        check(what);
    };
    act("chosen", [](GraphCanvas& canvas) { canvas.setSelection({3, 9, 11}); });
    act("current", [](GraphCanvas& canvas) { canvas.setCurrent(9); });
    act("dimmed", [](GraphCanvas& canvas) {
        std::vector<bool> marks(canvas.scene()->nodes().size());
        marks[9] = marks[10] = true;
        canvas.setShown(marks);
    });
    act("a way", [](GraphCanvas& canvas) { canvas.setPath({2, 4}); });
    act("dark", [](GraphCanvas&) { setTheme(ThemeName::Dark); });
    const QPointF over = used->toViewport(scene->nodes()[9].box).center();
    move(*used, over);
    used->viewport()->grab();
    move(*used, {1, 1});
    check("the pointer has gone again");
    setTheme(ThemeName::Light);
}

// A drag draws above it; what lies below stays as it is.
void ScenePictureTest::paintsOnlyWhatIsNew()
{
    const auto scene = made(8, 40);
    ScenePicture picture;
    SceneView view;
    view.scene = scene;
    view.size = {300, 200};
    SceneLook look;
    QImage image(view.size, QImage::Format_RGB32);
    QPainter painter(&image);
    QRegion painted;
    const auto show = [&] {
        painted = {};
        static_cast<void>(picture.show(painter, view, look, [&painted](QPainter& into, const QRect& area) {
            painted += area;
            into.fillRect(area, Qt::white);
        }));
        return painted;
    };
    const QRect all(QPoint(), view.size);
    QCOMPARE(show(), QRegion(all));
    QVERIFY(show().isEmpty());
    view.shift = {10, 0};
    QCOMPARE(show(), QRegion(290, 0, 10, 200));
    view.shift = {10, -7};
    QCOMPARE(show(), QRegion(0, 0, 300, 7));
    look.hovered = 0;
    QVERIFY(show().boundingRect().width() < 250);
    look.current = 1;
    QCOMPARE(show(), QRegion(all));
    view.dots = 1.25; // seven pixels are no whole number of dots
    QCOMPARE(show(), QRegion(all));
    view.shift = {10, 0};
    QCOMPARE(show(), QRegion(all));
    view.far = true;
    QCOMPARE(show(), QRegion(all));
    QVERIFY(show().isEmpty());
    view.shift = {11, 0};
    QCOMPARE(show(), QRegion(all));
    view.scene = made(8, 40);
    QCOMPARE(show(), QRegion(all));
}

void ScenePictureTest::labelsKeepClearOfTitles()
{
    std::vector<SceneNode> nodes(2);
    nodes[0].box = {0, 0, 100, 44};
    nodes[1].box = {500, 0, 100, 44};
    std::vector<SceneEdge> edges(1);
    edges[0].to = 1;
    edges[0].corners = 2;
    const GraphScene scene(nodes, edges, {{100, 22}, {500, 22}}, {600, 44});
    const QSizeF size(60, 20);
    const QRectF middle(270, 12, 60, 20);
    QCOMPARE(labelPlace(scene, scene.edges()[0], size, {}), middle);
    QCOMPARE(labelPlace(scene, scene.edges()[0], size, {QRectF(0, 100, 900, 20)}), middle);
    const QRectF title(280, 10, 40, 17);
    const QRectF aside = labelPlace(scene, scene.edges()[0], size, {title});
    QVERIFY(!aside.intersects(title));
    QVERIFY(aside.center().y() == 22 && aside.left() > 100 && aside.right() < 500); // on its line, beside the nodes
    QCOMPARE(
        labelPlace(scene, scene.edges()[0], size, {QRectF(0, -100, 600, 300)}), middle); // there is no better place
}

// A crowded view that takes longer than a frame has: the old picture in the new size, until the new one is whole.
void ScenePictureTest::paintsInTurns()
{
    const auto scene = made(60, 40);
    SceneView view;
    view.scene = scene;
    view.size = {900, 600};
    view.plain = true;
    const SceneLook look;
    ScenePicture picture;
    QImage image(view.size, QImage::Format_RGB32);
    QPainter painter(&image);
    const auto place = [&view](QPainter& into) {
        into.fillRect(QRect(QPoint(), view.size), Qt::white);
        into.translate(-view.shift);
        into.scale(view.scale, view.scale);
    };
    const auto areaOf = [&view] { return QRectF(QPointF(view.shift) / view.scale, QSizeF(view.size) / view.scale); };
    const auto whole = [&](QPainter& into, const QRect& area) {
        place(into);
        paintScene(into, *scene,
            {(QPointF(area.topLeft()) + view.shift) / view.scale, QSizeF(area.size()) / view.scale}, look, true);
    };
    const auto turns = [&] {
        const auto work = std::make_shared<SceneSlices>(*scene, areaOf(), look, true);
        return [&, work, shift = view.shift, fresh = true](QPainter& into) mutable {
            into.setClipRect(QRect(QPoint(), view.size));
            if (std::exchange(fresh, false)) {
                into.fillRect(QRect(QPoint(), view.size), Qt::white);
            }
            into.translate(-shift);
            into.scale(view.scale, view.scale);
            int left = 40; // nodes and edges a turn
            return work->paint(into, [&left] { return --left <= 0; });
        };
    };
    QVERIFY(picture.show(painter, view, look, whole, turns)); // there is nothing to show instead
    view.scale = 0.5;
    int frames = 1;
    QVERIFY(!picture.show(painter, view, look, whole, turns));
    view.shift = {12, 5}; // meanwhile
    QImage last = image;
    for (; frames < 100 && !picture.show(painter, view, look, whole, turns); ++frames) {
        last = image;
    }
    QVERIFY2(frames > 3 && frames < 100, qPrintable(QString::number(frames)));
    QVERIFY(last != image);
    view.shift = {};
    QVERIFY(picture.show(painter, view, look, whole, turns));
    QImage once(view.size, QImage::Format_RGB32);
    QPainter fresh(&once);
    QVERIFY(ScenePicture().show(fresh, view, look, whole, turns));
    view.scale = 0.55; // and back: what was done is not painted again, what was begun is forgotten
    QVERIFY(!picture.show(painter, view, look, whole, turns));
    for (frames = 0; frames < 100 && !picture.show(painter, view, look, whole, turns); ++frames) { }
    QVERIFY(ScenePicture().show(fresh, view, look, whole, turns));
    QVERIFY(image == once); // to the pixel
    for (int i = 0; i < 9; ++i) { // who zooms on and on
        view.scale += 0.01;
        const bool done = picture.show(painter, view, look, whole, turns);
        QCOMPARE(done, i == 8);
    }
}

QTEST_MAIN(ScenePictureTest)
#include "tst_scene_picture.moc"
