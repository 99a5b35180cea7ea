// SPDX-License-Identifier: GPL-3.0-or-later
// What makes the first model: how far what is alike is folded, which threats are folded away and why, and rules that
// users add, tried on the open model and kept in packs of its folder.
#include "threat_bench.h"

#include "widgets/common/fact_rows.h"
#include "widgets/models/history_state.h"
#include "widgets/threats/fold_slider.h"
#include "widgets/threats/rule_panel.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_panels.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSlider>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

class ThreatRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSliderFoldsMore();
    void whatIsFoldedAwayIsListed();
    void aRuleIsTriedAndKept();
    void packsOfOthersWait();
    void ownRulesCountInLensesAndHistory();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] bool put(const QString& file, const QByteArray& bytes) const
    {
        QFile out(m_folder.filePath(file));
        return QDir().mkpath(QFileInfo(out.fileName()).path()) && out.open(QIODevice::WriteOnly)
            && out.write(bytes) == bytes.size();
    }
    [[nodiscard]] QByteArray read(const QString& file) const
    {
        QFile in(m_folder.filePath(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

void ThreatRulesTest::aSliderFoldsMore()
{
    QVERIFY(makeProject(path("a")));
    QByteArray script = trainingScript;
    for (int i = 0; i < 24; ++i) {
        const QByteArray name = "part" + QByteArray::number(i) + ".csv";
        QVERIFY(put(QStringLiteral("a/") + QString::fromLatin1(name), "a,b\n1,2\n"));
        script += "p" + QByteArray::number(i) + " = pd.read_csv('" + name + "')\n";
    }
    QVERIFY(put(QStringLiteral("a/train.py"), script));
    {
        Workbench bench(path("home-a"));
        QVERIFY(showThreats(bench, path("a")));
        const auto all = overlaid(bench).model.elements.size();
        QVERIFY(all > 25 && element(bench, "part3.csv"));
        auto* canvas = part<GraphCanvas>(bench);
        canvas->setCurrent(nodeOf(bench, "part3.csv"));
        QTest::keyClick(canvas, Qt::Key_Right, Qt::ControlModifier); // somebody works with it
        QTRY_VERIFY(element(bench, "part3.csv")->box);
        auto* slider = part<ThreatView>(bench)->fold()->slider();
        QCOMPARE(slider->value(), 40);
        slider->setValue(15);
        QTRY_VERIFY_WITH_TIMEOUT(overlaid(bench).model.elements.size() <= 15, 20'000);
        QVERIFY(element(bench, "part3.csv") && !element(bench, "part5.csv"));
        QVERIFY(overlaid(bench).ghosts.empty()); // nothing has vanished
        QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Fold beyond 15 element(s)"));
        bench.session.undo().undo();
        QTRY_COMPARE_WITH_TIMEOUT(overlaid(bench).model.elements.size(), all, 20'000);
        QVERIFY(overlaid(bench).tray.empty() && overlaid(bench).ghosts.empty()); // and nothing is new
        QTRY_COMPARE(slider->value(), 40);
        bench.session.undo().redo();
        QTRY_VERIFY_WITH_TIMEOUT(overlaid(bench).model.elements.size() <= 15, 20'000);
        QTRY_VERIFY(read(QStringLiteral("a/.cupel/threats.jsonl")).contains("{\"answer\":\"fold\",\"value\":\"15\"}"));
    }
    Workbench bench(path("home-a")); // it is kept with the model
    QVERIFY(showThreats(bench, path("a")));
    QVERIFY(overlaid(bench).model.elements.size() <= 15 && overlaid(bench).ghosts.empty());
}

void ThreatRulesTest::whatIsFoldedAwayIsListed()
{
    QVERIFY(makeProject(path("b")));
    Workbench bench(path("home-b"));
    QVERIFY(showThreats(bench, path("b")));
    auto* navigator = part<ThreatNavigator>(bench);
    const auto& folded = overlaid(bench).model.folded;
    QVERIFY(!folded.empty() && navigator->foldedWay()->isVisible());
    QTest::mouseClick(navigator->foldedWay(), Qt::LeftButton);
    const auto rows = [&] { return navigator->list()->facts(); };
    const auto all = rows();
    QCOMPARE(static_cast<std::size_t>(std::count_if(
                 all.begin(), all.end(), [](const FactRow& row) { return !row.heading && !row.detail.isEmpty(); })),
        folded.size());
    QTest::keyClick(navigator->list(), Qt::Key_Down);
    QVERIFY(!stateOf(bench).part().empty()); // where it would be
    QTest::mouseClick(navigator->foldedWay(), Qt::LeftButton);
    QVERIFY(
        rows().size() != all.size() || rows().front().title != all.front().title || rows()[1].detail != all[1].detail);
}

void ThreatRulesTest::aRuleIsTriedAndKept()
{
    QVERIFY(makeProject(path("c")));
    Workbench bench(path("home-c"));
    QVERIFY(showThreats(bench, path("c")));
    part<ThreatPanels>(bench)->showPanel(ThreatPanels::Panel::Rules);
    auto* rules = part<RulePanel>(bench);
    QVERIFY(rules->isVisible());
    rules->condition()->setFocus();
    QTest::keyClicks(rules->condition(), QStringLiteral("pii"));
    QTRY_VERIFY2(rules->verdict().contains(QStringLiteral("fires at 1")), qPrintable(rules->verdict()));
    QCOMPARE(rules->hits()->facts().front().title, QStringLiteral("own.csv"));
    QVERIFY(!rules->hits()->facts().front().detail.isEmpty()); // why
    QTest::keyClicks(rules->condition(), QStringLiteral(" and"));
    QTRY_VERIFY(!rules->verdict().contains(QStringLiteral("fires")));
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(rules->condition(), Qt::Key_Backspace);
    }
    QTest::mouseClick(rules->add(), Qt::LeftButton); // without a title
    QTest::qWait(50);
    QVERIFY(!QFileInfo::exists(path("c/.cupel/threat-rules/own.tsv")));
    QTest::keyClicks(rules->title(), QStringLiteral("People in a table"));
    QTest::mouseClick(rules->add(), Qt::LeftButton);
    const auto raised = [&] {
        const auto& all = overlaid(bench).model;
        const auto is = [](const auto& one) { return one.rule == "own-people-in-a-table"; };
        return std::any_of(all.threats.begin(), all.threats.end(), is)
            || std::any_of(all.folded.begin(), all.folded.end(), is);
    };
    QTRY_VERIFY(raised());
    QVERIFY(read(QStringLiteral("c/.cupel/threat-rules/own.tsv")).contains("People in a table"));
    QTRY_VERIFY2(rules->packsText().contains(QStringLiteral("own.tsv: 1 rule(s)")), qPrintable(rules->packsText()));
    // A path over several elements, of the whole model.
    rules->scope()->setCurrentIndex(rules->scope()->findData(QStringLiteral("flow")));
    rules->condition()->setPlainText(QStringLiteral("flow.target.kind = training-job or flow.source.kind = dataset"));
    QTRY_VERIFY(rules->verdict().contains(QStringLiteral("fires at")));
}

void ThreatRulesTest::ownRulesCountInLensesAndHistory()
{
    QVERIFY(makeProject(path("e")));
    QVERIFY(put(QStringLiteral("e/.cupel/threat-rules/theirs.tsv"),
        "id\tkind\tscope\tcondition\ttitle\tlikelihood\timpact\treferences\n"
        "th-one\tdataset\telement\tpii\tTheirs\t5\t5\tAML.T0043\n"));
    Workbench bench(path("home-e"));
    QVERIFY(showThreats(bench, path("e")));
    part<ThreatPanels>(bench)->showPanel(ThreatPanels::Panel::Rules);
    QTest::mouseClick(part<RulePanel>(bench)->use(), Qt::LeftButton);
    const auto theirs = [&]() -> const threats::Threat* {
        const auto& all = overlaid(bench).model.threats;
        const auto found = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.rule == "th-one"; });
        return found == all.end() ? nullptr : &*found;
    };
    QTRY_VERIFY(theirs());
    const std::string id = theirs()->id;
    const auto& lenses = stateOf(bench).reading()->lenses;
    const auto& items = lenses.front().items; // ATLAS
    const auto item = std::find_if(items.begin(), items.end(), [](const auto& one) { return one.id == "AML.T0043"; });
    QVERIFY(std::find(item->threats.begin(), item->threats.end(), id) != item->threats.end());
    stateOf(bench).selectThreat(id);
    stateOf(bench).answer({threats::Applicability::Applies, threats::Decision::Mitigated, {}, {}});
    QTRY_VERIFY(theirs()->decision == threats::Decision::Mitigated);
    // Both moments are asked its rule: the threat was there before somebody decided.
    stateOf(bench).history().compareAll();
    QTRY_VERIFY(stateOf(bench).history().comparison());
    const auto& changes = stateOf(bench).history().comparison()->diff.changes;
    const auto change = std::find_if(changes.begin(), changes.end(), [&id](const auto& one) { return one.id == id; });
    QVERIFY(change != changes.end() && change->what == threats::PartChange::What::Changed);
    QCOMPARE(QString::fromStdString(change->name), QStringLiteral("Theirs"));
}

void ThreatRulesTest::packsOfOthersWait()
{
    QVERIFY(makeProject(path("d")));
    QVERIFY(put(QStringLiteral("d/.cupel/threat-rules/theirs.tsv"),
        "id\tkind\tscope\tcondition\ttitle\nth-one\tdataset\telement\tpii\tTheirs\nth-two\tdataset\telement\t("
        "\tBad\n"));
    Workbench bench(path("home-d"));
    QVERIFY(showThreats(bench, path("d")));
    const auto raised = [&] {
        const auto& all = overlaid(bench).model;
        const auto is = [](const auto& one) { return one.rule == "th-one"; };
        return std::any_of(all.threats.begin(), all.threats.end(), is)
            || std::any_of(all.folded.begin(), all.folded.end(), is);
    };
    QVERIFY(!raised());
    part<ThreatPanels>(bench)->showPanel(ThreatPanels::Panel::Rules);
    auto* rules = part<RulePanel>(bench);
    QVERIFY2(rules->packsText().contains(QStringLiteral("theirs.tsv: 1 rule(s), not asked")),
        qPrintable(rules->packsText()));
    QVERIFY(rules->packsText().contains(QStringLiteral("Line 3: ")));
    QVERIFY(rules->use());
    QTest::mouseClick(rules->use(), Qt::LeftButton);
    QTRY_VERIFY(raised());
    QTRY_VERIFY(!rules->use());
    // Another content waits again.
    QVERIFY(put(QStringLiteral("d/.cupel/threat-rules/theirs.tsv"),
        "id\tkind\tscope\tcondition\ttitle\nth-one\tdataset\telement\ttrue\tOther\n"));
    QTRY_VERIFY_WITH_TIMEOUT(!raised(), 5'000);
}

QTEST_MAIN(ThreatRulesTest)
#include "tst_threat_rules.moc"
