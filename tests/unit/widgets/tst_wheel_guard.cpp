// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel scrolls a card past its fields and changes none of them.
#include "widgets/common/style.h"

#include <QtGui/QWheelEvent>
#include <QtTest/QtTest>
#include <QtTest/qtestspontaneevent.h>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

using namespace cupel::widgets;

class WheelGuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void theWheelChangesNothing();
};

void WheelGuardTest::theWheelChangesNothing()
{
    QScrollArea area;
    auto* card = new QWidget;
    auto* column = new QVBoxLayout(card);
    auto* choice = new QComboBox;
    auto* written = new QComboBox;
    auto* number = new QSpinBox;
    auto* date = new QDateEdit(QDate(2031, 2, 28));
    for (QComboBox* one : {choice, written}) {
        one->addItems({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")});
        one->setCurrentIndex(1);
    }
    written->setEditable(true);
    number->setValue(3);
    for (QWidget* one : {static_cast<QWidget*>(choice), static_cast<QWidget*>(written), static_cast<QWidget*>(number),
             static_cast<QWidget*>(date)}) {
        column->addWidget(one);
    }
    column->addSpacing(4'000);
    area.setWidget(card);
    area.resize(300, 200);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    area.setFocus();
    for (QWidget* one : {static_cast<QWidget*>(choice), static_cast<QWidget*>(written->lineEdit()),
             static_cast<QWidget*>(number), static_cast<QWidget*>(date)}) {
        const int before = area.verticalScrollBar()->value();
        QWheelEvent wheel(QPointF(4, 4), one->mapToGlobal(QPointF(4, 4)), {}, QPoint(0, -120), Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&wheel); // others are for the field alone
        qApp->notify(one, &wheel);
        QVERIFY(area.verticalScrollBar()->value() > before);
        QVERIFY(!one->hasFocus());
    }
    QVERIFY(choice->currentIndex() == 1 && written->currentIndex() == 1);
    QVERIFY(number->value() == 3 && date->date() == QDate(2031, 2, 28));
}

QTEST_MAIN(WheelGuardTest)
#include "tst_wheel_guard.moc"
