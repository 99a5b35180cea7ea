// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a verdict: its numbers add up, for every profile.
#include "share_bench.h"

#include "app/shell/export_runner.h"
#include "app/shell/mode_page.h"
#include "widgets/common/labels.h"
#include "widgets/common/profile_words.h"
#include "widgets/fixes/edit_model.h"
#include "widgets/fixes/fix_view.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/fixes/written_band.h"
#include "widgets/report/report_view.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>

#include <algorithm>

using namespace cupel;
using cupel::test::Shared;

class VerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsTakenOutAddsUp();
    void whatIsDecidedIsCountedWhenItIsTakenOut();
    void whatIsOpenAgainIsNotTakenOut();
    void whatNoGateAsksForIsToldAsItWasAnswered();
    void whatGoesAlongNeedsNobody();
    void anEditThatDoesNotHoldSaysWhy();
    void anEditThatWaitsForAYesSaysThatItIsNeeded();
    void wordsOfNamesAreToldAndNotCounted();
    void whatTheCopyIsSilentAboutIsSaid();
    void theProfileIsThatOfTheLastRun();
    void translatorsKnowAllOfTheBuiltInProfiles();
};

// "Price" at the start of a sentence may be no Megan Price.
void VerdictTest::wordsOfNamesAreToldAndNotCounted()
{
    QTemporaryDir folder;
    Shared shared(
        folder.path(), QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/fix_words_of_a_name/input/thanks.ipynb"));
    QVERIFY(shared.opened);
    const auto outcome = shared.bench.session.fixing().state().outcome();
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY(outcome && card);
    QCOMPARE(outcome->remaining, 0);
    QVERIFY(outcome->remains.empty());
    QCOMPARE(outcome->words.size(), std::size_t(1));
    const QString said = card->text();
    QVERIFY2(
        said.contains(QStringLiteral("Words of names elsewhere, look whether they mean the same")), qPrintable(said));
    QVERIFY2(said.contains(outcome->words.front()), qPrintable(said));
    // And so says what tells of the copy, whatever else it has to say.
    widgets::WrittenFile file;
    file.path = folder.filePath(QStringLiteral("copy.ipynb"));
    file.meets = true;
    file.below = 1;
    file.wordsRemaining = 2;
    widgets::WrittenBand band;
    band.setFile(file);
    QVERIFY2(band.text().contains(QStringLiteral("of a name that was taken out stay")), qPrintable(band.text()));
}

// The home path goes, the name of its user is left: nothing in the copy tells it.
void VerdictTest::whatTheCopyIsSilentAboutIsSaid()
{
    QTemporaryDir folder;
    Shared shared(folder.path(), QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/fix_left_untold/input/ws.ipynb"));
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY(card && state.outcome());
    QVERIFY2(!card->text().contains(QStringLiteral("not told in the copy")), qPrintable(card->text()));
    const auto outcome = state.outcome();
    for (std::size_t i = 0; i < outcome->plan.edits.size(); ++i) {
        if (outcome->before->findings[outcome->plan.edits[i].finding].rule == "CUP-OUT-LEAK-USER-NAME") {
            state.setOn(i, false);
        }
    }
    QVERIFY(QTest::qWaitFor(
        [&] { return !state.working() && state.outcome() && !state.outcome()->untold.empty(); }, 20'000));
    QVERIFY2(card->text().contains(QStringLiteral("Left, and not told in the copy: something stays")),
        qPrintable(card->text()));
    QVERIFY2(card->text().contains(QStringLiteral("cell 0, output 0, line 2")), qPrintable(card->text()));
}

// What the rows say was taken out is the difference of the two lines above them.
void VerdictTest::whatIsTakenOutAddsUp()
{
    static const QRegularExpression taken(QStringLiteral("(\\d+) finding\\S* taken out"));
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY(card);
    const auto profiles = state.profiles().size();
    QVERIFY(profiles >= 4);
    for (std::size_t i = 0; i < profiles; ++i) {
        state.setProfile(i);
        QVERIFY(QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000));
        qsizetype sum = 0;
        for (auto hits = taken.globalMatch(card->text()); hits.hasNext();) {
            sum += hits.next().captured(1).toInt();
        }
        const auto& outcome = *state.outcome();
        const auto less = qsizetype(outcome.before->findings.size()) - qsizetype(outcome.after->findings.size());
        QVERIFY2(sum == less,
            qPrintable(QString::fromStdString(state.profile().title)
                + QStringLiteral(": %1, and %2 are gone. ").arg(sum).arg(less) + card->text()));
        QVERIFY(less > 0);
    }
}

// An edit that is switched on takes decided findings out as well: the number is what is gone from the file.
void VerdictTest::whatIsDecidedIsCountedWhenItIsTakenOut()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    const auto settle = [&state] {
        return QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000);
    };
    QVERIFY(card && settle());
    state.setAllOn(true);
    QVERIFY(settle() && !state.outcome()->plan.edits.empty());
    const auto taken = [card] {
        static const QRegularExpression words(QStringLiteral("(\\d+) finding\\S* taken out"));
        int sum = 0;
        for (auto hits = words.globalMatch(card->text()); hits.hasNext();) {
            sum += hits.next().captured(1).toInt();
        }
        return sum;
    };
    const int before = taken();
    QVERIFY(before > 1);
    const auto& finding = state.outcome()->before->findings[state.outcome()->plan.edits.front().finding];
    auto decisions = std::make_shared<review::DecisionSet>();
    review::Decision decision;
    decision.fingerprint = finding.fingerprint;
    decision.rule = finding.rule;
    decision.artifact = "explore.ipynb";
    decision.values = finding.values;
    decision.reason = review::Reason::TestData;
    decision.author = "Ada";
    auto& known = decisions->folders.emplace_back();
    known.path = folder.path().toStdString();
    known.decisions.set(std::move(decision));
    state.setDecisions(std::move(decisions));
    QVERIFY(settle());
    state.setAllOn(true);
    QVERIFY(settle());
    QCOMPARE(taken(), before);
    QVERIFY2(card->text().contains(QStringLiteral("answered for")), qPrintable(card->text()));
}

// No gate asks for it, so it is milder than nothing; and who left it said how, as the reports say.
void VerdictTest::whatNoGateAsksForIsToldAsItWasAnswered()
{
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "a.ipynb";
    auto decisions = std::make_shared<review::DecisionSet>();
    auto& known = decisions->folders.emplace_back();
    for (const char* author : {"", "Ada"}) {
        auto& finding = analysis->findings.emplace_back();
        finding.rule = "CUP-CODE-A";
        finding.fingerprint = std::string("print") + author;
        finding.location.artifact = "a.ipynb";
        review::Decision decision;
        decision.fingerprint = finding.fingerprint;
        decision.rule = finding.rule;
        decision.artifact = "a.ipynb";
        decision.reason = review::Reason::WontFix;
        decision.author = author;
        known.decisions.set(std::move(decision));
    }
    auto outcome = std::make_shared<widgets::FixOutcome>();
    outcome->before = analysis;
    outcome->after = analysis;
    outcome->decisions = decisions;
    outcome->verdictAfter.unaskedAnswered = {{analysis.get(), 0}, {analysis.get(), 1}};
    widgets::FixState state;
    state.setAnalysis(analysis);
    widgets::VerdictCard card(&state);
    state.setOutcome(outcome);
    const QString said = card.text();
    QVERIFY2(
        said.contains(QStringLiteral("stays, left unfixed")) || said.contains(QStringLiteral("stay, left unfixed")),
        qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("left unfixed by Ada")), qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("milder")), qPrintable(said));
}

// Before one that is open and one that is decided; after, the open one is gone, and the other one is open because its
// code has changed.
void VerdictTest::whatIsOpenAgainIsNotTakenOut()
{
    const auto made = [](const std::string& rule, const std::string& settled) {
        Finding finding;
        finding.rule = rule;
        finding.fingerprint = rule;
        finding.family = Family::Code;
        finding.severity = Severity::Medium;
        finding.settled = settled;
        return finding;
    };
    auto before = std::make_shared<Analysis>();
    before->artifact.path = "a.ipynb";
    before->findings = {made("CUP-CODE-A", ""), made("CUP-CODE-B", "decision")};
    auto after = std::make_shared<Analysis>(*before);
    after->findings = {made("CUP-CODE-B", "")};
    auto outcome = std::make_shared<widgets::FixOutcome>();
    outcome->before = before;
    outcome->after = after;
    outcome->gone = {0};
    widgets::FixState state;
    state.setAnalysis(before);
    widgets::VerdictCard card(&state);
    state.setOutcome(outcome);
    static const QRegularExpression taken(QStringLiteral("\\b1 finding\\S* taken out"));
    QVERIFY2(card.text().contains(taken), qPrintable(card.text()));
    QVERIFY2(!card.text().contains(QStringLiteral("answered for")), qPrintable(card.text()));
}

// The report is judged by the profile that was chosen last for this file, though Share was not opened in this run.
void VerdictTest::theProfileIsThatOfTheLastRun()
{
    QTemporaryDir folder;
    const QString other = folder.filePath(QStringLiteral("other.ipynb"));
    const auto open = [](test::Workbench& bench, const QString& file) {
        bench.window.open({app::OpenTarget{file, {}, {}, {}}});
        return bench.waitForScan();
    };
    const auto reported = [](test::Workbench& bench) {
        auto* runner = bench.window.findChild<app::ExportRunner*>();
        QSignalSpy made(runner, &app::ExportRunner::documentReady);
        bench.window.showMode(QStringLiteral("report"));
        const auto profile = [&bench] { return bench.window.findChild<widgets::ReportView*>()->profile(); };
        (void)QTest::qWaitFor([&] { return !made.empty(); }, 20'000);
        return profile() ? QString::fromStdString(profile()->name) : QString();
    };
    QString file;
    {
        Shared shared(folder.path());
        QVERIFY(shared.opened && QFile::copy(shared.file, other));
        file = shared.file;
        auto& state = shared.bench.session.fixing().state();
        const auto& all = state.profiles();
        const auto at = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == "customer"; });
        QVERIFY(at != all.end());
        state.chooseProfile(static_cast<std::size_t>(at - all.begin()));
        QCOMPARE(reported(shared.bench), QStringLiteral("customer"));
        QVERIFY(open(shared.bench, other)); // nobody has said for whom this one is
        shared.bench.window.showMode(QStringLiteral("review"));
        QCOMPARE(reported(shared.bench), QString());
        shared.bench.window.close();
    }
    test::Workbench bench(folder.filePath(QStringLiteral("data")));
    QVERIFY(open(bench, file));
    QCOMPARE(reported(bench), QStringLiteral("customer"));
    QCOMPARE(bench.session.fixing().state().profile().name, std::string("customer"));
}

void VerdictTest::translatorsKnowAllOfTheBuiltInProfiles()
{
    QVERIFY(review::builtInProfiles().size() >= 4);
    for (const auto& profile : review::builtInProfiles()) {
        QVERIFY2(widgets::isProfileWord(profile.title), profile.title.c_str());
        QVERIFY2(widgets::isProfileWord(profile.audience), profile.audience.c_str());
        for (const auto& gate : profile.gates) {
            QVERIFY2(widgets::isProfileWord(gate.title), gate.title.c_str());
        }
    }
}

// A column of values is replaced, but an output shows more of them than it could list: that edit is left out, and where
// it was switched on, in the preview and in the verdict is said why.
void VerdictTest::anEditThatDoesNotHoldSaysWhy()
{
    QTemporaryDir folder;
    Shared shared(
        folder.path(), QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/fix_profile_unproved/input/a.ipynb"));
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    QVERIFY(QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000));
    QCOMPARE(state.outcome()->refused.size(), 1U);
    QCOMPARE(state.refusedCount(), 1U);
    QCOMPARE(state.madeCount() + 1, state.onCount());
    QCOMPARE(state.blockingOff(), 0U); // nobody left it off
    const auto edit = state.outcome()->refused.front();
    const QString why = widgets::FixState::refusedWords(1);
    const auto* list = shared.list->model();
    QStringList rows;
    for (int row = 0; row < list->rowCount(); ++row) {
        const auto index = list->index(row, 0);
        const bool out = index.data(widgets::EditModel::RefusedRole).toInt() > 0;
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString().contains(why), out);
        QCOMPARE(index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("judged again")), out);
        rows += out ? QStringList{index.data(widgets::EditModel::NoteRole).toString()} : QStringList();
    }
    QCOMPARE(rows, QStringList{QStringLiteral("Still there when judged again")});
    const auto* card = shared.bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY2(card->text().contains(QStringLiteral("an edit that would help does not hold")), qPrintable(card->text()));
    const auto said = [&shared](const QString& text) {
        const auto labels = shared.bench.window.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
            [&text](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    };
    QVERIFY(said(why)); // below the preview
    QVERIFY(said(QStringLiteral("%1 of %2 edits on").arg(state.madeCount()).arg(state.outcome()->plan.edits.size())));
    const auto* preview = shared.bench.window.findChild<widgets::FixView*>()->findChild<QListView*>();
    QStringList heads;
    for (int row = 0; row < preview->model()->rowCount(); ++row) {
        heads += preview->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    QCOMPARE(heads.filter(why).size(), 1);
    state.setOn(edit, false); // as somebody wants it
    QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    QCOMPARE(state.refusedCount(), 0U);
    QVERIFY(!said(why));
}

// Names in code are replaced only when somebody asks for it, though the profile is not met without.
void VerdictTest::anEditThatWaitsForAYesSaysThatItIsNeeded()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("names.ipynb")));
    QVERIFY(file.open(QIODevice::WriteOnly)
        && file.write(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [],
 "source": "who = ['Megan Gardner', 'Peter Miller', 'Paul Novak', 'Anna Smith', 'Brian Cooper']"}],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 4})")
            > 0);
    file.close();
    Shared shared(folder.path(), file.fileName());
    QVERIFY(shared.opened);
    const auto* list = shared.bench.window.findChild<QListView*>(QStringLiteral("share.edits"));
    QVERIFY(list);
    QCOMPARE(list->model()->rowCount(), 1);
    const auto row = list->model()->index(0, 0);
    QVERIFY(row.data(widgets::EditModel::OptionalRole).toBool() && row.data(widgets::EditModel::NeededRole).toBool());
    const auto said = row.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.endsWith(QStringLiteral(", needed")), qPrintable(said));
}

// The combination of columns has no edit of its own: it goes with the names and dates, and else waits for a person.
void VerdictTest::whatGoesAlongNeedsNobody()
{
    QTemporaryDir folder;
    Shared shared(folder.path(), QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/fix_along/input/a.ipynb"));
    QVERIFY(shared.opened);
    auto& state = shared.bench.session.fixing().state();
    QVERIFY(QTest::qWaitFor([&] { return state.outcome() && !state.working(); }, 20'000));
    QVERIFY(!state.outcome()->plan.without.empty());
    const auto note = [&shared] {
        for (const auto* label : shared.bench.window.findChildren<widgets::Label*>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("only a person can mend"))) {
                return label->text();
            }
        }
        return QString();
    };
    QCOMPARE(note(), QString());
    for (int row = 0; row < shared.list->model()->rowCount(); ++row) { // everything off
        if (shared.list->model()->index(row, 0).data(Qt::CheckStateRole) == Qt::Unchecked) {
            continue; // what is only done when it is asked for
        }
        shared.list->setFocus();
        shared.list->setCurrentIndex(shared.list->model()->index(row, 0));
        QTest::keyClick(shared.list, Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return !state.working(); }, 20'000));
    }
    QCOMPARE(state.onCount(), std::size_t(0));
    QVERIFY2(note().startsWith(QString::number(state.outcome()->plan.without.size())), qPrintable(note()));
}

QTEST_MAIN(VerdictTest)
#include "tst_verdict.moc"
