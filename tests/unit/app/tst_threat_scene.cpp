// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing of a threat model keeps clear of what somebody placed: what a layout would put on it goes aside, what
// somebody covered by hand stays where it is.
#include "app/session/pin_clearance.h"
#include "app/session/threat_scene.h"

#include <QtTest/QtTest>

using namespace cupel;
using namespace cupel::app;

namespace {

threats::Element element(const std::string& id, const std::string& zone)
{
    threats::Element out;
    out.id = out.name = id;
    out.kind = "dataset";
    out.zone = zone;
    return out;
}

// a -> b -> c -> d in one zone, and x outside of it.
threats::ThreatModel made()
{
    threats::ThreatModel out;
    threats::Zone zone;
    zone.id = zone.name = "zone";
    out.zones.push_back(zone);
    for (const char* id : {"a", "b", "c", "d"}) {
        out.elements.push_back(element(id, "zone"));
    }
    out.elements.push_back(element("x", ""));
    for (const auto& [from, to] : {std::pair{"a", "b"}, {"b", "c"}, {"c", "d"}, {"a", "c"}}) {
        threats::Flow flow;
        flow.id = std::string(from) + to;
        flow.source = from;
        flow.target = to;
        out.flows.push_back(flow);
    }
    return out;
}

threats::Overlaid without(const threats::ThreatModel& model, const std::string& hidden)
{
    threats::Overlaid out;
    out.model = model;
    std::erase_if(out.model.elements, [&](const auto& one) { return one.id == hidden; });
    std::erase_if(out.model.flows, [&](const auto& one) { return one.source == hidden || one.target == hidden; });
    return out;
}

void pin(threats::Overlaid& overlaid, const std::string& id, const QRectF& box)
{
    for (auto& one : overlaid.model.elements) {
        if (one.id == id) {
            one.box = threats::Box{box.x(), box.y(), box.width(), box.height()};
        }
    }
}

// In the coordinates of places.
QRectF boxOf(const ThreatDrawing& drawing, const threats::Overlaid& overlaid, const std::string& id)
{
    for (std::size_t i = 0; i < drawing.elements.size(); ++i) {
        if (overlaid.model.elements[drawing.elements[i]].id == id) {
            return drawing.scene->nodes()[i].box.translated(drawing.origin);
        }
    }
    return {};
}

} // namespace

class ThreatSceneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsLaidAnewGoesAside();
    void whatSomebodyCoversStays();
    void theNearestFreePlaceOfItsZone();
    void muchOnMuchEnds();
};

void ThreatSceneTest::whatIsLaidAnewGoesAside()
{
    const auto model = made();
    Budget budget;
    auto all = without(model, "");
    const auto first = drawThreats(all, model, nullptr, budget);
    auto hidden = without(model, "b");
    const QRectF place = boxOf(drawThreats(hidden, model, first.memory, budget), hidden, "c");
    QVERIFY(place != boxOf(first, all, "c")); // what is around it is laid out anew
    pin(all, "x", place.translated(10, 5));
    pin(hidden, "x", place.translated(10, 5));
    const auto before = drawThreats(all, model, first.memory, budget);
    const auto after = drawThreats(hidden, model, before.memory, budget);
    const QRectF aside = boxOf(after, hidden, "c");
    QCOMPARE(boxOf(after, hidden, "x").topLeft(), place.translated(10, 5).topLeft());
    QVERIFY(!aside.intersects(boxOf(after, hidden, "x")));
    QCOMPARE(aside.size(), place.size());
    QVERIFY(after.scene->frames().front().box.translated(after.origin).contains(aside)); // its zone goes along
    for (const auto& edge : after.scene->edges()) { // and its lines
        const auto* corner = after.scene->corners(edge);
        const auto near = [&](std::uint32_t node, const QPointF& end) {
            return after.scene->nodes()[node].box.adjusted(-1, -1, 1, 1).contains(end);
        };
        QVERIFY(near(edge.from, corner[0]) && near(edge.to, corner[edge.corners - 1]));
    }
    QCOMPARE(boxOf(drawThreats(hidden, model, after.memory, budget), hidden, "c"), aside); // and stays there
}

void ThreatSceneTest::whatSomebodyCoversStays()
{
    const auto model = made();
    Budget budget;
    auto all = without(model, "");
    auto drawing = drawThreats(all, model, nullptr, budget);
    const QRectF place = boxOf(drawing, all, "c");
    pin(all, "x", place.translated(20, 10));
    for (int round = 0; round < 2; ++round) {
        drawing = drawThreats(all, model, drawing.memory, budget);
        QCOMPARE(boxOf(drawing, all, "c"), place); // moving one thing moves nothing else
    }
}

void ThreatSceneTest::theNearestFreePlaceOfItsZone()
{
    Clearing what;
    what.boxes = {{0, 0, 100, 40}, {10, 30, 100, 40}, {10, 82, 100, 40}};
    what.placed = {true, false, false};
    what.stays = [](std::uint32_t) { return false; };
    auto moved = keepClear(what);
    QVERIFY(!moved[0] && moved[1] && !moved[2]);
    QVERIFY(!what.boxes[1].intersects(what.boxes[0]) && !what.boxes[1].intersects(what.boxes[2]));
    QVERIFY2(what.boxes[1].top() < 0, "above is nearer than below both");
    what.boxes[1] = {10, 30, 100, 40};
    what.areas = {{-10, -10, 300, 300}};
    static_cast<void>(keepClear(what));
    QVERIFY(what.areas[0].contains(what.boxes[1]) && !what.boxes[1].intersects(what.boxes[0]));
    what.boxes[1] = {10, 30, 100, 40};
    what.stays = [](std::uint32_t box) { return box == 1; };
    moved = keepClear(what);
    QVERIFY(!moved[1] && what.boxes[1] == QRectF(10, 30, 100, 40));
}

// As a file may have it: thousands on one place, and some as large as a drawing can be.
void ThreatSceneTest::muchOnMuchEnds()
{
    Clearing what;
    for (int i = 0; i < 20'000; ++i) {
        what.boxes.emplace_back(i % 50, i % 30, i % 100 == 0 ? 100'000 : 120, 44);
        what.placed.push_back(i % 2 == 0);
    }
    what.areas.assign(3'000, QRectF(0, 0, 1'000, 1'000));
    what.stays = [](std::uint32_t) { return false; };
    QCOMPARE(keepClear(what).size(), 20'000U);
}

QTEST_GUILESS_MAIN(ThreatSceneTest)
#include "tst_threat_scene.moc"
