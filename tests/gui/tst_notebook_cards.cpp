// SPDX-License-Identifier: GPL-3.0-or-later
// Where the cards of findings stand among the lines of a cell.
#include "made_notebooks.h"
#include "notebook_probe.h"

#include "widgets/common/style.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;

class NotebookCardsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void theCardStandsUnderItsLine();
};

// The card stands under the line that its place names, not under an earlier one that it names as well.
void NotebookCardsTest::theCardStandsUnderItsLine()
{
    const std::string source = "%%capture\n# one\n# two\n!pip install \"tensorflow-text==2.11.*\"\n!pip install "
                               "bokeh\n!pip install simpleneighbors[annoy]\n!pip install tqdm";
    const auto analysis = test::analysed("hub.ipynb",
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": )"
            + test::quoted(source)
            + R"(}], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 4})",
        {"dependency"});
    ReviewState state;
    NotebookView view{state};
    view.resize(688, 852);
    view.show();
    state.insert({analysis});
    state.setCurrentArtifact(analysis->artifact.path);
    QCoreApplication::processEvents();
    const auto hit = std::find_if(analysis->findings.begin(), analysis->findings.end(),
        [](const Finding& finding) { return finding.rule == "CUP-DEP-UNPINNED"; });
    QVERIFY(hit != analysis->findings.end());
    QCOMPARE(hit->location.human, std::string("cell 0, line 5"));
    const auto index = static_cast<std::size_t>(hit - analysis->findings.begin());
    const auto& blocks = view.canvas()->cell(0).blocks();
    const auto card =
        std::find_if(blocks.begin(), blocks.end(), [index](const auto& one) { return one.finding == index; });
    QVERIFY(card != blocks.end() && card != blocks.begin());
    const auto above = std::prev(card)->block->text();
    QVERIFY2(above.trimmed().endsWith(QStringLiteral("!pip install bokeh")), qPrintable(above));
}

QTEST_MAIN(NotebookCardsTest)
#include "tst_notebook_cards.moc"
