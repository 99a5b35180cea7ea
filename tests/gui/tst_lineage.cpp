// SPDX-License-Identifier: GPL-3.0-or-later
// Lineage mode with real keys and clicks: the drawing, its table and tree, tracing and slicing, what is shown, the
// order of cells, the way to the code, pictures, and a window that goes on. The graphs are made by hand: what is tested
// here is what the window does with them.
#include "lineage_bench.h"

#include "app/shell/mode_page.h"
#include "app/shell/picture_writer.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/plain_table.h"
#include "widgets/common/states.h"
#include "widgets/lineage/lineage_bar.h"
#include "widgets/lineage/lineage_inspector.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/lineage/lineage_view.h"
#include "widgets/models/lineage_words.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTreeView>

#include <algorithm>
#include <atomic>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::churn;
using cupel::test::click;
using cupel::test::LoopProbe;
using cupel::test::MadeLineage;
using cupel::test::part;
using cupel::test::stateOf;
using cupel::test::unit;
using cupel::test::Workbench;

class LineageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theModeShowsWhatFlows();
    void aPathIsTraced();
    void aSliceAndBack();
    void whatIsShownIsChosen();
    void groupsOpenAndFold();
    void searchAndForms();
    void theOrderOfCells();
    void enterGoesToTheCode();
    void whyIsSaid();
    void emptyAndPartialSayWhy();
    void pictures();
    void theWindowGoesOn();
    void everythingHasAName();
    void shots();

private:
    [[nodiscard]] bool show(Workbench& bench, const LineageMaker& make) const;
    void write(const char* name, const QByteArray& bytes) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

namespace {

QByteArray notebook(int cells, const QByteArray& secret = {})
{
    QByteArray out = R"({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [)";
    for (int i = 0; i < cells; ++i) {
        const QByteArray line = i == 3 && !secret.isEmpty() ? secret : "x = " + QByteArray::number(i);
        out += (i ? "," : "")
            + QByteArray(R"({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": )")
            + QByteArray::number(i + 1) + R"(, "source": [")" + line + R"("]})";
    }
    return out + "]}";
}

} // namespace

void LineageTest::write(const char* name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

void LineageTest::initTestCase()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("churn/data")));
    write("churn/01-ingest.ipynb", notebook(6, "exec(input())"));
    write("churn/02-features.ipynb", notebook(6));
    write("churn/03-train.ipynb", notebook(6));
    write("churn/data/raw_users.csv",
        "name,email\nA,anna.beispiel@kundenpost-nord.de\nB,bert.muster@kundenpost-nord.de\n");
}

bool LineageTest::show(Workbench& bench, const LineageMaker& make) const
{
    return test::showLineage(bench, path("churn"), make);
}

void LineageTest::theModeShowsWhatFlows()
{
    Workbench bench(path("home-a"));
    std::atomic<int> made = 0;
    std::vector<std::string> asked;
    QVERIFY(show(bench, [&](const std::vector<std::string>& paths, Budget& budget) {
        asked = paths;
        ++made;
        return churn(paths, budget);
    }));
    QCOMPARE(bench.window.mode(), QStringLiteral("lineage"));
    QCOMPARE(made.load(), 1);
    QCOMPARE(asked.size(), 1U);
    QCOMPARE(QString::fromStdString(asked.front()), path("churn"));
    auto* canvas = part<GraphCanvas>(bench);
    QCOMPARE(canvas->scene()->nodes().size(), 26U);
    QCOMPARE(canvas->scene()->frames().size(), 3U);
    auto* navigator = part<LineageNavigator>(bench);
    QCOMPARE(navigator->only(LineageTrait::Untrusted)->text(), QStringLiteral("Untrusted 2"));
    // What was found stands on the nodes it is about.
    const auto raw = unit(bench, "raw_users.csv");
    QVERIFY(canvas->scene()->nodes()[raw].sign.has_value());
    QCOMPARE(canvas->scene()->nodes()[raw].detail, QStringLiteral("personal data"));
    QVERIFY(canvas->scene()->nodes()[unit(bench, "load customers")].sign.has_value());
    QVERIFY(!canvas->scene()->nodes()[unit(bench, "fit")].sign);
    // Another look reads nothing again; another scan does.
    bench.window.showMode(QStringLiteral("review"));
    bench.window.showMode(QStringLiteral("lineage"));
    QCOMPARE(made.load(), 1);
    bench.session.rescan();
    QVERIFY(QTest::qWaitFor([&] { return made.load() > 1; }, 20'000));
}

void LineageTest::aPathIsTraced()
{
    Workbench bench(path("home-b"));
    QVERIFY(show(bench, churn));
    auto* view = part<LineageView>(bench);
    auto* canvas = part<GraphCanvas>(bench);
    QVERIFY(!view->traceButton()->isEnabled());
    click(bench, "churn_clf.pkl");
    QVERIFY(view->traceButton()->isEnabled());
    click(bench, "raw_users.csv", Qt::ShiftModifier);
    QTest::mouseClick(view->traceButton(), Qt::LeftButton);
    auto* steps = part<LineageNavigator>(bench)->steps();
    QCOMPARE(steps->rows().size(), 6U);
    QCOMPARE(steps->rows()[0].title, QStringLiteral("load customers"));
    QCOMPARE(steps->rows()[0].detail,
        QStringLiteral("The cell reads data/raw_users.csv into users.\n01-ingest.ipynb, cell 3, line 1"));
    QCOMPARE(steps->rows()[3].right, QStringLiteral("likely"));
    QCOMPARE(canvas->path().size(), 6U);
    QVERIFY(canvas->shown()[unit(bench, "fit")] && !canvas->shown()[unit(bench, "scale")]);
    QVERIFY(view->pathChip()->isVisible());
    // A step and its edge are one.
    QTest::mouseClick(steps->viewport(), Qt::LeftButton, {}, steps->visualRect(steps->model()->index(1, 0)).center());
    QCOMPARE(canvas->currentEdge(), steps->rows()[1].edge);
    QTest::mouseClick(part<LineageNavigator>(bench)->copy(), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(QStringLiteral("1. load customers: reads: users (certain), 01-ingest.ipynb, cell 3")),
        qPrintable(copied));
    // Two nodes: the way between them, by keys alone.
    canvas->setFocus();
    QTest::keyClick(canvas, Qt::Key_Escape);
    QTest::keyClick(canvas, Qt::Key_Escape);
    QVERIFY(stateOf(bench).path().empty());
    click(bench, "labels.xlsx");
    click(bench, "churn_clf.pkl", Qt::ShiftModifier);
    QTest::keyClick(&bench.window, Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(stateOf(bench).path().size(), 4U);
    QCOMPARE(stateOf(bench).pathTitle(), QStringLiteral("labels.xlsx to churn_clf.pkl"));
}

void LineageTest::aSliceAndBack()
{
    Workbench bench(path("home-c"));
    QVERIFY(show(bench, churn));
    auto* view = part<LineageView>(bench);
    auto* canvas = part<GraphCanvas>(bench);
    click(bench, "raw_users.csv");
    click(bench, "churn_clf.pkl", Qt::ControlModifier);
    QTest::keyClick(&bench.window, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == 7; }, 5'000));
    QVERIFY(view->wishChip()->isVisible());
    QTest::keyClick(view->wishChip(), Qt::Key_Delete);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == 26; }, 5'000));
    QVERIFY(!view->wishChip()->isVisible());
}

void LineageTest::whatIsShownIsChosen()
{
    Workbench bench(path("home-d"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    auto* navigator = part<LineageNavigator>(bench);
    const auto count = [&](std::size_t wanted) {
        return QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == wanted; }, 5'000);
    };
    navigator->shows(LineageKind::Code)->setFocus();
    QTest::keyClick(navigator->shows(LineageKind::Code), Qt::Key_Space);
    QVERIFY(count(14));
    QTest::keyClick(navigator->shows(LineageKind::Code), Qt::Key_Space);
    QVERIFY(count(26));
    QTest::mouseClick(navigator->only(LineageTrait::Personal), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() < 26; }, 5'000));
    QVERIFY(unit(bench, "raw_users.csv") != lineage::none && unit(bench, "labels.xlsx") == lineage::none);
    QTest::mouseClick(navigator->only(LineageTrait::Personal), Qt::LeftButton);
    QVERIFY(count(26));
    click(bench, "customers.pq");
    navigator->hops(false)->setValue(1);
    navigator->hops(true)->setValue(0);
    QVERIFY(count(3));
    navigator->hops(false)->setValue(-1);
    navigator->hops(true)->setValue(-1);
    QVERIFY(count(26));
    navigator->level()->setCurrentIndex(2); // files
    QVERIFY(count(17));
    QVERIFY(canvas->scene()->frames().empty());
}

void LineageTest::groupsOpenAndFold()
{
    Workbench bench(path("home-e"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    canvas->setFocus();
    click(bench, "fit");
    QTest::keyClick(canvas, Qt::Key_Right); // along an edge
    QCOMPARE(stateOf(bench).current(), unit(bench, "churn_clf.pkl"));
    QTest::keyClick(canvas, Qt::Key_Left);
    QTest::keyClick(canvas, Qt::Key_Backspace);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->frames().size() == 2; }, 5'000));
    const auto file = unit(bench, "03-train.ipynb");
    QVERIFY(file != lineage::none);
    QCOMPARE(canvas->scene()->nodes()[file].detail, QStringLiteral("3 cell(s)"));
    click(bench, "03-train.ipynb");
    QTest::keyClick(canvas, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->frames().size() == 3; }, 5'000));
    // The title of a frame folds it.
    const QRectF frame = canvas->scene()->frames()[0].box;
    canvas->centerOn(frame.center());
    const QPoint at = canvas->toViewport({frame.topLeft() + QPointF(40, 14), QSizeF(1, 1)}).topLeft().toPoint();
    QTest::mouseDClick(canvas->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->frames().size() == 2; }, 5'000));
    QVERIFY(unit(bench, "01-ingest.ipynb") != lineage::none);
}

void LineageTest::searchAndForms()
{
    Workbench bench(path("home-f"));
    QVERIFY(show(bench, churn));
    auto* view = part<LineageView>(bench);
    auto* navigator = part<LineageNavigator>(bench);
    part<GraphCanvas>(bench)->setFocus();
    QTest::keyClick(part<GraphCanvas>(bench), Qt::Key_Slash);
    QCOMPARE(bench.window.focusWidget(), navigator->search());
    QTest::keyClicks(navigator->search(), QStringLiteral("Train.pq"));
    const auto& shown = part<GraphCanvas>(bench)->shown();
    QCOMPARE(std::count(shown.begin(), shown.end(), true), 1);
    QCOMPARE(view->table()->model()->rowCount(), 1);
    navigator->search()->clear();
    QCOMPARE(view->table()->model()->rowCount(), 26);
    view->form()->setCurrent(1);
    QVERIFY(view->table()->isVisible());
    view->table()->setFocus();
    for (int row = 0; row < 26; ++row) {
        if (view->table()->model()->index(row, 0).data().toString() == QStringLiteral("fit")) {
            view->table()->selectRow(row);
        }
    }
    QCOMPARE(stateOf(bench).current(), unit(bench, "fit"));
    view->form()->setCurrent(2);
    QVERIFY(view->tree()->isVisible());
    QCOMPARE(view->tree()->currentIndex().data().toString(), QStringLiteral("fit"));
    QTest::keyClick(view->tree(), Qt::Key_Right);
    QTest::keyClick(view->tree(), Qt::Key_Down);
    QCOMPARE(view->tree()->currentIndex().data().toString(), QStringLiteral("to churn_clf.pkl"));
    QVERIFY(stateOf(bench).edge() != lineage::none);
}

void LineageTest::theOrderOfCells()
{
    Workbench bench(path("home-g"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    auto* bar = part<LineageBar>(bench);
    QVERIFY(canvas->shown().empty());
    QCOMPARE(bar->order()->current(), 0); // as written, until somebody asks
    QTest::keyClick(bar->order()->findChildren<QAbstractButton*>().back(), Qt::Key_Space);
    QCOMPARE(bar->order()->current(), 1);
    QCOMPARE(bar->text(), QStringLiteral("Up to 03-train.ipynb cell 3"));
    bar->slider()->setFocus();
    QTest::keyClick(bar->slider(), Qt::Key_Home);
    QCOMPARE(bar->text(), QStringLiteral("Up to 01-ingest.ipynb cell 1"));
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(bar->slider(), Qt::Key_Right);
    }
    QVERIFY(canvas->shown()[unit(bench, "join CRM")] && !canvas->shown()[unit(bench, "load customers")]);
    QTest::keyClick(bar->order()->findChildren<QAbstractButton*>().front(), Qt::Key_Space);
    QCOMPARE(bar->order()->current(), 0);
    QVERIFY(canvas->shown()[unit(bench, "load customers")] && !canvas->shown()[unit(bench, "sample")]);
    QTest::keyClick(bar->slider(), Qt::Key_End);
    QVERIFY(canvas->shown().empty());
}

void LineageTest::enterGoesToTheCode()
{
    Workbench bench(path("home-h"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    canvas->setFocus();
    click(bench, "load customers");
    QTest::keyClick(canvas, Qt::Key_Return);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    QVERIFY(
        QString::fromStdString(bench.session.review().currentArtifact()).endsWith(QStringLiteral("01-ingest.ipynb")));
    QVERIFY(bench.session.review().current().has_value()); // the finding in that very cell
    QTest::keyClick(&bench.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(bench.window.mode(), QStringLiteral("lineage"));
    QCOMPARE(stateOf(bench).current(), unit(bench, "load customers"));
}

void LineageTest::whyIsSaid()
{
    Workbench bench(path("home-i"));
    QVERIFY(show(bench, churn));
    auto* canvas = part<GraphCanvas>(bench);
    auto* why = part<LineageInspector>(bench);
    QVERIFY(!why->isVisible());
    canvas->setFocus();
    QTest::keyClick(&bench.window, Qt::Key_W);
    QVERIFY(why->isVisible());
    // An edge by a click on its line.
    std::uint32_t edge = 0;
    const auto& reading = *stateOf(bench).reading();
    while (reading.fold.edges[edge].from != unit(bench, "raw_users.csv")) {
        ++edge;
    }
    QTest::qWait(20);
    const auto& drawn = canvas->scene()->edges()[edge];
    canvas->reveal(drawn.to);
    const QPointF middle = (canvas->scene()->corners(drawn)[0] + canvas->scene()->corners(drawn)[1]) / 2;
    QTest::mouseClick(
        canvas->viewport(), Qt::LeftButton, {}, canvas->toViewport({middle, QSizeF(0, 0)}).topLeft().toPoint());
    QCOMPARE(stateOf(bench).edge(), edge);
    QCOMPARE(why->title(), QStringLiteral("raw_users.csv to load customers"));
    const auto& rows = why->list()->rows();
    const auto told = std::find_if(rows.begin(), rows.end(), [](const LineageRow& row) {
        return row.title == QStringLiteral("The cell reads data/raw_users.csv into users.");
    });
    QVERIFY(told != rows.end());
    QCOMPARE(told->detail, QStringLiteral("01-ingest.ipynb, cell 3, line 1\nrule test:reads"));
    QCOMPARE(told->right, QStringLiteral("certain"));
    click(bench, "customers.pq");
    QCOMPARE(why->title(), QStringLiteral("customers.pq"));
    QVERIFY(!why->openButton()->isVisible());
    // A cell opens to its variables.
    click(bench, "fit");
    QTest::mouseClick(why->openButton(), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->frames().size() == 4; }, 5'000));
    QVERIFY(unit(bench, "clf") != lineage::none && unit(bench, "fit") == lineage::none);
}

void LineageTest::emptyAndPartialSayWhy()
{
    Workbench bench(path("home-j"));
    QVERIFY(show(bench, [](const std::vector<std::string>&, Budget&) { return lineage::LineageGraph(); }));
    auto* view = part<LineageView>(bench);
    QVERIFY(view->empty()->isVisible());
    QVERIFY(view->empty()->accessibleName().contains(QStringLiteral("No code to follow")));
    bench.session.lineage().setMaker([](const std::vector<std::string>&, Budget&) {
        MadeLineage made = test::madeChurn();
        made.graph.complete = false;
        made.graph.notes.push_back({"02-features.ipynb", "broken-cell", "Cell 5 has a syntax error."});
        return made.graph;
    });
    bench.session.lineage().again();
    QVERIFY(QTest::qWaitFor([&] { return part<GraphCanvas>(bench)->scene()->nodes().size() == 26; }, 5'000));
    QVERIFY(view->notice().contains(QStringLiteral("02-features.ipynb: Cell 5 has a syntax error.")));
    // Everything hidden says so, and one press brings it back.
    auto* navigator = part<LineageNavigator>(bench);
    for (std::size_t i = 0; i < lineageKinds; ++i) {
        QTest::keyClick(navigator->shows(static_cast<LineageKind>(i)), Qt::Key_Space);
    }
    QVERIFY(QTest::qWaitFor([&] { return view->empty()->isVisible(); }, 5'000));
    QVERIFY(QTest::qWaitFor([&] { return stateOf(bench).how() == LineageState::How::Ready; }, 5'000));
    QVERIFY(view->empty()->accessibleName().contains(QStringLiteral("Nothing is left to show")));
    QTest::mouseClick(view->empty()->button(), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return !view->empty()->isVisible(); }, 5'000));
}

void LineageTest::pictures()
{
    Workbench bench(path("home-k"));
    QVERIFY(show(bench, churn));
    click(bench, "raw_users.csv");
    click(bench, "churn_clf.pkl", Qt::ShiftModifier);
    part<LineageView>(bench)->trace();
    const auto& state = stateOf(bench);
    const auto way = part<GraphCanvas>(bench)->path();
    const auto read = [this](const char* name) {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    for (const char* name : {"a.svg", "b.svg", "a.pdf", "b.pdf", "a.png"}) {
        QVERIFY(writePicture({state.reading()->scene, way, path(name), QStringLiteral("Churn")}));
    }
    const QByteArray svg = read("a.svg");
    QVERIFY(svg.contains("01-ingest.ipynb") && svg.contains("url(#p)") && svg.contains(">6</text>"));
    QCOMPARE(svg, read("b.svg"));
    QVERIFY(read("a.pdf").startsWith("%PDF-"));
    QVERIFY(!QImage(path("a.png")).isNull());
}

void LineageTest::theWindowGoesOn()
{
    Workbench bench(path("home-l"));
    QVERIFY(show(bench, [](const std::vector<std::string>&, Budget&) { return test::madeMany(50, 4, 10).graph; }));
    auto* canvas = part<GraphCanvas>(bench);
    QVERIFY(canvas->scene()->nodes().size() <= LineageWish::mostAtFirst);
    QVERIFY(part<LineageView>(bench)->notice().contains(QStringLiteral("folded")));
    // What takes long is not waited for, and can be stopped.
    bench.session.lineage().setMaker([](const std::vector<std::string>&, Budget& budget) {
        while (!budget.stopped()) {
            QTest::qSleep(1);
        }
        return lineage::LineageGraph();
    });
    LoopProbe probe;
    bench.session.lineage().again();
    QTest::qWait(100);
    QCOMPARE(stateOf(bench).how(), LineageState::How::Reading);
    QVERIFY(!part<LineageView>(bench)->empty()->isVisible()); // the last drawing stays
    stateOf(bench).stop();
    QCOMPARE(stateOf(bench).how(), LineageState::How::Ready);
    QVERIFY(canvas->scene()->nodes().size() > 1);
}

void LineageTest::everythingHasAName()
{
    Workbench bench(path("home-m"));
    QVERIFY(show(bench, churn));
    bench.window.findChild<ModePage*>(QStringLiteral("lineage"))->setInspectorShown(true);
    for (QWidget* region : {static_cast<QWidget*>(part<LineageNavigator>(bench)),
             static_cast<QWidget*>(part<LineageView>(bench)), static_cast<QWidget*>(part<LineageInspector>(bench))}) {
        for (QWidget* one : region->findChildren<QWidget*>()) {
            if (one->focusPolicy() != Qt::NoFocus && one->isVisible() && one->focusProxy() == nullptr) {
                auto* spoken = QAccessible::queryAccessibleInterface(one);
                QVERIFY(spoken);
                QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), one->metaObject()->className());
            }
        }
    }
    auto* canvas = part<GraphCanvas>(bench);
    auto* tree = QAccessible::queryAccessibleInterface(canvas);
    QCOMPARE(tree->childCount(), 26);
    QVERIFY(tree->child(static_cast<int>(unit(bench, "fit")))
            ->text(QAccessible::Name)
            .contains(QStringLiteral("in 03-train.ipynb")));
}

// CUPEL_SHOTS=folder keeps pictures of the mode.
void LineageTest::shots()
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (folder.isEmpty()) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    Workbench bench(path("home-n"));
    QVERIFY(show(bench, churn));
    const auto keep = [&](const char* name) {
        QTest::qWait(120);
        QVERIFY(bench.window.grab().save(QDir(folder).filePath(QString::fromLatin1(name) + QStringLiteral(".png"))));
    };
    for (const auto& theme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        bench.settings.set(QStringLiteral("appearance/theme"), theme);
        keep(qPrintable(QStringLiteral("lineage-plain-") + theme));
        click(bench, "churn_clf.pkl");
        part<LineageView>(bench)->trace();
        part<GraphCanvas>(bench)->fit();
        keep(qPrintable(QStringLiteral("lineage-path-") + theme));
        stateOf(bench).clearPath();
    }
}

QTEST_MAIN(LineageTest)
#include "tst_lineage.moc"
