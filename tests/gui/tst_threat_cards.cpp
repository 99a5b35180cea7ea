// SPDX-License-Identifier: GPL-3.0-or-later
// Threats of one's own, controls with their proof, the risk and its map, and models to and from other tools, with real
// keys and clicks.
#include "threat_bench.h"

#include "analyzers/threats/work/control_use.h"
#include "analyzers/threats/work/risk.h"
#include "app/shell/actions.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/threats/control_grip.h"
#include "widgets/threats/control_shelf.h"
#include "widgets/threats/heat_map.h"
#include "widgets/threats/part_editor.h"
#include "widgets/threats/risk_panel.h"
#include "widgets/threats/scoping_cards.h"
#include "widgets/threats/threat_form.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_view.h"
#include "widgets/threats/what_if_band.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

class ThreatCardsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aThreatOfOnesOwn();
    void controlsTakeRiskAway();
    void theMapListsItsCells();
    void aDecisionIsSeenOnItsButton();
    void reasonsAreInWords();
    void questionsChangeWhatRulesSay();
    void aQuestionShowsItsCell();
    void aControlIsDraggedOntoAnElement();
    void whatIfIsKeptOrDiscarded();
    void thereAndBackAgain();
    void whatOthersWroteIsMasked();
    void othersAreRefused();

private:
    [[nodiscard]] bool show(Workbench& bench, const char* folder) const;
    void write(const QString& name, const QByteArray& bytes) const;
    void make(const char* folder) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray read(const QString& name) const;
    QTemporaryDir m_folder;
};

namespace {

const threats::Threat* threatOf(Workbench& bench, const char* title)
{
    const auto& all = overlaid(bench).model.threats;
    const auto found =
        std::find_if(all.begin(), all.end(), [title](const threats::Threat& one) { return one.title == title; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

void ThreatCardsTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray ThreatCardsTest::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ThreatCardsTest::make(const char* folder) const
{
    QVERIFY(makeProject(path(QString::fromLatin1(folder))));
}

void ThreatCardsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatCardsTest::show(Workbench& bench, const char* folder) const
{
    return showThreats(bench, path(QString::fromLatin1(folder)));
}

void ThreatCardsTest::aThreatOfOnesOwn()
{
    make("a");
    Workbench bench(path(QStringLiteral("home-a")));
    QVERIFY(show(bench, "a"));
    auto* canvas = part<GraphCanvas>(bench);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "own.csv").center());
    QTest::keyClick(canvas, Qt::Key_W);
    auto* form = part<ThreatForm>(bench);
    QTRY_VERIFY(form->title()->hasFocus());
    QTest::keyClick(form->title(), Qt::Key_Return); // without a title it is none
    QVERIFY(form->isVisible());
    QTest::keyClicks(form->title(), QStringLiteral("Somebody sells the table"));
    QTest::mouseClick(form->category(3), Qt::LeftButton);
    form->technique()->setEditText(QStringLiteral("AML.T0024"));
    form->likelihood()->setValue(4);
    form->impact()->setValue(5);
    QTest::mouseClick(form->saveButton(), Qt::LeftButton);
    QTRY_VERIFY(threatOf(bench, "Somebody sells the table"));
    const auto* made = threatOf(bench, "Somebody sells the table");
    QVERIFY(made->stride == "I" && made->likelihood == 4 && made->impact == 5);
    QVERIFY(made->severity == Severity::Critical);
    QVERIFY(made->references == std::vector<std::string>{"AML.T0024"});
    QCOMPARE(QString::fromStdString(made->target), QString::fromStdString(element(bench, "own.csv")->id));
    QTRY_VERIFY(read(QStringLiteral("a/.cupel/threats.jsonl")).contains("\"add threat\""));
    QTRY_COMPARE(part<ThreatInspector>(bench)->title(), QStringLiteral("Somebody sells the table"));
    // Edited, taken back, deleted.
    part<ThreatInspector>(bench)->editThreat();
    form->title()->selectAll();
    QTest::keyClicks(form->title(), QStringLiteral("The table is sold"));
    QTest::keyClick(form->title(), Qt::Key_Return);
    QTRY_VERIFY(threatOf(bench, "The table is sold"));
    QCOMPARE(threatOf(bench, "The table is sold")->likelihood, 4);
    bench.session.undo().undo();
    QTRY_VERIFY(threatOf(bench, "Somebody sells the table"));
    QTRY_VERIFY(stateOf(bench).threat());
    part<ThreatInspector>(bench)->editThreat();
    QTest::mouseClick(form->deleteButton(), Qt::LeftButton);
    QTRY_VERIFY(!threatOf(bench, "Somebody sells the table"));
}

void ThreatCardsTest::controlsTakeRiskAway()
{
    make("b");
    Workbench bench(path(QStringLiteral("home-b")));
    QVERIFY(show(bench, "b"));
    // Where a finding confirms the threat, a proof counts no more than a claim: one that is not confirmed.
    const auto& all = overlaid(bench).model.threats;
    const auto found = std::find_if(all.begin(), all.end(), [](const threats::Threat& one) {
        return one.evidence == threats::EvidenceState::Unknown && !one.controls.empty() && one.likelihood > 2;
    });
    QVERIFY(found != all.end());
    const std::string id = found->id;
    stateOf(bench).selectThreat(id);
    auto* inspector = part<ThreatInspector>(bench);
    auto* shelf = inspector->shelf();
    QTRY_VERIFY(shelf->count() > 0); // what the rule proposes
    const QString before = inspector->risk()->words();
    // The key 1 goes one state on: proposed, then in place.
    inspector->takeFocus();
    QTest::keyClick(inspector->facts(), Qt::Key_1);
    QTRY_COMPARE(overlaid(bench).controls.size(), 1U);
    QVERIFY(overlaid(bench).controls.at(id)[0].status == threats::ControlStatus::Proposed);
    QTRY_VERIFY(inspector->risk()->words() != before); // planned is less now
    QTRY_COMPARE(shelf->status(0)->currentIndex(), 1);
    QTest::keyClick(inspector->facts(), Qt::Key_1);
    QTRY_VERIFY(overlaid(bench).controls.at(id)[0].status == threats::ControlStatus::InPlace);
    const auto claimed = threats::riskOf(*stateOf(bench).threat(), overlaid(bench).controls.at(id)).now();
    // Verified wants to know by what.
    QTRY_COMPARE(shelf->status(0)->currentIndex(), 2);
    QTest::keyClick(inspector->facts(), Qt::Key_1);
    QTRY_VERIFY(shelf->proof()->hasFocus());
    QVERIFY(overlaid(bench).controls.at(id)[0].status == threats::ControlStatus::InPlace);
    type(shelf->proof(), QStringLiteral("TLS test of the release job"));
    QTRY_VERIFY(overlaid(bench).controls.at(id)[0].status == threats::ControlStatus::Verified);
    QVERIFY(!overlaid(bench).controls.at(id)[0].decided.empty());
    const auto proved = threats::riskOf(*stateOf(bench).threat(), overlaid(bench).controls.at(id)).now();
    QVERIFY(proved < claimed);
    QTRY_VERIFY(read(QStringLiteral("b/.cupel/threats.jsonl")).contains("TLS test of the release job"));
    // One of their own.
    shelf->newControl()->setEditText(QStringLiteral("Only inside the building"));
    shelf->newControl()->lineEdit()->setFocus();
    QTest::keyClick(shelf->newControl()->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE(overlaid(bench).controls.at(id).size(), 2U);
    while (bench.session.undo().canUndo()) {
        bench.session.undo().undo();
    }
    QTRY_VERIFY(overlaid(bench).controls.empty());
    QTRY_COMPARE(inspector->risk()->words(), before);
}

void ThreatCardsTest::theMapListsItsCells()
{
    make("c");
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    auto* view = part<ThreatView>(bench);
    view->setMapShown(true);
    auto* grid = view->map()->grid();
    QTRY_VERIFY(grid->isVisible());
    std::size_t all = 0;
    int likelihood = 0;
    int impact = 0;
    for (int x = 1; x <= 5; ++x) {
        for (int y = 1; y <= 5; ++y) {
            all += grid->at(x, y).size();
            if (!grid->at(x, y).empty()) {
                likelihood = x;
                impact = y;
            }
        }
    }
    QCOMPARE(all, overlaid(bench).model.threats.size());
    QTest::mouseClick(grid, Qt::LeftButton, {}, grid->cellBox(likelihood, impact).center().toPoint());
    QCOMPARE(stateOf(bench).shown().size(), grid->at(likelihood, impact).size());
    QVERIFY(stateOf(bench).threat());
    QVERIFY(!stateOf(bench).only().isEmpty());
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Left);
    QTest::keyClick(grid, Qt::Key_Right);
    QTest::keyClick(grid, Qt::Key_Return);
    QCOMPARE(stateOf(bench).shown().size(), grid->at(likelihood, impact).size());
    view->setMapShown(false);
    QCOMPARE(stateOf(bench).shown().size(), all);
}

void ThreatCardsTest::aDecisionIsSeenOnItsButton()
{
    make("d");
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    stateOf(bench).step(1);
    auto* inspector = part<ThreatInspector>(bench);
    auto* applies = inspector->decision(threats::Applicability::Applies, threats::Decision::Open);
    auto* mitigated = inspector->decision(threats::Applicability::Applies, threats::Decision::Mitigated);
    QVERIFY(applies && mitigated && !applies->isChecked());
    QTest::mouseClick(applies, Qt::LeftButton);
    QTRY_VERIFY(applies->isChecked() && !mitigated->isChecked());
    QTest::mouseClick(mitigated, Qt::LeftButton);
    QTRY_VERIFY(mitigated->isChecked() && !applies->isChecked());
    const auto& facts = part<ThreatNavigator>(bench)->list()->facts();
    QVERIFY(std::any_of(facts.begin(), facts.end(),
        [](const FactRow& row) { return row.detail.contains(QStringLiteral("Mitigated")); }));
}

// Rules have names for what they ask ("outputs_saved"): nobody reads those.
void ThreatCardsTest::reasonsAreInWords()
{
    make("w");
    Workbench bench(path(QStringLiteral("home-w")));
    QVERIFY(show(bench, "w"));
    QCOMPARE(attributeWord("outputs_saved"), QStringLiteral("outputs are saved in it"));
    auto* inspector = part<ThreatInspector>(bench);
    for (const auto& threat : overlaid(bench).model.threats) {
        stateOf(bench).selectThreat(threat.id);
        QTRY_COMPARE(inspector->title(), QString::fromStdString(threat.title));
        const auto& rows = inspector->facts()->facts();
        const auto why = std::find_if(rows.begin(), rows.end(),
            [](const FactRow& row) { return row.heading && row.title == QStringLiteral("Why this threat"); });
        QVERIFY(why != rows.end() || threat.why.empty());
        for (auto row = why; row != rows.end() && (row == why || !row->heading); ++row) {
            const bool inner = row->title.contains(u'_') || row->right == QStringLiteral("unknown");
            QVERIFY2(!inner, qPrintable(row->title));
        }
    }
}

void ThreatCardsTest::questionsChangeWhatRulesSay()
{
    make("q");
    Workbench bench(path(QStringLiteral("home-q")));
    QVERIFY(show(bench, "q"));
    auto* view = part<ThreatView>(bench);
    view->setQuestionsShown(true);
    auto* cards = view->questions();
    QTRY_VERIFY(cards->isVisible());
    const int open = cards->open();
    QVERIFY(open > 0);
    const auto answered = [&] { return threats::attribute(*element(bench, "own.csv"), "versioned"); };
    QVERIFY(answered().empty());
    auto* versions = cards->answer("versions");
    QVERIFY(versions);
    QTest::mouseClick(versions->findChildren<QAbstractButton*>().at(0), Qt::LeftButton); // yes
    QTRY_VERIFY(answered() == "yes");
    QTRY_COMPARE(cards->open(), open - 1);
    QTRY_VERIFY(read(QStringLiteral("q/.cupel/threats.jsonl")).contains("{\"answer\":\"versions\",\"value\":\"yes\"}"));
    bench.session.undo().undo();
    QTRY_VERIFY(answered().empty());
    QTRY_COMPARE(versions->current(), 2);
    view->setQuestionsShown(false);
    QVERIFY(part<GraphCanvas>(bench)->isVisible());
}

void ThreatCardsTest::aQuestionShowsItsCell()
{
    make("r");
    Workbench bench(path(QStringLiteral("home-r")));
    QVERIFY(show(bench, "r"));
    auto* view = part<ThreatView>(bench);
    view->setQuestionsShown(true);
    auto* show = view->questions()->evidence("people");
    QVERIFY(show && show->isVisible()); // there are people in the table
    QVERIFY2(show->text().contains(QStringLiteral("own.csv")), qPrintable(show->text()));
    QVERIFY(!show->text().contains(QStringLiteral("karla")));
    QVERIFY(view->questions()->evidence("approval")->isHidden());
    QTest::mouseClick(show, Qt::LeftButton);
    const auto& current = bench.session.review().current();
    QVERIFY(current && QString::fromStdString(current->artifact).endsWith(QStringLiteral("own.csv")));
}

void ThreatCardsTest::aControlIsDraggedOntoAnElement()
{
    make("s");
    Workbench bench(path(QStringLiteral("home-s")));
    QVERIFY(show(bench, "s"));
    const auto& all = overlaid(bench).model.threats;
    const auto found = std::find_if(all.begin(), all.end(), [&bench](const threats::Threat& one) {
        return !one.controls.empty() && stateOf(bench).reading()->nodeOf(one.target) != GraphScene::none;
    });
    QVERIFY(found != all.end());
    const std::string target = found->target;
    stateOf(bench).selectThreat(found->id);
    auto* shelf = part<ThreatInspector>(bench)->shelf();
    QTRY_VERIFY(shelf->grip(0));
    auto* canvas = part<GraphCanvas>(bench);
    const auto dropAt = [&](const QPoint& place) {
        auto* grip = shelf->grip(0);
        const QPoint start = grip->rect().center();
        const QPoint end = grip->mapFromGlobal(canvas->viewport()->mapToGlobal(place));
        QTest::mousePress(grip, Qt::LeftButton, {}, start);
        QMouseEvent move(QEvent::MouseMove, end, grip->mapToGlobal(end), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(grip, &move);
        QMouseEvent up(QEvent::MouseButtonRelease, end, grip->mapToGlobal(end), Qt::LeftButton, Qt::NoButton, {});
        QApplication::sendEvent(grip, &up);
    };
    dropAt(emptyPlace(bench)); // there is nothing to put it on
    QTest::qWait(200);
    QCOMPARE(bench.session.undo().count(), 0);
    const auto node = stateOf(bench).reading()->nodeOf(target);
    dropAt(canvas->toViewport(canvas->scene()->nodes()[node].box).toRect().center());
    QTRY_VERIFY(!overlaid(bench).controls.empty());
    for (const auto& [id, uses] : overlaid(bench).controls) {
        QVERIFY(QString::fromStdString(id).endsWith(u'@' + QString::fromStdString(target)));
        QVERIFY(uses.size() == 1 && uses[0].status == threats::ControlStatus::InPlace);
    }
    QCOMPARE(bench.session.undo().count(), 1); // one step, however many threats it helps against
    bench.session.undo().undo();
    QTRY_VERIFY(overlaid(bench).controls.empty());
    // By keyboard on the element of the threat.
    QTRY_VERIFY(shelf->grip(0));
    shelf->grip(0)->setFocus();
    QTest::keyClick(shelf->grip(0), Qt::Key_Space);
    QTRY_VERIFY(!overlaid(bench).controls.empty());
}

void ThreatCardsTest::whatIfIsKeptOrDiscarded()
{
    make("t");
    Workbench bench(path(QStringLiteral("home-t")));
    QVERIFY(show(bench, "t"));
    auto* band = part<WhatIfBand>(bench);
    QVERIFY(band->isHidden());
    bench.window.actions().at(u"threats.whatif")->trigger();
    QVERIFY(band->isVisible() && band->text().contains(QStringLiteral("as before")));
    const auto before = threats::remainsOf(overlaid(bench));
    // The flow from outside is taken away: what it alone makes possible is gone.
    const auto& model = overlaid(bench).model;
    const auto flow = std::find_if(model.flows.begin(), model.flows.end(), [&model](const threats::Flow& one) {
        return std::any_of(model.threats.begin(), model.threats.end(),
            [&one](const threats::Threat& threat) { return threat.target == one.id; });
    });
    QVERIFY(flow != model.flows.end());
    const std::string id = flow->id; // the model is another one soon
    stateOf(bench).selectPart(id);
    auto* canvas = part<GraphCanvas>(bench);
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Delete);
    QTRY_VERIFY(threats::remainsOf(overlaid(bench)).threats < before.threats);
    const auto after = threats::remainsOf(overlaid(bench));
    QTRY_VERIFY(band->text().contains(QStringLiteral("\u2212%1").arg(before.threats - after.threats)));
    QVERIFY(after.risk < before.risk);
    QTest::mouseClick(band->discard(), Qt::LeftButton);
    QVERIFY(band->isHidden());
    QCOMPARE(bench.session.undo().index(), 0);
    QTRY_COMPARE(threats::remainsOf(overlaid(bench)).threats, before.threats);
    band->start();
    stateOf(bench).selectPart(id);
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Delete);
    QTRY_COMPARE(threats::remainsOf(overlaid(bench)).threats, after.threats);
    band->keep()->setFocus();
    QTest::mouseClick(band->keep(), Qt::LeftButton);
    QVERIFY(part<GraphCanvas>(bench)->hasFocus());
    QVERIFY(band->isHidden());
    QTest::qWait(200);
    QCOMPARE(threats::remainsOf(overlaid(bench)).threats, after.threats);
}

void ThreatCardsTest::thereAndBackAgain()
{
    make("e");
    Workbench bench(path(QStringLiteral("home-e")));
    QVERIFY(show(bench, "e"));
    auto& threats = bench.session.threats();
    const auto& model = overlaid(bench).model;
    const auto elements = model.elements.size();
    const auto flows = model.flows.size();
    const auto own = model.threats.size();
    const QString dragon = path(QStringLiteral("out.json"));
    threats.exportTo(dragon, QStringLiteral("e"), ThreatFormat::ThreatDragon);
    QTRY_VERIFY(QFile::exists(dragon));
    for (const auto& [name, format, word] : {std::tuple{"out.otm", ThreatFormat::Otm, "otmVersion"},
             {"out.csv", ThreatFormat::Csv, "flw-cleartext"}, {"bom.json", ThreatFormat::TmBom, "data_stores"},
             {"out.svg", ThreatFormat::Svg, "<svg"}, {"all.json", ThreatFormat::Json, "cupel.threats/1"}}) {
        const QString file = QString::fromLatin1(name);
        threats.exportTo(path(file), QStringLiteral("e"), format);
        QTRY_VERIFY2(read(file).contains(word), name);
    }
    threats.importFile(dragon);
    QTRY_VERIFY(overlaid(bench).model.elements.size() >= 2 * elements); // the whole system is an element there
    const auto& twice = overlaid(bench).model.elements;
    QCOMPARE(
        std::count_if(twice.begin(), twice.end(), [](const threats::Element& one) { return one.name == "train.py"; }),
        2);
    QCOMPARE(overlaid(bench).model.flows.size(), 2 * flows);
    const auto& all = overlaid(bench).model.threats;
    const auto taken =
        std::count_if(all.begin(), all.end(), [](const threats::Threat& one) { return one.rule.empty(); });
    QVERIFY(taken > 0 && static_cast<std::size_t>(taken) <= own);
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Import out.json")); // one step
    bench.session.undo().undo();
    QTRY_COMPARE(overlaid(bench).model.elements.size(), elements);
}

// Somebody said yes to lines of others, and there is a credential in them.
void ThreatCardsTest::whatOthersWroteIsMasked()
{
    make("g");
    Workbench bench(path(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    const std::string canary = "ghp_"
                               "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
    auto reading = std::make_shared<ThreatReading>(*bench.session.threats().state().reading());
    auto& model = reading->overlaid.model;
    QVERIFY(!model.threats.empty() && !model.elements.empty());
    model.elements[0].name = "name " + canary;
    model.threats[0].reason = "reason " + canary;
    model.threats[0].references = {"reference " + canary};
    const std::string id = model.threats[0].id;
    reading->overlaid.controls[id] = {{id, {}, "control " + canary, threats::ControlStatus::InPlace, canary, {}, {}}};
    for (const auto format :
        {ThreatFormat::ThreatDragon, ThreatFormat::Otm, ThreatFormat::TmBom, ThreatFormat::Csv, ThreatFormat::Json}) {
        QCOMPARE(writeThreats({reading, format, QStringLiteral("g"), path(QStringLiteral("masked"))}, {}),
            ThreatWritten::Done);
        const QByteArray text = read(QStringLiteral("masked"));
        QVERIFY(text.contains("name ") || text.contains("reason "));
        QVERIFY(!text.contains(canary.substr(6, 20).c_str()));
    }
    // A picture cannot be masked: it is not made, and says why.
    const QString picture = path(QStringLiteral("masked.svg"));
    QCOMPARE(
        writeThreats({reading, ThreatFormat::Svg, QStringLiteral("g"), picture}, {}), ThreatWritten::HoldsCredential);
    QVERIFY(!QFile::exists(picture));
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    bench.session.threats().state().set(ThreatState::How::Ready, reading);
    bench.session.threats().exportTo(picture, QStringLiteral("g"), ThreatFormat::Svg);
    QTRY_VERIFY(!told.isEmpty());
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral("looks like a credential")));
    QVERIFY(!QFile::exists(picture));
}

void ThreatCardsTest::othersAreRefused()
{
    make("f");
    Workbench bench(path(QStringLiteral("home-f")));
    QVERIFY(show(bench, "f"));
    QStringList told;
    connect(&bench.session.threats(), &Threats::told, this, [&told](const QString& text) { told += text; });
    write(QStringLiteral("broken.json"), "{\"summary\": [");
    bench.session.threats().importFile(path(QStringLiteral("broken.json")));
    QTRY_COMPARE(told.size(), 1);
    bench.session.threats().importFile(path(QStringLiteral("nothing.json")));
    QTRY_COMPARE(told.size(), 2);
    QByteArray secret = "otmVersion: 0.2.0\nproject:\n  name: p\n  id: p\ntrustZones: []\ncomponents:\n"
                        "  - id: a\n    name: \"password = 'correct-Horse-71-battery'\"\n    type: process\n"
                        "    parent: {trustZone: z}\ndataflows: []\n";
    write(QStringLiteral("secret.otm"), secret);
    bench.session.threats().importFile(path(QStringLiteral("secret.otm")));
    QTRY_COMPARE(told.size(), 3);
    QVERIFY2(!told.back().contains(QStringLiteral("Horse")), qPrintable(told.back()));
    QVERIFY(!read(QStringLiteral("f/.cupel/threats.jsonl")).contains("Horse"));
    QCOMPARE(bench.session.undo().count(), 0);
}

QTEST_MAIN(ThreatCardsTest)
#include "tst_threat_cards.moc"
