// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says of things that stay: accepted findings, decisions about other files, long lines with two
// changes.
#include "analyzers/fixes/line_rows.h"
#include "tests/unit/rules/made.h"
#include "widgets/common/foreign_band.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/fixes/diff_delegate.h"
#include "widgets/fixes/diff_model.h"
#include "widgets/fixes/long_lines.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/models/fix_state.h"
#include "widgets/report/glyphs.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>

#include <algorithm>

using namespace cupel;
using namespace cupel::widgets;

namespace {

AnalysisPtr withToken()
{
    test::Letters letters;
    return std::make_shared<const Analysis>(test::analyzed("token = " + test::githubToken(letters), "/p/t.txt"));
}

review::DecisionSetPtr accepting(const Analysis& analysis)
{
    auto set = std::make_shared<review::DecisionSet>();
    set->today = "2026-06-01";
    review::Decisions decisions;
    for (const auto& finding : analysis.findings) {
        review::Decision decision;
        decision.fingerprint = finding.fingerprint;
        decision.author = "Ada";
        decision.expires = "2027-01-31";
        decisions.set(decision);
    }
    set->folders.push_back({"/p", decisions});
    return set;
}

FixOutcomePtr outcomeOf(const AnalysisPtr& analysis, const review::Profile& profile, review::DecisionSetPtr decisions)
{
    auto outcome = std::make_shared<FixOutcome>();
    outcome->before = analysis;
    outcome->after = analysis;
    Workspace workspace;
    workspace.analyses[analysis->artifact.path] = analysis;
    const auto accepted = [](const Finding&) { return true; };
    outcome->verdictBefore = review::judge(profile, workspace, accepted);
    outcome->verdictAfter = review::judge(profile, workspace, accepted);
    outcome->plan.analysis = analysis;
    outcome->decisions = std::move(decisions);
    return outcome;
}

} // namespace

class VerdictsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAcceptedSecretIsNoCheckMark()
    {
        const auto analysis = withToken();
        QVERIFY(!analysis->findings.empty());
        FixState state;
        state.setAnalysis(analysis);
        state.setOutcome(outcomeOf(analysis, state.profile(), accepting(*analysis)));
        QVERIFY(state.meets());
        const VerdictCard card(&state);
        const QString said = card.text();
        QVERIFY2(!said.contains(QStringLiteral("No secrets: passed")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Ada")) && said.contains(QStringLiteral("2027-01-31")), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("as it is")), qPrintable(said));
    }

    void whatStaysIsCalledAsItWasDecided()
    {
        const auto analysis = withToken();
        auto set = std::make_shared<review::DecisionSet>(*accepting(*analysis));
        review::Decisions decisions;
        for (const auto& finding : analysis->findings) {
            review::Decision decision;
            decision.fingerprint = finding.fingerprint;
            decision.author = "Ada";
            decision.reason = review::Reason::Mitigated;
            decisions.set(decision);
        }
        set->folders.clear();
        set->folders.push_back({"/p", decisions});
        FixState state;
        state.setAnalysis(analysis);
        state.setOutcome(outcomeOf(analysis, state.profile(), set));
        const QString said = VerdictCard(&state).text();
        QVERIFY2(said.contains(QStringLiteral("called mitigated by Ada")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("in it called mitigated")), qPrintable(said)); // in its head as well
        QVERIFY2(!said.contains(QStringLiteral("accepted")), qPrintable(said));
    }

    // A finding that two gates stop at is one thing to mend.
    void aReasonIsCountedOnce()
    {
        const auto analysis = withToken();
        QVERIFY(!analysis->findings.empty());
        review::Profile profile;
        profile.gates.resize(2);
        Workspace workspace;
        workspace.analyses[analysis->artifact.path] = analysis;
        auto outcome = std::make_shared<FixOutcome>(*outcomeOf(analysis, profile, nullptr));
        outcome->verdictAfter = review::judge(profile, workspace);
        QCOMPARE(outcome->verdictAfter.gates[1].blocking.size(), analysis->findings.size());
        FixState state;
        state.setAnalysis(analysis);
        state.setOutcome(outcome);
        QCOMPARE(state.reasonsLeft(), analysis->findings.size());
    }

    void decisionsAboutOtherFilesAskNothing()
    {
        ForeignBand band;
        ForeignDecisions foreign;
        foreign.count = 2;
        foreign.authors = {QStringLiteral("Ada")};
        band.show(foreign);
        QVERIFY(band.isHidden());
        foreign.settles = 1;
        band.show(foreign);
        QVERIFY(!band.isHidden());
    }

    void longChangedLinesWrap()
    {
        const auto analysis = withToken();
        FixState state;
        state.setAnalysis(analysis);
        auto outcome = std::make_shared<FixOutcome>(*outcomeOf(analysis, state.profile(), nullptr));
        const std::string filler(150, 'x');
        outcome->hunks.push_back({0, "file", {}, fixes::compareTexts("a1 " + filler + " b1", "a2 " + filler + " b2")});
        state.setOutcome(outcome);
        DiffModel model(&state);
        model.rebuild();
        QListView list;
        list.resize(600, 400);
        auto* delegate = new DiffDelegate(model, &list);
        list.setItemDelegate(delegate);
        list.setModel(&model);
        QStyleOptionViewItem option;
        option.widget = &list;
        int tallest = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.rows()[static_cast<std::size_t>(row)].kind == DiffRow::Kind::Line) {
                tallest = std::max(tallest, delegate->sizeHint(option, model.index(row, 0)).height());
            }
        }
        QVERIFY(tallest > 60); // three lines at least: 156 letters do not fit into half of 600 pixels
    }

    void foldedLinesOpen()
    {
        const auto analysis = withToken();
        FixState state;
        state.setAnalysis(analysis);
        auto outcome = std::make_shared<FixOutcome>(*outcomeOf(analysis, state.profile(), nullptr));
        std::string same;
        for (int i = 0; i < 300; ++i) {
            same += "line " + std::to_string(i) + '\n';
        }
        outcome->hunks.push_back({0, "file", {}, fixes::lineRows("a\n" + same + "b\n", "c\n" + same + "d\n", 100)});
        state.setOutcome(outcome);
        DiffModel model(&state);
        QListView list;
        list.setModel(&model);
        openLongLines(&list, model);
        const auto foldAt = [&model] {
            const auto at = std::find_if(model.rows().begin(), model.rows().end(),
                [](const DiffRow& row) { return row.kind == DiffRow::Kind::Folded; });
            return static_cast<int>(at - model.rows().begin());
        };
        const auto said = [&model](int row) { return model.index(row, 0).data(Qt::AccessibleTextRole).toString(); };
        const int fold = foldAt();
        const int before = model.rowCount();
        QVERIFY(fold < before);
        QVERIFY2(said(fold).contains(QStringLiteral("298 ")) && said(fold).contains(QStringLiteral("Enter")),
            qPrintable(said(fold)));
        list.setCurrentIndex(model.index(fold, 0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(model.rowCount(), before + 198); // 99 lines on each side, and what is too far from both ends
        QCOMPARE(list.currentIndex().row(), fold);
        QVERIFY2(said(fold).contains(QStringLiteral("line 1")), qPrintable(said(fold)));
        const int rest = foldAt(); // nobody has its lines
        QVERIFY2(said(rest).contains(QStringLiteral("100 ")) && !said(rest).contains(QStringLiteral("Enter")),
            qPrintable(said(rest)));
        list.setCurrentIndex(model.index(rest, 0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(model.rowCount(), before + 198);
        model.rebuild();
        Q_EMIT list.clicked(model.index(fold, 0));
        QCOMPARE(model.rowCount(), before + 198);
    }

    void aCutLineSaysSoAndOpens()
    {
        const std::string line(32'005, 'x');
        DiffRow row;
        row.line = fixes::compareTexts(line, "").front();
        QVERIFY(spokenLine(row).contains(QStringLiteral("not shown")));
        QVERIFY(showWhole(row));
        QVERIFY(!spokenLine(row).contains(QStringLiteral("not shown")));
        QVERIFY(spokenLine(row).contains(QString::fromStdString(line)));
        QVERIFY(!showWhole(row)); // there is no more of it
    }

    // In a column of any width no line begins inside the suffix.
    void namesArePartedOutsideOfTheirSuffix()
    {
        const QFont face = cupel::widgets::font(TextRole::Base);
        const QString name = QStringLiteral("azureml_hyperdrive_surprise_svd.ipynb");
        const qreal whole = QFontMetricsF(face).horizontalAdvance(name);
        const qreal suffix = QFontMetricsF(face).horizontalAdvance(QStringLiteral(".ipynb"));
        int parted = 0;
        for (qreal width = suffix + 8; width < whole; width += 1) {
            QStringList lines;
            for (const auto& line : layOut(name, face, width, 20, 100)) {
                lines += line.text;
            }
            QCOMPARE(lines.join(QString()), name);
            QVERIFY2(lines.back().contains(QStringLiteral(".ipynb")), qPrintable(lines.join(u'|')));
            parted += lines.size() > 1 && lines.front().endsWith(u'_') ? 1 : 0;
        }
        QVERIFY(parted > 0);
    }

    void aTitleStandsApartFromItsText()
    {
        EmptyState card(QStringLiteral("image"));
        card.setState(QStringLiteral("Title"), QStringLiteral("Text"));
        card.resize(400, 100);
        card.show();
        const auto labels = card.findChildren<QLabel*>();
        QVERIFY(labels.size() >= 2);
        QVERIFY(labels[1]->y() - (labels[0]->y() + labels[0]->height()) >= 4);
    }

    void anEditOfSeveralPlacesSaysSo()
    {
        const auto analysis = withToken();
        FixState state;
        state.setAnalysis(analysis);
        auto outcome = std::make_shared<FixOutcome>(*outcomeOf(analysis, state.profile(), nullptr));
        outcome->plan.edits.resize(2);
        outcome->on = {true, true};
        outcome->hunks.push_back({0, "cell 1", {0}, fixes::compareTexts("a", "b")});
        outcome->hunks.push_back({1, "cell 2", {0, 1}, fixes::compareTexts("a", "b")});
        state.setOutcome(outcome);
        state.setAllOn(true); // no profile asks for edits of no kind
        DiffModel model(&state);
        model.rebuild();
        QStringList notes;
        for (const auto& row : model.rows()) {
            if (row.kind == DiffRow::Kind::Head) {
                notes += model.head(row).note;
            }
        }
        QCOMPARE(notes,
            (QStringList{
                QStringLiteral("1 edit(s), elsewhere too"), QStringLiteral("2 edit(s), 1 of them elsewhere too")}));
    }
};

QTEST_MAIN(VerdictsTest)
#include "tst_verdicts.moc"
