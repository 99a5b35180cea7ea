// SPDX-License-Identifier: GPL-3.0-or-later
// Words have the room they need, at every size of window and text: nothing is cut, covered or outside of the screen.
#include "share_bench.h"

#include "app/shell/actions.h"
#include "app/shell/drawer.h"
#include "app/shell/help_sheet.h"
#include "app/shell/help_topics.h"
#include "app/shell/mode_page.h"
#include "app/shell/top_bar.h"
#include "widgets/common/buttons.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/fixes/diff_delegate.h"
#include "widgets/fixes/fix_view.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/fixes/written_band.h"
#include "widgets/notebook/cell_layout.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QBuffer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtGui/QScreen>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Shared;
using cupel::test::Workbench;

namespace {

void press(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key, modifiers);
}

HelpSheet* sheet(const QWidget& window)
{
    for (HelpSheet* one : window.findChildren<HelpSheet*>()) {
        if (one->isVisible()) {
            return one;
        }
    }
    return nullptr;
}

} // namespace

class RoomTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySectionFitsItsSheet();
    void nothingCoversTheEdits();
    void audiencesAreReadInFull();
    void theWindowFitsTheScreen();
    void theDrawerShowsAllItsTabs();
    void theFindingStaysInViewWhenTheTextGrows();
    void namesOfCellsStandBesideTheBar();
    void picturesOfTextsAreSeen();
    void theBarKeepsItsSignsWhole();
    void labelsOfShortCellsDoNotTouch();
    void cornersOfDropDownListsAreCut();
    void linesWrapAgainWhenAScrollBarComes();
    void whatCouldNotBeWrittenSaysWhichAndWhy();
    void aPlaceInMetadataKeepsTheFinding();
};

// In every size of window and text: no word and no key stands outside of what can be seen.
void RoomTest::everySectionFitsItsSheet()
{
    QTemporaryDir data;
    Workbench bench(data.path());
    for (const char* zoom : {"1", "1.6", "2"}) {
        bench.settings.set(keys::textZoom, QString::fromUtf8(zoom));
        for (const QSize size : {QSize(1440, 900), QSize(800, 600), QSize(560, 420)}) {
            bench.window.resize(size);
            QTest::qWait(20);
            for (const HelpTopic& topic : helpTopics()) {
                press(bench.window, Qt::Key_F1);
                HelpSheet* help = sheet(bench.window);
                QVERIFY(help);
                help->showTopic(QString::fromUtf8(topic.id));
                QTest::qWait(0);
                const auto* area = help->findChild<QScrollArea*>();
                const QString what = QStringLiteral("%1 at %2, %3 px: %4 in %5")
                                         .arg(QLatin1String(topic.id), QLatin1String(zoom))
                                         .arg(size.width())
                                         .arg(area->widget()->width())
                                         .arg(area->viewport()->width());
                QVERIFY2(area->widget()->width() <= area->viewport()->width(), qPrintable(what));
                for (const auto* cap : area->widget()->findChildren<widgets::KeyCap*>()) {
                    const int right = cap->mapTo(area->widget(), QPoint(cap->width(), 0)).x();
                    QVERIFY2(right <= area->viewport()->width(), qPrintable(what));
                }
                if (qEnvironmentVariableIsSet("CUPEL_SHOTS") && topic.id == QByteArrayView("review")) {
                    (void)bench.window.grab().save(qEnvironmentVariable("CUPEL_SHOTS")
                        + QStringLiteral("/help-%1-%2.png").arg(QLatin1String(zoom)).arg(size.width()));
                }
                help->close();
                QTest::qWait(0);
            }
        }
    }
}

// At every text size and height the verdict, the switch of all edits and the list stand below each other, and the list
// can be reached.
void RoomTest::nothingCoversTheEdits()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    Workbench& bench = shared.bench;
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("share"));
    auto* panel = page->parts().navigator;
    auto* card = bench.window.findChild<widgets::VerdictCard*>();
    auto* list = shared.list;
    QWidget* switches = nullptr;
    for (auto* box : panel->findChildren<QCheckBox*>()) {
        switches = box->accessibleName() == u"All edits" ? box : switches;
    }
    const auto boxOf = [&](QWidget* widget) {
        return QRect(widget->mapTo(&bench.window, QPoint(0, 0)), widget->size());
    };
    for (const char* zoom : {"1", "1.45", "1.6", "2.5"}) {
        bench.settings.set(keys::textZoom, QString::fromUtf8(zoom));
        for (const QSize size : {QSize(1440, 900), QSize(1440, 600), QSize(1000, 420)}) {
            bench.window.resize(size);
            QTest::qWait(60);
            if (!panel->isVisible()) { // large text in a small window: it comes in front when asked for
                page->setNavigatorShown(true);
                QTest::qWait(60);
            }
            QVERIFY2(boxOf(card).bottom() < boxOf(switches).top(), zoom);
            QVERIFY2(boxOf(switches).bottom() < boxOf(list).top(), zoom);
            const QString wide = QStringLiteral("text size %1, window %2: verdict from %3 to %4, panel from %5 to %6")
                                     .arg(QLatin1String(zoom))
                                     .arg(size.width())
                                     .arg(boxOf(card).left())
                                     .arg(boxOf(card).right())
                                     .arg(boxOf(panel).left())
                                     .arg(boxOf(panel).right());
            QVERIFY2(boxOf(panel).left() <= boxOf(card).left() && boxOf(card).right() <= boxOf(panel).right(),
                qPrintable(wide));
            QVERIFY2(list->height() >= 3 * list->fontMetrics().height(), zoom);
            list->setFocus(Qt::TabFocusReason);
            panel->takeFocus();
            QTest::qWait(20);
            QVERIFY2(boxOf(panel).intersects(boxOf(list)), zoom);
        }
        bench.window.resize(1440, 900);
        test::shot(bench.window, QStringLiteral("share-zoom-") + QLatin1String(zoom));
    }
}

void RoomTest::audiencesAreReadInFull()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    QComboBox* profiles = shared.profiles;
    profiles->showPopup();
    QTest::qWait(50);
    QVERIFY(profiles->view()->viewport()->width() >= profiles->view()->sizeHintForColumn(0));
    test::shot(*profiles->view()->window(), QStringLiteral("share-audiences"));
    profiles->hidePopup();
}

// Neither the first size nor one that was kept on a larger screen hides the status bar.
void RoomTest::theWindowFitsTheScreen()
{
    QTemporaryDir data;
    Workbench bench(data.path());
    const QRect screen = bench.window.screen()->availableGeometry();
    MainWindow fresh(bench.session, bench.theme);
    QVERIFY(fresh.height() < screen.height());
    QVERIFY(fresh.width() < screen.width());
    bench.window.resize(screen.width() + 300, screen.height() + 300);
    bench.window.move(200, 200);
    bench.session.state().geometry = bench.window.saveGeometry();
    fresh.restore();
    QVERIFY2(screen.contains(fresh.geometry()),
        qPrintable(QStringLiteral("%1 x %2").arg(fresh.width()).arg(fresh.height())));
}

// Its tabs were measured while it was hidden.
void RoomTest::theDrawerShowsAllItsTabs()
{
    QTemporaryDir data;
    Workbench bench(data.path());
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.ipynb")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"cells\": [") > 0);
    file.close();
    auto* drawer = bench.window.findChild<Drawer*>();
    const bool was = drawer->isVisible();
    if (was) {
        bench.window.actions().at(u"view.drawer")->trigger();
    }
    bench.window.open({OpenTarget{file.fileName(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QVERIFY(drawer->notChecked().places > 0);
    bench.window.actions().at(u"view.drawer")->trigger();
    QTest::qWait(50);
    auto* tabs = drawer->findChild<QTabBar*>();
    QVERIFY(tabs->tabText(2).contains(u'1'));
    QCOMPARE(tabs->tabRect(0).left(), 0);
    QVERIFY(tabs->tabRect(2).right() < tabs->width());
    for (const auto* arrow : tabs->findChildren<QToolButton*>()) {
        QVERIFY(!arrow->isVisible());
    }
}

void RoomTest::theFindingStaysInViewWhenTheTextGrows()
{
    QTemporaryDir data;
    Workbench bench(data.path());
    bench.window.open({OpenTarget{
        QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    auto* list = bench.window.findChild<widgets::FindingTree*>();
    for (const auto& ref : review.visible()) {
        bench.settings.set(keys::textZoom, QStringLiteral("1"));
        QTest::qWait(60);
        review.setCurrent(ref);
        QTest::qWait(60);
        QString where;
        const auto seen = [&] {
            return QTest::qWaitFor(
                [&] {
                    for (int item = 0; item < canvas->itemCount(); ++item) {
                        if (const auto rect = canvas->cell(item).findingRect(ref.index)) {
                            const auto top = canvas->itemRect(item).top() + rect->top();
                            const auto height = canvas->viewport()->height();
                            where = QStringLiteral("cell %1 at %2 of %3, text size %4")
                                        .arg(item)
                                        .arg(top)
                                        .arg(height)
                                        .arg(bench.settings.text(keys::textZoom));
                            return top >= 0 && top < height - 10;
                        }
                    }
                    return true; // it has no place in a cell
                },
                2'000);
        };
        QVERIFY2(seen(), qPrintable(where));
        for (int step = 0; step < 8; ++step) {
            QTest::keyClick(canvas, Qt::Key_Plus, Qt::ControlModifier);
            QTest::qWait(40);
            QVERIFY2(seen(), qPrintable(where));
            const auto row = list->visualRect(list->currentIndex());
            QVERIFY2(list->viewport()->rect().contains(row.center()), qPrintable(where));
        }
        bench.window.resize(1100, 700);
        QTest::qWait(60);
        QVERIFY2(seen(), qPrintable(where));
        bench.window.resize(1440, 900);
    }
}

void RoomTest::namesOfCellsStandBesideTheBar()
{
    QTemporaryDir data;
    QByteArray cells;
    for (int i = 0; i < 240; ++i) {
        cells += QByteArray(i > 0 ? "," : "") + "{\"cell_type\":\"code\",\"execution_count\":118,\"id\":\"c"
            + QByteArray::number(i) + "\",\"metadata\":{},\"outputs\":[],\"source\":[\""
            + (i == 237 ? "eval(input())" : "a = 1") + "\"]}";
    }
    QFile file(data.filePath(QStringLiteral("long.ipynb")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"cells\":[" + cells + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}\n");
    file.close();
    Workbench bench(data.filePath(QStringLiteral("data")));
    bench.window.open({OpenTarget{file.fileName(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    for (const auto& ref : review.visible()) {
        if (review.finding(ref)->location.cell == 237U) {
            review.setCurrent(ref);
        }
    }
    QTest::qWait(100);
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    const QRectF box = canvas->itemRect(237);
    const QImage image = canvas->viewport()->grab().toImage();
    QVERIFY(box.top() >= 0 && box.top() + 50 < image.height());
    test::shot(*canvas->viewport(), QStringLiteral("cell-237"));
    for (int y = qRound(box.top()) + 2; y < qRound(box.top()) + 50; ++y) {
        for (int x = 8; x < 12; ++x) {
            QCOMPARE(image.pixelColor(x, y), widgets::color(widgets::Token::Surface));
        }
    }
}

// What a text carries itself is drawn; of what is elsewhere the host is named, also in tables; the finding stands
// there.
void RoomTest::picturesOfTextsAreSeen()
{
    QTemporaryDir data;
    QImage dots(40, 30, QImage::Format_RGB32);
    dots.fill(Qt::red);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    dots.save(&buffer, "PNG");
    QFile file(data.filePath(QStringLiteral("pictures.ipynb")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"cells\":[{\"cell_type\":\"markdown\",\"id\":\"a\",\"metadata\":{},\"source\":[\"Words\\n\\n<img "
               "src='data:image/png;base64,"
        + png.toBase64() + "' alt='Dots'/>\\n\\nmore words\"]},"
        + "{\"cell_type\":\"markdown\",\"id\":\"b\",\"metadata\":{},\"source\":[\"<table><td><a "
          "href='https://lab.example.org/x'>"
          "<img src='https://pics.example.org/badge.svg' alt='Open it'/></a></td></table>\"]}],"
          "\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}\n");
    file.close();
    Workbench bench(data.filePath(QStringLiteral("data")));
    bench.window.open({OpenTarget{file.fileName(), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    QVERIFY(QTest::qWaitFor([&] { return canvas->itemCount() >= 2; }));
    const auto told = [&](int item, widgets::BlockRole role) {
        QStringList out;
        for (const auto& placed : canvas->cell(item).blocks()) {
            if (placed.block->role() == role) {
                out += placed.block->spoken();
            }
        }
        return out;
    };
    QCOMPARE(told(0, widgets::BlockRole::Picture).size(), 1);
    QCOMPARE(told(0, widgets::BlockRole::Notice).join(u'\n'), QString());
    const QStringList badge = told(1, widgets::BlockRole::Notice);
    QVERIFY2(badge.size() == 1 && badge.front().contains(QStringLiteral("pics.example.org"))
            && badge.front().contains(QStringLiteral("Open it")),
        qPrintable(badge.join(u'\n')));
    QTest::qWait(100);
    test::shot(bench.window, QStringLiteral("pictures-in-texts"));
    // The red of the picture is on the screen.
    const QImage image = canvas->viewport()->grab().toImage();
    bool red = false;
    for (int y = 0; y < image.height() && !red; ++y) {
        for (int x = 60; x < image.width() / 2 && !red; ++x) {
            red = image.pixelColor(x, y) == QColor(Qt::red);
        }
    }
    QVERIFY(red);
}

// From the smallest window on: a sign with its word, or the sign alone, never half of one.
void RoomTest::theBarKeepsItsSignsWhole()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    Workbench& bench = shared.bench;
    auto* bar = bench.window.findChild<TopBar*>();
    for (const char* zoom : {"1", "1.6"}) {
        bench.settings.set(keys::textZoom, QString::fromUtf8(zoom));
        for (const int width : {560, 700, 800, 1000, 1440}) {
            bench.window.resize(width, 700);
            QTest::qWait(20);
            for (const auto* button : bar->findChildren<QPushButton*>()) {
                const QString what =
                    QStringLiteral("%1 at %2, %3 wide").arg(button->accessibleName()).arg(width).arg(button->width());
                QVERIFY(button->isVisible() && !button->accessibleName().isEmpty());
                QVERIFY2(button->text().isEmpty() ? button->width() >= button->iconSize().width() + 8
                                                  : button->width() >= button->sizeHint().width(),
                    qPrintable(what));
                QVERIFY2(button->mapTo(bar, QPoint(button->width(), 0)).x() <= bar->width(), qPrintable(what));
                QVERIFY2(button->parentWidget()->rect().contains(button->geometry()), qPrintable(what));
            }
            test::shot(bench.window, QStringLiteral("bar-%1-%2").arg(QLatin1String(zoom)).arg(width));
        }
    }
}

// The run number of a cell and its place stand one below the other: together they need what a cell of one line has not.
void RoomTest::labelsOfShortCellsDoNotTouch()
{
    for (const double zoom : {1.0, 1.75}) {
        widgets::setTextZoom(zoom);
        widgets::CellLayout cell;
        cell.count = QStringLiteral("[13]");
        QVERIFY(cell.layout(600) >= widgets::CellLayout::boxPadding + widgets::lineHeight(widgets::TextRole::Code)
                + widgets::lineHeight(widgets::TextRole::Caption));
    }
    widgets::setTextZoom(1);
}

// Where nothing composites windows, what is not painted is black.
void RoomTest::cornersOfDropDownListsAreCut()
{
    QComboBox box;
    box.addItems({QStringLiteral("one"), QStringLiteral("two")});
    box.show();
    box.showPopup();
    QTest::qWait(20);
    const QWidget* popup = box.view()->window();
    QVERIFY(popup != &box && popup->isVisible());
    QVERIFY(!popup->mask().isEmpty() && !popup->mask().contains(popup->rect().topLeft()));
    QVERIFY(popup->mask().contains(popup->rect().center()));
    box.hidePopup();
}

// Qt lays a list out again for its width only where it wraps words.
void RoomTest::linesWrapAgainWhenAScrollBarComes()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    std::size_t lists = 0;
    for (const auto* list : shared.bench.window.findChildren<QListView*>()) {
        if (qobject_cast<const widgets::DiffDelegate*>(list->itemDelegate())) {
            ++lists;
            QVERIFY(list->wordWrap());
        }
    }
    QVERIFY(lists > 0);
}

void RoomTest::whatCouldNotBeWrittenSaysWhichAndWhy()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    const QString trouble = shared.bench.session.fixing().writeCopy(folder.path()); // a folder is no file
    QVERIFY2(trouble.contains(folder.path()), qPrintable(trouble));
    QVERIFY2(
        !trouble.endsWith(QStringLiteral(": ")) && trouble.size() > folder.path().size() + 28, qPrintable(trouble));
    auto* view = shared.bench.window.findChild<widgets::FixView*>();
    auto* band = view->findChild<widgets::WrittenBand*>();
    widgets::WrittenFile file;
    file.trouble = trouble;
    view->showWritten(file);
    QVERIFY(band->isVisible() && band->text().contains(trouble));
    for (const auto* button : band->findChildren<QPushButton*>()) {
        QVERIFY(!button->isVisible()); // there is nothing to open
    }
    test::shot(shared.bench.window, QStringLiteral("not-written"));
}

// Who follows a place of a finding has not chosen another one.
void RoomTest::aPlaceInMetadataKeepsTheFinding()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"cells": [{"cell_type": "code", "execution_count": 1, "outputs": [], "source": "x",
 "metadata": {"collapsed": "no"}}], "metadata": {"authors": "nobody"}, "nbformat": 4, "nbformat_minor": 4})");
    file.close();
    Workbench bench(folder.filePath(QStringLiteral("data")));
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto& review = bench.session.review();
    const auto all = review.visible();
    const auto at = std::find_if(all.begin(), all.end(),
        [&](const widgets::FindingRef& ref) { return review.finding(ref)->rule == "CUP-NB-METADATA-TYPE"; });
    QVERIFY(at != all.end());
    review.setCurrent(*at);
    QTest::qWait(50);
    const Location place = review.finding(*at)->evidence.back().location;
    QVERIFY(!place.cell);
    bench.window.showMode(QStringLiteral("review"));
    bench.window.findChild<widgets::FindingInspector*>()->locationActivated(place);
    QTest::qWait(50);
    QVERIFY(review.current() && *review.current() == *at);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    RoomTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_room.moc"
