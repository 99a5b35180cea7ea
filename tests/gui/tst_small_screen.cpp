// SPDX-License-Identifier: GPL-3.0-or-later
// A screen that is magnified threefold has little room: the window fits on it, and what does not fit into the window is
// reached by scrolling.
#include "shell_bench.h"

#include "app/shell/settings_page.h"

#include "widgets/fixes/compare_panel.h"
#include "widgets/fixes/fix_panel.h"
#include "widgets/models/compare_state.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QScreen>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOption>

using namespace cupel;

class SmallScreenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settingsAreReachedByScrolling();
    void aLongFileNameIsCutInTheMiddle();
    void theChosenProfileIsNotCut();
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

// A name without blanks cannot be wrapped: what is longer than the column loses its middle, not its end.
void SmallScreenTest::aLongFileNameIsCutInTheMiddle()
{
    const QString name = QStringLiteral("a_very_long_name_of_a_notebook_that_nobody_has_put_a_blank_into_v2.ipynb");
    widgets::CompareState state;
    state.setSubject(name);
    widgets::ComparePanel panel(&state);
    panel.resize(300, 600);
    panel.show();
    const auto subject = [&panel]() -> const QLabel* {
        for (const auto* label : panel.findChildren<QLabel*>()) {
            if (label->text().endsWith(QStringLiteral("which is open"))) {
                return label;
            }
        }
        return nullptr;
    };
    QVERIFY(subject());
    const QString text = subject()->text();
    QVERIFY2(text.contains(QChar(0x2026)) && text.contains(QStringLiteral("_v2.ipynb,")), qPrintable(text));
    for (const QString& word : text.split(u' ')) {
        QVERIFY(subject()->fontMetrics().horizontalAdvance(word) <= subject()->contentsRect().width());
    }
    QVERIFY(subject()->toolTip().contains(name) && subject()->accessibleName().contains(name));
    panel.resize(900, 600);
    QTRY_VERIFY(subject()->text().contains(name));
}

// The field shows the name of the profile; its list and its tip say for whom it is.
void SmallScreenTest::theChosenProfileIsNotCut()
{
    struct Probe : QProxyStyle {
        mutable QString shown;
        void drawControl(
            ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override
        {
            if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
                box && element == CE_ComboBoxLabel) {
                shown = box->currentText;
            }
            QProxyStyle::drawControl(element, option, painter, widget);
        }
    };
    Probe probe;
    widgets::FixState state;
    widgets::FixPanel panel(&state);
    panel.resize(300, 600);
    auto* box = panel.findChild<QComboBox*>();
    box->setStyle(&probe);
    panel.show();
    (void)panel.grab();
    QCOMPARE(probe.shown, QStringLiteral("Public"));
    QVERIFY(box->currentText().size() > probe.shown.size());
    QVERIFY(box->toolTip().contains(box->currentText()));
    box->setStyle(nullptr);
}

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", "3");
    QApplication application(argc, argv);
    SmallScreenTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_small_screen.moc"
