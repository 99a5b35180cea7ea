// SPDX-License-Identifier: GPL-3.0-or-later
// Every standard control in four themes: switches at once, leaves no colour behind, names everything.
#include "style_sheet.h"

#include "widgets/common/buttons.h"
#include "widgets/common/focus.h"
#include "widgets/common/style.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtGui/QAccessible>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFocusFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace cupel::widgets;

namespace {

constexpr std::array<std::pair<ThemeName, const char*>, 4> themes{
    {{ThemeName::Light, "light"}, {ThemeName::Dark, "dark"}, {ThemeName::ContrastLight, "contrast-light"},
        {ThemeName::ContrastDark, "contrast-dark"}}};

QImage picture(QWidget& window)
{
    QCoreApplication::processEvents();
    return window.grab().toImage();
}

void keep(const QImage& image, const QString& name)
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        image.save(QStringLiteral("%1/%2@%3x.png").arg(folder, name).arg(image.devicePixelRatio()));
    }
}

void show(QWidget& window)
{
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.activateWindow();
    QCoreApplication::processEvents();
}

bool ring(const QWidget& window)
{
    const auto frames = window.findChildren<QFocusFrame*>();
    return std::any_of(frames.begin(), frames.end(), [](const QFocusFrame* frame) { return frame->isVisible(); });
}

} // namespace

class StyleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    void switchesThemesLeavingNothingBehind()
    {
        StyleSheetWindow switched;
        show(switched);
        for (const auto& [theme, name] : themes) {
            QElapsedTimer timer;
            timer.start();
            setTheme(theme);
            switched.repaint();
            const qint64 spent = timer.elapsed();
            const QImage after = picture(switched);
            keep(after, QStringLiteral("components-") + QLatin1String(name));
            StyleSheetWindow fresh;
            show(fresh);
            const QImage expected = picture(fresh);
            if (after != expected) {
                keep(after, QStringLiteral("stale-") + QLatin1String(name));
                keep(expected, QStringLiteral("fresh-") + QLatin1String(name));
            }
            QVERIFY2(after == expected, name);
            QVERIFY2(spent < 100, qPrintable(QStringLiteral("%1: %2 ms").arg(QLatin1String(name)).arg(spent)));
        }
        setTheme(ThemeName::Light);
    }

    void zoomsText()
    {
        StyleSheetWindow window;
        show(window);
        const int before = window.minimumSizeHint().height();
        setTextZoom(1.5);
        const QImage zoomed = picture(window);
        keep(zoomed, QStringLiteral("components-zoom"));
        QVERIFY(window.minimumSizeHint().height() > before);
        for (const auto* label : window.findChildren<QLabel*>()) {
            QVERIFY2(
                label->fontMetrics().height() <= label->height() || !label->isVisible(), qPrintable(label->text()));
        }
        setTextZoom(1.0);
    }

    void ringsAppearForTheKeyboardOnly()
    {
        StyleSheetWindow window;
        show(window);
        const auto buttons = window.findChildren<QPushButton*>();
        QPushButton* button = buttons.at(2);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!focusVisible());
        button->setFocus();
        QVERIFY(!ring(window));
        QTest::keyClick(&window, Qt::Key_Tab);
        QVERIFY(focusVisible());
        QVERIFY(ring(window));
        keep(picture(window), QStringLiteral("components-focus"));
        QTest::mouseClick(buttons.at(0), Qt::LeftButton);
        QVERIFY(!ring(window));
    }

    // As the space bar does, whatever kind of button it is; boxes and fields keep Enter for their form.
    void enterPressesTheButtonThatHasTheKeyboard()
    {
        QWidget window;
        QVBoxLayout column(&window);
        QPushButton push(QStringLiteral("Open"));
        IconButton sign(QStringLiteral("x"), QStringLiteral("Hide"));
        QCheckBox box(QStringLiteral("Also"));
        for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{&push, &sign, &box}) {
            column.addWidget(button);
        }
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        int pressed = 0;
        for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{&push, &sign, &box}) {
            connect(button, &QAbstractButton::clicked, &window, [&pressed] { ++pressed; });
            button->setFocus();
            QTest::keyClick(button, Qt::Key_Return);
            QTest::keyClick(button, Qt::Key_Enter, Qt::KeypadModifier);
            QTest::keyClick(button, Qt::Key_Return, Qt::ControlModifier);
        }
        QCOMPARE(pressed, 4);
        push.setEnabled(false);
        QTest::keyClick(&push, Qt::Key_Return);
        QCOMPARE(pressed, 4);
    }

    void everythingThatTakesFocusHasAName()
    {
        StyleSheetWindow window;
        show(window);
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || qobject_cast<QMenu*>(widget)
                || widget->focusProxy() || widget->objectName().startsWith(QLatin1String("qt_"))) {
                continue;
            }
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }

    void chipsTellWhatTheyAre()
    {
        Chip fact(QStringLiteral("CWE-502"));
        QCOMPARE(QAccessible::queryAccessibleInterface(&fact)->role(), QAccessible::StaticText);
        Chip filter(QStringLiteral("High+"));
        filter.setRemovable(true);
        show(filter);
        QSignalSpy removed(&filter, &Chip::removed);
        QTest::mouseClick(&filter, Qt::LeftButton, {}, QPoint(filter.width() - 8, filter.height() / 2));
        QTest::keyClick(&filter, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
    }

    void segmentsFollowArrowKeys()
    {
        SegmentedControl control({QStringLiteral("A"), QStringLiteral("B")}, QStringLiteral("Choice"));
        show(control);
        QSignalSpy changed(&control, &SegmentedControl::currentChanged);
        auto* first = control.findChildren<QAbstractButton*>().constFirst();
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Right);
        QCOMPARE(control.current(), 1);
        QCOMPARE(changed.count(), 1);
    }
};

QTEST_MAIN(StyleTest)
#include "tst_style.moc"
