// SPDX-License-Identifier: GPL-3.0-or-later
// Who works on a threat: by one key, by name, in the list, as a filter, in the file, and back by undo.
#include "threat_bench.h"

#include "app/settings/settings.h"
#include "widgets/common/fact_rows.h"
#include "widgets/threats/assignee_field.h"
#include "widgets/threats/presenter_card.h"
#include "widgets/threats/threat_filter.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"

#include <QtCore/QFile>
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

class ThreatAssigneeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aThreatHasAnAssignee();
    void aCredentialIsNobodysName();
    void theFileOfOthersIsAskedAbout();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray read(const QString& name) const;
    QTemporaryDir m_folder;
};

void ThreatAssigneeTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

QByteArray ThreatAssigneeTest::read(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ThreatAssigneeTest::aThreatHasAnAssignee()
{
    QVERIFY(makeProject(path(QStringLiteral("w"))));
    Workbench bench(path(QStringLiteral("home-w")));
    bench.settings.set(keys::author, QStringLiteral("Ada"));
    QVERIFY(showThreats(bench, path(QStringLiteral("w"))));
    QCOMPARE(stateOf(bench).me(), QStringLiteral("Ada"));
    stateOf(bench).step(1);
    auto* inspector = part<ThreatInspector>(bench);
    auto* field = inspector->assignee();
    const std::string id = stateOf(bench).threat()->id;
    inspector->takeFocus();
    QTest::keyClick(inspector->facts(), Qt::Key_I);
    QTRY_COMPARE(stateOf(bench).threat()->assignee, std::string("Ada"));
    QTRY_COMPARE(field->name()->text(), QStringLiteral("Ada"));
    QVERIFY(field->mine()->isChecked());
    QTRY_VERIFY(read(QStringLiteral("w/.cupel/threats.jsonl")).contains("assignee nobody -> Ada"));
    // With the keyboard in the drawing, M decides as everywhere.
    part<GraphCanvas>(bench)->setFocus();
    QTest::keyClick(part<GraphCanvas>(bench), Qt::Key_M);
    QTRY_VERIFY(stateOf(bench).threat()->decision == threats::Decision::Mitigated);
    bench.session.undo().undo();
    QTRY_VERIFY(stateOf(bench).threat()->decision == threats::Decision::Open);
    // In the list, and by itself.
    auto* navigator = part<ThreatNavigator>(bench);
    const auto& facts = navigator->list()->facts();
    QVERIFY(
        std::any_of(facts.begin(), facts.end(), [](const FactRow& row) { return row.right == QStringLiteral("Ada"); }));
    auto* filter = navigator->filter()->assignee();
    const auto choose = [&](const QString& text) {
        filter->setFocus();
        filter->setCurrentIndex(filter->findText(text));
        Q_EMIT filter->activated(filter->currentIndex());
    };
    const auto all = stateOf(bench).shown().size();
    choose(QStringLiteral("Mine"));
    QCOMPARE(stateOf(bench).shown().size(), 1U);
    QCOMPARE(stateOf(bench).count(ThreatState::Show::All), 1U);
    choose(QStringLiteral("Nobody\u2019s"));
    QCOMPARE(stateOf(bench).shown().size(), all - 1);
    choose(QStringLiteral("Assignee"));
    // Somebody else, by name; then back by undo, step by step.
    stateOf(bench).selectThreat(id);
    field->name()->setFocus();
    field->name()->selectAll();
    QTest::keyClicks(field->name(), QStringLiteral("Bo Berg"));
    QTest::keyClick(field->name(), Qt::Key_Return);
    QTRY_COMPARE(stateOf(bench).threat()->assignee, std::string("Bo Berg"));
    QVERIFY(!field->mine()->isChecked());
    QVERIFY(bench.session.undo().undoText().contains(QStringLiteral("Bo Berg")));
    QVERIFY(filter->findText(QStringLiteral("Bo Berg")) > 0);
    choose(QStringLiteral("Bo Berg"));
    QCOMPARE(stateOf(bench).shown().size(), 1U);
    bench.session.undo().undo();
    QTRY_COMPARE(stateOf(bench).threat()->assignee, std::string("Ada"));
    QCOMPARE(stateOf(bench).shown().size(), all); // a name that is gone filters no more
    bench.session.undo().undo();
    QTRY_VERIFY(stateOf(bench).threat()->assignee.empty());
    QVERIFY(field->name()->text().isEmpty());
}

void ThreatAssigneeTest::aCredentialIsNobodysName()
{
    QVERIFY(makeProject(path(QStringLiteral("x"))));
    Workbench bench(path(QStringLiteral("home-x")));
    QVERIFY(showThreats(bench, path(QStringLiteral("x"))));
    stateOf(bench).step(1);
    auto* field = part<ThreatInspector>(bench)->assignee();
    // What looks like a credential is nobody's name.
    field->name()->setFocus();
    field->name()->setText(QStringLiteral("ghp_") + QStringLiteral("AbCdEfGhIjKlMnOpQrStUvWxYz0123") + u'9');
    QTest::keyClick(field->name(), Qt::Key_Return);
    QVERIFY(stateOf(bench).threat()->assignee.empty());
}

// A line that came with the folder names nobody until somebody said yes to it.
void ThreatAssigneeTest::theFileOfOthersIsAskedAbout()
{
    const QString folder = path(QStringLiteral("v"));
    QVERIFY(makeProject(folder));
    std::string id;
    {
        Workbench bench(path(QStringLiteral("theirs")));
        bench.settings.set(keys::author, QStringLiteral("Bo"));
        QVERIFY(showThreats(bench, folder));
        stateOf(bench).step(1);
        id = stateOf(bench).threat()->id;
        part<ThreatInspector>(bench)->assignee()->toggleMine();
        QTRY_VERIFY(read(QStringLiteral("v/.cupel/threats.jsonl")).contains("{\"assignee\":"));
    }
    Workbench bench(path(QStringLiteral("ours")));
    bench.settings.set(keys::author, QStringLiteral("Ada"));
    QVERIFY(showThreats(bench, folder));
    stateOf(bench).selectThreat(id);
    QVERIFY(stateOf(bench).threat()->assignee.empty());
    QCOMPARE(stateOf(bench).foreign().count, 1);
    QVERIFY(stateOf(bench).reading()->events->empty());
    stateOf(bench).answerForeign(true);
    QTRY_COMPARE(stateOf(bench).threat()->assignee, std::string("Bo"));
    QCOMPARE(stateOf(bench).reading()->events->size(), 1U);
}

QTEST_MAIN(ThreatAssigneeTest)
#include "tst_threat_assignee.moc"
