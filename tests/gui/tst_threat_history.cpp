// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a threat model in its window: what was done, narrowed, gone to; two moments of it compared in the list
// and in the drawing, by keys and by the mouse; and nothing of it where nobody did anything.
#include "threat_bench.h"

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/control_use.h"
#include "app/settings/settings.h"
#include "app/shell/actions.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/models/history_state.h"
#include "widgets/threats/history_panel.h"
#include "widgets/threats/history_view.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

class ThreatHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsSaidOfNothing();
    void eventsAreListedAndNarrowed();
    void twoMomentsAreCompared();
    void theListAndTheDrawingChooseTheSame();
    void theComparisonGoesAlong();
    void idsAreCalledByTheirNames();

private:
    [[nodiscard]] bool show(Workbench& bench, const char* folder) const;
    QTemporaryDir m_folder;
};

namespace {

HistoryState& historyOf(Workbench& bench)
{
    return stateOf(bench).history();
}

int rowOf(const FactRows* list, const QString& words)
{
    const auto& rows = list->facts();
    const auto found = std::find_if(rows.begin(), rows.end(),
        [&words](const FactRow& row) { return !row.heading && (row.title + u'\n' + row.detail).contains(words); });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

void edit(Workbench& bench, const threats::TeamEdit& edit)
{
    const auto before = historyOf(bench).events().size();
    stateOf(bench).edit(QStringLiteral("Step"), edit);
    QTRY_VERIFY(historyOf(bench).events().size() > before);
}

void choose(FactRows* list, int row)
{
    QVERIFY(row >= 0);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(row, 0));
}

// One element comes; another takes its place, and a name; a decision.
bool threeSteps(Workbench& bench)
{
    const std::string data = element(bench, "own.csv")->id;
    const std::string code = element(bench, "train.py")->id;
    edit(bench, [&](threats::TeamModel& team) {
        threats::addElement(team, "own-old", "agent", "Helper", {}, {0, 400, 144, 44});
    });
    qputenv("SOURCE_DATE_EPOCH", "1796040060");
    edit(bench, [&](threats::TeamModel& team) {
        threats::setText(team, data, &threats::PartEdit::name, "Orders");
        threats::addElement(team, "own-new", "monitoring", "Watcher", {}, {300, 400, 144, 44});
        threats::addFlow(team, "own-flow", code, "own-new");
        team.parts.erase("own-old");
        team.places.erase("own-old");
    });
    qputenv("SOURCE_DATE_EPOCH", "1796040120");
    stateOf(bench).step(1);
    stateOf(bench).answer({threats::Applicability::Applies, threats::Decision::Mitigated, {}, {}});
    return QTest::qWaitFor([&] { return stateOf(bench).threat()->decision == threats::Decision::Mitigated; });
}

} // namespace

void ThreatHistoryTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatHistoryTest::show(Workbench& bench, const char* folder) const
{
    bench.settings.set(keys::author, QStringLiteral("Ada"));
    qputenv("SOURCE_DATE_EPOCH", "1796040000");
    return makeProject(m_folder.filePath(QString::fromLatin1(folder)))
        && showThreats(bench, m_folder.filePath(QString::fromLatin1(folder)));
}

void ThreatHistoryTest::nothingIsSaidOfNothing()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-n")));
    QVERIFY(show(bench, "n"));
    bench.window.actions().at(u"threats.history")->trigger();
    auto* panels = part<ThreatPanels>(bench);
    QCOMPARE(panels->shown(), ThreatPanels::Panel::History);
    auto* panel = panels->history();
    QVERIFY(panel->note().contains(QStringLiteral("Nobody has changed anything yet")));
    QVERIFY(!panel->from()->isVisible() && !panel->search()->isVisible());
    historyOf(bench).compareAll();
    QVERIFY(!historyOf(bench).span());
}

void ThreatHistoryTest::eventsAreListedAndNarrowed()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-e")));
    QVERIFY(show(bench, "e"));
    const std::string data = element(bench, "own.csv")->id;
    edit(bench, [&](threats::TeamModel& team) { threats::setText(team, data, &threats::PartEdit::name, "Orders"); });
    stateOf(bench).step(1);
    const auto* threat = stateOf(bench).threat();
    QVERIFY(threat && threat->target != data);
    const std::string id = threat->id;
    const QString title = QString::fromStdString(threat->title);
    stateOf(bench).answer({threats::Applicability::Applies, threats::Decision::Mitigated, QStringLiteral("TLS"), {}});
    QTRY_COMPARE(historyOf(bench).events().size(), 2U);
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::History);
    auto* panel = panels->history();
    auto* list = panel->events();
    QCOMPARE(list->facts().size(), 3U); // and the day
    QVERIFY(list->facts()[0].heading && list->facts()[0].title.startsWith(QStringLiteral("2026-")));
    QVERIFY2(list->facts()[1].title == QStringLiteral("Decision: undecided, then Mitigated"),
        qPrintable(list->facts()[1].title)); // the newest first
    QVERIFY(list->facts()[1].detail.contains(title) && list->facts()[1].detail.contains(QStringLiteral("Ada")));
    QVERIFY(list->facts()[1].detail.contains(QStringLiteral("TLS")));
    QCOMPARE(list->facts()[2].title, QStringLiteral("Name: as scanned, then Orders"));
    // By words, by who, by what is chosen.
    panel->search()->setText(QStringLiteral("tls"));
    QCOMPARE(historyOf(bench).shown().size(), 1U);
    panel->search()->setText(QStringLiteral("nothing of it"));
    QVERIFY(historyOf(bench).shown().empty() && !panel->note().isEmpty());
    panel->search()->clear();
    QCOMPARE(panel->who()->count(), 2);
    panel->who()->setCurrentIndex(1);
    Q_EMIT panel->who()->activated(1);
    QCOMPARE(historyOf(bench).shown().size(), 2U);
    stateOf(bench).selectPart(data);
    QTest::mouseClick(panel->onlyChosen(), Qt::LeftButton);
    QCOMPARE(historyOf(bench).shown().size(), 1U);
    stateOf(bench).selectThreat(id); // of another part: the list goes along
    QCOMPARE(historyOf(bench).shown().size(), 1U);
    QVERIFY(rowOf(list, title) >= 0);
    QTest::mouseClick(panel->onlyChosen(), Qt::LeftButton);
    // An event leads to what it is about, Enter to the list of threats.
    stateOf(bench).selectPart(data);
    choose(list, rowOf(list, title));
    QCOMPARE(stateOf(bench).threat()->id, id);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Threats);
}

void ThreatHistoryTest::twoMomentsAreCompared()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    const std::string data = element(bench, "own.csv")->id;
    const std::string code = element(bench, "train.py")->id;
    QVERIFY(threeSteps(bench));
    const std::string threat = stateOf(bench).threat()->id;
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::History);
    auto* panel = panels->history();
    auto* view = part<ThreatView>(bench)->comparison();
    QVERIFY(!view->isVisible());
    // From the middle step on.
    choose(panel->events(), rowOf(panel->events(), QStringLiteral("Name: as scanned, then Orders")));
    QTest::keyClick(panel->events(), Qt::Key_BracketLeft);
    QTRY_VERIFY(view->isVisible());
    QVERIFY(panel->events()->hasFocus()); // the keyboard stays where it is
    const auto& comparison = *historyOf(bench).comparison();
    const auto change = [&](const std::string& id) {
        const auto& all = comparison.diff.changes;
        const auto found = std::find_if(all.begin(), all.end(), [&id](const auto& one) { return one.id == id; });
        return found == all.end() ? nullptr : &*found;
    };
    QVERIFY(change(data) && change(data)->facts.size() == 1 && change(data)->facts[0].after == "Orders");
    QVERIFY(change("own-new") && change("own-new")->what == threats::PartChange::What::Added);
    QVERIFY(change("own-flow") && change("own-flow")->what == threats::PartChange::What::Added);
    QVERIFY(change("own-old") && change("own-old")->what == threats::PartChange::What::Removed);
    QVERIFY(change(threat) && !change(code));
    const auto& facts = change(threat)->facts;
    QVERIFY(std::any_of(facts.begin(), facts.end(),
        [](const auto& fact) { return fact.fact == "decision" && fact.after == "mitigated"; }));
    // In the drawing: what is gone stands where it was.
    const auto markOf = [&](const std::string& id) {
        const auto at = std::find(comparison.nodes.begin(), comparison.nodes.end(), id) - comparison.nodes.begin();
        return comparison.scene->nodes()[static_cast<std::size_t>(at)].mark;
    };
    QVERIFY(markOf("own-new") == SceneMark::Added && markOf("own-old") == SceneMark::Removed);
    QVERIFY(markOf(data) == SceneMark::Changed);
    const auto flow = std::find(comparison.edges.begin(), comparison.edges.end(), "own-flow");
    QVERIFY(flow != comparison.edges.end());
    QVERIFY(
        comparison.scene->edges()[static_cast<std::size_t>(flow - comparison.edges.begin())].mark == SceneMark::Added);
    QVERIFY2(view->text().contains(QStringLiteral("2 added, 1 removed, 1 changed")), qPrintable(view->text()));
}

void ThreatHistoryTest::theListAndTheDrawingChooseTheSame()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    QVERIFY(threeSteps(bench));
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::History);
    auto* panel = panels->history();
    auto* view = part<ThreatView>(bench)->comparison();
    choose(panel->events(), rowOf(panel->events(), QStringLiteral("Name: as scanned, then Orders")));
    QTest::keyClick(panel->events(), Qt::Key_BracketLeft);
    QTRY_VERIFY(view->isVisible());
    panel->setPage(HistoryPanel::Page::Differences);
    auto* list = panel->differences();
    QVERIFY(rowOf(list, QStringLiteral("Name: own.csv, then Orders")) >= 0);
    choose(list, rowOf(list, QStringLiteral("Watcher")));
    QCOMPARE(historyOf(bench).selected(), std::string("own-new"));
    QVERIFY(view->canvas()->spoken(view->canvas()->current()).contains(QStringLiteral("added")));
    // Only up to that step: the decision is not yet there.
    panel->setPage(HistoryPanel::Page::Events);
    choose(panel->events(), rowOf(panel->events(), QStringLiteral("Name: as scanned, then Orders")));
    QTest::keyClick(panel->events(), Qt::Key_BracketRight);
    const std::string threat = stateOf(bench).threat()->id;
    QTRY_VERIFY(std::none_of(historyOf(bench).comparison()->diff.changes.begin(),
        historyOf(bench).comparison()->diff.changes.end(), [&](const auto& one) { return one.id == threat; }));
    QVERIFY(!historyOf(bench).spanWords().contains(QStringLiteral("now")));
    QTest::keyClick(panel->events(), Qt::Key_Escape);
    QTRY_VERIFY(!view->isVisible());
    QVERIFY(part<GraphCanvas>(bench)->isVisible());
    // By the mouse, and back by the drawing's button.
    QTest::mouseClick(panel->all(), Qt::LeftButton);
    QTRY_VERIFY(view->isVisible());
    QVERIFY(view->text().contains(QStringLiteral("the beginning to now")));
    QTest::mouseClick(view->back(), Qt::LeftButton);
    QTRY_VERIFY(!view->isVisible());
    QVERIFY(!historyOf(bench).span());
}

// A step that is taken back, and another folder.
void ThreatHistoryTest::theComparisonGoesAlong()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    const std::string data = element(bench, "own.csv")->id;
    edit(bench, [&](threats::TeamModel& team) { threats::setText(team, data, &threats::PartEdit::name, "Orders"); });
    part<ThreatPanels>(bench)->showPanel(ThreatPanels::Panel::History);
    historyOf(bench).compareAll();
    QTRY_VERIFY(historyOf(bench).comparison());
    QCOMPARE(historyOf(bench).comparison()->diff.changes.size(), 1U);
    bench.session.undo().undo();
    QTRY_COMPARE(historyOf(bench).events().size(), 2U); // what is taken back is told, too
    QTRY_VERIFY(historyOf(bench).comparison() && historyOf(bench).comparison()->diff.changes.empty());
    auto* panel = part<ThreatPanels>(bench)->history();
    QCOMPARE(panel->differences()->facts().size(), 1U); // which says so
    QVERIFY(makeProject(m_folder.filePath(QStringLiteral("h"))));
    bench.window.open({OpenTarget{m_folder.filePath(QStringLiteral("h")), {}, {}, {}}});
    QTRY_VERIFY(!historyOf(bench).span() && !historyOf(bench).comparison());
}

// Whoever reads the history knows no ids: what is there goes by its name of today, what is gone by its last one.
void ThreatHistoryTest::idsAreCalledByTheirNames()
{
    Workbench bench(m_folder.filePath(QStringLiteral("home-i")));
    QVERIFY(show(bench, "i"));
    const std::string data = element(bench, "own.csv")->id;
    const std::string code = element(bench, "train.py")->id;
    const std::string zone = overlaid(bench).model.zones.back().id;
    const QString zoneName = QString::fromStdString(overlaid(bench).model.zones.back().name);
    const auto& all = overlaid(bench).model.threats;
    const auto about = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.target == data; });
    QVERIFY(about != all.end());
    const std::string threat = about->id;
    const QString title = QString::fromStdString(about->title);
    edit(bench, [&](threats::TeamModel& team) {
        threats::addElement(team, "own-1", "agent", "Helper", {}, {0, 400, 144, 44});
        threats::setText(team, data, &threats::PartEdit::zone, zone);
        threats::setText(team, data, &threats::PartEdit::kind, "vector-store");
        team.answers["writers"] = "yes";
        threats::putInPlace(team, "CT-SIGN", {threat});
        threats::addFlow(team, "own-2", code, "own-1");
    });
    edit(bench, [&](threats::TeamModel& team) {
        for (const char* id : {"own-1", "own-2"}) {
            team.parts.erase(id);
            team.places.erase(id);
        }
        threats::setText(team, data, &threats::PartEdit::name, "Orders");
        team.parts[code].removed = true;
    });
    QTRY_VERIFY(!overlaid(bench).hidden.empty());
    part<ThreatPanels>(bench)->showPanel(ThreatPanels::Panel::History);
    const auto* list = part<ThreatPanels>(bench)->history()->events();
    const auto row = [&](const QString& change, const QString& what) {
        const auto& rows = list->facts();
        return std::any_of(rows.begin(), rows.end(),
            [&](const FactRow& one) { return one.title == change && one.detail.split(u'\n').first() == what; });
    };
    QVERIFY(row(QStringLiteral("Element added"), QStringLiteral("Helper")));
    QVERIFY(row(QStringLiteral("Element deleted"), QStringLiteral("Helper")));
    QVERIFY(row(QStringLiteral("Flow added"), QStringLiteral("train.py to Helper")));
    QVERIFY(row(QStringLiteral("Flow deleted"), QStringLiteral("train.py to Helper")));
    QVERIFY(row(QStringLiteral("Zone: as scanned, then ") + zoneName, QStringLiteral("Orders")));
    QVERIFY(row(QStringLiteral("Kind: as scanned, then vector store"), QStringLiteral("Orders")));
    QVERIFY(row(QStringLiteral("Answer: none, then yes"), QStringLiteral("Can more than one team write the data?")));
    QVERIFY(row(QStringLiteral("Hidden"), QStringLiteral("train.py")));
    const QString control = QString::fromStdString(std::string(threats::titleOf("CT-SIGN")));
    QVERIFY(row(
        QStringLiteral("Control %1: none, then in place").arg(control), QStringLiteral("%1, at Orders").arg(title)));
    for (const FactRow& one : list->facts()) {
        for (const std::string& id :
            {data, code, threat, std::string("own-1"), std::string("own-2"), std::string("CT-SIGN")}) {
            const QString raw = QString::fromStdString(id);
            QVERIFY2(!one.title.contains(raw) && !one.detail.contains(raw), qPrintable(one.title + one.detail));
        }
        QVERIFY(one.heading || !one.tip.isEmpty()); // who wants the id finds it there
    }
    const QModelIndex index = list->model()->index(rowOf(list, QStringLiteral("Element added")), 0);
    QVERIFY(index.data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("own-1")));
}

QTEST_MAIN(ThreatHistoryTest)
#include "tst_threat_history.moc"
