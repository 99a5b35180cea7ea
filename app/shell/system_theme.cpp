// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/system_theme.h"

#include <QtCore/QFileInfo>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>
#include <QtGui/QGuiApplication>

namespace cupel::app {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString schemeKey = QStringLiteral("color-scheme"); // 0 no preference, 1 dark, 2 light
const QString contrastKey = QStringLiteral("contrast"); // 1 higher

// Without a bus address Qt would start one, which takes longer than a window may take to open.
bool hasBus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus")));
}

QVariant unwrapped(QVariant value)
{
    for (int depth = 0; depth < 3 && value.canConvert<QDBusVariant>(); ++depth) {
        value = value.value<QDBusVariant>().variant(); // Read() wraps the value twice
    }
    return value;
}

} // namespace

SystemTheme::SystemTheme(const QString& remembered, QObject* parent)
    : QObject(parent)
{
    m_paletteDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    m_dark = remembered.isEmpty() ? m_paletteDark : remembered.startsWith(QStringLiteral("dark"));
    m_contrast = remembered.endsWith(QStringLiteral("contrast"));
    if (!hasBus()) {
        m_dark = m_paletteDark;
        m_contrast = false;
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
        SLOT(portalChanged(QString, QString, QDBusVariant)));
    ask(schemeKey);
    ask(contrastKey);
}

void SystemTheme::ask(const QString& key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << appearance << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 3'000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        // No portal, or one that does not know the key: the palette decides, contrast stays normal.
        take(key, reply.isError() ? QVariant(0u) : unwrapped(QVariant::fromValue(reply.value())));
        watcher->deleteLater();
    });
}

void SystemTheme::portalChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space == appearance) {
        take(key, unwrapped(QVariant::fromValue(value)));
    }
}

void SystemTheme::take(const QString& key, const QVariant& value)
{
    const uint number = value.toUInt();
    const bool dark = key == schemeKey ? (number == 1 || (number != 2 && m_paletteDark)) : m_dark;
    const bool contrast = key == contrastKey ? number == 1 : m_contrast;
    if (dark != m_dark || contrast != m_contrast) {
        m_dark = dark;
        m_contrast = contrast;
        Q_EMIT changed();
    }
}

widgets::ThemeName SystemTheme::theme() const
{
    using widgets::ThemeName;
    return m_contrast ? (m_dark ? ThemeName::ContrastDark : ThemeName::ContrastLight)
                      : (m_dark ? ThemeName::Dark : ThemeName::Light);
}

QString SystemTheme::remember() const
{
    return QString::fromLatin1(m_dark ? "dark" : "light") + (m_contrast ? QStringLiteral("-contrast") : QString());
}

} // namespace cupel::app
