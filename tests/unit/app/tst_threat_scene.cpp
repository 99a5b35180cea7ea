// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing of a threat model keeps clear of what somebody placed: what a layout would put on it goes aside, what
// somebody covered by hand stays where it is.
#include "analyzers/threats/work/drawn_places.h"
#include "analyzers/threats/work/team_edit.h"
#include "app/session/pin_clearance.h"
#include "app/session/threat_scene.h"

#include <QtCore/QRandomGenerator>
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

// As the view knows what it shows.
threats::DrawnPlaces placesOf(const ThreatDrawing& drawing, const threats::Overlaid& overlaid)
{
    threats::DrawnPlaces out;
    const auto box = [&drawing](const QRectF& seen) {
        const QRectF at = seen.translated(drawing.origin);
        return threats::Box{at.x(), at.y(), at.width(), at.height()};
    };
    for (std::size_t i = 0; i < drawing.elements.size(); ++i) {
        const auto& one = overlaid.model.elements[drawing.elements[i]];
        out.elements.push_back({one.id, box(drawing.scene->nodes()[i].box), one.box, one.zone});
    }
    for (std::size_t i = 0; i < drawing.zones.size(); ++i) {
        const auto& one = overlaid.model.zones[drawing.zones[i]];
        out.zones.push_back({one.id, box(drawing.scene->frames()[i].box), one.box, one.parent});
    }
    return out;
}

// The name of an element that is drawn outside of its zone; empty: none is.
QString outsideOf(const ThreatDrawing& drawing, const threats::Overlaid& overlaid)
{
    for (std::size_t i = 0; i < drawing.elements.size(); ++i) {
        const auto& one = overlaid.model.elements[drawing.elements[i]];
        for (std::size_t k = 0; k < drawing.zones.size(); ++k) {
            if (overlaid.model.zones[drawing.zones[k]].id == one.zone
                && !drawing.scene->frames()[k].box.contains(drawing.scene->nodes()[i].box)) {
                return QString::fromStdString(one.id);
            }
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
    void aZoneMadeLargerKeepsWhatItTakesIn();
    void membersStandInTheirZone();
    void membersStayInsideWhateverIsDone();
};

// What came into a zone by resizing it was drawn elsewhere by the next layout.
void ThreatSceneTest::aZoneMadeLargerKeepsWhatItTakesIn()
{
    const auto model = made();
    Budget budget;
    threats::TeamModel team;
    auto overlaid = threats::overlay(model, team);
    auto drawing = drawThreats(overlaid, model, nullptr, budget);
    const QRectF a = boxOf(drawing, overlaid, "a");
    const QRectF b = boxOf(drawing, overlaid, "b");
    const QRectF small = a.adjusted(-10, -30, 10, 10);
    const threats::Box drawn{small.x(), small.y(), small.width(), small.height()};
    threats::addZone(team, "own", "DMZ", 50, drawn);
    threats::takeIntoZone(team, placesOf(drawing, overlaid), "own", drawn);
    overlaid = threats::overlay(model, team);
    drawing = drawThreats(overlaid, model, drawing.memory, budget);
    const auto places = placesOf(drawing, overlaid);
    const QRectF large = small | b.adjusted(-10, -30, 10, 10);
    threats::changeZone(team, places, "own", {large.x(), large.y(), large.width(), large.height()});
    QCOMPARE(*team.parts["b"].zone, std::string("own"));
    for (const auto& again : {drawing.memory, widgets::SceneMemoryPtr()}) { // also in the next window
        overlaid = threats::overlay(model, team);
        const auto after = drawThreats(overlaid, model, again, budget);
        QCOMPARE(boxOf(after, overlaid, "b").topLeft().toPoint(), b.topLeft().toPoint());
        QCOMPARE(outsideOf(after, overlaid), QString());
    }
}

// However it came to belong there: by a list, from a file, by somebody else.
void ThreatSceneTest::membersStandInTheirZone()
{
    const auto model = made();
    Budget budget;
    threats::TeamModel team;
    threats::addZone(team, "own", "DMZ", 50, {900, 700, 120, 80});
    for (const char* id : {"a", "b", "c", "x"}) {
        threats::setText(team, id, &threats::PartEdit::zone, "own");
    }
    threats::setPlace(team, "x", {100, 100, 120, 44}); // far away
    const auto overlaid = threats::overlay(model, team);
    const auto drawing = drawThreats(overlaid, model, nullptr, budget);
    QCOMPARE(outsideOf(drawing, overlaid), QString());
    QVERIFY(!boxOf(drawing, overlaid, "a").intersects(boxOf(drawing, overlaid, "b")));
}

void ThreatSceneTest::membersStayInsideWhateverIsDone()
{
    const auto model = made();
    Budget budget;
    QRandomGenerator random(20261130);
    for (int run = 0; run < 30; ++run) {
        threats::TeamModel team;
        auto overlaid = threats::overlay(model, team);
        auto drawing = drawThreats(overlaid, model, nullptr, budget);
        for (int step = 0; step < 25; ++step) {
            const auto places = placesOf(drawing, overlaid);
            const auto near = [&random](double from, double to) { return from + random.bounded(to - from); };
            const auto& element = places.elements[random.bounded(static_cast<quint32>(places.elements.size()))];
            const auto& zone = places.zones[random.bounded(static_cast<quint32>(places.zones.size()))];
            const std::string id = "own-" + std::to_string(step);
            const threats::Box area{near(-200, 600), near(-200, 600), near(60, 500), near(60, 400)};
            threats::Box other = zone.box;
            switch (random.bounded(5)) {
            case 0:
                threats::addZone(team, id, id, 50, area);
                threats::takeIntoZone(team, places, id, area);
                break;
            case 1:
                threats::moveParts(team, places, std::vector{element.id}, {near(-300, 300), near(-300, 300)});
                break;
            case 2:
                threats::putParts(team, places, std::vector{std::pair(element.id, area)});
                break;
            case 3:
                other.x += near(-300, 300);
                other.y += near(-300, 300);
                threats::changeZone(team, places, zone.id, other);
                break;
            default:
                other.width = std::max(threats::leastZone, other.width + near(-300, 300));
                other.height = std::max(threats::leastZone, other.height + near(-300, 300));
                threats::changeZone(team, places, zone.id, other);
                break;
            }
            overlaid = threats::overlay(model, team);
            drawing = drawThreats(overlaid, model, drawing.memory, budget);
            QVERIFY(drawing.scene);
            QVERIFY2(outsideOf(drawing, overlaid).isEmpty(),
                qPrintable(QStringLiteral("run %1, step %2: %3").arg(run).arg(step).arg(outsideOf(drawing, overlaid))));
        }
    }
}

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
