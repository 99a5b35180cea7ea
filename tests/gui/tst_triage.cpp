// SPDX-License-Identifier: GPL-3.0-or-later
// Triage with real keys and clicks: decide, undo, bulk, filter, what came with a folder, what ends, and the file.
#include "shell_bench.h"
#include "triage_bench.h"

#include "analyzers/review/decisions.h"
#include "app/session/fixing.h"
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "app/shell/sheet.h"
#include "widgets/common/foreign_band.h"
#include "widgets/findings/decision_card.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/findings/findings_view.h"
#include "widgets/findings/triage_form.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>

using namespace cupel;
using namespace cupel::app;
using cupel::review::Decision;
using cupel::review::DecisionState;
using cupel::test::Workbench;
using cupel::widgets::FindingRef;

using test::notebook;
using test::parsed;
using test::read;
using test::write;

class TriageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aDecisionByKeys();
    void aCriticalFindingNeedsANote();
    void manyAtOnceAreOneStep();
    void marksStayWhileOneMovesOn();
    void decidedOnesCanBeHidden();
    void decisionsOfOthersWaitForAnAnswer();
    void whatEndsIsOpenAgain();
    void linesNobodyUnderstandsStay();
    void aLinkIsNeitherReadNorWritten();
    void theVerdictHeedsDecisions();
    void aSingleFileUsesTheFolderBesideIt();
    void aNoteDoesNotRepeatWhatWasFound();
    void nothingActsBehindTheQuestion();
    void whatIsNotInSightIsUndoneKnowingly();
    void everythingHasAName();

private:
    [[nodiscard]] bool open(Workbench& bench) const;
    [[nodiscard]] QString decisionsFile() const
    {
        return m_folder->filePath(QStringLiteral("project/.cupel/decisions.jsonl"));
    }
    [[nodiscard]] QString project() const { return m_folder->filePath(QStringLiteral("project")); }
    static widgets::FindingsView* list(Workbench& bench);
    static void decide(Workbench& bench, int reason, const QString& note);
    [[nodiscard]] bool written(int lines) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TriageTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    write(project() + QStringLiteral("/a.ipynb"), notebook());
}

bool TriageTest::open(Workbench& bench) const
{
    bench.settings.set(keys::author, QStringLiteral("Ada"));
    bench.window.open({OpenTarget{project(), {}, {}, {}}});
    if (!bench.waitForScan() || bench.session.review().total() < 4) {
        return false;
    }
    bench.session.review().setCurrent(bench.session.review().visible().front());
    QTest::qWait(20);
    return QTest::qWaitFor([&] { return bench.session.triage().ready(); });
}

widgets::FindingsView* TriageTest::list(Workbench& bench)
{
    return bench.window.findChild<widgets::FindingsView*>();
}

// T, a digit, the note, Enter: as a person does it.
void TriageTest::decide(Workbench& bench, int reason, const QString& note)
{
    list(bench)->takeFocus();
    QTest::keyClick(list(bench)->window()->focusWidget(), Qt::Key_T);
    auto* form = bench.window.findChild<widgets::TriageForm*>();
    QVERIFY(form != nullptr && form->isVisible());
    QTest::keyClick(bench.window.focusWidget(), static_cast<Qt::Key>(Qt::Key_0 + reason));
    QTest::keyClicks(bench.window.focusWidget(), note);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Return);
    QTest::qWait(20);
}

bool TriageTest::written(int lines) const
{
    return QTest::qWaitFor([&] { return read(decisionsFile()).count('\n') == lines; }, 5'000);
}

void TriageTest::aDecisionByKeys()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    const FindingRef ref = *review.current();
    const auto severity = static_cast<std::size_t>(review.finding(ref)->severity);
    const auto before = bench.session.coverage().bySeverity[severity];

    decide(bench, 3, QStringLiteral("only in the lab"));
    QVERIFY(review.decisionState(ref) == DecisionState::Active);
    QVERIFY(review.settled() >= 1);
    QCOMPARE(bench.session.coverage().bySeverity[severity] + review.settled(), before);
    QVERIFY(written(1));
    const auto file = parsed(read(decisionsFile()));
    const auto* decision = file.find(*review.finding(ref));
    QVERIFY(decision != nullptr && decision->reason == review::Reason::AcceptedRisk);
    QCOMPARE(decision->note, std::string("only in the lab"));
    QCOMPARE(decision->author, std::string("Ada"));
    QCOMPARE(decision->artifact, std::string("a.ipynb"));
    QVERIFY(decision->expires.empty());

    // Seen in the list, in words, and in the inspector.
    auto& rows = list(bench)->findChild<widgets::FindingTree*>()->rows();
    rows.sync();
    const auto index = rows.indexOf(ref);
    QCOMPARE(index.data(widgets::FindingListModel::DecisionRole).toString(), QStringLiteral("Accepted risk"));
    QVERIFY(index.data(widgets::FindingListModel::SettledRole).toBool());
    QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Accepted risk")));
    auto* card = bench.window.findChild<widgets::DecisionCard*>();
    QVERIFY(card->isVisible());
    QVERIFY(card->accessibleName().contains(QStringLiteral("only in the lab")));

    const auto text = read(decisionsFile());
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(review.decisionState(ref) == DecisionState::None);
    QVERIFY(written(0));
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(written(1));
    QCOMPARE(read(decisionsFile()), text);

    // Shift+T takes it away, which is a step of its own.
    list(bench)->takeFocus();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_T, Qt::ShiftModifier);
    QVERIFY(review.decisionState(ref) == DecisionState::None);
    QVERIFY(written(0));
    bench.session.undo().undo();
    QVERIFY(written(1));
    QCOMPARE(read(decisionsFile()), text);
}

void TriageTest::aCriticalFindingNeedsANote()
{
    widgets::TriageSubject subject;
    subject.findings = 1;
    subject.critical = 1;
    subject.today = QDate(2026, 11, 28);
    widgets::TriageForm form(subject);
    form.show();
    form.takeFocus();
    std::optional<widgets::TriageAnswer> answer;
    connect(&form, &widgets::TriageForm::answered, &form, [&](const widgets::TriageAnswer& given) { answer = given; });
    auto* accept = form.findChild<QPushButton*>(QStringLiteral("triage.accept"));
    QTest::mouseClick(accept, Qt::LeftButton);
    QVERIFY(!answer); // no reason yet
    QTest::keyClick(&form, Qt::Key_1);
    QTest::mouseClick(accept, Qt::LeftButton);
    QVERIFY(!answer); // no note yet
    auto* note = form.findChild<QLineEdit*>();
    QTest::keyClicks(note, QStringLiteral("because"));
    for (auto* box : form.findChildren<QComboBox*>()) {
        box->setCurrentIndex(1);
    }
    QTest::mouseClick(accept, Qt::LeftButton);
    QVERIFY(answer.has_value());
    QVERIFY(answer->reason == review::Reason::FalsePositive);
    QCOMPARE(answer->note, QStringLiteral("because"));
    QCOMPARE(answer->expires, QStringLiteral("2026-12-28"));
}

void TriageTest::manyAtOnceAreOneStep()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    list(bench)->takeFocus();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(list(bench)->chosen().size(), review.total());
    const int steps = bench.session.undo().count();
    decide(bench, 2, QStringLiteral("made up"));
    QCOMPARE(bench.session.undo().count(), steps + 1);
    QCOMPARE(review.settled(), review.total());
    const auto distinct = review.decisions()->folders.front().decisions.all().size();
    QVERIFY(distinct >= 4);
    QVERIFY(written(static_cast<int>(distinct)));
    QCOMPARE(bench.session.coverage().settled, review.total());
    bench.session.undo().undo();
    QCOMPARE(review.settled(), std::size_t{0});
    QVERIFY(written(0));
    bench.session.undo().redo();
    QCOMPARE(review.settled(), review.total());
}

void TriageTest::marksStayWhileOneMovesOn()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    list(bench)->takeFocus();
    auto* tree = bench.window.focusWidget();
    QTest::keyClick(tree, Qt::Key_X);
    QTest::keyClick(tree, Qt::Key_N);
    QTest::keyClick(tree, Qt::Key_N);
    QTest::keyClick(tree, Qt::Key_X);
    const auto refs = list(bench)->chosen();
    QCOMPARE(refs.size(), std::size_t{2});
    QVERIFY(refs[0] == bench.session.review().visible()[0] && refs[1] == bench.session.review().visible()[2]);
    QTest::keyClick(tree, Qt::Key_P);
    QTest::keyClick(tree, Qt::Key_P);
    QTest::keyClick(tree, Qt::Key_X, Qt::ShiftModifier);
    QCOMPARE(list(bench)->chosen().size(), std::size_t{3});
    QTest::keyClick(tree, Qt::Key_Escape);
    QCOMPARE(list(bench)->chosen().size(), std::size_t{1});
    QVERIFY(list(bench)->chosen().front() == *bench.session.review().current());
}

void TriageTest::decidedOnesCanBeHidden()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    decide(bench, 1, QStringLiteral("no"));
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_H, Qt::ShiftModifier);
    QCOMPARE(review.query(), QStringLiteral("is:open"));
    QCOMPARE(review.visible().size(), review.total() - review.settled());
    QVERIFY(review.settled() > 0);
    bench.session.undo().undo(); // the filter follows what is decided
    QCOMPARE(review.visible().size(), review.total());
    bench.session.undo().redo();
    QTest::keyClick(&bench.window, Qt::Key_H, Qt::ShiftModifier);
    QCOMPARE(review.query(), QString());
}

void TriageTest::decisionsOfOthersWaitForAnAnswer()
{
    QByteArray text;
    {
        Workbench bench(m_folder->filePath(QStringLiteral("theirs")));
        QVERIFY(open(bench));
        list(bench)->takeFocus();
        QTest::keyClick(bench.window.focusWidget(), Qt::Key_A, Qt::ControlModifier);
        decide(bench, 2, QStringLiteral("trust me"));
        QVERIFY(QTest::qWaitFor([&] { return read(decisionsFile()).count('\n') >= 4; }));
        text = read(decisionsFile());
    }
    Workbench bench(m_folder->filePath(QStringLiteral("mine")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    QCOMPARE(review.settled(), std::size_t{0}); // nothing of a folder settles its own findings
    auto* band = bench.window.findChild<widgets::ForeignBand*>();
    QVERIFY(QTest::qWaitFor([&] { return band->isVisible(); }));
    QVERIFY(band->accessibleName().contains(QStringLiteral("Ada")));
    const auto button = [&](const QString& words) {
        for (auto* one : band->findChildren<QPushButton*>()) {
            if (one->text() == words) {
                return one;
            }
        }
        return static_cast<QPushButton*>(nullptr);
    };
    QTest::mouseClick(button(QStringLiteral("Ignore")), Qt::LeftButton);
    QVERIFY(!band->isVisible());
    QCOMPARE(review.settled(), std::size_t{0});
    decide(bench, 4, QStringLiteral("my own")); // own ones count beside those that are ignored
    QVERIFY(review.settled() > 0 && review.settled() < review.total());
    QVERIFY(QTest::qWaitFor([&] { return read(decisionsFile()).contains("my own"); }));
    QCOMPARE(read(decisionsFile()).count('\n'), text.count('\n'));
    QVERIFY(read(decisionsFile()).contains("trust me"));

    bench.window.actions().at(u"review.askDecisions")->trigger();
    QVERIFY(band->isVisible());
    QTest::mouseClick(button(QStringLiteral("Use them")), Qt::LeftButton);
    QVERIFY(!band->isVisible());
    QCOMPARE(review.settled(), review.total());

    // The answer is remembered, but a line that comes later asks again.
    bench.saver.flush();
    Workbench again(m_folder->filePath(QStringLiteral("mine")));
    QVERIFY(open(again));
    QVERIFY(QTest::qWaitFor([&] { return again.session.review().settled() == again.session.review().total(); }));
    QVERIFY(!again.window.findChild<widgets::ForeignBand*>()->isVisible());
    Decision later;
    const auto* about = again.session.review().finding(again.session.review().visible().back());
    later.fingerprint = about->fingerprint;
    later.rule = "CUP-X";
    later.author = "Mallory";
    review::Decisions changed = parsed(read(decisionsFile()));
    later.artifact = changed.find(*about)->artifact;
    changed.set(later);
    write(decisionsFile(), QByteArray::fromStdString(changed.write()));
    again.session.rescan();
    QVERIFY(again.waitForScan());
    QVERIFY(QTest::qWaitFor([&] { return again.window.findChild<widgets::ForeignBand*>()->isVisible(); }));
    QVERIFY(again.session.review().settled() < again.session.review().total());
}

void TriageTest::whatEndsIsOpenAgain()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    widgets::TriageAnswer answer{review::Reason::Mitigated, QStringLiteral("firewall"), QStringLiteral("Ada"), {}};
    answer.expires = QStringLiteral("2001-01-01");
    const FindingRef ref = *review.current();
    QCOMPARE(bench.session.triage().decide({ref}, answer).why, QString());
    QVERIFY(review.decisionState(ref) == DecisionState::Expired);
    QCOMPARE(review.settled(), std::size_t{0});
    auto* card = bench.window.findChild<widgets::DecisionCard*>();
    QVERIFY(card->accessibleName().contains(QStringLiteral("Expired")));
    QVERIFY(card->accessibleName().contains(QStringLiteral("firewall")));
    review.setQuery(QStringLiteral("is:expired"));
    QVERIFY(!review.visible().empty());
    review.setQuery({});

    // Another line under it.
    auto changed = std::make_shared<review::DecisionSet>(*review.decisions());
    Decision other = *review.decision(ref);
    other.expires.clear();
    other.context = "0123456789abcdef";
    changed->folders.front().decisions.set(other);
    review.setDecisions(changed);
    QVERIFY(review.decisionState(ref) == DecisionState::Reopened);
    QVERIFY(card->accessibleName().contains(QStringLiteral("Re-opened: it is not what was decided about")));
    QVERIFY(card->accessibleName().contains(QStringLiteral("Mitigated")));
    review.setQuery(QStringLiteral("is:reopened"));
    QVERIFY(!review.visible().empty());
}

void TriageTest::linesNobodyUnderstandsStay()
{
    const QByteArray odd = "{\"kind\":\"of a later version\"}\n";
    write(decisionsFile(), odd);
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    decide(bench, 1, QStringLiteral("x"));
    QVERIFY(written(2));
    QVERIFY(read(decisionsFile()).endsWith(odd));
}

void TriageTest::aLinkIsNeitherReadNorWritten()
{
    const QString victim = m_folder->filePath(QStringLiteral("victim.txt"));
    write(victim, "precious\n");
    QVERIFY(QDir().mkpath(project() + QStringLiteral("/.cupel")));
    QVERIFY(QFile::link(victim, decisionsFile()));
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto* band = bench.window.findChild<widgets::ForeignBand*>();
    QVERIFY(QTest::qWaitFor([&] { return band->isVisible(); }));
    QVERIFY(band->accessibleName().contains(QStringLiteral("link")));
    decide(bench, 1, QStringLiteral("x"));
    QVERIFY(bench.session.review().settled() > 0); // until the window is closed
    QTest::qWait(200);
    QCOMPARE(read(victim), QByteArray("precious\n"));
}

void TriageTest::theVerdictHeedsDecisions()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    list(bench)->takeFocus();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_A, Qt::ControlModifier);
    decide(bench, 3, QStringLiteral("looked at"));
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    auto& fixes = bench.session.fixing().state();
    QVERIFY(QTest::qWaitFor([&] { return fixes.outcome() && !fixes.working(); }, 20'000));
    QVERIFY(fixes.outcome()->verdictBefore.meets());
    QCOMPARE(fixes.onCount(), std::size_t{0});
    bench.session.undo().undo();
    QVERIFY(QTest::qWaitFor([&] { return !fixes.working() && !fixes.outcome()->verdictBefore.meets(); }, 20'000));
}

void TriageTest::aSingleFileUsesTheFolderBesideIt()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    bench.window.open({OpenTarget{project() + QStringLiteral("/a.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.session.review().setCurrent(bench.session.review().visible().front());
    QVERIFY(QTest::qWaitFor([&] { return bench.session.triage().ready(); }));
    decide(bench, 1, QStringLiteral("x"));
    QVERIFY(written(1));
    QVERIFY(read(decisionsFile()).contains("\"a.ipynb\""));
}

void TriageTest::aNoteDoesNotRepeatWhatWasFound()
{
    write(project() + QStringLiteral("/a.ipynb"), notebook("\",\"\\n\",\"print('WorkerId: A1B2C3D4E5F6G7')"));
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    auto& review = bench.session.review();
    const FindingRef ref = *review.current();
    decide(bench, 3, QStringLiteral("worker a1b2c3d4e5f6g7 said yes"));
    auto* form = bench.window.findChild<widgets::TriageForm*>();
    QVERIFY(form && form->isVisible());
    QVERIFY(review.decisionState(ref) == DecisionState::None);
    // Which part of the answer is wrong, is said with it.
    const widgets::TriageAnswer named{review::Reason::FalsePositive, {}, QStringLiteral("a1b2c3d4e5f6g7"), {}};
    const auto refusal = bench.session.triage().decide({ref}, named);
    QVERIFY(refusal.refused() && refusal.part == widgets::TriageRefusal::Part::Author);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    QTest::qWait(20);
    decide(bench, 3, QStringLiteral("all workers said yes"));
    QVERIFY(review.decisionState(ref) == DecisionState::Active);
    QVERIFY(written(1));
}

// Help comes in front of what is being typed; another view does not.
void TriageTest::nothingActsBehindTheQuestion()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    list(bench)->takeFocus();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_T);
    QPointer<widgets::TriageForm> form = bench.window.findChild<widgets::TriageForm*>();
    QVERIFY(form && form->isVisible());
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_2);
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("made up"));
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_9, Qt::ControlModifier);
    QVERIFY(list(bench)->isVisible());
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_F1);
    QTest::qWait(20);
    QVERIFY(form && form->isVisible());
    QVERIFY(!form->isAncestorOf(bench.window.focusWidget()));
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    QVERIFY(form && form->isAncestorOf(bench.window.focusWidget()));
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Return);
    QTest::qWait(20);
    QVERIFY(bench.session.review().decisionState(*bench.session.review().current()) == DecisionState::Active);
    QVERIFY(written(1));
    QVERIFY(read(decisionsFile()).contains("made up"));
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    QVERIFY(!list(bench)->isVisible());
}

// Another file is open: the first undo says what it would take back, the second does it.
void TriageTest::whatIsNotInSightIsUndoneKnowingly()
{
    const QString other = m_folder->filePath(QStringLiteral("other/b.ipynb"));
    write(other, notebook());
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    decide(bench, 2, QStringLiteral("made up"));
    QVERIFY(written(1));
    bench.window.open({OpenTarget{other, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const int steps = bench.session.undo().index();
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.session.undo().index(), steps);
    QVERIFY(written(1));
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.session.undo().index(), steps - 1);
    QVERIFY(written(0));
}

void TriageTest::everythingHasAName()
{
    Workbench bench(m_folder->filePath(QStringLiteral("data")));
    QVERIFY(open(bench));
    QTest::keyClick(&bench.window, Qt::Key_T);
    auto* sheet = bench.window.findChild<Sheet*>();
    QVERIFY(sheet != nullptr && sheet->isVisible());
    for (auto* widget : sheet->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    // Letters are not shortcuts of what lies behind.
    const auto current = bench.session.review().current();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_N);
    QVERIFY(bench.session.review().current() == current);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Escape);
    QVERIFY(!bench.window.findChild<widgets::TriageForm*>()
        || !bench.window.findChild<widgets::TriageForm*>()->isVisible());
}

QTEST_MAIN(TriageTest)
#include "tst_triage.moc"
