// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of cells as the palette finds them: all that say something, with their numbers, masked.
#include "analyzers/formats/notebook/notebook_facts.h"
#include "app/session/cell_titles.h"
#include "tests/unit/rules/made.h"

#include <QtTest/QTest>

#include <memory>
#include <string>

using namespace cupel;
using namespace cupel::app;

class CellTitlesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLineThatSaysSomething();
};

void CellTitlesTest::everyLineThatSaysSomething()
{
    const std::string bytes(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {},)"
                            R"( "outputs": [], "source": "\n  import os\n\npassword = )"
                            R"(\"pD7!kQz92xLm4wRt\"\n\turlretrieve(address)\n"}],)"
                            R"( "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    auto analysis = test::analyzed(bytes);
    analysis.artifact.bytes = std::make_shared<const std::string>(bytes);
    const auto* notebook = formats::notebookFacts(analysis.facts);
    QVERIFY(notebook && notebook->cells.size() == 1);
    const auto lines = cellLines(analysis, notebook->cells[0], 100);
    QCOMPARE(lines.size(), std::size_t(3));
    QCOMPARE(lines[0].number, 2U);
    QCOMPARE(lines[0].text, QStringLiteral("import os"));
    QCOMPARE(lines[1].number, 4U);
    QVERIFY2(!lines[1].text.contains(QStringLiteral("kQz92")), qPrintable(lines[1].text));
    QCOMPARE(lines[2].number, 5U);
    QCOMPARE(lines[2].text, QStringLiteral("urlretrieve(address)"));
    QCOMPARE(cellLines(analysis, notebook->cells[0], 2).size(), std::size_t(2));
    QVERIFY(cellLines(analysis, notebook->cells[0], 0).empty());
    QCOMPARE(cellTitle(analysis, notebook->cells[0]), lines[0].text);
}

QTEST_APPLESS_MAIN(CellTitlesTest)
#include "tst_cell_titles.moc"
