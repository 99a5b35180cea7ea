// SPDX-License-Identifier: GPL-3.0-or-later
// How a lineage is folded, filtered and traced, on graphs made by hand.
#include "read_lineage.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_path.h"
#include "widgets/models/lineage_query.h"
#include "widgets/models/lineage_words.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;
using cupel::test::edge;
using cupel::test::madeChurn;
using cupel::test::MadeLineage;
using cupel::test::read;
using cupel::test::unit;
using lineage::none;

namespace {

QStringList titles(const LineageReading& reading, const LineagePath& path)
{
    QStringList out;
    for (const auto& step : path) {
        const auto& one = reading.fold.edges[step.edge];
        if (out.isEmpty()) {
            out += titleOf(*reading.source, reading.fold.nodes[one.from]);
        }
        out += titleOf(*reading.source, reading.fold.nodes[one.to]);
    }
    return out;
}

} // namespace

class LineageFoldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smallOnesShowTheirCells();
    void variablesBecomeEdges();
    void whatIsOpenedAndFoldedChanges();
    void hiddenKindsAreBridged();
    void onlyWithKeepsWhatItFlowsInto();
    void hopsAreCountedFromTheFocus();
    void aSliceIsWhatLiesBetween();
    void waysDoNotJoinWhatPassesSideBySide();
    void theOrderSaysWhatWasThere();
    void framesHoldTheirNodes();
    void whatStaysKeepsItsPlace();
    void queriesFind_data();
    void queriesFind();
    void whatIsMaskedStaysMasked();
    void oddGraphsDoNoHarm();
};

void LineageFoldTest::smallOnesShowTheirCells()
{
    const auto source = madeChurn().source();
    const auto folded = fold(*source, {});
    QCOMPARE(folded.level, LineageWish::Level::Cell);
    QCOMPARE(folded.groups.size(), 3U);
    QCOMPARE(titleOf(*source, folded.groups[0]), QStringLiteral("01-ingest.ipynb"));
    const std::array<std::uint32_t, lineageKinds> wanted{10, 12, 2, 2};
    QCOMPARE(folded.kinds, wanted);
    QCOMPARE(folded.nodes.size(), 26U);
    const auto fit = unit(*source, folded, QStringLiteral("fit"));
    QVERIFY(fit != none);
    QCOMPARE(folded.nodes[fit].group, 2U);
    QCOMPARE(detailOf(*source, folded.nodes[fit]), QStringLiteral("cell 2"));
    QVERIFY(folded.nodes[unit(*source, folded, QStringLiteral("raw_users.csv"))].group == none);
}

void LineageFoldTest::variablesBecomeEdges()
{
    const auto source = madeChurn().source();
    const auto folded = fold(*source, {});
    const auto* reads = edge(*source, folded, QStringLiteral("raw_users.csv"), QStringLiteral("load customers"));
    QVERIFY(reads);
    QCOMPARE(whatFlows(*source, *reads), QStringLiteral("reads: users"));
    const auto* likely = edge(*source, folded, QStringLiteral("build features"), QStringLiteral("train.pq"));
    QVERIFY(likely && likely->certainty == lineage::Certainty::Likely);
    const auto* two = edge(*source, folded, QStringLiteral("fit"), QStringLiteral("churn_clf.pkl"));
    QVERIFY(two && two->count == 2);
    QVERIFY(two->certainty == lineage::Certainty::Certain); // the best of them
    QCOMPARE(whatFlows(*source, *two), QStringLiteral("saves, trains: clf, y"));
    const auto* inside = edge(*source, folded, QStringLiteral("load events"), QStringLiteral("dedupe"));
    QVERIFY(inside);
}

void LineageFoldTest::whatIsOpenedAndFoldedChanges()
{
    const auto source = madeChurn().source();
    LineageWish wish;
    wish.folded.insert("file:01-ingest.ipynb");
    auto folded = fold(*source, wish);
    QCOMPARE(folded.groups.size(), 2U);
    const auto file = unit(*source, folded, QStringLiteral("01-ingest.ipynb"));
    QVERIFY(file != none && folded.nodes[file].form == LineageFoldNode::Form::File);
    QVERIFY(edge(*source, folded, QStringLiteral("01-ingest.ipynb"), QStringLiteral("customers.pq")));

    wish = {};
    wish.open.insert("node:c2.2"); // the cell that fits
    folded = fold(*source, wish);
    QCOMPARE(folded.groups.size(), 4U);
    const auto variable = unit(*source, folded, QStringLiteral("clf"));
    QVERIFY(variable != none);
    const auto group = folded.nodes[variable].group;
    QCOMPARE(folded.groups[group].parent, 2U);
    QVERIFY(edge(*source, folded, QStringLiteral("clf"), QStringLiteral("churn_clf.pkl")));
    QCOMPARE(unit(*source, folded, QStringLiteral("fit")), none);

    wish = {};
    wish.level = LineageWish::Level::File;
    QCOMPARE(fold(*source, wish).groups.size(), 0U);
    wish.level = LineageWish::Level::Folder;
    folded = fold(*source, wish);
    QVERIFY(unit(*source, folded, QStringLiteral("Top folder")) != none);
    QCOMPARE(folded.kinds[static_cast<std::size_t>(LineageKind::Code)], 1U);
}

void LineageFoldTest::hiddenKindsAreBridged()
{
    const auto source = madeChurn().source();
    LineageWish wish;
    wish.kinds = static_cast<std::uint8_t>(wish.kinds & ~bit(LineageKind::Code));
    const auto folded = fold(*source, wish);
    QCOMPARE(folded.nodes.size(), 14U);
    QVERIFY(folded.groups.empty());
    const auto* over = edge(*source, folded, QStringLiteral("raw_users.csv"), QStringLiteral("customers.pq"));
    QVERIFY(over && over->bridged);
    QVERIFY(!edge(*source, folded, QStringLiteral("raw_users.csv"), QStringLiteral("train.pq")));
    QCOMPARE(folded.kinds[static_cast<std::size_t>(LineageKind::Code)], 12U); // counted, though hidden
}

void LineageFoldTest::onlyWithKeepsWhatItFlowsInto()
{
    const auto source = madeChurn().source();
    for (std::size_t i = 0; i < source->keys.size(); ++i) {
        if (source->keys[i] == "data/labels.xlsx") {
            source->traits[i] = bit(LineageTrait::Personal);
        }
    }
    LineageWish wish;
    wish.traits = bit(LineageTrait::Personal);
    const auto folded = fold(*source, wish);
    QCOMPARE(folded.traits[static_cast<std::size_t>(LineageTrait::Personal)], 1U);
    QStringList names;
    for (const auto& node : folded.nodes) {
        names += titleOf(*source, node);
    }
    names.sort();
    const QStringList wanted{QStringLiteral("churn_clf.pkl"), QStringLiteral("fit"), QStringLiteral("labels.pq"),
        QStringLiteral("labels.xlsx"), QStringLiteral("map labels")};
    QCOMPARE(names, wanted);
}

void LineageFoldTest::hopsAreCountedFromTheFocus()
{
    const auto source = madeChurn().source();
    LineageWish wish;
    wish.focus = "node:d:data/customers.pq";
    wish.up = 1;
    wish.down = 0;
    auto folded = fold(*source, wish);
    QCOMPARE(folded.nodes.size(), 3U); // with the two cells that write it
    wish.up = 0;
    wish.down = 2;
    folded = fold(*source, wish);
    QVERIFY(unit(*source, folded, QStringLiteral("train.pq")) != none);
    QCOMPARE(unit(*source, folded, QStringLiteral("fit")), none);
    wish.down = -1;
    folded = fold(*source, wish);
    QVERIFY(unit(*source, folded, QStringLiteral("churn_clf.pkl")) != none);
    QCOMPARE(unit(*source, folded, QStringLiteral("raw_users.csv")), none);
}

void LineageFoldTest::aSliceIsWhatLiesBetween()
{
    const auto source = madeChurn().source();
    LineageWish wish;
    wish.from = "node:d:models/churn_clf.pkl"; // either order
    wish.to = "node:d:data/raw_users.csv";
    const auto folded = fold(*source, wish);
    QCOMPARE(folded.nodes.size(), 7U);
    QVERIFY(unit(*source, folded, QStringLiteral("build features")) != none);
    QCOMPARE(unit(*source, folded, QStringLiteral("map labels")), none);
}

void LineageFoldTest::waysDoNotJoinWhatPassesSideBySide()
{
    const auto made = madeChurn();
    const auto reading = read(made);
    QVERIFY(reading);
    const auto at = [&](const char* title) {
        return unit(*reading->source, reading->fold, QString::fromLatin1(title));
    };
    const auto way = wayBetween(*reading, at("raw_users.csv"), at("churn_clf.pkl"));
    const QStringList wanted{QStringLiteral("raw_users.csv"), QStringLiteral("load customers"),
        QStringLiteral("customers.pq"), QStringLiteral("build features"), QStringLiteral("train.pq"),
        QStringLiteral("fit"), QStringLiteral("churn_clf.pkl")};
    QCOMPARE(titles(*reading, way), wanted);
    QCOMPARE(made.graph.edges[way[0].cause].why, std::string("The cell reads data/raw_users.csv into users."));
    QCOMPARE(titles(*reading, wayBetween(*reading, at("churn_clf.pkl"), at("raw_users.csv"))), wanted);
    // Two flows through one cell stay two.
    MadeLineage two;
    const auto cell = two.cell(two.file("a.ipynb"), 0, "both");
    const auto in1 = two.thing("in1");
    const auto in2 = two.thing("in2");
    const auto out1 = two.thing("out1");
    const auto out2 = two.thing("out2");
    two.step(in1, cell, out1, "a");
    two.step(in2, cell, out2, "b");
    const auto small = read(two);
    const auto find = [&](const char* title) { return unit(*small->source, small->fold, QString::fromLatin1(title)); };
    QCOMPARE(wayBetween(*small, find("in1"), find("out1")).size(), 2U);
}

void LineageFoldTest::theOrderSaysWhatWasThere()
{
    const auto made = madeChurn();
    const auto reading = read(made);
    const auto at = [&](const char* title) {
        return unit(*reading->source, reading->fold, QString::fromLatin1(title));
    };
    const auto written = orderOf(made.graph, false);
    const auto recorded = orderOf(made.graph, true);
    QCOMPARE(written.cells.size(), 12U);
    QCOMPARE(recorded.cells.size(), 12U);
    QCOMPARE(written.cells[2].count, 5);
    QCOMPARE(recorded.cells[2].count, 3);
    QCOMPARE(written.misplaced, 2U); // the two below the cell that ran last
    QVERIFY(written.cells[3].misplaced && recorded.cells[2].misplaced && !recorded.cells[4].misplaced);
    QVERIFY(madeBy(*reading, recorded, 12).empty()); // everything
    const auto early = madeBy(*reading, recorded, 4); // before "load customers"
    QVERIFY(early[at("join CRM")] && !early[at("load customers")]);
    QVERIFY(early[at("customers.pq")] && !early[at("raw_users.csv")]);
    QVERIFY(!early[at("fit")] && !early[at("churn_clf.pkl")]);
    QVERIFY(madeBy(*reading, written, 3)[at("load customers")]);
}

void LineageFoldTest::framesHoldTheirNodes()
{
    LineageWish wish;
    wish.level = LineageWish::Level::Variable;
    for (const auto& wanted : {LineageWish(), wish}) {
        const auto reading = read(madeChurn(), wanted);
        QVERIFY(reading && reading->scene);
        const auto& scene = *reading->scene;
        QVERIFY(scene.rightwards());
        QCOMPARE(scene.nodes().size(), reading->fold.nodes.size());
        QCOMPARE(scene.frames().size(), reading->fold.groups.size());
        const QRectF all(QPointF(), scene.size());
        for (std::size_t i = 0; i < scene.nodes().size(); ++i) {
            const auto& box = scene.nodes()[i].box;
            QVERIFY(all.contains(box));
            for (std::size_t k = 0; k < i; ++k) {
                QVERIFY2(!scene.nodes()[k].box.intersects(box),
                    qPrintable(scene.nodes()[k].title + u'/' + scene.nodes()[i].title));
            }
            for (std::size_t f = 0; f < scene.frames().size(); ++f) {
                auto inside = reading->fold.nodes[i].group;
                bool holds = false;
                for (; inside != none; inside = reading->fold.groups[inside].parent) {
                    holds = holds || inside == f;
                }
                QCOMPARE(scene.frames()[f].box.contains(box), holds);
                QVERIFY(holds || !scene.frames()[f].box.intersects(box));
            }
        }
        for (const auto& edge : scene.edges()) {
            QVERIFY(edge.corners >= 2);
            const QPointF first = scene.corners(edge)[0];
            const QPointF last = scene.corners(edge)[edge.corners - 1];
            QVERIFY(scene.nodes()[edge.from].box.adjusted(-1, -1, 1, 1).contains(first));
            QVERIFY(scene.nodes()[edge.to].box.adjusted(-1, -1, 1, 1).contains(last));
        }
    }
}

// A text that was copied out of code is shown as the review shows the code.
void LineageFoldTest::whatIsMaskedStaysMasked()
{
    const std::string value = "kq83hx02mmzp";
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "/srv/a.py";
    analysis->artifact.bytes = std::make_shared<const std::string>("Model(token='" + value + "')");
    analysis->sensitive.push_back({13, 13 + value.size()});
    app::LineageRequest request;
    request.roots = {"/srv"};
    request.analyses = {analysis};
    request.make = [&value](const std::vector<std::string>&, Budget&) {
        MadeLineage made;
        const auto cell = made.cell(made.file("a.py", false), -1, "a.py");
        const auto model = made.inside(cell, value, MadeLineage::Kind::Model);
        made.edge(made.thing("in.csv"), model, MadeLineage::Way::Trains, MadeLineage::Sure::Certain, "by " + value);
        lineage::Training training;
        training.model = model;
        training.place = made.graph.nodes[cell].place;
        training.hyperparameters.emplace_back("token", value);
        made.graph.trainings.push_back(training);
        return made.graph;
    };
    const auto reading = app::readLineage(request, {});
    QVERIFY(reading);
    const auto& graph = *reading->source->graph;
    QVERIFY(graph.trainings[0].hyperparameters[0].second.find(value) == std::string::npos);
    QVERIFY(graph.edges[0].why.find(value) == std::string::npos);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        QVERIFY(graph.nodes[i].label.find(value) == std::string::npos);
        QVERIFY(reading->source->keys[i].find(value) == std::string::npos);
    }
}

// One more file: what was drawn before stands where it stood, and the scene knows it for the next time.
void LineageFoldTest::whatStaysKeepsItsPlace()
{
    MadeLineage made = madeChurn();
    const auto before = read(made);
    QVERIFY(before->memory && !before->memory->units.empty());
    const auto file = made.file("04-more.ipynb");
    const auto cell = made.cell(file, 0, "more", 1, 0);
    for (std::uint32_t i = 0; i < made.graph.nodes.size(); ++i) {
        if (made.graph.nodes[i].label == "data/raw_users.csv") {
            made.step(i, cell, made.thing("data/more.csv"), "more");
            break;
        }
    }
    app::LineageRequest request;
    request.sources.written = made.source();
    request.before = before->memory;
    const auto after = app::readLineage(request, {});
    QVERIFY(after && after->fold.nodes.size() > before->fold.nodes.size());
    std::vector<double> right;
    std::vector<double> down;
    for (std::size_t i = 0; i < after->fold.nodes.size(); ++i) {
        for (std::size_t k = 0; k < before->fold.nodes.size(); ++k) {
            if (after->fold.nodes[i].key == before->fold.nodes[k].key) {
                const QPointF off = after->scene->nodes()[i].box.center() - before->scene->nodes()[k].box.center();
                right.push_back(off.x());
                down.push_back(off.y());
            }
        }
    }
    QCOMPARE(right.size(), before->fold.nodes.size());
    const auto far = [](std::vector<double> values) {
        auto sorted = values;
        std::sort(sorted.begin(), sorted.end());
        const double middle = sorted[sorted.size() / 2];
        return std::count_if(
            values.begin(), values.end(), [middle](double one) { return std::abs(one - middle) > 168; });
    };
    QVERIFY(far(right) <= 1 && far(down) <= 1);
}

void LineageFoldTest::queriesFind_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("titles"); // one star: everything
    QTest::addColumn<bool>("trouble");
    const auto row = [](const char* query, const char* titles, bool trouble = false) {
        QTest::newRow(query) << QString::fromLatin1(query)
                             << QString::fromLatin1(titles).split(QStringLiteral(", "), Qt::SkipEmptyParts) << trouble;
    };
    row("raw_users", "raw_users.csv");
    row("kind:model-file", "bert-base, scaler.pkl, churn_clf.pkl");
    row("kind:model-file -bert", "scaler.pkl, churn_clf.pkl");
    row("kind:outside", "export, bert-base");
    row("kind:cell file:03-*", "scale, fit, evaluate");
    row("file:*.xlsx", "labels.xlsx");
    row("labels.xlsx down:1", "labels.xlsx, map labels");
    row("kind:model-file -kind:outside up:1", "scaler.pkl, churn_clf.pkl, scale, fit");
    row("kind:", "*");
    row("up:2", "*");
    row("up:many labels.xlsx", "labels.xlsx", true);
    row("file:*a*a*a*a*a*a*a*b", "");
    row("https://nowhere", "");
}

void LineageFoldTest::queriesFind()
{
    QFETCH(QString, query);
    QFETCH(QStringList, titles);
    QFETCH(bool, trouble);
    const auto reading = read(madeChurn());
    const auto parsed = parseQuery(query);
    QCOMPARE(!parsed.trouble.isEmpty(), trouble);
    if (titles == QStringList{QStringLiteral("*")}) {
        QVERIFY(parsed.empty());
        return;
    }
    const auto marks = matches(*reading, parsed);
    QStringList found;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i]) {
            found += titleOf(*reading->source, reading->fold.nodes[i]);
        }
    }
    found.sort();
    titles.sort();
    QCOMPARE(found, titles);
}

// What a maker promises may be broken: nothing is read that is not there.
void LineageFoldTest::oddGraphsDoNoHarm()
{
    MadeLineage made;
    const auto cell = made.cell(7, 0, "of no file");
    const auto loose = made.inside(cell, "x");
    made.graph.nodes[loose].cell = 99;
    const auto thing = made.thing("a");
    made.edge(thing, loose);
    made.edge(thing, thing);
    made.graph.edges.push_back({5'000, 1, lineage::EdgeKind::Reads, lineage::Certainty::Guess, {}, {}, {}});
    made.ran(9, {1, 2});
    const auto reading = read(made);
    QVERIFY(reading);
    QCOMPARE(reading->fold.nodes.size(), 3U);
    QVERIFY(aroundOf(*reading, 99).empty());
    (void)aroundOf(*reading, 0);
    QVERIFY(orderOf(made.graph, true).cells.empty());
    const auto nothing = read(MadeLineage());
    QVERIFY(nothing && nothing->empty() && nothing->scene->empty());
}

QTEST_GUILESS_MAIN(LineageFoldTest)
#include "tst_lineage_fold.moc"
