// SPDX-License-Identifier: GPL-3.0-or-later
// Threats mode with real keys and clicks on a small workspace: the drawing and the list, decisions by single keys with
// reasons and undo, the file that keeps them, the way to the evidence, and a window that goes on.
#include "shell_bench.h"

#include "app/session/threats.h"
#include "app/shell/mode_page.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/threats/scoping_cards.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::LoopProbe;
using cupel::test::Workbench;

class ThreatsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theModelIsDrawnWithItsThreats();
    void oneKeyDecides();
    void reasonsAreAskedFor();
    void evidenceIsOneKeyAway();
    void aContestedThreatSaysBoth();
    void aQuestionShowsTheLine();
    void choicesAndSearch();
    void fixingTheFileChangesTheThreat();
    void emptySaysWhy();
    void everythingHasAName();
    void shots();
    void aStopHolds();

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

const threats::Threat* threatOf(Workbench& bench, const char* rule)
{
    const auto& all = stateOf(bench).reading()->overlaid.model.threats;
    const auto found =
        std::find_if(all.begin(), all.end(), [rule](const threats::Threat& one) { return one.rule == rule; });
    return found == all.end() ? nullptr : &*found;
}

QByteArray kept(const QString& folder)
{
    QFile file(folder + QStringLiteral("/.cupel/threats.jsonl"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray password = "password = 'correct-Horse-71-battery'\n";
const QByteArray code = "import pandas as pd\nfrom sklearn.svm import SVC\nimport joblib\n"
                        "rows = pd.read_csv('http://data.example.com/x.csv')\nown = pd.read_csv('own.csv')\n"
                        "model = SVC().fit(rows[['a']], rows['y'])\njoblib.dump(model, 'model.joblib')\n";

} // namespace

void ThreatsTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

void ThreatsTest::make(const char* folder) const
{
    const QString name = QString::fromLatin1(folder);
    QVERIFY(QDir(m_folder.path()).mkpath(name));
    write(name + QStringLiteral("/train.py"), code + password);
    write(name + QStringLiteral("/own.csv"), "id,email\n1,karla.huber@firma-weber.de\n2,jan.smit@firma-weber.de\n");
}

void ThreatsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatsTest::show(Workbench& bench, const char* folder) const
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

void ThreatsTest::theModelIsDrawnWithItsThreats()
{
    make("a");
    Workbench bench(path(QStringLiteral("home-a")));
    QVERIFY(show(bench, "a"));
    const auto& reading = *stateOf(bench).reading();
    QCOMPARE(part<GraphCanvas>(bench)->scene()->nodes().size(), reading.overlaid.model.elements.size());
    QVERIFY(threatOf(bench, "nb-hardcoded-secret"));
    QVERIFY(threatOf(bench, "flw-cleartext"));
    QVERIFY(!part<ThreatNavigator>(bench)->foldedText().isEmpty());
    // A click on an element chooses its worst threat, and the card tells why and what to do.
    auto* canvas = part<GraphCanvas>(bench);
    for (std::uint32_t i = 0; i < reading.overlaid.model.elements.size(); ++i) {
        if (reading.overlaid.model.elements[i].artifact == "train.py") {
            canvas->reveal(i);
            QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {},
                canvas->toViewport(canvas->scene()->nodes()[i].box).center().toPoint());
        }
    }
    QVERIFY(stateOf(bench).threat());
    QCOMPARE(QString::fromStdString(stateOf(bench).threat()->rule), QStringLiteral("nb-hardcoded-secret"));
    QCOMPARE(part<ThreatInspector>(bench)->title(), QStringLiteral("A credential stands in the code"));
    const auto& facts = part<ThreatInspector>(bench)->facts()->facts();
    QVERIFY(
        std::any_of(facts.begin(), facts.end(), [](const FactRow& row) { return row.sign.has_value(); })); // a finding
    for (const FactRow& row : facts) {
        QVERIFY(!row.title.contains(QStringLiteral("Horse")) && !row.detail.contains(QStringLiteral("Horse")));
    }
    QVERIFY(kept(path(QStringLiteral("a"))).isEmpty()); // looking changes nothing on disk
}

void ThreatsTest::oneKeyDecides()
{
    make("b");
    {
        Workbench bench(path(QStringLiteral("home-b")));
        QVERIFY(show(bench, "b"));
        part<ThreatNavigator>(bench)->takeFocus();
        QTest::keyClick(part<FactRows>(bench), Qt::Key_J);
        QVERIFY(stateOf(bench).threat());
        const std::string id = stateOf(bench).threat()->id;
        QTest::keyClick(part<FactRows>(bench), Qt::Key_M);
        QTRY_VERIFY(stateOf(bench).threat() && stateOf(bench).threat()->decision == threats::Decision::Mitigated);
        QTRY_VERIFY(kept(path(QStringLiteral("b"))).contains("\"decision\":\"mitigated\""));
        QCOMPARE(QString::fromStdString(stateOf(bench).threat()->id), QString::fromStdString(id)); // it stays chosen
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(stateOf(bench).threat()->decision == threats::Decision::Open);
        QTRY_VERIFY(!kept(path(QStringLiteral("b"))).contains("\"decision\":\"mitigated\""));
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(kept(path(QStringLiteral("b"))).contains("\"decision\":\"mitigated\""));
    }
    // The next window finds it, and what happened.
    Workbench bench(path(QStringLiteral("home-b")));
    QVERIFY(show(bench, "b"));
    const auto& all = stateOf(bench).reading()->overlaid.model.threats;
    QCOMPARE(std::count_if(all.begin(), all.end(),
                 [](const threats::Threat& one) { return one.decision == threats::Decision::Mitigated; }),
        1);
    QCOMPARE(kept(path(QStringLiteral("b"))).count("{\"event\":"), 3);
}

void ThreatsTest::reasonsAreAskedFor()
{
    make("c");
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    part<ThreatNavigator>(bench)->takeFocus();
    QTest::keyClick(part<FactRows>(bench), Qt::Key_J);
    QTest::keyClick(part<FactRows>(bench), Qt::Key_X);
    auto* reason = part<ThreatInspector>(bench)->reason();
    QTRY_VERIFY(reason->hasFocus()); // it asks first
    QVERIFY(stateOf(bench).threat()->decision == threats::Decision::Open);
    QTest::keyClicks(reason, QStringLiteral("max known")); // letters are letters here
    QCOMPARE(reason->text(), QStringLiteral("max known"));
    part<ThreatInspector>(bench)->decide(threats::Applicability::Applies, threats::Decision::Accepted);
    QTRY_VERIFY(stateOf(bench).threat()->decision == threats::Decision::Accepted);
    QTRY_VERIFY(kept(path(QStringLiteral("c"))).contains("max known"));
    // A reason that is a credential is not kept.
    const QByteArray before = kept(path(QStringLiteral("c")));
    reason->setText(QStringLiteral("password = 'correct-Horse-71-battery'"));
    part<ThreatInspector>(bench)->decide(threats::Applicability::NotApplicable, threats::Decision::Open);
    QTest::qWait(200);
    QVERIFY(!kept(path(QStringLiteral("c"))).contains("Horse"));
    QCOMPARE(kept(path(QStringLiteral("c"))), before);
}

void ThreatsTest::evidenceIsOneKeyAway()
{
    make("d");
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    stateOf(bench).selectThreat(threatOf(bench, "nb-hardcoded-secret")->id);
    part<ThreatNavigator>(bench)->takeFocus();
    QTest::keyClick(part<FactRows>(bench), Qt::Key_O);
    QTRY_VERIFY(bench.session.review().current().has_value());
    const Finding* finding = bench.session.review().finding(*bench.session.review().current());
    QVERIFY(finding && finding->family == Family::Secret);
}

// Nobody is right because they spoke last: what a person denies and the scan confirms is told with both sides.
void ThreatsTest::aContestedThreatSaysBoth()
{
    make("both");
    Workbench bench(path(QStringLiteral("home-both")));
    QVERIFY(show(bench, "both"));
    const auto secret = [&] { return threatOf(bench, "nb-hardcoded-secret"); };
    QVERIFY(secret()->evidence == threats::EvidenceState::Confirmed);
    stateOf(bench).selectThreat(secret()->id);
    stateOf(bench).answer(
        {threats::Applicability::NotApplicable, threats::Decision::Open, QStringLiteral("only a test"), {}});
    QTRY_VERIFY(secret()->evidence == threats::EvidenceState::Contested);
    const auto rowWith = [](const FactRows* list, const QString& words) {
        const auto& rows = list->facts();
        return std::any_of(rows.begin(), rows.end(),
            [&words](const FactRow& row) { return !row.heading && (row.title + u' ' + row.detail).contains(words); });
    };
    QVERIFY(rowWith(part<ThreatInspector>(bench)->facts(), QStringLiteral("called not applicable")));
    QVERIFY(rowWith(part<ThreatNavigator>(bench)->list(), QStringLiteral("Contested")));
    stateOf(bench).setShow(ThreatState::Show::Confirmed); // a finding confirms it all the same
    QVERIFY(rowWith(part<ThreatNavigator>(bench)->list(), QStringLiteral("Contested")));
}

// What the scan saw and is no finding: the line of code that fetches what others write.
void ThreatsTest::aQuestionShowsTheLine()
{
    make("fetched");
    write(QStringLiteral("fetched/fetch.py"),
        "import urllib.request\nimport pandas as pd\n"
        "urllib.request.urlretrieve('https://data.example.com/rows.csv', 'rows.csv')\nrows = "
        "pd.read_csv('rows.csv')\n");
    Workbench bench(path(QStringLiteral("home-fetched")));
    QVERIFY(show(bench, "fetched"));
    auto* view = part<ThreatView>(bench);
    view->setQuestionsShown(true);
    auto* show = view->questions()->evidence("writers");
    QTRY_VERIFY(show && show->isVisible());
    QVERIFY2(show->text().contains(QStringLiteral("fetch.py, line 3")), qPrintable(show->text()));
    QSignalSpy opened(&stateOf(bench), &ThreatState::placeRequested);
    QTest::mouseClick(show, Qt::LeftButton);
    QCOMPARE(opened.size(), 1);
    QTRY_VERIFY(!view->isVisible()); // it is shown in its file
}

void ThreatsTest::choicesAndSearch()
{
    make("e");
    Workbench bench(path(QStringLiteral("home-e")));
    QVERIFY(show(bench, "e"));
    const auto all = stateOf(bench).shown().size();
    QTest::mouseClick(part<ThreatNavigator>(bench)->chip(ThreatState::Show::Confirmed), Qt::LeftButton);
    QVERIFY(stateOf(bench).shown().size() < all && !stateOf(bench).shown().empty());
    QTest::mouseClick(part<ThreatNavigator>(bench)->chip(ThreatState::Show::All), Qt::LeftButton);
    QTest::keyClicks(part<ThreatNavigator>(bench)->search(), QStringLiteral("encryption"));
    QVERIFY(stateOf(bench).shown().size() < all && !stateOf(bench).shown().empty());
    QTest::keyClicks(part<ThreatNavigator>(bench)->search(), QStringLiteral("zzz"));
    QVERIFY(stateOf(bench).shown().empty());
    QCOMPARE(part<ThreatNavigator>(bench)->list()->facts().size(), 1U); // says so
}

void ThreatsTest::fixingTheFileChangesTheThreat()
{
    make("f");
    Workbench bench(path(QStringLiteral("home-f")));
    QVERIFY(show(bench, "f"));
    QVERIFY(threatOf(bench, "nb-hardcoded-secret"));
    LoopProbe probe;
    write(QStringLiteral("f/train.py"), code);
    QTRY_VERIFY_WITH_TIMEOUT(!threatOf(bench, "nb-hardcoded-secret"), 20'000);
    QVERIFY2(probe.worstMilliseconds() < 50, qPrintable(QString::number(probe.worstMilliseconds())));
}

void ThreatsTest::emptySaysWhy()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("g")));
    write(QStringLiteral("g/README.md"), "# nothing\n");
    Workbench bench(path(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    QVERIFY(part<ThreatView>(bench)->empty()->isVisible());
}

void ThreatsTest::everythingHasAName()
{
    make("h");
    Workbench bench(path(QStringLiteral("home-h")));
    QVERIFY(show(bench, "h"));
    stateOf(bench).step(1);
    for (QWidget* region : {static_cast<QWidget*>(part<ThreatNavigator>(bench)),
             static_cast<QWidget*>(part<ThreatView>(bench)), static_cast<QWidget*>(part<ThreatInspector>(bench))}) {
        for (QWidget* one : region->findChildren<QWidget*>()) {
            if (one->focusPolicy() != Qt::NoFocus && one->isVisible() && one->focusProxy() == nullptr) {
                auto* spoken = QAccessible::queryAccessibleInterface(one);
                QVERIFY(spoken);
                QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), one->metaObject()->className());
            }
        }
    }
}

// CUPEL_SHOTS=folder keeps pictures of the mode.
void ThreatsTest::shots()
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
        stateOf(bench).step(1);
        QTest::qWait(100);
        bench.window.grab().save(folder + QStringLiteral("/threats-%1.png").arg(QLatin1String(name)));
    }
    setTheme(ThemeName::Light);
}

// Stopped while files are still checked: the end of the scan does not make it after all.
void ThreatsTest::aStopHolds()
{
    make("stop");
    Workbench bench(path(QStringLiteral("home-stop")));
    bench.window.open({OpenTarget{path(QStringLiteral("stop")), {}, {}, {}}});
    QTRY_VERIFY(bench.session.scanning() || !bench.session.roots().isEmpty());
    bench.session.threats().setActive(true);
    stateOf(bench).stop();
    QVERIFY(stateOf(bench).how() == ThreatState::How::Stopped);
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_5, Qt::ControlModifier);
    QTest::qWait(600);
    QVERIFY(stateOf(bench).how() == ThreatState::How::Stopped && !stateOf(bench).reading());
    auto* view = part<ThreatView>(bench);
    QTest::mouseClick(view->empty()->button(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(bench).how() == ThreatState::How::Ready && stateOf(bench).reading(), 20'000);
}

QTEST_MAIN(ThreatsTest)
#include "tst_threats.moc"
