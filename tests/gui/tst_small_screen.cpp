// SPDX-License-Identifier: GPL-3.0-or-later
// A screen that is magnified threefold has little room: the window fits on it, and what does not fit into the window is
// reached by scrolling.
#include "shell_bench.h"

#include "app/shell/settings_page.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QScreen>
#include <QtTest/QTest>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

using namespace cupel;

class SmallScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settingsAreReachedByScrolling();
};

void SmallScreenTest::settingsAreReachedByScrolling()
{
    const QTemporaryDir folder;
    test::Workbench bench(folder.path());
    const QSize room = bench.window.screen()->availableGeometry().size();
    QVERIFY(room.width() < 560); // else this tests nothing
    QVERIFY(bench.window.minimumWidth() <= room.width() && bench.window.minimumHeight() <= room.height());
    bench.window.resize(room);
    QTest::keyClick(&bench.window, Qt::Key_Comma, Qt::ControlModifier);
    auto* page = bench.window.findChild<app::SettingsPage*>();
    QVERIFY(page && page->isVisible());
    QVERIFY(QTest::qWaitFor([&] { return bench.window.width() <= room.width(); }, 2'000));
    auto* area = page->findChild<QScrollArea*>();
    QVERIFY(area);
    QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
    const int over = area->widget()->width() - area->viewport()->width();
    QCOMPARE(area->horizontalScrollBar()->maximum(), std::max(0, over));
    const QRect shown(page->mapTo(&bench.window, QPoint(0, 0)), page->size());
    QVERIFY(bench.window.rect().contains(shown)); // nothing of it lies outside
}

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", "3");
    QApplication application(argc, argv);
    SmallScreenTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_small_screen.moc"
