// SPDX-License-Identifier: GPL-3.0-or-later
// The session from its attack paths to the next day, and what its steps share.
#include "threat_session.h"

#include "analyzers/threats/work/control_use.h"
#include "analyzers/threats/work/risk.h"
#include "app/shell/actions.h"
#include "app/shell/export_runner.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/threats/attack_path_list.h"
#include "widgets/threats/control_shelf.h"
#include "widgets/threats/fitting_tabs.h"
#include "widgets/threats/framework_lens.h"
#include "widgets/threats/heat_map.h"
#include "widgets/threats/part_editor.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"
#include "widgets/threats/what_if_band.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabBar>

#include <algorithm>

namespace cupel::test {

const QByteArray late = "import pandas as pd\nregions = pd.read_csv('data/regions.csv')\nprint(len(regions))\n";

QAbstractButton* button(QWidget* in, const QString& name)
{
    const auto all = in->findChildren<QAbstractButton*>();
    const auto found = std::find_if(all.begin(), all.end(), [&name](const QAbstractButton* one) {
        return one->isVisible() && (one->text() == name || one->accessibleName() == name);
    });
    return found == all.end() ? nullptr : *found;
}

void click(QWidget* target)
{
    QVERIFY(target);
    for (QWidget* up = target->parentWidget(); up; up = up->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(up)) {
            area->ensureWidgetVisible(target);
        }
    }
    QVERIFY(target->isVisible() && !target->visibleRegion().isEmpty());
    QTest::mouseClick(target, Qt::LeftButton, {}, target->visibleRegion().boundingRect().center());
}

bool says(QWidget* in, const QString& words)
{
    const auto all = in->findChildren<Label*>();
    return std::any_of(
        all.begin(), all.end(), [&words](const Label* one) { return one->isVisible() && one->text().contains(words); });
}

namespace {

std::size_t onTheMap(const HeatGrid* grid)
{
    std::size_t all = 0;
    for (int likelihood = 1; likelihood <= 5; ++likelihood) {
        for (int impact = 1; impact <= 5; ++impact) {
            all += grid->at(likelihood, impact).size();
        }
    }
    return all;
}

bool isIn(const HeatGrid* grid, int likelihood, int impact, const std::string& id)
{
    const auto& cell = grid->at(likelihood, impact);
    return std::find(cell.begin(), cell.end(), id) != cell.end();
}

} // namespace

QByteArray ThreatSessionTest::read(const QString& path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ThreatSessionTest::write(const QString& path, const QByteArray& bytes) const
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray ThreatSessionTest::facts() const
{
    QByteArray out;
    for (const QByteArray& line : kept().split('\n')) {
        if (!line.startsWith("{\"event\"") && !line.startsWith("{\"seen\"") && !line.isEmpty()) {
            out += line + '\n';
        }
    }
    return out;
}

QByteArray ThreatSessionTest::model(const QString& name)
{
    QTest::qWait(300); // the drawing of the last step
    const QString path = m_place.filePath(name);
    bench().session.threats().exportTo(path, QStringLiteral("churn"), ThreatFormat::Json);
    QByteArray out;
    if (QTest::qWaitFor([&] { return QFile::exists(path); }, 10'000)) {
        for (const QByteArray& line : read(path).split('\n')) {
            const QByteArray key = line.trimmed();
            // The drawing finds places for what nobody placed, and moves as little as it can; places that somebody
            // gave are facts of the file.
            const bool place = key.startsWith("\"x\"") || key.startsWith("\"y\"") || key.startsWith("\"width\"")
                || key.startsWith("\"height\"");
            out += place ? QByteArray() : line + '\n';
        }
    }
    return out;
}

bool ThreatSessionTest::becomes(const QByteArray& wanted)
{
    QByteArray last;
    for (int i = 0; i < 40 && last != wanted; ++i) {
        last = model(QStringLiteral("model-%1-%2.json").arg(wanted.size()).arg(i));
    }
    return last == wanted;
}

const threats::Threat* ThreatSessionTest::threat(const char* rule, const char* part_)
{
    const auto* of = element(bench(), part_);
    const auto& all = overlaid(bench()).model.threats;
    const auto found = std::find_if(all.begin(), all.end(),
        [&](const threats::Threat& one) { return of && one.rule == rule && one.target == of->id; });
    return found == all.end() ? nullptr : &*found;
}

void ThreatSessionTest::choose(const char* rule, const char* part_)
{
    const auto* wanted = threat(rule, part_);
    QVERIFY2(wanted, rule);
    const std::string id = wanted->id;
    auto* list = part<ThreatNavigator>(bench())->list();
    const auto& all = list->facts();
    const QString title = QString::fromStdString(wanted->title);
    for (int row = 0; row < static_cast<int>(all.size()); ++row) {
        if (all[static_cast<std::size_t>(row)].title != title) {
            continue;
        }
        const QModelIndex index = list->model()->index(row, 0);
        list->scrollTo(index);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
        if (stateOf(bench()).threat() && stateOf(bench()).threat()->id == id) {
            return;
        }
    }
    QFAIL(rule);
}

void ThreatSessionTest::toMode()
{
    bench().window.activateWindow(); // the platform without a screen leaves it to us
    QVERIFY(QTest::qWaitForWindowActive(&bench().window));
    QTest::keyClick(&bench().window, Qt::Key_5, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(bench()).how() == ThreatState::How::Ready, 20'000);
    QTest::qWait(60);
    part<ThreatView>(bench())->takeFocus();
}

// What must not fall is said once; then the ways there are known.
void ThreatSessionTest::minute20AWayOfAttackIsMarked()
{
    auto* canvas = part<GraphCanvas>(bench());
    auto* panels = part<ThreatPanels>(bench());
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench(), "scores.csv").center());
    auto* inspector = part<ThreatInspector>(bench());
    if (inspector->page() != ThreatInspector::Page::Part) {
        click(button(inspector, QStringLiteral("Part")));
    }
    auto* editor = part<PartEditor>(bench());
    editor->newKey()->lineEdit()->setFocus();
    QTest::keyClicks(editor->newKey()->lineEdit(), QStringLiteral("classification"));
    editor->newValue()->setFocus();
    type(editor->newValue(), QStringLiteral("confidential"));
    QTRY_COMPARE(threats::attribute(*element(bench(), "scores.csv"), "classification"), std::string("confidential"));
    QTest::mouseClick(panels->tabs(), Qt::LeftButton, {}, panels->tabs()->tabRect(1).center());
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Paths);
    QTRY_VERIFY(!panels->paths()->list()->facts().empty());
    const auto& way = stateOf(bench()).reading()->paths.paths.front();
    QVERIFY(panels->paths()->list()->facts().front().title.contains(QStringLiteral("scores.csv")));
    panels->takeFocus();
    QTest::keyClick(panels->paths()->list(), Qt::Key_Down);
    QCOMPARE(canvas->path().size(), way.flows.size());
    const auto marks = canvas->shown();
    QCOMPARE(static_cast<std::size_t>(std::count(marks.begin(), marks.end(), true)), way.elements.size());
    QTest::keyClick(panels->paths()->list(), Qt::Key_Escape);
    QVERIFY(canvas->path().empty());
    QTest::mouseClick(panels->tabs(), Qt::LeftButton, {}, panels->tabs()->tabRect(0).center());
}

void ThreatSessionTest::minute22WhatIfAFlowWereGone()
{
    auto* view = part<ThreatView>(bench());
    auto* canvas = part<GraphCanvas>(bench());
    auto* band = view->whatIf();
    const int steps = bench().session.undo().index();
    const auto ways = stateOf(bench()).reading()->paths.paths.size();
    const std::string flow = stateOf(bench()).reading()->paths.paths.front().flows.back();
    QVERIFY(ways > 0);
    click(button(view, QStringLiteral("What if: try a change, then keep or discard it")));
    QTRY_VERIFY(band->isVisible());
    QVERIFY(band->text().contains(QStringLiteral("as before")));
    stateOf(bench()).selectPart(flow);
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Delete);
    QTRY_VERIFY(stateOf(bench()).reading()->paths.paths.size() < ways); // the way over it is closed
    const auto left = threats::remainsOf(overlaid(bench()));
    QVERIFY(band->text().contains(QStringLiteral("%1 threats").arg(left.threats)));
    QCOMPARE(bench().session.undo().index(), steps + 1);
    click(band->discard());
    QTRY_VERIFY(!band->isVisible());
    QCOMPARE(bench().session.undo().index(), steps);
    QTRY_COMPARE(stateOf(bench()).reading()->paths.paths.size(), ways);
}

void ThreatSessionTest::minute23AControlTakesRiskAway()
{
    choose("trn-poison-pipeline", "Training in 02-train-model.ipynb");
    auto* inspector = part<ThreatInspector>(bench());
    if (inspector->page() != ThreatInspector::Page::Threat) {
        click(button(inspector, QStringLiteral("Threat")));
    }
    auto* view = part<ThreatView>(bench());
    click(button(view, QStringLiteral("Map of risks")));
    auto* grid = view->map()->grid();
    QTRY_VERIFY(grid->isVisible());
    const auto& model_ = overlaid(bench()).model;
    QCOMPARE(onTheMap(grid),
        static_cast<std::size_t>(std::count_if(model_.threats.begin(), model_.threats.end(),
            [](const threats::Threat& one) { return !threats::isSettled(one); })));
    const std::string id = stateOf(bench()).threat()->id;
    const int likelihood = stateOf(bench()).threat()->likelihood;
    const int impact = stateOf(bench()).threat()->impact;
    QVERIFY(isIn(grid, likelihood, impact, id));
    // Every control of its rule, put in place by its key.
    inspector->takeFocus();
    for (int row = 0; row < inspector->shelf()->count(); ++row) {
        const auto key = static_cast<Qt::Key>(Qt::Key_1 + row);
        QTest::keyClick(inspector->facts(), key);
        QTRY_COMPARE(inspector->shelf()->status(row)->currentIndex(), 1); // proposed
        QTest::keyClick(inspector->facts(), key);
        QTRY_COMPARE(inspector->shelf()->status(row)->currentIndex(), 2); // in place
    }
    QTRY_VERIFY(!isIn(grid, likelihood, impact, id)); // it went down the map, while it is looked at
    const auto risk = threats::riskOf(*stateOf(bench()).threat(), overlaid(bench()).controls.at(id));
    QVERIFY(isIn(grid, threats::stepOf(risk.likelihoodNow), threats::stepOf(risk.impactNow), id));
    QTRY_VERIFY(kept().count("\"status\":\"in-place\"") >= 2);
    view->map()->when()->setFocus();
    click(button(view->map(), QStringLiteral("Without controls")));
    QVERIFY(isIn(grid, likelihood, impact, id)); // and where it came from is one click away
    click(button(view, QStringLiteral("Map of risks")));
    QTRY_VERIFY(part<GraphCanvas>(bench())->isVisible());
}

void ThreatSessionTest::minute26AGapLeadsToItsThreat()
{
    auto* panels = part<ThreatPanels>(bench());
    QTest::mouseClick(panels->tabs(), Qt::LeftButton, {}, panels->tabs()->tabRect(2).center());
    auto* lens = panels->frameworks();
    QTRY_VERIFY(lens->isVisible());
    click(lens->chip(threats::ItemState::Gap));
    lens->takeFocus();
    QTest::keyClick(lens->list(), Qt::Key_Down);
    QTest::keyClick(lens->list(), Qt::Key_Return);
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Threats);
    QVERIFY(stateOf(bench()).threat());
    const std::string id = stateOf(bench()).threat()->id;
    const auto& items = stateOf(bench()).reading()->lenses.front().items;
    QVERIFY(std::any_of(items.begin(), items.end(), [&id](const threats::CoverageItem& item) {
        const auto holds = [&id](const std::vector<std::string>& ids) {
            return std::find(ids.begin(), ids.end(), id) != ids.end();
        };
        return item.state == threats::ItemState::Gap && (holds(item.threats) || holds(item.settled));
    }));
    QTRY_COMPARE(part<ThreatInspector>(bench())->title(), QString::fromStdString(stateOf(bench()).threat()->title));
    QTest::mouseClick(panels->tabs(), Qt::LeftButton, {}, panels->tabs()->tabRect(2).center());
    click(lens->chip(threats::ItemState::Gap)); // all of them again
    QTest::mouseClick(panels->tabs(), Qt::LeftButton, {}, panels->tabs()->tabRect(0).center());
}

void ThreatSessionTest::minute28AllOfItIsExported_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* filter, const char* file, const char* word) {
        QTest::newRow(file) << QString::fromLatin1(filter) << QString::fromLatin1(file) << QByteArray(word);
    };
    row("Threat Dragon 2 (*.json)", "dragon.json", "\"cells\"");
    row("Open Threat Model (*.otm)", "model.otm", "\"otmVersion\"");
    row("Table of threats (*.csv)", "threats.csv", "Model shelf");
    row("Mermaid chart (*.mmd)", "model.mmd", "flowchart");
    row("Layer for the ATLAS navigator (*.json)", "atlas.json", "\"techniqueID\"");
    row("SVG picture (*.svg)", "model.svg", "<svg");
}

void ThreatSessionTest::minute28AllOfItIsExported()
{
    QFETCH(QString, filter);
    QFETCH(QString, file);
    QFETCH(QByteArray, word);
    const QString path = m_place.filePath(file);
    bench().window.actions().at(u"threats.export")->trigger();
    auto* dialog = bench().window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->nameFilters().contains(filter));
    dialog->selectNameFilter(filter);
    dialog->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 10'000);
    const QByteArray bytes = read(path);
    QVERIFY2(bytes.contains("Churn training") || file == u"atlas.json", bytes.left(400).constData());
    QVERIFY2(bytes.contains(word) || file == u"threats.csv", bytes.left(400).constData());
    QVERIFY(!bytes.contains("AKIAT6SRY4467CDCYR2Z") && !bytes.contains("hvY8QmdajZ8")); // no credential leaves
    if (file.endsWith(QStringLiteral(".json")) || file.endsWith(QStringLiteral(".otm"))) {
        const QJsonDocument document = QJsonDocument::fromJson(bytes);
        QVERIFY(document.isObject());
        if (file == u"model.otm") {
            const auto& all = overlaid(bench()).model.threats;
            const bool whole =
                std::any_of(all.begin(), all.end(), [](const threats::Threat& one) { return one.target.empty(); });
            QCOMPARE(document[u"components"].toArray().size(), // the whole system is one where a threat is of it
                static_cast<qsizetype>(overlaid(bench()).model.elements.size() + (whole ? 1 : 0)));
        }
    }
    QTRY_VERIFY(bench().window.findChildren<QFileDialog*>().isEmpty());
}

void ThreatSessionTest::minute29TheReportIsAPdf()
{
    bench().window.showMode(QStringLiteral("report"));
    QTest::qWait(100);
    bench().window.actions().at(u"file.export")->trigger();
    auto* dialog = bench().window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QString path = m_place.filePath(QStringLiteral("session.pdf"));
    dialog->selectFile(path);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    auto* runner = bench().window.findChild<ExportRunner*>();
    QVERIFY(runner);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !runner->busy(), 60'000);
    QVERIFY(read(path).startsWith("%PDF-"));
    if (!QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty()) {
        QProcess process;
        process.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), path, QStringLiteral("-")});
        QVERIFY(process.waitForFinished(30'000));
        const QByteArray text = process.readAllStandardOutput();
        for (const char* wanted : {"Churn training", "Model shelf", "Signature", "Known until the warehouse moves"}) {
            QVERIFY2(text.contains(wanted), wanted);
        }
    }
    toMode();
}

void ThreatSessionTest::allOfItIsTakenBackAndDoneAgain()
{
    auto& undo = bench().session.undo();
    const QByteArray done = facts();
    const QByteArray doneModel = model(QStringLiteral("done.json"));
    QVERIFY(!done.isEmpty() && doneModel != m_first);
    const int steps = undo.index();
    QVERIFY(steps > 20);
    for (int i = 0; i < steps; ++i) {
        QVERIFY(!undo.undoText().isEmpty()); // each has a name
        QTest::keyClick(&bench().window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(undo.index(), steps - i - 1);
    }
    QTRY_COMPARE(facts(), QByteArray());
    // Without the file that came meanwhile, it is the model of the first minute to the last byte.
    QVERIFY(QFile::remove(inside(QStringLiteral("count_regions.py"))));
    QVERIFY(QFile::remove(inside(QStringLiteral("data/regions.csv"))));
    QTRY_VERIFY_WITH_TIMEOUT(!element(bench(), "regions.csv") && !element(bench(), "count_regions.py"), 20'000);
    QVERIFY(becomes(m_first));
    write(inside(QStringLiteral("data/regions.csv")), "region,people\nnorth,12\n");
    write(inside(QStringLiteral("count_regions.py")), late);
    QTRY_VERIFY_WITH_TIMEOUT(element(bench(), "regions.csv") && element(bench(), "count_regions.py"), 20'000);
    for (int i = 0; i < steps; ++i) {
        QTest::keyClick(&bench().window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    }
    QTRY_COMPARE(facts(), done);
    QTRY_VERIFY(element(bench(), "Churn training"));
    QVERIFY(becomes(doneModel));
}

void ThreatSessionTest::theNextDayOneThreatHasRegressed()
{
    const QByteArray before = facts();
    bench().saver.flush();
    m_bench.reset();
    m_bench = std::make_unique<Workbench>(m_place.filePath(QStringLiteral("home")));
    bench().window.open({OpenTarget{m_folder, {}, {}, {}}});
    QVERIFY(bench().waitForScan());
    toMode();
    QVERIFY(element(bench(), "Churn training")); // it was kept, and nobody is asked about their own
    const auto flagged = stateOf(bench()).count(ThreatState::Show::Flagged); // of what was decided against findings
    // Loading was made safe once, and somebody said so.
    const QByteArray unsafe = "import torch\nweights = torch.load('models/churn.pt', weights_only=False)\n";
    const QByteArray safe = "import torch\nweights = torch.load('models/churn.pt', weights_only=True)\n";
    const QString file = inside(QStringLiteral("count_regions.py"));
    const char* rule = "nb-unsafe-load";
    const char* part_ = "count_regions.py";
    write(file, late + unsafe);
    QTRY_VERIFY_WITH_TIMEOUT(threat(rule, part_), 20'000);
    choose(rule, part_);
    QTest::keyClick(part<ThreatNavigator>(bench())->list(), Qt::Key_M);
    QTRY_COMPARE(
        stateOf(bench()).count(ThreatState::Show::Flagged), flagged + 1); // it is said to be done, and still there
    write(file, late + safe);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(bench()).count(ThreatState::Show::Flagged), flagged, 20'000);
    QTRY_VERIFY(kept().contains("evidence confirmed -> fixed"));
    const QByteArray decided = facts();
    QVERIFY(decided.size() > before.size());
    bench().saver.flush();
    m_bench.reset();
    // A colleague brings it back while nobody looks.
    write(file, late + unsafe);
    m_bench = std::make_unique<Workbench>(m_place.filePath(QStringLiteral("home")));
    bench().window.open({OpenTarget{m_folder, {}, {}, {}}});
    QVERIFY(bench().waitForScan());
    toMode();
    QCOMPARE(stateOf(bench()).count(ThreatState::Show::Flagged), flagged + 1);
    const auto* back = threat(rule, part_);
    QVERIFY(back && back->decision == threats::Decision::Mitigated); // what somebody decided stays
    QVERIFY(overlaid(bench()).flags.at(back->id) == threats::Flag::Regressed);
    auto* navigator = part<ThreatNavigator>(bench());
    QCOMPARE(navigator->chip(ThreatState::Show::Flagged)->text(), QStringLiteral("Look again %1").arg(flagged + 1));
    click(navigator->chip(ThreatState::Show::Flagged));
    const auto& rows = navigator->list()->facts();
    QCOMPARE(std::count_if(rows.begin(), rows.end(),
                 [](const FactRow& row) { return row.detail.startsWith(word(threats::Flag::Regressed)); }),
        1);
    QCOMPARE(facts(), decided);
}

} // namespace cupel::test
