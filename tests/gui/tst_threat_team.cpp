// SPDX-License-Identifier: GPL-3.0-or-later
// Several people and one threat model: what came with the folder waits for a yes, what others write meanwhile is seen
// and never lost, undo keeps off it, a reason is one Enter away, and a file that was moved keeps what was decided.
#include "shell_bench.h"

#include "app/session/threats.h"
#include "app/settings/settings.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/foreign_band.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::Workbench;

class ThreatTeamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void decisionsOfOthersWaitForAnAnswer();
    void partsOfOthersWaitToo();
    void threatsAndControlsOfOthersWaitToo();
    void whatOthersWriteIsSeen();
    void aFileThatIsReadWhileItIsWrittenTakesNothingBack();
    void undoKeepsOffWhatOthersDecided();
    void whatIsTypedAfterMIsItsReason();
    void enterDecidesWithTheReason();
    void whatMovesKeepsItsDecision();
    void copiesAreNoMove();

private:
    [[nodiscard]] bool show(Workbench& bench, const char* folder) const;
    void write(const QString& name, const QByteArray& bytes) const;
    void make(const char* folder) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray kept(const char* folder) const;
    void rewrite(const char* folder, const QByteArray& from, const QByteArray& to) const;
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

threats::Decision decisionOf(Workbench& bench, const char* rule)
{
    const auto* threat = threatOf(bench, rule);
    return threat ? threat->decision : threats::Decision::Open;
}

void decide(Workbench& bench, const char* rule, Qt::Key key)
{
    stateOf(bench).selectThreat(threatOf(bench, rule)->id);
    part<ThreatNavigator>(bench)->takeFocus();
    QTest::keyClick(part<ThreatNavigator>(bench)->list(), key);
}

void press(ForeignBand* band, const QString& words)
{
    for (auto* one : band->findChildren<QPushButton*>()) {
        if (one->text() == words) {
            QTest::mouseClick(one, Qt::LeftButton);
        }
    }
}

const char* const secret = "nb-hardcoded-secret";
const QByteArray code = "import pandas as pd\nown = pd.read_csv('own.csv')\n"
                        "password = 'correct-Horse-71-battery'\n";

} // namespace

void ThreatTeamTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray ThreatTeamTest::kept(const char* folder) const
{
    QFile file(path(QString::fromLatin1(folder) + QStringLiteral("/.cupel/threats.jsonl")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// As a pull from a colleague does it: the file is replaced.
void ThreatTeamTest::rewrite(const char* folder, const QByteArray& from, const QByteArray& to) const
{
    const QString file = QString::fromLatin1(folder) + QStringLiteral("/.cupel/threats.jsonl");
    QByteArray text = kept(folder);
    QVERIFY2(text.contains(from), text.constData());
    text.replace(from, to);
    write(file + QStringLiteral(".new"), text);
    QVERIFY(QFile::remove(path(file)) && QFile::rename(path(file + QStringLiteral(".new")), path(file)));
}

void ThreatTeamTest::make(const char* folder) const
{
    const QString name = QString::fromLatin1(folder);
    QVERIFY(QDir(m_folder.path()).mkpath(name));
    write(name + QStringLiteral("/train.py"), code);
    write(name + QStringLiteral("/own.csv"), "id,email\n1,karla.huber@firma-weber.de\n");
}

void ThreatTeamTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatTeamTest::show(Workbench& bench, const char* folder) const
{
    bench.settings.set(keys::author, QStringLiteral("Ada"));
    bench.window.open({OpenTarget{path(QString::fromLatin1(folder)), {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_5, Qt::ControlModifier);
    const bool ready = QTest::qWaitFor([&] { return stateOf(bench).how() == ThreatState::How::Ready; }, 20'000);
    QTest::qWait(60);
    return ready;
}

void ThreatTeamTest::decisionsOfOthersWaitForAnAnswer()
{
    make("a");
    {
        Workbench bench(path(QStringLiteral("theirs")));
        QVERIFY(show(bench, "a"));
        QVERIFY(part<ForeignBand>(bench)->isHidden()); // there is nothing to ask about
        decide(bench, secret, Qt::Key_M);
        QTRY_VERIFY(kept("a").contains("\"decision\":\"mitigated\""));
        QVERIFY(part<ForeignBand>(bench)->isHidden()); // it is one's own
    }
    const QByteArray text = kept("a");
    {
        Workbench bench(path(QStringLiteral("mine")));
        QVERIFY(show(bench, "a"));
        QVERIFY(decisionOf(bench, secret) == threats::Decision::Open); // nothing of a folder settles itself
        auto& model = bench.session.threats();
        QVERIFY(!model.team().threats.empty() && !model.team().events.empty());
        QVERIFY(model.countedTeam().threats.empty() && model.countedTeam().events.empty()); // nor does a report tell it
        auto* band = part<ForeignBand>(bench);
        QTRY_VERIFY(band->isVisible());
        QVERIFY2(band->accessibleName().contains(QStringLiteral("Ada")), qPrintable(band->accessibleName()));
        QVERIFY(band->accessibleName().contains(QStringLiteral("1 threat")));
        press(band, QStringLiteral("Ignore"));
        QTRY_VERIFY(band->isHidden());
        QTest::qWait(200);
        QVERIFY(decisionOf(bench, secret) == threats::Decision::Open);
        QVERIFY(kept("a") == text); // they stay in the file
        auto* again = bench.window.actions().at(u"review.askDecisions");
        QTRY_VERIFY(again->isEnabled());
        again->trigger();
        QTRY_VERIFY(band->isVisible());
        press(band, QStringLiteral("Use them"));
        QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
        QVERIFY(band->isHidden());
        QCOMPARE(model.countedTeam().events.size(), model.team().events.size());
        bench.saver.flush();
    }
    // The answer is remembered, but a line that says something else asks again.
    Workbench bench(path(QStringLiteral("mine")));
    QVERIFY(show(bench, "a"));
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
    QVERIFY(part<ForeignBand>(bench)->isHidden());
    rewrite("a", "\"decision\":\"mitigated\"", "\"decision\":\"transferred\"");
    QTRY_VERIFY_WITH_TIMEOUT(part<ForeignBand>(bench)->isVisible(), 10'000);
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Open);
    // What is decided here counts beside what waits, and takes its place.
    decide(bench, secret, Qt::Key_M);
    QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
    QTRY_VERIFY(part<ForeignBand>(bench)->isHidden());
    QTRY_VERIFY(kept("a").contains("\"decision\":\"mitigated\""));
}

void ThreatTeamTest::partsOfOthersWaitToo()
{
    make("b");
    std::string id;
    {
        Workbench bench(path(QStringLiteral("home-b0")));
        QVERIFY(show(bench, "b"));
        id = threatOf(bench, secret)->target;
    }
    QVERIFY(QDir(path(QStringLiteral("b"))).mkpath(QStringLiteral(".cupel")));
    write(QStringLiteral("b/.cupel/threats.jsonl"),
        QByteArray::fromStdString("{\"part\":\"" + id + "\",\"name\":\"Nothing to see\",\"removed\":true}\n"));
    Workbench bench(path(QStringLiteral("home-b")));
    QVERIFY(show(bench, "b"));
    QVERIFY(threatOf(bench, secret)); // the element was not taken away unasked
    QTRY_VERIFY(part<ForeignBand>(bench)->isVisible());
    press(part<ForeignBand>(bench), QStringLiteral("Use them"));
    QTRY_VERIFY(!threatOf(bench, secret));
}

void ThreatTeamTest::threatsAndControlsOfOthersWaitToo()
{
    make("b2");
    std::string id;
    std::string part_;
    {
        Workbench bench(path(QStringLiteral("home-b2-0")));
        QVERIFY(show(bench, "b2"));
        id = threatOf(bench, secret)->id;
        part_ = threatOf(bench, secret)->target;
    }
    QVERIFY(QDir(path(QStringLiteral("b2"))).mkpath(QStringLiteral(".cupel")));
    write(QStringLiteral("b2/.cupel/threats.jsonl"),
        QByteArray::fromStdString("{\"control\":\"CT-SECRETMGR@" + id + "\",\"threat\":\"" + id
            + "\",\"id\":\"CT-SECRETMGR\",\"status\":\"verified\",\"note\":\"trust "
              "me\"}\n{\"own\":\"own-1\",\"target\":\""
            + part_ + "\",\"title\":\"Planted\",\"likelihood\":5,\"impact\":5}\n"));
    Workbench bench(path(QStringLiteral("home-b2")));
    QVERIFY(show(bench, "b2"));
    const auto overlaid = [&]() -> const threats::Overlaid& { return stateOf(bench).reading()->overlaid; };
    const auto planted = [&] {
        const auto& all = overlaid().model.threats;
        return std::any_of(all.begin(), all.end(), [](const threats::Threat& one) { return one.title == "Planted"; });
    };
    QVERIFY(overlaid().controls.empty() && !planted());
    QTRY_VERIFY(part<ForeignBand>(bench)->isVisible());
    press(part<ForeignBand>(bench), QStringLiteral("Use them"));
    QTRY_VERIFY(planted());
    QCOMPARE(overlaid().controls.size(), 1U);
}

void ThreatTeamTest::whatOthersWriteIsSeen()
{
    make("c");
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    decide(bench, secret, Qt::Key_M);
    QTRY_VERIFY(kept("c").contains("\"decision\":\"mitigated\""));
    const auto& all = stateOf(bench).reading()->overlaid.model.threats;
    const auto other =
        std::find_if(all.begin(), all.end(), [](const threats::Threat& one) { return one.rule != secret; });
    QVERIFY(other != all.end());
    const std::string id = other->id;
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    rewrite("c", "{\"threat\":",
        QByteArray::fromStdString("{\"threat\":\"" + id
            + "\",\"applicability\":\"applies\",\"decision\":\"avoided\",\"reason\":\"no\",\"author\":\"Bo\","
              "\"decided\":\"2026-11-29\",\"evidence\":\"unknown\"}\n{\"threat\":"));
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), 10'000);
    QTRY_VERIFY(part<ForeignBand>(bench)->isVisible());
    QVERIFY(part<ForeignBand>(bench)->accessibleName().contains(QStringLiteral("Bo")));
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated); // the own one stays
    press(part<ForeignBand>(bench), QStringLiteral("Use them"));
    const auto counts = [&] {
        const auto& now = stateOf(bench).reading()->overlaid.model.threats;
        return std::any_of(now.begin(), now.end(),
            [&id](const threats::Threat& one) { return one.id == id && one.decision == threats::Decision::Avoided; });
    };
    QTRY_VERIFY(counts());
    // The next own decision loses nothing of theirs.
    decide(bench, secret, Qt::Key_T);
    QTRY_VERIFY(kept("c").contains("\"decision\":\"transferred\""));
    QVERIFY(kept("c").contains("\"decision\":\"avoided\""));
}

// The folder stirs, and just when the file is looked at for it something is decided: either comes first now and then.
void ThreatTeamTest::aFileThatIsReadWhileItIsWrittenTakesNothingBack()
{
    make("j");
    Workbench bench(path(QStringLiteral("home-j")));
    QVERIFY(show(bench, "j"));
    decide(bench, secret, Qt::Key_M); // the folder of the team is there from now on
    QTRY_VERIFY(kept("j").contains("\"decision\":\"mitigated\""));
    for (int i = 0; i < 24; ++i) {
        write(QStringLiteral("j/.cupel/stir"), QByteArray::number(i));
        QVERIFY(QFile::remove(path(QStringLiteral("j/.cupel/stir"))));
        QTest::qWait(196 + i % 12);
        const auto wanted = i % 2 == 0 ? threats::Decision::Transferred : threats::Decision::Mitigated;
        decide(bench, secret, i % 2 == 0 ? Qt::Key_T : Qt::Key_M);
        QTRY_VERIFY(kept("j").contains(i % 2 == 0 ? "\"decision\":\"transferred\"" : "\"decision\":\"mitigated\""));
        QTest::qWait(40); // what was read is told with the next tick
        QVERIFY2(decisionOf(bench, secret) == wanted, qPrintable(QString::number(i)));
    }
}

void ThreatTeamTest::undoKeepsOffWhatOthersDecided()
{
    make("d");
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    decide(bench, secret, Qt::Key_M);
    QTRY_VERIFY(kept("d").contains("\"decision\":\"mitigated\""));
    rewrite("d", "\"decision\":\"mitigated\"", "\"decision\":\"eliminated\"");
    QTRY_VERIFY_WITH_TIMEOUT(part<ForeignBand>(bench)->isVisible(), 10'000);
    QSignalSpy told(&bench.session.threats(), &Threats::told);
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!told.isEmpty());
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral("Somebody else")));
    QTest::qWait(300);
    QVERIFY(kept("d").contains("\"decision\":\"eliminated\""));
    QVERIFY(!kept("d").contains("mitigated -> nothing"));
}

// M decides at once; what is typed after it is its reason, and no more keys.
void ThreatTeamTest::whatIsTypedAfterMIsItsReason()
{
    make("m");
    Workbench bench(path(QStringLiteral("home-m")));
    QVERIFY(show(bench, "m"));
    auto* inspector = part<ThreatInspector>(bench);
    auto* list = part<ThreatNavigator>(bench)->list();
    auto* reason = inspector->reason();
    QScrollBar* bar = nullptr;
    for (QWidget* up = reason; up && !bar; up = up->parentWidget()) {
        auto* area = qobject_cast<QScrollArea*>(up);
        bar = area ? area->verticalScrollBar() : nullptr;
    }
    QSignalSpy told(inspector, &ThreatInspector::told);
    decide(bench, secret, Qt::Key_M);
    QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
    QVERIFY(reason->hasFocus());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("taken out, and rotated"));
    QTest::qWait(300);
    QCOMPARE(reason->text(), QStringLiteral("taken out, and rotated")); // nothing that comes meanwhile takes it away
    QVERIFY(!reason->visibleRegion().isEmpty()); // nor out of sight
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
    QTest::keyClick(reason, Qt::Key_Return);
    QTRY_VERIFY(kept("m").contains("taken out, and rotated"));
    QVERIFY(list->hasFocus() && decisionOf(bench, secret) == threats::Decision::Mitigated);
    QCOMPARE(told.last().at(0).toString(), QStringLiteral("Decided, with its reason."));
    // A decision that needs one is no longer asked about when it has it, nor when somebody does not want it after all.
    decide(bench, secret, Qt::Key_R);
    QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Open);
    reason->clear();
    decide(bench, secret, Qt::Key_X);
    QTRY_VERIFY(reason->hasFocus());
    QVERIFY(told.last().at(0).toString().contains(QStringLiteral("needs a reason")));
    QTest::keyClick(reason, Qt::Key_Escape);
    QVERIFY(told.last().at(0).toString().isEmpty() && list->hasFocus());
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Open);
    QVERIFY(bar && bar->value() > 0);
    stateOf(bench).step(1); // another card is read from its head
    QTRY_COMPARE(bar->value(), 0);
}

void ThreatTeamTest::enterDecidesWithTheReason()
{
    make("e");
    Workbench bench(path(QStringLiteral("home-e")));
    QVERIFY(show(bench, "e"));
    decide(bench, secret, Qt::Key_X);
    auto* inspector = part<ThreatInspector>(bench);
    auto* reason = inspector->reason();
    QTRY_VERIFY(reason->hasFocus());
    QTest::keyClick(reason, Qt::Key_Return); // still nothing written: it asks on
    QTest::qWait(100);
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Open && kept("e").isEmpty());
    QTest::keyClicks(reason, QStringLiteral("test data only"));
    QTest::keyClick(reason, Qt::Key_Return);
    QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Accepted);
    QTRY_VERIFY(kept("e").contains("test data only"));
    // Without a decision that waits for it, Enter says what comes next and decides nothing.
    const QByteArray before = kept("e");
    QSignalSpy told(inspector, &ThreatInspector::told);
    reason->setFocus();
    QTest::keyClicks(reason, QStringLiteral(" really"));
    QTest::keyClick(reason, Qt::Key_Return);
    QCOMPARE(told.size(), 1);
    QTest::qWait(200);
    QCOMPARE(kept("e"), before);
}

void ThreatTeamTest::whatMovesKeepsItsDecision()
{
    make("f");
    {
        Workbench bench(path(QStringLiteral("home-f")));
        QVERIFY(show(bench, "f"));
        decide(bench, secret, Qt::Key_M);
        QTRY_VERIFY(kept("f").contains("\"decision\":\"mitigated\""));
        QVERIFY(QDir(path(QStringLiteral("f"))).mkpath(QStringLiteral("src")));
        QVERIFY(QFile::rename(path(QStringLiteral("f/train.py")), path(QStringLiteral("f/src/fit.py"))));
        QTRY_VERIFY_WITH_TIMEOUT(kept("f").contains("moved train.py -> src/fit.py"), 20'000);
        QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
        QVERIFY(part<ForeignBand>(bench)->isHidden()); // it is one's own under its new name
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier); // and can be taken back
        QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Open);
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
        QTRY_COMPARE(kept("f").count("\"decision\":\"mitigated\""), 1);
        bench.saver.flush();
    }
    // While no window was open, too.
    QVERIFY(QFile::rename(path(QStringLiteral("f/src/fit.py")), path(QStringLiteral("f/fit.py"))));
    Workbench bench(path(QStringLiteral("home-f")));
    QVERIFY(show(bench, "f"));
    QTRY_VERIFY(decisionOf(bench, secret) == threats::Decision::Mitigated);
    QTRY_VERIFY(kept("f").contains("moved src/fit.py -> fit.py"));
    QVERIFY(part<ForeignBand>(bench)->isHidden());
}

void ThreatTeamTest::copiesAreNoMove()
{
    make("g");
    {
        Workbench bench(path(QStringLiteral("home-g")));
        QVERIFY(show(bench, "g"));
        decide(bench, secret, Qt::Key_M);
        QTRY_VERIFY(kept("g").contains("\"decision\":\"mitigated\""));
        bench.saver.flush();
    }
    QVERIFY(QFile::rename(path(QStringLiteral("g/train.py")), path(QStringLiteral("g/one.py"))));
    QVERIFY(QFile::copy(path(QStringLiteral("g/one.py")), path(QStringLiteral("g/two.py"))));
    Workbench bench(path(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    QVERIFY(decisionOf(bench, secret) == threats::Decision::Open); // which of the two would it be?
    QVERIFY(!kept("g").contains("moved"));
}

QTEST_MAIN(ThreatTeamTest)
#include "tst_threat_team.moc"
