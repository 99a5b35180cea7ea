// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for something in a review, offscreen: the palette explains rules, filters end with their review, the keyboard
// comes back from the field, and what is explained is in the list.
#include "shell_bench.h"

#include "analyzers/rules/rule_set.h"
#include "app/shell/actions.h"
#include "app/shell/palette.h"
#include "app/shell/sheet.h"
#include "widgets/findings/filter_field.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/findings/inspector_page.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

QString sample()
{
    return QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn");
}

void press(QWidget& window, Qt::Key key)
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key);
}

} // namespace

class LookingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paletteExplainsARuleWithoutFindings();
    void aNewReviewHasNoFilter();
    void clearingTheFilterGivesTheListTheKeyboard();
    void whatIsExplainedIsInTheList();
    void cellsSayWhichTheyAre();
    void aPlaceThatIsAskedForIsShown();
    void aFollowedPlaceKeepsItsFinding();
    void theValueIsRevealedFromTheList();
    void theValueIsRevealedRightAfterOpening();
    void enterTakesTheFilterThatWasTyped();
    void anAttachedPictureIsShownOnce();

private:
    QTemporaryDir m_folder;
};

void LookingTest::paletteExplainsARuleWithoutFindings()
{
    Workbench bench(m_folder.filePath(QStringLiteral("rule")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const auto count = [&](const std::string& id) {
        return bench.session.review().count(
            widgets::FindingQuery::parse(QStringLiteral("rule:") + QString::fromStdString(id)));
    };
    const auto& rules = rules::catalogue();
    const auto absent = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return count(rule.id) == 0; });
    const auto present = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return count(rule.id) > 0; });
    QVERIFY(absent != rules.end() && present != rules.end());
    bench.window.showMode(QStringLiteral("share"));
    PaletteEntry entry;
    entry.kind = PaletteKind::Rule;
    entry.target = QString::fromStdString(absent->id);
    Q_EMIT bench.window.palettePanel().chosen(entry);
    QCOMPARE(bench.window.mode(), QStringLiteral("share"));
    QVERIFY(bench.session.review().query().isEmpty());
    auto* sheet = bench.window.findChild<Sheet*>();
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(sheet->findChild<widgets::InspectorPage*>() != nullptr);
    sheet->close();
    entry.target = QString::fromStdString(present->id);
    Q_EMIT bench.window.palettePanel().chosen(entry);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    QVERIFY(!bench.session.review().visible().empty());
}

void LookingTest::aNewReviewHasNoFilter()
{
    Workbench bench(m_folder.filePath(QStringLiteral("nofilter")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.session.review().setQuery(QStringLiteral("sev>=critical"));
    bench.session.rescan(); // the same one keeps it
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.review().query(), QStringLiteral("sev>=critical"));
    bench.window.open({OpenTarget{sample() + QStringLiteral("/notebooks"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.review().query(), QString());
    QCOMPARE(bench.session.review().visible().size(), bench.session.review().total());
}

void LookingTest::clearingTheFilterGivesTheListTheKeyboard()
{
    Workbench bench(m_folder.filePath(QStringLiteral("clear")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    press(bench.window, Qt::Key_Slash);
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("zzzznothing"));
    QTest::qWait(50);
    QVERIFY(bench.session.review().visible().empty());
    for (auto* one : bench.window.findChildren<QPushButton*>()) {
        if (one->text() == u"Clear filter" && one->isVisible()) {
            one->click();
            break;
        }
    }
    QVERIFY(bench.session.review().query().isEmpty());
    QVERIFY(qobject_cast<QLineEdit*>(bench.window.focusWidget()) == nullptr);
    const auto before = bench.session.review().current();
    press(bench.window, Qt::Key_N);
    QVERIFY(bench.session.review().query().isEmpty());
    QVERIFY(bench.session.review().current() != before);
}

void LookingTest::whatIsExplainedIsInTheList()
{
    Workbench bench(m_folder.filePath(QStringLiteral("follow")));
    bench.window.open({OpenTarget{sample(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    const auto first = *review.current();
    review.setQuery(QStringLiteral("sev=info"));
    QVERIFY(!review.visible().empty());
    QVERIFY(review.current() && review.isVisible(*review.current()));
    review.setQuery({});
    QCOMPARE(*review.current(), first); // nobody chose another one
    for (int i = 0; i < 8; ++i) {
        bench.window.actions().at(u"file.next")->trigger();
        QVERIFY(!review.current() || review.current()->artifact == review.currentArtifact());
    }
}

void LookingTest::cellsSayWhichTheyAre()
{
    Workbench bench(m_folder.filePath(QStringLiteral("cells")));
    bench.window.open({OpenTarget{sample() + QStringLiteral("/notebooks/01-explore-churn.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    QVERIFY(canvas && canvas->itemCount() > 1);
    int named = 0;
    for (int i = 0; i < canvas->itemCount(); ++i) {
        const int cell = canvas->document()->items()[static_cast<std::size_t>(i)].cell;
        if (cell >= 0) {
            QCOMPARE(canvas->placeInFile(i), QStringLiteral("cell %1").arg(cell)); // as findings say it
            ++named;
        }
    }
    QVERIFY(named > 1);
    if (const QString folder = qEnvironmentVariable("CUPEL_SHOTS"); !folder.isEmpty()) {
        (void)bench.window.grab().save(folder + QStringLiteral("/cells.png"));
    }
}

void LookingTest::aPlaceThatIsAskedForIsShown()
{
    const auto place = [](const char* file, unsigned cell, unsigned line) {
        return OpenTarget{sample() + QStringLiteral("/notebooks/") + QString::fromUtf8(file), cell, line, {}};
    };
    Workbench bench(m_folder.filePath(QStringLiteral("place")));
    auto& review = bench.session.review();
    // Fresh, at a line without a finding: the cell is shown, and no finding of another place takes its turn.
    bench.window.open({place("01-explore-churn.ipynb", 3, 999)});
    QVERIFY(bench.waitForScan());
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    const auto cell = [canvas] {
        return canvas->document() && canvas->currentItem() >= 0
            ? canvas->document()->items()[static_cast<std::size_t>(canvas->currentItem())].cell
            : -1;
    };
    QTRY_COMPARE(cell(), 3);
    QVERIFY(!review.current());
    // At a line with a finding: that one.
    const auto& ref = review.visible().back();
    const Location location = review.finding(ref)->location;
    QVERIFY(location.cell && location.cellLine);
    bench.window.open({place("01-explore-churn.ipynb", *location.cell, *location.cellLine)});
    QVERIFY(bench.waitForScan());
    QVERIFY(review.current());
    QCOMPARE(review.finding(*review.current())->location.cell, location.cell);
    // Open already, at a place without any: the inspector lets the old one go.
    bench.window.open({place("01-explore-churn.ipynb", 2, 999)});
    QVERIFY(bench.waitForScan());
    QTRY_COMPARE(cell(), 2);
    QVERIFY(!review.current());
    // A file that was not open.
    bench.window.open({place("02-train-model.ipynb", 1, 999)});
    QVERIFY(bench.waitForScan());
    QTRY_COMPARE(cell(), 1);
}

// A link of the evidence leads to its cell; the inspector goes on telling the finding it belongs to.
void LookingTest::aFollowedPlaceKeepsItsFinding()
{
    const QString path = m_folder.filePath(QStringLiteral("followed.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto cell = [](int run, int shown) {
        return QByteArray(R"({"cell_type":"code","metadata":{},"source":"x","execution_count":)")
            + QByteArray::number(run)
            + R"(,"outputs":[{"output_type":"execute_result","metadata":{},"data":{"text/plain":"1"},"execution_count":)"
            + QByteArray::number(shown) + "}]}";
    };
    file.write(R"({"cells":[)" + cell(1, 7) + ',' + cell(2, 2) + ',' + cell(3, 8)
        + R"(],"metadata":{},"nbformat":4,"nbformat_minor":4})");
    file.close();
    Workbench bench(m_folder.filePath(QStringLiteral("followed")));
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    const auto stale = std::find_if(review.visible().begin(), review.visible().end(),
        [&review](const auto& ref) { return review.finding(ref)->rule == "CUP-ORD-STALE-OUTPUT"; });
    QVERIFY(stale != review.visible().end());
    const widgets::FindingRef chosen = *stale;
    review.setCurrent(chosen);
    QTest::qWait(50);
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    auto* inspector = bench.window.findChild<widgets::FindingInspector*>();
    QVERIFY(canvas && inspector);
    const auto shown = [canvas] {
        return canvas->document()->items()[static_cast<std::size_t>(canvas->currentItem())].cell;
    };
    const Finding& finding = *review.finding(chosen);
    const auto other = std::find_if(finding.evidence.begin(), finding.evidence.end(),
        [](const Evidence& one) { return one.location.cell == std::optional<std::uint32_t>(2); });
    QVERIFY(other != finding.evidence.end());
    Q_EMIT inspector->locationActivated(other->location);
    QTRY_COMPARE(shown(), 2);
    QVERIFY(review.current() && review.finding(*review.current()) == &finding);
    Q_EMIT inspector->locationActivated(finding.location);
    QTRY_COMPARE(shown(), 0);
    QVERIFY(review.current() && review.finding(*review.current()) == &finding);
}

// R held while the list of findings has the focus shows the value, as long as it is held there.
void LookingTest::theValueIsRevealedFromTheList()
{
    const QString path = m_folder.filePath(QStringLiteral("reveal.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"cells":[{"cell_type":"code","metadata":{},"source":"password = 'Kq7wN2xTb9mZr4'",)"
               R"("execution_count":1,"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":4})");
    file.close();
    Workbench bench(m_folder.filePath(QStringLiteral("reveal")));
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    const auto secret = std::find_if(review.visible().begin(), review.visible().end(),
        [&review](const auto& ref) { return review.finding(ref)->family == Family::Secret; });
    QVERIFY(secret != review.visible().end());
    review.setCurrent(*secret);
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    auto* list = bench.window.findChild<widgets::FindingTree*>();
    QVERIFY(canvas && list && list->isVisible());
    list->setFocus();
    QTRY_VERIFY(list->hasFocus());
    QTest::keyPress(list, Qt::Key_R);
    QVERIFY(canvas->isRevealing());
    QVERIFY(list->hasFocus()); // it does not take the reader away
    QTest::keyRelease(list, Qt::Key_R);
    QTRY_VERIFY(!canvas->isRevealing());
    QTest::keyPress(list, Qt::Key_R);
    QVERIFY(canvas->isRevealing());
    canvas->setFocus(); // the key is let go elsewhere
    QVERIFY(!canvas->isRevealing());
}

// Nothing was clicked and nothing chosen: R is about the first finding that is there.
void LookingTest::theValueIsRevealedRightAfterOpening()
{
    const QString path = m_folder.filePath(QStringLiteral("opened.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"cells":[{"cell_type":"markdown","metadata":{},"source":"Text"},)"
               R"({"cell_type":"code","metadata":{},"source":"password = 'Kq7wN2xTb9mZr4'",)"
               R"("execution_count":1,"outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":4})");
    file.close();
    Workbench bench(m_folder.filePath(QStringLiteral("opened")));
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    QTRY_VERIFY(canvas && canvas->isVisible() && bench.window.focusWidget());
    QTest::keyPress(bench.window.focusWidget(), Qt::Key_R);
    QVERIFY2(
        canvas->isRevealing(), qPrintable(QString::fromLatin1(bench.window.focusWidget()->metaObject()->className())));
    QTest::keyRelease(bench.window.focusWidget(), Qt::Key_R);
    QTRY_VERIFY(!canvas->isRevealing());
}

// The filter holds while it is typed; Enter goes to the list, whether suggestions are open or not.
void LookingTest::enterTakesTheFilterThatWasTyped()
{
    const QString path = m_folder.filePath(QStringLiteral("filtered.txt"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("password = 'Kq7wN2xTb9mZr4'\n");
    file.close();
    Workbench bench(m_folder.filePath(QStringLiteral("filtered")));
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* field = bench.window.findChild<widgets::FilterField*>();
    auto* list = bench.window.findChild<widgets::FindingTree*>();
    QVERIFY(field && list && list->isVisible());
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("file:filt"));
    auto* popup = QApplication::activePopupWidget();
    QVERIFY(popup && popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Return);
    QVERIFY(!QApplication::activePopupWidget());
    QCOMPARE(bench.window.focusWidget(), static_cast<QWidget*>(list));
    QCOMPARE(field->text(), QStringLiteral("file:filt"));
}

void LookingTest::anAttachedPictureIsShownOnce()
{
    const auto parts = [this](const QByteArray& forms, const char* name) {
        Workbench bench(m_folder.filePath(QString::fromUtf8(name)));
        const QString path = m_folder.filePath(QString::fromUtf8(name) + QStringLiteral(".ipynb"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return -1;
        }
        file.write(R"({"cells":[{"cell_type":"markdown","metadata":{},"source":"Figure","attachments":{"figure":{)"
            + forms + R"(}}}],"metadata":{},"nbformat":4,"nbformat_minor":4})");
        file.close();
        bench.window.open({OpenTarget{path, {}, {}, {}}});
        if (!bench.waitForScan()) {
            return -1;
        }
        auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
        return canvas && canvas->itemCount() == 1 ? static_cast<int>(canvas->cell(0).blocks().size()) : -1;
    };
    const QByteArray png =
        R"("image/png":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")";
    const QByteArray svg = R"("image/svg+xml":"PHN2Zy8+")";
    const int alone = parts(png, "png");
    QVERIFY(alone > 0);
    QCOMPARE(parts(svg + ',' + png, "both"), alone + 1); // of its other form a line tells
}

QTEST_MAIN(LookingTest)
#include "tst_looking.moc"
