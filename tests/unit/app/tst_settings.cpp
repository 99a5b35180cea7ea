// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/paths.h"
#include "app/settings/saver.h"
#include "app/settings/settings.h"

#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace cupel::app;

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDefaultIsValid();
    void roundTrip();
    void unknownKeysStay();
    void badValuesFallBack();
    void iniKeepsStrangeText();
    void portableStaysInItsFolder();
};

void SettingsTest::everyDefaultIsValid()
{
    QSet<QString> seen;
    for (const SettingInfo& info : settingTable()) {
        const QString key = QString::fromUtf8(info.key);
        QVERIFY2(isValid(info, QString::fromUtf8(info.fallback)), info.key);
        QVERIFY2(!seen.contains(key), info.key);
        seen += key;
    }
}

void SettingsTest::roundTrip()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    {
        Saver saver;
        Settings settings(file, saver);
        QSignalSpy changed(&settings, &Settings::changed);
        QVERIFY(settings.set(keys::theme, QStringLiteral("dark")));
        QVERIFY(settings.set(keys::textZoom, QStringLiteral("1.25")));
        QVERIFY(!settings.set(keys::theme, QStringLiteral("pink")));
        settings.setShortcut(QStringLiteral("finding.next"), QStringLiteral("Ctrl+;; N"));
        QCOMPARE(changed.size(), 2);
    }
    Saver saver;
    Settings settings(file, saver);
    QCOMPARE(settings.text(keys::theme), QStringLiteral("dark"));
    QCOMPARE(settings.number(keys::textZoom), 1.25);
    QVERIFY(!settings.isDefault(keys::theme));
    QVERIFY(settings.isDefault(keys::singleKeys));
    QCOMPARE(settings.shortcut(QStringLiteral("finding.next")).value(), QStringLiteral("Ctrl+;; N"));
    settings.reset(keys::theme);
    QVERIFY(settings.isDefault(keys::theme));
}

void SettingsTest::unknownKeysStay()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("; my own note\n[cupel]\nschema=7\n\n[appearance]\nglow=much\ntheme=dark\n\n[future]\nthing=a=b\n");
    out.close();
    {
        Saver saver;
        Settings settings(file, saver);
        QCOMPARE(settings.text(keys::theme), QStringLiteral("dark"));
        QVERIFY(settings.set(keys::theme, QStringLiteral("light")));
    }
    QFile in(file);
    QVERIFY(in.open(QIODevice::ReadOnly));
    QCOMPARE(in.readAll(),
        QByteArray(
            "; my own note\n[cupel]\nschema=7\n\n[appearance]\nglow=much\ntheme=light\n\n[future]\nthing=a=b\n"));
}

void SettingsTest::badValuesFallBack()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("[appearance]\ntext_zoom=400\ntheme=\xff\xfe\n[scan]\njobs=-3\n=\n[\n]]\n");
    out.close();
    Saver saver;
    const Settings settings(file, saver);
    QCOMPARE(settings.number(keys::textZoom), 1.0);
    QCOMPARE(settings.text(keys::theme), QStringLiteral("system"));
    QCOMPARE(settings.integer(keys::jobs), 0);
}

void SettingsTest::iniKeepsStrangeText()
{
    IniText ini;
    const QStringList values{QStringLiteral(" lead"), QStringLiteral("a\\nb"), QStringLiteral("two\nlines\r"),
        QStringLiteral("\"quoted\""), QString(), QStringLiteral("[x]"), QStringLiteral("k = v ; c")};
    for (qsizetype i = 0; i < values.size(); ++i) {
        ini.set(QStringLiteral("s%1/k").arg(i % 2) + QString::number(i), values[i]);
    }
    const IniText again(ini.bytes());
    for (qsizetype i = 0; i < values.size(); ++i) {
        QCOMPARE(again.value(QStringLiteral("s%1/k").arg(i % 2) + QString::number(i)).value(), values[i]);
    }
    QCOMPARE(again.bytes(), ini.bytes());
}

void SettingsTest::portableStaysInItsFolder()
{
    const Paths paths = portablePaths(QStringLiteral("/media/stick/cupel"));
    for (const QString& path : {paths.settingsFile(), paths.sessionFile(), paths.logFile(), paths.runtime}) {
        QVERIFY(path.startsWith(QStringLiteral("/media/stick/cupel/")));
    }
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
