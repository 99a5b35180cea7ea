// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the graph canvas costs the processor, panning and zooming 20,000 nodes and 30,000 edges at
// 1920 x 1080, one thread, no graphics card. One "name value unit" per line.
//   QT_QPA_PLATFORM=offscreen canvas_bench
#include "analyzers/graph/layered_layout.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/style.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

using namespace cupel;

namespace {

widgets::GraphScenePtr makeScene(std::uint32_t count)
{
    std::mt19937 random(11);
    graph::Graph shape;
    shape.nodes.assign(count, {128, 44});
    const std::uint32_t width = count / 100;
    while (shape.edges.size() < count + count / 2) {
        const auto from = static_cast<std::uint32_t>(random() % (count - width));
        const auto near =
            (from / width + 1) * width + static_cast<std::uint32_t>((from % width + random() % 9 + width - 4) % width);
        if (near < count) {
            shape.edges.push_back({from, near});
        }
    }
    Budget budget;
    const auto begin = std::clock();
    const auto layout = graph::layOut(shape, {}, budget);
    std::printf("layout %.1f ms\n", 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    std::vector<widgets::SceneNode> nodes(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        nodes[i].box = QRectF(layout.nodes[i].x - 64, layout.nodes[i].y - 22, 128, 44);
        nodes[i].title = QStringLiteral("Operation");
        nodes[i].detail = QStringLiteral("node_%1").arg(i);
        nodes[i].number = i;
        if (i % 500 == 0) {
            nodes[i].sign = Severity::High;
        }
    }
    std::vector<widgets::SceneEdge> edges;
    for (std::size_t i = 0; i < shape.edges.size(); ++i) {
        const auto first = layout.routeStart[i];
        edges.push_back({shape.edges[i].from, shape.edges[i].to, first, layout.routeStart[i + 1] - first, {}});
    }
    std::vector<QPointF> points;
    for (const auto& point : layout.routes) {
        points.emplace_back(point.x, point.y);
    }
    return std::make_shared<const widgets::GraphScene>(
        std::move(nodes), std::move(edges), std::move(points), QSizeF(layout.size.width, layout.size.height));
}

// The middle of 40 frames, in milliseconds of the processor.
template <typename Step> void measure(widgets::GraphCanvas& canvas, const char* name, const Step& step)
{
    std::vector<double> frames;
    for (int i = 0; i < 40; ++i) {
        const auto begin = std::clock();
        step(i);
        canvas.viewport()->repaint();
        frames.push_back(1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    std::sort(frames.begin(), frames.end());
    std::printf("%s %.1f ms, worst %.1f ms\n", name, frames[frames.size() / 2], frames.back());
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    widgets::installStyle(app);
    widgets::GraphCanvas canvas;
    canvas.resize(1920, 1080);
    canvas.show();
    canvas.setScene(makeScene(20'000));
    canvas.setMinimapVisible(true);
    QApplication::processEvents();
    const auto pan = [&canvas](int i) {
        canvas.horizontalScrollBar()->setValue(canvas.horizontalScrollBar()->value() + (i % 2 ? 37 : -29));
        canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + (i % 4 < 2 ? 23 : -23));
        canvas.viewport()->update(); // all of it, also what could be moved
    };
    canvas.fit();
    measure(canvas, "frame_all", pan);
    for (const qreal zoom : {0.1, 0.25, 0.49, 0.5, 1.0}) {
        canvas.setZoom(zoom);
        measure(canvas, qPrintable(QStringLiteral("frame_%1").arg(zoom)), pan);
    }
    measure(canvas, "frame_zooming", [&canvas](int i) { canvas.setZoom(0.03 * (1 + i % 20)); });
    return 0;
}
