// SPDX-License-Identifier: GPL-3.0-or-later
// What a lineage says is reached is the same however it is folded.
#include "read_lineage.h"

#include "widgets/models/lineage_path.h"
#include "widgets/models/lineage_query.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;
using cupel::test::edge;
using cupel::test::MadeLineage;
using cupel::test::read;
using cupel::test::unit;

class LineageReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noFoldingJoinsWhatPassesSideBySide();
    void severitiesAreFound_data();
    void severitiesAreFound();
};

namespace {

// Two flows through one cell; only the second goes on.
MadeLineage twoFlows()
{
    MadeLineage made;
    const auto notebook = made.file("prep/a.ipynb");
    const auto both = made.cell(notebook, 0, "both");
    const auto other = made.cell(notebook, 1, "other");
    const auto contracts = made.thing("contracts.csv");
    const auto visits = made.thing("visits.csv");
    const auto clean = made.thing("clean.pq");
    const auto seen = made.thing("seen.pq");
    const auto score = made.thing("score.csv");
    made.step(contracts, both, clean, "c");
    made.step(visits, both, seen, "v");
    made.step(seen, other, score, "s");
    return made;
}

QStringList things(const LineageReading& reading, const std::vector<bool>& marks)
{
    QStringList out;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i] && reading.fold.nodes[i].form == LineageFoldNode::Form::Thing) {
            out += titleOf(*reading.source, reading.fold.nodes[i]);
        }
    }
    out.sort();
    return out;
}

std::vector<bool> marksOf(const LineageReading& reading, const LineageAround& around)
{
    std::vector<bool> out(reading.fold.nodes.size());
    for (const auto* list : {&around.above, &around.below}) {
        for (const auto one : *list) {
            out[one] = true;
        }
    }
    return out;
}

} // namespace

// What comes of a flow is the same at every level, whatever is asked.
void LineageReachTest::noFoldingJoinsWhatPassesSideBySide()
{
    const auto made = twoFlows();
    const QStringList all{QStringLiteral("clean.pq"), QStringLiteral("contracts.csv")};
    using Level = LineageWish::Level;
    for (const auto level : {Level::Auto, Level::Folder, Level::File, Level::Cell, Level::Variable}) {
        LineageWish wish;
        wish.level = level;
        const auto reading = read(made, wish);
        const auto at = [&](const char* title) {
            return unit(*reading->source, reading->fold, QString::fromLatin1(title));
        };
        QCOMPARE(things(*reading, matches(*reading, parseQuery(QStringLiteral("contracts down:all")))), all);
        QCOMPARE(things(*reading, matches(*reading, parseQuery(QStringLiteral("contracts down:2")))), all);
        QCOMPARE(things(*reading, matches(*reading, parseQuery(QStringLiteral("clean.pq up:all")))), all);
        QVERIFY(wayBetween(*reading, at("contracts.csv"), at("score.csv")).empty());
        QVERIFY(!wayBetween(*reading, at("visits.csv"), at("score.csv")).empty());
        const auto around = aroundOf(*reading, at("clean.pq"));
        QCOMPARE(things(*reading, marksOf(*reading, around)), QStringList{QStringLiteral("contracts.csv")});
        QVERIFY(around.below.empty());
        QCOMPARE(std::count(around.edges.begin(), around.edges.end(), true), 2);
        QCOMPARE(things(*reading, marksOf(*reading, aroundOf(*reading, at("seen.pq")))),
            (QStringList{QStringLiteral("score.csv"), QStringLiteral("visits.csv")}));
        wish.focus = "node:d:contracts.csv";
        wish.up = 0;
        wish.down = 9;
        const auto near = read(made, wish);
        QCOMPARE(things(*near, std::vector<bool>(near->fold.nodes.size(), true)), all);
        wish = {};
        wish.level = level;
        wish.kinds = static_cast<std::uint8_t>(wish.kinds & ~bit(LineageKind::Code));
        const auto bridged = read(made, wish);
        QCOMPARE(bridged->fold.edges.size(), 3U);
        const auto over = aroundOf(*bridged, unit(*bridged->source, bridged->fold, QStringLiteral("contracts.csv")));
        QCOMPARE(std::count(over.edges.begin(), over.edges.end(), true), 1);
        QVERIFY(!edge(*bridged->source, bridged->fold, QStringLiteral("contracts.csv"), QStringLiteral("seen.pq")));
    }
}

void LineageReachTest::severitiesAreFound_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("titles");
    QTest::addColumn<bool>("trouble");
    const auto row = [](const char* query, const char* titles, bool trouble = false) {
        QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(titles) << trouble;
    };
    row("severity:high", "a b");
    row("sev:medium", "a");
    row("sev>=medium", "a b");
    row("sev<high", "a c");
    row("sev>high", "");
    row("severity:low,medium", "a c");
    row("-severity:high", "c d");
    row("severity:", "");
    row("severity:worse a", "a", true);
    row("with:medium b", "b", true);
    row("with:findings", "");
    row("seriousness:high", "", true);
    row("down:x a", "a", true);
}

void LineageReachTest::severitiesAreFound()
{
    QFETCH(QString, query);
    QFETCH(QString, titles);
    QFETCH(bool, trouble);
    MadeLineage made;
    for (const char* name : {"a", "b", "c", "d"}) {
        made.thing(name);
    }
    auto source = made.source();
    source->severities = {static_cast<std::uint8_t>(bit(Severity::High) | bit(Severity::Medium)), bit(Severity::High),
        bit(Severity::Low), 0};
    const auto reading = read(made, {}, source);
    const auto parsed = parseQuery(query);
    QCOMPARE(!parsed.trouble.isEmpty(), trouble);
    QStringList found;
    for (const auto node : parsed.empty() ? std::vector<std::uint32_t>() : hits(*reading, parsed)) {
        found += QString::fromStdString(made.graph.nodes[node].label);
    }
    QCOMPARE(found.join(u' '), titles);
}

QTEST_GUILESS_MAIN(LineageReachTest)
#include "tst_lineage_reach.moc"
