// SPDX-License-Identifier: GPL-3.0-or-later
// What the first look at a notebook shows: its stages where it is large, and which cell leads to which file.
#include "read_lineage.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_path.h"
#include "widgets/models/lineage_words.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;
using cupel::test::MadeLineage;
using cupel::test::read;
using cupel::test::unit;
using lineage::none;

class LineageStagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCellThatSavesLeadsToTheFile();
    void aLargeNotebookBeginsWithItsStages();
};

// A model that one cell trains and the next one saves.
void LineageStagesTest::theCellThatSavesLeadsToTheFile()
{
    MadeLineage made;
    const auto file = made.file("n.ipynb");
    const auto train = made.cell(file, 0, "train", 1, 0);
    const auto save = made.cell(file, 1, "save", 2, 1);
    const auto model = made.inside(train, "model", lineage::NodeKind::Model);
    const auto kept = made.thing("m.pkl", lineage::NodeKind::ModelFile);
    made.edge(model, kept, lineage::EdgeKind::Saves);
    made.graph.edges.back().place = made.graph.nodes[save].place;
    const auto folded = fold(*made.source(), {});
    const auto leads = [&folded](std::uint32_t from, std::uint32_t to) {
        return std::any_of(folded.edges.begin(), folded.edges.end(),
            [&](const auto& one) { return one.from == folded.of[from] && one.to == folded.of[to]; });
    };
    QVERIFY(leads(train, save));
    QVERIFY(leads(save, kept));
    QVERIFY(!leads(train, kept));
    // The file is there when that cell ran.
    made.ran(file, {1, 2});
    const auto reading = read(made);
    const auto order = orderOf(made.graph, true);
    QCOMPARE(order.cells.size(), 2U);
    const auto early = madeBy(*reading, order, 1);
    QVERIFY(early[reading->fold.of[train]] && !early[reading->fold.of[kept]]);
    QVERIFY(madeBy(*reading, order, 2).empty()); // all of it
}

// One box with all files around it says nothing: what its cells do one after another does.
void LineageStagesTest::aLargeNotebookBeginsWithItsStages()
{
    MadeLineage made;
    const auto file = made.file("big.ipynb");
    for (int i = 0; i < 90; ++i) {
        const auto cell = made.cell(file, i, "c" + std::to_string(i), i + 1, i);
        const auto name = std::to_string(i);
        if (i < 30) {
            made.edge(made.thing(name + ".csv"), made.inside(cell, "rows" + name), lineage::EdgeKind::Reads);
        } else if (i < 60) {
            const auto model = made.inside(cell, "model" + name, lineage::NodeKind::Model);
            made.edge(made.thing("more" + name + ".csv"), model, lineage::EdgeKind::Trains);
        } else {
            made.edge(made.inside(cell, "model" + name), made.thing(name + ".pkl"), lineage::EdgeKind::Saves);
        }
    }
    const auto source = made.source();
    const auto folded = fold(*source, {});
    QCOMPARE(folded.level, LineageWish::Level::Cell);
    QVERIFY(folded.squeezed && folded.nodes.size() <= LineageWish::mostAtFirst);
    for (const auto* title : {"Read data", "Train", "Save"}) {
        const auto stage = unit(*source, folded, QString::fromLatin1(title));
        QVERIFY2(stage != none, title);
        QCOMPARE(folded.nodes[stage].count, 30U);
        QVERIFY(detailOf(*source, folded.nodes[stage]).contains(QStringLiteral("30")));
    }
    LineageWish wish;
    wish.open.insert(folded.nodes[unit(*source, folded, QStringLiteral("Train"))].key);
    const auto opened = fold(*source, wish);
    QVERIFY(unit(*source, opened, QStringLiteral("c45")) != none);
    QVERIFY(unit(*source, opened, QStringLiteral("Train")) == none);
}

QTEST_MAIN(LineageStagesTest)
#include "tst_lineage_stages.moc"
