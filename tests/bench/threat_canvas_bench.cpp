// SPDX-License-Identifier: GPL-3.0-or-later
// A large threat model in the window: 3,000 elements and 4,500 flows in 40 zones, read from a team's file, drawn and
// worked on at 1920 x 1080, one thread, no graphics card; processor milliseconds. One "name value ms" per line.
//   QT_QPA_PLATFORM=offscreen threat_canvas_bench [ELEMENTS]
#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/team_edit.h"
#include "app/session/threat_scene.h"
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/style.h"

#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using namespace cupel;

namespace {

double since(std::clock_t begin)
{
    return 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// In a grid, zone by zone; most flows lead to a neighbour, every tenth far away.
std::string makeFile(std::uint32_t count)
{
    threats::TeamModel team;
    std::mt19937 random(11);
    constexpr std::uint32_t across = 60;
    constexpr std::uint32_t perZone = 75;
    const char* const kinds[] = {"dataset", "notebook", "training-job", "model-file", "inference-endpoint", "person"};
    const auto idOf = [](std::uint32_t i) { return "own-" + std::to_string(i); };
    const auto xOf = [](std::uint32_t i) { return static_cast<double>(i % across) * 210; };
    const auto yOf = [](std::uint32_t i) { return static_cast<double>(i / across) * 96; };
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string zone = "zone-" + std::to_string(i % across / 15 + i / across / 5 * 4);
        threats::addElement(
            team, idOf(i), kinds[i % 6], "element number " + std::to_string(i), zone, {xOf(i), yOf(i), 144, 44});
    }
    for (std::uint32_t i = 0; i < count / perZone + 1; ++i) {
        const auto x = static_cast<double>(i % 4) * 15 * 210 - 30;
        const auto y = static_cast<double>(i / 4) * 5 * 96 - 36;
        threats::addZone(team, "zone-" + std::to_string(i), "Zone " + std::to_string(i), 50, {x, y, 3'120, 470});
    }
    for (std::uint32_t i = 0; i < count + count / 2; ++i) {
        const auto from = static_cast<std::uint32_t>(random() % count);
        const auto near = from + 1 + static_cast<std::uint32_t>(random() % 2) * (across - 1);
        const auto to = random() % 10 == 0 ? static_cast<std::uint32_t>(random() % count) : near % count;
        threats::addFlow(team, "flow-" + std::to_string(i), idOf(from), idOf(to));
        threats::setText(team, "flow-" + std::to_string(i), &threats::PartEdit::name, "reads");
    }
    return threats::write(team);
}

app::ThreatDrawing draw(const threats::TeamModel& team, bool tell)
{
    const auto say = [tell](const char* name, std::clock_t begin) {
        if (tell) {
            std::printf("%s %.1f ms\n", name, since(begin));
        }
    };
    Budget budget;
    auto begin = std::clock();
    auto overlaid = threats::overlay({}, team);
    say("open_overlay", begin);
    begin = std::clock();
    threats::assess(overlaid.model, {}, threats::builtInRules(), threats::builtInEvidence());
    threats::decide(overlaid, team, "2026-01-01");
    say("open_rules", begin);
    begin = std::clock();
    auto out = app::drawThreats(overlaid, {}, nullptr, budget);
    say("open_drawing", begin);
    return out;
}

// The middle of 40 frames, all of the viewport painted anew.
template <typename Step> void measure(widgets::GraphCanvas& canvas, const char* name, const Step& step)
{
    std::vector<double> frames;
    for (int i = 0; i < 40; ++i) {
        const auto begin = std::clock();
        step(i);
        canvas.viewport()->repaint();
        frames.push_back(since(begin));
    }
    std::sort(frames.begin(), frames.end());
    std::printf("%s %.1f ms, worst %.1f ms\n", name, frames[frames.size() / 2], frames.back());
}

void send(widgets::GraphCanvas& canvas, QEvent::Type type, const QPointF& at)
{
    const bool moves = type == QEvent::MouseMove;
    QMouseEvent event(type, at, canvas.viewport()->mapToGlobal(at), moves ? Qt::NoButton : Qt::LeftButton,
        type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas.viewport(), &event);
}

void drag(widgets::GraphCanvas& canvas, const char* name, std::uint32_t count)
{
    std::vector<std::uint32_t> chosen;
    const auto scene = canvas.scene();
    const QRectF seen = canvas.visibleArea();
    std::uint32_t first = widgets::GraphScene::none;
    for (std::uint32_t i = 0; i < scene->nodes().size() && chosen.size() < count; ++i) {
        if (seen.contains(scene->nodes()[i].box)) {
            chosen.push_back(i);
            first = first == widgets::GraphScene::none ? i : first;
        }
    }
    if (first == widgets::GraphScene::none) {
        return;
    }
    canvas.setSelection(chosen);
    const QPointF from = canvas.toViewport(scene->nodes()[first].box).center();
    send(canvas, QEvent::MouseButtonPress, from);
    measure(canvas, name, [&](int i) { send(canvas, QEvent::MouseMove, from + QPointF(12 + 5 * i, 9 + 3 * (i % 7))); });
    std::printf("%s_items %zu\n", name, chosen.size());
    send(canvas, QEvent::MouseButtonRelease, from);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    constexpr std::uint32_t usual = 3'000;
    const auto count = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : usual;
    widgets::installStyle(app);
    widgets::GraphCanvas canvas;
    canvas.resize(1920, 1080);
    canvas.setMinimapVisible(true);
    canvas.setKeepsShown(true);
    canvas.setChoosesEdges(true);
    canvas.setPlainShown(true);
    canvas.setEdgeLabels(true);
    canvas.makeEditable();
    canvas.show();
    QApplication::processEvents();
    const std::string file = makeFile(count);
    const auto begin = std::clock();
    std::vector<std::string> troubles;
    const auto team = threats::read(file, troubles);
    std::printf("open_file %.1f ms\n", since(begin));
    const auto drawing = draw(team, true);
    const auto shown = std::clock();
    canvas.setScene(drawing.scene);
    canvas.viewport()->repaint();
    std::printf("open_shown %.1f ms\n", since(shown));
    std::printf("open %.1f ms, %u elements, %zu flows\n", since(begin), count, drawing.scene->edges().size());
    const auto pan = [&canvas](int i) {
        canvas.horizontalScrollBar()->setValue(canvas.horizontalScrollBar()->value() + (i % 2 ? 37 : -29));
        canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + (i % 4 < 2 ? 23 : -23));
        canvas.viewport()->update();
    };
    canvas.fit();
    measure(canvas, "pan_all", pan);
    drag(canvas, "drag_200_all", 200);
    for (const qreal zoom : {0.25, 0.5, 1.0}) {
        canvas.setZoom(zoom);
        canvas.centerOn({canvas.scene()->size().width() / 2, canvas.scene()->size().height() / 2});
        measure(canvas, qPrintable(QStringLiteral("pan_%1").arg(zoom)), pan);
    }
    drag(canvas, "drag_1", 1);
    canvas.setZoom(0.5);
    drag(canvas, "drag_200", 200);
    measure(canvas, "zoom", [&canvas](int i) { canvas.setZoom(0.1 * (1 + i % 10)); });
    return 0;
}
