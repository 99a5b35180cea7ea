// SPDX-License-Identifier: GPL-3.0-or-later
// English plurals reach the program: "1 file", never "1 file(s)".
#include "translations/translations.h"

#include <QtCore/QCoreApplication>
#include <QtTest/QTest>

class Translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void englishHasPlurals()
    {
        cupel::app::installTranslations(*QCoreApplication::instance());
        const auto say = [](int count) {
            return QCoreApplication::translate(
                "cupel::widgets::FindingsView", "0 of %n findings match", nullptr, count);
        };
        QCOMPARE(say(1), QStringLiteral("0 of 1 finding match"));
        QCOMPARE(say(7), QStringLiteral("0 of 7 findings match"));
    }
};

QTEST_MAIN(Translations)
#include "tst_translations.moc"
