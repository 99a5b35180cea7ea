// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown of a lineage before anybody opens or folds anything: never too much, and never nothing but one node.
#include "read_lineage.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_words.h"

#include <QtTest/QTest>

#include <algorithm>
#include <set>
#include <tuple>

using namespace cupel;
using namespace cupel::widgets;
using cupel::test::madeMany;
using cupel::test::unit;
using lineage::none;

class LineageFirstLookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstLookIsNeverTooMuch();
    void codeIsNeverOneNode();
    void aFolderOpensToThoseInIt();
    void filesAboveFoldersAreNotAll();
};

void LineageFirstLookTest::theFirstLookIsNeverTooMuch()
{
    for (const auto& [folders, files, cells] : {std::tuple(1, 1, 400), std::tuple(1, 3, 30), std::tuple(3, 10, 4),
             std::tuple(100, 2, 3), std::tuple(12, 20, 2)}) {
        const auto made = madeMany(folders, files, cells);
        const auto source = made.source();
        const auto folded = fold(*source, {});
        QVERIFY2(folded.nodes.size() <= LineageWish::mostAtFirst && folded.nodes.size() > 1,
            qPrintable(QStringLiteral("%1 %2 %3: %4").arg(folders).arg(files).arg(cells).arg(folded.nodes.size())));
        // Every node of the graph is in one of them.
        QVERIFY(std::all_of(folded.of.begin(), folded.of.end(), [](std::uint32_t one) { return one != none; }));
        std::uint32_t inside = 0;
        for (const auto& node : folded.nodes) {
            inside +=
                node.form == LineageFoldNode::Form::Thing || node.form == LineageFoldNode::Form::More ? node.count : 0;
        }
        QVERIFY(inside >= static_cast<std::uint32_t>(folders * files * (cells + 1)));
    }
}

// However much there is: the way of the data through code can be seen.
void LineageFirstLookTest::codeIsNeverOneNode()
{
    for (const auto& [folders, files, cells, deep] : {std::tuple(1, 200, 2, false), std::tuple(2, 40, 3, false),
             std::tuple(100, 2, 3, false), std::tuple(200, 4, 2, true), std::tuple(1, 80, 1, false)}) {
        const auto source = madeMany(folders, files, cells, deep).source();
        const auto folded = fold(*source, {});
        const auto code = std::count_if(folded.nodes.begin(), folded.nodes.end(), [](const LineageFoldNode& node) {
            return node.form == LineageFoldNode::Form::File || node.form == LineageFoldNode::Form::Folder;
        });
        const auto name = QStringLiteral("%1 %2 %3: %4 of %5").arg(folders).arg(files).arg(cells).arg(code);
        QVERIFY2(code >= (deep ? 5 : 15), qPrintable(name.arg(folded.nodes.size())));
        QVERIFY2(folded.nodes.size() <= LineageWish::mostAtFirst, qPrintable(name.arg(folded.nodes.size())));
    }
}

void LineageFirstLookTest::aFolderOpensToThoseInIt()
{
    const auto source = madeMany(200, 4, 2, true).source();
    const auto shown = [&source](const LineageWish& wish) {
        std::set<QString> out;
        for (const auto& node : fold(*source, wish).nodes) {
            if (node.form == LineageFoldNode::Form::Folder) {
                out.insert(titleOf(*source, node));
            }
        }
        return out;
    };
    LineageWish wish;
    QVERIFY(shown(wish).contains(QStringLiteral("area3")));
    wish.open.insert("folder:work/area3");
    const auto opened = shown(wish);
    QVERIFY(!opened.contains(QStringLiteral("area3")) && opened.contains(QStringLiteral("part8")));
    QVERIFY(opened.contains(QStringLiteral("area2")));
}

// Files that lie above other folders take none of these into their node.
void LineageFirstLookTest::filesAboveFoldersAreNotAll()
{
    auto made = madeMany(8, 6, 2);
    for (int i = 0; i < 3; ++i) {
        const auto file = made.file("part/" + std::to_string(i) + ".ipynb");
        made.step(made.thing("in" + std::to_string(i)), made.cell(file, 0, "all"),
            made.thing("out" + std::to_string(i)), "x");
    }
    const auto source = made.source();
    const auto folded = fold(*source, {});
    QVERIFY(unit(*source, folded, QStringLiteral("part5")) != none);
}

QTEST_GUILESS_MAIN(LineageFirstLookTest)
#include "tst_lineage_first_look.moc"
