// SPDX-License-Identifier: GPL-3.0-or-later
// From a finding to the threats that it speaks for and back, with real keys and presses, also where the model has to be
// made first; and mending the file changes both.
#include "threat_bench.h"

#include "app/shell/actions.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/findings_view.h"
#include "widgets/findings/threat_links.h"
#include "widgets/threats/threat_inspector.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

class ThreatLinksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theModelIsMadeWhenItIsAskedFor();
    void bothWaysAreLive();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

namespace {

// The first finding of the script that the model has a threat for.
std::optional<FindingRef> spoken(Workbench& bench)
{
    for (const auto& ref : bench.session.review().visible()) {
        const auto* finding = bench.session.review().finding(ref);
        if (finding && ref.artifact.ends_with("train.py")
            && !threatsOf(overlaid(bench).model, finding->fingerprint).empty()) {
            return ref;
        }
    }
    return std::nullopt;
}

ThreatLinks* linksOf(Workbench& bench)
{
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("review"));
    return page ? page->findChild<FindingInspector*>()->threats() : nullptr;
}

} // namespace

void ThreatLinksTest::theModelIsMadeWhenItIsAskedFor()
{
    QVERIFY(makeProject(path("a")));
    std::string fingerprint;
    {
        Workbench bench(path("home-a"));
        QVERIFY(showThreats(bench, path("a")));
        const auto ref = spoken(bench);
        QVERIFY(ref);
        fingerprint = bench.session.review().finding(*ref)->fingerprint;
    }
    Workbench bench(path("home-a2"));
    bench.window.resize(1440, 900);
    bench.window.open({OpenTarget{path("a"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    for (const auto& ref : bench.session.review().visible()) {
        if (bench.session.review().finding(ref)->fingerprint == fingerprint) {
            bench.session.review().setCurrent(ref);
            break;
        }
    }
    QTRY_VERIFY(linksOf(bench)->isVisible());
    QVERIFY(linksOf(bench)->all()->text().contains(QStringLiteral("make")));
    // By the menu of the list.
    auto* list = bench.window.findChild<ModePage*>(QStringLiteral("review"))->findChild<FindingsView*>();
    Q_EMIT list->threatsRequested();
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(bench).threat(), 20'000);
    QVERIFY(!stateOf(bench).only().isEmpty());
    const auto& findings = stateOf(bench).threat()->findings;
    QVERIFY(std::find(findings.begin(), findings.end(), fingerprint) != findings.end());
    QCOMPARE(stateOf(bench).shown().size(), threatsOf(overlaid(bench).model, fingerprint).size());
}

void ThreatLinksTest::bothWaysAreLive()
{
    QVERIFY(makeProject(path("b")));
    Workbench bench(path("home-b"));
    QVERIFY(showThreats(bench, path("b")));
    const auto ref = spoken(bench);
    QVERIFY(ref);
    const std::string fingerprint = bench.session.review().finding(*ref)->fingerprint;
    const auto threats = threatsOf(overlaid(bench).model, fingerprint);
    stateOf(bench).selectThreat(threats.front());
    part<ThreatView>(bench)->takeFocus();
    QTest::keyClick(part<ThreatView>(bench)->canvas(), Qt::Key_O); // to a finding
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("review"));
    QTRY_VERIFY(page && page->isVisible());
    bench.session.review().setCurrent(ref);
    QTRY_COMPARE(linksOf(bench)->finding(), fingerprint);
    QTRY_VERIFY(linksOf(bench)->isVisible() && !linksOf(bench)->ways().empty());
    QCOMPARE(linksOf(bench)->all()->text(), QStringLiteral("Threats: %1").arg(threats.size()));
    QTest::mouseClick(linksOf(bench)->ways().front(), Qt::LeftButton); // and back
    auto* mode = bench.window.findChild<ModePage*>(QStringLiteral("threats"));
    QTRY_VERIFY(mode->isVisible());
    QCOMPARE(stateOf(bench).threat()->id, threats.front());
    QVERIFY(part<ThreatInspector>(bench)->page() == ThreatInspector::Page::Threat);
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(page->isVisible());
    bench.window.actions().at(u"finding.threats")->trigger(); // Shift+O
    QTRY_VERIFY(mode->isVisible() && !stateOf(bench).only().isEmpty());
    // While findings are looked at, the threats beside them follow what is in the files.
    QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
    QFile script(path("b") + QStringLiteral("/train.py"));
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write("print(1)\n") > 0);
    script.close();
    QTRY_VERIFY_WITH_TIMEOUT(threatsOf(overlaid(bench).model, fingerprint).empty(), 20'000);
}

QTEST_MAIN(ThreatLinksTest)
#include "tst_threat_links.moc"
