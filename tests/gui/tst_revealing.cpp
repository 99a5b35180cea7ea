// SPDX-License-Identifier: GPL-3.0-or-later
// Holding R where a finding stands: also in the cells that have only a further place of it, and in a table that was
// moved to the side.
#include "made_notebooks.h"
#include "notebook_probe.h"

#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"
#include "widgets/notebook/review_document.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QWheelEvent>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;
using namespace cupel::test;

namespace {

struct Window {
    ReviewState state;
    NotebookView view{state};
    explicit Window(const AnalysisPtr& analysis)
    {
        view.resize(688, 852);
        view.show();
        state.insert({analysis});
        state.setCurrentArtifact(analysis->artifact.path);
        view.activateWindow();
        view.canvas()->setFocus();
        QCoreApplication::processEvents();
    }
    // The cells without the overview, whose thumb moves when more of them become known.
    [[nodiscard]] QImage picture() const
    {
        auto* viewport = view.canvas()->viewport();
        return viewport->grab(QRect(0, 0, viewport->width() - NotebookCanvas::stripWidth, viewport->height()))
            .toImage();
    }
};

QJsonObject markdown(const QString& source)
{
    return {{QStringLiteral("cell_type"), QStringLiteral("markdown")}, {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("source"), source}};
}

std::string notebook(const QJsonArray& cells)
{
    const QJsonObject whole{{QStringLiteral("cells"), cells}, {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("nbformat"), 4}, {QStringLiteral("nbformat_minor"), 4}};
    return QJsonDocument(whole).toJson().toStdString();
}

// A frame with addresses of people in the column behind so many others.
QJsonObject frame(int measures)
{
    QString html = QStringLiteral("<table class=\"dataframe\"><thead><tr>");
    for (int column = 0; column < measures; ++column) {
        html += QStringLiteral("<th>measure_%1</th>").arg(column);
    }
    html += QStringLiteral("<th>email</th></tr></thead><tbody>");
    for (const auto* name : {"jane.miller", "paul.novak", "anna.schmidt", "liam.weber", "mia.fischer"}) {
        html += QStringLiteral("<tr>") + QStringLiteral("<td>1.25</td>").repeated(measures)
            + QStringLiteral("<td>%1@unibe.org</td></tr>").arg(QLatin1String(name));
    }
    html += QStringLiteral("</tbody></table>");
    const QJsonObject output{{QStringLiteral("output_type"), QStringLiteral("display_data")},
        {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("data"), QJsonObject{{QStringLiteral("text/html"), html}}}};
    return {{QStringLiteral("cell_type"), QStringLiteral("code")}, {QStringLiteral("metadata"), QJsonObject()},
        {QStringLiteral("source"), QStringLiteral("frame")}, {QStringLiteral("execution_count"), 1},
        {QStringLiteral("outputs"), QJsonArray{output}}};
}

} // namespace

class RevealingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    void whereTheReaderIs()
    {
        Window window(test::analysed(
            "twice.ipynb", notebook({frame(2), markdown(QStringLiteral("In between.")), frame(2)}), {"pii"}));
        const auto& document = *window.state.analysis("twice.ipynb");
        const auto found = std::find_if(document.findings.begin(), document.findings.end(), [](const Finding& finding) {
            return finding.location.cell == 0U
                && std::any_of(finding.evidence.begin(), finding.evidence.end(),
                    [](const Evidence& one) { return isPlace(one) && one.location.cell == 2U; });
        });
        QVERIFY(found != document.findings.end());
        auto& canvas = *window.view.canvas();
        window.state.setCurrent(FindingRef{"twice.ipynb", static_cast<std::size_t>(found - document.findings.begin())});
        QTest::qWait(30);
        canvas.setCurrentItem(2);
        QTest::qWait(30);
        QCOMPARE(canvas.currentItem(), 2);
        const auto masked = window.picture();
        QTest::keyPress(&canvas, Qt::Key_R);
        QVERIFY(canvas.isRevealing());
        QCOMPARE(canvas.currentItem(), 2);
        QVERIFY(window.picture() != masked);
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
        QCOMPARE(window.picture(), masked);
        canvas.setCurrentItem(1); // it does not stand there
        QTest::keyPress(&canvas, Qt::Key_R);
        QCOMPARE(canvas.currentItem(), 0);
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
    }

    // Displays that do not say that a key repeats tell of it as let go and pressed again.
    void throughTheRepetitionOfTheKey()
    {
        Window window(test::analysed(
            "mail.ipynb", notebook({markdown(QStringLiteral("Ask jane.miller@unibe.org before."))}), {"pii"}));
        auto& canvas = *window.view.canvas();
        window.state.next();
        QTest::qWait(30);
        QTest::keyPress(&canvas, Qt::Key_R);
        for (int i = 0; i < 5; ++i) {
            QTest::keyRelease(&canvas, Qt::Key_R);
            QVERIFY(canvas.isRevealing());
            QTest::keyPress(&canvas, Qt::Key_R);
        }
        QTest::qWait(80);
        QVERIFY(canvas.isRevealing());
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
    }

    // Entries of the notebook's metadata stand in no cell: they are shown where the finding is.
    void inTheMetadataOfTheNotebook()
    {
        const QJsonObject author{{QStringLiteral("name"), QStringLiteral("Jane Miller")}};
        const QJsonObject whole{{QStringLiteral("cells"), QJsonArray{markdown(QStringLiteral("Text"))}},
            {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("authors"), QJsonArray{author}}}},
            {QStringLiteral("nbformat"), 4}, {QStringLiteral("nbformat_minor"), 4}};
        Window window(test::analysed("authors.ipynb", QJsonDocument(whole).toJson().toStdString(), {"output"}));
        auto& canvas = *window.view.canvas();
        window.state.next();
        QTest::qWait(30);
        const auto masked = window.picture();
        QTest::keyPress(&canvas, Qt::Key_R);
        QVERIFY(canvas.isRevealing());
        QVERIFY(window.picture() != masked);
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
        QCOMPARE(window.picture(), masked);
    }

    void inATableThatWasMoved()
    {
        Window window(test::analysed("wide.ipynb", notebook({frame(30)}), {"pii"}));
        auto& canvas = *window.view.canvas();
        window.state.next();
        QTest::qWait(30); // the table goes to the column of the finding
        const auto masked = window.picture();
        QTest::keyPress(&canvas, Qt::Key_R);
        QVERIFY(canvas.isRevealing());
        const auto shown = window.picture();
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
        QCOMPARE(window.picture(), masked);
        // Nothing but the values changes: the names of the columns stay where they are.
        int rows = 0;
        for (int y = 0; y < shown.height(); ++y) {
            bool differs = false;
            for (int x = 0; x < shown.width() && !differs; ++x) {
                differs = shown.pixel(x, y) != masked.pixel(x, y);
            }
            rows += differs ? 1 : 0;
        }
        QVERIFY(rows > 20); // of pixels, five lines of text
        QVERIFY(rows < 100);
    }

    // A column of a wide table cuts long values: in clear they are shown whole, over the cells beside them.
    void longValuesOfAWideTable()
    {
        Window window(test::analysed("wide.ipynb", notebook({frame(6)}), {"pii"}));
        auto& canvas = *window.view.canvas();
        window.state.next();
        QTest::qWait(30);
        const auto masked = window.picture();
        QTest::keyPress(&canvas, Qt::Key_R);
        const auto shown = window.picture();
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
        QCOMPARE(window.picture(), masked);
        int left = shown.width();
        int right = 0;
        for (int y = 0; y < shown.height(); ++y) {
            for (int x = 0; x < shown.width(); ++x) {
                if (shown.pixel(x, y) != masked.pixel(x, y)) {
                    left = std::min(left, x);
                    right = std::max(right, x);
                }
            }
        }
        const auto widest =
            QFontMetrics(font(TextRole::Small)).horizontalAdvance(QStringLiteral("anna.schmidt@unibe.org"));
        QVERIFY2(right - left >= widest - 8, qPrintable(QStringLiteral("%1 of %2").arg(right - left).arg(widest)));
    }
};

QTEST_MAIN(RevealingTest)
#include "tst_revealing.moc"
