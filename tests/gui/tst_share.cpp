// SPDX-License-Identifier: GPL-3.0-or-later
// Share mode with real keys and clicks: the verdict for a profile, edits on and off, the clean copy, the file itself
// and undo; nothing sensitive in what is shown or copied, everything named for screen readers.
#include "shell_bench.h"

#include "app/session/fixing.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "app/shell/question_sheet.h"
#include "widgets/fixes/edit_model.h"
#include "widgets/fixes/fix_view.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/fixes/written_band.h"
#include "widgets/report/report_view.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::Workbench;

namespace {

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPushButton* button(const QWidget& window, const QString& beginning)
{
    for (auto* one : window.findChildren<QPushButton*>()) {
        if (one->text().startsWith(beginning)) {
            return one;
        }
    }
    return nullptr;
}

void shot(QWidget& window, const char* name)
{
    if (const QString folder = qEnvironmentVariable("CUPEL_SHOTS"); !folder.isEmpty()) {
        QTest::qWait(50);
        (void)window.grab().save(folder + u'/' + QString::fromUtf8(name) + QStringLiteral(".png"));
    }
}

} // namespace

class ShareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void theVerdictFollowsProfileAndEdits();
    void aCleanCopyIsWritten();
    void aCopyThatDoesNotMeetTheProfileIsAskedAbout();
    void changingTheFileItselfAsksAndSaysHowBack();
    void whatWasWrittenIsSaidInFull();
    void theVerdictSaysWhatStays();
    void equalWordsThatStayAreCounted();
    void editsThatAreOffStayInSight();
    void theKeyboardIsInTheEdits();
    void thePanelScrollsAsOne();
    void theReportSpeaksTheSameWords();
    void narrowWindowsLoseNoWords();
    void theFileItselfCanBeChangedAndUndone();
    void aFileThatChangedMeanwhileIsLeftAlone();
    void nothingSensitiveIsShownOrCopied();
    void everythingHasAName();
    void theWindowNeverWaits();

private:
    [[nodiscard]] QListView* editList(Workbench& bench) const;
    void switchFirstOff(Workbench& bench) const;
    [[nodiscard]] bool openShare(Workbench& bench) const;
    QTemporaryDir m_folder;
    QString m_file;
    QByteArray m_original;
};

void ShareTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_original = read(QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"));
    QVERIFY(m_original.contains("AKIA"));
    m_file = m_folder.filePath(QStringLiteral("explore.ipynb"));
}

void ShareTest::init()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_original) == m_original.size());
}

QListView* ShareTest::editList(Workbench& bench) const
{
    return bench.window.findChild<QListView*>(QStringLiteral("share.edits"));
}

bool ShareTest::openShare(Workbench& bench) const
{
    bench.window.open({OpenTarget{m_file, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    return QTest::qWaitFor([&] { return bench.session.fixing().state().outcome() != nullptr; }, 20'000);
}

void ShareTest::theVerdictFollowsProfileAndEdits()
{
    Workbench bench(m_folder.filePath(QStringLiteral("a")));
    QVERIFY(openShare(bench));
    auto& state = bench.session.fixing().state();
    QCOMPARE(bench.window.mode(), QStringLiteral("share"));
    QVERIFY(!state.outcome()->verdictBefore.meets());
    QVERIFY(state.outcome()->verdictAfter.meets());
    QVERIFY(state.outcome()->problems.empty());
    const auto on = state.onCount();
    QVERIFY(on > 0);

    // One edit off: the file does not meet the profile any more.
    auto* list = editList(bench);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QVERIFY(state.onCount() < on);
    QVERIFY(!state.outcome()->verdictAfter.meets());
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QVERIFY(state.outcome()->verdictAfter.meets());

    auto* profiles = bench.window.findChild<QComboBox*>();
    for (auto* box : bench.window.findChildren<QComboBox*>()) {
        profiles = box->accessibleName() == u"Share with" ? box : profiles;
    }
    profiles->setFocus();
    QTest::keyClick(profiles, Qt::Key_End);
    Q_EMIT profiles->activated(profiles->currentIndex());
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QCOMPARE(QString::fromStdString(state.profile().name), QStringLiteral("internal"));
}

void ShareTest::aCleanCopyIsWritten()
{
    Workbench bench(m_folder.filePath(QStringLiteral("b")));
    QVERIFY(openShare(bench));
    const auto copy = bench.session.fixing().suggestedCopy();
    QVERIFY(copy.endsWith(QStringLiteral("explore.public.ipynb")));
    QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
    const auto clean = read(copy);
    QVERIFY(!clean.isEmpty() && !clean.contains("AKIA"));
    QVERIFY(clean.contains("<AWS_ACCESS_KEY_ID_01>"));
    QCOMPARE(read(m_file), m_original);
    QCOMPARE(clean.count('\n'), m_original.count('\n'));
    QFile::remove(copy);
}

// The first edit of the list, the worst, is switched off with the space bar.
void ShareTest::switchFirstOff(Workbench& bench) const
{
    auto* list = editList(bench);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !bench.session.fixing().state().working(); }, 20'000));
}

void ShareTest::aCopyThatDoesNotMeetTheProfileIsAskedAbout()
{
    Workbench bench(m_folder.filePath(QStringLiteral("h")));
    QVERIFY(openShare(bench));
    switchFirstOff(bench);
    QVERIFY(!bench.session.fixing().state().meets());
    QVERIFY(!bench.session.fixing().suggestedCopy().contains(QStringLiteral(".public.")));
    auto* write = button(bench.window, QStringLiteral("Write copy anyway"));
    QVERIFY(write != nullptr && write->isEnabled());
    write->click();
    QPointer<QuestionSheet> sheet = bench.window.findChild<QuestionSheet*>();
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(sheet->accessibleDescription().contains(QStringLiteral("AWS")));
    QVERIFY(!sheet->accessibleDescription().contains(QStringLiteral("AKIA")));
    shot(bench.window, "share-question");
    QVERIFY(bench.window.findChild<QFileDialog*>() == nullptr);
    QCOMPARE(bench.window.focusWidget(), static_cast<QWidget*>(sheet->no()));
    QTest::keyClick(sheet->no(), Qt::Key_Return); // the default is no
    QVERIFY(QTest::qWaitFor([&] { return !sheet; }, 2'000));
    QVERIFY(bench.window.findChild<QFileDialog*>() == nullptr);

    write->click();
    sheet = bench.window.findChild<QuestionSheet*>();
    QVERIFY(sheet != nullptr);
    sheet->yes()->click();
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), QStringLiteral("explore.edited.ipynb"));
    dialog->reject();
}

void ShareTest::changingTheFileItselfAsksAndSaysHowBack()
{
    Workbench bench(m_folder.filePath(QStringLiteral("i")));
    QVERIFY(openShare(bench));
    auto* change = button(bench.window, QStringLiteral("Change the file itself"));
    QVERIFY(change != nullptr);
    change->click();
    QPointer<QuestionSheet> sheet = bench.window.findChild<QuestionSheet*>();
    QVERIFY(sheet && sheet->isVisible());
    QCOMPARE(read(m_file), m_original); // not yet
    QCOMPARE(bench.window.focusWidget(), static_cast<QWidget*>(sheet->no()));
    QTest::keyClick(sheet, Qt::Key_Escape);
    QCOMPARE(read(m_file), m_original);
    QVERIFY(QTest::qWaitFor([&] { return !sheet; }, 2'000));
    change->click();
    sheet = bench.window.findChild<QuestionSheet*>();
    QVERIFY(sheet != nullptr);
    sheet->yes()->click();
    QVERIFY(!read(m_file).contains("AKIA"));
    auto* band = bench.window.findChild<widgets::WrittenBand*>();
    QVERIFY(band->text().contains(QStringLiteral("Ctrl+Z")));
    QVERIFY(QTest::qWaitFor([&] { return bench.session.fixing().state().outcome() != nullptr; }, 20'000));
    QVERIFY(bench.waitForScan());
    QVERIFY(band->isVisible());
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(read(m_file), m_original);
    QVERIFY(band->isHidden()); // it is not true any more
    QVERIFY(bench.waitForScan());
}

void ShareTest::whatWasWrittenIsSaidInFull()
{
    Workbench bench(m_folder.filePath(QStringLiteral("j")));
    QVERIFY(openShare(bench));
    bench.window.actions().at(u"file.writeCopy")->trigger();
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr); // nothing to ask: it meets the profile
    const QString copy = m_folder.filePath(QStringLiteral("explore.public.ipynb"));
    QCOMPARE(dialog->selectedFiles().value(0), copy);
    Q_EMIT dialog->fileSelected(copy);
    dialog->close();
    auto* band = bench.window.findChild<widgets::WrittenBand*>();
    QVERIFY(band->isVisible());
    QVERIFY(band->text().contains(copy));
    QVERIFY(band->text().contains(QStringLiteral("revoke")));
    shot(bench.window, "share-written");
    auto* open = button(bench.window, QStringLiteral("Open the copy"));
    QVERIFY(open != nullptr && open->isVisible());
    open->click();
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.roots(), QStringList(copy));
    QFile::remove(copy);
}

void ShareTest::theVerdictSaysWhatStays()
{
    Workbench bench(m_folder.filePath(QStringLiteral("k")));
    QVERIFY(openShare(bench));
    auto& state = bench.session.fixing().state();
    auto* card = bench.window.findChild<widgets::VerdictCard*>();
    // Of each gate's kind all that is left is named, not only what stops the file.
    for (std::size_t profile = 0; profile < review::builtInProfiles().size(); ++profile) {
        state.setProfile(profile);
        QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
        const auto& outcome = *state.outcome();
        std::size_t stays = 0;
        for (const auto& gate : outcome.verdictAfter.gates) {
            review::Gate wide = gate.gate;
            wide.atLeast = Severity::Info;
            wide.confidence = Confidence::Possible;
            const auto left = std::count_if(outcome.after->findings.begin(), outcome.after->findings.end(),
                [&](const Finding& one) { return review::blocks(wide, one) && !review::blocks(gate.gate, one); });
            stays += left > 0 && gate.passed() ? 1 : 0;
            const auto title = QString::fromStdString(gate.gate.title);
            QCOMPARE(card->text().contains(title + QStringLiteral(": passed")),
                gate.passed() && left == 0 && gate.notJudged.empty());
        }
        QCOMPARE(card->text().count(QStringLiteral(": something stays")) >= static_cast<qsizetype>(stays), true);
        if (stays > 0) {
            QVERIFY(card->text().contains(QStringLiteral("below what the profile asks")));
        }
        const auto expected =
            state.meets() ? QStringLiteral("Meets the profile ") : QStringLiteral("Does not meet the profile ");
        QVERIFY(card->text().startsWith(expected + QString::fromStdString(state.profile().title)));
    }
}

void ShareTest::equalWordsThatStayAreCounted()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly)
        && file.write(read(QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/fix_remaining/input/table.ipynb"))) > 0);
    file.close();
    Workbench bench(m_folder.filePath(QStringLiteral("remaining")));
    QVERIFY(openShare(bench));
    const auto outcome = bench.session.fixing().state().outcome();
    QVERIFY(outcome->problems.empty());
    QCOMPARE(outcome->remaining, 2);
    QCOMPARE(outcome->remains.size(), std::size_t(1));
    const QString said = bench.window.findChild<widgets::VerdictCard*>()->text();
    QVERIFY(said.contains(outcome->remains.front()));
    QVERIFY(said.contains(QStringLiteral("cell 0; cell 1")));
    QVERIFY(!said.contains(QStringLiteral("May")));
}

void ShareTest::editsThatAreOffStayInSight()
{
    Workbench bench(m_folder.filePath(QStringLiteral("l")));
    QVERIFY(openShare(bench));
    auto& state = bench.session.fixing().state();
    auto* list = editList(bench);
    const int rows = list->model()->rowCount();
    state.setAllOn(false);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QCOMPARE(list->model()->rowCount(), rows);
    auto* view = bench.window.findChild<widgets::FixView*>();
    auto* lines = view->findChild<QListView*>();
    QVERIFY(lines->model()->rowCount() > 0); // no blank page
    const QString first = lines->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(first.contains(QStringLiteral("off")), qPrintable(first));
    shot(bench.window, "share-all-off");
    // Its switch puts it on again.
    lines->setFocus();
    lines->setCurrentIndex(lines->model()->index(0, 0));
    QTest::keyClick(lines, Qt::Key_Space);
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QVERIFY(state.onCount() > 0);
    QVERIFY(!view->patch().isEmpty());
}

void ShareTest::theKeyboardIsInTheEdits()
{
    Workbench bench(m_folder.filePath(QStringLiteral("m")));
    QVERIFY(openShare(bench));
    QTest::qWait(50);
    QCOMPARE(bench.window.focusWidget(), static_cast<QWidget*>(editList(bench)));
    QVERIFY(editList(bench)->currentIndex().isValid());
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

// One bar for the whole panel, also in a low window; the chosen edit is in sight, and so is the line below all.
void ShareTest::thePanelScrollsAsOne()
{
    Workbench bench(m_folder.filePath(QStringLiteral("bars")));
    QVERIFY(openShare(bench));
    bench.window.resize(1100, 560);
    QTest::qWait(50);
    auto* list = editList(bench);
    QVERIFY(list->model()->rowCount() > 1);
    QCOMPARE(list->verticalScrollBar()->maximum(), 0);
    QScrollArea* area = nullptr;
    for (QWidget* one = list->parentWidget(); one != nullptr && area == nullptr; one = one->parentWidget()) {
        area = qobject_cast<QScrollArea*>(one);
    }
    QVERIFY(area != nullptr && area->verticalScrollBar()->maximum() > 0);
    list->setFocus();
    for (const auto key : {Qt::Key_End, Qt::Key_Home, Qt::Key_PageDown}) {
        QTest::keyClick(list, key);
        QTest::qWait(20);
        const QRect row = list->visualRect(list->currentIndex());
        QVERIFY(list->visibleRegion().boundingRect().contains(row.center()));
    }
}

void ShareTest::theReportSpeaksTheSameWords()
{
    Workbench bench(m_folder.filePath(QStringLiteral("n")));
    QVERIFY(openShare(bench));
    switchFirstOff(bench);
    const QString said = bench.window.findChild<widgets::VerdictCard*>()->text().section(QStringLiteral(". "), 0, 0);
    bench.window.showMode(QStringLiteral("report"));
    auto* report = bench.window.findChild<widgets::ReportView*>();
    QVERIFY(QTest::qWaitFor([&] { return !report->document().sections.empty(); }, 20'000));
    QVERIFY(report->profile().has_value());
    QString title;
    for (const auto& section : report->document().sections) {
        for (const auto& block : section.blocks) {
            if (const auto* verdict = std::get_if<report::Verdict>(&block)) {
                title = QString::fromStdString(verdict->title);
            }
        }
    }
    QCOMPARE(title, said);
}

void ShareTest::narrowWindowsLoseNoWords()
{
    Workbench bench(m_folder.filePath(QStringLiteral("o")));
    bench.window.resize(900, 800);
    QVERIFY(openShare(bench));
    QTest::qWait(50);
    shot(bench.window, "share-900");
    auto* view = bench.window.findChild<widgets::FixView*>();
    for (auto* label : view->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().startsWith(QStringLiteral("Writes a copy"))) {
            QVERIFY2(label->width() >= view->width() / 2, qPrintable(QString::number(label->width())));
        }
    }
    QVERIFY(!editList(bench)->model()->index(0, 0).data(Qt::ToolTipRole).toString().isEmpty());
}

void ShareTest::theFileItselfCanBeChangedAndUndone()
{
    Workbench bench(m_folder.filePath(QStringLiteral("c")));
    QVERIFY(openShare(bench));
    QCOMPARE(bench.session.fixing().writeInPlace(), QString());
    QVERIFY(!read(m_file).contains("AKIA"));
    QVERIFY(bench.waitForScan());
    bench.session.undo().undo();
    QCOMPARE(read(m_file), m_original);
    QVERIFY(bench.waitForScan());
    bench.session.undo().redo();
    QVERIFY(!read(m_file).contains("AKIA"));
    QVERIFY(bench.waitForScan());
}

void ShareTest::aFileThatChangedMeanwhileIsLeftAlone()
{
    Workbench bench(m_folder.filePath(QStringLiteral("d")));
    QVERIFY(openShare(bench));
    const QByteArray newer = m_original + "\n";
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(newer) == newer.size());
    file.close();
    QVERIFY(!bench.session.fixing().writeInPlace().isEmpty());
    QCOMPARE(read(m_file), newer);
}

void ShareTest::nothingSensitiveIsShownOrCopied()
{
    Workbench bench(m_folder.filePath(QStringLiteral("e")));
    QVERIFY(openShare(bench));
    const auto& outcome = *bench.session.fixing().state().outcome();
    auto* view =
        qobject_cast<widgets::FixView*>(bench.window.findChild<ModePage*>(QStringLiteral("share"))->parts().canvas);
    QVERIFY(view != nullptr);
    QString shown = view->patch();
    for (auto* list : bench.window.findChildren<QListView*>()) {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            shown += list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString() + u'\n';
        }
    }
    QVERIFY(shown.contains(QStringLiteral("<AWS_ACCESS_KEY_ID_01>")));
    for (const auto& range : outcome.before->sensitive) {
        const auto value = QString::fromUtf8(
            m_original.mid(static_cast<qsizetype>(range.start), static_cast<qsizetype>(range.size())));
        QVERIFY2(value.size() < 8 || !shown.contains(value), "a value is shown");
    }
}

void ShareTest::everythingHasAName()
{
    Workbench bench(m_folder.filePath(QStringLiteral("f")));
    QVERIFY(openShare(bench));
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("share"));
    for (auto* widget : page->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    QTest::keyClick(page->parts().canvas, Qt::Key_Escape);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
}

void ShareTest::theWindowNeverWaits()
{
    Workbench bench(m_folder.filePath(QStringLiteral("g")));
    LoopProbe probe;
    QVERIFY(openShare(bench));
    for (int i = 0; i < 5; ++i) {
        bench.session.fixing().state().setAllOn(i % 2 == 0);
        QVERIFY(QTest::qWaitFor([&] { return !bench.session.fixing().state().working(); }, 20'000));
    }
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
}

QTEST_MAIN(ShareTest)
#include "tst_share.moc"
