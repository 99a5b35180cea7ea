// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that somebody wrote can be read to their end; data frames keep rows of equal height.
#include "made_notebooks.h"
#include "notebook_probe.h"

#include "widgets/common/style.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"
#include "widgets/notebook/table_block.h"

#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace cupel;
using namespace cupel::widgets;

namespace {

const QString longText =
    QStringLiteral("May be biased, and less explainable than the mean of absolute errors, for which see below");

TableData tableWith(bool wraps)
{
    TableData data;
    data.headRows = 1;
    data.wraps = wraps;
    data.rows.push_back({{QStringLiteral("Metric"), {}, true}, {QStringLiteral("Limitation"), {}, true}});
    data.rows.push_back(
        {{QStringLiteral("RMSE"), {}, false}, {longText, {Mark{70, 80, 7, Severity::High, false}}, false}});
    data.rows.push_back({{QStringLiteral("MAE"), {}, false}, {QStringLiteral("none"), {}, false}});
    return data;
}

TableData tableWith(const QString& text, std::size_t rows, bool wraps, std::vector<Mark> marks = {})
{
    TableData data;
    data.headRows = 1;
    data.wraps = wraps;
    data.rows.push_back({{QStringLiteral("Metric"), {}, true}, {QStringLiteral("Limitation"), {}, true}});
    for (std::size_t i = 0; i < rows; ++i) {
        data.rows.push_back({{QStringLiteral("RMSE"), {}, false}, {text, marks, false}});
    }
    return data;
}

// Lines without a blank: all of one width.
QString textOf(qsizetype characters)
{
    return QString(characters, u'x');
}

QImage painted(TableData data, bool revealing)
{
    TableBlock block(std::move(data));
    constexpr int width = 300;
    QImage image(width, static_cast<int>(block.layout(width)), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    PaintState state;
    state.clip = QRectF(image.rect());
    state.revealing = revealing;
    block.paint(painter, state);
    return image;
}

} // namespace

class NotebookTablesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void writtenTablesWrap();
    void aCutIsSaidAndWhatStandsBehindItIsSeen();
    void veryMuchTextIsNotWrapped();
    void tablesOfMarkdownAreWritten();
};

void NotebookTablesTest::writtenTablesWrap()
{
    TableBlock cut(tableWith(false));
    TableBlock whole(tableWith(true));
    const qreal width = 300;
    const qreal equal = cut.layout(width);
    QVERIFY(whole.layout(width) > equal + 20);
    QCOMPARE(whole.layout(2'000), cut.layout(2'000)); // room for all in one line
    whole.layout(width);
    QCOMPARE(whole.text(), cut.text());
    // The row below follows the wrapped one, and what is pointed at on its second line stands behind the first.
    const auto marked = whole.findingRect(7);
    QVERIFY(marked && marked->height() > 40);
    const auto start = static_cast<int>(whole.text().indexOf(longText));
    const int first = whole.positionAt({marked->left() + 20, marked->top() + 8});
    const int second = whole.positionAt({marked->left() + 20, marked->bottom() - 8});
    QVERIFY2(first >= start && second > first + 20, qPrintable(QStringLiteral("%1 %2").arg(first).arg(second)));
    QCOMPARE(whole.findingAt(marked->center()), std::optional<std::size_t>(7));
    const int below = whole.positionAt({marked->left() + 20, marked->bottom() + 8});
    QVERIFY(below >= static_cast<int>(whole.text().indexOf(QStringLiteral("none"))));
}

void NotebookTablesTest::aCutIsSaidAndWhatStandsBehindItIsSeen()
{
    const auto longest = tableWith(textOf(1'000), 1, true);
    const auto cut = tableWith(textOf(3'000), 1, true);
    QVERIFY(painted(longest, false) != painted(cut, false)); // its ellipsis
    const auto within = tableWith(textOf(3'000), 1, true, {Mark{10, 20, 7, Severity::High, false}});
    QVERIFY(painted(within, false) == painted(within, true));
    const auto behind = tableWith(textOf(3'000), 1, true, {Mark{2'500, 2'510, 7, Severity::High, false}});
    QVERIFY(painted(behind, false) != painted(behind, true));
}

// All cells are laid out in one turn of the window.
void NotebookTablesTest::veryMuchTextIsNotWrapped()
{
    TableBlock much(tableWith(textOf(900), 60, true));
    TableBlock more(tableWith(textOf(900), 80, true));
    TableBlock equal(tableWith(textOf(900), 80, false));
    QVERIFY(much.layout(300) > 60 * 100);
    QCOMPARE(more.layout(300), equal.layout(300));
}

void NotebookTablesTest::tablesOfMarkdownAreWritten()
{
    const std::string table = "|Metric|Limitation|\n|--|--|\n|RMSE|" + longText.toStdString() + "|\n";
    const std::string html = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>";
    const auto analysis = test::analysed("tables.ipynb",
        R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )" + test::quoted(table)
            + R"(}, {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": )"
              R"([{"output_type": "display_data", "metadata": {}, "data": {"text/html": )"
            + test::quoted(html) + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})",
        {});
    ReviewState state;
    NotebookView view{state};
    view.resize(500, 700);
    view.show();
    state.insert({analysis});
    state.setCurrentArtifact(analysis->artifact.path);
    QCoreApplication::processEvents();
    std::vector<bool> wraps;
    for (int cell = 0; cell < view.canvas()->itemCount(); ++cell) {
        for (const auto& placed : view.canvas()->cell(cell).blocks()) {
            if (const auto* block = dynamic_cast<const TableBlock*>(placed.block.get())) {
                wraps.push_back(block->data().wraps);
            }
        }
    }
    QCOMPARE(wraps, (std::vector<bool>{true, false}));
}

QTEST_MAIN(NotebookTablesTest)
#include "tst_notebook_tables.moc"
