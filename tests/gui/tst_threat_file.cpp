// SPDX-License-Identifier: GPL-3.0-or-later
// A file of another tool in the window: it is worked on in its own form and saved there, what is not saved is never
// lost, what its form cannot say is told before, and a long import can be stopped.
#include "shell_bench.h"

#include "app/session/threat_document.h"
#include "app/session/threats.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "app/shell/question_sheet.h"
#include "widgets/common/fact_rows.h"
#include "widgets/threats/blank_drawing.h"
#include "widgets/threats/file_band.h"
#include "widgets/threats/task_band.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::Workbench;

class ThreatFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savesInItsOwnForm();
    void keepsWhatIsNotSaved();
    void keepsLongTextsThatAreNotSaved();
    void shortensTheHistoryOfALongDraft();
    void tellsWhatIsTooLongToBeKept();
    void saysWhatAnEmptyFileHolds();
    void tellsWhatTheFormCannotSay();
    void leavesAloneWhatOthersChanged();
    void staysWithItsOwnSteps();
    void aLongImportCanBeStopped();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] QByteArray read(const QString& name) const;
    [[nodiscard]] bool show(Workbench& bench, const QString& name) const;
    QTemporaryDir m_folder;
};

namespace {

const QByteArray dragon = R"({
  "version": "2.2.0",
  "summary": { "title": "Shop", "owner": "Ada", "id": 0 },
  "detail": {
    "contributors": [], "reviewer": "", "diagramTop": 1, "threatTop": 1, "theirs": { "keep": 2.50 },
    "diagrams": [ { "id": 0, "title": "Main", "diagramType": "STRIDE", "thumbnail": "", "version": "2.2.0", "cells": [
      { "id": "web", "shape": "process", "zIndex": 1, "position": { "x": 40, "y": 60 },
        "size": { "width": 100, "height": 60 }, "attrs": { "text": { "text": "Web" } },
        "data": { "type": "tm.Process", "name": "Web", "hasOpenThreats": true, "threats": [
          { "id": "t-1", "title": "Listens", "status": "Open", "severity": "High", "type": "Tampering",
            "description": "", "mitigation": "", "modelType": "STRIDE" } ] } },
      { "id": "note", "shape": "td-text-block", "zIndex": 2, "position": { "x": 1, "y": 1 },
        "size": { "width": 9, "height": 9 }, "data": { "type": "tm.Text", "name": "a note" } } ] } ]
  }
}
)";

ThreatState& stateOf(Workbench& bench)
{
    return bench.session.threats().state();
}

ThreatView* viewOf(Workbench& bench)
{
    return bench.window.findChild<ModePage*>(QStringLiteral("threats"))->findChild<ThreatView*>();
}

void rename(Workbench& bench, const std::string& name)
{
    stateOf(bench).edit(QStringLiteral("Rename"),
        [name](threats::TeamModel& team) { threats::setText(team, "web", &threats::PartEdit::name, name); });
    QTRY_COMPARE(stateOf(bench).nameOf("web"), QString::fromStdString(name));
}

} // namespace

void ThreatFileTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray ThreatFileTest::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool ThreatFileTest::show(Workbench& bench, const QString& name) const
{
    bench.session.open({{path(name), {}, {}, {}}});
    const bool ended = bench.waitForScan();
    bench.window.showMode(QStringLiteral("threats"));
    auto& state = stateOf(bench);
    return ended
        && QTest::qWaitFor([&state] { return state.how() == ThreatState::How::Ready && state.reading(); }, 20'000);
}

void ThreatFileTest::savesInItsOwnForm()
{
    write(QStringLiteral("a.json"), dragon);
    Workbench bench(path(QStringLiteral("home-a")));
    QVERIFY(show(bench, QStringLiteral("a.json")));
    auto* band = viewOf(bench)->fileBand();
    QVERIFY(band->isVisible());
    QVERIFY2(band->text().contains(QStringLiteral("Threat Dragon 2")), qPrintable(band->text()));
    QVERIFY(band->text().contains(QStringLiteral("1 text")));
    QVERIFY(!band->save()->isEnabled());
    QCOMPARE(stateOf(bench).reading()->overlaid.model.threats.size(), 1U); // of the file; no rule was asked
    rename(bench, "Front");
    QVERIFY(band->save()->isEnabled());
    QVERIFY(!read(QStringLiteral("a.json")).contains("Front"));
    QTest::keyClick(&bench.window, Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(read(QStringLiteral("a.json")).contains("\"name\": \"Front\""));
    const QByteArray saved = read(QStringLiteral("a.json"));
    QVERIFY(saved.contains("\"text\": \"Front\"") && saved.contains("2.50") && saved.contains("a note"));
    QVERIFY(!QFile::exists(path(QStringLiteral(".cupel/threats.jsonl"))));
    QTRY_VERIFY(!band->save()->isEnabled());
    bench.session.undo().undo();
    QTRY_VERIFY(band->save()->isEnabled());
    QTest::mouseClick(band->save(), Qt::LeftButton);
    QTRY_COMPARE(read(QStringLiteral("a.json")), dragon); // to the byte
}

void ThreatFileTest::keepsWhatIsNotSaved()
{
    write(QStringLiteral("b.json"), dragon);
    {
        Workbench bench(path(QStringLiteral("home-b")));
        QVERIFY(show(bench, QStringLiteral("b.json")));
        rename(bench, "Unsaved");
    }
    QCOMPARE(read(QStringLiteral("b.json")), dragon);
    Workbench bench(path(QStringLiteral("home-b")));
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    QVERIFY(show(bench, QStringLiteral("b.json")));
    QTRY_COMPARE(stateOf(bench).nameOf("web"), QStringLiteral("Unsaved"));
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral("are back")));
    bench.session.threats().leaveFile(); // and back: still there
    QTRY_VERIFY(!viewOf(bench)->fileBand()->isVisible());
    bench.session.threats().openFile(path(QStringLiteral("b.json")));
    QTRY_COMPARE(stateOf(bench).nameOf("web"), QStringLiteral("Unsaved"));
    bench.session.threats().saveFile();
    QTRY_VERIFY(read(QStringLiteral("b.json")).contains("Unsaved"));
}

void ThreatFileTest::keepsLongTextsThatAreNotSaved()
{
    write(QStringLiteral("long.json"), dragon);
    const QString file = path(QStringLiteral("long.json"));
    const QString draft = draftPath(path(QStringLiteral("drafts")), file);
    auto opened = openThreatDocument(file, draft, {});
    QVERIFY(opened.document);
    threats::TeamModel team = opened.team;
    threats::setText(team, "web", &threats::PartEdit::description, std::string(200'000, 'x'));
    QVERIFY(QDir().mkpath(QFileInfo(draft).path()));
    QFile kept(draft);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    kept.write(draftOf(opened.document->digest, team).value());
    kept.close();
    opened = openThreatDocument(file, draft, {});
    QVERIFY(opened.team == team);
    QVERIFY(QFile::exists(draft)); // not put aside
}

void ThreatFileTest::shortensTheHistoryOfALongDraft()
{
    write(QStringLiteral("steps.json"), dragon);
    const QString file = path(QStringLiteral("steps.json"));
    const QString draft = draftPath(path(QStringLiteral("drafts")), file);
    auto opened = openThreatDocument(file, draft, {});
    threats::TeamModel team = opened.team;
    threats::setText(team, "web", &threats::PartEdit::name, "Unsaved");
    for (int i = 0; i < 5; ++i) { // 70 MB
        team.events.push_back({"2026-11-30T10:00:00Z", "Ada", "web", "rename", {}, {std::string(14 << 20, 'x')}});
    }
    const auto made = draftOf(opened.document->digest, team);
    QVERIFY(made && made->size() < (64 << 20) + 128);
    QVERIFY(QDir().mkpath(QFileInfo(draft).path()));
    QFile kept(draft);
    QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write(*made) == made->size());
    kept.close();
    opened = openThreatDocument(file, draft, {});
    QVERIFY(opened.restored && opened.shortened && opened.aside.isEmpty());
    QCOMPARE(opened.team.parts.at("web").name, "Unsaved");
    QVERIFY(opened.team.events.size() == 5 && opened.team.events.front().was.empty());
    QVERIFY(opened.team.events.back() == team.events.back());
}

// A place so far out is never read.
void ThreatFileTest::tellsWhatIsTooLongToBeKept()
{
    write(QStringLiteral("much.json"), dragon);
    Workbench bench(path(QStringLiteral("home-much")));
    QVERIFY(show(bench, QStringLiteral("much.json")));
    rename(bench, "Kept");
    bench.saver.flush(); // it is on the disk; of two that wait only the newer one is written
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    stateOf(bench).edit(QStringLiteral("Move"), [](threats::TeamModel& team) { team.places["web"].x = 2e7; });
    auto* band = viewOf(bench)->fileBand();
    QTRY_VERIFY2_WITH_TIMEOUT(
        band->text().contains(QStringLiteral("too much of them")), qPrintable(band->text()), 30'000);
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral("save it")));
    QCOMPARE(bench.session.threats().atRisk(), QStringList(QStringLiteral("much.json")));
    QVERIFY(!bench.window.close()); // it asks once
    const QString draft = draftPath(bench.session.paths().state, path(QStringLiteral("much.json")));
    const auto left = openThreatDocument(path(QStringLiteral("much.json")), draft, {});
    QCOMPARE(left.team.parts.at("web").name, "Kept"); // what could be kept before still is
    bench.session.undo().undo();
    QTRY_VERIFY(!band->text().contains(QStringLiteral("too much of them")));
    QVERIFY(bench.session.threats().atRisk().isEmpty());
}

void ThreatFileTest::saysWhatAnEmptyFileHolds()
{
    write(QStringLiteral("empty.otm"), R"({"otmVersion": "0.2.0", "project": {"name": "Shop", "id": "s"},
        "representations": [], "trustZones": [], "components": [], "dataflows": []})");
    Workbench bench(path(QStringLiteral("home-empty")));
    QVERIFY(show(bench, QStringLiteral("empty.otm")));
    auto* card = viewOf(bench)->findChild<BlankDrawing*>();
    QVERIFY(card && card->isVisible());
    QVERIFY2(card->accessibleName().contains(QStringLiteral("empty.otm")), qPrintable(card->accessibleName()));
    auto* navigator = bench.window.findChild<ThreatNavigator*>();
    QVERIFY(navigator);
    QVERIFY2(navigator->list()->model()->index(0, 0).data().toString().contains(QStringLiteral("nothing is drawn")),
        qPrintable(navigator->list()->model()->index(0, 0).data().toString()));
    stateOf(bench).edit(QStringLiteral("Add"),
        [](threats::TeamModel& team) { threats::addElement(team, "own-1", "process", "Web", {}, {40, 60, 144, 44}); });
    QTRY_VERIFY(!card->isVisible());
    QTRY_COMPARE(navigator->whyNone(), QStringLiteral("The file holds no threats"));
}

void ThreatFileTest::tellsWhatTheFormCannotSay()
{
    write(QStringLiteral("c.json"), dragon);
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, QStringLiteral("c.json")));
    stateOf(bench).edit(QStringLiteral("Answer"), [](threats::TeamModel& team) { team.answers["q"] = "yes"; });
    rename(bench, "Front");
    bench.session.threats().saveFile();
    QTRY_VERIFY(bench.window.findChild<QuestionSheet*>());
    auto* sheet = bench.window.findChild<QuestionSheet*>();
    QTRY_VERIFY(sheet->isVisible());
    QVERIFY2(sheet->accessibleDescription().contains(QStringLiteral("1 answer")),
        qPrintable(sheet->accessibleDescription()));
    QCOMPARE(read(QStringLiteral("c.json")), dragon); // nothing before the answer
    QTest::mouseClick(sheet->no(), Qt::LeftButton);
    QTRY_VERIFY(read(QStringLiteral(".cupel/threats.jsonl")).contains("Front"));
    QVERIFY(read(QStringLiteral(".cupel/threats.jsonl")).contains("Listens"));
    QCOMPARE(read(QStringLiteral("c.json")), dragon);
    QVERIFY(!viewOf(bench)->fileBand()->isVisible());
    QFile::remove(path(QStringLiteral(".cupel/threats.jsonl")));
}

void ThreatFileTest::leavesAloneWhatOthersChanged()
{
    write(QStringLiteral("d.json"), dragon);
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, QStringLiteral("d.json")));
    rename(bench, "Front");
    const QByteArray theirs = QByteArray(dragon).replace("Ada", "Bo");
    write(QStringLiteral("d.json"), theirs);
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    bench.session.threats().saveFile();
    QTRY_VERIFY(!told.isEmpty() && told.last().at(0).toString().contains(QStringLiteral("someone else")));
    QCOMPARE(read(QStringLiteral("d.json")), theirs);
    // A model that was read only in part cannot be saved in its form: it is not opened in it.
    write(QStringLiteral("half.json"), dragon.left(dragon.size() - 40));
    bench.session.threats().openFile(path(QStringLiteral("half.json")));
    const auto said = [&told](const QString& words) {
        return std::any_of(
            told.begin(), told.end(), [&](const auto& one) { return one.at(0).toString().contains(words); });
    };
    QTRY_VERIFY(said(QStringLiteral("own form")));
    QTRY_COMPARE(bench.session.threats().openedFile(), path(QStringLiteral("d.json"))); // the one that is open
    // It is read anew: what was not saved is of another state of it, and is put aside instead of written over.
    QTRY_VERIFY(said(QStringLiteral("are of another state of it")));
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral(".kept-1")));
}

void ThreatFileTest::staysWithItsOwnSteps()
{
    write(QStringLiteral("e.json"), dragon);
    Workbench bench(path(QStringLiteral("home-e")));
    QVERIFY(show(bench, QStringLiteral("e.json")));
    rename(bench, "Front");
    bench.session.threats().leaveFile();
    QTRY_VERIFY(stateOf(bench).how() == ThreatState::How::Ready);
    bench.session.undo().undo(); // it was made in another model
    QVERIFY(!QFile::exists(path(QStringLiteral(".cupel/threats.jsonl"))));
    bench.session.threats().openFile(path(QStringLiteral("e.json")));
    QTRY_COMPARE(stateOf(bench).nameOf("web"), QStringLiteral("Front"));
}

void ThreatFileTest::aLongImportCanBeStopped()
{
    QByteArray many =
        "otmVersion: 0.2.0\nproject: {name: p, id: p}\ntrustZones: [{id: z, name: z, risk: {trustRating: 1}}]\n"
        "components:\n";
    constexpr int count = 12'000;
    for (int i = 0; i < count; ++i) {
        const QByteArray n = QByteArray::number(i);
        many += "  - {id: c" + n + ", name: part number " + n + ", type: process, parent: {trustZone: z}}\n";
    }
    write(QStringLiteral("many.otm"), many);
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("work")));
    write(QStringLiteral("work/a.py"), "import pandas as pd\nown = pd.read_csv('own.csv')\n");
    Workbench bench(path(QStringLiteral("home-f")));
    QVERIFY(show(bench, QStringLiteral("work")));
    auto* band = viewOf(bench)->taskBand();
    QVERIFY(!band->isVisible());
    bench.session.threats().importFile(path(QStringLiteral("many.otm")));
    QVERIFY(band->isVisible());
    QTRY_VERIFY(band->bar()->value() > 0);
    QVERIFY(!band->cancel()->accessibleName().isEmpty());
    QTest::mouseClick(band->cancel(), Qt::LeftButton);
    QVERIFY(!band->isVisible());
    QTest::qWait(300);
    QCOMPARE(bench.session.undo().count(), 0);
    // Once more, to the end.
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    bench.session.threats().importFile(path(QStringLiteral("many.otm")));
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.undo().count() == 1, 60'000);
    QVERIFY(!band->isVisible());
    QVERIFY(told.last().at(0).toString().contains(QString::number(count)));
}

QTEST_MAIN(ThreatFileTest)
#include "tst_threat_file.moc"
