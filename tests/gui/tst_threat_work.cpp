// SPDX-License-Identifier: GPL-3.0-or-later
// Work on a threat model with real keys, presses and drags: elements, flows and zones are drawn, named, moved, hidden
// and brought back, each is a line of the file and a step of undo, and a new scan leaves all of it.
#include "threat_bench.h"

#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/fact_rows.h"
#include "widgets/threats/part_editor.h"
#include "widgets/threats/part_list.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_view.h"
#include "widgets/threats/threat_work.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using namespace cupel::test;

class ThreatWorkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void drawnByMouse();
    void drawnByKeys();
    void movedTogether();
    void whatIsMovedStaysChosen();
    void zonesTakeInAndLetGo();
    void hiddenComesBack();
    void newOnesWait();
    void fieldsOfAPart();
    void nothingSecretIsWritten();
    void partsAreFound();
    void largeTextLeavesRoom();

private:
    [[nodiscard]] bool show(Workbench& bench, const char* folder) const;
    void write(const QString& name, const QByteArray& bytes) const;
    void make(const char* folder) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray kept(const char* folder) const;
    QTemporaryDir m_folder;
};

void ThreatWorkTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

void ThreatWorkTest::make(const char* folder) const
{
    QVERIFY(makeProject(path(QString::fromLatin1(folder))));
}

QByteArray ThreatWorkTest::kept(const char* folder) const
{
    QFile file(path(QString::fromLatin1(folder) + QStringLiteral("/.cupel/threats.jsonl")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ThreatWorkTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

bool ThreatWorkTest::show(Workbench& bench, const char* folder) const
{
    return showThreats(bench, path(QString::fromLatin1(folder)));
}

void ThreatWorkTest::drawnByMouse()
{
    make("a");
    Workbench bench(path(QStringLiteral("home-a")));
    QVERIFY(show(bench, "a"));
    auto* canvas = part<GraphCanvas>(bench);
    const auto before = overlaid(bench).model.elements.size();
    QTest::keyClick(canvas, Qt::Key_E);
    QVERIFY(pick(bench, QStringLiteral("Agent")));
    const QPoint place = emptyPlace(bench);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, place);
    QTRY_VERIFY(part<ThreatWork>(bench)->field()); // it wants a name
    type(part<ThreatWork>(bench)->field(), QStringLiteral("Helper"));
    QTRY_VERIFY(element(bench, "Helper"));
    QCOMPARE(overlaid(bench).model.elements.size(), before + 1);
    QVERIFY((boxOf(bench, "Helper").center() - place).manhattanLength() < 24); // where it was put
    QTRY_VERIFY(kept("a").contains("\"kind\":\"agent\""));
    QVERIFY(kept("a").contains("\"add element\""));
    // A line from its edge to another.
    const auto flows = overlaid(bench).model.flows.size();
    const QRect from = boxOf(bench, "Helper");
    drag(canvas->viewport(), QPoint(from.left() + 2, from.center().y()), boxOf(bench, "train.py").center());
    QTRY_COMPARE(overlaid(bench).model.flows.size(), flows + 1);
    const auto& flow = overlaid(bench).model.flows.back();
    QCOMPARE(QString::fromStdString(flow.source), QString::fromStdString(element(bench, "Helper")->id));
    QCOMPARE(QString::fromStdString(flow.target), QString::fromStdString(element(bench, "train.py")->id));
    // A double click names, a drag moves, and what was not moved stays where it is.
    const QRect other = boxOf(bench, "own.csv");
    QTest::mouseDClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "train.py").center());
    QTRY_VERIFY(part<ThreatWork>(bench)->field());
    type(part<ThreatWork>(bench)->field(), QStringLiteral("Training"));
    QTRY_VERIFY(element(bench, "Training"));
    const QRect old = boxOf(bench, "Training");
    drag(canvas->viewport(), old.center(), old.center() + QPoint(40, 64));
    QTRY_VERIFY(element(bench, "Training")->box.has_value());
    QTRY_VERIFY((boxOf(bench, "Training").center() - old.center() - QPoint(40, 64)).manhattanLength() < 14);
    QCOMPARE(boxOf(bench, "own.csv").topLeft(), other.topLeft());
    QTRY_VERIFY(kept("a").contains("{\"place\":"));
    // One stack over all of it.
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Move Training"));
    while (bench.session.undo().canUndo()) {
        bench.session.undo().undo();
    }
    QTRY_COMPARE(overlaid(bench).model.elements.size(), before);
    QTRY_VERIFY(element(bench, "train.py") && !element(bench, "train.py")->box);
    QTRY_VERIFY(!kept("a").contains("{\"place\":") && !kept("a").contains("{\"part\":"));
    while (bench.session.undo().canRedo()) {
        bench.session.undo().redo();
    }
    QTRY_VERIFY(element(bench, "Training") && element(bench, "Helper"));
}

void ThreatWorkTest::drawnByKeys()
{
    make("b");
    {
        Workbench bench(path(QStringLiteral("home-b")));
        QVERIFY(show(bench, "b"));
        auto* canvas = part<GraphCanvas>(bench);
        QTest::keyClick(canvas, Qt::Key_E);
        QTRY_VERIFY(qobject_cast<QMenu*>(QApplication::activePopupWidget())); // letters choose
        QTest::keyClicks(QApplication::activePopupWidget(), QStringLiteral("model reg"));
        QCOMPARE(qobject_cast<QMenu*>(QApplication::activePopupWidget())->activeAction()->text(),
            QStringLiteral("Model registry"));
        QVERIFY(pick(bench, QStringLiteral("Model registry")));
        QVERIFY(part<CanvasEditor>(bench)->tool() == CanvasEditor::Tool::Place);
        QTest::keyClick(canvas, Qt::Key_Return);
        QTRY_VERIFY(part<ThreatWork>(bench)->field());
        type(part<ThreatWork>(bench)->field(), QStringLiteral("Registry"));
        QTRY_VERIFY(element(bench, "Registry"));
        QTRY_VERIFY(canvas->hasFocus());
        QTRY_COMPARE(canvas->current(), nodeOf(bench, "Registry"));
        // F, then to the target and Enter; Esc gives up.
        const auto flows = overlaid(bench).model.flows.size();
        QTest::keyClick(canvas, Qt::Key_F);
        QTest::keyClick(canvas, Qt::Key_Escape);
        QVERIFY(part<CanvasEditor>(bench)->tool() == CanvasEditor::Tool::Select);
        QTest::keyClick(canvas, Qt::Key_F);
        QTest::keyClick(canvas, Qt::Key_PageUp);
        QTest::keyClick(canvas, Qt::Key_Return);
        QTRY_COMPARE(overlaid(bench).model.flows.size(), flows + 1);
        // The flow is chosen: F2 names it.
        QTest::keyClick(canvas, Qt::Key_F2);
        QTRY_VERIFY(part<ThreatWork>(bench)->field());
        type(part<ThreatWork>(bench)->field(), QStringLiteral("weights"));
        QTRY_VERIFY(named(overlaid(bench).model.flows, "weights"));
        // Ctrl and an arrow moves by one step of the grid.
        canvas->setCurrent(nodeOf(bench, "Registry"));
        const auto box = *element(bench, "Registry")->box;
        QTest::keyClick(canvas, Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE(element(bench, "Registry")->box->x, box.x + CanvasEditor::grid);
        QTest::keyClick(canvas, Qt::Key_Delete);
        QTRY_VERIFY(!element(bench, "Registry"));
        QCOMPARE(overlaid(bench).model.flows.size(), flows); // its flow went with it
        QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(element(bench, "Registry"));
        QTRY_VERIFY(kept("b").contains("\"delete element\""));
    }
    { // For somebody else it waits for a yes.
        Workbench other(path(QStringLiteral("home-b2")));
        QVERIFY(show(other, "b"));
        QVERIFY(!element(other, "Registry") && other.session.threats().state().foreign().count > 0);
    }
    // The next window of whoever drew it has it all, unasked.
    Workbench bench(path(QStringLiteral("home-b")));
    QVERIFY(show(bench, "b"));
    QVERIFY(element(bench, "Registry") && named(overlaid(bench).model.flows, "weights"));
    QCOMPARE(bench.session.threats().state().foreign().count, 0);
}

void ThreatWorkTest::movedTogether()
{
    make("c");
    Workbench bench(path(QStringLiteral("home-c")));
    QVERIFY(show(bench, "c"));
    auto* canvas = part<GraphCanvas>(bench);
    const QRect one = boxOf(bench, "train.py");
    const QRect two = boxOf(bench, "own.csv");
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, one.center());
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, Qt::ShiftModifier, two.center());
    QCOMPARE(canvas->selection().size(), 2U);
    drag(canvas->viewport(), one.center(), one.center() + QPoint(0, 160));
    QTRY_VERIFY(element(bench, "train.py")->box && element(bench, "own.csv")->box);
    QTRY_COMPARE(canvas->selection().size(), 2U); // they can be moved on
    QTRY_COMPARE(boxOf(bench, "train.py").top() - one.top(), boxOf(bench, "own.csv").top() - two.top());
    QCOMPARE(bench.session.undo().undoText(), QStringLiteral("Move 2 element(s)"));
    part<ThreatWork>(bench)->align(threats::Alignment::Left);
    QTRY_COMPARE(element(bench, "train.py")->box->x, element(bench, "own.csv")->box->x);
    const int steps = bench.session.undo().index();
    bench.session.undo().undo();
    bench.session.undo().undo();
    QCOMPARE(bench.session.undo().index(), steps - 2);
    QTRY_VERIFY(!element(bench, "train.py")->box && !element(bench, "own.csv")->box);
}

// By keys, with all of it chosen and from far away: again and again, whatever the drawing has not shown yet.
void ThreatWorkTest::whatIsMovedStaysChosen()
{
    make("k");
    Workbench bench(path(QStringLiteral("home-k")));
    QVERIFY(show(bench, "k"));
    auto* canvas = part<GraphCanvas>(bench);
    canvas->setFocus();
    canvas->setZoom(0.4);
    QTest::keyClick(canvas, Qt::Key_A, Qt::ControlModifier);
    const auto count = canvas->selection().size();
    QCOMPARE(count, canvas->scene()->nodes().size());
    QTest::keyClick(canvas, Qt::Key_Right, Qt::ControlModifier);
    QTRY_VERIFY(element(bench, "train.py")->box);
    const auto first = *element(bench, "train.py")->box;
    QCOMPARE(canvas->selection().size(), count);
    QTest::keyClick(canvas, Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(canvas, Qt::Key_Right, Qt::ControlModifier); // before the drawing has followed
    QTRY_COMPARE(element(bench, "train.py")->box->x, first.x + 2 * CanvasEditor::grid);
    QCOMPARE(canvas->selection().size(), count);
    QCOMPARE(canvas->zoom(), 0.4);
    // Two of them, the last one no longer among them.
    for (const char* name : {"own.csv", "train.py", "model.joblib", "train.py"}) {
        QTest::mouseClick(canvas->viewport(), Qt::LeftButton,
            name == std::string("own.csv") ? Qt::NoModifier : Qt::ShiftModifier, boxOf(bench, name).center());
    }
    const auto pair = canvas->selection();
    QCOMPARE(pair.size(), 2U);
    const auto second = *element(bench, "own.csv")->box;
    for (int i = 1; i <= 3; ++i) {
        QTest::keyClick(canvas, Qt::Key_Down, Qt::ControlModifier);
        QTRY_COMPARE(element(bench, "own.csv")->box->y, second.y + i * CanvasEditor::grid);
        QTRY_COMPARE(canvas->selection(), pair);
    }
    QCOMPARE(canvas->zoom(), 0.4);
}

void ThreatWorkTest::zonesTakeInAndLetGo()
{
    make("d");
    Workbench bench(path(QStringLiteral("home-d")));
    QVERIFY(show(bench, "d"));
    auto* canvas = part<GraphCanvas>(bench);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "own.csv").center());
    QTest::keyClick(canvas, Qt::Key_Z); // around what is chosen
    QTRY_VERIFY(part<ThreatWork>(bench)->field());
    type(part<ThreatWork>(bench)->field(), QStringLiteral("Vault"));
    const auto vault = [&] { return named(overlaid(bench).model.zones, "Vault"); };
    QTRY_VERIFY(vault());
    QCOMPARE(QString::fromStdString(element(bench, "own.csv")->zone), QString::fromStdString(vault()->id));
    // Made so small that it lets go.
    QTRY_COMPARE(part<CanvasEditor>(bench)->frame(), stateOf(bench).reading()->frameOf(vault()->id));
    const auto frame = stateOf(bench).reading()->frameOf(vault()->id);
    const QRect box = canvas->toViewport(canvas->scene()->frames()[frame].box).toRect();
    drag(canvas->viewport(), QPoint(box.right() + 1, box.center().y()), QPoint(box.left() + 30, box.center().y()));
    QTRY_VERIFY(element(bench, "own.csv")->zone != vault()->id);
    bench.session.undo().undo();
    QTRY_VERIFY(element(bench, "own.csv")->zone == vault()->id);
    // Its trust is asked for by rules.
    stateOf(bench).selectPart(vault()->id);
    auto* editor = part<PartEditor>(bench);
    QTRY_VERIFY(editor->trust()->isVisible());
    editor->trust()->setFocus();
    editor->trust()->setValue(90);
    QTest::keyClick(editor->trust(), Qt::Key_Return);
    QTRY_VERIFY(vault()->trust == 90);
    // An element again: each of its rows has its place.
    stateOf(bench).selectPart(element(bench, "own.csv")->id);
    part<ThreatInspector>(bench)->setPage(ThreatInspector::Page::Part);
    QTRY_VERIFY(editor->kind()->isVisible() && editor->zone()->isVisible() && !editor->trust()->isVisible());
    QTRY_VERIFY(editor->zone()->y() > editor->kind()->geometry().bottom());
    QTRY_COMPARE(editor->zone()->height(), editor->kind()->height());
    // Drawn by hand where nothing is.
    const auto zones = overlaid(bench).model.zones.size();
    canvas->setFocus();
    canvas->setCurrent(GraphScene::none);
    QTest::keyClick(canvas, Qt::Key_Z);
    QVERIFY(part<CanvasEditor>(bench)->tool() == CanvasEditor::Tool::Area);
    const QPoint corner = emptyPlace(bench);
    drag(canvas->viewport(), corner, corner + QPoint(-70, -60));
    QTRY_COMPARE(overlaid(bench).model.zones.size(), zones + 1);
    QTRY_VERIFY(kept("d").contains("\"add zone\""));
}

void ThreatWorkTest::hiddenComesBack()
{
    make("e");
    Workbench bench(path(QStringLiteral("home-e")));
    QVERIFY(show(bench, "e"));
    auto* canvas = part<GraphCanvas>(bench);
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench, "own.csv").center());
    QTest::keyClick(canvas, Qt::Key_Delete);
    QTRY_VERIFY(!element(bench, "own.csv"));
    QCOMPARE(overlaid(bench).hidden.size(), 1U);
    // A new scan does not bring it back, a key does.
    write(QStringLiteral("e/train.py"), trainingScript + "print(1)\n");
    QTest::qWait(900);
    QVERIFY(QTest::qWaitFor([&] { return !bench.session.scanning(); }, 20'000));
    QTRY_VERIFY(!element(bench, "own.csv"));
    auto* navigator = part<ThreatNavigator>(bench);
    navigator->setPage(ThreatNavigator::Page::Parts);
    auto* list = navigator->parts()->list();
    const auto& facts = list->facts();
    const auto at = std::find_if(
        facts.begin(), facts.end(), [](const FactRow& row) { return row.title == QStringLiteral("own.csv"); });
    QVERIFY(at != facts.end());
    list->setFocus();
    list->setCurrentIndex(list->model()->index(static_cast<int>(at - facts.begin()), 0));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(element(bench, "own.csv"));
    QVERIFY(overlaid(bench).hidden.empty());
    QTRY_VERIFY(kept("e").contains("\"bring back\""));
}

void ThreatWorkTest::newOnesWait()
{
    make("f");
    Workbench bench(path(QStringLiteral("home-f")));
    QVERIFY(show(bench, "f"));
    auto* canvas = part<GraphCanvas>(bench);
    const QRect old = boxOf(bench, "train.py");
    drag(canvas->viewport(), old.center(), old.center() + QPoint(24, 56));
    QTRY_VERIFY(element(bench, "train.py")->box);
    const auto place = *element(bench, "train.py")->box;
    const auto nodes = canvas->scene()->nodes().size();
    write(QStringLiteral("f/late.csv"), "a,b\n1,2\n");
    write(QStringLiteral("f/train.py"), trainingScript + "late = pd.read_csv('late.csv')\n");
    QTRY_VERIFY_WITH_TIMEOUT(element(bench, "late.csv"), 20'000);
    QVERIFY(overlaid(bench).tray.contains(element(bench, "late.csv")->id));
    QCOMPARE(canvas->scene()->nodes().size(), nodes); // it is not drawn yet
    QVERIFY(*element(bench, "train.py")->box == place); // and what was moved is where it was put
    auto* navigator = part<ThreatNavigator>(bench);
    navigator->setPage(ThreatNavigator::Page::Parts);
    QVERIFY(navigator->parts()->accept()->isVisible());
    QTest::mouseClick(navigator->parts()->accept(), Qt::LeftButton);
    QTRY_VERIFY(overlaid(bench).tray.empty());
    QTRY_COMPARE(canvas->scene()->nodes().size(), nodes + 1);
    // What vanishes becomes a ghost and keeps its name.
    QVERIFY(QFile::remove(path(QStringLiteral("f/late.csv"))));
    write(QStringLiteral("f/train.py"), trainingScript);
    QTRY_VERIFY_WITH_TIMEOUT(!overlaid(bench).ghosts.empty(), 20'000);
    QVERIFY(element(bench, "late.csv"));
}

void ThreatWorkTest::fieldsOfAPart()
{
    make("g");
    Workbench bench(path(QStringLiteral("home-g")));
    QVERIFY(show(bench, "g"));
    const std::string id = element(bench, "own.csv")->id;
    const auto own = [&]() -> const threats::Element& {
        const auto& all = overlaid(bench).model.elements;
        return *std::find_if(all.begin(), all.end(), [&](const threats::Element& one) { return one.id == id; });
    };
    stateOf(bench).selectPart(id);
    part<ThreatInspector>(bench)->setPage(ThreatInspector::Page::Part);
    auto* editor = part<PartEditor>(bench);
    editor->name()->setFocus();
    editor->name()->selectAll();
    type(editor->name(), QStringLiteral("Customers am"));
    QTRY_VERIFY(own().name == "Customers am"); // letters are letters here
    editor->kind()->setFocus();
    editor->kind()->setCurrentIndex(editor->kind()->findData(QStringLiteral("feature-store")));
    Q_EMIT editor->kind()->activated(editor->kind()->currentIndex());
    QTRY_VERIFY(own().kind == "feature-store");
    editor->newKey()->setEditText(QStringLiteral("encrypted_at_rest"));
    editor->newValue()->setFocus();
    type(editor->newValue(), QStringLiteral("yes"));
    QTRY_VERIFY(threats::attribute(own(), "encrypted_at_rest") == "yes");
    QTRY_VERIFY(editor->value("encrypted_at_rest"));
    editor->value("encrypted_at_rest")->setFocus();
    editor->value("encrypted_at_rest")->selectAll();
    type(editor->value("encrypted_at_rest"), QStringLiteral("no"));
    QTRY_VERIFY(threats::attribute(own(), "encrypted_at_rest") == "no");
    QCOMPARE(bench.session.undo().count(), 4);
    for (int i = 0; i < 4; ++i) {
        bench.session.undo().undo();
    }
    QTRY_VERIFY(own().name == "own.csv" && own().kind == "dataset");
}

void ThreatWorkTest::nothingSecretIsWritten()
{
    make("h");
    Workbench bench(path(QStringLiteral("home-h")));
    QVERIFY(show(bench, "h"));
    const std::string id = element(bench, "own.csv")->id;
    stateOf(bench).selectPart(id);
    part<ThreatInspector>(bench)->setPage(ThreatInspector::Page::Part);
    auto* editor = part<PartEditor>(bench);
    editor->newKey()->setEditText(QStringLiteral("password"));
    editor->newValue()->setFocus();
    type(editor->newValue(), QStringLiteral("correct-Horse-71-battery"));
    editor->name()->setFocus();
    editor->name()->selectAll();
    type(editor->name(), QStringLiteral("password = 'correct-Horse-71-battery'"));
    QTest::qWait(300);
    QVERIFY(!kept("h").contains("Horse"));
    QCOMPARE(bench.session.undo().count(), 0);
}

void ThreatWorkTest::partsAreFound()
{
    make("i");
    Workbench bench(path(QStringLiteral("home-i")));
    QVERIFY(show(bench, "i"));
    auto* navigator = part<ThreatNavigator>(bench);
    const auto lists = [&](const QString& title) {
        const auto& facts = navigator->list()->facts();
        return std::any_of(facts.begin(), facts.end(), [&](const FactRow& row) { return row.title == title; });
    };
    QTest::keyClicks(navigator->search(), QStringLiteral("flw-cleartext")); // the id of a rule
    QVERIFY(!stateOf(bench).shown().empty());
    navigator->search()->clear();
    QTest::keyClicks(navigator->search(), QStringLiteral("joblib"));
    QVERIFY(lists(QStringLiteral("model.joblib")) || !stateOf(bench).shown().empty());
    navigator->search()->clear();
    QTest::keyClicks(navigator->search(), QStringLiteral("zzz"));
    QCOMPARE(navigator->list()->facts().size(), 1U);
}

void ThreatWorkTest::largeTextLeavesRoom()
{
    make("j");
    Workbench bench(path(QStringLiteral("home-j")));
    QVERIFY(show(bench, "j"));
    stateOf(bench).step(1);
    setTextZoom(2.0);
    bench.window.resize(1100, 700);
    QTest::qWait(200);
    QVERIFY(part<ThreatNavigator>(bench)->list()->height() >= 120);
    QVERIFY(part<ThreatInspector>(bench)->facts()->height() >= 120);
    setTextZoom(1.0);
}

QTEST_MAIN(ThreatWorkTest)
#include "tst_threat_work.moc"
