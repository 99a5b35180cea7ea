// SPDX-License-Identifier: GPL-3.0-or-later
// Copying, cutting, pasting and duplicating parts of a threat model with real keys, into the same and another model;
// and what a stranger's clipboard may hold.
#include "threat_bench.h"

#include "analyzers/threats/work/part_copy.h"
#include "app/session/threat_clipboard.h"
#include "widgets/threats/threat_work.h"

#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QUndoStack>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

namespace {

const QString form = QStringLiteral("application/x-cupel-threat-parts");

std::size_t countOf(Workbench& bench, const char* name)
{
    const auto& all = overlaid(bench).model.elements;
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [name](const threats::Element& one) { return one.name == name; }));
}

PastedParts pasted(const QByteArray& bytes)
{
    QMimeData data;
    data.setData(form, bytes);
    return partsOn(&data);
}

} // namespace

class ThreatCopiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiedIntoAnotherModel();
    void cutAndDuplicated();
    void zonesGoWithWhatStandsInThem();
    void nothingHostileIsPasted();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void ThreatCopiesTest::copiedIntoAnotherModel()
{
    QVERIFY(makeProject(path("a")) && makeProject(path("b")));
    {
        Workbench bench(path("home-a"));
        QVERIFY(showThreats(bench, path("a")));
        auto* canvas = part<GraphCanvas>(bench);
        QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "own.csv").center());
        QTest::mouseClick(canvas->viewport(), Qt::LeftButton, Qt::ShiftModifier, boxOf(bench, "train.py").center());
        QTest::keyClick(canvas, Qt::Key_C, Qt::ControlModifier);
        const auto* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->hasFormat(form));
        QVERIFY(data->text().contains(QStringLiteral("own.csv (data set)")));
        QVERIFY(data->text().contains(QStringLiteral("own.csv \u2192 train.py")));
        QVERIFY(!data->text().contains(QStringLiteral("model.joblib")));
    }
    Workbench bench(path("home-b"));
    QVERIFY(showThreats(bench, path("b")));
    auto* canvas = part<GraphCanvas>(bench);
    const auto elements = overlaid(bench).model.elements.size();
    const auto flows = overlaid(bench).model.flows.size();
    QTest::keyClick(canvas, Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(overlaid(bench).model.elements.size(), elements + 2);
    QCOMPARE(overlaid(bench).model.flows.size(), flows + 1);
    QCOMPARE(countOf(bench, "own.csv"), 2U);
    QTRY_COMPARE(canvas->selection().size(), 2U); // they are moved next
    std::set<std::string> ids;
    for (const auto& one : overlaid(bench).model.elements) {
        QVERIFY(ids.insert(one.id).second);
    }
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Paste 2 element(s)"));
    QTest::keyClick(canvas, Qt::Key_V, Qt::ControlModifier); // beside the first ones
    QTRY_COMPARE(overlaid(bench).model.elements.size(), elements + 4);
    bench.session.undo().undo();
    bench.session.undo().undo();
    QTRY_COMPARE(overlaid(bench).model.elements.size(), elements);
    QCOMPARE(overlaid(bench).model.flows.size(), flows);
}

void ThreatCopiesTest::cutAndDuplicated()
{
    QVERIFY(makeProject(path("c")));
    Workbench bench(path("home-c"));
    QVERIFY(showThreats(bench, path("c")));
    auto* canvas = part<GraphCanvas>(bench);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "own.csv").center());
    const QString mode = QStringLiteral("threats");
    QTest::keyClick(canvas, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(countOf(bench, "own.csv"), 2U);
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Duplicate own.csv"));
    QVERIFY(bench.window.findChild<ModePage*>(mode)->isVisible()); // and it compares nothing
    const auto& all = overlaid(bench).model.elements;
    QCOMPARE(all.back().kind, std::string("dataset"));
    QVERIFY(all.back().box.has_value());
    QTRY_COMPARE(stateOf(bench).part(), all.back().id);
    QTest::keyClick(canvas, Qt::Key_X, Qt::ControlModifier);
    QTRY_COMPARE(countOf(bench, "own.csv"), 1U);
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Cut own.csv"));
    QTest::keyClick(canvas, Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(countOf(bench, "own.csv"), 2U);
    for (int i = 0; i < 3; ++i) {
        bench.session.undo().undo();
    }
    QTRY_COMPARE(countOf(bench, "own.csv"), 1U);
    QVERIFY(!bench.session.undo().canUndo());
    // Something else on the clipboard.
    QGuiApplication::clipboard()->setText(QStringLiteral("own.csv"));
    QTest::keyClick(canvas, Qt::Key_V, Qt::ControlModifier);
    QTest::qWait(100);
    QVERIFY(!bench.session.undo().canUndo());
}

void ThreatCopiesTest::zonesGoWithWhatStandsInThem()
{
    QVERIFY(makeProject(path("d")));
    Workbench bench(path("home-d"));
    QVERIFY(showThreats(bench, path("d")));
    auto* canvas = part<GraphCanvas>(bench);
    const std::string zone = element(bench, "own.csv")->zone;
    const auto before = std::count_if(overlaid(bench).model.elements.begin(), overlaid(bench).model.elements.end(),
        [&](const threats::Element& one) { return one.zone == zone; });
    const auto zones = overlaid(bench).model.zones.size();
    const auto elements = static_cast<std::ptrdiff_t>(overlaid(bench).model.elements.size());
    stateOf(bench).selectPart(zone);
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(canvas, Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(overlaid(bench).model.zones.size(), zones + 1);
    QCOMPARE(static_cast<std::ptrdiff_t>(overlaid(bench).model.elements.size()), elements + before);
    const auto& made = overlaid(bench).model.zones.back();
    QCOMPARE(std::count_if(overlaid(bench).model.elements.begin(), overlaid(bench).model.elements.end(),
                 [&](const threats::Element& one) { return one.zone == made.id; }),
        before);
}

void ThreatCopiesTest::nothingHostileIsPasted()
{
    const QByteArray head = "{\"cupel\":\"threat-parts\",\"version\":1}\n";
    const QByteArray place = "{\"place\":\"a\",\"x\":1,\"y\":1,\"width\":90,\"height\":40}\n";
    const QByteArray one = "{\"part\":\"a\",\"type\":\"element\",\"name\":\"A\",\"kind\":\"agent\"}\n";
    QVERIFY(pasted(head + one + place).parts.has_value());
    QVERIFY(pasted(one + place).trouble.contains(QStringLiteral("version")));
    const auto refused = [&](const QByteArray& lines) { return !pasted(head + lines).parts.has_value(); };
    QVERIFY(refused({}));
    QVERIFY(refused(one)); // nowhere
    QVERIFY(refused(QByteArray(one).replace("agent", "rocket") + place));
    QVERIFY(refused(QByteArray(one).replace("element", "shape") + place));
    QVERIFY(refused(QByteArray(one).replace("\"agent\"", "\"agent\",\"zone\":\"internet\"") + place)); // not its own
    QVERIFY(refused(one + place + "{\"part\":\"f\",\"type\":\"flow\",\"source\":\"a\",\"target\":\"person\"}\n"));
    QVERIFY(refused(one + place + "{\"threat\":\"t\",\"applicability\":\"applies\",\"decision\":\"accepted\"}\n"));
    QVERIFY(refused(one + place + "{\"part\":\"train\",\"removed\":true}\n"));
    QVERIFY(refused(one + place + "not json\n"));
    QVERIFY(refused(one + place + "{\"place\":\"b\",\"x\":1,\"y\":1,\"width\":90,\"height\":40}\n"));
    QVERIFY(refused(QByteArray(one).replace("\"A\"", "\"" + QByteArray(5'000, 'A') + "\"") + place));
    QVERIFY(refused(one + place + QByteArray(2 << 20, '\n')));
    QByteArray ring;
    for (const char* id : {"y", "z"}) {
        ring +=
            QByteArray("{\"part\":\"") + id + "\",\"type\":\"zone\",\"zone\":\"" + (*id == 'y' ? "z" : "y") + "\"}\n";
        ring += QByteArray(place).replace("\"a\"", QByteArray("\"") + id + "\"");
    }
    QVERIFY(refused(ring));
    QByteArray many;
    for (int i = 0; i < 3'000; ++i) {
        many += QByteArray(one).replace("\"a\"", "\"" + QByteArray::number(i) + "\"");
        many += QByteArray(place).replace("\"a\"", "\"" + QByteArray::number(i) + "\"");
    }
    QVERIFY(refused(many));
    const auto far = pasted(head + one + QByteArray(place).replace("\"x\":1", "\"x\":9999999"));
    QVERIFY(far.parts && far.parts->places.begin()->second.x <= 100'000);
    // A credential that somebody wrote is not on the clipboard.
    threats::ThreatModel model;
    model.elements.emplace_back().id = "a";
    model.elements.back().kind = "agent";
    model.elements.back().name = "password = 'correct-Horse-71-battery'";
    model.elements.back().box = threats::Box{0, 0, 90, 40};
    const auto mime = clipboardOf(model);
    QVERIFY(!mime->data(form).contains("Horse") && !mime->text().contains(QStringLiteral("Horse")));
}

QTEST_MAIN(ThreatCopiesTest)
#include "tst_threat_copies.moc"
