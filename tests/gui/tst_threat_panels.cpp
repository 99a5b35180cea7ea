// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the drawing of a threat model, with real keys and clicks: ways of attack and what they mark, frameworks and
// what they rest on, and the part of the report that speaks of the model.
#include "shell_bench.h"

#include "app/session/threats.h"
#include "app/settings/settings.h"
#include "app/shell/export_runner.h"
#include "app/shell/mode_page.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/theme.h"
#include "widgets/report/report_view.h"
#include "widgets/threats/attack_path_list.h"
#include "widgets/threats/fitting_label.h"
#include "widgets/threats/fitting_tabs.h"
#include "widgets/threats/framework_lens.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QToolButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::Workbench;

class ThreatPanelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aWayIsMarkedInTheDrawing();
    void marksStayOverReadings();
    void enterGoesToTheThreat();
    void frameworksAreAnsweredInWords();
    void nothingToShowSaysWhy();
    void everythingHasAName();
    void allTabsAndTheCountAreSeen();
    void theReportSpeaksOfAModelThatIsAskedFor();
    void theReportSpeaksOfAModelThatWasKept();
    void shots();

private:
    [[nodiscard]] bool show(Workbench& bench, const char* folder) const;
    void write(const QString& name, const QByteArray& bytes) const;
    void make(const char* folder) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

namespace {

template <typename T> T* part(Workbench& bench)
{
    return bench.window.findChild<ModePage*>(QStringLiteral("threats"))->findChild<T*>();
}

ThreatState& stateOf(Workbench& bench)
{
    return bench.session.threats().state();
}

const QByteArray code = "import pandas as pd\nfrom sklearn.svm import SVC\nimport joblib\n"
                        "rows = pd.read_csv('http://data.example.com/x.csv')\nown = pd.read_csv('own.csv')\n"
                        "model = SVC().fit(rows[['a']], rows['y'])\njoblib.dump(model, 'model.joblib')\n"
                        "password = 'correct-Horse-71-battery'\n";

std::size_t itemsIn(const FrameworkLens* lens)
{
    const auto& rows = lens->list()->facts();
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const FactRow& row) { return !row.heading; }));
}

bool speaksOfThreats(const report::Document& document)
{
    return std::any_of(document.sections.begin(), document.sections.end(),
        [](const report::Section& one) { return one.id == "threat_model"; });
}

QCheckBox* tellsOfThreats(Workbench& bench)
{
    for (auto* box : bench.window.findChild<ReportView*>()->findChildren<QCheckBox*>()) {
        if (box->objectName() == QStringLiteral("report.threats")) {
            return box;
        }
    }
    return nullptr;
}

} // namespace

void ThreatPanelsTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

void ThreatPanelsTest::make(const char* folder) const
{
    const QString name = QString::fromLatin1(folder);
    QVERIFY(QDir(m_folder.path()).mkpath(name));
    write(name + QStringLiteral("/train.py"), code);
    write(name + QStringLiteral("/own.csv"), "id,email\n1,karla.huber@firma-weber.de\n2,jan.smit@firma-weber.de\n");
}

void ThreatPanelsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatPanelsTest::show(Workbench& bench, const char* folder) const
{
    bench.window.open({OpenTarget{path(QString::fromLatin1(folder)), {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_5, Qt::ControlModifier);
    const bool ready = QTest::qWaitFor([&] { return stateOf(bench).how() == ThreatState::How::Ready; }, 20'000);
    QTest::qWait(60);
    return ready;
}

void ThreatPanelsTest::aWayIsMarkedInTheDrawing()
{
    make("a");
    Workbench bench(path(QStringLiteral("home-a")));
    QVERIFY(show(bench, "a"));
    auto* panels = part<ThreatPanels>(bench);
    auto* canvas = part<GraphCanvas>(bench);
    const auto& paths = stateOf(bench).reading()->paths.paths;
    QVERIFY(!paths.empty());
    panels->tabs()->setFocus();
    QTest::keyClick(panels->tabs(), Qt::Key_Right); // from the list of threats to the ways of attack
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Paths);
    QVERIFY(panels->paths()->isVisible() && !panels->threatList()->isVisible());
    FactRows* list = panels->paths()->list();
    QCOMPARE(list->facts().size(), paths.size());
    QVERIFY(list->facts().front().title.contains(QStringLiteral("model.joblib")));
    QVERIFY(list->facts().front().detail.contains(QStringLiteral("train.py"))); // via
    QVERIFY(list->facts().front().sign.has_value());
    QVERIFY(canvas->path().empty());
    panels->takeFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(canvas->path().size(), paths.front().flows.size());
    const auto marks = canvas->shown();
    QCOMPARE(static_cast<std::size_t>(std::count(marks.begin(), marks.end(), true)), paths.front().elements.size());
    // Away from the list, nothing would say what the marks mean.
    panels->showPanel(ThreatPanels::Panel::Threats);
    QVERIFY(canvas->path().empty() && canvas->shown().empty());
    panels->showPanel(ThreatPanels::Panel::Paths);
    panels->takeFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(!canvas->path().empty());
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(canvas->path().empty());
}

// Somebody decides, or a file changes: the drawing is made anew, the chosen way stays marked in it.
void ThreatPanelsTest::marksStayOverReadings()
{
    make("b");
    Workbench bench(path(QStringLiteral("home-b")));
    QVERIFY(show(bench, "b"));
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::Paths);
    panels->takeFocus();
    QTest::keyClick(panels->paths()->list(), Qt::Key_Down);
    const auto before = stateOf(bench).reading();
    const auto marked = part<GraphCanvas>(bench)->path().size();
    QVERIFY(marked > 0);
    stateOf(bench).step(1);
    stateOf(bench).answer({threats::Applicability::Applies, threats::Decision::Mitigated, {}, {}});
    QTRY_VERIFY(stateOf(bench).reading() != before);
    QCOMPARE(part<GraphCanvas>(bench)->path().size(), marked);
    QVERIFY(panels->paths()->list()->currentIndex().isValid());
}

void ThreatPanelsTest::enterGoesToTheThreat()
{
    make("c");
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::Paths);
    panels->takeFocus();
    QTest::keyClick(panels->paths()->list(), Qt::Key_Down);
    QTest::keyClick(panels->paths()->list(), Qt::Key_Return);
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Threats);
    QVERIFY(stateOf(bench).threat());
    const std::string worst = stateOf(bench).threat()->id;
    const threats::ThreatsByPart byPart(stateOf(bench).reading()->overlaid.model);
    const auto on = byPart.on(stateOf(bench).reading()->paths.paths.front());
    QVERIFY(std::any_of(on.begin(), on.end(),
        [&](std::uint32_t index) { return stateOf(bench).reading()->overlaid.model.threats[index].id == worst; }));
    QVERIFY(panels->threatList()->list()->hasFocus());
}

void ThreatPanelsTest::frameworksAreAnsweredInWords()
{
    make("d");
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::Frameworks);
    FrameworkLens* lens = panels->frameworks();
    const auto& lenses = stateOf(bench).reading()->lenses;
    QCOMPARE(lens->frameworks()->count(), static_cast<int>(lenses.size()));
    QCOMPARE(itemsIn(lens), lenses.front().items.size());
    QVERIFY(
        lens->list()->facts().front().heading && lens->list()->facts().front().title.startsWith(QStringLiteral("Gap")));
    for (const FactRow& row : lens->list()->facts()) {
        QVERIFY(!row.title.contains(u'%') && !row.detail.contains(u'%'));
        QVERIFY(row.heading || !row.detail.isEmpty());
    }
    lens->frameworks()->setFocus();
    QTest::keyClick(lens->frameworks(), Qt::Key_Down); // the next framework
    QCOMPARE(lens->frameworks()->currentIndex(), 1);
    QCOMPARE(itemsIn(lens), lenses[1].items.size());
    // Only gaps, and Enter on one goes to a threat of it.
    QTest::mouseClick(lens->chip(threats::ItemState::Gap), Qt::LeftButton);
    const auto gaps = static_cast<std::size_t>(std::count_if(lenses[1].items.begin(), lenses[1].items.end(),
        [](const threats::CoverageItem& item) { return item.state == threats::ItemState::Gap; }));
    QVERIFY(gaps > 0 && gaps < lenses[1].items.size());
    QCOMPARE(itemsIn(lens), gaps);
    lens->takeFocus();
    QTest::keyClick(lens->list(), Qt::Key_Down);
    QVERIFY(stateOf(bench).threat());
    QVERIFY(lens->isVisible()); // chosen, not gone to
    QTest::keyClick(lens->list(), Qt::Key_Return);
    QCOMPARE(panels->shown(), ThreatPanels::Panel::Threats);
    const auto& threat = *stateOf(bench).threat();
    QVERIFY(std::any_of(lenses[1].items.begin(), lenses[1].items.end(), [&threat](const threats::CoverageItem& item) {
        return std::find(item.threats.begin(), item.threats.end(), threat.id) != item.threats.end();
    }));
}

void ThreatPanelsTest::nothingToShowSaysWhy()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("g")));
    write(QStringLiteral("g/a.py"), "import pandas as pd\npd.read_csv('b.csv')\n");
    Workbench bench(path(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    auto* panels = part<ThreatPanels>(bench);
    panels->showPanel(ThreatPanels::Panel::Paths);
    QVERIFY(panels->paths()->list()->facts().empty());
    QVERIFY(panels->paths()->note().startsWith(QStringLiteral("No way leads")));
    bench.session.close();
    QTRY_VERIFY(!stateOf(bench).reading());
    QVERIFY(panels->paths()->note().contains(QStringLiteral("when the threat model is made")));
    QVERIFY(panels->frameworks()->note().contains(QStringLiteral("when the threat model is made")));
    QVERIFY(!panels->frameworks()->frameworks()->isEnabled());
}

void ThreatPanelsTest::everythingHasAName()
{
    make("h");
    Workbench bench(path(QStringLiteral("home-h")));
    QVERIFY(show(bench, "h"));
    auto* panels = part<ThreatPanels>(bench);
    for (const auto panel : {ThreatPanels::Panel::Paths, ThreatPanels::Panel::Frameworks}) {
        panels->showPanel(panel);
        for (QWidget* one : panels->findChildren<QWidget*>()) {
            if (one->focusPolicy() != Qt::NoFocus && one->isVisible() && one->focusProxy() == nullptr) {
                auto* spoken = QAccessible::queryAccessibleInterface(one);
                QVERIFY(spoken);
                QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), one->metaObject()->className());
            }
        }
    }
}

// Not because its mode was opened.
// At every size of window and text that people have: every tab can be read or has its name, and none is behind an
// arrow.
void ThreatPanelsTest::allTabsAndTheCountAreSeen()
{
    make("room");
    Workbench bench(path(QStringLiteral("home-room")));
    QVERIFY(show(bench, "room"));
    auto* tabs = part<ThreatPanels>(bench)->tabs();
    auto* view = part<ThreatView>(bench);
    for (const char* zoom : {"1", "2"}) {
        bench.settings.set(keys::textZoom, QString::fromUtf8(zoom));
        for (const QSize size : {QSize(1280, 800), QSize(1440, 900)}) {
            bench.window.resize(size);
            QTest::qWait(60);
            bench.window.findChild<ModePage*>(QStringLiteral("threats"))->setNavigatorShown(true); // it may float
            QTest::qWait(60);
            const QByteArray where = QByteArray(zoom) + " at " + QByteArray::number(size.width());
            for (int i = 0; i < tabs->count(); ++i) {
                QTRY_VERIFY2(tabs->rect().contains(tabs->tabRect(i)), where.constData());
                QVERIFY2(!tabs->tabText(i).isEmpty() || (!tabs->tabIcon(i).isNull() && !tabs->tabToolTip(i).isEmpty()),
                    where.constData());
                QVERIFY(!tabs->accessibleTabName(i).isEmpty());
            }
            for (auto* arrow : tabs->findChildren<QToolButton*>()) {
                QVERIFY2(!arrow->isVisible(), where.constData());
            }
            const auto* count = view->findChild<FittingLabel*>();
            QVERIFY2(count->isVisible() && count->text().contains(QStringLiteral("element")), where.constData());
            QVERIFY2(view->rect().contains(QRect(count->mapTo(view, QPoint()), count->size())), where.constData());
        }
    }
}

void ThreatPanelsTest::theReportSpeaksOfAModelThatIsAskedFor()
{
    make("k");
    Workbench bench(path(QStringLiteral("home-k")));
    QVERIFY(show(bench, "k"));
    bench.window.showMode(QStringLiteral("report"));
    auto* view = bench.window.findChild<ReportView*>();
    QTRY_VERIFY_WITH_TIMEOUT(!view->document().sections.empty(), 20'000);
    auto* box = tellsOfThreats(bench);
    QVERIFY(box && !box->isChecked());
    QTest::qWait(300);
    QVERIFY(!speaksOfThreats(view->document()));
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(speaksOfThreats(view->document()), 20'000);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(!speaksOfThreats(view->document()), 20'000);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    make("l");
    bench.window.open({OpenTarget{path(QStringLiteral("l")), {}, {}, {}}}); // it was about the other one
    QVERIFY(bench.waitForScan());
    bench.window.showMode(QStringLiteral("report"));
    QTRY_VERIFY_WITH_TIMEOUT(!speaksOfThreats(view->document()), 20'000);
    QVERIFY(!box->isChecked());
}

// Somebody has decided something in it, in whatever run.
void ThreatPanelsTest::theReportSpeaksOfAModelThatWasKept()
{
    make("i");
    Workbench bench(path(QStringLiteral("home-i")));
    bench.window.open({OpenTarget{path(QStringLiteral("i")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* runner = bench.window.findChild<ExportRunner*>();
    QVERIFY(runner);
    report::Document last;
    int made = 0;
    connect(runner, &ExportRunner::documentReady, this, [&](const report::Document& document) {
        last = document;
        ++made;
    });
    bench.window.showMode(QStringLiteral("report"));
    QTRY_VERIFY_WITH_TIMEOUT(made > 0, 10'000);
    QVERIFY(!speaksOfThreats(last));
    bench.window.showMode(QStringLiteral("threats"));
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(bench).how() == ThreatState::How::Ready, 20'000);
    stateOf(bench).step(1);
    stateOf(bench).answer(
        {threats::Applicability::Applies, threats::Decision::Accepted, QStringLiteral("known risk"), {}});
    QTRY_VERIFY(stateOf(bench).threat() && stateOf(bench).threat()->decision == threats::Decision::Accepted);
    bench.window.showMode(QStringLiteral("report"));
    QTRY_VERIFY_WITH_TIMEOUT(speaksOfThreats(last), 10'000);
    const auto decisions = std::find_if(last.sections.begin(), last.sections.end(),
        [](const report::Section& one) { return one.id == "threat_decisions"; });
    QVERIFY(decisions != last.sections.end());
    const auto table = std::find_if(decisions->blocks.begin(), decisions->blocks.end(),
        [](const report::Block& block) { return std::holds_alternative<report::Table>(block); });
    QVERIFY(table != decisions->blocks.end());
    QCOMPARE(std::get<report::Table>(*table).rows.size(), 1U);
    QCOMPARE(QString::fromStdString(std::get<report::Table>(*table).rows.front().back()), QStringLiteral("known risk"));
    QVERIFY(tellsOfThreats(bench) && tellsOfThreats(bench)->isChecked());
    // Another run, which never goes there.
    QTRY_VERIFY(QFile::exists(path(QStringLiteral("i/.cupel/threats.jsonl"))));
    {
        Workbench again(path(QStringLiteral("home-i")));
        again.window.open({OpenTarget{path(QStringLiteral("i")), {}, {}, {}}});
        QVERIFY(again.waitForScan());
        again.window.showMode(QStringLiteral("report"));
        auto* view = again.window.findChild<ReportView*>();
        QTRY_VERIFY_WITH_TIMEOUT(!view->document().sections.empty(), 20'000);
        QVERIFY(speaksOfThreats(view->document())); // the first one that is shown has it
        QVERIFY(tellsOfThreats(again)->isChecked());
    }
    // Another folder: nothing that was decided about the first one is said of it.
    make("j");
    bench.window.open({OpenTarget{path(QStringLiteral("j")), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    const int before = made;
    bench.window.showMode(QStringLiteral("review"));
    bench.window.showMode(QStringLiteral("report"));
    QTRY_VERIFY_WITH_TIMEOUT(made > before, 10'000);
    QTRY_VERIFY(bench.session.threats().current() || !stateOf(bench).reading());
    QTest::qWait(300);
    for (const report::Section& one : last.sections) {
        QVERIFY(one.id != "threat_decisions"
            || std::none_of(one.blocks.begin(), one.blocks.end(),
                [](const report::Block& block) { return std::holds_alternative<report::Table>(block); }));
    }
}

// CUPEL_SHOTS=folder keeps pictures of the panels.
void ThreatPanelsTest::shots()
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (folder.isEmpty()) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    make("churn");
    for (const auto& [theme, name] : {std::pair{ThemeName::Light, "light"}, {ThemeName::Dark, "dark"}}) {
        setTheme(theme);
        Workbench bench(path(QStringLiteral("home-s-") + QLatin1String(name)));
        bench.window.resize(1440, 900);
        QVERIFY(show(bench, "churn"));
        auto* panels = part<ThreatPanels>(bench);
        panels->showPanel(ThreatPanels::Panel::Paths);
        panels->takeFocus();
        QTest::keyClick(panels->paths()->list(), Qt::Key_Down);
        QTest::qWait(100);
        bench.window.grab().save(folder + QStringLiteral("/threat-paths-%1.png").arg(QLatin1String(name)));
        panels->showPanel(ThreatPanels::Panel::Frameworks);
        QTest::qWait(100);
        bench.window.grab().save(folder + QStringLiteral("/threat-frameworks-%1.png").arg(QLatin1String(name)));
    }
    setTheme(ThemeName::Light);
}

QTEST_MAIN(ThreatPanelsTest)
#include "tst_threat_panels.moc"
