// SPDX-License-Identifier: GPL-3.0-or-later
// Following the desktop's theme: a settings portal of our own on a private session bus (dbus-run-session starts it)
// says dark, then light while the window is open. Every view must then look, pixel for pixel, as one that was light
// from the start: a colour that stayed behind would show.
#include "shell_bench.h"

#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "widgets/common/style.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusVariant>
#include <QtWidgets/QApplication>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;
using widgets::ThemeName;

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString appearance = QStringLiteral("org.freedesktop.appearance");

} // namespace

// On a connection of its own: what the window sees of it goes over the bus.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    Portal()
        : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal")))
    {
    }
    ~Portal() override { QDBusConnection::disconnectFromBus(QStringLiteral("portal")); }
    bool start()
    {
        return m_bus.registerObject(
                   portalPath, this, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
            && m_bus.registerService(portalService);
    }
    void stop()
    {
        m_bus.unregisterService(portalService);
        m_bus.unregisterObject(portalPath);
    }
    void say(const QString& key, uint value)
    {
        m_values[key] = value;
        Q_EMIT SettingChanged(appearance, key, QDBusVariant(value));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString& space, const QString& key) // variant in variant, as real ones do it
    {
        ++asked;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(space == appearance ? m_values.value(key) : 0u)));
    }

Q_SIGNALS:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

public:
    int asked = 0;

private:
    QDBusConnection m_bus;
    QHash<QString, uint> m_values;
};

class PortalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void startsAsTheDesktopSays();
    void followsWithoutAStaleColour();
    void contrastToo();
    void anOwnChoiceStays();
    void nonsenseIsIgnored();
    void cleanup();

private:
    [[nodiscard]] static QHash<QString, QImage> pictures(Workbench& bench);
    QTemporaryDir m_folder;
    std::unique_ptr<Portal> m_portal;
};

void PortalTest::initTestCase()
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        QSKIP("there is no session bus");
    }
    m_portal = std::make_unique<Portal>();
    QVERIFY(m_portal->start());
}

void PortalTest::cleanup()
{
    m_portal->say(QStringLiteral("contrast"), 0);
    m_portal->say(QStringLiteral("color-scheme"), 0);
    QTest::qWait(20);
}

void PortalTest::startsAsTheDesktopSays()
{
    m_portal->say(QStringLiteral("color-scheme"), 1);
    Workbench bench(m_folder.filePath(QStringLiteral("start")));
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Dark);
    QVERIFY(m_portal->asked >= 2);
    QTRY_COMPARE(bench.session.state().systemTheme, QStringLiteral("dark")); // the first frame of the next start
}

// Of every mode, without the bars, which say times.
QHash<QString, QImage> PortalTest::pictures(Workbench& bench)
{
    QHash<QString, QImage> out;
    for (const ViewEntry& entry : viewTable()) {
        const QString id = QString::fromUtf8(entry.id);
        bench.window.showMode(id);
        QTest::qWait(id == u"report" ? 400 : 50);
        bench.window.findChild<ModePage*>(id)->setFocus(); // no blinking cursor
        out.insert(id, bench.window.findChild<ModePage*>(id)->grab().toImage());
    }
    return out;
}

void PortalTest::followsWithoutAStaleColour()
{
    const QString folder = m_folder.filePath(QStringLiteral("follow")); // the settings page shows it
    const QString sample = QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn");
    QHash<QString, QImage> wanted;
    QHash<QString, QImage> dark;
    {
        m_portal->say(QStringLiteral("color-scheme"), 2);
        Workbench bench(folder);
        bench.settings.set(keys::keepRecents, QStringLiteral("false")); // they say times
        QTRY_COMPARE(widgets::currentTheme(), ThemeName::Light);
        bench.window.open({OpenTarget{sample, {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        (void)pictures(bench); // as below: Model mode shows a model, and Review then shows that file
        wanted = pictures(bench);
    }
    QVERIFY(QDir(folder).removeRecursively());
    m_portal->say(QStringLiteral("color-scheme"), 1);
    Workbench bench(folder);
    bench.settings.set(keys::keepRecents, QStringLiteral("false"));
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Dark);
    bench.window.open({OpenTarget{sample, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    dark = pictures(bench); // every view was there, and was painted, in the dark
    bench.window.showMode(QStringLiteral("review"));
    QElapsedTimer clock;
    clock.start();
    m_portal->say(QStringLiteral("color-scheme"), 2);
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Light);
    (void)bench.window.grab(); // painted again
    qInfo("followed and painted after %lld ms", clock.elapsed());
    const QHash<QString, QImage> light = pictures(bench);
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
        QVERIFY2(dark.value(it.key()) != it.value(), qPrintable(it.key()));
        if (light.value(it.key()) != it.value()) {
            const QString base = QStringLiteral(CUPEL_BINARY_DIR "/logs/portal-") + it.key();
            light.value(it.key()).save(base + QStringLiteral("-followed.png"));
            it.value().save(base + QStringLiteral("-wanted.png"));
            QFAIL(qPrintable(it.key() + QStringLiteral(" differs, see ") + base + QStringLiteral("-*.png")));
        }
    }
}

void PortalTest::contrastToo()
{
    m_portal->say(QStringLiteral("color-scheme"), 1);
    Workbench bench(m_folder.filePath(QStringLiteral("contrast")));
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Dark);
    m_portal->say(QStringLiteral("contrast"), 1);
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::ContrastDark);
    m_portal->say(QStringLiteral("color-scheme"), 2);
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::ContrastLight);
}

void PortalTest::anOwnChoiceStays()
{
    m_portal->say(QStringLiteral("color-scheme"), 2);
    Workbench bench(m_folder.filePath(QStringLiteral("own")));
    bench.settings.set(keys::theme, QStringLiteral("dark"));
    m_portal->say(QStringLiteral("color-scheme"), 1);
    m_portal->say(QStringLiteral("color-scheme"), 2);
    QTest::qWait(50);
    QCOMPARE(widgets::currentTheme(), ThemeName::Dark);
    bench.settings.reset(keys::theme);
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Light);
}

void PortalTest::nonsenseIsIgnored()
{
    m_portal->say(QStringLiteral("color-scheme"), 2);
    Workbench bench(m_folder.filePath(QStringLiteral("nonsense")));
    QTRY_COMPARE(widgets::currentTheme(), ThemeName::Light);
    m_portal->say(QStringLiteral("color-scheme"), 77);
    m_portal->say(QStringLiteral("accent-color"), 1);
    Q_EMIT m_portal->SettingChanged(
        QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("color-scheme"), QDBusVariant(1u));
    Q_EMIT m_portal->SettingChanged(
        appearance, QStringLiteral("color-scheme"), QDBusVariant(QStringLiteral("prefer-light")));
    QTest::qWait(50);
    QCOMPARE(widgets::currentTheme(), ThemeName::Light);
    m_portal->stop(); // it may go at any time
    QTest::qWait(20);
    QCOMPARE(widgets::currentTheme(), ThemeName::Light);
    QVERIFY(m_portal->start());
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    qRegisterMetaType<QDBusVariant>("QDBusVariant"); // or the signal cannot be relayed
    PortalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_portal.moc"
