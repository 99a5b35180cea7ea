// SPDX-License-Identifier: GPL-3.0-or-later
// Lineage mode on a large folder, read by the analyzers themselves: the window goes on, stopping stops, an edit keeps
// the drawing where it was; in all themes, at twice the size of text, and in the pictures of docs/lineage.md.
#include "lineage_bench.h"
#include "notebook_probe.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/states.h"
#include "widgets/common/theme.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/lineage/lineage_view.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtGui/QAccessible>
#include <QtGui/QImage>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

#include <atomic>
#include <set>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::churn;
using cupel::test::click;
using cupel::test::LoopProbe;
using cupel::test::part;
using cupel::test::stateOf;
using cupel::test::Turns;
using cupel::test::unit;
using cupel::test::Workbench;

class LineageRoomTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void manyFilesHoldNothingUp();
    void stoppingStops();
    void anEditKeepsTheDrawing();
    void edgesAreWalkedAndSaid();
    void queriesFind();
    void nodesAreMovedByHand();
    void viewsAreSaved();
    void outsideIsDashedAtEveryZoom_data();
    void outsideIsDashedAtEveryZoom();
    void everyThemeAndSize_data();
    void everyThemeAndSize();
    void pictures();

private:
    [[nodiscard]] bool show(Workbench& bench, const QString& folder, const LineageMaker& make = {}) const;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void write(const QString& file, int number, int edit) const;
    QTemporaryDir m_folder;
};

namespace {

QByteArray notebook(int number, int edit)
{
    QByteArrayList cells{
        "import pandas as pd", "frame = pd.read_csv('data/part" + QByteArray::number(number) + ".csv')"};
    for (int i = 0; i < 18; ++i) {
        cells += "frame['c" + QByteArray::number(i) + "'] = frame['b'] * " + QByteArray::number(edit);
    }
    cells += "shared = pd.read_parquet('out/clean" + QByteArray::number(number / 2) + ".parquet')";
    cells += "frame.merge(shared).to_parquet('out/clean" + QByteArray::number(number) + ".parquet')";
    QByteArray out = R"({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [)";
    for (int i = 0; i < cells.size(); ++i) {
        out += (i > 0 ? "," : "")
            + QByteArray(R"({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": )")
            + QByteArray::number(i + 1) + R"(, "source": [")" + cells[i] + R"("]})";
    }
    return out + "]}";
}

bool ready(Workbench& bench)
{
    return QTest::qWaitFor([&] { return stateOf(bench).how() == LineageState::How::Ready; }, 60'000);
}

} // namespace

void LineageRoomTest::write(const QString& file, int number, int edit) const
{
    QFile out(file);
    const QByteArray bytes = notebook(number, edit);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
}

void LineageRoomTest::initTestCase()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("many")));
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("few")));
    for (int i = 0; i < 150; ++i) {
        write(path("many") + QStringLiteral("/n%1.ipynb").arg(i), i, 1);
    }
    for (int i = 0; i < 4; ++i) {
        write(path("few") + QStringLiteral("/n%1.ipynb").arg(i), i, 1);
    }
}

bool LineageRoomTest::show(Workbench& bench, const QString& folder, const LineageMaker& make) const
{
    if (make) {
        bench.session.lineage().setMaker(make);
    }
    bench.window.open({OpenTarget{folder, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    const bool shown = ready(bench);
    QTest::qWait(60);
    return shown;
}

void LineageRoomTest::manyFilesHoldNothingUp()
{
    Workbench bench(path("home-a"));
    bench.window.open({OpenTarget{path("many"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::qWait(100);
    LoopProbe probe;
    Turns turns(probe);
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    QVERIFY(ready(bench));
    QTest::qWait(60);
    turns.take("read");
    auto* canvas = part<GraphCanvas>(bench);
    stateOf(bench).setLevel(LineageWish::Level::Variable);
    const auto unfolded = [&] {
        const auto& reading = stateOf(bench).reading();
        return stateOf(bench).how() == LineageState::How::Ready && reading->wish.level == LineageWish::Level::Variable;
    };
    QVERIFY(QTest::qWaitFor(unfolded, 60'000));
    QTest::qWait(60);
    const auto count = canvas->scene()->nodes().size();
    QVERIFY2(count > 4 * LineageWish::mostAtFirst, qPrintable(QString::number(count)));
    turns.take("variables");
    canvas->fit();
    for (const qreal zoom : {0.05, 0.3, 0.5, 1.0}) {
        canvas->setZoom(zoom);
        canvas->verticalScrollBar()->setValue(canvas->verticalScrollBar()->value() + 300);
        QTest::qWait(20);
    }
    turns.take("zoom");
    part<LineageNavigator>(bench)->search()->setText(QStringLiteral("file:n14* -kind:code"));
    QTest::qWait(60);
    part<LineageNavigator>(bench)->search()->clear();
    QTest::qWait(60);
    turns.take("search");
    qInfo("%s", qPrintable(turns.report()));
    QVERIFY2(turns.worst() < 100, qPrintable(turns.report())); // twice the promise: machines differ
}

void LineageRoomTest::stoppingStops()
{
    // The first reading goes on until somebody stops it.
    std::atomic<int> readings = 0;
    std::atomic<bool> begun = false;
    Workbench bench(path("home-b"));
    bench.session.lineage().setMaker([&readings, &begun](const std::vector<std::string>& paths, Budget& budget) {
        begun = true;
        while (readings == 0 && !budget.stopped()) {
            QThread::msleep(1);
        }
        ++readings;
        return churn(paths, budget);
    });
    bench.window.open({OpenTarget{path("few"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    QTRY_VERIFY(begun.load());
    QCOMPARE(stateOf(bench).how(), LineageState::How::Reading);
    auto* empty = part<LineageView>(bench)->empty();
    QVERIFY(empty->isVisible() && empty->accessibleName().contains(QStringLiteral("Following the data")));
    QTest::mouseClick(empty->button(), Qt::LeftButton);
    QCOMPARE(stateOf(bench).how(), LineageState::How::Stopped);
    QVERIFY(empty->accessibleName().contains(QStringLiteral("Stopped")));
    QTRY_COMPARE(readings.load(), 1);
    QTest::mouseClick(empty->button(), Qt::LeftButton);
    QVERIFY(ready(bench));
    QCOMPARE(readings.load(), 2);
    QVERIFY(!part<GraphCanvas>(bench)->scene()->empty());
}

void LineageRoomTest::anEditKeepsTheDrawing()
{
    Workbench bench(path("home-c"));
    QVERIFY(show(bench, path("few")));
    const auto before = stateOf(bench).reading();
    QVERIFY(before->fold.nodes.size() > 8);
    write(path("few") + QStringLiteral("/n4.ipynb"), 4, 1);
    bench.session.rescan();
    QVERIFY(QTest::qWaitFor([&] { return stateOf(bench).reading() != before; }, 20'000));
    QVERIFY(ready(bench));
    const auto after = stateOf(bench).reading();
    QVERIFY(after->fold.nodes.size() > before->fold.nodes.size());
    std::vector<double> off;
    for (std::size_t i = 0; i < after->fold.nodes.size(); ++i) {
        for (std::size_t k = 0; k < before->fold.nodes.size(); ++k) {
            if (after->fold.nodes[i].key == before->fold.nodes[k].key) {
                off.push_back(after->scene->nodes()[i].box.center().y() - before->scene->nodes()[k].box.center().y());
            }
        }
    }
    QVERIFY(off.size() + 2 >= before->fold.nodes.size());
    auto sorted = off;
    std::sort(sorted.begin(), sorted.end());
    const double middle = sorted[sorted.size() / 2];
    const auto far =
        std::count_if(off.begin(), off.end(), [middle](double one) { return std::abs(one - middle) > 168; });
    QVERIFY2(far * 20 <= static_cast<std::ptrdiff_t>(off.size()), qPrintable(QString::number(far)));
}

void LineageRoomTest::edgesAreWalkedAndSaid()
{
    Workbench bench(path("home-d"));
    QVERIFY(show(bench, path("few"), churn));
    auto* canvas = part<GraphCanvas>(bench);
    canvas->setFocus();
    click(bench, "raw_users.csv");
    QTest::keyClick(canvas, Qt::Key_Right);
    QCOMPARE(stateOf(bench).current(), unit(bench, "load customers"));
    const QString words = canvas->walkedWords();
    QVERIFY2(
        words.startsWith(QStringLiteral("raw_users.csv to load customers: reads: users (certain)")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("The cell reads data/raw_users.csv into users.")), qPrintable(words));
    auto* spoken =
        QAccessible::queryAccessibleInterface(canvas)->child(static_cast<int>(unit(bench, "load customers")));
    QCOMPARE(spoken->text(QAccessible::Description), words);
    click(bench, "fit"); // not along an edge
    QVERIFY(canvas->walkedWords().isEmpty());
    // Enter on an edge goes to the code that draws it.
    const auto& edges = stateOf(bench).reading()->fold.edges;
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
        if (edges[i].from == unit(bench, "raw_users.csv")) {
            stateOf(bench).selectEdge(i);
        }
    }
    QString asked;
    connect(&stateOf(bench), &LineageState::placeRequested, &bench.window,
        [&asked](const QString&, int cell) { asked = QString::number(cell); });
    QTest::keyClick(canvas, Qt::Key_Return);
    QCOMPARE(asked, QStringLiteral("3"));
}

void LineageRoomTest::queriesFind()
{
    Workbench bench(path("home-e"));
    QVERIFY(show(bench, path("few"), churn));
    auto* canvas = part<GraphCanvas>(bench);
    auto* search = part<LineageNavigator>(bench)->search();
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("kind:model -kind:outside up:1"));
    const auto& shown = canvas->shown();
    QCOMPARE(std::count(shown.begin(), shown.end(), true), 4);
    QVERIFY(shown[unit(bench, "fit")] && shown[unit(bench, "churn_clf.pkl")]);
    search->setText(QStringLiteral("kind:model up:some"));
    QVERIFY(!canvas->shown().empty()); // the rest counts all the same
    search->clear();
    QVERIFY(canvas->shown().empty());
}

// Dragged, kept with the folder as text, undone and redone, there again in another window, and let go.
void LineageRoomTest::nodesAreMovedByHand()
{
    const QString file = path("few") + QStringLiteral("/.cupel/lineage.jsonl");
    QFile::remove(file);
    const auto place = [](Workbench& bench) {
        return stateOf(bench).reading()->scene->nodes()[unit(bench, "labels.xlsx")].box.center();
    };
    const auto pinned = [](Workbench& bench, bool now) {
        return QTest::qWaitFor(
            [&] {
                return stateOf(bench).how() == LineageState::How::Ready
                    && stateOf(bench).reading()->scene->nodes()[unit(bench, "labels.xlsx")].pinned == now;
            },
            10'000);
    };
    const auto text = [&file] {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    };
    QPointF before;
    QPointF after;
    {
        Workbench bench(path("home-f"));
        QVERIFY(show(bench, path("few"), churn));
        auto* canvas = part<GraphCanvas>(bench);
        click(bench, "labels.xlsx");
        before = place(bench);
        const QPoint from = canvas->toViewport({before, QSizeF(0, 0)}).topLeft().toPoint();
        QTest::mousePress(canvas->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(canvas->viewport(), from + QPoint(30, 10));
        QTest::mouseMove(canvas->viewport(), from + QPoint(60, 45));
        QTest::mouseRelease(canvas->viewport(), Qt::LeftButton, {}, from + QPoint(60, 45));
        QVERIFY(pinned(bench, true));
        after = place(bench);
        QVERIFY(std::abs(after.x() - before.x() - 60 / canvas->zoom()) < 2);
        QVERIFY(std::abs(after.y() - before.y() - 45 / canvas->zoom()) < 2);
        QVERIFY(canvas->spoken(unit(bench, "labels.xlsx")).contains(QStringLiteral("pinned")));
        QVERIFY(QTest::qWaitFor([&] { return text().contains("\"pin\":\"node:d:data/labels.xlsx\""); }, 10'000));
        bench.session.undo().undo();
        QVERIFY(pinned(bench, false));
        QCOMPARE(place(bench), before);
        bench.session.undo().redo();
        QVERIFY(pinned(bench, true));
        // What stands in a notebook stays there.
        QVERIFY(!stateOf(bench).canMove(unit(bench, "fit")));
        QVERIFY(QTest::qWaitFor([&] { return text().contains("labels.xlsx"); }, 10'000));
    }
    Workbench bench(path("home-g"));
    QVERIFY(show(bench, path("few"), churn));
    QVERIFY(pinned(bench, true));
    QVERIFY((place(bench) - after).manhattanLength() < 3); // whole numbers are kept
    click(bench, "labels.xlsx");
    part<LineageView>(bench)->pin();
    QVERIFY(pinned(bench, false));
    QVERIFY(QTest::qWaitFor([&] { return !text().contains("labels.xlsx"); }, 10'000));
}

void LineageRoomTest::viewsAreSaved()
{
    Workbench bench(path("home-h"));
    QVERIFY(show(bench, path("few"), churn));
    auto& state = stateOf(bench);
    auto* canvas = part<GraphCanvas>(bench);
    state.setLevel(LineageWish::Level::File);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == 17; }, 5'000));
    state.setSearch(QStringLiteral("kind:model"));
    state.saveView(QStringLiteral("Models by file"));
    QCOMPARE(state.kept().views.size(), 1U);
    state.setSearch({});
    state.setLevel(LineageWish::Level::Auto);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == 26; }, 5'000));
    state.showView(0);
    QVERIFY(QTest::qWaitFor([&] { return canvas->scene()->nodes().size() == 17; }, 5'000));
    QCOMPARE(part<LineageNavigator>(bench)->search()->text(), QStringLiteral("kind:model"));
    state.removeView(0);
    QVERIFY(state.kept().views.empty());
    bench.session.undo().undo();
    QCOMPARE(state.kept().views.front().name, QStringLiteral("Models by file"));
    // Lines that somebody else wrote: what is too much or not understood is left out.
    const auto read = fromLines("{\"pin\": \"a\", \"x\": 1e300, \"y\": -4}\n[]\nnonsense\n{\"view\": \" \"}\n"
                                "{\"view\": \"v\", \"level\": 99, \"kinds\": -1, \"up\": 1000, \"from\": \"x\"}\n");
    QCOMPARE(read.pins.size(), 1U);
    QCOMPARE(read.pins.begin()->second, QPointF(1e6, 0));
    QCOMPARE(read.views.size(), 1U);
    QCOMPARE(read.views[0].wish.level, LineageWish::Level::Variable);
    QCOMPARE(read.views[0].wish.up, 20);
    QVERIFY(read.views[0].wish.from.empty());
    QVERIFY(fromLines(toLines(state.kept())) == state.kept());
}

void LineageRoomTest::outsideIsDashedAtEveryZoom_data()
{
    QTest::addColumn<int>("theme");
    QTest::addColumn<double>("zoom");
    for (const auto theme : {ThemeName::Light, ThemeName::Dark}) {
        for (const double zoom : {0.3, 0.49, 0.5, 0.75, 1.0}) {
            QTest::addRow("%d %.2f", static_cast<int>(theme), zoom) << static_cast<int>(theme) << zoom;
        }
    }
}

// Along the upper border of a box: how often the ink changes to that of the ground and back.
void LineageRoomTest::outsideIsDashedAtEveryZoom()
{
    QFETCH(int, theme);
    QFETCH(double, zoom);
    setTheme(static_cast<ThemeName>(theme));
    std::vector<SceneNode> nodes(2);
    nodes[0].box = QRectF(20, 20, 160, 44);
    nodes[1].box = QRectF(20, 120, 160, 44);
    nodes[0].outside = true;
    GraphCanvas canvas;
    canvas.resize(400, 300);
    canvas.setScene(std::make_shared<const GraphScene>(
        std::move(nodes), std::vector<SceneEdge>(), std::vector<QPointF>(), QSizeF(200, 200)));
    canvas.setZoom(zoom);
    const QImage picture = canvas.viewport()->grab().toImage();
    const auto gaps = [&](int node) {
        const QRectF box = canvas.toViewport(canvas.scene()->nodes()[static_cast<std::size_t>(node)].box);
        int most = 0;
        for (int y = qRound(box.top()) - 1; y <= qRound(box.top()) + 1; ++y) { // wherever the line fell
            int changes = 0;
            bool ink = false;
            for (int x = qRound(box.left() + 6); x < qRound(box.right() - 6); ++x) {
                const int ground = qGray(picture.pixel(2, 2));
                const bool now = std::abs(qGray(picture.pixel(x, y)) - ground) > 40;
                changes += now != ink ? 1 : 0;
                ink = now;
            }
            most = std::max(most, changes);
        }
        return most;
    };
    QVERIFY2(gaps(0) >= static_cast<int>(160 * zoom / 12), qPrintable(QString::number(gaps(0))));
    QVERIFY(gaps(1) <= 2);
}

void LineageRoomTest::everyThemeAndSize_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("zoom");
    for (const char* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        for (const char* zoom : {"1", "2"}) {
            QTest::addRow("%s %s", theme, zoom) << QString::fromLatin1(theme) << QString::fromLatin1(zoom);
        }
    }
}

// Nothing falls off the window, no button loses its words, and the drawing has more than a ground.
void LineageRoomTest::everyThemeAndSize()
{
    QFETCH(QString, theme);
    QFETCH(QString, zoom);
    Workbench bench(path(qPrintable(QStringLiteral("home-t-") + theme + zoom)));
    QVERIFY(show(bench, path("few"), churn));
    QVERIFY(bench.settings.set(u"appearance/theme", theme));
    QVERIFY(bench.settings.set(u"appearance/text_zoom", zoom));
    QTest::qWait(120);
    part<GraphCanvas>(bench)->fit();
    QTest::qWait(60);
    auto* view = part<LineageView>(bench);
    const QRect room(view->mapTo(&bench.window, QPoint()), view->size());
    QVERIFY(QRect(QPoint(), bench.window.size()).contains(room));
    for (auto* button : view->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && !button->text().isEmpty()) {
            QVERIFY2(button->width() + 1 >= button->minimumSizeHint().width(), qPrintable(button->text()));
            QVERIFY2(room.contains(QRect(button->mapTo(&bench.window, QPoint()), button->size())),
                qPrintable(button->text()));
        }
    }
    const QImage picture = part<GraphCanvas>(bench)->viewport()->grab().toImage();
    std::set<QRgb> colors;
    for (int x = 0; x < picture.width(); x += 3) {
        for (int y = 0; y < picture.height(); y += 3) {
            colors.insert(picture.pixel(x, y));
        }
    }
    QVERIFY(colors.size() > 4);
    test::keep(bench.window, QStringLiteral("lineage-%1-%2").arg(theme, zoom));
}

// CUPEL_SHOTS=folder CUPEL_SHOT_FOLDERS=a:b:c keeps three sizes of each.
void LineageRoomTest::pictures()
{
    if (qEnvironmentVariableIsEmpty("CUPEL_SHOTS")) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    int count = 0;
    for (const QString& folder : qEnvironmentVariable("CUPEL_SHOT_FOLDERS").split(u':', Qt::SkipEmptyParts)) {
        Workbench bench(path(qPrintable(QStringLiteral("home-p%1").arg(count))));
        bench.window.resize(1280, 800);
        QVERIFY(bench.settings.set(u"appearance/theme", count == 1 ? QStringLiteral("dark") : QStringLiteral("light")));
        QVERIFY(show(bench, folder));
        auto* canvas = part<GraphCanvas>(bench);
        const auto name = [&](const char* what) {
            return QStringLiteral("lineage-%1-%2").arg(QDir(folder).dirName(), QLatin1String(what));
        };
        QTest::qWait(200);
        canvas->fit();
        QTest::qWait(60);
        test::keep(bench.window, name("whole"));
        const auto& nodes = stateOf(bench).reading()->fold.nodes;
        std::uint32_t model = 0;
        std::size_t most = 0;
        for (std::uint32_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].kind != LineageKind::Code) {
                stateOf(bench).select({i});
                const std::size_t above = stateOf(bench).trace() ? stateOf(bench).around().above.size() : 0;
                model = above > most ? i : model;
                most = std::max(most, above);
            }
        }
        stateOf(bench).select({model});
        (void)stateOf(bench).trace();
        canvas->setZoom(0.65);
        canvas->centerOn(canvas->scene()->nodes()[model].box.center());
        QTest::qWait(60);
        test::keep(bench.window, name("path"));
        canvas->setZoom(1.2);
        canvas->centerOn(canvas->scene()->nodes()[model].box.center());
        QTest::qWait(60);
        test::keep(bench.window, name("near"));
        ++count;
    }
}

QTEST_MAIN(LineageRoomTest)
#include "tst_lineage_room.moc"
